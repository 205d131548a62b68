"""What one client may send, and what the server tells of itself."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from math_solver.interpreter import Interpreter
from math_solver.protocol import render_call
from math_solver.server.address import Address
from math_solver.server.settings import Settings
from math_solver.server.web.errors import ApiError
from math_solver.server.web.limits import BodyLimit, Buckets

from ..chat.test_chat import CALL, CONCLUSION, QUESTION, TOOLS, ask, ask_stream, post
from ..conftest import Serve, Served

BODY: dict[str, Any] = {"model": "m", "messages": QUESTION, "tools": TOOLS}


def get(served: Served, path: str, **headers: str) -> httpx.Response:
    async def send() -> httpx.Response:
        async with served.http() as client:
            return await client.get(path, headers=headers)

    return asyncio.run(send())


@pytest.mark.parametrize("path", ["/v1/chat/completions", "/v1/score/evaluation", "/nowhere"])
@pytest.mark.parametrize("announced", [True, False])
def test_a_large_body_is_refused(serve: Serve, path: str, announced: bool) -> None:
    served = serve("never said", settings=Settings(max_body_mb=0.01))

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b" " * 1000

    async def send() -> httpx.Response:
        async with served.http() as client:
            content: Any = b" " * 20_000 if announced else pieces()
            return await client.post(path, content=content, headers={"Content-Type": "application/json"})

    response = asyncio.run(send())
    assert set(response.json()["error"]) == {"message", "type", "param", "code"}
    if announced or "chat" in path:
        assert response.status_code == 413
    assert served.model.calls == []


def test_all_bodies_together_are_bounded() -> None:
    """Two that are under way leave no room for a third; what has ended leaves its room."""
    limit = BodyLimit(_read_it_all, max_bytes=1000, max_together=2000)

    async def main() -> tuple[list[str], list[str]]:
        hold = asyncio.Event()
        held = [asyncio.ensure_future(_send(limit, 900, hold)) for _ in range(2)]
        await asyncio.sleep(0.01)
        refused = [await _send(limit, size, hold) for size in (201, 900)]
        hold.set()
        return refused, [*await asyncio.gather(*held), await _send(limit, 900, hold)]

    refused, read = asyncio.run(main())
    assert [text.split(";")[0][:25] for text in refused] == ["The requests that the ser"] * 2
    assert all("code_interpreter.bodies_mb" in text for text in refused)
    assert read == ["read"] * 3


async def _read_it_all(scope: Any, receive: Any, send: Any) -> None:
    while (await receive())["more_body"]:
        pass


async def _send(limit: BodyLimit, size: int, hold: asyncio.Event) -> str:
    """Send a body of which the last part comes when ``hold`` is set, and what came of it."""
    parts = [size // 2, size - size // 2, 0]

    async def receive() -> Any:
        body = b" " * parts.pop(0)
        if not parts:
            await hold.wait()
        return {"type": "http.request", "body": body, "more_body": bool(parts)}

    async def send(message: Any) -> None:
        pass

    try:
        await limit({"type": "http", "headers": []}, receive, send)
    except ApiError as error:
        return f"{error.message}" if error.status == 503 else "another error"
    return "read"


def test_a_length_that_no_number_holds_is_refused(serve: Serve) -> None:
    assert post(serve("never said"), BODY, **{"Content-Length": "9" * 5000}).status_code == 413


def test_a_client_that_asks_too_often_is_told_to_wait(serve: Serve) -> None:
    served = serve(CONCLUSION, CONCLUSION, settings=Settings(requests_per_minute=2))
    responses = [post(served, BODY) for _ in range(3)]
    assert [response.status_code for response in responses] == [200, 200, 429]
    assert responses[2].json()["error"]["code"] == "rate_limit_exceeded"
    assert 0 < int(responses[2].headers["retry-after"]) <= 30
    assert get(served, "/health").status_code == 200


def test_buckets_refill_and_are_bounded() -> None:
    now = [0.0]
    buckets = Buckets(60, lambda: now[0])
    assert [buckets.take("a") for _ in range(61)] == [0.0] * 60 + [1.0]
    assert buckets.take("b") == 0
    now[0] = 1.0
    assert (buckets.take("a"), buckets.take("a")) == (0.0, 1.0)
    for number in range(20_000):
        buckets.take(str(number))
    assert len(buckets._left) == 10_000


def test_the_key_is_in_no_log(serve: Serve, caplog: pytest.LogCaptureFixture) -> None:
    served = serve(CALL, RuntimeError("engine died"), address=Address("127.0.0.1", 8000, "geheim-77"))
    with caplog.at_level(logging.DEBUG):
        assert post(served, BODY, Authorization="Bearer geheim-77").status_code == 500
        assert post(served, BODY, Authorization="Bearer geheim-78").status_code == 401
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith(("httpx", "httpcore"))]
    assert not any("geheim" in message for message in ours)


def test_metrics_count_what_happened() -> None:
    with Interpreter() as unshared:  # other tests leave their containers behind
        served = Serve(unshared)(CALL, CONCLUSION, render_call("", "1/0"), CONCLUSION, RuntimeError("engine died"))
        ask(served, tools=TOOLS)
        ask_stream(served, tools=TOOLS)
        assert post(served, BODY).status_code == 500
        response = get(served, "/metrics")
    assert response.headers["content-type"].startswith("text/plain; version=")
    figures = dict(re.findall(r"^math_solver_(\S+) (\S+)$", response.text, re.MULTILINE))
    assert figures['solves_total{finish="stop"}'] == "2.0"
    assert figures['solves_total{finish="failed"}'] == "1.0"
    assert figures["rounds_total"] == "4.0"
    assert figures['executions_total{status="ok"}'] == figures['executions_total{status="error"}'] == "1.0"
    assert figures['tokens_total{kind="prompt"}'] == "40.0"
    assert figures["solve_seconds_count"] == "3.0"
    assert figures["active_solves"] == figures["sessions"] == "0.0"


def test_metrics_need_the_key(serve: Serve) -> None:
    served = serve(address=Address("127.0.0.1", 8000, "secret"))
    assert get(served, "/metrics").status_code == 401
    assert get(served, "/metrics", Authorization="Bearer secret").status_code == 200
