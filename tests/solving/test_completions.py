"""A whole answer is read as the same turn that a streamed one is."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from math_solver.protocol import Form, Turn, calls_turn, render_call
from math_solver.solving.completions import OpenAIGenerate, read_answer, to_messages, write_request
from math_solver.solving.endpoint import Endpoint
from math_solver.solving.loop import Completion

from ..fake_endpoint import completion, serving


def call(code: str, name: str = "python") -> dict[str, Any]:
    return {"id": "a", "type": "function", "function": {"name": name, "arguments": json.dumps({"code": code})}}


def streamed(url: str) -> Completion:
    async def once() -> Completion:
        async with Endpoint(url, "m", 0).client() as client:
            parts = [part async for part in OpenAIGenerate(client, "m", "s")([Turn("user", "x")], max_tokens=9)]
        assert isinstance(parts[-1], Completion)
        return parts[-1]

    return asyncio.run(once())


@pytest.mark.parametrize(
    ("text", "calls", "finish"),
    [
        ("It is \\boxed{5}.", [], "stop"),
        ("It is", [], "length"),
        ("Add.\n```python\nprint(5)\n```\n```output\n7\n```\nSo 7.", [], "stop"),
        ("<think>\nTry ```python\n1\n```\n</think>\n\nIt is 5.", [], "stop"),
        ("Add.", [call("print(5)")], "tool_calls"),
        ("", [call("print('\\\\frac \u4e2d')")], "tool_calls"),
        ("Two.", [call("print(1)"), call("print(2)")], "tool_calls"),
        ("Search.", [call("x", "search")], "tool_calls"),
        # cut in its arguments
        ("Add.", [{"id": "a", "function": {"name": "python", "arguments": '{"code": "pri'}}], "length"),
    ],
)
def test_it_does_not_matter_whether_it_was_streamed(text: str, calls: list[dict[str, Any]], finish: str) -> None:
    whole = completion(text, tool_calls=calls)
    whole["choices"][0]["finish_reason"] = finish
    with serving(lambda body: whole) as server:
        seen = streamed(server.url)
    read = read_answer(whole["choices"][0])
    assert (read.text, read.finish_reason) == (seen.text, seen.finish_reason)


def test_requests_of_both_forms() -> None:
    messages = [{"role": "user", "content": "x"}]
    fenced = write_request("m", messages, "fenced", max_tokens=5, options={"top_p": 0.9})
    assert fenced == {"model": "m", "messages": messages, "top_p": 0.9, "max_tokens": 5, "stop": ["```output"]}
    native = write_request("m", messages, "native", max_tokens=None)
    assert native.keys() == {"model", "messages", "tools"}
    assert native["tools"][0]["function"]["name"] == "python"


CALLED = calls_turn("Look.", [("python", {"code": "1"}), ("look_up", {})])
TEXT = Turn("assistant", "Five.", calls_at=5)


@pytest.mark.parametrize(
    ("turns", "form", "roles"),
    [
        # a question behind calls that nobody answered, and one behind calls that were
        ([CALLED, Turn("user", "x")], "native", ["assistant", "tool", "tool", "user"]),
        ([CALLED, Turn("observation", "1"), Turn("user", "x")], "native", ["assistant", "tool", "tool", "user"]),
        ([CALLED, Turn("observation", "1").ask("x")], "native", ["assistant", "tool", "tool", "user"]),
        # behind an empty turn, behind each other, and last of all
        ([CALLED, Turn("user", ""), TEXT], "native", ["assistant", "tool", "tool", "assistant"]),
        ([CALLED, CALLED], "native", ["assistant", "tool", "tool"] * 2),
        # a call that the token limit cut
        ([Turn("assistant", CALLED.content[:40]), Turn("user", "x")], "native", ["assistant", "tool", "user"]),
        # where programs are text, calls to the client's tools are not
        ([CALLED, Turn("user", "x")], "fenced", ["assistant", "tool", "user"]),
        ([Turn("assistant", render_call("", "1", "fenced")), Turn("user", "x")], "fenced", ["assistant", "user"]),
    ],
)
def test_every_call_has_an_answer(turns: list[Turn], form: Form, roles: list[str]) -> None:
    messages = to_messages(None, turns, form)
    assert [message["role"] for message in messages] == roles
    called = [call["id"] for message in messages for call in message.get("tool_calls", [])]
    answered = [message["tool_call_id"] for message in messages if message["role"] == "tool"]
    assert answered == called and len(set(called)) == len(called)
    told = [message["content"] for message in messages if message["role"] == "tool"]
    observed = any(turn.role == "observation" for turn in turns)
    assert told == (["1", ""] if observed else ["The call was not run."] * len(told))
