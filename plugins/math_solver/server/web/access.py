"""Who may talk to the server: the API key, the host name asked for, and web pages of other origins."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import FastAPI, Request
from fastapi.middleware.cors import CORSMiddleware
from starlette.responses import JSONResponse

from ...address import HostGuard, ListenAddress
from .errors import ApiError, error_body

__all__ = ["narrow_cors", "narrow_hosts", "require_key"]


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


def narrow_hosts(app: FastAPI, address: ListenAddress) -> None:
    """Refuse requests for names of other machines; for a server on loopback, where no key keeps a rebound name out."""
    refusal = JSONResponse(error_body(403, "Unknown host name; use 127.0.0.1, or set API_KEY."), 403)
    app.add_middleware(HostGuard, address=address, refusal=refusal)
