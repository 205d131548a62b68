"""From a row to what is found of it: valid, repaired or invalid, with a reason from a small set and a proof.

Order of the questions, the first that is answered with no decides: is there a program, unless the problem cannot be
solved; does it do the same twice (asked where the stored output differs, where a clock is read, or on request); did
the last one end well and print something; is that what is stored; does the conclusion hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Literal

from ...records import Execution, Trajectory, Verdict
from .differences import Difference, first_difference
from .executions import Executions
from .judging import Judgement, executions_of, failure, is_volatile, judge
from .proof import PROOF, Circumstances, proof_of

__all__ = ["Finding", "Validator", "reproduces"]

Status = Literal["valid", "repaired", "invalid"]
NO_VERDICT = Judgement(None, Verdict("unverifiable", "the programs do not support a verdict"))


@dataclass(frozen=True)
class Finding:
    """A trajectory with its verdict and proof, and what was found.

    ``difference`` says how real outputs differ from stored ones, of valid rows too where they were repaired.
    """

    trajectory: Trajectory
    status: Status
    reason: str | None = None
    difference: Difference | None = None


@dataclass(frozen=True)
class Validator:
    """Validates trajectories, from any thread.

    ``refresh`` puts the real output in the place of a stored one that differs. ``runs`` is how often all programs run
    that must print the same; where the stored output differs, they run at least twice.
    """

    executions: Executions
    circumstances: Circumstances
    refresh: bool = False
    runs: int = 1

    def validate(self, trajectory: Trajectory) -> Finding:
        """Run the programs of a trajectory and judge it; stored outputs are kept where they are not refreshed."""
        stored = executions_of(trajectory)
        found = partial(self._finding, sum(execution.status == "not_run" for execution in stored))
        if not trajectory.steps and trajectory.problem.unanswerable:
            judgement = judge(trajectory)
            return found(trajectory, judgement, judgement.reason, judgement.detail, None, 0)
        if not trajectory.steps:
            return found(trajectory, NO_VERDICT, "no_code", "reasoning without a program", None, 0)
        runs = self._run(trajectory, stored)
        difference = first_difference(stored, runs[0])
        real = _with(trajectory, runs[0])
        # Where outputs are equal in the model's eyes, the form in which we write them is the stored one from now on.
        shown = real if self.refresh or difference is None else _filled(trajectory, runs[0])
        if any(other != runs[0] for other in runs[1:]):
            detail = "a second run gave another output"
            return found(shown, NO_VERDICT, "nondeterministic", detail, difference, len(runs))
        if failed := failure(real.steps):
            return found(shown, NO_VERDICT, *failed, difference, len(runs))
        judgement = judge(real)
        if difference is not None and not self.refresh:
            reason = "output_differs" if difference == "differs" else f"output_{difference}"
            return found(shown, judgement, reason, _told(stored, runs[0]), difference, len(runs))
        return found(shown, judgement, judgement.reason, judgement.detail, difference, len(runs))

    def _run(self, trajectory: Trajectory, stored: tuple[Execution, ...]) -> list[tuple[Execution, ...]]:
        programs = [step.code for step in trajectory.steps]
        wanted = max(self.runs, 2) if any(map(is_volatile, programs)) else self.runs
        runs = self.executions.run(programs, wanted)
        if len(runs) < 2 and first_difference(stored, runs[0]):
            runs = self.executions.run(programs, 2)
        return runs

    def _finding(
        self,
        not_run: int,
        trajectory: Trajectory,
        judgement: Judgement,
        reason: str | None,
        detail: str,
        difference: Difference | None,
        runs: int,
    ) -> Finding:
        status: Status = "invalid" if reason else "repaired" if difference else "valid"
        judged = replace(trajectory, predicted=judgement.predicted, verdict=judgement.verdict)
        said: Mapping[str, Any] = {
            "status": status,
            "reason": reason,
            "detail": detail[:DETAIL],
            "difference": difference,
            "runs": runs,
            **({"not_run": not_run} if not_run else {}),  # programs of which nothing was stored
        }
        proof = proof_of(judged, said, self.circumstances)
        return Finding(replace(judged, meta={**judged.meta, PROOF: proof}), status, reason, difference)


DETAIL = 300  # characters of what a reader is told


def _with(trajectory: Trajectory, executions: tuple[Execution, ...]) -> Trajectory:
    steps = zip(trajectory.steps, executions, strict=True)
    return replace(trajectory, steps=tuple(replace(step, execution=execution) for step, execution in steps))


def _filled(trajectory: Trajectory, executions: tuple[Execution, ...]) -> Trajectory:
    """The trajectory as it is stored, with what its programs did where nothing is stored of them."""
    known = zip(executions_of(trajectory), executions, strict=True)
    return _with(trajectory, tuple(real if stored.status == "not_run" else stored for stored, real in known))


def _told(stored: tuple[Execution, ...], real: tuple[Execution, ...]) -> str:
    """The first outputs that differ, cut to what fits a line."""
    for before, after in zip(stored, real, strict=True):
        if before.observation != after.observation and before.status != "not_run":
            return f"stored {_excerpt(before.observation)}, real {_excerpt(after.observation)}"
    return ""


def _excerpt(text: str, width: int = 120) -> str:
    text = " ".join(text.split())
    return repr(text if len(text) <= width else f"{text[: width // 2]}...{text[-width // 2 :]}")


def reproduces(trajectory: Trajectory, executions: Executions) -> bool:
    """Whether the programs print today, byte for byte, what is stored of them."""
    (real, *_) = executions.run([step.code for step in trajectory.steps])
    stored = executions_of(trajectory)
    return [(one.status, one.observation) for one in real] == [(one.status, one.observation) for one in stored]
