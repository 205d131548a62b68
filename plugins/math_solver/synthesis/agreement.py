"""The answer of a problem that has none, from several independent solutions: what enough of them agree on.

It is a majority vote, no gold answer (``Problem.answer_from`` is "vote"): solutions of one teacher share its mistakes.
"""

from __future__ import annotations

import asyncio
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..answers import AnswerClass, majority
from ..records import Problem, RecordError
from ..solving.together import together
from .campaign import MakeSample
from .sampling import DEADLINE, Recipe, Sample, flaw
from .spending import SPENT, BudgetSpent, Spend

__all__ = ["Ballot", "Quorum", "vote"]


@dataclass(frozen=True)
class Quorum:
    """How many of how many solutions must agree; ``share`` is of ``samples``, whatever became of the others."""

    samples: int = 4
    share: float = 0.75

    def __post_init__(self) -> None:
        if self.samples < 2:
            raise RecordError(f"--samples is {self.samples}; fewer than 2 solutions agree on nothing")
        if not 0.5 < self.share <= 1:
            raise RecordError(f"--agree is {self.share}; it must be above 0.5, at most 1")

    @property
    def votes(self) -> int:
        """Those that are enough: at least two, and more than half."""
        return max(2, self.samples // 2 + 1, math.ceil(self.share * self.samples - 1e-9))

    def wave(self, asked: int, most: int) -> int:
        """How many samples to ask for next, where ``most`` of those asked agree: none where that decides nothing."""
        missing = self.votes - most
        return missing if 0 < missing <= self.samples - asked else 0


@dataclass(frozen=True)
class Ballot:
    """What became of a problem: with its answer, or the ``reason`` why it has none.

    ``agreed`` of ``asked`` samples say the same; ``answers`` are the different ones, with the votes of each.
    """

    problem: Problem
    reason: str
    asked: int
    agreed: int
    answers: Sequence[tuple[str, int]]
    cost: Spend


async def vote(problem: Problem, sample: MakeSample, recipe: Recipe, quorum: Quorum) -> Ballot:
    """Have a problem solved as often as decides it.

    A solution has a vote where it came to its end and, unless text is wanted, ran a program that worked.

    Raises:
        RecordError: no endpoint answers any more, or the ledger cannot be written.
    """
    samples: list[Sample] = []
    answers: list[str | None] = []
    classes: list[AnswerClass] = []
    reason = "no_agreement"
    while more := quorum.wave(len(samples), classes[0].votes if classes else 0):
        numbers = range(len(samples), len(samples) + more)
        made = await together(_attempt(sample, problem, number) for number in numbers)
        samples += [one for one in made if one is not None]
        if None in made:
            reason = SPENT
            break
        answers = [_counted(one, recipe) for one in samples]
        classes = await asyncio.to_thread(majority, answers, question=problem.question, deadline=DEADLINE)
    most = classes[0].votes if classes else 0
    if most >= quorum.votes:
        # Of equal answers the commonest: 1/3, where one solution rounds it.
        commonest = Counter(answers[member] for member in classes[0].members).most_common(1)[0][0]
        reason, problem = "", replace(problem, answer=commonest, answer_from="vote")
    elif not classes and reason != SPENT:
        reason = "no_answer"
    told = [(found.answer, found.votes) for found in classes]
    return Ballot(problem, reason, len(samples), most, told, sum((one.cost for one in samples), Spend()))


async def _attempt(sample: MakeSample, problem: Problem, number: int) -> Sample | None:
    try:
        return await sample(problem, number, ())
    except BudgetSpent:
        return None


def _counted(sample: Sample, recipe: Recipe) -> str | None:
    """The answer that a sample votes for."""
    trajectory = sample.trajectory
    return None if trajectory is None or flaw(trajectory, recipe) else trajectory.predicted
