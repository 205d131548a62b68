"""What a solution rests on, once its programs have run: the last program, and the conclusion drawn from the outputs.

With a gold answer the verifier decides; without one, or where the verifier cannot tell, the outputs must support what
is boxed. Not guaranteed: that a program answers its question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ...answers import extract_answer, judge_unanswerable, verify_answer
from ...records import NO_OUTPUT, Execution, Step, Trajectory, Verdict
from ..evidence import judge_conclusion, last_line

__all__ = [
    "Judgement",
    "Reason",
    "executions_of",
    "failure",
    "is_volatile",
    "judge",
    "shares_session",
    "verdict_on",
]

Reason = Literal[
    "no_code",
    "code_error",
    "code_timeout",
    "code_memory",
    "code_output_limit",
    "code_killed",
    "code_refused",
    "no_output",
    "nondeterministic",
    "output_differs",
    "output_line_endings",
    "output_error_instead_of_ok",
    "output_ok_instead_of_error",
    "output_timeout",
    "output_float_digits",
    "output_address_or_path",
    "output_traceback",
    "wrong_answer",
    "conclusion_contradicts_output",
    "conclusion_unsupported",
]

# Programs that read a clock or the system's entropy. The interpreter seeds ``random`` itself.
_VOLATILE = re.compile(
    r"\bimport\b.*\b(?:time|datetime|uuid|secrets|tempfile)\b|\b(?:time|datetime|uuid|secrets)\."
    r"|urandom|SystemRandom|(?:default_rng|Random)\(\)"
)


@dataclass(frozen=True)
class Judgement:
    """The answer that a conclusion states, the verdict on it, and why it does not hold, if it does not."""

    predicted: str | None
    verdict: Verdict
    reason: str | None = None
    detail: str = ""


def executions_of(trajectory: Trajectory) -> tuple[Execution, ...]:
    return tuple(step.execution for step in trajectory.steps)


def shares_session(trajectory: Trajectory) -> bool:
    """Whether its programs use each other's variables, as those of a notebook do."""
    return trajectory.meta.get("session") == "shared"


def is_volatile(code: str) -> bool:
    """Whether a program may print something else the next time."""
    return _VOLATILE.search(code) is not None


def failure(steps: Sequence[Step]) -> tuple[str, str] | None:
    """Why nothing can be concluded of the programs (a ``Reason``, and its detail): an earlier one may fail."""
    if not steps:
        return "no_code", "reasoning without a program"
    last = steps[-1].execution
    if last.status != "ok":
        return f"code_{last.status}", last_line(last.error or last.observation)
    if last.observation == NO_OUTPUT:
        return "no_output", "the program prints nothing"
    return None


def verdict_on(trajectory: Trajectory, predicted: str | None) -> Verdict:
    problem = trajectory.problem
    if problem.answer is None:
        return Verdict("unverifiable", "no gold answer; the program's output supports the boxed one")
    return verify_answer(problem.answer, predicted, question=problem.question, kind=problem.answer_kind)


def judge(trajectory: Trajectory) -> Judgement:
    """Whether the conclusion holds, of a trajectory whose outputs are real; a bare program concludes by printing."""
    if trajectory.problem.unanswerable:
        return _judge_refusal(trajectory)
    observations = [execution.observation for execution in executions_of(trajectory)]
    if not trajectory.conclusion.strip():
        return _judge_bare(trajectory, observations[-1])
    predicted = extract_answer(trajectory.conclusion)
    if trajectory.problem.answer is not None:
        verdict = verdict_on(trajectory, predicted)
        if verdict.correct:
            return Judgement(predicted, verdict)
        if verdict.outcome == "incorrect":
            return _wrong(trajectory, predicted, verdict)
    support = judge_conclusion(trajectory.conclusion, "\n".join(observations), trajectory.problem.question)
    if support.outcome != "supported":
        unproved = Verdict("unverifiable", support.reason or "the program's output does not support the conclusion")
        return Judgement(predicted, unproved, f"conclusion_{support.outcome}", support.reason)
    if trajectory.problem.answer is None:
        verdict = verdict_on(trajectory, predicted)
    return Judgement(predicted, verdict)


def _judge_refusal(trajectory: Trajectory) -> Judgement:
    predicted, verdict = judge_unanswerable(trajectory.conclusion)
    if verdict.correct:
        return Judgement(predicted, verdict)
    return Judgement(predicted, verdict, "wrong_answer", f"it cannot be solved, stated {predicted}")


def _judge_bare(trajectory: Trajectory, observation: str) -> Judgement:
    predicted = last_line(observation)
    if trajectory.problem.answer is None:
        return Judgement(predicted, Verdict("unverifiable", "no gold answer and no conclusion; the program runs"))
    verdict = verdict_on(trajectory, predicted)
    return _wrong(trajectory, predicted, verdict) if verdict.outcome == "incorrect" else Judgement(predicted, verdict)


def _wrong(trajectory: Trajectory, predicted: str | None, verdict: Verdict) -> Judgement:
    return Judgement(predicted, verdict, "wrong_answer", f"gold {trajectory.problem.answer}, stated {predicted}")
