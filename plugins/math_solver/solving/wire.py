"""The connections to an endpoint, which bound every answer in time and size, whoever reads it.

httpx bounds the time between two bytes, so that an endpoint that sends one now and then is never late; and it holds
an answer as long as it comes.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx2

from .replies import NoCompletion, NoEndpoint, excerpt

__all__ = ["BoundedClient", "came"]

LARGEST = 8 << 20  # bytes of a whole answer, pictures of its programs included
STREAMED = 256 << 20  # bytes of a streamed one, of which nobody holds more than a line
LINE = 1 << 20  # bytes of a line of it
REFUSAL = 64 << 10  # bytes of an error that are read
HEAD = 1024  # bytes of the beginning that are kept, to tell what came
# As many as the official client opens.
CONNECTIONS = httpx2.Limits(max_connections=1000, max_keepalive_connections=100)


class BoundedClient(httpx2.AsyncClient):
    """A client whose ``timeout`` bounds a request as a whole, in seconds from first to last byte.

    An answer that is too long, compressed though nobody asked for that, or a way to another address raises
    ``NoCompletion``; the body of an error is cut. Redirects are not followed: a request that costs something must go
    where it was sent.
    """

    def __init__(self, timeout: float) -> None:
        super().__init__(timeout=timeout, limits=CONNECTIONS, headers={"Accept-Encoding": "identity"})

    async def send(self, request: httpx2.Request, *, stream: bool = False, **options: Any) -> httpx2.Response:
        seconds = request.extensions.get("timeout", {}).get("read")
        until = None if seconds is None else asyncio.get_running_loop().time() + seconds
        try:
            async with asyncio.timeout_at(until):
                response = await super().send(request, stream=True, **options)
        except TimeoutError as error:
            raise _late(request) from error
        try:
            response.stream = _bounded(response, request, until, stream)
            if not stream:
                await response.aread()
        except BaseException:
            await response.aclose()
            raise
        return response


def came(response: httpx2.Response) -> str:
    """What an answer begins with, for people to read."""
    stream = response.stream
    return excerpt(bytes(stream.head).decode("utf-8", "replace")) if isinstance(stream, _Bounded) else ""


def _bounded(response: httpx2.Response, request: httpx2.Request, until: float | None, stream: bool) -> _Bounded:
    inner = response.stream
    assert isinstance(inner, httpx2.AsyncByteStream)
    if response.is_error:
        response.headers.pop("Content-Encoding", None)  # whatever it grew to would be read
        return _Bounded(inner, request, until, REFUSAL, cut=True)
    if response.is_redirect:
        raise NoEndpoint(
            f"status {response.status_code}: redirects to {excerpt(response.headers.get('Location', ''))}; "
            "write that address"
        )
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise NoCompletion(f"the answer is compressed ({excerpt(response.headers['Content-Encoding'])})")
    length = response.headers.get("Content-Length", "")
    if not stream and length.isdecimal() and int(length[:20]) > LARGEST:
        raise NoCompletion("the answer is too long")
    return _Bounded(inner, request, until, STREAMED if stream else LARGEST, line=LINE if stream else None)


def _late(request: httpx2.Request) -> httpx2.ReadTimeout:
    return httpx2.ReadTimeout(f"no answer within {request.extensions['timeout']['read']:g} s", request=request)


class _Bounded(httpx2.AsyncByteStream):
    """The bytes of an answer, up to a time, a number, and the length of a line."""

    def __init__(
        self,
        inner: httpx2.AsyncByteStream,
        request: httpx2.Request,
        until: float | None,
        most: int,
        *,
        line: int | None = None,
        cut: bool = False,
    ) -> None:
        self.head = bytearray()
        self._inner, self._request, self._until = inner, request, until
        self._left, self._line, self._cut = most, line, cut
        self._open_line = 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        pieces = aiter(self._inner)
        while (piece := await self._next(pieces)) is not None:
            self.head += piece[: max(0, HEAD - len(self.head))]
            self._left -= len(piece)
            if self._left < 0 and self._cut:
                return
            if self._left < 0 or self._is_long(piece):
                raise NoCompletion("the answer is too long")
            yield piece

    async def _next(self, pieces: AsyncIterator[bytes]) -> bytes | None:
        try:
            async with asyncio.timeout_at(self._until):
                return await anext(pieces, None)
        except TimeoutError as error:
            raise _late(self._request) from error

    def _is_long(self, piece: bytes) -> bool:
        """Whether a line is longer than anybody should hold."""
        if self._line is None:
            return False
        end = piece.rfind(b"\n")
        self._open_line = self._open_line + len(piece) if end < 0 else len(piece) - end - 1
        return self._open_line > self._line

    async def aclose(self) -> None:
        await self._inner.aclose()
