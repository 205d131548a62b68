"""Serving a gradio page from this machine alone: nothing is fetched from elsewhere, whatever the page shows."""

from __future__ import annotations

import os
import re
import secrets
import signal
import socket
import warnings
from collections.abc import Callable
from contextlib import ExitStack, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from ..address import HostGuard, ListenAddress, ListenError, read_host
from ..records import RecordError
from .typeset import DELIMITERS

if TYPE_CHECKING:
    import gradio
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["OfflinePage", "bind", "collect_answers", "formulas", "page_options", "serve"]

_FOLDER = Path(__file__).parent
Script = Literal["keys", "explore"]
PASSWORD = "PAGE_PASSWORD"
POLL_SECONDS = 5.0
DESCRIPTORS = 16  # of an event loop, what is imported late, and a few connections

_OUTSIDE = re.compile(
    r'<link\s+rel="preconnect"[^>]*>|<link\s+rel="manifest"[^>]*>|<script\s+src="https?://[^>]*></script>'
)
_POLICY = (
    "default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)


def page_options(script: Script = "keys") -> dict[str, Any]:
    """The arguments of ``gradio.Blocks`` that all pages share: system fonts, our style and keys, no analytics.

    A page with a script of its own may have a style sheet of that name too.
    """
    import gradio

    styles = (_FOLDER / "style.css", _FOLDER / f"{script}.css")
    sans = "sans-serif"  # style.css names the system's own before it; gradio would quote the generic names
    return {
        "theme": gradio.themes.Default(primary_hue="blue", neutral_hue="slate", font=[sans], font_mono=["monospace"]),
        "css": "\n".join(path.read_text(encoding="utf-8") for path in styles if path.exists()),
        "head": f'<script src="/page/{script}.js" defer></script>',
        "analytics_enabled": False,
    }


def formulas(**options: Any) -> gradio.Markdown:
    """A component for what ``typeset`` makes."""
    import gradio

    return gradio.Markdown(latex_delimiters=DELIMITERS, sanitize_html=True, **options)


def collect_answers() -> None:
    """Make the page send an empty event every few seconds; call it inside ``gradio.Blocks``.

    It works around a race in gradio 5.50: the server closes a tab's stream of answers once none is due, and an
    event that the tab sends at that moment is answered on the closed stream. The field that sent it then waits and
    sends nothing more, until another event opens a new stream and with it gets the answer.
    """
    import gradio

    options: dict[str, Any] = {"show_progress": "hidden", "api_name": False, "concurrency_id": "collect"}
    gradio.Timer(POLL_SECONDS).tick(lambda: None, None, None, trigger_mode="multiple", **options)


def bind(host: str, port: int) -> socket.socket:
    """Take a listening address, before anything slow happens; port 0 takes any free one.

    Raises:
        RecordError: there are too few descriptors for a page; the address is none, taken or not ours, or other
            machines could reach it without a password.
    """
    check_descriptors()
    try:
        address = ListenAddress(read_host(host), port)
    except ValueError as error:
        raise RecordError(f"--host: {error}; the port goes into --port") from error
    if not address.is_loopback and not os.environ.get(PASSWORD):
        raise RecordError(f"--host {address.host} lets other machines in; set {PASSWORD}, or stay on 127.0.0.1")
    try:
        return address.listen("choose another --port or --host")
    except ListenError as error:
        raise RecordError(str(error)) from error


def check_descriptors(wanted: int = DESCRIPTORS) -> None:
    """See that so many files can be opened; an event loop that cannot open its own complains when it is collected.

    Raises:
        RecordError: they cannot.
    """
    with ExitStack() as stack:
        try:
            for _ in range(wanted):
                stack.enter_context(open(os.devnull, "rb"))
        except OSError as error:
            raise RecordError(f"a page opens {wanted} files more ({error.strerror}); raise `ulimit -n`") from error


def serve(build: Callable[[], gradio.Blocks], listener: socket.socket) -> None:
    """Build the page, print the address and serve until Ctrl-C or SIGTERM, which end it quietly.

    Raises:
        RecordError: what was opened since ``bind`` left too few descriptors.
    """
    check_descriptors()
    import uvicorn

    address = ListenAddress(*listener.getsockname()[:2])
    with warnings.catch_warnings():  # about gradio 6, which LLaMA-Factory does not take
        warnings.simplefilter("ignore", DeprecationWarning)
        application = _application(build(), address)
    config = uvicorn.Config(application, log_level="critical", timeout_graceful_shutdown=1, timeout_keep_alive=5)
    print(address.url, flush=True)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # uvicorn hands its signals on once it has ended
    try:
        uvicorn.Server(config).run(sockets=[listener])
    except KeyboardInterrupt:
        print()


def _application(page: gradio.Blocks, address: ListenAddress) -> ASGIApp:
    import gradio
    from fastapi import FastAPI
    from fastapi.responses import FileResponse, PlainTextResponse

    app = FastAPI(openapi_url=None)

    @app.get("/page/{name}.js")
    def script(name: Script) -> FileResponse:
        return FileResponse(_FOLDER / f"{name}.js", headers={"Cache-Control": "no-cache"})

    password = os.environ.get(PASSWORD)
    auth = None if address.is_loopback or not password else ("people", password)
    with redirect_stdout(StringIO()):  # gradio 5.50.0 left a debugging print in
        app = gradio.mount_gradio_app(app, page, path="/", auth=auth, show_api=False, ssr_mode=False, pwa=False)
    offline = OfflinePage(app)
    if not address.is_loopback:
        return offline
    return HostGuard(offline, address, PlainTextResponse("Invalid host header", 400))


class OfflinePage:
    """Middleware that removes gradio's links to other hosts, and a policy by which browsers load from here alone."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            send = _Rewriter(send)
        await self._app(scope, receive, send)


class _Rewriter:
    """A ``send`` that collects an HTML response and sends it on without links to other hosts."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_html(message):
            self._start = message
        elif self._start is not None and message["type"] == "http.response.body":
            self._body += message.get("body", b"")
            if not message.get("more_body"):
                await self._finish(self._start)
        else:
            await self._send(message)

    async def _finish(self, start: Message) -> None:
        nonce = secrets.token_urlsafe(16)
        text = _OUTSIDE.sub("", self._body.decode())
        body = text.replace("<script", f'<script nonce="{nonce}"').encode()
        headers = [(key, value) for key, value in start["headers"] if key.lower() != b"content-length"]
        headers += [
            (b"content-length", str(len(body)).encode()),
            (b"content-security-policy", _POLICY.format(nonce=nonce).encode()),
            (b"referrer-policy", b"no-referrer"),
        ]
        self._start = None
        await self._send({**start, "headers": headers})
        await self._send({"type": "http.response.body", "body": body})


def _is_html(start: Message) -> bool:
    return any(key.lower() == b"content-type" and value.startswith(b"text/html") for key, value in start["headers"])
