"""Majority voting over answers by what they mean, not how they are written."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from math import inf

from .reading.notation import LONGEST_ANSWER, canonical, compact
from .verify import verify_answer

__all__ = ["AnswerClass", "Grouping", "is_settled", "majority", "same_answer"]


@dataclass(frozen=True)
class AnswerClass:
    """Answers that the verifier holds equal: the first one seen, and the indices of all of them in the input.

    ``unsure`` says that nobody could tell whether one of them equals an answer of another class.
    """

    answer: str
    members: tuple[int, ...]
    unsure: bool = field(default=False, compare=False)

    @property
    def votes(self) -> int:
        return len(self.members)


def majority(
    answers: Iterable[str | None],
    *,
    question: str | None = None,
    kind: str | None = None,
    deadline: float = 2.0,
) -> list[AnswerClass]:
    """Group answers into classes of equals, the largest first; ties keep the order of first appearance.

    None and blank answers vote for nothing. An answer joins the first class whose first member the
    verifier calls correct against it in either direction, each within ``deadline`` seconds; the same notation needs no
    verifier.
    Not guaranteed: transitivity (a rounded decimal may equal two answers that differ), so a different order can give
    different classes for such answers.
    """
    return Grouping(question=question, kind=kind, deadline=deadline).classes(answers)


class Grouping:
    """Groups the answers of one vote (``majority``), which is counted anew with each that comes.

    No two answers are compared twice. Where comparing has taken ``within`` seconds in all counts together, nothing
    more is compared: what is written differently is then another answer, of which the classes are unsure.
    """

    def __init__(
        self,
        *,
        question: str | None = None,
        kind: str | None = None,
        deadline: float = 2.0,
        within: float | None = None,
    ) -> None:
        self._compare = partial(same_answer, question=question, kind=kind, deadline=deadline)
        self._left = inf if within is None else within
        self._known: dict[tuple[str, str], bool | None] = {}

    def classes(self, answers: Iterable[str | None]) -> list[AnswerClass]:
        """The answers so far in classes of equals, the largest first."""
        found: list[_Growing] = []
        places: dict[str, int] = {}  # by notation: only answers written differently are compared
        for index, answer in enumerate(answers):
            if answer is None or not answer.strip():
                continue
            notation = (compact(canonical(answer)) if len(answer) <= LONGEST_ANSWER else "") or answer
            if notation not in places:
                places[notation] = self._place(found, answer)
            if places[notation] == len(found):
                found.append(_Growing(answer))
            found[places[notation]].members.append(index)
        classes = (AnswerClass(one.answer, tuple(one.members), one.unsure) for one in found)
        return sorted(classes, key=lambda one: -one.votes)

    def _place(self, found: Sequence[_Growing], answer: str) -> int:
        """The first class whose answer is the same, or the place of a new one."""
        doubtful = list[_Growing]()
        for place, one in enumerate(found):
            same = self._same(one.answer, answer)
            if same:
                return place
            if same is None:
                doubtful.append(one)
        for one in doubtful:
            one.unsure = True
        return len(found)

    def _same(self, first: str, second: str) -> bool | None:
        pair = (first, second)
        if pair not in self._known:
            if self._left <= 0:
                return None
            began = time.monotonic()
            self._known[pair] = self._compare(first, second)
            self._left -= time.monotonic() - began
        return self._known[pair]


@dataclass
class _Growing:
    """A class while its members are found."""

    answer: str
    members: list[int] = field(default_factory=list)
    unsure: bool = False


def is_settled(classes: Sequence[AnswerClass], waiting: Sequence[int], *, ties_go_to_first: bool = True) -> bool:
    """Whether the answers of the ``waiting`` indices can no longer change which class wins.

    A tie goes to the class that has the lowest index, or stays open.
    """
    if not waiting or not classes:
        return not waiting
    leader, *others = classes
    first = min(waiting)
    # All of them may agree on a rival's answer, or on one that nobody has seen yet.
    rivals = [(other.votes, min(other.members[0], first)) for other in others] + [(0, first)]
    return all(
        votes + len(waiting) < leader.votes
        or (votes + len(waiting) == leader.votes and ties_go_to_first and leader.members[0] < index)
        for votes, index in rivals
    )


def same_answer(
    first: str, second: str, *, question: str | None = None, kind: str | None = None, deadline: float = 2.0
) -> bool | None:
    """Whether the verifier calls one of two answers correct against the other; ``None``: nobody can tell."""
    if max(len(first), len(second), len(question or "")) > LONGEST_ANSWER:
        return _compared(first, second, question, kind, deadline)
    return _remembered(first, second, question, kind, deadline)


def _compared(first: str, second: str, question: str | None, kind: str | None, deadline: float) -> bool | None:
    outcomes = set[str]()
    for gold, predicted in ((first, second), (second, first)):
        verdict = verify_answer(gold, predicted, question=question, kind=kind, deadline=deadline)
        if verdict.correct:
            return True
        outcomes.add(verdict.outcome)
    return False if "incorrect" in outcomes else None


# An evaluation counts anew with each answer that comes.
_remembered = lru_cache(maxsize=1024)(_compared)
