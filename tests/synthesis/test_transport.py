"""One request to endpoints that behave in every way: what becomes of it, in bounded time and space."""

from __future__ import annotations

import asyncio
import json
import resource
import time
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from math_solver.protocol import render_call
from math_solver.records import RecordError
from math_solver.solving.loop import Completion
from math_solver.synthesis.limiter import Patience
from math_solver.synthesis.spending import Tokens
from math_solver.synthesis.teachers import Teacher
from math_solver.synthesis.transport import Answer, Endpoint, Failure, read_body, read_wish, session

from ..fake_endpoint import FakeEndpoint, Handler, Reply, completion, serving
from . import teacher as bad

NAMES = ["choices", "message", "content", "tool_calls", "function", "name", "arguments", "finish_reason", "usage",
         "reasoning", "reasoning_content", "prompt_tokens", "completion_tokens", "total_tokens"]  # fmt: skip
BODY = b'{"messages": [{"role": "user", "content": "x"}]}'


def send(url: str, timeout: float = 20.0, max_tokens: int = 100) -> Answer:
    async def once() -> Answer:
        async with session() as connections:
            endpoint = Endpoint(Teacher(url), connections, timeout, Patience())
            return await endpoint.send(BODY, max_tokens)

    return asyncio.run(once())


def fails(reply: Reply, timeout: float = 20.0) -> Failure:
    with serving(lambda body: reply) as server, pytest.raises(Failure) as raised:
        send(server.url, timeout)
    return raised.value


def test_an_answer_comes_through() -> None:
    with serving(lambda body: completion("It is 5.")) as server:
        answer = send(server.url)
    assert (answer.completion, answer.tokens) == (Completion("It is 5."), Tokens(7, 3))
    assert json.loads(answer.text)["model"] == "m"


def test_the_key_is_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_KEY", "secret")
    seen: list[str | None] = []

    def reply(handler: Handler) -> None:
        seen.append(handler.headers["Authorization"])
        handler.send(200, json.dumps(completion("x")).encode())

    async def once(url: str) -> None:
        async with session() as connections:
            for teacher in (Teacher(url, key="SOME_KEY"), Teacher(url, key="NO_KEY")):
                await Endpoint(teacher, connections, 20, Patience()).send(
                    b'{"messages": [{"role": "user", "content": ""}]}', 9
                )

    with serving(lambda body: reply) as server:
        asyncio.run(once(server.url))
    assert seen == ["Bearer secret", None]


@pytest.mark.parametrize(
    ("fault", "why", "reason", "free"),
    [
        (bad.busy, "busy", "status 429", True),
        (bad.busy_for_ever, "busy", "status 503", True),
        (bad.broken, "spoilt", "status 500", False),
        (bad.gateway, "lost", "status 502", False),
        (bad.page, "spoilt", "the answer is not JSON", False),
        (bad.error_in_success, "spoilt", "the answer has no choices: upstream is gone", False),
        (bad.no_choices, "spoilt", "the answer has no choices", False),
        (bad.nothing_said, "spoilt", "the answer is empty", False),
        (bad.half, "lost", "the connection broke", False),
        (bad.reset, "lost", "the connection broke", False),
        (bad.no_http, "lost", "the connection broke", False),
        (bad.not_utf8, "spoilt", "the answer is not UTF-8", False),
        (bad.deep, "spoilt", "the answer is not JSON", False),
        (bad.huge_number, "spoilt", "the answer is not JSON", False),
        (bad.odd_message, "spoilt", "the answer is no message", False),
        (bad.long_code, "refused", "the answer is too long", False),
        (bad.flood, "refused", "the answer is too long", False),
        (lambda handler: handler.send(400, b'{"error": {"message": "no\\nsuch"}}'), "refused", "no such", True),
        (lambda handler: handler.send(404, b"<h1>nobody"), "refused", "status 404: <h1>nobody", True),
        (lambda handler: handler.send(307, b"", {"Location": "/a"}), "refused", "status 307: redirects to /a;", True),
        (lambda handler: handler.send(204, b""), "refused", "status 204", True),
        (lambda handler: handler.send(401, b"{}"), "stop", "refuses the key", True),
        (lambda handler: handler.send(402, b"{}"), "stop", "wants to be paid", True),
        (lambda handler: handler.send(200, b"\x8b", {"Content-Encoding": "gzip"}), "spoilt", "UTF-8", False),
    ],
)  # fmt: skip
def test_what_goes_wrong_has_a_reason(fault: Callable[[Handler], None], why: str, reason: str, free: bool) -> None:
    failure = fails(fault)
    assert (failure.why, failure.free) == (why, free)
    assert reason in failure.reason and "\n" not in failure.reason


@pytest.mark.parametrize("fault", [bad.silent, bad.drip])
def test_a_request_is_bounded_as_a_whole(fault: Callable[[Handler], None]) -> None:
    began = time.monotonic()
    failure = fails(fault, timeout=0.5)
    assert (failure.why, failure.reason) == ("lost", "no answer within 0.5 s")
    assert time.monotonic() - began < 30  # not the endpoint's time, which is none


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 10**20)
    | st.floats()
    | st.sampled_from(["", "x", "print(1)", "\ud800"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=3),
    max_leaves=8,
)


@given(JSON, st.sampled_from(NAMES))
def test_whatever_an_endpoint_says_is_an_answer_or_has_a_reason(value: Any, name: str) -> None:
    message = {"role": "assistant", "content": "It is 5.", name: value}
    call = {"id": "1", "type": "function", "function": {"name": "python", "arguments": "{}", name: value}}
    for choice in ({"message": message}, {"message": {**message, "tool_calls": [call, {name: value}]}, name: value}):
        for body in ({"choices": [choice]}, {"choices": [choice], name: value}):
            try:
                assert isinstance(read_body(json.dumps(body).encode()), Answer)
            except Failure as failure:
                assert failure.why == "spoilt" and failure.reason


def test_endless_output_takes_no_memory() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    fails(bad.flood)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64 << 10


def test_nobody_there() -> None:
    server = FakeEndpoint(lambda body: completion("x"))
    url = server.url
    server.server_close()
    with pytest.raises(Failure) as raised:
        send(url)
    assert (raised.value.why, raised.value.free) == ("unreached", True)


def test_tokens_of_an_answer_that_cannot_be_used_are_counted() -> None:
    assert fails(bad.no_choices).tokens == Tokens(7, 3)


@pytest.mark.parametrize(
    ("headers", "wish"),
    [
        ({"retry-after": "2"}, 2.0),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after-ms": "250", "retry-after": "9"}, 0.25),
        ({"retry-after": "Fri, 27 Nov 2026 14:00:10 GMT"}, 10.0),
        ({"retry-after": "Fri, 27 Nov 2020 14:00:00 GMT"}, 0.0),
        ({"retry-after": "999999999999"}, 999999999999.0),
        # no sense
        ({}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-3"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "Fri, 99 Nov 2026 14:00:00 GMT"}, None),
        ({"retry-after-ms": "soon"}, None),
    ],
)
def test_when_to_come_back(headers: Mapping[str, str], wish: float | None) -> None:
    assert read_wish(headers, 1795788000.0) == wish


def body(message: Any, finish: Any = "stop") -> bytes:
    return json.dumps({"choices": [{"message": message, "finish_reason": finish}]}).encode()


BROKEN = {"function": {"name": "python", "arguments": '{"code": '}}
CALL = {"id": "a", "type": "function", "function": {"name": "python", "arguments": '{"code": "print(1)"}'}}


@pytest.mark.parametrize(
    ("message", "finish", "text"),
    [
        ({"content": "It is 5."}, "stop", "It is 5."),
        # what an endpoint invents behind a program is dropped
        ({"content": "```python\n1\n```\n```output\n7\n```"}, "stop", "```python\n1\n```"),
        # half a surrogate pair
        ({"content": "\ud800"}, "stop", "?"),
        ({"content": "a"}, 3, "a"),
        # calls, as their text
        ({"content": "Add.", "tool_calls": [CALL]}, "tool_calls", render_call("Add.", "print(1)")),
        ({"content": None, "tool_calls": [CALL, CALL]}, "tool_calls", render_call("", "print(1)")),
        (
            {"tool_calls": [BROKEN]},
            "tool_calls",
            '<tool_call>\n{"name": "python", "arguments": {"code": }\n</tool_call>',
        ),
    ],
)
def test_messages_are_read_as_turns(message: Any, finish: Any, text: str) -> None:
    assert read_body(body(message, finish)).completion.text == text


def test_reasoning_alone_is_an_answer() -> None:
    read = read_body(body({"content": "", "reasoning_content": "Perhaps"}, "length")).completion
    assert (read.text, read.reasoning, read.finish_reason) == ("", "Perhaps", "length")


@pytest.mark.parametrize(
    "message",
    [None, 3, "x", {"content": 3}, {"content": ["x"]}, {"content": "", "tool_calls": 3}, {"tool_calls": ["x"]},
     {"tool_calls": [{"function": None}]}, {"tool_calls": [{"function": {"name": 3, "arguments": ""}}]},
     {"tool_calls": [{"function": {"name": "python", "arguments": {"code": "1"}}}]},
     {"content": "x", "tool_calls": {"a": 1}},
     {"content": "x", "tool_calls": "python"}],
)  # fmt: skip
def test_what_is_no_message_is_refused(message: Any) -> None:
    with pytest.raises(Failure) as raised:
        read_body(body(message))
    assert raised.value.why == "spoilt"


@pytest.mark.parametrize("data", [b"", b"[]", b"3", b'"x"', b"null", b"{}", b'{"choices": {}}', b'{"choices": [3]}'])
def test_what_is_no_completion_is_refused(data: bytes) -> None:
    with pytest.raises(Failure):
        read_body(data)


@pytest.mark.parametrize("url", ["", "localhost", "ftp://x/v1", "http://", "http://x:99999/v1", "http://[::1/v1"])
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(RecordError, match="is no address"):
        Teacher(url)
