"""The ``code_interpreter`` field: read back as it was written, whole or in pieces, and from hostile endpoints."""

from __future__ import annotations

import json
from typing import Any

import pytest
from openai.types.chat import ChatCompletionMessage

from math_solver.records import Execution, Step
from math_solver.solving.interpreter_field import (
    InterpreterField,
    read_field,
    write_execution,
    write_field,
    write_summary,
)
from math_solver.solving.loop import Solution, Usage

RAN = Step("Multiply.", "print(12 * 34)", Execution("ok", output="408\n", ms=4.12345))
REFUSED = Step("", "", Execution("refused", error="The call was not run: it was cut."))
SOLUTION = Solution((RAN, REFUSED), "It is 408.", (), Usage(), "rounds")


def message(field: Any) -> ChatCompletionMessage:
    """The message as the official client makes it of a server's JSON."""
    sent = json.loads(json.dumps({"role": "assistant", "content": "", "code_interpreter": field}))
    return ChatCompletionMessage.model_validate(sent)


@pytest.mark.parametrize("container", [None, "cntr_1"])
def test_the_field_is_read_back(container: str | None) -> None:
    field = read_field(message(write_field(SOLUTION, container)))
    executions = tuple(write_execution(step) for step in SOLUTION.steps)
    assert field == InterpreterField(executions, "It is 408.", "rounds", container)
    first, second = field.executions
    assert first == {
        "thought": "Multiply.",
        "code": "print(12 * 34)",
        "output": "408",
        "status": "ok",
        "ms": 4.123,
    }
    assert (second["output"], second["status"]) == ("The call was not run: it was cut.", "refused")


def test_the_parts_of_a_stream_are_the_parts_of_the_whole() -> None:
    executions = {"executions": [write_execution(step) for step in SOLUTION.steps]}
    assert write_summary(SOLUTION, "cntr_1") | executions == write_field(SOLUTION, "cntr_1")


def test_the_reasoning_before_a_program_is_with_it() -> None:
    first, second = write_field(SOLUTION, reasoning=["One.", "", "Last."])["executions"]
    assert (first["reasoning"], "reasoning" in second) == ("One.", False)


@pytest.mark.parametrize(
    ("field", "read"),
    [
        (None, InterpreterField()),
        ({}, InterpreterField()),
        ({"executions": None, "conclusion": ""}, InterpreterField((), "")),
        # half surrogate pairs, keys left out, a number as text
        (
            {"executions": [{"code": "1\ud800", "output": None, "ms": "7"}], "conclusion": "\udc00"},
            InterpreterField(({"thought": "", "code": "1?", "output": "", "status": "", "ms": 7.0},), "?"),
        ),
    ],
)
def test_what_endpoints_leave_out(field: Any, read: InterpreterField) -> None:
    assert read_field(message(field)) == read


@pytest.mark.parametrize(
    "field", [5, ["x"], {"executions": 5}, {"executions": ["x"]}, {"executions": [{"ms": "x"}]}, {"conclusion": 5}]
)
def test_what_is_no_such_field_is_told(field: Any) -> None:
    with pytest.raises((AttributeError, TypeError, ValueError)):
        read_field(message(field))
