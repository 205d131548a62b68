"""HTTP/1.1 alone: a request that offers an upgrade to HTTP/2 is answered as any other; no client is waited for long.

What a client may keep waiting, and for how long, is in ``connections``.
"""

from __future__ import annotations

import asyncio
import json
import re
from http import HTTPStatus
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from .connections import ConnectionLimits, Patience, connections_of
from .errors import error_body

__all__ = ["Http1Protocol"]

_END = re.compile(rb"\r?\n\r?\n")
# Of what a head may offer, only websockets are spoken here.
_OFFER = re.compile(rb"\r?\nupgrade[ \t]*:(?![^\r\n]*websocket)[^\r\n]*", re.IGNORECASE)
MOST_HEAD = 1 << 16  # bytes, beyond which a head is left to the parser, piece by piece
LARGEST_HEAD = MOST_HEAD << 2  # bytes, beyond which it is refused


class Http1Protocol(HttpToolsProtocol):
    """uvicorn's protocol, to which the heads of requests come whole and without such offers.

    Its parser takes a request to end where another protocol is offered, as curl's ``--http2`` and Java's client do
    of their own accord, and drops the body. In a request that is pipelined behind another the offer stays.

    A connection ends whose client does not send the head of a request in time or enough of its body, or does not
    take enough of the answer; uvicorn waits for all of these for ever.
    """

    def __init__(self, *args: Any, limits: ConnectionLimits | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._head, self._between_requests = b"", True
        self._head_size: int | None = 0  # ``None`` once a head is complete
        limits = limits or ConnectionLimits()
        self._all = connections_of(self.server_state, limits)
        self._owed, self._unsent = Patience(limits.seconds), Patience(limits.seconds)
        self._left = 0  # bytes that were unsent at the last look

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if self._all.add(self):
            self._owed.begin(self._all.clock())
        else:
            self._refuse(503, "All connections of the server are in use; try again later.", "server_busy")

    def connection_lost(self, exc: Exception | None) -> None:
        self._all.remove(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self.transport.is_closing():
            return
        if self._head_size is not None:
            self._head_size += len(data)
            if self._head_size > LARGEST_HEAD:
                self._refuse(431, f"The head of a request has more than {LARGEST_HEAD} bytes.")
                return
        if self._between_requests:
            if not self._head:
                self._wait()
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
        self._wait()

    def on_headers_complete(self) -> None:
        self._head_size = None
        super().on_headers_complete()
        self._wait()  # for the body; where there is none, the message is complete at once

    def on_body(self, body: bytes) -> None:
        if not self.cycle.response_complete and self._owed.move(len(body), self._all.clock()):
            self._all.wait_for(self)
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._owed.end()
        self._all.settle(self)
        super().on_message_complete()
        self._between_requests, self._head_size = True, 0

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._wait()  # for the next request, or for what is left of the body

    def resume_writing(self) -> None:
        super().resume_writing()
        self._unsent.end()  # most of it is taken

    def handle_websocket_upgrade(self) -> None:
        self._all.remove(self)
        super().handle_websocket_upgrade()

    def look(self, now: float) -> None:
        """End the connection if its client has kept it waiting for too long."""
        if self._has_stalled(now):
            self.transport.abort()
        elif self._owed.waiting and self.flow.read_paused:
            self._owed.begin(now)  # it is the application that does not read
        elif self._owed.over(now):
            self._owed.end()
            self._refuse(408, "The request did not arrive in time; send it again.")

    def end_unserved(self) -> None:
        """End the connection for another one."""
        self._refuse(408, "The server had other requests to answer while it waited for this one; send it again.")

    def _wait(self) -> None:
        """From now on the client owes something; not while it waits for an answer itself."""
        answering = self.cycle is not None and not (self.cycle.response_complete or self.cycle.more_body)
        if answering or self.pipeline:
            return
        self._owed.begin(self._all.clock())
        self._all.wait_for(self)

    def _has_stalled(self, now: float) -> bool:
        """Whether the client takes too little of what it is sent."""
        left = self.transport.get_write_buffer_size()
        taken, self._left = max(0, self._left - left), left
        if not left:
            self._unsent.end()
        elif not self._unsent.waiting:
            self._unsent.begin(now)
        else:
            self._unsent.move(taken, now)
        return self._unsent.over(now)

    def _refuse(self, status: int, message: str, code: str | None = None) -> None:
        """Answer, unless there is an answer already or nobody has asked yet, and end the connection."""
        answered = self.cycle is not None and self.cycle.response_started and not self.cycle.response_complete
        unasked = status == HTTPStatus.REQUEST_TIMEOUT and self._between_requests and not self._head
        if not (answered or unasked or self.transport.is_closing()):
            body = json.dumps(error_body(status, message, code=code)).encode()
            head = f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\ncontent-type: application/json\r\n"
            head += f"content-length: {len(body)}\r\nconnection: close\r\n\r\n"
            self.transport.write(head.encode() + body)
        self.transport.close()
