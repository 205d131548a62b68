"""A model's answers as trajectories, right and wrong: what curation chooses among and preference pairs are of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..records import NO_OUTPUT, Drop, Step, Trajectory, Verdict
from ..solving.stating import is_whole
from .records import Attempt

__all__ = ["solutions_of"]

UNFINISHED = Verdict("incorrect", "unfinished: its tokens ran out")


def solutions_of(attempts: Iterable[Attempt], name: str) -> Iterator[Trajectory | Drop]:
    """Each attempt as the trajectory that it is, or why it is none; ``name`` says whose answers they are.

    All of them, so that the share of right ones is a problem's pass rate. An answer that ran out of tokens is wrong;
    one that was right all the same is left out, since it is neither a solution to learn from nor a mistake.

    Not guaranteed: what a program printed and what its last expression was are told apart. An endpoint reports the
    one text that the model saw, which the trajectory shows byte for byte; ``scripts/validate.py --refresh`` runs the
    programs again.
    """
    for attempt in attempts:
        reason = _why_none(attempt)
        try:
            yield Drop(attempt.id, *reason) if reason else _trajectory(attempt, name)
        except (KeyError, TypeError) as error:  # another endpoint's field
            yield Drop(attempt.id, "strange_execution", f"an execution says what none can ({error})")


def _why_none(attempt: Attempt) -> tuple[str, str] | None:
    if attempt.error is not None:
        return "failed", attempt.error
    if attempt.problem.follows is not None:
        return "follow_up", "what it was asked behind is not in the attempt"
    if attempt.conclusion is None:
        return "one_text", "the endpoint does not tell programs and conclusion apart"
    if _unfinished(attempt) and attempt.verdict.correct:
        return "unfinished", "right, but cut off"
    return None


def _unfinished(attempt: Attempt) -> bool:
    return not is_whole(attempt.finish_reason)


def _trajectory(attempt: Attempt, name: str) -> Trajectory:
    return Trajectory(
        f"{attempt.id}@{name}",
        attempt.problem,
        tuple(map(_step, attempt.executions)),
        attempt.conclusion or "",
        attempt.predicted,
        UNFINISHED if _unfinished(attempt) else attempt.verdict,
        {"teacher": name, "sample": attempt.sample, "finish_reason": attempt.finish_reason},
    )


def _step(row: Mapping[str, Any]) -> Step:
    output = "" if row["output"] == NO_OUTPUT else row["output"]
    return Step.from_dict({**row, "execution": {"status": row["status"], "output": output, "ms": row["ms"]}})
