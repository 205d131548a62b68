"""Questions that are there already, and solutions that are.

    the same question     equal in ``wording.normal_form``
    a near-duplicate      similar with its numbers masked (``near``); the numbers are the same multiset, and so is the
                          gold answer, or without one the signs
    a variant             similar with its numbers masked, the numbers differ: another problem of the same family

Solutions of one question are compared by their programs: the same but for names, comments and printed labels is the
same. Which one is kept: the first of the input; ``selection`` chooses among different solutions. A follow-up question
is what it follows and its own words: "And with 7?" behind another question is another question, near nothing else. So
is a question with pictures, which are compared by their names.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Literal

from ...programs import program_key
from ...records import Problem, Trajectory
from ...spool import Spool
from .decontamination import answer_value
from .near import NearTexts
from .numbers import numbers_of
from .rows import Row
from .wording import masked_words, normal_form

__all__ = ["Duplicate", "Families", "Place", "Questions", "hash_of", "solution_of"]


_SIGN = re.compile(r"[-+*/^=<>]")


def hash_of(text: str) -> int:
    """64 bits that are the same in every run."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big")


def solution_of(trajectory: Trajectory) -> str:
    """A text that is the same for solutions with the same programs; without a program, with the same conclusion."""
    codes = [step.code for step in trajectory.steps if step.code.strip()]
    return program_key(codes) if codes else normal_form(trajectory.conclusion)


@dataclass(frozen=True)
class Place:
    """Where a question belongs: ``group`` holds what asks the same, ``family`` what is near it whatever its numbers.

    ``family`` is a number for ``Families``, which may join two later. ``similarity`` is that to an earlier question
    that asks the same in other words; None where it is the first, or in the same words.
    """

    group: int
    family: int
    similarity: float | None = None


@dataclass(frozen=True)
class Duplicate:
    """A row that says what ``first``, the number of an earlier one, said."""

    reason: Literal["duplicate", "near_duplicate"]
    first: int
    detail: str


class Families:
    """Numbers in sets that are joined as relations between them come up (union-find)."""

    def __init__(self) -> None:
        self._parent: dict[int, int] = {}

    def find(self, number: int) -> int:
        root = number
        while (parent := self._parent.get(root, root)) != root:
            root = parent
        while (parent := self._parent.get(number, number)) != root:
            self._parent[number], number = root, parent
        return root

    def join(self, one: int, two: int) -> None:
        first, second = sorted((self.find(one), self.find(two)))
        if first != second:
            self._parent[second] = first


class Questions:
    """Places questions one after the other, and tells rows that repeat an earlier one.

    ``threshold`` is the Jaccard similarity of near-duplicates; 0 looks for equal questions only. ``too_short`` counts
    the different questions that were compared as a whole only.
    """

    def __init__(self, spool: Spool, threshold: float) -> None:
        self.families = Families()
        self.too_short = 0
        self._near = NearTexts(threshold, spool) if threshold else None
        self._places: dict[int, Place] = {}  # by the hash of a question
        self._texts: dict[int, tuple[int, list[tuple[int, float]]]] = {}  # masked ones, by their hash
        self._values: dict[tuple[int, int], int] = {}  # the group, by a masked text and what was masked
        self._rows: dict[int, int] = {}  # the first row of a group, or of a program in it
        self._groups = 0

    def place(self, row: Row) -> Place:
        question = normal_form(row.problem.question)
        if row.problem.images:  # "What is the shaded area?" is asked of many
            return self._whole(hash_of("\n".join((*row.problem.images, row.follows or "", question))))
        if row.follows is not None:
            return self._whole(hash_of(f"{row.follows}\n{question}"))
        key = hash_of(question)
        known = self._places.get(key)
        if known is not None:
            return known
        place = self._by_text(row.problem) if self._near else self._whole(key)
        self._places[key] = Place(place.group, place.family)  # the next one is in the same words as this
        return place

    def _whole(self, key: int) -> Place:
        """The place of a question that is only compared as a whole."""
        known = self._places.get(key)
        if known is None:
            known = self._places[key] = Place(self._new_group(), -self._groups)
        return known

    def _new_group(self) -> int:
        self._groups += 1
        return self._groups

    def _by_text(self, problem: Problem) -> Place:
        assert self._near is not None
        masked = " ".join(masked_words(problem.question))
        key = hash_of(masked)
        if key not in self._texts:
            found = self._near.add(masked)
            if found is None:
                self.too_short += 1
                return Place(self._new_group(), -self._groups)
            self._texts[key] = found
            for other, _ in found[1]:
                self.families.join(found[0], other)
        own, near = self._texts[key]
        return self._by_values(problem, own, [(own, 1.0), *near])

    def _by_values(self, problem: Problem, own: int, texts: list[tuple[int, float]]) -> Place:
        values = hash_of(_values(problem))
        for text, similarity in texts:
            group = self._values.get((text, values))
            if group is not None:
                return Place(group, own, similarity)
        group = self._values[own, values] = self._new_group()
        return Place(group, own)

    def repeated(self, row: Row, place: Place, number: int, solution: str | None = None) -> Duplicate | None:
        """Whether row ``number`` repeats an earlier one: a problem its question, a trajectory its program as well.

        Trajectories with different verdicts are no repetitions: the better one is chosen later. ``solution`` is what
        ``solution_of`` says of it, where that is known.
        """
        key = place.group
        if row.trajectory is not None:
            solution = solution_of(row.trajectory) if solution is None else solution
            outcome = row.trajectory.verdict.outcome if row.trajectory.verdict else ""
            key = hash_of(f"{place.group}\n{outcome}\n{solution}")
        first = self._rows.setdefault(key, number)
        if first == number:
            return None
        program = ", the same program" if row.trajectory else ""
        if place.similarity is None:
            return Duplicate("duplicate", first, f"the same question{program}")
        return Duplicate("near_duplicate", first, f"similarity {place.similarity:.2f}, the same numbers{program}")


def _values(problem: Problem) -> str:
    """The numbers, and the answer where there is one: x + y = 4 and x - y = 4 differ in nothing else."""
    numbers = " ".join(sorted(numbers_of(problem.question).elements()))
    answer = answer_value(problem.answer)
    return f"{numbers}\n{_SIGN.findall(problem.question) if answer is None else answer}"
