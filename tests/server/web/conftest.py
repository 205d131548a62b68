"""One scripted server for the pages of a module; each test says what its model answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from math_solver.interpreter import Interpreter

from ...browser import OpenPage
from ..conftest import Serve, Served
from ..test_disconnect import active, eventually, listening


class Desk:
    """The chat page of a server, in a browser with storage of its own for each page that is opened."""

    def __init__(self, served: Served, url: str, open_page: OpenPage) -> None:
        self.served, self.url = served, url
        self._open_page = open_page

    def says(self, *lines: str | Exception) -> None:
        """What the model says next, whoever asks."""
        self.served.model.lines.extend(lines)

    @property
    def asked(self) -> list[list[str]]:
        """The texts of the messages that the model was given, request by request."""
        return [[message["content"] for message in call["messages"]] for call in self.served.model.calls]

    @contextmanager
    def opened(self, path: str = "/", **how: Any) -> Iterator[Page]:
        page = self._open_page(self.url + path, **how)
        try:
            wait_until_ready(page)
            yield page
        finally:
            page.close()

    def is_idle(self) -> bool:
        return eventually(lambda: active(self.url) == 0)


def wait_until_ready(page: Page) -> None:
    expect(page.locator("#health")).to_have_attribute("data-state", "ok")


@pytest.fixture(scope="module")
def listening_server(interpreter: Interpreter) -> Iterator[tuple[Served, str]]:
    served = Serve(interpreter)()
    with listening(served) as url:
        yield served, url


@pytest.fixture
def desk(listening_server: tuple[Served, str], open_page: OpenPage) -> Iterator[Desk]:
    served, url = listening_server
    served.model.lines.clear()
    served.model.calls.clear()
    yield Desk(served, url, open_page)
    vars(served.model).pop("astream_chat", None)  # what `hold` put there
