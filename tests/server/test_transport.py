"""What clients offer beside HTTP/1.1: an upgrade to HTTP/2 is left unused, and the body arrives all the same."""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import threading
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
import uvicorn

from math_solver.address import ListenAddress
from math_solver.commands.api_process import free_port
from math_solver.server.address import read_address
from math_solver.server.web.http import MOST_HEAD, Http1Protocol

from .conftest import Serve
from .test_disconnect import listening

PATH = "/v1/chat/completions"
BODY = json.dumps({"model": "m", "messages": [{"role": "user", "content": "What is 2 + 3? " + "Please. " * 3000}]})
# As curl's --http2 sends it, Java's HttpClient, and one that names it among other protocols.
OFFERS = [
    "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA\r\n",
    "Connection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQB\r\nUpgrade:h2c\r\n",
    "connection: keep-alive, upgrade\r\nupgrade: H2C, IRC/6.9\r\n",
]
HANDSHAKE = (
    "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
    "Sec-WebSocket-Version: 13\r\n"
)


def head(method: str, path: str, *lines: str) -> bytes:
    return f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{''.join(lines)}\r\n".encode()


def receive(client: socket.socket) -> tuple[int, bytes]:
    """The status and the body of one response, which says how long it is."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += client.recv(65_536) or pytest.fail(f"the connection ended: {data!r}")
    before, _, body = data.partition(b"\r\n\r\n")
    length = int(re.search(rb"content-length: (\d+)", before, re.IGNORECASE)[1])  # type: ignore[index]
    while len(body) < length:
        body += client.recv(65_536) or pytest.fail("the body is cut")
    return int(before.split()[1]), body


def connect(url: str) -> socket.socket:
    return socket.create_connection((urlsplit(url).hostname, urlsplit(url).port), timeout=20)  # type: ignore[arg-type]


@pytest.mark.parametrize("offer", OFFERS)
@pytest.mark.parametrize("chunked", [False, True])
def test_an_offer_of_http_2_is_answered_as_http_1_1(serve: Serve, offer: str, chunked: bool) -> None:
    served = serve("It is 5.", "It is 6.")
    body, typed = BODY.encode(), "Content-Type: application/json\r\n"
    length = "Transfer-Encoding: chunked\r\n" if chunked else f"Content-Length: {len(body)}\r\n"
    pieces = [body[:9], body[9:]]
    sent = b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in [*pieces, b""]) if chunked else body
    with listening(served) as url, connect(url) as client:
        for said in ("It is 5.", "It is 6."):  # on one connection
            client.sendall(head("POST", PATH, typed, offer, length))
            client.sendall(sent)
            status, answer = receive(client)
            assert (status, json.loads(answer)["choices"][0]["message"]["content"]) == (200, said)
    assert [len(call["messages"][0]["content"]) for call in served.model.calls] == [15 + 8 * 3000] * 2


@pytest.mark.parametrize("size", [1, 7, 60])
def test_a_head_may_come_in_pieces(serve: Serve, size: int) -> None:
    """And behind an empty line, which clients have left after a body."""
    body = json.dumps({"model": "m", "messages": [{"role": "user", "content": "Upgrade: h2c\r\n\r\nhi"}]})
    lines = ("Content-Type: application/json\r\n", OFFERS[0], f"Content-Length: {len(body)}\r\n")
    sent = b"\r\n" + head("POST", PATH, *lines) + body.encode()
    served = serve("It is 5.", "It is 5.")
    with listening(served) as url, connect(url) as client:
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for _ in range(2):
            for at in range(0, len(sent), size):
                client.sendall(sent[at : at + size])
            assert receive(client)[0] == 200
    assert {call["messages"][0]["content"] for call in served.model.calls} == {"Upgrade: h2c\r\n\r\nhi"}


def test_pipelined_requests_are_answered_in_order(serve: Serve) -> None:
    with listening(serve()) as url, connect(url) as client:
        client.sendall(head("GET", "/health", OFFERS[0]) + head("GET", "/v1/models"))
        data = b""
        while b"math-solver-python" not in data:
            data += client.recv(65_536) or pytest.fail(f"the connection ended: {data!r}")
    assert data.index(b"active_solves") < data.index(b"math-solver-python")


def test_a_head_without_an_end_is_not_waited_for_for_ever(serve: Serve) -> None:
    with listening(serve("It is 5.")) as url, connect(url) as client:
        client.sendall(head("GET", "/health", f"X: {'x' * MOST_HEAD}\r\n"))
        assert receive(client)[0] == 200


def test_a_get_with_an_offer(serve: Serve) -> None:
    with listening(serve()) as url, connect(url) as client:
        client.sendall(head("GET", "/v1/models", OFFERS[0]))
        assert receive(client)[0] == 200


@pytest.mark.parametrize("path", ["/", PATH])
def test_a_websocket_is_refused_as_by_the_other_parser(serve: Serve, path: str) -> None:
    answers = []
    for http in (Http1Protocol, "httptools"):
        with listening(serve(), http) as url, connect(url) as client:
            client.sendall(head("GET", path, HANDSHAKE))
            answers.append(client.recv(65_536).split(b"\r\n")[0])
    assert answers[0] == answers[1] and not answers[0].startswith(b"HTTP/1.1 101")


def test_http_2_without_asking_is_no_failure(serve: Serve, capsys: pytest.CaptureFixture[str]) -> None:
    with listening(serve("It is 5.")) as url:
        with connect(url) as client:
            client.sendall(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00")
            assert client.recv(65_536)[:12] in (b"HTTP/1.1 400", b"HTTP/1.1 403", b"")
        with connect(url) as client:
            client.sendall(head("GET", "/health"))
            assert receive(client)[0] == 200
    assert "Traceback" not in capsys.readouterr().err


def has_http_2() -> bool:
    curl = shutil.which("curl")
    return curl is not None and "HTTP2" in subprocess.run([curl, "-V"], capture_output=True, text=True).stdout


@pytest.mark.skipif(not has_http_2(), reason="there is no curl that speaks HTTP/2")
@pytest.mark.parametrize("stream", [False, True])
def test_curl_that_prefers_http_2(serve: Serve, stream: bool) -> None:
    body: Any = {"messages": [{"role": "user", "content": "What is 2 + 3?"}], "model": "m", "stream": stream}
    with listening(serve("It is 5.")) as url:
        command = ["curl", "-sS", "--http2", "--max-time", "20", "-H", "Content-Type: application/json"]
        ran = subprocess.run([*command, "-d", json.dumps(body), url + PATH], capture_output=True, text=True)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ("It is 5." in ran.stdout) if not stream else ran.stdout.endswith("data: [DONE]\n\n")


def has_ipv6() -> bool:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


@pytest.mark.skipif(not has_ipv6(), reason="this machine has no IPv6 loopback")
def test_a_server_on_the_loopback_of_ipv6(serve: Serve) -> None:
    """As its printed address and as containers name it; under a name of others it is closed."""
    address = read_address({"API_HOST": "[::1]", "API_PORT": str(free_port())})
    with socket.create_server((address.host, 0), family=socket.AF_INET6) as listener:
        port = listener.getsockname()[1]
        config = uvicorn.Config(
            serve("It is 5.", address=address).app, http=Http1Protocol, lifespan="off", log_level="error"
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            url = ListenAddress(address.host, port).url
            names = [url.removeprefix("http://"), "host.docker.internal", f"localhost:{port}", "rebound.example"]
            statuses = [httpx.get(f"{url}/v1/models", headers={"Host": name}).status_code for name in names]
        finally:
            server.should_exit = True
            thread.join()
    assert url == f"http://[::1]:{port}"
    assert statuses == [200, 200, 200, 403]
