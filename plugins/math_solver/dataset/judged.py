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
from types import TracebackType
from typing import Self

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
    """Judged trajectories by problem; in memory is where they are, the rows lie in a file without a name.

    ``dropped`` counts what is left out by reason: without a verdict that says right or wrong, not to be rendered, a
    follow-up question, or the same as another.
    """

    def __init__(self, form: Form = "native") -> None:
        self.form: Form = form
        self.dropped: Counter[str] = Counter()
        self._spool = Spool()
        self._groups: dict[tuple[str, str, str], list[int]] = {}
        self._seen: set[bytes] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._spool.__exit__(kind, error, trace)

    def take(self, trajectories: Iterable[Trajectory]) -> None:
        for trajectory in trajectories:
            if reason := self._reason_to_drop(trajectory):
                self.dropped[reason] += 1
                continue
            group = self._groups.setdefault(_asked(trajectory), [])
            group.append(self._spool.append(as_row(trajectory)))

    def _reason_to_drop(self, trajectory: Trajectory) -> str | None:
        if trajectory.verdict is None or trajectory.verdict.outcome == "unverifiable":
            return "not_judged"
        if trajectory.problem.follows is not None:
            return "follow_up"
        if reason := reason_not_to_render(trajectory, self.form):
            return reason
        texts = [*_asked(trajectory), *(turn.content for turn in render_turns(trajectory, self.form))]
        digest = blake2b(json.dumps(texts).encode(), digest_size=16).digest()
        if digest in self._seen:
            return "duplicate"
        self._seen.add(digest)
        return None

    def __iter__(self) -> Iterator[Judged]:
        """The problems in the order in which they came first."""
        for numbers in self._groups.values():
            solutions = [self.solution(number) for number in numbers]
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


def _asked(trajectory: Trajectory) -> tuple[str, str, str]:
    """What solutions of one problem have in common."""
    return (trajectory.problem.id, trajectory.problem.question, prompt_of(trajectory))
