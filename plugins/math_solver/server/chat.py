"""``POST /v1/chat/completions``: solves with the interpreter, plain answers without."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request
from sse_starlette import EventSourceResponse
from starlette.responses import Response

from .chat_request import SolveRequest, parse_request, wants_interpreter
from .engine import check_engine
from .errors import ApiError, error_body
from .exchange import dump, json_response, read_body, unless_disconnected
from .interleaving import interleave
from .messages import has_media
from .rendering import ChatRendering, Choice
from .solves import Solves
from .stock import answer_plainly
from .upstream import UpstreamModel

__all__ = ["CHAT_PATH", "chat_router"]

CHAT_PATH = "/v1/chat/completions"
logger = logging.getLogger(__name__)


def chat_router(chat_model: Any, solves: Solves, default_on: bool) -> APIRouter:
    """The chat route; it parses the body itself, because the stock model drops what it does not know."""
    router = APIRouter()

    @router.post(CHAT_PATH)
    async def create_chat_completion(request: Request) -> Response:
        if not chat_model.engine.can_generate:
            raise ApiError("This model does not generate text.", status=405)
        body = await read_body(request)
        local = not isinstance(chat_model, UpstreamModel)
        if local and has_media(body.get("messages")) and not wants_interpreter(body, default_on):
            return await answer_plainly(body, chat_model)
        wanted = parse_request(body, default_on)
        check_engine(chat_model, wanted)
        solves.check_room(wanted.n)
        if wanted.stream:
            stream: Response = EventSourceResponse(_stream(wanted, solves), sep="\n")
            return stream
        return json_response(await unless_disconnected(request, _complete(wanted, solves)))

    return router


def _choices(wanted: SolveRequest) -> list[Choice]:
    return [Choice(index, wanted.interpreter) for index in range(wanted.n)]


def _solves(wanted: SolveRequest, solves: Solves) -> Any:
    """The events of all choices; with a seed each choice has one of its own."""
    each = (
        replace(wanted, n=1, seed=None if wanted.seed is None else wanted.seed + index) for index in range(wanted.n)
    )
    return aclosing(interleave([solves.events(one) for one in each]))


async def _complete(wanted: SolveRequest, solves: Solves) -> dict[str, Any]:
    rendering = ChatRendering(wanted.model, _choices(wanted))
    async with _solves(wanted, solves) as events:
        async for index, event in events:
            rendering.choices[index].add(event)
    return rendering.completion()


async def _stream(wanted: SolveRequest, solves: Solves) -> AsyncIterator[str]:
    rendering = ChatRendering(wanted.model, _choices(wanted))
    for choice in rendering.choices:
        yield dump(rendering.first_chunk(choice))
    try:
        async with _solves(wanted, solves) as events:
            async for index, event in events:
                chunk = rendering.chunk(rendering.choices[index], event)
                if chunk is not None:
                    yield dump(chunk)
        if wanted.include_usage:
            yield dump(rendering.usage_chunk())
    except ApiError as error:
        yield dump(error.body)
    except Exception as error:
        # The headers are sent: what would be a 500 becomes the error that the SDK looks for in a chunk.
        logger.exception("a streamed solve failed")
        yield dump(error_body(500, f"The server failed: {type(error).__name__}."))
    yield "[DONE]"
