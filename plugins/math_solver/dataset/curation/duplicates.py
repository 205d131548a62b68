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

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from ...database import Keyed, Scratch
from ...programs import program_key
from ...records import Problem, Trajectory
from ..hashing import hash_of
from .decontamination import answer_value
from .families import Families
from .near import NearTexts, Sketch
from .numbers import numbers_of
from .rows import Row
from .wording import masked_words, normal_form

__all__ = ["Asked", "Duplicate", "Families", "Place", "Questions", "said_by", "solution_of"]


_SIGN = re.compile(r"[-+*/^=<>]")


def solution_of(trajectory: Trajectory) -> str:
    """A text that is the same for solutions with the same programs; without a program, with the same conclusion."""
    codes = [step.code for step in trajectory.steps if step.code.strip()]
    return program_key(codes) if codes else normal_form(trajectory.conclusion)


@dataclass(frozen=True)
class Asked:
    """What a question is known by: ``key`` is the whole of it, ``sketch`` its masked text, ``values`` what was masked.

    Without a sketch it is compared as a whole only. It rests on the row alone, so any process can make it.
    """

    key: int
    sketch: Sketch | None = None
    values: int = 0

    @classmethod
    def of(cls, row: Row, *, near: bool = True) -> Asked:
        question = normal_form(row.problem.question)
        if row.problem.images:  # "What is the shaded area?" is asked of many
            return cls(hash_of("\n".join((*row.problem.images, row.follows or "", question))))
        if row.follows is not None:
            return cls(hash_of(f"{row.follows}\n{question}"))
        if not near:
            return cls(hash_of(question))
        return cls(hash_of(question), _sketch(row.problem.question), hash_of(_values(row.problem)))


@lru_cache(maxsize=1_000)  # solutions of one question stand together
def _sketch(question: str) -> Sketch:
    return Sketch.of(" ".join(masked_words(question)))


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


class Questions:
    """Places questions one after the other, and tells rows that repeat an earlier one; what it knows lies on disk.

    ``threshold`` is the Jaccard similarity of near-duplicates; 0 looks for equal questions only. ``too_short`` counts
    the different questions that were compared as a whole only.
    """

    def __init__(self, scratch: Scratch, threshold: float) -> None:
        self.families = Families()
        self.too_short = 0
        self.texts = NearTexts(threshold, scratch) if threshold else None
        self._places = Keyed(scratch, "places", "question_group", "family")  # by the hash of a question
        self._masked = Keyed(scratch, "masked", "text", "near")  # by the hash of a masked text; those near it as JSON
        self._values = Keyed(scratch, "masked_values", "question_group")  # by a masked text and what was masked
        self._rows = Keyed(scratch, "firsts", "number")  # the first row of a group, or of a program in it
        self._groups = 0

    def place(self, row: Row | Asked) -> Place:
        asked = row if isinstance(row, Asked) else Asked.of(row, near=self.texts is not None)
        known = self._places.find(asked.key)
        if known is not None:
            return Place(*known)
        place = self._by_text(asked, asked.sketch) if asked.sketch is not None else self._alone()
        self._places.put(asked.key, place.group, place.family)  # the next one is in the same words as this
        return place

    def _alone(self) -> Place:
        """The place of a question that is only compared as a whole."""
        return Place(self._new_group(), -self._groups)

    def _new_group(self) -> int:
        self._groups += 1
        return self._groups

    def _by_text(self, asked: Asked, sketch: Sketch) -> Place:
        assert self.texts is not None
        key = hash_of(sketch.text)
        known = self._masked.find(key)
        if known is not None:
            return self._by_values(asked, known[0], [(known[0], 1.0), *json.loads(known[1])])
        found = self.texts.add(sketch)
        if found is None:
            self.too_short += 1
            return self._alone()
        own, near = found
        self._masked.put(key, own, json.dumps(near))
        for other, _ in near:
            self.families.join(own, other)
        return self._by_values(asked, own, [(own, 1.0), *near])

    def _by_values(self, asked: Asked, own: int, texts: list[tuple[int, float]]) -> Place:
        for text, similarity in texts:
            group = self._values.find(_mix(text, asked.values))
            if group is not None:
                return Place(group[0], own, similarity)
        fresh = self._new_group()
        self._values.put(_mix(own, asked.values), fresh)
        return Place(fresh, own)

    def repeated(self, row: Row, place: Place, number: int, solution: str | None = None) -> Duplicate | None:
        """Whether row ``number`` repeats an earlier one: a problem its question, a trajectory its program as well.

        Trajectories with different verdicts are no repetitions: the better one is chosen later. ``solution`` is what
        ``solution_of`` says of it, where that is known.
        """
        return self.repeats(place, number, said_by(row, solution))

    def repeats(self, place: Place, number: int, said: str | None) -> Duplicate | None:
        """``repeated`` of a row that says ``said_by`` of itself."""
        key = place.group if said is None else hash_of(f"{place.group}\n{said}")
        first = self._rows.first(key, number)
        if first == number:
            return None
        program = "" if said is None else ", the same program"
        if place.similarity is None:
            return Duplicate("duplicate", first, f"the same question{program}")
        return Duplicate("near_duplicate", first, f"similarity {place.similarity:.2f}, the same numbers{program}")


def said_by(row: Row, solution: str | None = None) -> str | None:
    """What a solution must share with another to repeat it: verdict and programs; None for a problem."""
    if row.trajectory is None:
        return None
    outcome = row.trajectory.verdict.outcome if row.trajectory.verdict else ""
    return f"{outcome}\n{solution_of(row.trajectory) if solution is None else solution}"


def _mix(text: int, values: int) -> int:
    return hash_of(f"{text}\n{values}")


def _values(problem: Problem) -> str:
    """The numbers, and the answer where there is one: x + y = 4 and x - y = 4 differ in nothing else."""
    numbers = " ".join(sorted(numbers_of(problem.question).elements()))
    answer = answer_value(problem.answer)
    return f"{numbers}\n{_SIGN.findall(problem.question) if answer is None else answer}"
