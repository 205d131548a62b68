"""Requests without the interpreter: the stock server's answers, minus its crashes."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest
from llamafactory.data.template import TEMPLATES

from ..conftest import Serve, Served

QUESTION: Any = [{"role": "user", "content": "hi"}]
FUNCTION = {"type": "function", "function": {"name": "add", "description": "Add.", "parameters": {}}}


def post(served: Served, **fields: Any) -> httpx.Response:
    async def send() -> httpx.Response:
        async with served.http() as client:
            return await client.post("/v1/chat/completions", json={"model": "m", "messages": QUESTION} | fields)

    return asyncio.run(send())


def test_a_plain_request_is_answered_like_the_stock_server_does(serve: Serve) -> None:
    served = serve("hello there")
    body = post(served, temperature=0.5).json()
    assert body["choices"] == [
        {
            "index": 0,
            "message": {"role": "assistant", "content": "hello there", "refusal": None, "tool_calls": None},
            "logprobs": None,
            "finish_reason": "stop",
        }
    ]
    assert body["usage"] == {"prompt_tokens": 10, "completion_tokens": 2, "total_tokens": 12}
    assert served.model.calls[0]["temperature"] == 0.5
    assert served.model.calls[0]["tools"] is None


def test_a_plain_stream_goes_through(serve: Serve) -> None:
    lines = [line for line in post(serve("hello there"), stream=True).text.splitlines() if line]
    assert lines[-1] == "data: [DONE]"
    assert '"content": "hello "' in lines[1]
    assert '"finish_reason": "stop"' in lines[-2]


def test_function_tools_are_returned_to_the_client(serve: Serve) -> None:
    served = serve('<tool_call>\n{"name": "add", "arguments": {"a": 1}}\n</tool_call>')
    served.model.engine.template = TEMPLATES["qwen"]  # type: ignore[attr-defined]
    (choice,) = post(served, tools=[FUNCTION]).json()["choices"]
    assert choice["finish_reason"] == "tool_calls"
    assert choice["message"]["tool_calls"][0]["function"] == {"name": "add", "arguments": '{"a": 1}'}


def test_a_penalty_of_zero_asks_for_nothing(serve: Serve) -> None:
    served = serve("hello")
    assert post(served, presence_penalty=0).status_code == 200
    assert "repetition_penalty" not in served.model.calls[0]


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    "fields",
    [
        {"presence_penalty": -1},
        {"temperature": -0.1},
        {"top_p": 2},
        {"max_tokens": -1},
        {"n": 0},
        {"messages": []},
        {"messages": [{"role": "assistant", "content": "x"}]},
        {"messages": [{"role": "user", "content": None}]},
        {"messages": [{"role": "nobody", "content": "x"}]},
        {"messages": "x"},
        {"tools": [{"type": "function"}]},
    ],
)
def test_known_crashes_are_refused_before_the_engine(serve: Serve, fields: dict[str, Any], stream: bool) -> None:
    served = serve("never said")
    response = post(served, stream=stream, **fields)
    assert response.status_code == 400
    assert response.json()["error"]["type"] == "invalid_request_error"
    assert served.model.calls == []


def test_an_engine_failure_is_an_error_object(serve: Serve) -> None:
    response = post(serve(ValueError("bad")))
    assert response.status_code == 500
    assert response.json()["error"]["type"] == "server_error"


def test_a_model_that_does_not_generate_says_so(serve: Serve) -> None:
    served = serve("never said")
    served.model.engine.can_generate = False
    assert post(served).status_code == 405
