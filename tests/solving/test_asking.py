"""One solution from an endpoint, the loop there or here."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import openai
import pytest

from math_solver.interpreter import Interpreter
from math_solver.protocol import system_prompt
from math_solver.records import Problem
from math_solver.solving.asking import CODE_INTERPRETER, ClientLoop, Reply, ServerLoop
from math_solver.solving.endpoint import Endpoint
from math_solver.solving.worked import read_worked

from ..fake_endpoint import FakeEndpoint, completion, serving

PROBLEM = Problem("p", "s", "What is 12 × 34?")


@pytest.fixture(scope="module")
def interpreter() -> Iterator[Interpreter]:
    with Interpreter() as running:
        yield running


def ask(server: FakeEndpoint, **fields: Any) -> Reply:
    async def one() -> Reply:
        async with Endpoint(server.url, "m", 0, 60).client() as client:
            return await ServerLoop(client, "m", **{"tools": [CODE_INTERPRETER], **fields})(PROBLEM)

    return asyncio.run(one())


@pytest.mark.parametrize("status", [400, 422])
def test_an_endpoint_that_knows_no_interpreter_is_asked_without(status: int) -> None:
    with serving(lambda body: status if "tools" in body else completion("It is 408.")) as server:
        assert ask(server, optional=True, options={"temperature": 0}).text == "It is 408."
        with pytest.raises(openai.APIStatusError):
            ask(server)
    assert [("tools" in body, body["temperature"]) for body in server.bodies[:2]] == [(True, 0), (False, 0)]
    assert server.bodies[0]["messages"][0]["content"] == system_prompt(PROBLEM.question)
    assert len(server.bodies) == 3


@pytest.mark.parametrize(
    ("tools", "status"),
    [
        ([CODE_INTERPRETER], 403),  # another request would fare no better
        (None, 400),  # there is nothing to leave out
    ],
)
def test_other_refusals_are_errors(tools: Any, status: int) -> None:
    with serving(lambda body: status) as server, pytest.raises(openai.APIStatusError):
        ask(server, tools=tools, optional=True)
    assert len(server.bodies) == 1


def test_the_text_of_a_solve_here_is_its_written_form(interpreter: Interpreter) -> None:
    """An output with a fence inside, which a fence of three backticks would end."""

    def answer(body: dict[str, Any]) -> dict[str, Any]:
        if len(body["messages"]) > 2:
            return completion("So:\n```output\n408\n```\n\\boxed{408}")
        return completion("Print.\n```python\nprint('`' * 3 + '\\n408')\n```\n")

    async def solve(server: FakeEndpoint) -> Reply:
        async with Endpoint(server.url, "m", 0, 60).client() as client:
            return await ClientLoop(client, "m", interpreter)(PROBLEM)

    with serving(answer) as server:
        reply = asyncio.run(solve(server))
    worked = read_worked(reply.text)
    assert [(step.thought, step.code, step.observation) for step in worked.steps] == [
        (ran["thought"], ran["code"], ran["output"]) for ran in reply.executions
    ]
    assert worked.steps[0].observation == "```\n408"
    assert worked.conclusion == reply.conclusion == "So:\n```output\n408\n```\n\\boxed{408}"
