"""``POST /v1/chat/completions``: solves with the interpreter, plain answers without."""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Any

from fastapi import APIRouter, Request
from sse_starlette import EventSourceResponse
from starlette.responses import Response

from ...solving.loop import Execute, Finished
from ..containers.containers import Containers, Place
from ..models.engine import check_engine
from ..models.stock import answer_plainly
from ..models.upstream import UpstreamModel
from ..solve_request import SolveRequest
from ..solves import Solves
from ..web.errors import ApiError, error_body
from ..web.exchange import dump, event, json_response, read_body, resume, unless_disconnected
from .interleaving import interleave
from .messages import has_media
from .rendering import ChatRendering, Choice
from .request import named_container, parse_request, wants_interpreter

__all__ = ["CHAT_PATH", "chat_router"]

CHAT_PATH = "/v1/chat/completions"
logger = logging.getLogger(__name__)


def chat_router(chat_model: Any, solves: Solves, containers: Containers, default_on: bool) -> APIRouter:
    """The chat route; it parses the body itself, because the stock model drops what it does not know."""
    router = APIRouter()

    @router.post(CHAT_PATH)
    async def create_chat_completion(request: Request) -> Response:
        if not chat_model.engine.can_generate:
            raise ApiError("This model does not generate text.", status=405)
        body = await read_body(request)
        local = not isinstance(chat_model, UpstreamModel)
        if local and has_media(body.get("messages")) and not wants_interpreter(body, default_on):
            if solves.batcher:
                message = "Images, videos and audio are not read in a batch; ask a server without batch_size."
                raise ApiError(message, param="messages", code="unsupported_value")
            return await answer_plainly(body, chat_model)
        wanted = parse_request(body, default_on)
        check_engine(chat_model, wanted)
        named = named_container(body, containers.memory_mb) if wanted.interpreter else None
        room = Room(solves, containers, containers.place(*named) if named else None)
        if wanted.stream:
            chunks = _encoded(_stream(wanted, room))
            # The first step takes its places, so that one who finds none is refused with a status.
            stream: Response = EventSourceResponse(resume(await anext(chunks), chunks), sep="\n")
            return stream
        return json_response(await unless_disconnected(request, _complete(wanted, room)))

    return router


@dataclass(frozen=True)
class Room:
    """Where a request is solved: its programs run at ``place``, or in a session for each choice."""

    solves: Solves
    containers: Containers
    place: Place | None

    def choices(self, wanted: SolveRequest) -> list[Choice]:
        container = self.place.container if self.place else None
        return [Choice(index, wanted.interpreter, container) for index in range(wanted.n)]


def _solves(wanted: SolveRequest, solves: Solves, run: Execute | None) -> Any:
    """The events of all choices; with a seed each choice has one of its own."""
    each = (
        replace(wanted, n=1, seed=None if wanted.seed is None else wanted.seed + index) for index in range(wanted.n)
    )
    return aclosing(interleave([solves.events(one, run=run) for one in each]))


async def _complete(wanted: SolveRequest, room: Room) -> dict[str, Any]:
    rendering = ChatRendering(wanted.model, room.choices(wanted))
    with room.solves.room(wanted.n), room.containers.at(room.place) as run:
        async with _solves(wanted, room.solves, run) as events:
            async for index, happened in events:
                rendering.choices[index].add(happened)
    return rendering.completion()


async def _encoded(chunks: AsyncGenerator[str, None]) -> AsyncGenerator[bytes, None]:
    async with aclosing(chunks):
        async for chunk in chunks:
            yield event(chunk)


async def _stream(wanted: SolveRequest, room: Room) -> AsyncGenerator[str, None]:
    rendering = ChatRendering(wanted.model, room.choices(wanted))
    with room.solves.room(wanted.n), room.containers.at(room.place) as run:
        for choice in rendering.choices:
            yield dump(rendering.first_chunk(choice))
        last: list[str] = []
        try:
            async with _solves(wanted, room.solves, run) as events:
                async for index, happened in events:
                    chunk = rendering.chunk(rendering.choices[index], happened)
                    if chunk is None:
                        continue
                    if room.place and isinstance(happened, Finished):
                        last.append(dump(chunk))  # who has seen it may use the container again
                    else:
                        yield dump(chunk)
        except ApiError as error:
            last = [dump(error.body)]
        except Exception as error:
            # The headers are sent: what would be a 500 becomes the error that the SDK looks for in a chunk.
            logger.exception("a streamed solve failed")
            last = [dump(error_body(500, f"The server failed: {type(error).__name__}."))]
        else:
            if wanted.include_usage:
                last.append(dump(rendering.usage_chunk()))
    for text in last:
        yield text
    yield "[DONE]"
