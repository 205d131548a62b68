"""Requests with images, videos or audio: LLaMA-Factory's own functions, their known crashes refused beforehand."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any

from llamafactory.api.chat import create_chat_completion_response, create_stream_chat_completion_response
from llamafactory.api.protocol import ChatCompletionRequest
from PIL import UnidentifiedImageError
from pydantic import ValidationError
from sse_starlette import EventSourceResponse
from starlette.responses import JSONResponse, Response

from ..web.errors import ApiError

__all__ = ["answer_with_media"]

# Least and most. The engines raise beyond them, and a stream that raises there leaks a thread.
LIMITS: Mapping[str, tuple[float, float]] = {
    "temperature": (0, 100),
    "top_p": (0, 1),
    "max_tokens": (0, 10_000_000),
    "n": (1, 128),
    "presence_penalty": (0, 100),
}


async def answer_with_media(chat_model: Any, body: Mapping[str, Any]) -> Response:
    """What the stock server answers to a chat request; its refusals become 4xx, streams included."""
    request = _read_request(body)
    try:
        if not request.stream:
            completion = await create_chat_completion_response(request, chat_model)
            return JSONResponse(completion.model_dump(mode="json"))
        stream = create_stream_chat_completion_response(request, chat_model)
        # The stock generator checks the request in its first step: take that before the headers are sent.
        first = await anext(stream)
    except UnidentifiedImageError as error:
        raise ApiError("an image is no picture that can be read", param="messages", code="invalid_value") from error
    response: Response = EventSourceResponse(_resume(first, stream), sep="\n")
    return response


async def _resume(first: str, rest: Any) -> AsyncIterator[str]:
    yield first
    async for chunk in rest:
        yield chunk


def _read_request(body: Mapping[str, Any]) -> Any:
    try:
        request = ChatCompletionRequest(**body)
    except ValidationError as error:
        first = error.errors()[0]
        param = ".".join(str(part) for part in first["loc"])
        raise ApiError(f"{param}: {first['msg']}", param=param, code="invalid_type") from error
    for name, (least, most) in LIMITS.items():
        value = getattr(request, name)
        if value is not None and not least <= value <= most:
            message = f"{name}={value!r} is out of range; give {least} to {most}"
            raise ApiError(message, param=name, code="invalid_value")
    if request.presence_penalty == 0:
        # The engines take it for a repetition penalty, where "none" is another number.
        request.presence_penalty = None
    _check_messages(request)
    return request


def _check_messages(request: Any) -> None:
    for index, message in enumerate(request.messages):
        if message.content is None and not message.tool_calls:
            where = f"messages[{index}].content"
            raise ApiError(f"{where} must be text", param=where, code="invalid_type")
    if any(tool.function is None for tool in request.tools or []):
        raise ApiError("every tool of type function needs a function", param="tools", code="invalid_type")
