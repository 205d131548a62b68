"""Why an attempt is not correct."""

from __future__ import annotations

from typing import Literal

from .records import Attempt

__all__ = ["FAILURES", "Failure", "failure"]

Failure = Literal[
    "request error", "unverifiable", "not refused", "timeout", "code error", "no answer", "no code", "wrong"
]
FAILURES: dict[Failure, str] = {
    "request error": "the endpoint gave no answer",
    "not refused": "it cannot be solved, and the solution does not say so",
    "no answer": "the solution states none",
    "no code": "wrong, and no program was run",
    "code error": "wrong, and the last program failed",
    "timeout": "wrong, and the last program ran out of time",
    "wrong": "wrong, though the last program ran well",
    "unverifiable": "the verifier cannot tell; a person should look",
}


def failure(attempt: Attempt, tool: bool = True) -> Failure | None:
    """The first that applies, None for a correct attempt; with ``tool`` off no program was to be expected."""
    if attempt.verdict.correct:
        return None
    if attempt.error is not None:
        return "request error"
    if attempt.verdict.outcome == "unverifiable":
        return "unverifiable"
    if attempt.problem.unanswerable:
        return "not refused"
    last = attempt.executions[-1]["status"] if attempt.executions else None
    if last == "timeout":
        return "timeout"
    if last is not None and last != "ok":
        return "code error"
    if attempt.predicted is None:
        return "no answer"
    return "no code" if tool and last is None else "wrong"
