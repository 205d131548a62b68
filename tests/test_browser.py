"""The browser fixture notices what it is there to notice."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from .browser import PHONE, OpenPage

PAGES = {
    "quiet": "<h1>Quiet</h1>",
    "outside": '<img src="http://example.org/a.png">',
    "socket": "<script>new WebSocket('ws://example.org/')</script>",
    "logs": "<script>console.error('logged')</script>",
    "throws": "<script>throw new Error('thrown')</script>",
}


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    for name, body in PAGES.items():
        head = '<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">'
        (tmp_path / f"{name}.html").write_text(f"<!doctype html>{head}{body}")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(tmp_path))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def test_a_page_has_the_width_and_colours_asked_for(open_page: OpenPage, site: str) -> None:
    page = open_page(f"{site}/quiet.html", width=PHONE, dark=True)
    assert page.evaluate("innerWidth") == PHONE
    assert page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    assert open_page.picture(page, "quiet").stat().st_size > 0
    assert not open_page.errors and not open_page.outside


@pytest.mark.parametrize(
    ("name", "error", "outside"),
    [
        ("outside", "ERR_NAME_NOT_RESOLVED", ["http://example.org/a.png"]),
        ("socket", "ERR_NAME_NOT_RESOLVED", ["ws://example.org/"]),
        ("logs", "logged", []),
        ("throws", "thrown", []),
    ],
)
def test_errors_and_requests_to_the_outside_are_noted(
    open_page: OpenPage, site: str, name: str, error: str, outside: list[str]
) -> None:
    page = open_page(f"{site}/{name}.html")
    until = time.monotonic() + 60
    while not (open_page.errors and open_page.outside == outside) and time.monotonic() < until:
        page.wait_for_timeout(50)  # the socket fails after the load
    assert any(error in line for line in open_page.errors), open_page.errors
    assert open_page.outside == outside
    open_page.errors.clear()
    open_page.outside.clear()
