"""What clients send by habit: legal histories in every arrangement, and fields that cost nothing."""

from __future__ import annotations

import gzip
import json
import zlib
from typing import Any

import httpx
import pytest

from math_solver.interpreter import Interpreter
from math_solver.server.settings import Settings

from ...streamed import says
from ..conftest import Serve, Served
from ..models.test_upstream import FUNCTION, endpoint, serve_upstream
from ..responses.test_responses import post as respond
from .test_chat import CONCLUSION, QUESTION, SHOWN, TOOLS, ask, post

USER = QUESTION[0]["content"]


def called(name: str, arguments: Any) -> dict[str, Any]:
    return {"id": name, "type": "function", "function": {"name": "look_up", "arguments": arguments}}


def sent_for(interpreter: Interpreter, messages: list[Any], api: str = "chat", **fields: Any) -> list[Any]:
    """What the model behind the server gets of a conversation."""
    with endpoint(says("\\boxed{1}")) as server:
        served = serve_upstream(server.url, interpreter, Settings())
        if api == "chat":
            response = post(served, {"messages": messages, "tools": [*TOOLS, FUNCTION], **fields})
        else:
            response = respond(served, input=messages, **fields)
        assert response.status_code == 200, response.text
    received: list[Any] = server.bodies[0]["messages"]
    return received


@pytest.mark.parametrize("api", ["chat", "responses"])
@pytest.mark.parametrize("role", ["system", "developer"])
def test_a_later_system_message_joins_the_prompt(interpreter: Interpreter, api: str, role: str) -> None:
    later = {"role": role, "content": "Be brief."}
    assert sent_for(interpreter, [{"role": "system", "content": "S"}, *QUESTION, later], api) == [
        {"role": "system", "content": "S\n\nBe brief."},
        *QUESTION,
    ]


@pytest.mark.parametrize("api", ["chat", "responses"])
def test_a_greeting_may_come_first(interpreter: Interpreter, api: str) -> None:
    greeting = {"role": "assistant", "content": "Hello!"}
    assert sent_for(interpreter, [greeting, *QUESTION], api)[1:] == [greeting, *QUESTION]


@pytest.mark.parametrize("api", ["chat", "responses"])
def test_the_assistant_may_have_the_last_word(interpreter: Interpreter, api: str) -> None:
    begun = {"role": "assistant", "content": "Let me see:"}
    assert sent_for(interpreter, [*QUESTION, begun], api)[1:] == [*QUESTION, begun]


def test_the_local_engine_gets_turns_that_alternate(serve: Serve) -> None:
    served = serve(CONCLUSION)
    said = {"role": "assistant", "content": "Hello!"}
    assert post(served, {"model": "m", "messages": [said, *QUESTION, said], "tools": TOOLS}).status_code == 200
    roles = [message["role"] for message in served.model.calls[0]["messages"]]
    assert roles == ["user", "assistant", "user", "assistant", "user"]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("", {}),
        (" ", {}),
        (None, {}),
        ({"x": 1}, {"x": 1}),
        ('{"x": 1}', {"x": 1}),
    ],
)
def test_arguments_of_calls_in_history(interpreter: Interpreter, written: Any, kept: Any) -> None:
    history = [{"role": "assistant", "content": None, "tool_calls": [called("c", written)]}]
    messages = sent_for(interpreter, [*QUESTION, *history, {"role": "tool", "tool_call_id": "c", "content": "7"}])
    assert json.loads(messages[2]["tool_calls"][0]["function"]["arguments"]) == kept


@pytest.mark.parametrize("cut", ['{"c": "P', "{", "not json", "[1,"])
def test_arguments_that_a_limit_cut_are_no_error(serve: Serve, cut: str) -> None:
    history = [{"role": "assistant", "tool_calls": [called("c", cut)]}]
    served = serve(CONCLUSION)
    messages = [*QUESTION, *history, {"role": "tool", "tool_call_id": "c", "content": "failed"}]
    assert post(served, {"model": "m", "messages": messages, "tools": [FUNCTION]}).status_code == 200
    items = [
        {"role": "user", "content": USER},
        {"type": "function_call", "call_id": "c", "name": "look_up", "arguments": cut},
        {"type": "function_call_output", "call_id": "c", "output": "failed"},
    ]
    assert respond(serve(CONCLUSION), input=items).status_code == 200


def test_results_of_parallel_calls_in_any_order(interpreter: Interpreter) -> None:
    names = ("a", "b", "c")
    history = {"role": "assistant", "content": "Three.", "tool_calls": [called(name, "{}") for name in names]}
    results = [{"role": "tool", "tool_call_id": name, "content": f"of {name}"} for name in names]
    wanted = sent_for(interpreter, [*QUESTION, history, *results])
    assert [message["content"] for message in wanted[3:]] == ["of a", "of b", "of c"]
    assert sent_for(interpreter, [*QUESTION, history, *reversed(results)]) == wanted
    items = [
        {"role": "user", "content": USER},
        {"role": "assistant", "content": "Three."},
        *({"type": "function_call", "call_id": name, "name": "look_up", "arguments": "{}"} for name in names),
        *({"type": "function_call_output", "call_id": name, "output": f"of {name}"} for name in reversed(names)),
    ]
    assert [message["content"] for message in sent_for(interpreter, items, "responses")[3:]] == [
        "of a",
        "of b",
        "of c",
    ]


def test_a_user_who_speaks_right_behind_results_is_kept_apart_from_them(interpreter: Interpreter) -> None:
    names = ("a", "b")
    history = {"role": "assistant", "tool_calls": [called(name, "{}") for name in names]}
    results = [{"role": "tool", "tool_call_id": name, "content": f"of {name}"} for name in names]
    spoken = [{"role": "user", "content": text} for text in ("Be quick.", "", "Now.")]
    wanted = [("tool", "of a"), ("tool", "of b"), ("user", "Be quick.\n\n\n\nNow.")]
    sent = sent_for(interpreter, [*QUESTION, history, *results, *spoken])
    assert [(message["role"], message["content"]) for message in sent[3:]] == wanted
    items = [
        *QUESTION,
        *({"type": "function_call", "call_id": name, "name": "look_up", "arguments": "{}"} for name in names),
        *({"type": "function_call_output", "call_id": name, "output": f"of {name}"} for name in reversed(names)),
        *spoken,
    ]
    sent = sent_for(interpreter, items, "responses")
    assert [(message["role"], message["content"]) for message in sent[3:]] == wanted
    # one that only makes turns alternate says nothing
    sent = sent_for(interpreter, [*QUESTION, history, *results, spoken[1]])
    assert [(message["role"], message["content"]) for message in sent[3:]] == wanted[:2]


def test_the_local_engine_gets_results_and_what_the_user_says_behind_them_as_one_turn(serve: Serve) -> None:
    names = ("a", "b")
    history = {"role": "assistant", "tool_calls": [called(name, "{}") for name in names]}
    results = [{"role": "tool", "tool_call_id": name, "content": f"of {name}"} for name in names]
    served = serve(CONCLUSION)
    messages = [*QUESTION, history, *results, {"role": "user", "content": "Now."}]
    assert post(served, {"model": "m", "messages": messages, "tools": [*TOOLS, FUNCTION]}).status_code == 200
    last = served.model.calls[0]["messages"][-1]
    assert (last["role"], last["content"]) == ("observation", "of a\nof b\n\nNow.")


@pytest.mark.parametrize(
    "part",
    [
        {"type": "text", "text": "So."},
        {"type": "input_text", "text": "So."},
        {"type": "output_text", "text": "So."},
        {"type": "refusal", "refusal": "So."},
    ],
)
def test_parts_of_text_by_every_name(interpreter: Interpreter, part: Any) -> None:
    said = {"role": "assistant", "content": [part]}
    assert sent_for(interpreter, [*QUESTION, said, *QUESTION])[2] == {"role": "assistant", "content": "So."}


@pytest.mark.parametrize("part", [{"type": ["text"]}, {"type": {}}, {"type": "text", "text": 3}, {"type": "refusal"}])
def test_parts_that_hold_no_text_are_refused(serve: Serve, part: Any) -> None:
    messages = [{"role": "user", "content": [part]}]
    response = post(serve("never said"), {"model": "m", "messages": messages, "tools": TOOLS})
    assert (response.status_code, response.json()["error"]["param"]) == (400, "messages[0].content")


@pytest.mark.parametrize("refusal", ["half \ud800", {"a": 1}])
def test_a_refusal_beside_the_content_is_text_too(serve: Serve, refusal: Any) -> None:
    messages = [*QUESTION, {"role": "assistant", "content": None, "refusal": refusal}, *QUESTION]
    response = post(serve("never said"), {"model": "m", "messages": messages, "tools": TOOLS})
    assert (response.status_code, response.json()["error"]["param"]) == (400, "messages[1].content")


def test_an_item_is_referred_to_without_its_type(serve: Serve) -> None:
    served = serve(CONCLUSION, CONCLUSION)
    first = respond(served).json()
    items = [{"id": first["output"][0]["id"]}, {"role": "user", "content": "And now?"}]
    assert respond(served, input=[*QUESTION, *items]).status_code == 200


@pytest.mark.parametrize(
    "fields",
    [
        {"reasoning": {"effort": "high", "summary": "auto"}},
        {"truncation": "auto"},
        {"service_tier": "flex"},
        {"include": ["reasoning.encrypted_content", "file_search_call.results"]},
        {"top_k": -1},
    ],
)
def test_habits_that_cost_nothing(serve: Serve, fields: dict[str, Any]) -> None:
    assert respond(serve(CONCLUSION), **fields).status_code == 200


def test_no_limit_on_the_tokens_to_choose_from(serve: Serve) -> None:
    served = serve(CONCLUSION)
    assert ask(served, extra_body={"top_k": -1, "tools": TOOLS}).choices[0].message.content == SHOWN
    assert served.model.calls[0]["top_k"] == 0  # as transformers says it


def post_bytes(served: Served, data: bytes, **headers: str) -> httpx.Response:
    import asyncio

    async def send() -> httpx.Response:
        async with served.http() as client:
            kept = {"Content-Type": "application/json"} | headers
            return await client.post("/v1/chat/completions", content=data, headers=kept)

    return asyncio.run(send())


BODY = json.dumps({"model": "m", "messages": QUESTION, "tools": TOOLS}).encode()


@pytest.mark.parametrize(
    ("encoding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress), ("identity", bytes)]
)
def test_a_compressed_body(serve: Serve, encoding: str, pack: Any) -> None:
    response = post_bytes(serve(CONCLUSION), pack(BODY), **{"Content-Encoding": encoding})
    assert response.json()["choices"][0]["message"]["content"] == SHOWN


@pytest.mark.parametrize(
    ("data", "encoding", "status"),
    [
        (BODY, "gzip", 400),  # not compressed at all
        (gzip.compress(BODY)[:-9], "gzip", 400),  # cut
        (gzip.compress(b" " * (1 << 30)), "gzip", 413),  # a bomb: a megabyte that becomes a thousand
        (BODY, "br", 415),
    ],
)
def test_a_body_that_cannot_be_unpacked(serve: Serve, data: bytes, encoding: str, status: int) -> None:
    response = post_bytes(serve("never said"), data, **{"Content-Encoding": encoding})
    assert response.status_code == status and response.json()["error"]["message"]


@pytest.mark.parametrize("path", ["/health", "/", "/v1/models"])
def test_head_is_get_without_a_body(serve: Serve, path: str) -> None:
    import asyncio

    async def both() -> tuple[httpx.Response, httpx.Response]:
        async with serve(CONCLUSION).http() as client:
            return await client.get(path), await client.head(path)

    got, head = asyncio.run(both())
    assert (head.status_code, head.content) == (got.status_code, b"")
    assert head.headers["content-type"] == got.headers["content-type"]


@pytest.mark.parametrize("api", ["chat", "responses"])
@pytest.mark.parametrize(
    ("tools", "runs"),
    [
        (None, True),
        ([FUNCTION] * 1, True),  # a client's own tools beside it
        ([], False),  # said not to
    ],
)
def test_on_by_default_beside_a_clients_own_tools(serve: Serve, api: str, tools: Any, runs: bool) -> None:
    program = "I run.\n```python\nprint(6 * 7)\n```"
    served = serve(program, CONCLUSION, settings=Settings(default_on=True))
    if api == "chat":
        answer = post(served, {"model": "m", "messages": QUESTION} | ({} if tools is None else {"tools": tools}))
        ran = "code_interpreter" in answer.json()["choices"][0]["message"]
    else:
        own = tools and [{"type": "function", **tool["function"]} for tool in tools]
        answer = respond(served, tools=own)
        ran = any(item["type"] == "code_interpreter_call" for item in answer.json()["output"])
    assert answer.status_code == 200 and ran is runs
