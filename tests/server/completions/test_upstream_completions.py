"""``/v1/completions`` in front of another endpoint, which answers with its own."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import httpx
import pytest

from math_solver.interpreter import Interpreter
from math_solver.server.settings import Settings

from ...fake_endpoint import serving
from ..models.test_upstream import endpoint, serve_upstream
from .test_completions import PATH

LOGPROBS = {
    "tokens": ["a", "b"],
    "token_logprobs": [None, -0.5],
    "top_logprobs": [None, {"b": -0.5}],
    "text_offset": [0, 1],
}
USAGE = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}


def answer(text: str, finish: str | None = "length", logprobs: Any = None, usage: Any = USAGE) -> dict[str, Any]:
    choice = {"index": 0, "text": text, "finish_reason": finish, "logprobs": logprobs}
    return {"id": "c", "object": "text_completion", "created": 1, "model": "big", "choices": [choice], "usage": usage}


def post(url: str, interpreter: Interpreter, body: dict[str, Any], **args: Any) -> httpx.Response:
    served = serve_upstream(url, interpreter, Settings(), **args)

    async def run() -> httpx.Response:
        async with served.http() as client:
            return await client.post(PATH, json={"model": "whatever"} | body, timeout=60)

    return asyncio.run(run())


def test_all_that_is_asked_is_passed_on_and_all_that_is_told(interpreter: Interpreter) -> None:
    asked = {"echo": True, "logprobs": 1, "max_tokens": 1, "seed": 7, "stop": ["."], "temperature": 0, "top_k": 3}
    with serving(lambda body: answer(f"{body['prompt']}!", logprobs=LOGPROBS)) as server:
        reply = post(server.url, interpreter, {"prompt": [[1, 2], [3]], "n": 1, **asked}, top_p=0.5).json()
    assert sorted(body["prompt"] for body in server.bodies) == [[1, 2], [3]]
    assert [choice["text"] for choice in reply["choices"]] == ["[1, 2]!", "[3]!"]
    assert {choice["finish_reason"] for choice in reply["choices"]} == {"length"}
    assert reply["choices"][0]["logprobs"] == LOGPROBS
    assert (reply["model"], reply["usage"]["total_tokens"]) == ("math-solver", 4)
    body = server.bodies[0]
    assert {name: body[name] for name in asked} == asked
    assert (body["model"], body["top_p"], body.get("stream")) == ("big", 0.5, False)


def test_a_stream_is_read_as_it_comes(interpreter: Interpreter) -> None:
    tail = answer("", "stop", {name: values[1:] for name, values in LOGPROBS.items()}, None)
    parts = [answer("a", None, {name: values[:1] for name, values in LOGPROBS.items()}, None), tail]
    parts.append(answer("", usage=USAGE) | {"choices": []})
    stream = b"".join(f"data: {json.dumps(part)}\n\n".encode() for part in parts) + b"data: [DONE]\n\n"
    with endpoint(stream) as server:
        asked = {"prompt": "x", "stream": True, "logprobs": 1, "stream_options": {"include_usage": True}}
        text = post(server.url, interpreter, asked).text
    chunks = [json.loads(line[6:]) for line in text.splitlines() if line.startswith("data: {")]
    assert [chunk["choices"][0]["text"] for chunk in chunks[:2]] == ["a", ""]
    assert chunks[1]["choices"][0] | {"text": ""} == {
        "index": 0,
        "text": "",
        "finish_reason": "stop",
        "logprobs": LOGPROBS,
    }
    assert chunks[-1]["usage"] == USAGE and text.endswith("data: [DONE]\n\n")


@pytest.mark.parametrize(("status", "told"), [(404, 404), (429, 429), (500, 502)])
@pytest.mark.parametrize("stream", [False, True])
def test_what_it_refuses_has_a_status(interpreter: Interpreter, status: int, told: int, stream: bool) -> None:
    with endpoint(status) as server:
        response = post(server.url, interpreter, {"prompt": "x", "stream": stream})
    assert (response.status_code, "no room" in response.json()["error"]["message"]) == (told, True)


@pytest.mark.parametrize("broken", [b"data: {not json\n\n", b'data: {"choices": []}\n\n', b""])
def test_what_is_no_completion_is_a_failure(interpreter: Interpreter, broken: bytes) -> None:
    with endpoint(broken) as server:
        text = post(server.url, interpreter, {"prompt": "x", "stream": True}).text
    assert "upstream endpoint" in text and "finish_reason" not in text
