"""Limits on what clients may send: the size of a body, of all bodies together, and requests in a minute."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .errors import ApiError, error_body

__all__ = ["BodyLimit", "Buckets", "RateLimit", "largest_body"]

_LARGEST, _UNTOLD = "math_solver.largest_body", 1 << 20
DIGITS = 20  # of a length; Python reads no number of thousands
REMEMBERED = 10_000  # clients; the one that was silent longest is forgotten first


def largest_body(scope: Scope) -> int:
    """How many bytes a body may have once it is unpacked."""
    return int(scope.get(_LARGEST, _UNTOLD))


class BodyLimit:
    """Refuse bodies of more than ``max_bytes``, announced or not, before they are in memory.

    The bodies of all requests have ``max_together`` bytes, each until its request is answered.
    """

    def __init__(self, app: ASGIApp, max_bytes: int, max_together: int) -> None:
        self._app, self._max_bytes, self._max_together = app, max_bytes, max_together
        self._held = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "0")
        if not announced.isdecimal() or len(announced) > DIGITS or int(announced) > self._max_bytes:
            # Answered with the body unread, so the connection cannot be used again.
            headers = {"Connection": "close"}
            await JSONResponse(error_body(413, self._message), 413, headers)(scope, receive, send)
            return
        scope[_LARGEST] = self._max_bytes
        body = _Body()
        try:
            await self._app(scope, self._counting(receive, body), send)
        finally:
            self._held -= body.size

    @property
    def _message(self) -> str:
        return f"The body is larger than {self._max_bytes} bytes."

    def _counting(self, receive: Receive, body: _Body) -> Receive:
        async def counted() -> Message:
            message = await receive()
            size = len(message.get("body", b""))
            body.size += size
            self._held += size
            if body.size > self._max_bytes:
                raise ApiError(self._message, status=413)
            if size and self._held > self._max_together:
                raise ApiError(
                    f"The requests that the server has at the moment are together larger than {self._max_together} "
                    "bytes; send it again later, or raise code_interpreter.bodies_mb.",
                    status=503,
                    code="server_busy",
                )
            return message

        return counted


class _Body:
    """The bytes that have come of one body."""

    size = 0


class Buckets:
    """A token bucket for each client: it holds ``per_minute`` requests and is refilled steadily."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._size, self._clock = float(per_minute), clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, client: str) -> float:
        """Take one request; 0, or the seconds to wait when there is none."""
        now = self._clock()
        left, since = self._left.pop(client, (self._size, now))
        left = min(self._size, left + (now - since) * self._size / 60)
        wait = 0.0 if left >= 1 else (1 - left) * 60 / self._size
        self._left[client] = (left - 1 if not wait else left, now)
        while len(self._left) > REMEMBERED:
            self._left.popitem(last=False)
        return wait


class RateLimit:
    """Refuse with 429 what a client posts beyond its rate; a client is an address, since there is one key."""

    def __init__(self, app: ASGIApp, per_minute: int) -> None:
        self._app, self._buckets = app, Buckets(per_minute)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        wait = 0.0
        if scope["type"] == "http" and scope["method"] == "POST":
            wait = self._buckets.take((scope.get("client") or ("",))[0])
        if not wait:
            await self._app(scope, receive, send)
            return
        body = error_body(429, "Too many requests; wait and send it again.", code="rate_limit_exceeded")
        headers = {"Retry-After": str(math.ceil(wait)), "Retry-After-Ms": str(math.ceil(wait * 1000))}
        await JSONResponse(body, 429, headers)(scope, receive, send)
