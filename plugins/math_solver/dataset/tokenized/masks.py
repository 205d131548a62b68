"""Which assistant turns of a solution carry loss."""

from __future__ import annotations

from typing import Literal, get_args

from ...records import Trajectory

__all__ = ["LOSSES", "Loss", "trained_turns"]

Loss = Literal["all", "sound", "repair", "words"]
LOSSES: tuple[Loss, ...] = get_args(Loss)


def trained_turns(trajectory: Trajectory, loss: Loss) -> list[bool]:
    """For each call and the conclusion whether it carries loss.

    ``sound``: all but the calls whose program failed. ``repair``: of those only what stands behind a failed one, so
    that nothing is trained of a solution without a failure. ``words``: all of a solution without programs.
    """
    sound = [step.execution.status == "ok" for step in trajectory.steps] + [True]
    if loss in ("all", "words"):
        return [True] * len(sound)
    if loss == "sound":
        return sound
    return [turn and not all(sound[:place]) for place, turn in enumerate(sound)]
