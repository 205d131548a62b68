"""What one run answers right and another did not, problem by problem."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .records import Attempt
from .runs import Run

__all__ = ["Change", "changes"]


@dataclass(frozen=True)
class Change:
    """A problem whose first answer is right in one run only."""

    before: Attempt
    after: Attempt

    @property
    def learned(self) -> bool:
        return self.after.verdict.correct


def changes(before: Run, after: Run) -> Sequence[Change]:
    """The problems of both runs whose first answers differ in being right, in their order."""
    first = _firsts(before)
    pairs = [Change(first[name], attempt) for name, attempt in _firsts(after).items() if name in first]
    return [pair for pair in pairs if pair.before.verdict.correct != pair.after.verdict.correct]


def _firsts(run: Run) -> Mapping[str, Attempt]:
    return {attempt.problem.id: attempt for attempt in run.attempts if attempt.sample == 0}
