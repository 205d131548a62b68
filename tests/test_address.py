"""A listening address: who reaches it, how it is written, which names a browser may use, and taking it."""

from __future__ import annotations

import asyncio
import socket
from typing import Any

import pytest

from math_solver.address import HostGuard, ListenAddress, ListenError, read_host


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("127.1.2.3", True),
        ("::1", True),
        ("0:0:0:0:0:0:0:1", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.0.2.1", False),
        ("fe80::1%eth0", False),
        ("::ffff:192.0.2.1", False),
        # Names and spellings that the system may resolve to anything count as reached by all.
        ("gpu-box", False),
        ("localhost.example", False),
        ("LOCALHOST", False),
        ("127.1", False),
        ("0x7f.0.0.1", False),
        ("2130706433", False),
        ("", False),
        (" 127.0.0.1", False),
    ],
)
def test_who_reaches_it(host: str, loopback: bool) -> None:
    assert ListenAddress(host, 80).is_loopback is loopback


@pytest.mark.parametrize(
    ("host", "netloc", "url"),
    [
        ("127.0.0.1", "127.0.0.1:9", "http://localhost:9"),
        ("localhost", "localhost:9", "http://localhost:9"),
        ("0.0.0.0", "0.0.0.0:9", "http://localhost:9"),
        ("::", "[::]:9", "http://localhost:9"),
        ("::1", "[::1]:9", "http://[::1]:9"),  # localhost need not lead there
        ("::2", "[::2]:9", "http://[::2]:9"),
        ("gpu-box", "gpu-box:9", "http://gpu-box:9"),
    ],
)
def test_how_it_is_written(host: str, netloc: str, url: str) -> None:
    address = ListenAddress(host, 9)
    assert (address.netloc, address.url) == (netloc, url)


@pytest.mark.parametrize(
    ("host", "header", "admitted"),
    [
        ("127.0.0.1", "127.0.0.1:9", True),
        ("127.0.0.1", "localhost", True),
        ("127.0.0.1", "LocalHost:80", True),
        ("127.0.0.1", "[::1]:9", True),
        ("127.0.0.2", "127.0.0.2:9", True),
        ("::1", "[::1]", True),
        ("127.0.0.1", "127.0.0.2", False),
        ("127.0.0.1", "rebound.example:9", False),
        ("127.0.0.1", "host.docker.internal:9", True),
        ("127.0.0.1", "HOST.docker.internal", True),
        ("::1", "host.docker.internal:9", True),
        ("127.0.0.1", "host.containers.internal:9", True),  # Podman's
        ("0:0:0:0:0:0:0:1", "[::1]:9", True),  # as browsers write it
        ("127.0.0.1", "host.docker.internal.rebound.example", False),
        ("127.0.0.1", "127.0.0.1.rebound.example", False),
        ("127.0.0.1", "localhost.rebound.example:9", False),
        ("127.0.0.1", "[::1].rebound.example", False),
        ("127.0.0.1", "127.0.0.1:http", False),
        ("127.0.0.1", "[::2]:9", False),
        ("127.0.0.1", "[::1", False),
        ("127.0.0.1", "[", False),
        ("127.0.0.1", "", False),
        ("127.0.0.1", "localhost@rebound.example", False),
        ("127.0.0.1", " localhost", False),
        ("127.0.0.1", "localhost\n", False),
    ],
)
def test_which_names_a_browser_may_use(host: str, header: str, admitted: bool) -> None:
    assert ListenAddress(host, 9).admits(header) is admitted


@pytest.mark.parametrize(
    ("written", "host"),
    [
        ("127.0.0.1", "127.0.0.1"),
        (" gpu-box ", "gpu-box"),
        ("::1", "::1"),
        ("[::1]", "::1"),
        ("[fe80::1%eth0]", "fe80::1%eth0"),
        ("::", "::"),
        ("[::]", "::"),
        ("", None),
        ("[]", None),
        ("[::1]:8000", None),
        ("[::1", None),
        ("[127.0.0.1]", None),
        ("127.0.0.1:8000", None),
        ("http://127.0.0.1", None),
        ("//127.0.0.1", None),
        ("me@127.0.0.1", None),
        ("a b", None),
    ],
)
def test_a_host_as_people_write_it(written: str, host: str | None) -> None:
    if host is None:
        with pytest.raises(ValueError, match="is no host name or address alone"):
            read_host(written)
    else:
        assert read_host(written) == host


HOST, OTHER = (b"host", b"localhost:9"), (b"host", b"rebound.example")


@pytest.mark.parametrize(
    ("kind", "headers", "asked"),
    [
        ("http", [HOST], "app"),
        ("http", [(b"accept", b"*/*"), HOST], "app"),
        ("websocket", [HOST], "app"),
        ("lifespan", None, "app"),
        ("http", [OTHER], "refusal"),
        ("websocket", [OTHER], "refusal"),
        ("http", [], "refusal"),
        ("http", [HOST, OTHER], "refusal"),  # whichever of them others read
        ("http", [OTHER, HOST], "refusal"),
        ("http", [(b"host", b"\xff\xfe")], "refusal"),
    ],
)
def test_the_guard_lets_through_what_is_admitted(
    kind: str, headers: list[tuple[bytes, bytes]] | None, asked: str
) -> None:
    def answering(name: str) -> Any:
        async def answer(scope: Any, receive: Any, send: Any) -> None:
            await send(name)

        return answer

    async def ask() -> list[str]:
        answers: list[str] = []

        async def send(message: Any) -> None:
            answers.append(message)

        guard = HostGuard(answering("app"), ListenAddress("127.0.0.1", 9), answering("refusal"))
        scope = {"type": kind} | ({} if headers is None else {"headers": headers})
        await guard(scope, None, send)  # type: ignore[arg-type]
        return answers

    assert asyncio.run(ask()) == [asked]


def test_a_taken_address_is_told_with_the_remedy() -> None:
    with ListenAddress("127.0.0.1", 0).listen("take another") as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ListenError, match=rf"^127\.0\.0\.1:{port}: cannot listen there \(.*\); take another$"):
            ListenAddress("127.0.0.1", port).listen("take another")
        with socket.create_connection(("127.0.0.1", port)):
            pass
    ListenAddress("127.0.0.1", port).listen("take another").close()


@pytest.mark.parametrize(
    ("host", "port"),
    [
        ("127.0.0.1", 70_000),
        ("127.0.0.1", 65_536 + 8_000),  # not 8000, to which the resolver would wrap it
        ("127.0.0.1", -1),
        ("192.0.2.1", 0),  # of no machine
        ("", 0),
        ("a b", 0),
        ("a..b", 0),
        ("\ud800", 0),
        ("x" * 300, 0),
        ("::1%nowhere", 0),
    ],
)
def test_what_is_no_address_here_is_told(host: str, port: int) -> None:
    with pytest.raises(ListenError, match="cannot listen there .*; take another"):
        ListenAddress(host, port).listen("take another")
