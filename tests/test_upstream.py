"""``generate`` on an OpenAI-compatible endpoint, whole and streamed, against a real HTTP server."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from typing import Any

import pytest
from openai import AsyncOpenAI

from math_solver.protocol import Form, Turn, parse_call, render_call, render_observation
from math_solver.solving import Completion
from math_solver.upstream import OpenAIGenerate, to_messages

from .evaluation.endpoint import FakeEndpoint, completion, serving

QUESTION = (Turn("user", "What is 1 + 1?"),)


def call(arguments: str, name: str = "python") -> dict[str, Any]:
    return {"id": "x", "type": "function", "function": {"name": name, "arguments": arguments}}


async def collect(server: FakeEndpoint, form: Form, turns: Sequence[Turn] = QUESTION) -> tuple[Completion, list[Any]]:
    """The turn asked for whole, and the pieces of the same turn streamed."""
    async with AsyncOpenAI(base_url=server.url, api_key="none") as client:
        generate = OpenAIGenerate(client, "m", "Be exact.", form, {"temperature": 0})
        whole = await generate(turns, max_tokens=50)
        return whole, [piece async for piece in generate.stream(turns, max_tokens=50)]


@pytest.mark.parametrize(
    ("form", "reply", "text"),
    [
        ("fenced", completion("I add.\n```python\n1 + 1\n```\n"), "I add.\n```python\n1 + 1\n```\n"),
        ("native", completion("It is \\boxed{2}."), "It is \\boxed{2}."),
        ("native", completion("I add.", tool_calls=[call('{"code": "1 + 1"}')]), render_call("I add.", "1 + 1")),
        ("native", completion("", tool_calls=[call('{"code": "1"}'), call('{"code": "2"}')]), render_call("", "1")),
    ],
)
def test_whole_and_streamed_turns_are_the_same(form: Form, reply: dict[str, Any], text: str) -> None:
    with serving(lambda body: reply) as server:
        whole, pieces = asyncio.run(collect(server, form))
    assert whole == Completion(text, "stop", 7, 3) == pieces[-1]
    assert "".join(pieces[:-1]) == text
    assert [body["max_tokens"] for body in server.bodies] == [50, 50]


def test_a_turn_cut_by_the_limit_says_so() -> None:
    reply = completion("I add and")
    reply["choices"][0]["finish_reason"] = "length"
    with serving(lambda body: reply) as server:
        whole, pieces = asyncio.run(collect(server, "fenced"))
    assert whole.finish_reason == pieces[-1].finish_reason == "length"


@pytest.mark.parametrize("broken", [call('{"code": 1}'), call("{not json"), call('{"code": "1"}', "rm")])
def test_a_call_that_cannot_be_read_is_left_to_the_loop(broken: dict[str, Any]) -> None:
    with serving(lambda body: completion("I add.", tool_calls=[broken])) as server:
        whole, pieces = asyncio.run(collect(server, "native"))
    assert whole == pieces[-1]
    found = parse_call(whole.text)
    assert found is not None and found.error is not None and found.thought == "I add."


def test_history_goes_back_as_it_came() -> None:
    turns = [*QUESTION, Turn("assistant", render_call("I add.", "1 + 1")), Turn("observation", "2")]
    system, user, called, result = to_messages("Be exact.", turns, "native")
    assert (system["role"], user["content"], called["content"]) == ("system", "What is 1 + 1?", "I add.")
    assert json.loads(called["tool_calls"][0]["function"]["arguments"]) == {"code": "1 + 1"}
    assert result == {"role": "tool", "tool_call_id": called["tool_calls"][0]["id"], "content": "2"}


def test_fenced_history_is_plain_text() -> None:
    fenced, output = render_call("I add.", "1 + 1", "fenced"), render_observation("2", "fenced")
    turns = [*QUESTION, Turn("assistant", fenced), Turn("observation", output)]
    assert to_messages("s", turns, "fenced")[2:] == [
        {"role": "assistant", "content": fenced},
        {"role": "user", "content": output},
    ]
