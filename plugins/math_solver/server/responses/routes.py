"""The routes under ``/v1/responses``."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

from fastapi import APIRouter, Request
from sse_starlette import EventSourceResponse
from starlette.responses import Response

from ..models.model import Model, check_generates
from ..names import Names
from ..settings import Settings
from ..web.errors import ApiError
from ..web.exchange import dump, event, json_response, read_body, resume, unless_disconnected
from ..web.paging import paginate
from .answering import Answer, Answering
from .rendering import public_event, public_item, public_response
from .request import parse_responses_request, read_include
from .store import ResponseStore

__all__ = ["responses_router"]

PATH = "/v1/responses"
Json = dict[str, Any]


def responses_router(
    model: Model, answering: Answering, store: ResponseStore, settings: Settings, names: Names
) -> APIRouter:
    """Create, read and delete responses."""
    router = APIRouter()

    @router.post(PATH)
    async def create_response(request: Request) -> Response:
        check_generates(model)
        body, default_on = names.read(await read_body(request))
        wanted = parse_responses_request(
            body, store.find_item, default_on=default_on, memory_mb=settings.memory_mb, settings=settings
        )
        answer = await answering.prepare(wanted)
        if not wanted.stream:
            return await unless_disconnected(request, _complete(answer, answering))
        events = _encoded(answer, answering)
        # The first step takes the container and asks the model, so that what either refuses has a status.
        first = await unless_disconnected(request, anext(events))
        stream: Response = EventSourceResponse(resume(first, events), sep="\n")
        return stream

    @router.get(PATH + "/{response_id}")
    async def get_response(response_id: str, request: Request) -> Response:
        if request.query_params.get("stream", "false") != "false":
            raise ApiError("A stored response cannot be streamed.", param="stream", code="unsupported_value")
        stored = store.get(response_id)
        return json_response(public_response(stored.response, with_outputs=_include(request)))

    @router.delete(PATH + "/{response_id}")
    async def delete_response(response_id: str) -> Response:
        store.delete(response_id)
        return json_response({"id": response_id, "object": "response", "deleted": True})

    @router.get(PATH + "/{response_id}/input_items")
    async def list_input_items(response_id: str, request: Request) -> Response:
        with_outputs = _include(request)
        items = [public_item(item, with_outputs=with_outputs) for item in store.get(response_id).input_items]
        return json_response(paginate(items, request.query_params))

    return router


def _include(request: Request) -> bool:
    """The ``include`` of a query, which the SDK writes as ``include[]``."""
    names = [*request.query_params.getlist("include[]"), *request.query_params.getlist("include")]
    return read_include(names)


async def _complete(answer: Answer, answering: Answering) -> Response:
    last: Json = {}
    async with aclosing(answering.events(answer)) as events:
        async for happened in events:
            last = happened
    return json_response(public_response(last["response"], with_outputs=answer.request.with_outputs))


async def _encoded(answer: Answer, answering: Answering) -> AsyncGenerator[bytes, None]:
    async with aclosing(answering.events(answer)) as events:
        async for happened in events:
            public = public_event(happened, with_outputs=answer.request.with_outputs)
            yield event(dump(public), happened["type"])
