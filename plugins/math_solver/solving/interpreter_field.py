r"""The ``code_interpreter`` field of a chat completion's message: what each program did, and how the solve ended.

    {"conclusion": "The product is \\boxed{408}.", "finish_reason": "stop", "container_id": "cntr_...",
     "executions": [{"thought": "Multiply.", "code": "print(12 * 34)", "output": "408", "status": "ok", "ms": 4.1}]}

An execution whose program drew something has ``images`` too: ``[{"media_type": "image/png", "data": "iVBO..."}]``, in
base64. They are for people: whoever reads the field for the model or the record leaves them out. One before which the
model reasoned apart has ``reasoning``: that of the whole solve is the message's ``reasoning_content``, and a client
that sends both back has each piece go where it was.

In a stream each execution comes in a delta of its own, with its ``index``, and the rest in the last delta. ``votes``,
``check`` and ``explanation`` (``outcomes``) are there where they were asked for, and ``replaced``
where a stream showed a solution that does not stand: how many executions, and characters of reasoning, were its own.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..disk import storable
from ..interpreter import Picture
from ..records import Step
from .loop import Solution
from .replies import plain_object

__all__ = ["InterpreterField", "read_field", "write_execution", "write_field", "write_outcomes", "write_summary"]

Json = dict[str, Any]
_TEXTS = ("thought", "code", "output", "status")
_NAMED = ("conclusion", "finish_reason", "container_id")


def write_execution(step: Step, pictures: Sequence[Picture] = (), reasoning: str = "") -> Json:
    """One execution; ``output`` is the text that the model saw, ``reasoning`` what it reasoned before the call."""
    execution = step.execution
    images = [{"media_type": picture.media_type, "data": picture.base64} for picture in pictures]
    written = {
        "thought": step.thought,
        "code": step.code,
        "output": execution.observation,
        "status": execution.status,
        "ms": round(execution.ms, 3),
    }
    return written | ({"images": images} if images else {}) | ({"reasoning": reasoning} if reasoning else {})


def write_summary(solution: Solution, container_id: str | None = None) -> Json:
    """The field without its executions."""
    kept = {"container_id": container_id} if container_id else {}
    return (
        {"conclusion": solution.conclusion, "finish_reason": solution.finish_reason} | kept | write_outcomes(solution)
    )


def write_outcomes(solution: Solution) -> Json:
    """What a vote, a check and an explanation came to, where there was one."""
    outcomes = {"votes": solution.votes, "check": solution.check, "explanation": solution.explanation}
    return {name: outcome.as_json() for name, outcome in outcomes.items() if outcome is not None}


def write_field(
    solution: Solution,
    container_id: str | None = None,
    pictures: Mapping[int, Sequence[Picture]] | None = None,
    reasoning: Sequence[str] = (),
) -> Json:
    """The whole field; ``pictures`` are those of each round that has any, ``reasoning`` that of each round."""
    drawn, thoughts = pictures or {}, dict(enumerate(reasoning))
    executions = [
        write_execution(step, drawn.get(index, ()), thoughts.get(index, ""))
        for index, step in enumerate(solution.steps)
    ]
    return write_summary(solution, container_id) | {"executions": executions}


@dataclass(frozen=True)
class InterpreterField:
    """The field as it was read: a text is ``None`` where the endpoint gave none; ``executions`` have all keys."""

    executions: tuple[Mapping[str, Any], ...] = ()
    conclusion: str | None = None
    finish_reason: str | None = None
    container_id: str | None = None
    votes: Mapping[str, Any] | None = None
    check: Mapping[str, Any] | None = None
    explanation: Mapping[str, Any] | None = None


def read_field(message: Any) -> InterpreterField:
    """The field of a message, as JSON or the official client's ``ChatCompletionMessage``; empty where there is none.

    What half a surrogate pair is part of comes back so that UTF-8 can carry it.

    Raises:
        AttributeError, TypeError, ValueError: an endpoint wrote something of another shape.
        NoCompletion: votes, a check or an explanation of another shape.
    """
    fields = message if isinstance(message, Mapping) else message.model_extra or {}
    field = fields.get("code_interpreter") or {}
    texts = {name: None if (text := field.get(name)) is None else storable(text) for name in _NAMED}
    return InterpreterField(
        tuple(map(read_execution, field.get("executions") or ())),
        texts["conclusion"],
        texts["finish_reason"],
        texts["container_id"],
        votes=_read_outcome(field, "votes"),
        check=_read_outcome(field, "check"),
        explanation=_read_outcome(field, "explanation"),
    )


def _read_outcome(field: Mapping[str, Any], name: str) -> Mapping[str, Any] | None:
    outcome = field.get(name)
    return None if outcome is None else plain_object(outcome)


def read_execution(row: Mapping[str, Any]) -> Json:
    """One execution with all its keys, whatever was left out."""
    texts = {name: storable(row.get(name) or "") for name in _TEXTS}
    took = float(row.get("ms") or 0.0)
    if not math.isfinite(took):
        raise ValueError(f"ms is {took}")
    return {**texts, "ms": round(took, 3)}
