"""How many connections there are, and for how long a client may keep one of them waiting.

A connection is *owed to* while its client has yet to send something: a head, the rest of a body, another request. When
there are too many, those end, the longest waiting first: whoever sends its request at once is served.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol
from weakref import WeakKeyDictionary

from uvicorn.server import ServerState

__all__ = ["ConnectionLimits", "Connections", "Patience", "Waiting", "connections_of", "tell_of_refused_connections"]

logger = logging.getLogger(__name__)
ENOUGH = 1 << 14  # bytes that a client must send or take in each span of ``ConnectionLimits.seconds``
EVERY = 1.0  # seconds between two looks at all connections; a quarter of ``ConnectionLimits.seconds`` if that is less
ACCEPT_FAILED = "socket.accept() out of system resource"  # as asyncio calls it
QUIET = 60.0  # seconds between two notices in the log


@dataclass(frozen=True)
class ConnectionLimits:
    """``most`` connections at once, and ``seconds`` without progress after which one ends."""

    most: int = 1000
    seconds: float = 30.0


class _Notice:
    """A notice in the log that is due at most once in ``QUIET`` seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock, self._told = clock, -QUIET

    def is_due(self) -> bool:
        """Whether it is to be told now; if so it is quiet for a while."""
        now = self._clock()
        if now - self._told < QUIET:
            return False
        self._told = now
        return True


class Waiting(Protocol):
    """A connection as it is seen here."""

    def look(self, now: float) -> None:
        """End it if its client has kept it waiting for too long."""

    def end_unserved(self) -> None:
        """End it for another one."""


class Connections:
    """The connections of one server."""

    def __init__(self, limits: ConnectionLimits, clock: Callable[[], float] = time.monotonic) -> None:
        self.limits, self.clock = limits, clock
        self._all: set[Waiting] = set()
        self._owed_to: dict[Waiting, None] = {}  # the longest waiting first
        self._looking: asyncio.TimerHandle | None = None
        self._full = _Notice(clock)

    def add(self, connection: Waiting) -> bool:
        """Take in a new connection, which begins by waiting; whether there is a place for it."""
        if len(self._all) >= self.limits.most:
            self._tell()
            oldest = next(iter(self._owed_to), None)
            if oldest is None:
                return False
            self.remove(oldest)
            oldest.end_unserved()
        self._all.add(connection)
        self.wait_for(connection)
        if self._looking is None:
            self._look_later()
        return True

    def remove(self, connection: Waiting) -> None:
        """A connection has ended."""
        self._all.discard(connection)
        self._owed_to.pop(connection, None)

    def wait_for(self, connection: Waiting) -> None:
        """From now on a client owes something, as nobody waits for a shorter time."""
        if connection in self._all:
            self._owed_to.pop(connection, None)
            self._owed_to[connection] = None

    def settle(self, connection: Waiting) -> None:
        """A client has sent what it owed."""
        self._owed_to.pop(connection, None)

    def _look_later(self) -> None:
        self._looking = asyncio.get_running_loop().call_later(min(EVERY, self.limits.seconds / 4), self._look)

    def _look(self) -> None:
        now = self.clock()
        for connection in list(self._all):
            connection.look(now)
        self._looking = None
        if self._all:
            self._look_later()

    def _tell(self) -> None:
        if self._full.is_due():
            logger.warning(
                "all %d connections are in use: those that wait for their client end for new ones; "
                "code_interpreter.max_connections allows more",
                self.limits.most,
            )


_known: WeakKeyDictionary[ServerState, Connections] = WeakKeyDictionary()


def connections_of(state: ServerState, limits: ConnectionLimits) -> Connections:
    """The connections of the server whose state it is."""
    return _known.setdefault(state, Connections(limits))


def tell_of_refused_connections(loop: asyncio.AbstractEventLoop) -> None:
    """Have the loop tell once a minute that it can accept none; by itself it tells thousands of times a second."""
    refused = _Notice(time.monotonic)

    def handle(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        if context.get("message") != ACCEPT_FAILED:
            loop.default_exception_handler(context)
        elif refused.is_due():
            logger.error(
                "no connection can be accepted: %s; raise what a process may open (ulimit -n), or lower "
                "code_interpreter.max_connections",
                context.get("exception"),
            )

    loop.set_exception_handler(handle)


class Patience:
    """Whether something still moves: ``ENOUGH`` bytes in every span of so many seconds."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._since: float | None = None
        self._moved = 0

    @property
    def waiting(self) -> bool:
        return self._since is not None

    def begin(self, now: float) -> None:
        """Wait from now on."""
        self._since, self._moved = now, 0

    def end(self) -> None:
        """It is done."""
        self._since = None

    def move(self, size: int, now: float) -> bool:
        """So many bytes have come; whether that is enough for another span."""
        self._moved += size
        if self._since is None or self._moved < ENOUGH:
            return False
        self.begin(now)
        return True

    def over(self, now: float) -> bool:
        """Whether the time is up."""
        return self._since is not None and now - self._since >= self._seconds
