"""A server that cannot run programs: an honest status, in its answers and in /health."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from math_solver.interpreter import Execution, Interpreter, OutOfResources
from math_solver.protocol import render_call
from math_solver.server.launch import connections_within
from math_solver.server.settings import Settings
from math_solver.server.web.errors import StartupError

from .chat.test_chat import post
from .conftest import Serve

WHY = "a child could not be started: Too many open files; raise that (ulimit -n)"
BODY: dict[str, Any] = {
    "model": "m",
    "messages": [{"role": "user", "content": "hi"}],
    "tools": [{"type": "code_interpreter"}],
}


class Exhausted(Interpreter):
    """An interpreter of a machine that has nothing left."""

    obstacle = WHY  # type: ignore[assignment]
    tier = "strong"  # type: ignore[assignment]

    async def arun(self, *args: Any, **kwargs: Any) -> Execution:
        raise OutOfResources(WHY)

    def folder(self, *args: Any, **kwargs: Any) -> Any:
        raise OutOfResources(WHY)


@pytest.fixture
def exhausted() -> Serve:
    return Serve(Exhausted())


def send(serve: Serve, method: str, path: str, **how: Any) -> httpx.Response:
    async def ask() -> httpx.Response:
        async with serve().http() as client:
            return await client.request(method, path, **how)

    return asyncio.run(ask())


def test_health_is_not_ok(exhausted: Serve, serve: Serve) -> None:
    response = send(exhausted, "GET", "/health")
    assert response.status_code == 503
    assert response.json() == {
        "status": "unavailable",
        "interpreter": {"tier": "strong", "active_solves": 0, "obstacle": WHY},
    }
    assert send(serve, "GET", "/health").status_code == 200


def test_a_program_that_cannot_be_run_is_503(exhausted: Serve, capsys: pytest.CaptureFixture[str]) -> None:
    response = post(exhausted(render_call("", "1")), BODY)
    assert response.status_code == 503
    assert response.headers["x-should-retry"] == "false"
    assert response.json()["error"] == {
        "message": f"The server cannot do this now: {WHY}.",
        "type": "server_error",
        "param": None,
        "code": "server_unavailable",
    }
    assert capsys.readouterr().err == ""


def test_a_stream_says_so(exhausted: Serve) -> None:
    response = post(exhausted(render_call("Let me see.", "1")), {**BODY, "stream": True})
    assert response.status_code == 200
    assert f'"message": "The server cannot do this now: {WHY}."' in response.text
    assert response.text.endswith("data: [DONE]\n\n")


def test_a_folder_that_cannot_be_opened_is_503(exhausted: Serve) -> None:
    async def upload() -> httpx.Response:
        async with exhausted().http() as client:
            container = (await client.post("/v1/containers", json={"name": "c"})).json()["id"]
            return await client.post(f"/v1/containers/{container}/files", files={"file": ("a.txt", b"1")})

    assert asyncio.run(upload()).status_code == 503


@pytest.mark.parametrize(
    ("descriptors", "most", "waiting"),
    [
        # as many as there usually are
        (1 << 20, 1000, 2048),
        # fewer than the queue of connections wants
        (4096, 1000, 789),
        # fewer than the connections themselves
        (1024, 104, 64),
    ],
)
def test_connections_leave_descriptors_to_sessions(descriptors: int, most: int, waiting: int) -> None:
    settings = Settings(concurrency=2)
    assert connections_within(descriptors, settings) == (most, waiting)


def test_too_few_descriptors_are_told_before_the_start() -> None:
    with pytest.raises(StartupError, match=r"may open 256 files here, .* raise the limit \(ulimit -n\), or lower"):
        connections_within(256, Settings(concurrency=2))
    assert connections_within(1024, Settings(concurrency=2, max_sessions=8, max_containers=8))[0] > 500
