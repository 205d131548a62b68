"""Pages in headless Chromium: what they log, and what they ask of the outside, is remembered and must be nothing.

    def test_it(open_page: OpenPage) -> None:
        page = open_page("http://127.0.0.1:8000/", width=390)
        page.keyboard.press("1")
        open_page.picture(page, "phone")

A module that uses ``open_page`` cannot call ``asyncio.run`` in its tests: Playwright's loop runs in their thread.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect, sync_playwright

__all__ = ["PHONE", "OpenPage", "chromium", "open_page"]

PHONE = 390  # pixels
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Nothing but loopback has an address, so that a request to the outside is seen and goes nowhere.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE ::1, EXCLUDE localhost",
)
_DEADLINE = 60_000  # milliseconds; a loaded machine is slow


class OpenPage:
    """Opens pages of servers on this machine.

    Attributes:
        errors: console errors and uncaught exceptions of all pages; ``clear()`` those that a test provoked.
        outside: what was asked of anything but the servers that pages were opened on.
        pictures: the folder of the screenshots; ``SCREENSHOTS=DIR`` in the environment names it.
    """

    def __init__(self, browser: Browser, pictures: Path) -> None:
        self.errors: list[str] = []
        self.outside: list[str] = []
        self.pictures = pictures
        self._browser = browser
        self._contexts: list[BrowserContext] = []
        self._servers: set[str] = set()

    def __call__(self, url: str, *, width: int = 1280, height: int = 860, dark: bool = False) -> Page:
        """A page with storage of its own, a phone where narrow; another tab is ``page.context.new_page()``."""
        phone = width < 700
        context = self._browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            has_touch=phone,
            is_mobile=phone,
        )
        context.set_default_timeout(_DEADLINE)
        context.on("request", self._note_request)
        context.on("console", self._note_console)
        context.on("weberror", lambda failure: self.errors.append(f"uncaught: {failure.error}"))
        context.on("page", lambda page: page.on("websocket", lambda socket: self._note_url(socket.url)))
        self._contexts.append(context)
        self._servers.add(urlsplit(url).netloc)
        page = context.new_page()
        page.goto(url)
        return page

    def picture(self, page: Page, name: str, *, whole: bool = True) -> Path:
        """A screenshot of the whole page, or of what the window shows."""
        path = self.pictures / f"{name}.png"
        page.screenshot(path=path, full_page=whole)
        return path

    def close(self) -> None:
        for context in self._contexts:
            context.close()

    def _note_request(self, request: Request) -> None:
        self._note_url(request.url)

    def _note_url(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob", "about") and parts.netloc not in self._servers:
            self.outside.append(url)

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(f"{message.text} ({message.location.get('url')})")


def _program() -> str:
    found = [path for name in (os.environ.get("CHROMIUM"), *_NAMES) if name and (path := shutil.which(name))]
    if not found:
        pytest.skip("no Chromium here: apt-get install chromium, or name one in CHROMIUM")
    return found[0]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    program = _program()
    expect.set_options(timeout=_DEADLINE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(_FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser, tmp_path: Path) -> Iterator[OpenPage]:
    """Opens pages; the test fails where one logged an error or asked something of the outside."""
    opened = OpenPage(chromium, Path(os.environ.get("SCREENSHOTS", tmp_path)))
    yield opened
    opened.close()
    assert not opened.outside, f"requests to the outside: {opened.outside}"
    assert not opened.errors, f"errors in the browser's console: {opened.errors}"
