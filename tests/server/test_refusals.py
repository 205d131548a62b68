"""A streamed request that nothing can come of is refused with a status, and whatever it held is free again."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator
from operator import itemgetter
from pathlib import Path
from typing import Any

import httpx
import openai
import pytest
from llamafactory.chat.base_engine import Response
from llamafactory.extras.constants import EngineName

from math_solver.interpreter import Interpreter
from math_solver.records import Execution, Step
from math_solver.server.application import build_app
from math_solver.server.models.loading import model_on
from math_solver.server.models.upstream import UpstreamModel
from math_solver.server.settings import Settings, Upstream
from math_solver.server.solves import final_once_run
from math_solver.server.web.errors import ApiError
from math_solver.solving.demands import TRIES
from math_solver.solving.loop import Accepted, Event, Executed

from ..streamed import says
from .conftest import LOOPBACK, Serve, Served, loaded
from .models.test_upstream import endpoint
from .test_disconnect import active, eventually, listening

CHAT, RESPONSES = "/v1/chat/completions", "/v1/responses"
TOOLS = [{"type": "code_interpreter", "container": {"type": "auto"}}]


def body(path: str, question: str = "What is 2 + 3?", **fields: Any) -> dict[str, Any]:
    asked = {"messages": [{"role": "user", "content": question}]} if path == CHAT else {"input": question}
    return {"model": "m", "stream": True} | asked | fields


def post(served: Served, *requests: tuple[str, dict[str, Any]]) -> list[httpx.Response]:
    async def run() -> list[httpx.Response]:
        async with served.http() as client:
            return [await client.post(path, json=body, timeout=60) for path, body in requests]

    return asyncio.run(run())


def check_nothing_held(served: Served) -> None:
    """No place of a solve, and no container that was made for the request."""
    assert served.app.state.containers.listing() == []

    async def health() -> Any:
        async with served.http() as client:
            return (await client.get("/health")).json()

    assert asyncio.run(health())["interpreter"]["active_solves"] == 0


@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        (ApiError("Busy.", status=429), 429),
        (ApiError("Too long.", param="messages", code="context_length_exceeded"), 400),
        (ApiError("Gone.", status=502), 502),
        (RuntimeError("engine died"), 500),
    ],
)
@pytest.mark.parametrize(
    ("path", "fields"),
    [
        (CHAT, {}),
        (CHAT, {"tools": TOOLS}),
        (CHAT, {"tools": [{"type": "code_interpreter"}], "n": 3}),
        (CHAT, {"n": 3}),
        (RESPONSES, {}),
        (RESPONSES, {"tools": TOOLS}),
    ],
)
def test_what_the_model_refuses_has_a_status(
    serve: Serve, path: str, fields: dict[str, Any], refusal: Exception, status: int
) -> None:
    served = serve(*[refusal] * 3)
    (response,) = post(served, (path, body(path, **fields)))
    assert response.status_code == status
    assert response.headers["content-type"] == "application/json"
    assert set(response.json()["error"]) == {"message", "type", "param", "code"}
    assert response.headers.get("x-should-retry") == ("false" if status >= 500 else None)
    check_nothing_held(served)


def test_one_choice_that_is_refused_refuses_all(serve: Serve) -> None:
    served = serve("fine", ApiError("Busy.", status=429), "fine")
    (response,) = post(served, (CHAT, body(CHAT, n=3)))
    assert (response.status_code, response.json()["error"]["message"]) == (429, "Busy.")
    check_nothing_held(served)


@pytest.mark.parametrize("path", [CHAT, RESPONSES])
def test_a_request_without_a_place_leaves_no_container(serve: Serve, path: str) -> None:
    served = serve(settings=Settings(max_sessions=1))
    go_on = asyncio.Event()

    async def achat(*args: Any, **kwargs: Any) -> list[Response]:
        await go_on.wait()
        return [Response("It is 5.", 1, 1, "stop")]

    async def run() -> httpx.Response:
        served.model.achat = achat  # type: ignore[method-assign]
        async with served.http() as client:
            first = asyncio.create_task(client.post(path, json=body(path)))
            while not (await client.get("/health")).json()["interpreter"]["active_solves"]:
                await asyncio.sleep(0)
            second = await client.post(path, json=body(path, tools=TOOLS))
            go_on.set()
            assert (await first).status_code == 200
            return second

    response = asyncio.run(run())
    assert (response.status_code, response.json()["error"]["code"]) == (429, "sessions_in_use")
    check_nothing_held(served)


@pytest.mark.parametrize("path", [CHAT, RESPONSES])
@pytest.mark.parametrize("container", ["cntr_none", ""])
def test_an_unknown_container_is_a_404(serve: Serve, path: str, container: str) -> None:
    tools = [{"type": "code_interpreter", "container": container}]
    (response,) = post(serve("never said"), (path, body(path, tools=tools)))
    assert (response.status_code, response.json()["error"]["code"]) == (404, "container_not_found")


@pytest.mark.parametrize("answer", [400, 401, 404, 413, 422, 429, 500, 503])
@pytest.mark.parametrize("path", [CHAT, RESPONSES])
def test_the_status_of_an_upstream_comes_before_the_stream(interpreter: Interpreter, path: str, answer: int) -> None:
    with endpoint(answer) as server:
        served = upstream(server.url, interpreter)
        (response,) = post(served, (path, body(path, tools=TOOLS)))
    assert response.status_code == (answer if answer in (400, 404, 413, 422, 429) else 502)
    assert "no room" in response.json()["error"]["message"]
    check_nothing_held(served)


def test_an_upstream_that_is_not_there_refuses_before_the_stream(interpreter: Interpreter) -> None:
    with endpoint() as server:
        url = server.url
    (response,) = post(upstream(url, interpreter), (CHAT, body(CHAT)))
    assert response.status_code == 502


def test_a_choice_that_an_upstream_refuses_refuses_all(interpreter: Interpreter) -> None:
    with endpoint(says("yes"), says("yes"), 429) as server:
        (response,) = post(upstream(server.url, interpreter), (CHAT, body(CHAT, n=3)))
    assert response.status_code == 429


def test_a_second_turn_that_is_refused_is_told_in_the_stream(serve: Serve) -> None:
    call = '<tool_call>\n{"name": "python", "arguments": {"code": "1"}}\n</tool_call>'
    served = serve(call, ApiError("Busy.", status=429))
    (response,) = post(served, (CHAT, body(CHAT, tools=TOOLS)))
    assert response.status_code == 200 and '"Busy."' in response.text and response.text.endswith("[DONE]\n\n")


RUN = '<tool_call>\n{"name": "python", "arguments": {"code": "1"}}\n</tool_call>'
UNREAD = '<tool_call>\n{"name": "python", "arguments": 1}\n</tool_call>'


@pytest.mark.parametrize("path", [CHAT, RESPONSES])
@pytest.mark.parametrize("status", [408, 409, 429, 500, 503])
@pytest.mark.parametrize("ran", [True, False])
def test_the_clients_do_not_repeat_a_program_unasked(serve: Serve, path: str, status: int, ran: bool) -> None:
    served = serve(RUN if ran else UNREAD, ApiError("Busy.", status=status))
    (response,) = post(served, (path, body(path, tools=TOOLS, stream=False)))
    assert response.status_code == status
    assert response.headers.get("x-should-retry") == ("false" if ran or status >= 500 else None)
    check_nothing_held(served)


def test_the_official_client_asks_once(serve: Serve) -> None:
    served = serve(RUN, ApiError("Busy.", status=429), RUN, "never said")

    async def run() -> None:
        async with served.openai() as client:
            with pytest.raises(openai.RateLimitError):
                again = client.with_options(max_retries=2)
                await again.chat.completions.create(**body(CHAT, stream=False), extra_body={"tools": TOOLS})

    asyncio.run(run())
    assert len(served.model.lines) == 2


def test_a_program_of_one_choice_makes_the_failure_of_another_final() -> None:
    async def choices() -> AsyncGenerator[tuple[int, Event], None]:
        yield 0, Executed(0, Step("", "1", Execution("ok")))
        yield 1, Accepted()
        raise ApiError("Busy.", status=429)

    async def run() -> None:
        async for _ in final_once_run(choices(), itemgetter(1)):
            pass

    with pytest.raises(ApiError) as failure:
        asyncio.run(run())
    assert failure.value.final


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("lines", [[ApiError("Busy.", status=429)], ["No."] * (TRIES + 1)])
def test_a_chat_that_fails_behind_a_program_leaves_no_container(
    serve: Serve, lines: list[str | Exception], stream: bool
) -> None:
    served = serve(RUN, *lines)
    fields = {"tools": TOOLS, "response_format": {"type": "json_object"}, "stream": stream}
    (response,) = post(served, (CHAT, body(CHAT, **fields)))
    assert "error" in response.text and not served.model.lines
    check_nothing_held(served)


@pytest.mark.parametrize("stream", [False, True])
def test_a_container_of_the_clients_outlives_a_failure(serve: Serve, stream: bool) -> None:
    served = serve(RUN, ApiError("Busy.", status=429))
    container = served.app.state.containers.create()
    tools = [{"type": "code_interpreter", "container": container.id}]
    (response,) = post(served, (CHAT, body(CHAT, tools=tools, stream=stream)))
    assert "Busy." in response.text
    assert served.app.state.containers.listing() == [container] and not container.busy


def test_the_headers_of_an_upstream_open_the_stream_before_its_first_token(interpreter: Interpreter) -> None:
    go_on = threading.Event()

    class Slow(list[Any]):
        def __iter__(self) -> Any:
            go_on.wait(30)
            return super().__iter__()

    with endpoint(Slow(says("Five."))) as server, listening(upstream(server.url, interpreter)) as url:
        with httpx.stream("POST", url + CHAT, json=body(CHAT), timeout=30) as response:
            assert response.status_code == 200, "and nothing has been written upstream"
            go_on.set()
            assert "Fiv" in response.read().decode()


@pytest.mark.parametrize("path", [CHAT, RESPONSES])
def test_a_client_that_leaves_before_the_headers_ends_the_solve(serve: Serve, path: str) -> None:
    served, cancelled = serve(), threading.Event()

    async def never(*args: Any, **kwargs: Any) -> Any:
        try:
            await asyncio.sleep(3600)
        except asyncio.CancelledError:
            cancelled.set()
            raise

    served.model.achat = never  # type: ignore[method-assign]
    with listening(served) as url:
        with pytest.raises(httpx.ReadTimeout):
            httpx.post(url + path, json=body(path, tools=TOOLS), timeout=0.3)
        assert cancelled.wait(10)
        assert eventually(lambda: active(url) == 0)
    assert served.app.state.containers.listing() == []


class Gate:
    """In the place of the semaphore at which requests wait for their turn."""

    def __init__(self) -> None:
        self.open = threading.Event()

    async def __aenter__(self) -> None:
        await asyncio.to_thread(self.open.wait, 60)

    async def __aexit__(self, *error: object) -> None: ...


@pytest.mark.parametrize("batch_size", [1, 2])
def test_a_prompt_beyond_the_context_is_refused_while_others_wait_for_their_turn(
    tiny_model: Path, interpreter: Interpreter, monkeypatch: pytest.MonkeyPatch, batch_size: int
) -> None:
    gate = Gate()
    with loaded(tiny_model, max_new_tokens=200) as chat_model:
        monkeypatch.setattr(chat_model.engine.model.config, "max_position_embeddings", 400)
        model: Any = model_on(chat_model, batch_size)
        app = build_app(model, Settings(batch_size=batch_size), interpreter, LOOPBACK)
        if batch_size > 1:
            monkeypatch.setattr(model._batcher, "_slots", gate)
        else:
            monkeypatch.setattr(chat_model.engine, "semaphore", gate)
        with listening(Served(app)) as url, openai.OpenAI(base_url=f"{url}/v1", api_key="none") as sdk:
            long = [httpx.post(url + path, json=body(path, "5 " * 900)) for path in (CHAT, RESPONSES)]
            long += [httpx.post(url + CHAT, json=body(CHAT, "5 " * 900, n=2))]
            begun = sdk.chat.completions.create(**body(CHAT, max_tokens=4))
            assert next(begun).choices[0].delta.role == "assistant", "though its turn has not come"
            with pytest.raises(openai.BadRequestError, match="has room for 400"):
                sdk.responses.create(**body(RESPONSES, "5 " * 900))
            gate.open.set()
            assert list(begun)[-1].choices[0].finish_reason == "length"
        asyncio.run(model.close())
    for response in long:
        assert (response.status_code, response.json()["error"]["code"]) == (400, "context_length_exceeded")


@pytest.mark.parametrize(
    ("engine", "args", "refused"),
    [
        (EngineName.VLLM, {"vllm_maxlen": 9, "vllm_config": None}, True),
        (EngineName.VLLM, {"vllm_maxlen": 11, "vllm_config": {"max_model_len": 10}}, True),
        (EngineName.VLLM, {"vllm_maxlen": 9, "vllm_config": {"max_model_len": 20}}, False),
        # vLLM reads it from the model
        (EngineName.VLLM, {"vllm_maxlen": 9, "vllm_config": {"max_model_len": -1}}, False),
        (EngineName.VLLM, {"vllm_maxlen": 11, "vllm_config": "{}"}, False),
        (EngineName.SGLANG, {"sglang_maxlen": 10}, True),
        (EngineName.SGLANG, {"sglang_maxlen": 11}, False),
    ],
)
@pytest.mark.parametrize("stream", [False, True])
def test_the_engines_that_batch_are_asked_for_no_more_than_they_have_room_for(
    serve: Serve, interpreter: Interpreter, engine: str, args: dict[str, Any], refused: bool, stream: bool
) -> None:
    served = serve("It is 5.")  # whose prompts have ten tokens
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        served.model.engine.name, served.model._loop = engine, loop
        served.model.engine.model_args = type("ModelArguments", (), args)()
        served = Served(build_app(model_on(served.model), Settings(), interpreter, LOOPBACK), served.model)
        (response,) = post(served, (CHAT, body(CHAT, stream=stream)))
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
    assert response.status_code == (400 if refused else 200)
    assert len(served.model.lines) == (1 if refused else 0), "a refused prompt is not generated from"


def upstream(url: str, interpreter: Interpreter) -> Served:
    model = UpstreamModel(Upstream(base_url=url, model="big"), {})
    return Served(build_app(model, Settings(), interpreter, LOOPBACK))
