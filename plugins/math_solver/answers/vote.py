"""Majority voting over answers by what they mean, not how they are written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .reading.notation import LONGEST_ANSWER, canonical, compact
from .verify import verify_answer

__all__ = ["AnswerClass", "majority"]


@dataclass(frozen=True)
class AnswerClass:
    """Answers that the verifier holds equal: the first one seen, and the indices of all of them in the input."""

    answer: str
    members: tuple[int, ...]

    @property
    def votes(self) -> int:
        return len(self.members)


def majority(
    answers: Iterable[str | None], *, question: str | None = None, kind: str | None = None, deadline: float = 2.0
) -> list[AnswerClass]:
    """Group answers into classes of equals, the largest first; ties keep the order of first appearance.

    None and blank answers vote for nothing. An answer joins the first class whose first member the
    verifier calls correct against it in either direction, each within ``deadline`` seconds; the same notation needs no
    verifier. Not guaranteed:
    transitivity (a rounded decimal may equal two answers that differ), so a different order can give different
    classes for such answers.
    """
    classes: list[tuple[str, list[int]]] = []
    places: dict[str, int] = {}  # by notation: only answers written differently are compared
    for index, answer in enumerate(answers):
        if answer is None or not answer.strip():
            continue
        notation = (compact(canonical(answer)) if len(answer) <= LONGEST_ANSWER else "") or answer
        if notation not in places:
            same = (
                place for place, (first, _) in enumerate(classes) if _same(first, answer, question, kind, deadline)
            )
            places[notation] = next(same, len(classes))
        if places[notation] == len(classes):
            classes.append((answer, []))
        classes[places[notation]][1].append(index)
    classes.sort(key=lambda entry: -len(entry[1]))
    return [AnswerClass(answer, tuple(members)) for answer, members in classes]


def _same(first: str, second: str, question: str | None, kind: str | None, deadline: float) -> bool:
    return any(
        verify_answer(gold, predicted, question=question, kind=kind, deadline=deadline).correct
        for gold, predicted in ((first, second), (second, first))
    )
