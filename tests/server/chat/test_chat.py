"""``/v1/chat/completions`` through the real application, the real interpreter and the official client."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import httpx
import openai
import pytest

from math_solver.protocol import SYSTEM_PROMPTS, TOOL, render_call
from math_solver.server.address import Address
from math_solver.server.settings import Settings

from ..conftest import Serve, Served

TOOLS: Any = [{"type": "code_interpreter"}]
QUESTION: Any = [{"role": "user", "content": "What is 12 × 34?"}]
CALL = render_call("Multiply.", "print(12 * 34)")
CONCLUSION = "The product is \\boxed{408}."
SHOWN = "The product is ${\\boxed{408}}$."  # as chat interfaces typeset it
CONTENT = "Multiply.\n\n```python\nprint(12 * 34)\n```\n\n```output\n408\n```\n\n" + SHOWN


def ask(served: Served, **fields: Any) -> Any:
    """The completion that the official client gets."""

    async def create() -> Any:
        async with served.openai() as client:
            return await client.chat.completions.create(**({"model": "m", "messages": QUESTION} | fields))

    return asyncio.run(create())


def ask_stream(served: Served, **fields: Any) -> list[Any]:
    async def create() -> list[Any]:
        async with served.openai() as client:
            body: dict[str, Any] = {"model": "m", "messages": QUESTION, "stream": True} | fields
            return [chunk async for chunk in await client.chat.completions.create(**body)]

    return asyncio.run(create())


def post(served: Served, body: Any, **headers: str) -> httpx.Response:
    headers = {"Content-Type": "application/json"} | headers

    async def send() -> httpx.Response:
        async with served.http() as client:
            return await client.post("/v1/chat/completions", content=json.dumps(body), headers=headers)

    return asyncio.run(send())


def test_a_solve_is_one_message_with_its_executions(serve: Serve) -> None:
    served = serve(CALL, CONCLUSION)
    completion = ask(served, tools=TOOLS)
    (choice,) = completion.choices
    assert choice.message.content == CONTENT
    assert choice.finish_reason == "stop"
    extra = choice.message.model_extra["code_interpreter"]
    assert extra["conclusion"] == CONCLUSION
    assert extra["finish_reason"] == "stop"
    (execution,) = extra["executions"]
    assert execution.pop("ms") > 0
    assert execution == {"thought": "Multiply.", "code": "print(12 * 34)", "output": "408", "status": "ok"}
    assert completion.usage.prompt_tokens == 20
    assert completion.usage.total_tokens == 20 + completion.usage.completion_tokens


def test_the_model_sees_what_it_was_trained_on(serve: Serve) -> None:
    served = serve(CALL + "\ninvented", CONCLUSION)
    ask(served, tools=TOOLS, temperature=0, top_p=0.9, max_tokens=100)
    first, second = served.model.calls
    assert json.loads(first["tools"]) == [TOOL]
    assert first["system"] == SYSTEM_PROMPTS["en"]
    assert (first["temperature"], first["top_p"], first["max_new_tokens"]) == (0, 0.9, 100)
    assert second["messages"] == [
        {"role": "user", "content": "What is 12 × 34?"},
        {"role": "assistant", "content": CALL},
        {"role": "observation", "content": "408"},
    ]
    assert second["max_new_tokens"] < 100


@pytest.mark.parametrize(
    ("messages", "system", "turns"),
    [
        # no system prompt: ours, in the language of the last user message
        ([{"role": "user", "content": "计算 1+1"}], SYSTEM_PROMPTS["zh"], ["计算 1+1"]),
        # the client's own prompt stands, a developer's too
        ([{"role": "system", "content": "Be brief."}, *QUESTION], "Be brief.", ["What is 12 × 34?"]),
        ([{"role": "developer", "content": "Be brief."}, *QUESTION], "Be brief.", ["What is 12 × 34?"]),
        # content in parts
        ([{"role": "user", "content": [{"type": "text", "text": "1+1"}]}], SYSTEM_PROMPTS["en"], ["1+1"]),
        # two user messages in a row, an earlier answer, unknown fields
        (
            [
                {"role": "user", "content": "计算"},
                {"role": "user", "content": "1+1", "name": "x"},
                {"role": "assistant", "content": "2", "refusal": None},
                {"role": "user", "content": "again"},
            ],
            SYSTEM_PROMPTS["en"],
            ["计算\n\n1+1", "2", "again"],
        ),
    ],
)
def test_messages_become_turns(serve: Serve, messages: Any, system: str, turns: list[str]) -> None:
    served = serve(CONCLUSION)
    ask(served, tools=TOOLS, messages=messages)
    (call,) = served.model.calls
    assert call["system"] == system
    assert [message["content"] for message in call["messages"]] == turns


def test_variables_live_within_a_solve_and_not_beyond(serve: Serve) -> None:
    keep, use = render_call("", "kept = 7"), render_call("", "kept")
    served = serve(keep, use, "first", use, "second")
    outputs = [
        [step["output"] for step in ask(served, tools=TOOLS).choices[0].message.code_interpreter["executions"]]
        for _ in range(2)
    ]
    assert outputs[0][1] == "7"
    assert "NameError" in outputs[1][0]


@pytest.mark.parametrize(
    ("lines", "status", "finish", "inner"),
    [
        # a program that hangs costs itself
        ([render_call("", "while True: pass"), CONCLUSION], ["timeout"], "stop", "stop"),
        # one that raises
        ([render_call("", "1/0"), CONCLUSION], ["error"], "stop", "stop"),
        # a malformed call is answered
        (["<tool_call>\nprint(1)\n</tool_call>", CONCLUSION], ["refused"], "stop", "stop"),
        # a program that is not Unicode, and one that prints what is not
        ([render_call("", "x = 1").replace("x", "\\ud800"), CONCLUSION], ["error"], "stop", "stop"),
        ([render_call("", "print(chr(0xD800))"), CONCLUSION], ["ok"], "stop", "stop"),
        # rounds run out
        ([CALL, CALL, CALL], ["ok", "ok"], "length", "rounds"),
    ],
)
def test_what_goes_wrong_is_told(serve: Serve, lines: list[str], status: list[str], finish: str, inner: str) -> None:
    (choice,) = ask(serve(*lines, settings=Settings(rounds=2)), tools=TOOLS).choices
    extra = choice.message.code_interpreter
    assert [step["status"] for step in extra["executions"]] == status
    assert (choice.finish_reason, extra["finish_reason"]) == (finish, inner)


def test_a_stream_spells_the_same_content(serve: Serve) -> None:
    chunks = ask_stream(serve(CALL, CONCLUSION), tools=TOOLS, stream_options={"include_usage": True})
    deltas = [chunk.choices[0].delta for chunk in chunks if chunk.choices]
    assert deltas[0].role == "assistant"
    assert "".join(delta.content or "" for delta in deltas) == CONTENT
    executions = [
        step
        for delta in deltas
        for step in (delta.model_extra or {}).get("code_interpreter", {}).get("executions", [])
    ]
    assert [(step["index"], step["output"]) for step in executions] == [(0, "408")]
    assert [chunk.choices[0].finish_reason for chunk in chunks if chunk.choices][-1] == "stop"
    assert chunks[-1].choices == []
    assert chunks[-1].usage.prompt_tokens == 20
    assert len({chunk.id for chunk in chunks}) == 1


def test_a_stream_without_usage_ends_in_a_finish_reason(serve: Serve) -> None:
    chunks = ask_stream(serve(CALL, CALL, settings=Settings(rounds=1)), tools=TOOLS)
    assert chunks[-1].choices[0].finish_reason == "length"
    assert all(chunk.usage is None for chunk in chunks)


def test_a_failure_inside_a_stream_is_an_error_chunk(serve: Serve) -> None:
    with pytest.raises(openai.APIError, match="RuntimeError"):
        ask_stream(serve(CALL, RuntimeError("engine died")), tools=TOOLS)


def test_a_failure_of_the_engine_is_a_500_that_is_not_retried(serve: Serve) -> None:
    response = post(serve(RuntimeError("engine died")), {"model": "m", "messages": QUESTION, "tools": TOOLS})
    assert response.status_code == 500
    assert response.headers["x-should-retry"] == "false"
    assert response.json()["error"]["type"] == "server_error"


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({"n": 0}, "n"),
        ({"n": 65}, "n"),
        ({"n": 1.5}, "n"),
        ({"stop": 3}, "stop"),
        ({"stop": ["\n", 3]}, "stop"),
        ({"logit_bias": {"x": 1}}, "logit_bias"),
        ({"logit_bias": {"1": 101}}, "logit_bias"),
        ({"logit_bias": {"1": 10**400}}, "logit_bias"),
        # what only the Hugging Face engine can do
        ({"logit_bias": {"1": 1}}, "logit_bias"),
        ({"presence_penalty": 0.5}, "presence_penalty"),
        ({"frequency_penalty": 1}, "frequency_penalty"),
        ({"logprobs": True}, "logprobs"),
        ({"seed": 1}, "seed"),
        ({"tool_choice": "sometimes"}, "tool_choice"),
        ({"response_format": {"type": "grammar"}}, "response_format"),
        ({"temperature": -1}, "temperature"),
        ({"temperature": "hot"}, "temperature"),
        ({"temperature": True}, "temperature"),
        ({"top_p": 1.5}, "top_p"),
        # transformers raises over a fraction
        ({"top_k": 5.5}, "top_k"),
        ({"max_tokens": 0}, "max_tokens"),
        ({"max_completion_tokens": 1.5}, "max_completion_tokens"),
        ({"stream": "yes"}, "stream"),
        ({"messages": []}, "messages"),
        ({"messages": "hi"}, "messages"),
        ({"messages": [{"role": "assistant", "content": "hi"}]}, "messages"),
        ({"messages": [{"role": "tool", "content": "hi"}]}, "messages[0].role"),
        ({"messages": ["hi"]}, "messages[0].role"),
        ({"messages": [{"role": "user", "content": None}]}, "messages[0].content"),
        ({"messages": [{"role": "user", "content": [{"type": "image_url"}]}]}, "messages[0].content"),
        # half a surrogate pair
        ({"messages": [{"role": "user", "content": "\ud800"}]}, "messages[0].content"),
        ({"tools": [{"type": "code_interpreter"}, {"type": "function"}]}, "tools"),
        ({"tools": [{"type": "code_interpreter"}, "python"]}, "tools"),
        ({"tools": [*TOOLS, {"type": "function", "function": {"name": "python"}}]}, "tools"),
        ({"tools": "all"}, "tools"),
        ({"tools": [*TOOLS, {"type": "function", "function": {"name": "\ud800"}}]}, "tools"),
        ({"tools": [{"type": "function", "function": {"name": "f", "description": "\ud800"}}]}, "tools"),
        ({"stop": "\ud800"}, "stop"),
    ],
)
@pytest.mark.parametrize("stream", [False, True])
def test_what_cannot_be_honoured_is_refused(serve: Serve, fields: dict[str, Any], param: str, stream: bool) -> None:
    body = {"model": "m", "messages": QUESTION, "tools": TOOLS, "stream": stream} | fields
    response = post(serve(), body)
    assert response.status_code == 400
    error = response.json()["error"]
    assert (error["param"], error["type"]) == (param, "invalid_request_error")
    assert error["message"]


@pytest.mark.parametrize(
    "fields",
    [
        {"n": 1, "stop": None, "presence_penalty": 0, "frequency_penalty": 0.0, "logprobs": False},
        {"seed": 1, "temperature": 0},
        {"tool_choice": "auto", "user": "u", "metadata": {"a": "b"}, "parallel_tool_calls": True},
    ],
)
def test_what_asks_for_nothing_is_taken(serve: Serve, fields: dict[str, Any]) -> None:
    assert ask(serve(CONCLUSION), tools=TOOLS, **fields).choices[0].message.content == SHOWN


@pytest.mark.parametrize("stream", [False, True])
def test_more_choices_than_places_are_refused_for_good(serve: Serve, stream: bool) -> None:
    served = serve(settings=Settings(max_sessions=2))
    with pytest.raises(openai.BadRequestError, match="n=3 is more than the 2 solves"):
        ask(served, tools=TOOLS, n=3, stream=stream)


@pytest.mark.parametrize("stream", [False, True])
def test_one_solve_too_many_is_told_to_wait(serve: Serve, stream: bool) -> None:
    served = serve(CONCLUSION, settings=Settings(max_sessions=1))
    gate = asyncio.Event()
    scripted = served.model.achat

    async def wait_then_say(*args: Any, **kwargs: Any) -> Any:
        await gate.wait()
        return await scripted(*args, **kwargs)

    served.model.achat = wait_then_say  # type: ignore[method-assign]

    async def crowd() -> tuple[int, int]:
        body = {"model": "m", "messages": QUESTION, "tools": TOOLS, "stream": stream}
        async with served.http() as client:
            first = asyncio.ensure_future(client.post("/v1/chat/completions", json=body))
            await asyncio.sleep(0.1)
            second = await client.post("/v1/chat/completions", json=body)
            gate.set()
            return (await first).status_code, second.status_code

    assert asyncio.run(crowd()) == (200, 429)


@pytest.mark.parametrize(
    ("fields", "solved"),
    [
        ({}, True),
        ({"tools": TOOLS}, True),
        ({"tools": []}, False),
        ({"tool_choice": "none"}, False),
        ({"tools": TOOLS, "tool_choice": "none"}, False),
    ],
)
def test_on_by_default_and_off_on_request(serve: Serve, fields: dict[str, Any], solved: bool) -> None:
    served = serve("plain", settings=Settings(default_on=True))
    message = post(served, {"model": "m", "messages": QUESTION} | fields).json()["choices"][0]["message"]
    assert ("code_interpreter" in message) == solved
    assert (served.model.calls[0]["tools"] is not None) == solved


def test_every_request_needs_the_key(serve: Serve) -> None:
    served = serve(CONCLUSION, address=Address("127.0.0.1", 8000, "secret"))
    body = {"model": "m", "messages": QUESTION, "tools": TOOLS}
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic secret"}):
        response = post(served, body, **headers)
        assert response.status_code == 401
        assert response.json()["error"]["code"] == "invalid_api_key"
    assert post(served, body, Authorization="Bearer secret").status_code == 200
