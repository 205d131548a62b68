"""Who may talk to the server, and how it says no."""

from __future__ import annotations

import asyncio
import socket
from typing import Any

import httpx
import pytest

from math_solver.interpreter import Interpreter
from math_solver.server.address import Address, read_address
from math_solver.server.settings import Settings
from math_solver.server.web.errors import StartupError

from ..conftest import Serve, Served

BODY = '{"model": "m", "messages": [{"role": "user", "content": "hi"}]}'
JSON = {"Content-Type": "application/json"}


def request(
    served: Served, method: str, path: str, base_url: str = "http://127.0.0.1", **options: Any
) -> httpx.Response:
    async def send() -> httpx.Response:
        async with served.http(base_url) as client:
            return await client.request(method, path, **options)

    return asyncio.run(send())


def test_health_needs_no_key(serve: Serve, interpreter: Interpreter) -> None:
    served = serve(address=Address("127.0.0.1", 8000, "secret"))
    assert request(served, "GET", "/health").json() == {
        "status": "ok",
        "interpreter": {"tier": interpreter.tier, "active_solves": 0},
    }


@pytest.mark.parametrize(
    ("method", "path", "options", "status"),
    [
        ("GET", "/nowhere", {}, 404),
        ("GET", "/v1/chat/completions", {}, 405),
        ("POST", "/v1/score/evaluation", {"content": "{}", "headers": JSON}, 400),
        ("POST", "/v1/chat/completions", {"content": "{", "headers": JSON}, 400),
        ("POST", "/v1/chat/completions", {"content": b"\xff", "headers": JSON}, 400),
        ("POST", "/v1/chat/completions", {"content": "[]", "headers": JSON}, 400),
        # what a page of another origin may send without asking
        ("POST", "/v1/chat/completions", {"content": BODY, "headers": {"Content-Type": "text/plain"}}, 415),
        ("POST", "/v1/chat/completions", {"content": BODY}, 415),
    ],
)
def test_every_refusal_is_an_openai_error(
    serve: Serve, method: str, path: str, options: dict[str, Any], status: int
) -> None:
    response = request(serve("hi"), method, path, **options)
    assert response.status_code == status
    assert set(response.json()["error"]) == {"message", "type", "param", "code"}


@pytest.mark.parametrize(
    ("base_url", "status"),
    [
        ("http://127.0.0.1:8000", 200),
        ("http://localhost", 200),
        ("http://[::1]:8000", 200),
        # a name of someone else's that resolves to loopback
        ("http://rebound.example:8000", 403),
        ("http://127.0.0.1.rebound.example", 403),
    ],
)
def test_without_a_key_only_local_names_are_answered(serve: Serve, base_url: str, status: int) -> None:
    assert (
        request(serve("hi"), "POST", "/v1/chat/completions", base_url, content=BODY, headers=JSON).status_code
        == status
    )


def test_the_address_that_it_listens_on_is_a_local_name(serve: Serve) -> None:
    served = serve("hi", address=Address("127.0.0.2", 8000, None))
    for name, status in (("127.0.0.2:8000", 200), ("127.0.0.3:8000", 403)):
        assert request(served, "GET", "/health", f"http://{name}").status_code == status


def test_a_place_that_is_taken_is_told_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(StartupError, match=f"^127.0.0.1:{port}: cannot listen there .*API_PORT"):
            Address("127.0.0.1", port, None).check_free()
    Address("127.0.0.1", port, None).check_free()


@pytest.mark.parametrize(
    ("host", "url"),
    [("127.0.0.1", "http://localhost:9"), ("127.0.0.2", "http://127.0.0.2:9"), ("::2", "http://[::2]:9")],
)
def test_where_a_browser_finds_it(host: str, url: str) -> None:
    assert Address(host, 9, None).url == url


def test_with_a_key_any_name_is_answered(serve: Serve) -> None:
    served = serve("hi", address=Address("0.0.0.0", 8000, "secret"))
    headers = JSON | {"Authorization": "Bearer secret"}
    response = request(served, "POST", "/v1/chat/completions", "http://math.example", content=BODY, headers=headers)
    assert response.status_code == 200


@pytest.mark.parametrize(("origins", "allowed"), [((), None), (("http://localhost:3000",), "http://localhost:3000")])
def test_pages_of_other_origins_are_kept_out(serve: Serve, origins: tuple[str, ...], allowed: str | None) -> None:
    served = serve("hi", settings=Settings(cors_origins=origins))
    for origin, expected in (("http://localhost:3000", allowed), ("http://evil.example", None)):
        headers = {"Origin": origin, "Access-Control-Request-Method": "POST"}
        response = request(served, "OPTIONS", "/v1/chat/completions", headers=headers)
        assert response.headers.get("access-control-allow-origin") == expected
        assert "access-control-allow-credentials" not in response.headers


def test_pages_of_allowed_origins_can_read_refusals(serve: Serve) -> None:
    origin = "http://localhost:3000"
    served = serve(settings=Settings(cors_origins=(origin,), requests_per_minute=1, max_body_mb=0.01))
    headers = JSON | {"Origin": origin}
    large = request(served, "POST", "/v1/chat/completions", content=b" " * 20_000, headers=headers)
    often = request(served, "POST", "/v1/chat/completions", content=BODY, headers=headers)
    strange = request(served, "GET", "/health", "http://math.example", headers=headers)
    for response, status in ((large, 413), (often, 429), (strange, 403)):
        assert response.status_code == status
        assert response.headers["access-control-allow-origin"] == origin


@pytest.mark.parametrize(
    ("environ", "address"),
    [
        ({}, Address("127.0.0.1", 8000, None)),
        ({"API_HOST": "localhost", "API_PORT": "9"}, Address("localhost", 9, None)),
        ({"API_HOST": "::1", "API_KEY": ""}, Address("::1", 8000, None)),
        ({"API_HOST": "127.1.2.3"}, Address("127.1.2.3", 8000, None)),
        ({"API_HOST": "[::1]"}, Address("::1", 8000, None)),  # as URLs write it
        ({"API_HOST": "[::]", "API_KEY": "k"}, Address("::", 8000, "k")),
        ({"API_HOST": "", "API_PORT": ""}, Address("127.0.0.1", 8000, None)),  # as compose files leave it out
        ({"API_HOST": "0.0.0.0", "API_KEY": "k"}, Address("0.0.0.0", 8000, "k")),
    ],
)
def test_addresses(environ: dict[str, str], address: Address) -> None:
    assert read_address(environ) == address


@pytest.mark.parametrize(
    ("environ", "remedy"),
    [
        ({"API_HOST": "127.0.0.1:8000"}, "^API_HOST: '127.0.0.1:8000' is no host .*; the port goes into API_PORT"),
        ({"API_HOST": "http://localhost"}, "is no host name"),
        ({"API_HOST": "0.0.0.0"}, "set API_KEY"),
        ({"API_HOST": "[::]"}, "set API_KEY"),
        ({"API_HOST": "::", "API_KEY": ""}, "set API_KEY"),
        ({"API_HOST": "gpu-box"}, "set API_KEY"),
        ({"API_PORT": "http"}, "1 to 65535"),
        ({"API_PORT": "0"}, "1 to 65535"),
    ],
)
def test_addresses_that_are_refused(environ: dict[str, str], remedy: str) -> None:
    with pytest.raises(StartupError, match=remedy):
        read_address(environ)
