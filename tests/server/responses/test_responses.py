"""``/v1/responses`` through the real application, the real interpreter and the official client."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import openai
import pytest
from openai.types.responses import Response

from math_solver.protocol import SYSTEM_PROMPTS, render_call
from math_solver.server.address import Address
from math_solver.server.settings import Settings
from math_solver.server.web.errors import ApiError

from ..conftest import Serve, Served
from .responses_check import check_events, check_response

TOOLS: Any = [{"type": "code_interpreter", "container": {"type": "auto"}}]
OUTPUTS: Any = ["code_interpreter_call.outputs"]
JSON = {"Content-Type": "application/json"}
QUESTION = "What is 12 × 34?"
CALL = render_call("Multiply.", "print(12 * 34)")
CONCLUSION = "The product is \\boxed{408}."
SHOWN = "The product is ${\\boxed{408}}$."


def ask(served: Served, **fields: Any) -> Response:
    """The response that the official client gets."""

    async def create(client: openai.AsyncOpenAI) -> Response:
        response: Response = await client.responses.create(
            **({"model": "m", "input": QUESTION, "tools": TOOLS} | fields)
        )
        return response

    return using(served, create)


def using(served: Served, work: Callable[[openai.AsyncOpenAI], Awaitable[Any]]) -> Any:
    async def run() -> Any:
        async with served.openai() as client:
            return await work(client)

    return asyncio.run(run())


def send(served: Served, method: str, path: str, body: Any = None, **headers: str) -> httpx.Response:
    async def run() -> httpx.Response:
        async with served.http() as client:
            content = None if body is None else json.dumps(body)
            return await client.request(method, path, content=content, headers=JSON | headers)

    return asyncio.run(run())


def post(served: Served, **fields: Any) -> httpx.Response:
    return send(served, "POST", "/v1/responses", {"model": "m", "input": QUESTION, "tools": TOOLS} | fields)


def stream(served: Served, **fields: Any) -> list[Any]:
    """The events as they are on the wire, their names checked."""
    events = []
    for block in post(served, stream=True, **fields).text.strip().split("\n\n"):
        name, data = block.split("\n")
        events.append(json.loads(data.removeprefix("data: ")))
        assert name == f"event: {events[-1]['type']}"
    return events


def texts(served: Served) -> list[list[str]]:
    """What the model was shown at each generation."""
    return [[message["content"] for message in call["messages"]] for call in served.model.calls]


def test_a_response_is_a_comment_a_call_and_an_answer(serve: Serve) -> None:
    served = serve(CALL, CONCLUSION)
    response = ask(served, include=OUTPUTS, instructions="Be exact.", metadata={"a": "b"}, max_output_tokens=100)
    thought, call, answer = response.output
    assert (thought.type, call.type, answer.type) == ("message", "code_interpreter_call", "message")
    assert call.code == "print(12 * 34)"
    assert call.outputs is not None and call.outputs[0].logs == "408"  # type: ignore[union-attr]
    assert call.container_id.startswith("cntr_")
    assert answer.content[0].text == SHOWN  # type: ignore[union-attr]
    assert response.output_text == "Multiply.\n\n" + SHOWN
    assert (response.status, response.instructions, response.metadata) == ("completed", "Be exact.", {"a": "b"})
    assert response.usage is not None and response.usage.input_tokens == 20
    first = served.model.calls[0]
    assert (first["system"], first["max_new_tokens"]) == ("Be exact.", 100)


def test_outputs_are_left_out_unless_asked_for(serve: Serve) -> None:
    served = serve(CALL, CONCLUSION)

    async def create_and_look(client: openai.AsyncOpenAI) -> tuple[Any, Any, Any]:
        made = await client.responses.create(model="m", input=QUESTION, tools=TOOLS)
        plain = await client.responses.retrieve(made.id)
        return made, plain, await client.responses.retrieve(made.id, include=OUTPUTS)

    made, plain, full = using(served, create_and_look)
    assert made.output[1].outputs is None
    assert plain == made
    assert full.output[1].outputs[0].logs == "408"


def test_the_wire_is_what_the_types_say(serve: Serve) -> None:
    body = post(serve(CALL, CONCLUSION), include=OUTPUTS).json()
    check_response(body)
    streamed = check_events(stream(serve(CALL, CONCLUSION), include=OUTPUTS))
    assert [item.type for item in streamed.output] == [item["type"] for item in body["output"]]


def test_the_clients_own_stream_helper_takes_it(serve: Serve) -> None:
    served = serve(CALL, CONCLUSION)

    async def follow(client: openai.AsyncOpenAI) -> tuple[list[Any], Any]:
        async with client.responses.stream(model="m", input=QUESTION, tools=TOOLS, include=OUTPUTS) as events:
            seen = [event async for event in events]
            return seen, await events.get_final_response()

    seen, final = using(served, follow)
    assert "".join(e.delta for e in seen if e.type == "response.output_text.delta") == final.output_text
    assert "".join(e.delta for e in seen if e.type == "response.code_interpreter_call_code.delta") == "print(12 * 34)"
    assert final.output[1].outputs[0].logs == "408"


@pytest.mark.parametrize(
    ("lines", "fields", "status", "reason"),
    [
        ([CALL, CALL, CALL], {}, "incomplete", "max_messages"),
        ([CALL, CALL], {"max_tool_calls": 1}, "incomplete", "max_messages"),
        (["<tool_call>\nprint(1)\n</tool_call>", CONCLUSION], {}, "completed", None),
        ([render_call("", "while True: pass"), CONCLUSION], {}, "completed", None),
        # a model that got stuck within a call
        (['<tool_call>\n{"name": ' + "[" * 5000, CONCLUSION], {}, "completed", None),
    ],
)
def test_what_goes_wrong_is_told(serve: Serve, lines: list[str], fields: Any, status: str, reason: str | None) -> None:
    response = check_events(stream(serve(*lines, settings=Settings(rounds=2, timeout=0.5)), **fields))
    assert response.status == status
    assert (response.incomplete_details and response.incomplete_details.reason) == reason


def test_a_failure_inside_a_stream_ends_the_response(serve: Serve) -> None:
    response = check_events(stream(serve(CALL, RuntimeError("engine died"))))
    assert response.error is not None and "RuntimeError" in response.error.message


@pytest.mark.parametrize("status", [429, 502])
def test_a_refusal_of_the_model_keeps_its_status(serve: Serve, status: int) -> None:
    refusal = ApiError("Busy.", status=status)
    response = post(serve(CALL, refusal))
    assert (response.status_code, response.json()["error"]["message"]) == (status, "Busy.")
    failed = check_events(stream(serve(CALL, refusal)))
    assert failed.error is not None and failed.error.message == "Busy."


def test_a_failed_response_is_a_500_that_is_not_retried(serve: Serve) -> None:
    response = post(serve(RuntimeError("engine died")))
    assert response.status_code == 500
    assert response.headers["x-should-retry"] == "false"
    assert response.json()["error"]["type"] == "server_error"


@pytest.mark.parametrize("container", ["auto", "named"])
def test_variables_live_on_in_the_conversation(serve: Serve, container: str) -> None:
    served = serve(render_call("", "kept = 7"), "Kept.", render_call("", "kept"), "It is 7.")

    async def converse(client: openai.AsyncOpenAI) -> tuple[Any, Any]:
        first = await client.responses.create(model="m", input="Keep 7.", tools=TOOLS)
        used: Any = first.output[0]
        again: Any = {"auto": {"type": "auto"}, "named": used.container_id}[container]
        tools: Any = [{"type": "code_interpreter", "container": again}]
        second = await client.responses.create(
            model="m", input="What was it?", tools=tools, include=OUTPUTS, previous_response_id=first.id
        )
        return used, second

    used, second = using(served, converse)
    assert second.output[0].outputs[0].logs == "7"
    assert second.output[0].container_id == used.container_id
    assert texts(served)[-1] == [
        "Keep 7.",
        render_call("", "kept = 7"),
        "(no output)",
        "Kept.",
        "What was it?",
        render_call("", "kept"),
        "7",
    ]


def test_without_a_common_container_nothing_is_shared(serve: Serve) -> None:
    served = serve(render_call("", "kept = 7"), "Kept.", render_call("", "kept"), "Unknown.")
    ask(served)
    assert "NameError" in ask(served, include=OUTPUTS).output[0].outputs[0].logs  # type: ignore[union-attr]


def test_items_sent_back_read_as_what_the_model_wrote(serve: Serve) -> None:
    served = serve(CALL, CONCLUSION, "Yes.", "Yes.")

    async def converse(client: openai.AsyncOpenAI) -> None:
        first = await client.responses.create(model="m", input=QUESTION, tools=TOOLS, include=OUTPUTS)
        asked: Any = {"role": "user", "content": [{"type": "input_text", "text": "Sure?"}]}
        items: Any = [{"role": "user", "content": QUESTION}, *first.output, asked]
        await client.responses.create(model="m", tools=TOOLS, input=items, store=False)
        # by reference, and without the outputs, which the server still knows
        plain = await client.responses.retrieve(first.id)
        items = [items[0], {"type": "item_reference", "id": first.output[0].id}, *plain.output[1:], asked]
        await client.responses.create(model="m", tools=TOOLS, input=items)

    using(served, converse)
    assert texts(served)[-2] == texts(served)[-1] == [QUESTION, CALL, "408", CONCLUSION, "Sure?"]


@pytest.mark.parametrize(
    ("given", "system", "turns"),
    [
        # ours, in the language of the question
        ("计算 1+1", SYSTEM_PROMPTS["zh"], ["计算 1+1"]),
        # a developer's message is a system prompt
        (
            [{"role": "developer", "content": "Be brief."}, {"type": "message", "role": "user", "content": "1+1"}],
            "Be brief.",
            ["1+1"],
        ),
        # an answer of the model's between two questions
        (
            [
                {"role": "user", "content": [{"type": "input_text", "text": "1+1"}]},
                {"role": "assistant", "content": [{"type": "output_text", "text": "2"}]},
                {"role": "user", "content": "again"},
            ],
            SYSTEM_PROMPTS["en"],
            ["1+1", "2", "again"],
        ),
        # a program that printed nothing, after reasoning
        (
            [
                {"role": "user", "content": "1+1"},
                {"type": "reasoning", "summary": [], "content": [{"type": "reasoning_text", "text": "Add."}]},
                {"type": "code_interpreter_call", "id": "x", "code": "1", "container_id": "c", "outputs": []},
            ],
            SYSTEM_PROMPTS["en"],
            ["1+1", render_call("<think>\nAdd.\n</think>", "1"), "(no output)"],
        ),
        # a question behind a program, where its own question was left out of the history
        (
            [
                {"type": "code_interpreter_call", "id": "x", "code": "1", "container_id": "c", "outputs": []},
                {"role": "user", "content": "计算 1+1"},
            ],
            SYSTEM_PROMPTS["zh"],
            ["", render_call("", "1"), "(no output)\n\n计算 1+1"],
        ),
        # reasoning stands before what its turn says, whatever is said between
        (
            [
                {"role": "user", "content": "1+1"},
                {"type": "reasoning", "summary": [], "content": [{"type": "reasoning_text", "text": "Add."}]},
                {"role": "assistant", "content": "I add."},
                {"type": "reasoning", "summary": [], "content": [{"type": "reasoning_text", "text": "Run it."}]},
                {"type": "code_interpreter_call", "id": "x", "code": "1", "container_id": "c", "outputs": []},
            ],
            SYSTEM_PROMPTS["en"],
            ["1+1", render_call("<think>\nAdd.\n\nRun it.\n</think>\n\nI add.", "1"), "(no output)"],
        ),
        # a program that was cut
        (
            [
                {"role": "user", "content": "1+1"},
                {"role": "assistant", "content": "Add."},
                {"type": "code_interpreter_call", "status": "incomplete", "code": "1 +"},
                {"role": "user", "content": "Go on."},
            ],
            SYSTEM_PROMPTS["en"],
            ["1+1", "Add.", "Go on."],
        ),
        # a function of the client's
        (
            [
                {"role": "user", "content": "1+1"},
                {"type": "function_call", "call_id": "1", "name": "look", "arguments": '{"at": "π"}'},
                {"type": "function_call_output", "call_id": "1", "output": "seen"},
            ],
            SYSTEM_PROMPTS["en"],
            ["1+1", '<tool_call>\n{"name": "look", "arguments": {"at": "π"}}\n</tool_call>', "seen"],
        ),
    ],
)
def test_input_becomes_turns(serve: Serve, given: Any, system: str, turns: list[str]) -> None:
    served = serve(CONCLUSION)
    assert post(served, input=given).status_code == 200
    assert texts(served) == [turns]
    assert served.model.calls[0]["system"] == system


def test_without_tools_nothing_is_run_and_the_text_stands_as_it_is(serve: Serve) -> None:
    text = "Try\n```python\nprint(1)\n```\nyourself."
    for fields in ({"tools": None}, {"tools": []}, {"tool_choice": "none"}):
        served = serve(text)
        streamed = check_events(stream(served, **fields))
        assert [item.type for item in streamed.output] == ["message"]
        assert streamed.output_text == text
        (call,) = served.model.calls
        assert (call["tools"], call["system"]) == (None, None)


@pytest.mark.parametrize(("fields", "solved"), [({"tools": None}, True), ({"tools": []}, False)])
def test_on_by_default_and_off_on_request(serve: Serve, fields: Any, solved: bool) -> None:
    response = post(serve(CALL, CONCLUSION, settings=Settings(default_on=True)), **fields).json()
    assert [tool["type"] for tool in response["tools"]] == ["code_interpreter"] * solved
    assert (response["output"][1:] != []) == solved


FUNCTION: Any = {
    "type": "function",
    "name": "lookup",
    "parameters": {"type": "object", "properties": {"word": {"type": "string"}}},
    "strict": True,
}
LOOKUP = '<tool_call>\n{"name": "lookup", "arguments": {"word": "π"}}\n</tool_call>'


@pytest.mark.parametrize("tools", [[*TOOLS, FUNCTION], [FUNCTION]])
def test_a_function_of_the_clients_is_called_and_answered(serve: Serve, tools: Any) -> None:
    served = serve("Look.\n" + LOOKUP, "It is a letter.")

    async def converse(client: openai.AsyncOpenAI) -> tuple[Any, Any]:
        first = await client.responses.create(model="m", input=QUESTION, tools=tools)
        call: Any = first.output[-1]
        output: Any = {"type": "function_call_output", "call_id": call.call_id, "output": "a letter"}
        return first, await client.responses.create(
            model="m", input=[output], tools=tools, previous_response_id=first.id
        )

    first, second = using(served, converse)
    assert first.output_text == "Look.\n\n"
    assert (first.output[1].type, first.output[1].name) == ("function_call", "lookup")
    assert json.loads(first.output[1].arguments) == {"word": "π"}
    assert [tool.strict for tool in first.tools if tool.type == "function"] == [False]
    assert second.output_text == "It is a letter."
    assert texts(served)[-1] == [QUESTION, "Look.\n" + LOOKUP, "a letter"]
    assert [tool["name"] for tool in json.loads(served.model.calls[0]["tools"])][-1] == "lookup"


def test_a_function_is_streamed_too(serve: Serve) -> None:
    check_events(stream(serve("Look.\n" + LOOKUP), tools=[*TOOLS, FUNCTION]))


def test_instructions_are_not_carried_over_but_developer_messages_are(serve: Serve) -> None:
    served = serve("One.", "Two.")
    given = [{"role": "developer", "content": "Stay."}, {"role": "user", "content": "1"}]
    first = post(served, input=given, instructions="Go.").json()
    post(served, previous_response_id=first["id"])
    assert [call["system"] for call in served.model.calls] == ["Go.\n\nStay.", "Stay."]


def test_a_stored_response_can_be_listed_and_deleted(serve: Serve) -> None:
    served = serve(CONCLUSION)

    async def look(client: openai.AsyncOpenAI) -> list[Any]:
        items: Any = [{"role": role, "content": role} for role in ("user", "assistant", "user")]
        made = await client.responses.create(model="m", input=items, tools=TOOLS)
        latest = await client.responses.input_items.list(made.id, limit=2)
        listed = [item async for item in client.responses.input_items.list(made.id, limit=2)]
        await client.responses.delete(made.id)
        for gone in (client.responses.retrieve(made.id), client.responses.delete(made.id)):
            with pytest.raises(openai.NotFoundError, match="does not exist"):
                await gone
        with pytest.raises(openai.NotFoundError):
            await client.responses.create(model="m", input="?", previous_response_id=made.id)
        return [latest, listed]

    latest, listed = using(served, look)
    assert (len(latest.data), latest.has_more) == (2, True)
    assert [item.role for item in listed] == ["user", "assistant", "user"]
    assert len({item.id for item in listed}) == 3


def test_what_is_not_to_be_stored_is_not(serve: Serve) -> None:
    served = serve(CONCLUSION)
    made = post(served, store=False).json()
    assert made["store"] is False
    response = send(served, "GET", f"/v1/responses/{made['id']}")
    assert (response.status_code, response.json()["error"]["code"]) == (404, "response_not_found")


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({"background": True}, "background"),
        ({"tool_choice": "sometimes"}, "tool_choice"),
        ({"tool_choice": {"type": "file_search"}}, "tool_choice"),
        ({"include": ["message.output_text.logprobs"]}, "include"),
        ({"include": "all"}, "include"),
        ({"include": [[1]]}, "include"),
        ({"include": [{"a": 1}]}, "include"),
        ({"conversation": "conv_1"}, "conversation"),
        ({"prompt": {"id": "p"}}, "prompt"),
        ({"text": {"format": {"type": "grammar"}}}, "text.format"),
        ({"text": {"form": {"type": "text"}}}, "text"),
        ({"text": {"verbosity": "endless"}}, "text"),
        ({"top_logprobs": 5}, "top_logprobs"),
        ({"stop": ["\n"]}, "stop"),
        ({"seed": 1}, "seed"),
        ({"temperature": 3}, "temperature"),
        ({"temperature": "hot"}, "temperature"),
        ({"top_p": True}, "top_p"),
        ({"max_output_tokens": 0}, "max_output_tokens"),
        ({"max_output_tokens": 1.5}, "max_output_tokens"),
        ({"max_tool_calls": 0}, "max_tool_calls"),
        ({"max_tool_calls": 0, "tool_choice": "required"}, "max_tool_calls"),
        ({"max_tool_calls": -1}, "max_tool_calls"),
        ({"metadata": {"a": 1}}, "metadata"),
        ({"metadata": {str(i): "" for i in range(17)}}, "metadata"),
        ({"store": "yes"}, "store"),
        ({"instructions": ["x"]}, "instructions"),
        ({"instructions": "\ud800"}, "instructions"),
        ({"tools": "python"}, "tools"),
        ({"tools": [{"type": "web_search"}]}, "tools[0]"),
        ({"tools": [{"type": "function"}]}, "tools[0].name"),
        ({"tools": [TOOLS[0], {"type": "function", "name": "python"}]}, "tools[1]"),
        ({"tools": [{"type": "function", "name": "f", "description": "\ud800"}]}, "tools[0]"),
        ({"tools": [{"type": "function", "name": "f", "parameters": 1}]}, "tools[0].parameters"),
        ({"tools": [TOOLS[0], TOOLS[0]]}, "tools[1]"),
        ({"tools": [{"type": "code_interpreter", "container": {}}]}, "tools[0].container"),
        (
            {"tools": [{"type": "code_interpreter", "container": {"type": "auto", "file_ids": ["f"]}}]},
            "tools[0].container.file_ids",
        ),
        (
            {"tools": [{"type": "code_interpreter", "container": {"type": "auto", "memory_limit": "4g"}}]},
            "tools[0].container.memory_limit",
        ),
        ({"input": None}, "input"),
        ({"input": []}, "input"),
        ({"input": ["hi"]}, "input[0]"),
        ({"input": [{"type": "computer_call"}]}, "input[0].type"),
        ({"input": [{"role": "tool", "content": "x"}]}, "input[0].role"),
        ({"input": [{"role": "user", "content": None}]}, "input[0].content"),
        ({"input": [{"role": "user", "content": [{"type": "input_image"}]}]}, "input[0].content"),
        ({"input": [{"role": "user", "content": "\ud800"}]}, "input[0].content"),
        ({"input": [{"role": "assistant", "content": "hi"}]}, "input"),
        ({"input": [{"type": "code_interpreter_call", "code": 1}]}, "input[0].code"),
        ({"input": [{"type": "code_interpreter_call", "id": "ci_0", "code": "1"}]}, "input[0].outputs"),
        (
            {"input": [{"type": "code_interpreter_call", "code": "1", "outputs": [{"type": "image", "url": ""}]}]},
            "input[0].outputs",
        ),
        ({"input": [{"type": "function_call", "call_id": "1", "name": "f"}]}, "input[0].arguments"),
        (
            {"input": [{"type": "function_call", "call_id": "1", "name": "f", "arguments": "[" * 5000}]},
            "input[0].arguments",
        ),
        # half a surrogate pair, which only the arguments' own JSON spells
        (
            {"input": [{"type": "function_call", "call_id": "1", "name": "f", "arguments": '"\\ud800"'}]},
            "input[0].arguments",
        ),
        # what the refusal has to name in UTF-8
        ({"\ud800": 1}, "?"),
    ],
)
@pytest.mark.parametrize("streamed", [False, True])
def test_what_cannot_be_honoured_is_refused(serve: Serve, fields: Any, param: str, streamed: bool) -> None:
    response = post(serve(), **({"stream": streamed} | fields))
    error = response.json()["error"]
    assert (response.status_code, error["param"], error["type"]) == (400, param, "invalid_request_error")
    assert error["message"]


@pytest.mark.parametrize(
    "fields",
    [
        {"background": False, "truncation": "disabled", "parallel_tool_calls": False, "tool_choice": "auto"},
        {"text": {"format": {"type": "text"}}, "service_tier": "auto", "user": "u", "prompt_cache_key": "k"},
        {"tools": [{"type": "code_interpreter", "container": {"type": "auto", "memory_limit": "1g"}}]},
        {"temperature": 0, "top_p": 0.5, "top_k": 5},
        {"tools": [{"type": "function", "name": "python"}]},
    ],
)
def test_what_asks_for_nothing_more_is_taken(serve: Serve, fields: Any) -> None:
    check_response(post(serve(CONCLUSION), **fields).json())


@pytest.mark.parametrize(
    ("fields", "param", "code"),
    [
        ({"previous_response_id": "resp_0"}, "previous_response_id", "response_not_found"),
        (
            {"tools": [{"type": "code_interpreter", "container": "cntr_0"}]},
            "tools[0].container",
            "container_not_found",
        ),
        ({"input": [{"type": "item_reference", "id": "msg_0"}]}, "input[0].id", "item_not_found"),
    ],
)
def test_what_is_not_there_is_a_404(serve: Serve, fields: Any, param: str, code: str) -> None:
    response = post(serve(), **fields)
    error = response.json()["error"]
    assert (response.status_code, error["param"], error["code"]) == (404, param, code)


def test_every_route_needs_the_key(serve: Serve) -> None:
    served = serve(CONCLUSION, address=Address("127.0.0.1", 8000, "secret"))
    routes = ("/v1/responses", "/v1/responses/x", "/v1/responses/x/input_items", "/v1/containers", "/v1/containers/x")
    for method, path in [("POST", routes[0]), *(("GET", route) for route in routes[1:]), ("DELETE", routes[1])]:
        assert send(served, method, path, {}).status_code == 401
        assert send(served, method, path, {}, Authorization="Bearer secret").status_code != 401


def test_items_that_come_back_are_met_with_the_same_line_on_the_programs_left(serve: Serve) -> None:
    """Whether a conversation is stored here, or sent back as items, or was shown as text: the same observations."""
    lines = [CALL, CALL, CONCLUSION, CALL, CONCLUSION]
    settings = Settings(rounds=3, tell_budget=True)
    stored = serve(*lines, settings=settings)
    first = post(stored, include=OUTPUTS).json()
    post(stored, input="And now?", previous_response_id=first["id"])
    observed = [text for text in texts(stored)[-1] if text.startswith("408")]
    left = [f"408\n[{rounds} more programs can be run]" for rounds in (2, 1, 2)]
    assert observed == left

    def observations(*items: Any) -> list[str]:
        served = serve(CONCLUSION, settings=settings)
        body = post(served, input=[{"role": "user", "content": QUESTION}, *items])
        assert body.status_code == 200, body.text
        return [text for text in texts(served)[-1] if text.startswith("408")]

    again = {"role": "user", "content": "And now?"}
    assert observations(*first["output"], again, *first["output"], again) == left[:2] * 2
    shown = "Multiply.\n\n```python\nprint(12 * 34)\n```\n\n```output\n408\n```\n\nIt is \\boxed{408}."
    assert observations({"role": "assistant", "content": shown}, again) == left[:1]
    # a client's tool ended the solve: what follows its result is another
    called = [
        {"type": "function_call", "call_id": "c", "name": "f", "arguments": "{}"},
        {"type": "function_call_output", "call_id": "c", "output": "7"},
    ]
    run = first["output"][:2]
    assert observations(*run, *called, *run) == left[:1] * 2
    # more programs than one answer may run come from another server
    assert observations(*run * 5)[3:] == ["408\n[0 more programs can be run]"] * 2
