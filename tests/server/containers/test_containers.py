"""Containers across requests: whose variables live on, for how long, and what is told when they are lost."""

from __future__ import annotations

import asyncio
import json
import os
import signal
from typing import Any

import httpx
import openai
import pytest

from math_solver.interpreter import Interpreter
from math_solver.protocol import render_call
from math_solver.server.containers.containers import Containers
from math_solver.server.settings import Settings
from math_solver.server.web.errors import ApiError

from ..conftest import Serve, Served
from ..responses.test_responses import OUTPUTS, post, send, texts, using
from ..test_disconnect import eventually, listening

KEEP, USE = render_call("", "kept = 7"), render_call("", "kept")


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def tools(container: Any) -> Any:
    return [{"type": "code_interpreter", "container": container}]


def call_of(response: Any) -> Any:
    """The first call of a response as JSON."""
    return next(item for item in response.json()["output"] if item["type"] == "code_interpreter_call")


def keep(served: Served, **fields: Any) -> Any:
    """A response in whose container ``kept`` is 7."""
    return post(served, include=OUTPUTS, **fields).json()


def go_on(served: Served, response: Any, **fields: Any) -> Any:
    """The call by which the next response looks ``kept`` up."""
    return call_of(post(served, include=OUTPUTS, previous_response_id=response["id"], **fields))


def container_of(response: Any) -> str:
    container: str = response["output"][0]["container_id"]
    return container


def test_the_clients_own_calls_for_containers(serve: Serve) -> None:
    served = serve(KEEP, "Kept.", USE, "7.")

    async def work(client: openai.AsyncOpenAI) -> Any:
        made = await client.containers.create(name="mine", expires_after={"anchor": "last_active_at", "minutes": 5})
        other = await client.containers.create(name="other")
        found = await client.containers.retrieve(made.id)
        listed = [c.id async for c in client.containers.list()]
        named = [c.id async for c in client.containers.list(name="mine")]
        for _ in range(2):
            used = await client.responses.create(model="m", input="?", tools=tools(made.id), include=OUTPUTS)
        await client.containers.delete(made.id)
        with pytest.raises(openai.NotFoundError):
            await client.containers.retrieve(made.id)
        with pytest.raises(openai.NotFoundError):
            await client.responses.create(model="m", input="?", tools=tools(made.id))
        return made, other, found, listed, named, used

    made, other, found, listed, named, used = using(served, work)
    assert (made.name, made.status, made.expires_after.minutes) == ("mine", "running", 5)
    assert (found, listed, named) == (
        type(found).model_validate(made.model_dump()),
        [other.id, made.id],
        [made.id],
    )
    assert used.output[0].outputs[0].logs == "7"


@pytest.mark.parametrize(
    ("body", "param"),
    [
        ({"file_ids": ["f"]}, "file_ids"),
        ({"memory_limit": "4g"}, "memory_limit"),
        ({"name": 1}, "name"),
        ({"expires_after": {"anchor": "created_at", "minutes": 1}}, "expires_after.anchor"),
        ({"expires_after": {"anchor": "last_active_at", "minutes": 100_000}}, "minutes"),
    ],
)
def test_what_a_container_cannot_have_is_refused(serve: Serve, body: Any, param: str) -> None:
    response = send(serve(), "POST", "/v1/containers", body)
    assert (response.status_code, response.json()["error"]["param"]) == (400, param)


@pytest.mark.parametrize("limit", ["0", "101", "-1", "x", "", "9" * 5000])
def test_a_page_has_its_bounds(serve: Serve, limit: str) -> None:
    response = send(serve(), "GET", f"/v1/containers?limit={limit}")
    assert (response.status_code, response.json()["error"]["param"]) == (400, "limit")


def test_a_response_that_ran_nothing_leaves_no_container(serve: Serve) -> None:
    served = serve("Easy.", KEEP, "Kept.")
    post(served)
    assert send(served, "GET", "/v1/containers").json()["data"] == []
    used = container_of(keep(served))
    assert [c["id"] for c in send(served, "GET", "/v1/containers").json()["data"]] == [used]


def test_a_container_serves_one_request_at_a_time(serve: Serve) -> None:
    served = serve(KEEP, "Kept.", "unused")
    first = keep(served)
    gate = asyncio.Event()
    scripted = served.model.achat

    async def wait_then_say(*args: Any, **kwargs: Any) -> Any:
        await gate.wait()
        return await scripted(*args, **kwargs)

    served.model.achat = wait_then_say  # type: ignore[method-assign]

    async def crowd() -> list[Any]:
        body = {"model": "m", "input": "?", "tools": tools(container_of(first))}
        following = body | {"tools": tools({"type": "auto"}), "previous_response_id": first["id"]}
        async with served.http() as client:
            running = asyncio.ensure_future(client.post("/v1/responses", json=body))
            while not served.app.state.containers.find(container_of(first)).busy and not running.done():
                await asyncio.sleep(0.01)
            assert not running.done()
            path = f"/v1/containers/{container_of(first)}"
            refused = [
                await client.post("/v1/responses", json=body),
                await client.post("/v1/responses", json=body | {"stream": True}),
                await client.post("/v1/responses", json=following),
                await client.delete(path),
            ]
            gate.set()
            return [await running, *refused]

    done, *refused = asyncio.run(crowd())
    assert done.status_code == 200
    assert [(r.status_code, r.json()["error"]["code"]) for r in refused] == [(409, "container_in_use")] * 4


def test_one_container_too_many_ends_the_longest_idle(serve: Serve) -> None:
    served = serve(*[KEEP, "Kept."] * 3, USE, "7.", settings=Settings(max_containers=2))
    first, second, third = (keep(served) for _ in range(3))
    listed = [c["id"] for c in send(served, "GET", "/v1/containers").json()["data"]]
    assert listed == [container_of(third), container_of(second)]
    assert post(served, tools=tools(container_of(first))).status_code == 404
    assert go_on(served, second)["outputs"][0]["logs"] == "7"


def test_an_expired_container_is_told_to_model_and_client(serve: Serve) -> None:
    served = serve(KEEP, "Kept.", USE, USE, "Gone.")
    clock = Clock()
    served.app.state.containers._clock = clock
    first = keep(served)
    clock.now += Settings().session_idle + 1
    gone = go_on(served, first)
    assert gone["status"] == "failed"
    assert gone["outputs"][0]["logs"].startswith("SessionLost: the container of the previous response has expired")
    assert gone["container_id"] != container_of(first)
    assert texts(served)[3][-1] == gone["outputs"][0]["logs"]
    assert "NameError" in texts(served)[4][-1]  # it was told once
    assert post(served, tools=tools(container_of(first))).status_code == 404


def test_a_killed_session_is_told_to_model_and_client(serve: Serve, interpreter: Interpreter) -> None:
    served = serve(render_call("", "import os; kept = 7; os.getpid()"), "Kept.", USE, USE, "Gone.")
    first = keep(served)
    (session,) = [name for name in interpreter.sessions if name.startswith(container_of(first))]
    child: Any = interpreter._sessions._live[session].child
    os.kill(child.pid(), signal.SIGKILL)
    assert eventually(lambda: child.dead())
    gone = go_on(served, first)
    assert (gone["status"], gone["outputs"][0]["logs"][:12]) == ("failed", "SessionLost:")
    assert gone["container_id"] == container_of(first)


@pytest.mark.parametrize("stream", [False, True])
def test_leaving_during_a_program_is_told_to_the_next_request(serve: Serve, stream: bool) -> None:
    served = serve(KEEP, "Kept.", render_call("", "while True: pass"), USE, "Gone.")
    first = keep(served)
    with listening(served) as url:
        leave(served, url, 2, stream=stream, previous_response_id=first["id"])
        assert eventually(lambda: not served.app.state.containers.find(container_of(first)).busy)
    gone = go_on(served, first)
    assert gone["outputs"][0]["logs"].startswith("SessionLost: its last program was stopped when the client left")


@pytest.mark.parametrize("stream", [False, True])
def test_leaving_ends_a_container_that_nobody_knows(serve: Serve, interpreter: Interpreter, stream: bool) -> None:
    served = serve(render_call("", "while True: pass"))
    before = set(interpreter.sessions)
    with listening(served) as url:
        leave(served, url, 0, stream=stream)
        assert eventually(lambda: not served.app.state.containers._live)
    assert eventually(lambda: set(interpreter.sessions) <= before)


def leave(served: Served, url: str, left: int, **fields: Any) -> None:
    """Ask, and go as soon as the model has said all but ``left`` lines: its last program then runs."""

    async def go() -> None:
        async with httpx.AsyncClient(timeout=60) as client:
            body = {"model": "m", "input": "?", "tools": tools({"type": "auto"})} | fields
            asking = asyncio.ensure_future(client.post(f"{url}/v1/responses", json=body))
            while len(served.model.lines) > left and not asking.done():
                await asyncio.sleep(0.01)
            await asyncio.sleep(0.5)  # what the model said has yet to begin
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)

    asyncio.run(go())


def chat(served: Served, **fields: Any) -> Any:
    """The field ``code_interpreter`` of a chat completion, streamed or not."""
    body = {"model": "m", "messages": [{"role": "user", "content": "?"}]} | fields
    response = send(served, "POST", "/v1/chat/completions", body)
    assert response.status_code == 200, response.text
    if not fields.get("stream"):
        return response.json()["choices"][0]["message"]["code_interpreter"]
    chunks = [json.loads(line[6:]) for line in response.text.splitlines() if line.startswith("data: {")]
    parts = [chunk["choices"][0]["delta"].get("code_interpreter", {}) for chunk in chunks]
    return {"executions": [run for part in parts for run in part.get("executions", [])]} | parts[-1]


@pytest.mark.parametrize("stream", [False, True])
def test_a_chat_goes_on_in_the_container_that_it_asks_for(serve: Serve, stream: bool) -> None:
    served = serve(KEEP, "Kept.", USE, "7.", USE, "7.")
    first = chat(served, tools=tools({"type": "auto"}), stream=stream)
    second = chat(served, tools=tools(first["container_id"]), stream=stream)
    assert second["executions"][0]["output"] == "7"
    assert second["container_id"] == first["container_id"]
    # one container for both endpoints
    assert call_of(post(served, tools=tools(first["container_id"]), include=OUTPUTS))["outputs"][0]["logs"] == "7"


def test_a_chat_that_asks_for_no_container_has_none(serve: Serve) -> None:
    served = serve(KEEP, "Kept.", "Easy.")
    assert "container_id" not in chat(served, tools=[{"type": "code_interpreter"}])
    assert "container_id" not in chat(served, tools=tools({"type": "auto"}))  # nothing ran
    assert send(served, "GET", "/v1/containers").json()["data"] == []


@pytest.mark.parametrize(
    ("fields", "status", "param"),
    [
        ({"tools": tools("cntr_0")}, 404, "tools[0].container"),
        ({"tools": tools({"type": "auto", "file_ids": ["f"]})}, 400, "tools[0].container.file_ids"),
        ({"tools": tools(1)}, 400, "tools[0].container"),
        ({"tools": tools({"type": "auto"}), "n": 2}, 400, "n"),
    ],
)
@pytest.mark.parametrize("stream", [False, True])
def test_a_container_that_a_chat_cannot_have(serve: Serve, fields: Any, status: int, param: str, stream: bool) -> None:
    body = {"model": "m", "messages": [{"role": "user", "content": "?"}], "stream": stream}
    response = send(serve(), "POST", "/v1/chat/completions", body | fields)
    assert (response.status_code, response.json()["error"]["param"]) == (status, param)


def test_a_container_that_ends_while_a_request_comes_to_it_says_so(interpreter: Interpreter) -> None:
    async def work() -> list[str]:
        containers = Containers(interpreter, 60, 1)
        place = containers.place(None, "tools")
        outputs = []
        for program in ("kept = 7", "kept", "kept = 8; kept"):
            with containers.at(place) as run:
                assert run is not None
                outputs.append((await run(program)).observation)
            if program == "kept = 7":
                containers.create()  # which needs its place
                assert containers.living(place.container.id) is None
        containers.delete(place.container)
        return outputs

    first, told, fresh = asyncio.run(work())
    assert (first, fresh) == ("(no output)", "8")
    assert told.startswith("SessionLost: the container was deleted")


def test_a_deleted_container_stays_deleted(interpreter: Interpreter) -> None:
    async def work() -> None:
        containers = Containers(interpreter, 60, 10)
        place = containers.place(containers.create().id, "tools")
        containers.delete(place.container)
        with pytest.raises(ApiError) as refusal, containers.at(place):
            pass
        assert refusal.value.status == 404
        assert containers.listing() == []

    asyncio.run(work())


def test_ids_cannot_be_guessed_and_clocks_can_be_set(interpreter: Interpreter) -> None:
    clock = Clock()

    async def work() -> None:
        containers = Containers(interpreter, 60, 10, clock)
        short, long = containers.create("short", idle_seconds=5), containers.create("long")
        assert len(short.id.removeprefix("cntr_")) == 48
        clock.now += 6
        assert [c.name for c in containers.listing()] == ["long"]
        with containers.hold(long):
            clock.now += 100
            assert containers.find(long.id) is long  # in use: not idle
        assert long.last_active_at == clock.now
        clock.now += 61
        with pytest.raises(ApiError):
            containers.find(long.id)

    asyncio.run(work())
