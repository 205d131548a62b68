"""``POST /v1/chat/completions``: solves with the interpreter, the stock functions without."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Coroutine
from contextlib import aclosing
from typing import Any, TypeVar

from fastapi import APIRouter, Request
from sse_starlette import EventSourceResponse
from starlette.responses import Response

from ..solving import Finished
from .chat_request import TOOL_TYPE, SolveRequest, parse_solve_request, wants_interpreter
from .errors import ApiError, error_body
from .rendering import ChatRendering
from .solves import Solves
from .stock import answer_plainly

__all__ = ["CHAT_PATH", "chat_router"]

CHAT_PATH = "/v1/chat/completions"
CLIENT_CLOSED = 499
T = TypeVar("T")
logger = logging.getLogger(__name__)


def chat_router(chat_model: Any, solves: Solves, default_on: bool) -> APIRouter:
    """The chat route; it parses the body itself, because the stock model drops what it does not know."""
    router = APIRouter()

    @router.post(CHAT_PATH)
    async def create_chat_completion(request: Request) -> Response:
        if not chat_model.engine.can_generate:
            raise ApiError("This model does not generate text.", status=405)
        body = await _read_body(request)
        if not wants_interpreter(body, default_on):
            return await answer_plainly(_without_interpreter(body), chat_model)
        wanted = parse_solve_request(body)
        solves.check_room()
        if wanted.stream:
            stream: Response = EventSourceResponse(_stream(wanted, solves), sep="\n")
            return stream
        completion = await _unless_disconnected(request, _complete(wanted, solves))
        return Response(_dump(completion), media_type="application/json")

    return router


async def _read_body(request: Request) -> dict[str, Any]:
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        # Browsers send other types across origins without asking first.
        raise ApiError("Send the body as application/json.", status=415)
    try:
        body = json.loads(await request.body())
    except (ValueError, RecursionError) as error:
        raise ApiError(f"The body is not JSON: {error}.") from error
    if not isinstance(body, dict):
        raise ApiError("The body must be a JSON object.")
    return body


def _without_interpreter(body: dict[str, Any]) -> dict[str, Any]:
    """The body of a request that turned the interpreter off, without the tool that the stock server chokes on."""
    tools = body.get("tools")
    if not isinstance(tools, list):
        return body
    return body | {"tools": [t for t in tools if not (isinstance(t, dict) and t.get("type") == TOOL_TYPE)] or None}


async def _complete(wanted: SolveRequest, solves: Solves) -> dict[str, Any]:
    rendering = ChatRendering(wanted.model)
    async with aclosing(solves.events(wanted)) as events:
        async for event in events:
            rendering.add(event)
            if isinstance(event, Finished):
                return rendering.completion(event.solution)
    raise AssertionError("a solve ends in Finished")


async def _stream(wanted: SolveRequest, solves: Solves) -> AsyncIterator[str]:
    rendering = ChatRendering(wanted.model)
    yield _dump(rendering.first_chunk())
    try:
        async with aclosing(solves.events(wanted)) as events:
            async for event in events:
                chunk = rendering.chunk(event)
                if chunk is not None:
                    yield _dump(chunk)
                if isinstance(event, Finished) and wanted.include_usage:
                    yield _dump(rendering.usage_chunk(event.solution.usage))
    except ApiError as error:
        yield _dump(error.body)
    except Exception as error:
        # The headers are sent: what would be a 500 becomes the error that the SDK looks for in a chunk.
        logger.exception("a streamed solve failed")
        yield _dump(error_body(500, f"The server failed: {type(error).__name__}."))
    yield "[DONE]"


def _dump(value: dict[str, Any]) -> str:
    """JSON that UTF-8 can carry, even where a model or a program wrote half a surrogate pair."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8")


async def _unless_disconnected(request: Request, work: Coroutine[Any, Any, T]) -> T:
    """The result of ``work``, which is cancelled when the client leaves."""
    task = asyncio.ensure_future(work)
    watcher = asyncio.ensure_future(_disconnection(request))
    try:
        await asyncio.wait({task, watcher}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            return task.result()
        raise ApiError("The client closed the request.", status=CLIENT_CLOSED)
    finally:
        task.cancel()
        watcher.cancel()
        await asyncio.gather(task, watcher, return_exceptions=True)


async def _disconnection(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
