"""The chat page at ``/``: static files that call the API of their own origin.

A page of our own and not gradio: that needs its start (3 s, 50 MB) in every server, asks Google and a CDN for
files, runs inline scripts, which rules out the policy below, and answers beside the API key.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape
from pathlib import Path

from fastapi import FastAPI
from starlette.datastructures import MutableHeaders
from starlette.responses import HTMLResponse
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["FILES", "add_page"]

FILES = Path(__file__).with_name("page_files")
# Model text is hostile. Nothing but our files is loaded, no string becomes markup or script, no one frames us.
# A picture of a program is a blob that the page makes of its bytes (page_files/picture.js).
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' blob:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-cache",  # asked again each time, answered with 304: never a page of two versions
}


def add_page(app: FastAPI, *, key_required: bool, examples: Sequence[str] | None = None) -> None:
    """Serve the page at ``/`` and its files under ``/page/``, to everyone: only the API asks for the key.

    ``examples`` are the problems that it offers, instead of its own.
    """
    html = (FILES / "index.html").read_text(encoding="utf-8")
    if key_required:
        html = html.replace('data-key="open"', 'data-key="required"', 1)

    if examples is not None:
        offered = escape(json.dumps(examples, ensure_ascii=False))
        html = html.replace("<html ", f'<html data-examples="{offered}" ', 1)

    async def get_page() -> HTMLResponse:
        return HTMLResponse(html, headers=HEADERS)

    app.add_api_route("/", get_page, methods=["GET", "HEAD"], include_in_schema=False)
    app.mount("/page", _WithHeaders(StaticFiles(directory=FILES)))


class _WithHeaders:
    """The files, each with the headers of the page."""

    def __init__(self, files: ASGIApp) -> None:
        self._files = files

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self._files(scope, receive, send_with_headers)
