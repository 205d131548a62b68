"""HTTP for every route of ours: read a JSON body, write JSON or an event, notice that the client has left."""

from __future__ import annotations

import asyncio
import json
import logging
import zlib
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Mapping
from contextlib import aclosing
from typing import Any, TypeVar

from fastapi import Request
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from ...disk import storable
from .errors import ApiError, error_body
from .limits import largest_body

__all__ = [
    "client_left",
    "dump",
    "event",
    "json_response",
    "media_type_of",
    "read_body",
    "resume",
    "stream_failure",
    "unless_disconnected",
]

CLIENT_CLOSED = 499
T = TypeVar("T")
logger = logging.getLogger(__name__)


async def read_body(request: Request) -> dict[str, Any]:
    """The JSON object of a request; raise ``ApiError`` for anything else."""
    if media_type_of(request) != "application/json":
        # Browsers send other types across origins without asking first.
        raise ApiError("Send the body as application/json.", status=415)
    try:
        body = json.loads(
            _unpacked(await request.body(), request.headers.get("content-encoding", ""), largest_body(request.scope))
        )
    except ClientDisconnect as error:
        raise client_left() from error
    except (ValueError, RecursionError) as error:
        raise ApiError(f"The body is not JSON: {error}.") from error
    if not isinstance(body, dict):
        raise ApiError("The body must be a JSON object.")
    return body


def media_type_of(request: Request) -> str:
    """What a client says that its body is, without parameters."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def _unpacked(data: bytes, encoding: str, largest: int) -> bytes:
    """A body as it was before its client compressed it.

    Raises:
        ApiError: 415 for another encoding; 400 for what is not compressed so; 413 beyond ``largest`` bytes.
    """
    encoding = encoding.strip().lower()
    if encoding in ("", "identity"):
        return data
    if encoding not in ("gzip", "deflate"):
        raise ApiError(f"Content-Encoding {encoding!r} is not read; send gzip, or the body as it is.", status=415)
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | (16 if encoding == "gzip" else 0))
    try:
        whole = unpacker.decompress(data, largest)
    except zlib.error as error:
        raise ApiError(f"The body is not {encoding}: {error}.") from error
    if unpacker.unconsumed_tail:
        raise ApiError(f"The body is larger than {largest} bytes once it is unpacked.", status=413)
    if not unpacker.eof:
        raise ApiError(f"The body is not {encoding}: it is cut.")
    return whole


def dump(value: dict[str, Any]) -> str:
    """JSON that UTF-8 can carry, even where a model or a program wrote half a surrogate pair."""
    return storable(json.dumps(value, ensure_ascii=False))


def event(data: str, name: str | None = None) -> bytes:
    """A server-sent event of one line of data, ready to send."""
    head = f"event: {name}\n" if name else ""
    return f"{head}data: {data}\n\n".encode()


def json_response(value: dict[str, Any], status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """``dump`` as a response."""
    return Response(dump(value), status, headers, media_type="application/json")


async def resume(first: bytes, rest: AsyncGenerator[bytes, None]) -> AsyncIterator[bytes]:
    """A stream whose first part was read before its headers are sent."""
    async with aclosing(rest):
        yield first
        async for part in rest:
            yield part


def stream_failure(error: Exception) -> dict[str, Any]:
    """What ends a stream that failed: its headers are sent, so it is in the chunk where the SDK looks for one."""
    if isinstance(error, ApiError):
        return error.body
    logger.error("a streamed answer failed", exc_info=error)
    return error_body(500, f"The server failed: {type(error).__name__}.")


async def unless_disconnected(request: Request, work: Awaitable[T]) -> T:
    """The result of ``work``, which is cancelled when the client leaves."""
    task = asyncio.ensure_future(work)
    watcher = asyncio.ensure_future(_disconnection(request))
    try:
        await asyncio.wait({task, watcher}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            return task.result()
        raise client_left()
    finally:
        task.cancel()
        watcher.cancel()
        await asyncio.gather(task, watcher, return_exceptions=True)


def client_left() -> ApiError:
    """Nobody reads it, but the log."""
    return ApiError("The client closed the request.", status=CLIENT_CLOSED)


async def _disconnection(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
