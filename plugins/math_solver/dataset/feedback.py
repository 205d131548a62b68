"""Rows with one judged turn at their end, for ``stage: kto``.

What is judged, and on what evidence::

    True    the conclusion of a right solution, and its last call where the conclusion rests on its output
    False   a call whose program failed, in any solution
            a wrong conclusion that its programs' output does not support
            else, in a wrong solution, its last call: the conclusion reports faithfully what a wrong program printed

A turn that is right in one solution and wrong in another behind the same beginning is left out.

LLaMA-Factory gives each row the answer of the row before as one that does not belong to it; a row that it drops, or
whose last turn is empty, ends the run with an IndexError or is read as rejected, whatever its tag.
(Read from llamafactory 0.9.5, ``data/processor/feedback.py``.)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, zip_longest
from typing import Any

from ..protocol import Form
from .evidence import judge_conclusion
from .judged import Judged, Solution
from .sharegpt import TOOLS, message

__all__ = ["Balance", "JudgedTurn", "judged_turns", "turn_row", "turns_of"]


@dataclass(frozen=True)
class JudgedTurn:
    """An assistant's turn, as the last of ``solution.turns[: place + 1]``, and whether it is right."""

    solution: Solution
    place: int
    right: bool

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(turn.content for turn in self.solution.turns[: self.place + 1])


def judged_turns(solution: Solution) -> Iterator[JudgedTurn]:
    """The turns of a solution of which it is known whether they are right, the conclusion or last call first."""
    last_call = len(solution.turns) - 3
    supported = _supported(solution)
    if solution.correct or not supported:
        yield JudgedTurn(solution, len(solution.turns) - 1, solution.correct)
    if supported and not solution.failed(last_call):
        yield JudgedTurn(solution, last_call, solution.correct)
    for place in range(1, last_call + 1, 2):
        if solution.failed(place):
            yield JudgedTurn(solution, place, False)


def _supported(solution: Solution) -> bool:
    trajectory = solution.trajectory
    observations = "\n".join(step.execution.observation for step in trajectory.steps)
    return judge_conclusion(trajectory.conclusion, observations, trajectory.problem.question).outcome == "supported"


def turns_of(judged: Judged, most: int, dropped: Counter[str]) -> list[JudgedTurn]:
    """The judged turns of one problem, at most ``most``, right and wrong ones in turn as long as there are both."""
    found: dict[tuple[str, ...], list[JudgedTurn]] = {}
    for solution in (*judged.correct, *judged.incorrect):
        for turn in judged_turns(solution):
            found.setdefault(turn.texts, []).append(turn)
    clear = [same[0] for same in found.values() if len({turn.right for turn in same}) == 1]
    dropped["right_and_wrong"] += len(found) - len(clear)
    sides = ([turn for turn in clear if turn.right == right] for right in (True, False))
    mixed = [turn for turn in chain.from_iterable(zip_longest(*sides)) if turn is not None]
    dropped["enough_of_problem"] += max(0, len(mixed) - most)
    return mixed[:most]


def turn_row(turn: JudgedTurn, form: Form) -> dict[str, Any]:
    """The row that LLaMA-Factory reads with a ``kto_tag``."""
    return {
        "conversations": [message(part, form) for part in turn.solution.turns[: turn.place + 1]],
        "kto_tag": turn.right,
        "system": turn.solution.system,
        "tools": TOOLS if form == "native" else "",
    }


@dataclass(frozen=True)
class Balance:
    """How many rows are right and wrong."""

    right: int
    wrong: int

    @classmethod
    def of(cls, tags: Iterable[bool]) -> Balance:
        counts = Counter(tags)
        return cls(counts[True], counts[False])

    @property
    def weights(self) -> str:
        """The line of a recipe that gives both sides the same weight in all."""
        if self.right >= self.wrong:
            return f"kto_rejected_weight: {self.right / max(1, self.wrong):.2f}"
        return f"kto_chosen_weight: {self.wrong / max(1, self.right):.2f}"

    def __str__(self) -> str:
        return f"{self.right} right, {self.wrong} wrong; both weigh the same with {self.weights}"
