"""Whether a question is new: no benchmark item, and near none of those that were there before, whatever its numbers.

Stricter than ``duplicates``, where a question with other numbers is another problem: whoever asks for new problems
does not want the old ones with other numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

from ...database import Scratch
from ...records import Problem
from .decontamination import Decontaminator
from .near import NearTexts
from .numbers import NUMBER_WORDS
from .wording import exact_words, masked_words, normal_form

__all__ = ["Known", "Novelty"]


@dataclass(frozen=True)
class Known:
    """What a question repeats: by which filter, the id of what it repeats, and what that rests on."""

    reason: str
    kin: str
    evidence: str


class Novelty:
    """Questions that were there before, and the benchmarks; ``threshold`` is a Jaccard similarity, numbers masked.

    A question that is too short to be near anything is compared by all its words and signs, numbers masked.
    """

    def __init__(self, scratch: Scratch, threshold: float, benchmarks: Decontaminator | None = None) -> None:
        self._benchmarks = benchmarks
        self._near = NearTexts(threshold, scratch)
        self._names: list[str] = []  # of the texts in ``_near``, by their numbers
        self._whole: dict[str, str] = {}
        self._short: dict[str, str] = {}

    def take(self, problem: Problem) -> Known | None:
        """What a question repeats, a benchmark first; None where it is new. From now on it was there before."""
        return self.contaminated(problem) or self.remember(problem)

    def remember(self, problem: Problem) -> Known | None:
        """What a question repeats of those before it, which it joins; benchmarks are not asked."""
        whole = normal_form(problem.question)
        first = self._whole.setdefault(whole, problem.id)
        near = self._near_to(problem)
        return Known("duplicate", first, "the same question") if first != problem.id else near

    def _near_to(self, problem: Problem) -> Known | None:
        near = self._near.add(" ".join(masked_words(problem.question)))
        if near is None:
            first = self._short.setdefault(_masked(problem.question), problem.id)
            same = Known("near_duplicate", first, "the same words and signs, numbers masked")
            return same if first != problem.id else None
        self._names.append(problem.id)
        if not near[1]:
            return None
        number, similarity = near[1][0]
        return Known("near_duplicate", self._names[number], f"similarity {similarity:.2f}, numbers masked")

    def contaminated(self, problem: Problem) -> Known | None:
        """The benchmark item that a problem is; with its answer more are found than without."""
        match = self._benchmarks.match(problem.question, problem.answer) if self._benchmarks else None
        return Known("benchmark", match.item.id, f"{match.detector}: {match.evidence}") if match else None


def _masked(question: str) -> str:
    """Words and signs, with 0 for every number."""
    return " ".join("0" if word[0].isdigit() or word in NUMBER_WORDS else word for word in exact_words(question))
