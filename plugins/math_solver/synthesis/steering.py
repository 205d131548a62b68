"""Which problem gets the next sample, and when a problem has had enough.

What a problem gets depends on its own results alone, so that the same answers make the same decisions, whatever
else went on. Its samples come in waves: one first, then as many as it still lacks distinct accepted solutions (a
wave never asks for one in vain), until it has them, has had all its samples, or is given up.

Which of the problems that want a sample gets it first decides what a budget is spent on, nothing else: every
problem's first sample; then those without an accepted solution before those that have one; among these the one
whose next distinct solution is expected to cost least (what its samples cost, over its rate of distinct solutions
by Laplace's rule).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from ..records import RecordError

__all__ = ["Policy", "Standing"]


@dataclass(frozen=True)
class Standing:
    """What came of a problem's samples so far: how many, how many correct, how many of these are distinct."""

    asked: int = 0
    correct: int = 0
    distinct: int = 0
    failed: int = 0
    cost: Decimal = Decimal(0)

    def plus(self, *, correct: bool, distinct: bool, failed: bool, cost: Decimal) -> Standing:
        return replace(
            self,
            asked=self.asked + 1,
            correct=self.correct + correct,
            distinct=self.distinct + distinct,
            failed=self.failed + failed,
            cost=self.cost + cost,
        )


@dataclass(frozen=True)
class Policy:
    """How many samples a problem gets.

    Args:
        samples: the most.
        accept: distinct accepted solutions that are enough.
        give_up: samples without any accepted solution after which a problem is hopeless.
    """

    samples: int = 4
    accept: int = 4
    give_up: int = 4

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            if value < 1:
                raise RecordError(f"--{name.replace('_', '-')} is {value}; it must be at least 1")

    def wave(self, standing: Standing) -> int:
        """How many samples a problem gets next; 0: no more."""
        if standing.asked == 0:
            return 1
        limit = self.samples if standing.distinct else min(self.samples, self.give_up)
        return max(0, min(self.accept - standing.distinct, limit - standing.asked))

    @staticmethod
    def urgency(standing: Standing) -> tuple[bool, bool, Decimal]:
        """What comes first has the least."""
        return standing.asked > 0, standing.distinct > 0, expected_price(standing)


def expected_price(standing: Standing) -> Decimal:
    """What the next distinct accepted solution of a problem may cost."""
    if not standing.asked:
        return Decimal(0)
    return standing.cost / standing.asked * (standing.asked + 2) / (standing.distinct + 1)
