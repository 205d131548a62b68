"""What a chat request may ask for beyond one solve: choices, stop strings, budgets, tools of the client's own."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncGenerator
from typing import Any

import pytest
from llamafactory.data.template import TEMPLATES
from llamafactory.extras.constants import EngineName

from math_solver.interpreter import Interpreter
from math_solver.protocol import TOOL, render_call
from math_solver.server.settings import Settings

from ..conftest import LOOPBACK, ScriptedModel, ScriptedTemplate, Serve, Served
from .test_chat import CALL, CONCLUSION, CONTENT, QUESTION, SHOWN, TOOLS, ask, ask_stream, post

FUNCTION = {"type": "function", "function": {"name": "look_up", "description": "Find.", "parameters": {}}}
FOREIGN = 'Let me see.\n<tool_call>\n{"name": "look_up", "arguments": {"word": "数"}}\n</tool_call>'


def test_choices_are_solves_side_by_side(serve: Serve) -> None:
    # both calls, then both conclusions: neither waits for the other
    completion = ask(serve(CALL, CALL, CONCLUSION, CONCLUSION), tools=TOOLS, n=2)
    assert [choice.index for choice in completion.choices] == [0, 1]
    assert [choice.message.content for choice in completion.choices] == [CONTENT, CONTENT]
    assert completion.usage.prompt_tokens == 40


@pytest.mark.parametrize(
    ("fields", "samples"),
    [
        ({}, None),
        ({"n": 2}, True),
        ({"temperature": 0.5}, True),
        ({"temperature": 0, "n": 2}, None),
        ({"temperature": 0.5, "do_sample": False}, False),
    ],
)
def test_a_temperature_or_several_answers_ask_for_sampling(serve: Serve, fields: Any, samples: bool | None) -> None:
    served = serve("one", "two")
    post(served, {"model": "m", "messages": QUESTION} | fields)
    assert [call.get("do_sample") for call in served.model.calls] == [samples] * fields.get("n", 1)


@pytest.mark.parametrize("path", ["chat/completions", "responses"])
def test_a_schema_nested_deeply_is_refused(serve: Serve, path: str) -> None:
    async def send(depth: int) -> int:
        parameters: Any = {}
        for _ in range(depth):
            parameters = {"properties": {"x": parameters}}
        function = {"name": "f", "description": "d", "parameters": parameters}
        body: dict[str, Any] = {"model": "m"}
        if path == "responses":
            body |= {"input": "hi", "tools": [{"type": "function", **function}]}
        else:
            body |= {"messages": QUESTION, "tools": [{"type": "function", "function": function}]}
        async with serve("hi").http() as client:
            return (await client.post(f"/v1/{path}", json=body)).status_code

    assert [asyncio.run(send(depth)) for depth in (20, 60, 300)] == [200, 400, 400]


def test_choices_of_a_stream_are_told_apart(serve: Serve) -> None:
    chunks = ask_stream(
        serve(CALL, CALL, CONCLUSION, CONCLUSION), tools=TOOLS, n=2, stream_options={"include_usage": True}
    )
    parts = [choice for chunk in chunks for choice in chunk.choices]
    for index in (0, 1):
        mine = [part for part in parts if part.index == index]
        assert "".join(part.delta.content or "" for part in mine) == CONTENT
        assert [part.finish_reason for part in mine if part.finish_reason] == ["stop"]
    order = [part.index for part in parts if part.delta.content]
    assert order != sorted(order)
    assert chunks[-1].usage.prompt_tokens == 40


def test_a_failing_choice_fails_the_request(serve: Serve) -> None:
    served = serve(CALL, RuntimeError("engine died"), CONCLUSION, CONCLUSION)
    assert post(served, {"model": "m", "messages": QUESTION, "tools": TOOLS, "n": 2}).status_code == 500


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    ("lines", "stop", "content", "steps"),
    [
        ([CALL, "The product. END of it"], "END", CONTENT.removesuffix(SHOWN) + "The product.", 1),
        ([CALL, CONCLUSION], ["nothing", "like it"], CONTENT, 1),
        # inside a program: what was written is shown, nothing is run
        ([CALL], " * ", "Multiply.\n\n```python\nprint(12\n```", 0),
    ],
)
def test_stop_strings_end_the_solve(
    serve: Serve, lines: list[str], stop: Any, content: str, steps: int, stream: bool
) -> None:
    served = serve(*lines)
    if stream:
        chunks = ask_stream(served, tools=TOOLS, stop=stop)
        text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
        assert (text, chunks[-1].choices[0].finish_reason) == (content, "stop")
        return
    (choice,) = ask(served, tools=TOOLS, stop=stop).choices
    assert (choice.message.content, choice.finish_reason) == (content, "stop")
    assert len(choice.message.code_interpreter["executions"]) == steps


def test_the_budget_is_told_where_the_yaml_says_so(serve: Serve) -> None:
    served = serve(CALL, CONCLUSION, settings=Settings(rounds=3, tell_budget=True))
    (choice,) = ask(served, tools=TOOLS).choices
    assert served.model.calls[1]["messages"][-1]["content"] == "408\n[2 more programs can be run]"
    assert choice.message.code_interpreter["executions"][0]["output"] == "408"


@pytest.mark.parametrize("stream", [False, True])
def test_a_call_to_the_clients_tool_is_returned(serve: Serve, stream: bool) -> None:
    served = serve(CALL, FOREIGN)
    if stream:
        chunks = ask_stream(served, tools=[*TOOLS, FUNCTION])
        last = chunks[-1].choices[0]
        finish, calls = last.finish_reason, last.delta.tool_calls
        content = "".join(chunk.choices[0].delta.content or "" for chunk in chunks)
        assert calls[0].index == 0
    else:
        (choice,) = ask(served, tools=[*TOOLS, FUNCTION]).choices
        finish, calls, content = choice.finish_reason, choice.message.tool_calls, choice.message.content
    assert [tool["name"] for tool in json.loads(served.model.calls[0]["tools"])] == [TOOL["name"], "look_up"]
    assert finish == "tool_calls"
    assert (calls[0].function.name, json.loads(calls[0].function.arguments)) == ("look_up", {"word": "数"})
    assert content == CONTENT.removesuffix(SHOWN) + "Let me see."


def test_the_result_of_the_clients_tool_goes_back_to_the_model(serve: Serve) -> None:
    call = {"id": "c1", "type": "function", "function": {"name": "look_up", "arguments": '{"word": "数"}'}}
    messages = [
        *QUESTION,
        {"role": "assistant", "content": "Let me see.", "tool_calls": [call, call]},
        {"role": "tool", "tool_call_id": "c1", "content": "number"},
        {"role": "tool", "tool_call_id": "c2", "content": [{"type": "text", "text": "count"}]},
    ]
    served = serve(CONCLUSION)
    assert ask(served, tools=[*TOOLS, FUNCTION], messages=messages).choices[0].message.content == SHOWN
    block = FOREIGN.partition("\n")[2]
    assert served.model.calls[0]["messages"][1:] == [
        {"role": "assistant", "content": f"Let me see.\n{block}\n{block}"},
        {"role": "observation", "content": "number\ncount"},
    ]


@pytest.mark.parametrize(
    ("messages", "param"),
    [
        ([*QUESTION, {"role": "tool", "content": "x"}], "messages[1].role"),
        ([*QUESTION, {"role": "assistant", "tool_calls": [{"id": "c"}]}], "messages[1].tool_calls"),
        (
            [*QUESTION, {"role": "assistant", "tool_calls": [{"function": {"name": "f", "arguments": "[" * 9999}}]}],
            "messages[1].tool_calls",
        ),
        ([*QUESTION, {"role": "assistant", "tool_calls": 3}], "messages[1].tool_calls"),
        # half a surrogate pair, which only the arguments' own JSON spells
        (
            [*QUESTION, {"role": "assistant", "tool_calls": [{"function": {"name": "f", "arguments": '"\\ud800"'}}]}],
            "messages[1].tool_calls",
        ),
    ],
)
def test_tool_messages_that_fit_nowhere_are_refused(serve: Serve, messages: Any, param: str) -> None:
    response = post(serve("never said"), {"model": "m", "messages": messages, "tools": TOOLS})
    assert (response.status_code, response.json()["error"]["param"]) == (400, param)


@pytest.mark.parametrize("stream", [False, True])
def test_function_tools_without_the_interpreter(serve: Serve, stream: bool) -> None:
    # text is kept, arguments are encoded once, several calls are returned, and the stream does not break
    served = serve(f"{FOREIGN}\n{FOREIGN.partition(chr(10))[2]}")
    if stream:
        chunks = ask_stream(served, tools=[FUNCTION])
        content = "".join(chunk.choices[0].delta.content or "" for chunk in chunks)
        finish, calls = chunks[-1].choices[0].finish_reason, chunks[-1].choices[0].delta.tool_calls
    else:
        (choice,) = ask(served, tools=[FUNCTION]).choices
        finish, calls, content = choice.finish_reason, choice.message.tool_calls, choice.message.content
    assert (content, finish) == ("Let me see.", "tool_calls")
    assert [(call.function.name, json.loads(call.function.arguments)) for call in calls] == [
        ("look_up", {"word": "数"})
    ] * 2


@pytest.mark.parametrize("tools", [None, [FUNCTION]])
@pytest.mark.parametrize(
    "line", ["```python\nprint(1)\n```\n", " spaces \n\n kept", "a <tool_call>that is none</tool_call> b"]
)
def test_a_plain_answer_is_the_text_as_it_is(serve: Serve, line: str, tools: Any) -> None:
    fields = {"tools": tools} if tools else {}
    whole = ask(serve(line), **fields).choices[0].message
    chunks = ask_stream(serve(line), **fields)
    assert whole.tool_calls is None
    assert whole.content == "".join(chunk.choices[0].delta.content or "" for chunk in chunks)
    assert whole.content == (line.strip() if tools else line)


def test_plain_choices_and_stop_strings(serve: Serve) -> None:
    completion = ask(serve("one END", "two"), n=2, stop="END", stream=False)
    assert [choice.message.content for choice in completion.choices] == ["one ", "two"]


def test_auto_answers_a_call_in_its_own_form(serve: Serve) -> None:
    fenced = render_call("", "print(1)", "fenced")
    served = serve(CALL, fenced, CONCLUSION, settings=Settings(form="auto"))
    ask(served, tools=TOOLS)
    observations = [m["content"] for m in served.model.calls[2]["messages"] if m["role"] == "observation"]
    assert observations == ["408", "```output\n1\n```"]
    assert json.loads(served.model.calls[0]["tools"]) == [TOOL]


def test_auto_shows_no_tool_that_the_template_cannot_spell(serve: Serve) -> None:
    served = serve(render_call("", "print(1)", "fenced"), CONCLUSION, settings=Settings(form="auto"))
    served.model.engine.template = ScriptedTemplate(**vars(TEMPLATES["glm4"]))
    ask(served, tools=TOOLS)
    assert served.model.calls[0]["tools"] is None


def test_an_engine_that_blocks_its_loop_does_not_block_ours(interpreter: Interpreter) -> None:
    model: Any = ScriptedModel("slow words that take their time")
    model.engine.name = EngineName.SGLANG
    model._loop = loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    served = Served.of(model, interpreter, Settings(), LOOPBACK)
    arrived, go_on = threading.Event(), threading.Event()

    async def astream_chat(*args: Any, **kwargs: Any) -> AsyncGenerator[str, None]:
        yield "one "
        arrived.set()
        go_on.wait(60)  # as the engine waits for its server
        yield "two"

    model.astream_chat = astream_chat

    async def two_at_once() -> tuple[int, str]:
        async with served.http() as client:
            body = {"model": "m", "messages": QUESTION, "stream": True}
            slow = asyncio.ensure_future(client.post("/v1/chat/completions", json=body, timeout=60))
            await asyncio.to_thread(arrived.wait, 60)
            health = await client.get("/health")
            go_on.set()
            return health.status_code, (await slow).text

    try:
        status, text = asyncio.run(two_at_once())
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
    assert status == 200
    assert '"content": "one "' in text and '"content": "two"' in text
