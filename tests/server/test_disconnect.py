"""A client that leaves ends its solve: over a real socket, in generation and in a program."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
import uvicorn

from math_solver.protocol import render_call
from math_solver.server.web.http import Http1Protocol

from .conftest import Serve, Served

BODY: dict[str, Any] = {
    "model": "m",
    "messages": [{"role": "user", "content": "hi"}],
    "tools": [{"type": "code_interpreter"}],
}


@contextmanager
def listening(served: Served, http: Any = Http1Protocol) -> Iterator[str]:
    """The application on a free loopback port, in a thread, behind the parser of HTTP that serves it."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        sock.listen()  # from here on connections wait for the server instead of being refused
        server = uvicorn.Server(uvicorn.Config(served.app, http=http, lifespan="off", log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [sock]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{sock.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


def eventually(holds: Callable[[], bool], seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.02)
    return holds()


def leave(url: str, stream: bool) -> None:
    with pytest.raises(httpx.ReadTimeout):
        with httpx.stream(
            "POST", f"{url}/v1/chat/completions", json=BODY | {"stream": stream}, timeout=0.5
        ) as response:
            response.read()


def active(url: str) -> int:
    solves: int = httpx.get(f"{url}/health").json()["interpreter"]["active_solves"]
    return solves


@pytest.mark.parametrize("stream", [False, True])
def test_leaving_during_generation_cancels_it(serve: Serve, stream: bool) -> None:
    served = serve()
    cancelled = threading.Event()

    async def never(*args: Any, **kwargs: Any) -> Any:
        try:
            await asyncio.sleep(3600)
        except asyncio.CancelledError:
            cancelled.set()
            raise

    served.model.achat = never  # type: ignore[method-assign]
    with listening(served) as url:
        leave(url, stream)
        assert cancelled.wait(10)
        assert eventually(lambda: active(url) == 0)


@pytest.mark.parametrize("stream", [False, True])
def test_leaving_during_a_program_ends_the_solve(serve: Serve, stream: bool) -> None:
    served = serve(render_call("", "while True: pass"), "never asked for")
    with listening(served) as url:
        leave(url, stream)
        assert eventually(lambda: active(url) == 0)
    assert served.model.lines == ["never asked for"]


def test_leaving_inside_the_body_is_no_failure_of_the_server(serve: Serve, capsys: pytest.CaptureFixture[str]) -> None:
    served = serve("never asked for")
    with listening(served) as url:
        host, port = url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as client:
            head = f"POST /v1/chat/completions HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
            client.sendall(f'{head}Content-Length: 100\r\n\r\n{{"model"'.encode())
            time.sleep(0.2)  # the server is waiting for the rest
        assert active(url) == 0
    assert served.model.lines == ["never asked for"]
    assert capsys.readouterr().err == ""
