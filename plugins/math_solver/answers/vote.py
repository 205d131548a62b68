"""Majority voting over answers by what they mean, not how they are written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

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
    answers: Iterable[str | None], *, question: str | None = None, kind: str | None = None
) -> list[AnswerClass]:
    """Group answers into classes of equals, the largest first; ties keep the order of first appearance.

    None and blank answers vote for nothing. An answer joins the first class with a member that the verifier
    calls correct against it in either direction. Not guaranteed: transitivity (a rounded decimal may equal two
    answers that differ), so a different order can give different classes for such answers.
    """
    classes: list[tuple[str, list[int]]] = []
    for index, answer in enumerate(answers):
        if answer is None or not answer.strip():
            continue
        for representative, members in classes:
            if _same(representative, answer, question, kind):
                members.append(index)
                break
        else:
            classes.append((answer, [index]))
    classes.sort(key=lambda entry: -len(entry[1]))
    return [AnswerClass(answer, tuple(members)) for answer, members in classes]


def _same(first: str, second: str, question: str | None, kind: str | None) -> bool:
    if first == second:
        return True
    return any(
        verify_answer(gold, predicted, question=question, kind=kind).correct
        for gold, predicted in ((first, second), (second, first))
    )
