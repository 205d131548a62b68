"""``POST /v1/chat/completions``: solves with the interpreter, plain answers without."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Any

from fastapi import APIRouter, Request
from sse_starlette import EventSourceResponse
from starlette.responses import Response

from ...protocol import Form
from ...solving.loop import Event, Finished
from ..containers.containers import Containers, Place
from ..models.model import Model, check_generates
from ..names import Names
from ..settings import Settings
from ..solve_request import Run, SolveRequest, numbered_seed
from ..solves import Solves, final_once_run
from ..web.exchange import dump, event, json_response, read_body, resume, stream_failure, unless_disconnected
from ..web.interleaving import interleave
from ..web.opening import opened
from .messages import has_media
from .rendering import ChatRendering, Choice
from .request import FORMAT_PARAM, check_nothing_demanded, named_container, parse_request, wants_interpreter

__all__ = ["CHAT_PATH", "chat_router"]

CHAT_PATH = "/v1/chat/completions"


def chat_router(
    model: Model, solves: Solves, containers: Containers, settings: Settings, form: Form, names: Names
) -> APIRouter:
    """The chat route; it reads the body itself, because LLaMA-Factory's type of it drops what it does not know."""
    router = APIRouter()

    @router.post(CHAT_PATH)
    async def create_chat_completion(request: Request) -> Response:
        check_generates(model)
        body, default_on = names.read(await read_body(request))
        if model.media and has_media(body.get("messages")) and not wants_interpreter(body, default_on):
            check_nothing_demanded(body)
            return await model.media(body)
        wanted = parse_request(body, default_on, form, settings.budget(None), settings)
        solves.check(wanted)
        await solves.check_format(wanted.answer_format, FORMAT_PARAM)
        named = named_container(body, containers.memory_mb) if wanted.interpreter else None
        resources = Resources(solves, containers, containers.place(*named) if named else None)
        if wanted.stream:
            chunks = _encoded(_stream(wanted, resources))
            # The first step takes its places and asks the model, so that what either refuses has a status.
            first = await unless_disconnected(request, anext(chunks))
            stream: Response = EventSourceResponse(resume(first, chunks), sep="\n")
            return stream
        return json_response(await unless_disconnected(request, _complete(wanted, resources)))

    return router


@dataclass(frozen=True)
class Resources:
    """What solves a request: its programs run at ``place``, or else in a session for each choice."""

    solves: Solves
    containers: Containers
    place: Place | None

    def choices(self, wanted: SolveRequest) -> list[Choice]:
        container = self.place.container if self.place else None
        answer_only = wanted.answer_format is not None
        return [Choice(index, wanted.interpreter, container, answer_only) for index in range(wanted.n)]


def _solves(wanted: SolveRequest, solves: Solves, run: Run | None) -> AsyncGenerator[tuple[int, Event], None]:
    """The events of all choices; with a seed each choice has one of its own."""
    each = (replace(wanted, n=1, seed=numbered_seed(wanted.seed, index)) for index in range(wanted.n))
    return final_once_run(interleave([solves.events(one, run=run) for one in each]), itemgetter(1))


async def _complete(wanted: SolveRequest, resources: Resources) -> dict[str, Any]:
    rendering = ChatRendering(wanted.model, resources.choices(wanted))
    with resources.containers.at(resources.place) as run, resources.solves.room(wanted.n):
        async with aclosing(_solves(wanted, resources.solves, run)) as events:
            async for index, happened in events:
                rendering.choices[index].add(happened)
        rendering.check()
    return rendering.completion()


async def _encoded(chunks: AsyncGenerator[str, None]) -> AsyncGenerator[bytes, None]:
    async with aclosing(chunks):
        async for chunk in chunks:
            yield event(chunk)


async def _stream(wanted: SolveRequest, resources: Resources) -> AsyncGenerator[str, None]:
    rendering = ChatRendering(wanted.model, resources.choices(wanted))
    last: list[str] = []
    begun = False
    try:
        with resources.containers.at(resources.place) as run, resources.solves.room(wanted.n):
            async with opened(_solves(wanted, resources.solves, run), wanted.n, itemgetter(0)) as events:
                begun = True
                for choice in rendering.choices:
                    yield dump(rendering.first_chunk(choice))
                async for index, happened in events:
                    chunk = rendering.chunk(rendering.choices[index], happened)
                    if chunk is None:
                        continue
                    if resources.place and isinstance(happened, Finished):
                        last.append(dump(chunk))  # who has seen it may use the container again
                    else:
                        yield dump(chunk)
                rendering.check()
                last += map(dump, rendering.unmet_chunks())
                if wanted.include_usage:
                    last.append(dump(rendering.usage_chunk()))
    except Exception as error:
        if not begun:
            raise
        last = [dump(stream_failure(error))]
    for text in last:
        yield text
    yield "[DONE]"
