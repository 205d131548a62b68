"""Questions that are alike among the rows themselves, as curation compares them, whether or not it has run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Self

from ...database import Scratch
from ...dataset.curation.curating import EXCERPT
from ...dataset.curation.duplicates import Place, Questions
from ...dataset.curation.rows import Row
from ...records import Problem, Trajectory

__all__ = ["Alike"]

_SAME, _NEAR, _VARIANT = "duplicate", "near_duplicate", "variant"


class Alike:
    """Takes rows one after the other; ``clusters`` are the problems whose questions are alike, numbers masked.

    Several rows of one problem are samples, not duplicates: the first of them is taken.
    """

    def __init__(self, threshold: float) -> None:
        self._texts = Scratch()
        self._questions = Questions(self._texts, threshold)
        self._taken: list[tuple[Place, str, str]] = []
        self._problems: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._texts.close()

    def take(self, raw: Mapping[str, Any], record: Problem | Trajectory, problem: str) -> None:
        if problem not in self._problems:
            self._problems.add(problem)
            row = Row(raw, record)
            self._taken.append((self._questions.place(row), str(record.id), row.problem.question[:EXCERPT]))

    def clusters(self) -> Iterator[dict[str, Any]]:
        """``{"kin", "kin_question", "members"}``, the largest first; a member says why it is one."""
        families: dict[int, list[tuple[Place, str, str]]] = {}
        for taken in self._taken:
            families.setdefault(self._questions.families.find(taken[0].family), []).append(taken)
        for family in sorted(families.values(), key=len, reverse=True):
            if len(family) > 1:
                (first, kin, question), *others = family
                members = [self._member(first, *other) for other in others]
                yield {"kin": kin, "kin_question": question, "members": members, "here": True}

    @staticmethod
    def _member(first: Place, place: Place, id: str, question: str) -> dict[str, Any]:
        if place.group != first.group:
            return {"id": id, "question": question, "reason": _VARIANT, "detail": "other numbers, or another answer"}
        if place.similarity is None:
            return {"id": id, "question": question, "reason": _SAME, "detail": "the same question"}
        return {"id": id, "question": question, "reason": _NEAR, "detail": f"similarity {place.similarity:.2f}"}
