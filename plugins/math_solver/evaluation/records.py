r"""What an evaluation stores: a model's attempts, and people's decisions on them.

An attempt, as ``scripts/evaluate.py`` writes it (shortened)::

    {"id": "gsm8k:4#0", "problem": {"id": "gsm8k:4", ...}, "sample": 0, "text": "... \\boxed{20}",
     "predicted": "20", "verdict": {"outcome": "correct", "reason": "the same text"},
     "executions": [{"thought": "...", "code": "print(60 - 40)", "output": "20", "status": "ok", "ms": 4.1}],
     "error": null, "seconds": 1.2, "prompt_tokens": 310, "completion_tokens": 96, "finish_reason": "stop"}

A decision, as ``scripts/review.py`` writes it::

    {"attempt_id": "gsm8k:4#0", "gold": "20", "predicted": "20 cups", "question": "Every day, Wendi ...",
     "verifier": "unverifiable", "decision": "correct", "note": "", "time": "2026-11-24T14:03:00Z"}
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, Self, get_args

from ..answers import refuses
from ..protocol import without_thought
from ..records import Outcome, Problem, Verdict, known_fields, one_of

__all__ = ["Attempt", "Decision", "Ruling", "attempt_id", "decided", "stated_in"]

Ruling = Literal["correct", "incorrect", "skip"]


def attempt_id(problem_id: str, sample: int = 0) -> str:
    """The name of one answer to one problem, the same in every run."""
    return f"{problem_id}#{sample}"


def stated_in(text: str, conclusion: str | None) -> str:
    """What a reply states: its conclusion, or all but the reasoning that an endpoint leaves in."""
    return without_thought(text) if conclusion is None else conclusion


@dataclass(frozen=True)
class Attempt:
    """One answer to one problem. ``error`` says why there is none: the request failed, and counts as wrong.

    ``transport`` marks an error of the way there (no connection, a time-out, 401, 429, 5xx, a web page in the place of
    an answer), which a resumed run asks again. ``text`` is the whole solution, ``conclusion`` what stands after the
    last program (None where the endpoint does not tell them apart). ``position`` counts the questions of a
    conversation from 1 (None: the problem was asked alone). Token counts are None where the endpoint does not report
    them. ``votes``, ``check`` and ``explanation`` are what a vote of several solutions, a check and an explanation
    came to (``solving.outcomes``), where there was one; tokens are those of all.
    """

    id: str
    problem: Problem
    text: str
    predicted: str | None
    verdict: Verdict
    executions: tuple[Mapping[str, Any], ...] = ()
    error: str | None = None
    seconds: float = 0.0
    sample: int = 0
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    finish_reason: str | None = None
    transport: bool = False
    conclusion: str | None = None
    position: int | None = None
    votes: Mapping[str, Any] | None = field(default=None, metadata={"unsaid": True})
    check: Mapping[str, Any] | None = field(default=None, metadata={"unsaid": True})
    explanation: Mapping[str, Any] | None = field(default=None, metadata={"unsaid": True})

    @property
    def stated(self) -> str:
        """The text that concludes."""
        return stated_in(self.text, self.conclusion)

    @property
    def refused(self) -> bool:
        """Whether it says that the problem cannot be solved; where that is the gold answer in words, it answers."""
        if self.problem.unanswerable:
            return self.verdict.correct
        return not self.verdict.correct and refuses(self.stated)

    @classmethod
    def from_dict(cls, row: Mapping[str, Any]) -> Self:
        executions = row.get("executions") or ()
        if not isinstance(executions, list | tuple):
            raise TypeError("executions is not a list")
        for name in ("votes", "check", "explanation"):
            if row.get(name) is not None and not isinstance(row[name], Mapping):
                raise TypeError(f"{name} is not an object")
        return cls(
            **{
                **known_fields(cls, row),
                "problem": Problem.from_dict(row["problem"]),
                "verdict": Verdict.from_dict(row["verdict"]),
                "executions": tuple(map(_checked, executions)),
            }
        )


def _checked(execution: Any) -> Mapping[str, Any]:
    """An execution whose texts are texts.

    Raises:
        TypeError: it is none.
    """
    if not isinstance(execution, Mapping):
        raise TypeError("an execution is not an object")
    for name in ("thought", "code", "output", "status"):
        if not isinstance(execution.get(name, ""), str):
            raise TypeError(f"{name} of an execution is not text")
    return execution


@dataclass(frozen=True)
class Decision:
    """What a person holds of one attempt; ``verifier`` is the outcome that stood before."""

    attempt_id: str
    gold: str
    predicted: str | None
    question: str
    verifier: Outcome
    decision: Ruling
    note: str = ""
    time: str = ""

    def __post_init__(self) -> None:
        if self.decision not in get_args(Ruling):
            raise TypeError(f"decision is {self.decision!r}, not one of {', '.join(get_args(Ruling))}")

    @classmethod
    def from_dict(cls, row: Mapping[str, Any]) -> Self:
        return cls(**one_of(known_fields(cls, row), "verifier", Outcome))


def decided(attempts: Iterable[Attempt], decisions: Iterable[Decision]) -> Iterator[Attempt]:
    """The attempts with people's verdicts in place of the verifier's.

    The last decision on an attempt holds; ``skip`` leaves the verifier's. A decision about another answer (the
    same problem in another run) is not applied.
    """
    last = {(decision.attempt_id, decision.predicted): decision for decision in decisions}
    for attempt in attempts:
        decision = last.get((attempt.id, attempt.predicted))
        if decision is None or decision.decision == "skip":
            yield attempt
        else:
            reason = f"decided by a person{f': {decision.note}' if decision.note else ''}"
            yield replace(attempt, verdict=Verdict(decision.decision, reason))
