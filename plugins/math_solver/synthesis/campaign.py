"""Many problems, each with the samples that its own results ask for."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from ..programs import program_key
from ..records import Drop, Problem
from .rows import Rows
from .sampling import Sample
from .spending import BudgetSpent, Spend
from .steering import Policy, Standing

__all__ = ["Campaign", "Figures", "MakeSample"]

MakeSample = Callable[[Problem, int], Awaitable[Sample]]
_Job = tuple[tuple[bool, bool, Decimal], int, int]


@dataclass
class Figures:
    """What a campaign has come to so far; ``dropped`` counts by reason what is neither accepted nor rejected."""

    problems: int = 0
    solved: int = 0
    accepted: int = 0
    rejected: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    cost: Spend = Spend()


@dataclass
class _Course:
    """One problem on its way through its waves."""

    standing: Standing = Standing()
    programs: dict[str, str] = field(default_factory=dict)
    wave: dict[int, Sample | None] = field(default_factory=dict)
    awaited: int = 0


class Campaign:
    """Takes problems through their waves; rows and decisions depend on each problem's own samples alone."""

    def __init__(self, problems: Sequence[Problem], sample: MakeSample, policy: Policy, rows: Rows) -> None:
        self.figures = Figures()
        self._problems, self._sample, self._policy, self._rows = problems, sample, policy, rows
        self._jobs: asyncio.PriorityQueue[_Job] = asyncio.PriorityQueue()
        self._courses: dict[int, _Course] = {}
        self._standings: dict[int, Standing] = {}

    async def run(self, workers: int) -> None:
        """Make all samples, ``workers`` at a time."""
        for position, problem in enumerate(self._problems):
            if problem.follows is None:
                self._next_wave(position, _Course())
            else:
                self._drop(position, Drop(problem.id, "follow_up", f"nobody can answer it without {problem.follows}"))
                self._end(position, _Course())
        working = [asyncio.create_task(self._work()) for _ in range(workers)]
        over = asyncio.create_task(self._jobs.join())
        try:
            await asyncio.wait([over, *working], return_when=asyncio.FIRST_COMPLETED)
            for task in working:
                if task.done():
                    task.result()  # raises what ended it
        finally:
            for task in (over, *working):
                task.cancel()
            await asyncio.gather(over, *working, return_exceptions=True)

    def finish(self, position: int, row: dict[str, Any]) -> dict[str, Any]:
        """A trajectory's row with what became of all samples of its problem: its pass rate."""
        standing = self._standings[position]
        samples = {"asked": standing.asked, "failed": standing.failed, "correct": standing.correct}
        return {**row, "meta": {**row["meta"], "samples": samples}}

    async def _work(self) -> None:
        while True:
            _, position, number = await self._jobs.get()
            sample: Sample | None = None
            try:
                sample = await self._sample(self._problems[position], number)
            except BudgetSpent:
                self.figures.dropped["not asked: the budget is spent"] += 1
            self._take(position, number, sample)
            self._jobs.task_done()

    def _take(self, position: int, number: int, sample: Sample | None) -> None:
        course = self._courses[position]
        course.wave[number] = sample
        if len(course.wave) == course.awaited:
            self._end_wave(position, course)

    def _end_wave(self, position: int, course: _Course) -> None:
        """Judge a wave as a whole, in the order of its samples, and decide what follows."""
        for number, sample in sorted(course.wave.items()):
            if sample is not None:
                self._add(position, course, number, sample)
        if None in course.wave.values():
            self._end(position, course)
        else:
            self._next_wave(position, course)

    def _next_wave(self, position: int, course: _Course) -> None:
        number = self._policy.wave(course.standing)
        if not number:
            self._end(position, course)
            return
        course.wave, course.awaited = {}, number
        self._courses[position] = course
        for sample in range(course.standing.asked, course.standing.asked + number):
            self._jobs.put_nowait((self._policy.urgency(course.standing), position, sample))

    def _end(self, position: int, course: _Course) -> None:
        self._courses.pop(position, None)
        self._standings[position] = course.standing
        self.figures.problems += 1
        self.figures.solved += course.standing.distinct > 0

    def _add(self, position: int, course: _Course, number: int, sample: Sample) -> None:
        """Count a sample and keep its row."""
        name = f"{self._problems[position].id}#{number}"
        first = self._first(course, sample, name)
        if sample.trajectory is None:
            self._drop(position, Drop(name, sample.reason, sample.detail))
        elif sample.reason == "no_code" or (sample.accepted and first != name):
            reason = "duplicate" if sample.accepted else sample.reason
            self._drop(position, Drop(name, reason, f"the program of {first}" if sample.accepted else ""))
        elif sample.accepted:
            self._rows.add("accepted", position, sample.trajectory)
            self.figures.accepted += 1
        else:
            why = {**sample.trajectory.meta, "rejected": sample.reason}
            self._rows.add("rejected", position, replace(sample.trajectory, meta=why))
            self.figures.rejected += 1
        self.figures.cost += sample.cost
        course.standing = course.standing.plus(
            correct=sample.trajectory is not None
            and bool(sample.trajectory.verdict and sample.trajectory.verdict.correct),
            distinct=sample.accepted and first == name,
            failed=sample.trajectory is None,
            cost=sample.cost.money or Decimal(sample.cost.tokens),
        )

    def _first(self, course: _Course, sample: Sample, name: str) -> str:
        """The name of the first accepted sample with the same program: its own, unless there was another."""
        if sample.trajectory is None or not sample.accepted:
            return name
        programs = [step.code for step in sample.trajectory.steps] or [sample.trajectory.conclusion]
        return course.programs.setdefault(program_key(programs), name)

    def _drop(self, position: int, drop: Drop) -> None:
        self._rows.add("failed", position, drop)
        self.figures.dropped[drop.reason] += 1
