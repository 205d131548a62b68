"""What a client demands of the answer, at both endpoints: JSON of a format, and tools that must be called."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any

import httpx
import openai
import pytest
from pydantic import BaseModel

from math_solver.interpreter import Interpreter
from math_solver.protocol import Turn, render_call, render_calls
from math_solver.server.models.loading import model_on
from math_solver.server.settings import Settings
from math_solver.server.solve_request import SolveRequest
from math_solver.server.solves import Solves
from math_solver.server.web.errors import ApiError
from math_solver.solving.demands import TRIES
from math_solver.solving.loop import Wrote

from ..streamed import calls, chunk, says
from .chat.test_chat import CALL, CONCLUSION, QUESTION, SHOWN
from .conftest import ScriptedModel, Serve, Served
from .models.test_upstream import endpoint, serve_upstream
from .responses.responses_check import check_events, check_response

Json = dict[str, Any]
APIS = pytest.mark.parametrize("api", ["chat", "responses"])
STREAMS = pytest.mark.parametrize("stream", [False, True])
INTERPRETER: Json = {"type": "code_interpreter"}


class Product(BaseModel):
    """The answer that the tests want."""

    value: int
    unit: str


ANSWER = '{"value": 408, "unit": "m"}'
FENCED = f"The product is \\boxed{{408}}.\n\n```json\n{ANSWER}\n```"
SCHEMA = {"title": "Product", "additionalProperties": False, **Product.model_json_schema()}


def format_of(api: str, schema: Any = SCHEMA) -> Json:
    """The field of a request that demands a schema; ``None`` stands for any object."""
    named = {"name": "product", "schema": schema, "strict": True}
    if api == "chat":
        given = {"type": "json_object"} if schema is None else {"type": "json_schema", "json_schema": named}
        return {"response_format": given}
    return {"text": {"format": {"type": "json_object"} if schema is None else {"type": "json_schema", **named}}}


def function_of(api: str, name: str = "look_up") -> Json:
    function = {"name": name, "description": "Find.", "parameters": {"type": "object", "properties": {}}}
    return {"type": "function", "function": function} if api == "chat" else {"type": "function", **function}


def send(served: Served, api: str, **fields: Any) -> httpx.Response:
    """The answer to a request of an endpoint, as it is on the wire."""
    path = {"chat": "/v1/chat/completions", "responses": "/v1/responses"}[api]
    asked = {"messages": QUESTION} if api == "chat" else {"input": QUESTION[0]["content"]}

    async def post() -> httpx.Response:
        async with served.http() as client:
            body = {"model": "m", "tools": [INTERPRETER]} | asked | fields
            return await client.post(path, json=body)

    return asyncio.run(post())


def using(served: Served, work: Callable[[openai.AsyncOpenAI], Awaitable[Any]]) -> Any:
    async def run() -> Any:
        async with served.openai() as client:
            return await work(client)

    return asyncio.run(run())


class Seen:
    """What a client saw of one answer, from either endpoint, streamed or not."""

    def __init__(self, api: str, stream: bool, response: httpx.Response) -> None:
        self.status, self.error, self.deltas, self.body = response.status_code, None, list[str](), Json()
        if response.status_code != 200:
            self.error = response.json()["error"]
        elif api == "chat":
            self._read_chat(stream, response)
        else:
            self._read_response(stream, response)

    def _read_chat(self, stream: bool, response: httpx.Response) -> None:
        self.content, self.programs, self.calls, self.finish = "", list[str](), list[str](), ""
        if not stream:
            self.body = response.json()
            (choice,) = self.body["choices"]
            messages, self.finish = [choice["message"]], choice["finish_reason"]
        else:
            data = [line.removeprefix("data: ") for line in response.text.splitlines() if line]
            assert data.pop() == "[DONE]"
            chunks = [json.loads(text) for text in data]
            self.error = next((chunk["error"] for chunk in chunks if "error" in chunk), None)
            choices = [choice for chunk in chunks for choice in chunk.get("choices", [])]
            messages = [choice["delta"] for choice in choices]
            self.finish = next((choice["finish_reason"] for choice in choices if choice["finish_reason"]), "")
        for message in messages:
            self.content += message.get("content") or ""
            self.deltas += [text] if (text := message.get("content")) else []
            field = message.get("code_interpreter") or {}
            self.programs += [execution["code"] for execution in field.get("executions", [])]
            self.calls += [call["function"]["name"] for call in message.get("tool_calls") or []]

    def _read_response(self, stream: bool, response: httpx.Response) -> None:
        if stream:
            events = [json.loads(block.split("data: ")[1]) for block in response.text.strip().split("\n\n")]
            check_events(events)
            self.body = events[-1]["response"]
            self.deltas = [event["delta"] for event in events if event["type"] == "response.output_text.delta"]
            self.error = self.body["error"]
        else:
            self.body = response.json()
            check_response(self.body)
        self.content = check_response(self.body).output_text
        items = self.body["output"]
        self.programs = [item["code"] for item in items if item["type"] == "code_interpreter_call"]
        self.calls = [item["name"] for item in items if item["type"] == "function_call"]
        self.finish = self.body["status"]


def see(served: Served, api: str, stream: bool, **fields: Any) -> Seen:
    return Seen(api, stream, send(served, api, stream=stream, **fields))


def asked(served: Served) -> list[str]:
    """The last message of each prompt."""
    return [call["messages"][-1]["content"] for call in served.model.calls]


@APIS
@STREAMS
@pytest.mark.parametrize(
    ("lines", "asks"),
    [
        # the conclusion is JSON, holds it in a fence, or among its words
        ([CALL, ANSWER], 0),
        ([CALL, FENCED], 0),
        ([CALL, f"So it is {ANSWER}."], 0),
        # it is asked for, also more than once
        ([CALL, CONCLUSION, ANSWER], 1),
        ([CALL, CONCLUSION, '{"value": 408}', "{", f"```\n{ANSWER}\n```"], 3),
        # without a program
        ([CONCLUSION, ANSWER], 1),
        # with another program in between
        ([CONCLUSION, CALL, CONCLUSION, ANSWER], 2),
    ],
)
def test_the_answer_is_json_alone(serve: Serve, api: str, stream: bool, lines: list[str], asks: int) -> None:
    served = serve(*lines)
    seen = see(served, api, stream, **format_of(api))
    assert (seen.status, seen.error, seen.content) == (200, None, ANSWER)
    assert seen.finish in ("stop", "completed")
    assert seen.programs == (["print(12 * 34)"] if CALL in lines else [])
    assert "".join(seen.deltas) in ("", ANSWER)  # content begins with the JSON
    told = [prompt for prompt in asked(served) if "JSON Schema" in prompt]
    assert len(told) == asks and all(json.dumps(SCHEMA) in prompt for prompt in told)
    assert not served.model.lines


@STREAMS
def test_the_model_goes_on_from_what_it_wrote(serve: Serve, stream: bool) -> None:
    """Thoughts come as reasoning where nothing but JSON may be text; sent back they are what the model said."""
    served = serve(CALL, ANSWER, ANSWER)
    include = ["code_interpreter_call.outputs"]
    seen = see(served, "responses", stream, include=include, **format_of("responses"))
    question = {"role": "user", "content": "What is 12 × 34?"}
    again = [question, *seen.body["output"], {"role": "user", "content": "Sure?"}]
    send(served, "responses", input=again, tools=[INTERPRETER])
    assert [message["content"] for message in served.model.calls[-1]["messages"]][1] == CALL


@STREAMS
def test_what_ran_before_a_call_of_the_clients_comes_back_with_it(serve: Serve, stream: bool) -> None:
    look_up = 'Now I look.\n<tool_call>\n{"name": "look_up", "arguments": {}}\n</tool_call>'
    served = serve(CALL, look_up, ANSWER)
    tools = [INTERPRETER, function_of("chat")]
    seen = see(served, "chat", stream, tools=tools, **format_of("chat"))
    assert seen.calls == ["look_up"] and "```output\n408" in seen.content
    call = {"id": "c", "type": "function", "function": {"name": "look_up", "arguments": "{}"}}
    messages = [
        *QUESTION,
        {"role": "assistant", "content": seen.content, "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "c", "content": "found"},
    ]
    seen = see(served, "chat", stream, tools=tools, messages=messages, **format_of("chat"))
    assert seen.content == ANSWER
    assert [message["content"] for message in served.model.calls[-1]["messages"]][1:4] == [CALL, "408", look_up]


@APIS
@STREAMS
def test_a_box_in_json_is_left_as_it_is(serve: Serve, api: str, stream: bool) -> None:
    answer = '{"value": "\\boxed{408}"}'  # as JSON a backspace and "oxed{408}": what the model wrote all the same
    seen = see(serve(CALL, answer), api, stream, **format_of(api, None))
    assert (seen.error, seen.content) == (None, answer)


@APIS
def test_a_solve_is_solved_as_in_training_before_json_is_spoken_of(serve: Serve, api: str) -> None:
    served = serve(CALL, CONCLUSION, ANSWER)
    see(served, api, False, **format_of(api))
    plain = serve(CALL, CONCLUSION)
    see(plain, api, False)
    assert served.model.calls[:2] == [call | {"max_new_tokens": 1024} for call in plain.model.calls]
    *before, question = served.model.calls[2]["messages"]
    assert before[-1] == {"role": "assistant", "content": CONCLUSION}
    assert question["role"] == "user" and "it holds no JSON" in question["content"]


@APIS
@STREAMS
def test_without_the_interpreter_the_model_is_told_at_once(serve: Serve, api: str, stream: bool) -> None:
    served = serve(ANSWER)
    seen = see(served, api, stream, tools=[], **format_of(api))
    assert (seen.content, seen.error) == (ANSWER, None)
    assert json.dumps(SCHEMA) in served.model.calls[0]["system"]


@APIS
@STREAMS
def test_without_the_interpreter_it_is_asked_again_too(serve: Serve, api: str, stream: bool) -> None:
    served = serve("Well.", '{"value": "x", "unit": "m"}', ANSWER)
    seen = see(served, api, stream, tools=[], **format_of(api))
    assert (seen.content, seen.error) == (ANSWER, None)
    assert "$.value: 'x' is not of type 'integer'" in asked(served)[2]


@APIS
@STREAMS
def test_any_object(serve: Serve, api: str, stream: bool) -> None:
    seen = see(serve("[1, 2]", '{"a": [1, 2]}'), api, stream, tools=[], **format_of(api, None))
    assert seen.content == '{"a": [1, 2]}'


@APIS
@STREAMS
@pytest.mark.parametrize("tools", [[], [INTERPRETER]])
def test_an_answer_that_never_fits_is_an_error(serve: Serve, api: str, stream: bool, tools: Any) -> None:
    served = serve(*["No."] * (TRIES + 1))
    seen = see(served, api, stream, tools=tools, **format_of(api))
    assert seen.error is not None and "it holds no JSON" in seen.error["message"]
    assert seen.deltas == [] and not served.model.lines
    if stream and api == "responses":
        assert (seen.finish, seen.body["output"]) == ("failed", [])
        assert seen.body["usage"]["input_tokens"] == 10 * (TRIES + 1)
    else:
        assert seen.error["code"] == "json_validate_failed"
        assert seen.error["param"] == ("response_format" if api == "chat" else "text.format")
    assert seen.status == (200 if stream else 422)


@APIS
def test_every_try_is_counted(serve: Serve, api: str) -> None:
    usage = send(serve(CALL, CONCLUSION, ANSWER), api, **format_of(api)).json()["usage"]
    words = sum(len(line.split()) for line in (CALL, CONCLUSION, ANSWER))
    prompt, written = ("prompt_tokens", "completion_tokens") if api == "chat" else ("input_tokens", "output_tokens")
    assert (usage[prompt], usage[written]) == (30, words)


@APIS
@STREAMS
def test_a_limit_that_cuts_the_answer_is_told_as_ever(serve: Serve, api: str, stream: bool) -> None:
    limit = {"chat": "max_tokens", "responses": "max_output_tokens"}[api]
    served = serve("The product is")
    seen = see(served, api, stream, tools=[], **format_of(api), **{limit: 3})
    assert (seen.status, seen.error, seen.content) == (200, None, "")
    assert seen.finish in ("length", "incomplete")


@APIS
@STREAMS
def test_after_the_last_program_the_answer_is_asked_for(serve: Serve, api: str, stream: bool) -> None:
    served = serve(CALL, CALL, ANSWER, settings=Settings(rounds=1))
    seen = see(served, api, stream, **format_of(api))
    assert (seen.content, seen.error) == (ANSWER, None)
    last = served.model.calls[2]["messages"][-1]
    assert last["role"] == "observation"
    assert last["content"].startswith("The call was not run: no more programs can be run.\n\nGive the final answer")


@APIS
@STREAMS
def test_a_call_to_a_clients_tool_is_no_answer(serve: Serve, api: str, stream: bool) -> None:
    call = "I look it up.\n" + render_calls([("look_up", {"q": 1})])
    for tools in ([function_of(api)], [INTERPRETER, function_of(api)]):
        seen = see(serve(call), api, stream, tools=tools, **format_of(api))
        said = "I look it up." if api == "chat" else ""  # there it is a reasoning item
        assert (seen.error, seen.content, seen.calls) == (None, said, ["look_up"])


@APIS
@STREAMS
def test_a_stop_string_ends_a_turn_and_not_the_demand(serve: Serve, api: str, stream: bool) -> None:
    if api == "chat":
        seen = see(serve("So END", ANSWER), api, stream, stop=["END"], **format_of(api))
        assert seen.content == ANSWER


@STREAMS
def test_a_stop_string_ends_no_solve_that_has_not_called(serve: Serve, stream: bool) -> None:
    served = serve("So END", CALL, "It is END 408", "never said")
    seen = see(served, "chat", stream, stop=["END"], tool_choice="required")
    assert seen.programs == ["print(12 * 34)"] and seen.content.endswith("It is")
    assert len(served.model.calls) == 3


@STREAMS
def test_json_that_always_holds_a_stop_string_is_an_error(serve: Serve, stream: bool) -> None:
    served = serve(*['{"value": 408, "unit": "END"}'] * (TRIES + 1))
    seen = see(served, "chat", stream, stop=["END"], **format_of("chat"))
    assert seen.error is not None and seen.error["code"] == "json_validate_failed" and seen.deltas == []


def test_thoughts_are_no_text(serve: Serve) -> None:
    body = send(serve(CALL, ANSWER), "responses", **format_of("responses")).json()
    assert [item["type"] for item in body["output"]] == ["reasoning", "code_interpreter_call", "message"]
    assert body["output"][0]["content"][0]["text"] == "Multiply."
    assert body["output"][2]["phase"] == "final_answer"
    assert body["text"] == {"format": {"type": "json_schema", "name": "product", "schema": SCHEMA, "strict": True}}
    message = send(serve(CALL, ANSWER), "chat", **format_of("chat")).json()["choices"][0]["message"]
    assert message["code_interpreter"]["executions"][0]["thought"] == "Multiply."
    assert "reasoning_content" not in message
    assert message["code_interpreter"]["conclusion"] == ANSWER


@STREAMS
def test_a_choice_that_fits_is_not_lost_over_one_that_does_not(serve: Serve, stream: bool) -> None:
    class Split:
        """One choice answers, the others never do."""

        first: Any = None

    served = serve()
    scripted = served.model
    seeds: list[int] = []

    async def achat(messages: list[Json], *args: Any, **kwargs: Any) -> Any:
        task = asyncio.current_task()
        Split.first = Split.first or task
        scripted.lines.append(ANSWER if task is Split.first else "No.")
        seeds.append(1)
        return await type(scripted).achat(scripted, messages, *args, **kwargs)

    scripted.achat = achat  # type: ignore[method-assign]
    response = send(served, "chat", n=2, stream=stream, tools=[], **format_of("chat"))
    assert len(seeds) == TRIES + 2
    if not stream:
        messages = [choice["message"] for choice in response.json()["choices"]]
        contents = {message["content"]: message["refusal"] for message in messages}
    else:
        data = [line.removeprefix("data: ") for line in response.text.splitlines() if line][:-1]
        contents = {}
        for index in (0, 1):
            choices = [choice for text in data for choice in json.loads(text)["choices"] if choice["index"] == index]
            content = "".join(choice["delta"].get("content") or "" for choice in choices)
            contents[content or None] = next((r for c in choices if (r := c["delta"].get("refusal"))), None)
            assert choices[-1]["finish_reason"] == "stop"
    assert set(contents) == {ANSWER, None}
    assert contents[ANSWER] is None and "it holds no JSON" in contents[None]


@STREAMS
def test_no_choice_that_fits_is_an_error(serve: Serve, stream: bool) -> None:
    response = send(serve(*["No."] * 2 * (TRIES + 1)), "chat", n=2, stream=stream, tools=[], **format_of("chat"))
    assert response.status_code == (200 if stream else 422)
    assert "json_validate_failed" in response.text and "refusal" not in response.text


def test_the_clients_helpers(serve: Serve) -> None:
    async def parse(client: openai.AsyncOpenAI) -> Any:
        return await client.chat.completions.parse(
            model="m", messages=QUESTION, response_format=Product, extra_body={"tools": [INTERPRETER]}
        )

    (choice,) = using(serve(CALL, CONCLUSION, FENCED), parse).choices
    assert choice.message.parsed == Product(value=408, unit="m")

    async def parse_response(client: openai.AsyncOpenAI) -> Any:
        tools: Any = [{"type": "code_interpreter", "container": {"type": "auto"}}]
        return await client.responses.parse(model="m", input="q", tools=tools, text_format=Product)

    response = using(serve(CALL, CONCLUSION, FENCED), parse_response)
    assert response.output_parsed == Product(value=408, unit="m")
    assert response.output_text == ANSWER


def test_the_clients_streaming_helpers(serve: Serve) -> None:
    async def stream(client: openai.AsyncOpenAI) -> Any:
        extra = {"tools": [INTERPRETER]}
        async with client.chat.completions.stream(
            model="m", messages=QUESTION, response_format=Product, extra_body=extra
        ) as events:
            contents = [event.delta async for event in events if event.type == "content.delta"]
            return contents, await events.get_final_completion()

    contents, completion = using(serve(CALL, CONCLUSION, FENCED), stream)
    assert "".join(contents) == ANSWER
    assert completion.choices[0].message.parsed == Product(value=408, unit="m")

    async def stream_response(client: openai.AsyncOpenAI) -> Any:
        tools: Any = [{"type": "code_interpreter", "container": {"type": "auto"}}]
        async with client.responses.stream(model="m", input="q", tools=tools, text_format=Product) as events:
            async for _ in events:
                pass
            return await events.get_final_response()

    assert using(serve(CALL, SHOWN, FENCED), stream_response).output_parsed == Product(value=408, unit="m")


def test_a_cut_answer_is_what_the_client_knows(serve: Serve) -> None:
    async def parse(client: openai.AsyncOpenAI) -> Any:
        return await client.chat.completions.parse(model="m", messages=QUESTION, response_format=Product, max_tokens=3)

    with pytest.raises(openai.LengthFinishReasonError):
        using(serve("The product is"), parse)


def test_the_conversation_goes_on_behind_an_answer_in_json(serve: Serve) -> None:
    served = serve(CALL, CONCLUSION, ANSWER, "It was 408.")
    first = send(served, "responses", **format_of("responses")).json()
    second = send(served, "responses", input="And in words?", previous_response_id=first["id"])
    assert second.status_code == 200 and check_response(second.json()).output_text == "It was 408."
    assert [message["content"] for message in served.model.calls[3]["messages"]][-2:] == [ANSWER, "And in words?"]


@APIS
@pytest.mark.parametrize("tools", [[], [INTERPRETER]])
@pytest.mark.parametrize(
    ("schema", "place"),
    [
        ({"type": "strin"}, "$.type"),
        ({"properties": {"a": {"$ref": "http://127.0.0.1:9/x"}}}, "$.properties.a.$ref"),
        ({"$ref": "#"}, "$: it refers to itself"),
        ({"$id": 5}, "$['$id']"),
        ({"$id": "http://a/b", "properties": {"a": {"$id": "http://["}}}, "$: it cannot be used"),
        ({"description": "x" * 100_001}, "schema"),
        ([], "schema"),
        (None, "schema"),
    ],
)
def test_a_schema_that_cannot_be_used_is_refused(serve: Serve, api: str, tools: Any, schema: Any, place: str) -> None:
    fields = format_of(api, schema or {})
    inner = fields["response_format"]["json_schema"] if api == "chat" else fields["text"]["format"]
    inner["schema"] = schema
    response = send(serve("never said"), api, tools=tools, **fields)
    error = response.json()["error"]
    assert response.status_code == 400 and place in error["message"]
    assert error["param"].startswith("response_format" if api == "chat" else "text.format")


@pytest.mark.parametrize(
    "given",
    [
        {"type": "json_schema"},
        {"type": "json_schema", "json_schema": {"schema": {}}},
        {"type": "json_schema", "json_schema": {"name": "no spaces", "schema": {}}},
        {"type": "json_schema", "json_schema": {"name": "a", "schema": {}, "strict": "yes"}},
        {"type": "json_schema", "json_schema": "a"},
        {"type": ["json_object"]},
        {"type": "structural_tag"},
        "json_object",
        [],
    ],
)
def test_a_format_that_is_none_is_refused(serve: Serve, given: Any) -> None:
    for tools in ([], [INTERPRETER]):
        response = send(serve("never said"), "chat", tools=tools, response_format=given)
        assert response.status_code == 400
        assert response.json()["error"]["param"].startswith("response_format")
    response = send(serve("never said"), "responses", text={"format": given})
    assert response.status_code == 400 and response.json()["error"]["param"].startswith("text.format")


@pytest.mark.parametrize("schema", ['{"description": "\\ud800"}', '{"minimum": NaN}', '{"minimum": 1e999}'])
def test_a_schema_that_not_everyone_can_read_is_refused(serve: Serve, schema: str) -> None:
    body = {"model": "m", "messages": QUESTION, **format_of("chat", {"title": "here"})}
    content = json.dumps(body).replace('{"title": "here"}', schema)

    async def post() -> httpx.Response:
        async with serve("never said").http() as client:
            headers = {"Content-Type": "application/json"}
            return await client.post("/v1/chat/completions", content=content, headers=headers)

    response = asyncio.run(post())
    assert response.status_code == 400
    assert response.json()["error"]["param"] == "response_format.json_schema.schema"


@APIS
@STREAMS
@pytest.mark.parametrize("choice", ["required", INTERPRETER])
def test_a_program_must_be_run(serve: Serve, api: str, stream: bool, choice: Any) -> None:
    served = serve("Guesswork.", CALL, CONCLUSION)
    seen = see(served, api, stream, tool_choice=choice)
    assert seen.error is None and seen.programs == ["print(12 * 34)"]
    assert SHOWN in seen.content and "Guesswork" not in json.dumps(seen.body) + seen.content
    assert asked(served)[1] == "Do not answer yet: first run a Python program."


@APIS
@STREAMS
def test_a_call_that_could_not_be_read_is_none(serve: Serve, api: str, stream: bool) -> None:
    broken = '<tool_call>\n{"name": "python", "arguments": {"program": 1}}\n</tool_call>'
    served = serve(broken, "Guesswork.", CALL, CONCLUSION)
    seen = see(served, api, stream, tool_choice="required")
    assert seen.error is None and "Guesswork" not in json.dumps(seen.body) + seen.content
    assert not served.model.lines


@APIS
@STREAMS
def test_what_is_never_called_is_an_error(serve: Serve, api: str, stream: bool) -> None:
    seen = see(serve(*["No."] * (TRIES + 1)), api, stream, tool_choice="required")
    assert seen.error is not None and "what tool_choice demands" in seen.error["message"] and seen.deltas == []
    if not stream:
        assert (seen.status, seen.error["code"], seen.error["param"]) == (422, "tool_use_failed", "tool_choice")


def named(api: str, name: str) -> Json:
    return {"type": "function", "function": {"name": name}} if api == "chat" else {"type": "function", "name": name}


def allowed(api: str, mode: str, *tools: Json) -> Json:
    inner = {"mode": mode, "tools": list(tools)}
    return {"type": "allowed_tools", **({"allowed_tools": inner} if api == "chat" else inner)}


def shown(served: Served) -> list[str]:
    """The tools that the model was shown first."""
    return [tool["name"] for tool in json.loads(served.model.calls[0]["tools"] or "[]")]


@APIS
@STREAMS
def test_a_named_function_is_called(serve: Serve, api: str, stream: bool) -> None:
    tools = [INTERPRETER, function_of(api), function_of(api, "other")]
    call = "I look.\n" + render_calls([("look_up", {"q": 1})])
    served = serve("No need.", render_calls([("other", {})]), call)
    seen = see(served, api, stream, tools=tools, tool_choice=named(api, "look_up"))
    assert (seen.error, seen.calls, shown(served)) == (None, ["look_up"], ["look_up"])
    assert "No need." not in seen.content and "other" not in seen.content
    assert asked(served)[1] == "Do not answer yet: first call the tool look_up."
    assert asked(served)[2].endswith("The tool other cannot be called. You can call the tool look_up.")


@APIS
@pytest.mark.parametrize(
    ("mode", "programs", "names", "required"),
    [("auto", True, [], False), ("required", True, ["look_up"], True), ("auto", False, ["other"], False)],
)
def test_allowed_tools(serve: Serve, api: str, mode: str, programs: bool, names: list[str], required: bool) -> None:
    tools = [INTERPRETER, function_of(api), function_of(api, "other")]
    choice = allowed(api, mode, *([INTERPRETER] if programs else []), *(named(api, name) for name in names))
    served = serve(CONCLUSION, CALL, CONCLUSION)
    seen = see(served, api, False, tools=tools, tool_choice=choice)
    assert seen.error is None and (SHOWN if programs else CONCLUSION) in seen.content
    assert shown(served) == [*(["python"] if programs else []), *names]
    assert len(served.model.calls) == (3 if required else 1)
    if api == "responses":
        assert seen.body["tool_choice"] == choice


@APIS
@STREAMS
def test_a_tool_that_is_not_allowed_is_not_called(serve: Serve, api: str, stream: bool) -> None:
    tools = [function_of(api), function_of(api, "other")]
    choice = allowed(api, "auto", named(api, "look_up"))
    served = serve(render_calls([("other", {})]), "Then I know it.")
    seen = see(served, api, stream, tools=tools, tool_choice=choice)
    assert (seen.error, seen.calls, seen.content) == (None, [], "Then I know it.")


@APIS
@STREAMS
@pytest.mark.parametrize("call", [render_calls([("other", {})]), CALL])
def test_what_is_said_before_a_call_that_is_not_allowed_falls_with_it(
    serve: Serve, api: str, stream: bool, call: str
) -> None:
    tools = [INTERPRETER, function_of(api), function_of(api, "other")]
    choice = allowed(api, "auto", named(api, "look_up"))
    served = serve(f"I ask another.\n{call}", "Then I know it.")
    seen = see(served, api, stream, tools=tools, tool_choice=choice)
    assert (seen.error, seen.calls, seen.content) == (None, [], "Then I know it.")
    if api == "responses":
        assert [(item["type"], item["status"]) for item in seen.body["output"]] == [("message", "completed")]


@pytest.mark.parametrize(
    ("fields", "held"),
    [
        # a call to another tool is refused like a program that cannot be read: what was said before it stands
        ({"calls_limited": True}, False),
        ({"calls_limited": True, "interpreter": False}, True),
        ({"calls_limited": True, "call_required": True}, True),
        ({}, False),
    ],
)
def test_text_is_held_back_only_where_it_may_fall(interpreter: Interpreter, fields: Json, held: bool) -> None:
    class Breaking(ScriptedModel):
        async def astream_chat(self, *args: Any, **kwargs: Any) -> AsyncGenerator[str, None]:
            yield "It is "
            raise ApiError("broken")

    async def seen() -> str:
        solves = Solves(model_on(Breaking()), Settings(), interpreter)
        function = function_of("responses")
        request = SolveRequest("m", None, (Turn("user", "?"),), stream=True, functions=(function,), **fields)
        text = ""
        with pytest.raises(ApiError, match="broken"):
            async for event in solves.events(request):
                text += event.text if isinstance(event, Wrote) else ""
        return text

    assert bool(asyncio.run(seen())) is not held


@APIS
@STREAMS
def test_both_are_demanded(serve: Serve, api: str, stream: bool) -> None:
    served = serve(ANSWER, CALL, CONCLUSION, ANSWER)
    seen = see(served, api, stream, tool_choice="required", **format_of(api))
    assert (seen.error, seen.content, len(seen.programs)) == (None, ANSWER, 1)
    assert not served.model.lines


@APIS
@pytest.mark.parametrize(
    ("tools", "choice"),
    [
        ([], "required"),
        ([], INTERPRETER),
        ([INTERPRETER], "any"),
        ([INTERPRETER], 3),
        ([INTERPRETER], {}),
        ([INTERPRETER], {"type": "function"}),
        ([INTERPRETER], {"type": "function", "name": "python"}),
        ([INTERPRETER], {"type": "function", "function": {"name": ["f"]}}),
        ([INTERPRETER], {"type": "custom", "custom": {"name": "f"}}),
        ([INTERPRETER], {"type": "allowed_tools"}),
        ([INTERPRETER], {"type": "allowed_tools", "mode": "auto", "tools": []}),
        ([INTERPRETER], {"type": "allowed_tools", "mode": "never", "tools": [INTERPRETER]}),
        ([INTERPRETER], {"type": "allowed_tools", "mode": ["auto"], "tools": [INTERPRETER]}),
        ([INTERPRETER], {"type": "allowed_tools", "mode": "auto", "tools": [INTERPRETER, 3]}),
        ([INTERPRETER], {"type": "allowed_tools", "allowed_tools": "all"}),
    ],
)
def test_a_choice_that_cannot_be_had_is_refused(serve: Serve, api: str, tools: Any, choice: Any) -> None:
    response = send(serve("never said"), api, tools=tools, tool_choice=choice)
    assert (response.status_code, response.json()["error"]["param"]) == (400, "tool_choice")


@pytest.mark.parametrize("fields", [format_of("chat"), {"tool_choice": "required"}])
def test_nothing_is_demanded_of_pictures(serve: Serve, fields: Json) -> None:
    picture = {"type": "image_url", "image_url": {"url": "data:image/png;base64,AA=="}}
    messages = [{"role": "user", "content": [picture, {"type": "text", "text": "What is it?"}]}]
    response = send(serve("never said"), "chat", messages=messages, tools=[], **fields)
    assert response.status_code == 400
    assert response.json()["error"]["param"] == next(iter(fields))


class TestUpstream:
    """What the endpoint behind the server is asked for in its own words."""

    def bodies(
        self,
        interpreter: Interpreter,
        *answers: Any,
        settings: Settings | None = None,
        api: str = "chat",
        **fields: Any,
    ) -> tuple[Seen, list[Json]]:
        with endpoint(*answers) as server:
            served = serve_upstream(server.url, interpreter, settings or Settings())
            seen = see(served, api, False, **fields)
            assert server.answers == []
        return seen, server.bodies

    @APIS
    def test_the_format_where_it_is_asked_for(self, interpreter: Interpreter, api: str) -> None:
        run = calls("Multiply.", ("python", json.dumps({"code": "print(12 * 34)"})))
        seen, bodies = self.bodies(interpreter, run, says(CONCLUSION), says(ANSWER), api=api, **format_of(api))
        assert seen.content == ANSWER
        formats = [body.get("response_format") for body in bodies]
        named = {"name": "product", "schema": SCHEMA, "strict": True}
        assert formats == [None, None, {"type": "json_schema", "json_schema": named}]
        assert [body.get("tool_choice") for body in bodies] == [None, None, "none"]

    def test_the_format_from_the_start_without_programs(self, interpreter: Interpreter) -> None:
        seen, (body,) = self.bodies(interpreter, says('{"a": 1}'), tools=[], **format_of("chat", None))
        assert seen.content == '{"a": 1}'
        assert body["response_format"] == {"type": "json_object"} and "tool_choice" not in body

    def test_the_format_behind_the_last_program(self, interpreter: Interpreter) -> None:
        run = calls("Multiply.", ("python", json.dumps({"code": "print(12 * 34)"})))
        seen, bodies = self.bodies(interpreter, run, says(ANSWER), settings=Settings(rounds=1), **format_of("chat"))
        assert seen.content == ANSWER
        assert ["response_format" in body for body in bodies] == [False, True]

    def test_no_format_while_a_clients_tool_may_be_called(self, interpreter: Interpreter) -> None:
        seen, (body,) = self.bodies(
            interpreter, calls("", ("look_up", "{}")), tools=[function_of("chat")], **format_of("chat")
        )
        assert seen.calls == ["look_up"] and "response_format" not in body

    def test_an_endpoint_that_knows_no_formats_is_asked_in_words(self, interpreter: Interpreter) -> None:
        seen, bodies = self.bodies(interpreter, says(CONCLUSION), 400, says(ANSWER), **format_of("chat"))
        assert seen.content == ANSWER
        assert ["response_format" in body for body in bodies] == [False, True, False]
        assert "JSON Schema" in bodies[2]["messages"][-1]["content"]

    def test_its_tool_choice_until_a_tool_is_called(self, interpreter: Interpreter) -> None:
        run = calls("Multiply.", ("python", json.dumps({"code": "print(12 * 34)"})))
        seen, bodies = self.bodies(interpreter, says("No."), run, says(CONCLUSION), tool_choice="required")
        assert SHOWN in seen.content
        assert [body.get("tool_choice") for body in bodies] == ["required", "required", None]

    def test_a_refusal_is_what_the_model_says(self, interpreter: Interpreter) -> None:
        refusal = [chunk({"refusal": "I will not."}), chunk({}, "stop")]
        with endpoint(refusal) as server:
            served = serve_upstream(server.url, interpreter, Settings())
            assert see(served, "chat", False).content == "I will not."

    def test_no_tool_choice_where_programs_are_text(self, interpreter: Interpreter) -> None:
        fenced = render_call("Multiply.", "print(12 * 34)", "fenced")
        tools = [INTERPRETER, function_of("chat")]
        seen, bodies = self.bodies(
            interpreter,
            says(fenced),
            says(CONCLUSION),
            settings=Settings(form="fenced"),
            tools=tools,
            tool_choice="required",
        )
        assert SHOWN in seen.content and not any("tool_choice" in body for body in bodies)

    def test_a_call_that_is_answered_before_the_model_is_asked_again(self, interpreter: Interpreter) -> None:
        run = calls("Multiply.", ("python", json.dumps({"code": "print(12 * 34)"})))
        seen, bodies = self.bodies(interpreter, run, says(ANSWER), settings=Settings(rounds=0), **format_of("chat"))
        assert seen.content == ANSWER
        called, told, demanded = bodies[1]["messages"][-3:]
        assert called["tool_calls"][0]["id"] == told["tool_call_id"]
        assert told["content"] == "The call was not run: no more programs can be run."
        assert demanded["role"] == "user" and "final answer" in demanded["content"]


class TestWhereNoProgramIsRun:
    """``rounds: 0`` in the YAML: a call that is demanded can be one to a function of the client's only."""

    SETTINGS = Settings(rounds=0)

    @APIS
    @STREAMS
    @pytest.mark.parametrize("choice", ["required", INTERPRETER])
    def test_a_call_cannot_be_demanded(self, serve: Serve, api: str, stream: bool, choice: Any) -> None:
        served = serve(settings=self.SETTINGS)
        seen = Seen(api, stream, send(served, api, stream=stream, tool_choice=choice))
        assert seen.error is not None
        assert (seen.status, seen.error["param"], served.model.calls) == (400, "tool_choice", [])
        assert "rounds" in seen.error["message"]

    @APIS
    def test_a_function_of_the_clients_can(self, serve: Serve, api: str) -> None:
        served = serve(CALL, render_calls([("look_up", {})]), settings=self.SETTINGS)
        tools = [INTERPRETER, function_of(api)]
        seen = Seen(api, False, send(served, api, tools=tools, tool_choice="required"))
        assert (seen.status, seen.calls) == (200, ["look_up"])
        asked = served.model.calls[-1]["messages"][-1]["content"]
        assert "call the tool look_up" in asked and "Python" not in asked
