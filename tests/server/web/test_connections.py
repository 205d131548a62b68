"""Clients that keep a server waiting, over real sockets, beside one that does not and is served all the while."""

from __future__ import annotations

import asyncio
import logging
import socket
import time
from collections.abc import AsyncGenerator, Iterator
from contextlib import ExitStack
from functools import partial
from typing import Any

import httpx
import pytest

from math_solver.server.web.connections import ENOUGH, ConnectionLimits, Connections, Patience
from math_solver.server.web.connections import tell_of_refused_connections as tell_of_refused
from math_solver.server.web.http import LARGEST_HEAD, Http1Protocol

from ..conftest import Serve, Served
from ..test_disconnect import BODY, active, eventually, listening
from ..test_transport import connect, head

JSON = "Content-Type: application/json\r\n"
PATH = "/v1/chat/completions"
MOST, SECONDS = 20, 0.6
LIMITS = ConnectionLimits(most=MOST, seconds=SECONDS)

# what a client sends, and the answer before its connection ends
WAITING = [
    # nothing at all: nobody has asked, so nobody is answered
    (b"", b""),
    # a head that never ends
    (b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nX:", b"HTTP/1.1 408 "),
    (b"G", b"HTTP/1.1 408 "),
    # a body that never ends
    (head("POST", PATH, JSON, "Content-Length: 100\r\n") + b'{"model"', b"HTTP/1.1 408 "),
    (head("POST", PATH, JSON, "Transfer-Encoding: chunked\r\n") + b"5\r\n{", b"HTTP/1.1 408 "),
    # a whole request, and half of the next one
    (head("GET", "/v1/models") + b"GET /v1", b"HTTP/1.1 200 "),
    # more of a head than anybody sends
    (b"GET /health HTTP/1.1\r\nX: " + b"x" * LARGEST_HEAD, b"HTTP/1.1 431 "),
]


@pytest.fixture(scope="module")
def server(interpreter: Any) -> Iterator[tuple[Served, str]]:
    served = Serve(interpreter)()
    with listening(served, partial(Http1Protocol, limits=LIMITS)) as url:
        yield served, url


def is_served(url: str) -> bool:
    return httpx.get(f"{url}/v1/models", timeout=10).status_code == 200


def until_the_end(client: socket.socket) -> bytes:
    data = b""
    try:
        while piece := client.recv(65_536):
            data += piece
    except ConnectionResetError:
        pass
    return data


def test_a_client_is_not_waited_for_for_ever(server: tuple[Served, str]) -> None:
    _, url = server
    with ExitStack() as stack:
        clients = [stack.enter_context(connect(url)) for _ in WAITING]
        for client, (sent, _) in zip(clients, WAITING, strict=True):
            client.sendall(sent)
        assert is_served(url)
        answers = [until_the_end(client) for client in clients]
    assert [answer[: len(start)] for answer, (_, start) in zip(answers, WAITING, strict=True)] == [
        start for _, start in WAITING
    ]
    assert answers[0] == b""
    assert answers[5].count(b"HTTP/1.1 408 ") == 1


def test_a_body_that_drips_is_no_progress(server: tuple[Served, str]) -> None:
    _, url = server
    with connect(url) as client:
        client.sendall(head("POST", PATH, JSON, "Content-Length: 100000\r\n"))
        client.settimeout(SECONDS / 8)
        for _ in range(200):
            try:
                client.sendall(b" ")
                if client.recv(100).startswith(b"HTTP/1.1 408 "):
                    return
            except TimeoutError:
                continue
    pytest.fail("it was waited for")


def test_a_slow_body_with_progress_is_waited_for(server: tuple[Served, str]) -> None:
    served, url = server
    served.model.lines.append("It is 5.")
    body = httpx.Request("POST", url, json={k: v for k, v in BODY.items() if k != "tools"}).read()
    pieces = [b" " * ENOUGH] * 6 + [body]
    with connect(url) as client:
        client.sendall(head("POST", PATH, JSON, f"Content-Length: {sum(map(len, pieces))}\r\n"))
        for piece in pieces:
            client.sendall(piece)
            time.sleep(SECONDS / 3)
        assert client.recv(100).startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize("sent", [WAITING[0][0], WAITING[1][0], WAITING[3][0]], ids=["silent", "head", "body"])
def test_a_crowd_that_waits_makes_room(server: tuple[Served, str], sent: bytes) -> None:
    _, url = server
    with ExitStack() as stack:
        for _ in range(3):
            for _ in range(MOST * 2):
                client = stack.enter_context(connect(url))
                client.sendall(sent)
            assert is_served(url)


def test_a_stream_that_nobody_reads_gives_its_place_back(server: tuple[Served, str]) -> None:
    served, url = server
    ended = asyncio.Event()

    async def chatter(*args: Any, **kwargs: Any) -> AsyncGenerator[str, None]:
        try:
            while True:
                yield "many words " * 1000
                await asyncio.sleep(0)
        finally:
            ended.set()

    served.model.astream_chat = chatter
    try:
        with socket.socket() as client:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            client.connect(("127.0.0.1", int(url.rpartition(":")[2])))
            body = httpx.Request("POST", url, json={**BODY, "tools": [], "stream": True}).read()
            client.sendall(head("POST", PATH, JSON, f"Content-Length: {len(body)}\r\n") + body)
            assert eventually(lambda: active(url) == 1)
            assert eventually(lambda: active(url) == 0, 30)
    finally:
        del served.model.astream_chat
    assert ended.is_set()


class Connection:
    """A connection that only remembers what became of it."""

    ended = False

    def look(self, now: float) -> None:
        pass

    def end_unserved(self) -> None:
        self.ended = True


def test_requests_under_way_are_not_ended_for_new_ones() -> None:
    async def crowd() -> tuple[list[bool], list[bool]]:
        connections = Connections(ConnectionLimits(most=3))
        three = [Connection() for _ in range(3)]
        added = [connections.add(one) for one in three]
        connections.settle(three[0])  # its request is here
        connections.wait_for(three[1])  # it has just sent something
        added += [connections.add(Connection())]  # for the third
        connections.settle(three[1])
        late = Connection()
        added += [connections.add(late)]  # for the fourth
        connections.settle(late)
        added += [connections.add(Connection())]
        return added, [one.ended for one in three]

    added, ended = asyncio.run(crowd())
    assert ended == [False, False, True]
    assert added == [True, True, True, True, True, False]


@pytest.mark.parametrize(
    ("moves", "over"),
    [
        # seconds and bytes; nothing
        ([], True),
        # enough in time
        ([(5, ENOUGH)], False),
        # enough in small pieces
        ([(second, ENOUGH // 9 + 1) for second in range(1, 10)], False),
        # a byte a second
        ([(second, 1) for second in range(1, 10)], True),
        # too little, and too long ago
        ([(1, ENOUGH - 1)], True),
    ],
)
def test_patience(moves: list[tuple[int, int]], over: bool) -> None:
    patience = Patience(10)
    assert not patience.over(100)
    patience.begin(0)
    for second, size in moves:
        patience.move(size, second)
    assert patience.over(10) == over
    patience.end()
    assert not patience.over(100)


def test_refused_connections_are_told_once(caplog: pytest.LogCaptureFixture) -> None:
    async def fail() -> None:
        loop = asyncio.get_running_loop()
        tell_of_refused(loop)
        for _ in range(2000):
            loop.call_exception_handler(
                {"message": "socket.accept() out of system resource", "exception": OSError(24, "Too many open files")}
            )
        loop.call_exception_handler({"message": "something else"})

    with caplog.at_level(logging.ERROR):
        asyncio.run(fail())
    said = [record.getMessage() for record in caplog.records]
    assert len(said) == 2 and "Too many open files; raise" in said[0] and said[1] == "something else"
