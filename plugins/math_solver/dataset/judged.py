"""Solutions of one problem side by side, right and wrong: what preferences are made of.

They are a synthesis's accepted and rejected rows with the model that is to be tuned as its own teacher: preferences
from another model's mistakes teach little about one's own (Step-DPO, arXiv 2406.18629).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from types import TracebackType
from typing import Self

from ..database import Scratch
from ..protocol import Form, Turn, render_turns
from ..records import Trajectory, as_row
from ..spool import Spool
from .conversations import prompt_of
from .sharegpt import reason_not_to_render

__all__ = ["Judged", "Shelf", "Solution"]


@dataclass(frozen=True)
class Solution:
    """A trajectory with its turns: question, calls and observations, conclusion; assistant turns have odd indices."""

    trajectory: Trajectory
    turns: Sequence[Turn]

    @property
    def correct(self) -> bool:
        return self.trajectory.verdict is not None and self.trajectory.verdict.correct

    @property
    def system(self) -> str:
        return prompt_of(self.trajectory)

    def failed(self, turn: int) -> bool:
        """Whether an assistant turn is a call whose program did not end well."""
        step = turn // 2
        return step < len(self.trajectory.steps) and self.trajectory.steps[step].execution.status != "ok"


@dataclass(frozen=True)
class Judged:
    """The different solutions of one problem under one system prompt."""

    correct: Sequence[Solution]
    incorrect: Sequence[Solution]


class Shelf:
    """Judged trajectories by problem, on disk; in memory are a few bytes of each.

    ``dropped`` counts what is left out by reason: without a verdict that says right or wrong, not to be rendered, a
    follow-up question, or the same as another.
    """

    def __init__(self, form: Form = "native", folder: Path | None = None) -> None:
        self.form: Form = form
        self.dropped: Counter[str] = Counter()
        self._spool, self._scratch = Spool(folder), Scratch(folder)
        self._scratch.run("CREATE TABLE seen (digest BLOB PRIMARY KEY) WITHOUT ROWID")
        self._scratch.run("CREATE TABLE problems (digest BLOB PRIMARY KEY, first INTEGER) WITHOUT ROWID")
        self._scratch.run("CREATE TABLE solutions (number INTEGER PRIMARY KEY, first INTEGER)")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._spool.close()
        self._scratch.close()

    def take(self, trajectories: Iterable[Trajectory]) -> None:
        for trajectory in trajectories:
            if reason := self._reason_to_drop(trajectory):
                self.dropped[reason] += 1
                continue
            digest, number = _digest_of(_asked(trajectory)), self._spool.append(as_row(trajectory))
            self._scratch.run("INSERT OR IGNORE INTO problems VALUES (?, ?)", (digest, number))
            self._scratch.run("INSERT INTO solutions SELECT ?, first FROM problems WHERE digest = ?", (number, digest))

    def _reason_to_drop(self, trajectory: Trajectory) -> str | None:
        if trajectory.verdict is None or trajectory.verdict.outcome == "unverifiable":
            return "not_judged"
        if trajectory.problem.follows is not None:
            return "follow_up"
        if reason := reason_not_to_render(trajectory, self.form):
            return reason
        texts = [*_asked(trajectory), *(turn.content for turn in render_turns(trajectory, self.form))]
        digest = _digest_of(texts)
        if self._scratch.one("SELECT 1 FROM seen WHERE digest = ?", (digest,)):
            return "duplicate"
        self._scratch.run("INSERT INTO seen VALUES (?)", (digest,))
        return None

    def __iter__(self) -> Iterator[Judged]:
        """The problems in the order in which they came first."""
        found = self._scratch.run("SELECT first, number FROM solutions ORDER BY first, number")
        for _, numbers in groupby(found, key=itemgetter(0)):
            solutions = [self.solution(number) for _, number in numbers]
            yield Judged(
                [solution for solution in solutions if solution.correct],
                [solution for solution in solutions if not solution.correct],
            )

    def __len__(self) -> int:
        return len(self._spool)

    def solution(self, number: int) -> Solution:
        """The solution that was taken as number ``number``."""
        trajectory = Trajectory.from_dict(self._spool[number])
        return Solution(trajectory, render_turns(trajectory, self.form))


def _digest_of(texts: Sequence[str]) -> bytes:
    return blake2b(json.dumps(texts).encode(), digest_size=16).digest()


def _asked(trajectory: Trajectory) -> tuple[str, str, str]:
    """What solutions of one problem have in common."""
    return (trajectory.problem.id, trajectory.problem.question, prompt_of(trajectory))
