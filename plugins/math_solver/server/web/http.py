"""HTTP/1.1 alone: a request that offers an upgrade to HTTP/2 is answered as any other."""

from __future__ import annotations

import re
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

__all__ = ["Http1Protocol"]

_END = re.compile(rb"\r?\n\r?\n")
# Of what a head may offer, only websockets are spoken here.
_OFFER = re.compile(rb"\r?\nupgrade[ \t]*:(?![^\r\n]*websocket)[^\r\n]*", re.IGNORECASE)
MOST_HEAD = 1 << 16  # bytes, beyond which a head is left to the parser, piece by piece


class Http1Protocol(HttpToolsProtocol):
    """uvicorn's protocol, to which the heads of requests come whole and without such offers.

    Its parser takes a request to end where another protocol is offered, as curl's ``--http2`` and Java's client do
    of their own accord, and drops the body. In a request that is pipelined behind another the offer stays.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._head, self._between_requests = b"", True

    def data_received(self, data: bytes) -> None:
        if self._between_requests:
            data, self._head = self._head + data, b""
            end = _END.search(data.lstrip(b"\r\n"))
            if end is None and len(data) < MOST_HEAD:
                self._unset_keepalive_if_required()
                self._head = data
                return
            head = len(data) - len(data.lstrip(b"\r\n")) + (end.end() if end else 0)
            data = _OFFER.sub(b"", data[:head]) + data[head:]
        super().data_received(data)

    def on_message_begin(self) -> None:
        self._between_requests = False
        super().on_message_begin()

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self._between_requests = True
