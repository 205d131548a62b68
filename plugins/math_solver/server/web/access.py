"""Who may talk to the server: the API key, the host name asked for, and pages of other origins."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import FastAPI, Request
from fastapi.middleware.cors import CORSMiddleware
from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from .errors import ApiError, error_body

__all__ = ["HostGuard", "narrow_cors", "require_key"]

LOCAL_NAMES = ("localhost", "127.0.0.1", "[::1]")


def require_key(api_key: str | None) -> Callable[[Request], Awaitable[None]]:
    """A dependency that refuses requests without the bearer token; no key lets everyone in."""

    async def check(request: Request) -> None:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if api_key is None:
            return
        if scheme.lower() != "bearer" or not secrets.compare_digest(token.strip().encode(), api_key.encode()):
            raise ApiError("Invalid API key.", status=401, code="invalid_api_key")

    return check


def narrow_cors(app: FastAPI, origins: tuple[str, ...]) -> None:
    """Replace the stock wildcard, with which any web page could run code here, by the named origins."""
    stock: Any = CORSMiddleware
    app.user_middleware = [entry for entry in app.user_middleware if entry.cls is not stock]
    if origins:
        methods = ["GET", "POST", "DELETE"]
        app.add_middleware(CORSMiddleware, allow_origins=list(origins), allow_methods=methods, allow_headers=["*"])


class HostGuard:
    """Refuse requests to another host name than those of this machine.

    A page whose name is made to resolve to 127.0.0.1 (DNS rebinding) is of our own origin for the browser; the
    ``Host`` header tells it apart. For servers that listen on loopback without a key.
    """

    def __init__(self, app: ASGIApp, host: str = LOCAL_NAMES[0]) -> None:
        self._app, self._names = app, (*LOCAL_NAMES, host)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not self._is_local(Headers(scope=scope).get("host", "")):
            body: dict[str, Any] = error_body(403, "Unknown host name; use 127.0.0.1, or set API_KEY.")
            await JSONResponse(body, 403)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _is_local(self, host: str) -> bool:
        name = host[: host.index("]") + 1] if host.startswith("[") and "]" in host else host.partition(":")[0]
        return name.lower() in self._names
