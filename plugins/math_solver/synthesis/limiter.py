"""How many requests an endpoint gets at a time: found out by asking, not set.

Each endpoint has a limit of its own that grows while its answers come, halves when it turns requests away, and gives
way a little when they get lost (additive increase, multiplicative decrease, with TCP's slow start). One in a hundred
lost for its own reasons leaves about a hundred of 512 in flight. An endpoint that says when to come back, or keeps
failing, is left alone until then. ``Pool`` hands out places at whichever endpoint has most of them free, so that one
that is slow or gone holds up what is in flight there and nothing else.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

__all__ = ["Limiter", "Patience", "Place", "Pool"]

FIRST = 16.0  # requests in flight before anything is known
STEPS = 16  # times that all in flight are answered, from nothing to the most


@dataclass(frozen=True)
class Patience:
    """How long to wait for what may still come; times in seconds.

    Attributes:
        attempts: times that a request is sent which may have cost something.
        turned_away: times that a request is sent which an endpoint does not take (429, 503).
        first: the pause behind a first failure; the next ones are twice as long each.
        longest: the longest pause that is not the endpoint's own wish.
        wish: the longest pause that an endpoint may wish for; one beyond it is no answer to "when".
        outage: how long nothing is answered before a run stops,
        strikes: and the requests that have failed meanwhile, so that it is not a few that are at fault.
    """

    attempts: int = 4
    turned_away: int = 16
    first: float = 0.5
    longest: float = 10.0
    wish: float = 120.0
    outage: float = 120.0
    strikes: int = 24

    def pause(self, failures: int) -> float:
        """How long to wait behind so many failures in a row."""
        return float(min(self.longest, self.first * 2.0 ** min(failures - 1, 60)))


class Limiter:
    """The limit of one endpoint; times are those of the event loop.

    Attributes:
        limit: requests that it may have in flight, ``most`` at most.
        in_flight: those that it has.
        strikes: failures without an answer between them.
    """

    def __init__(self, most: int, patience: Patience) -> None:
        self.most, self.patience = most, patience
        self.limit = min(FIRST, float(most))
        self.in_flight = 0
        self.strikes = 0
        self._starting = True
        self._struck = float("-inf")
        self._until = float("-inf")

    def free(self, now: float) -> int:
        """The requests that may be sent now."""
        return 0 if now < self._until else int(self.limit) - self.in_flight

    def resumes(self, now: float) -> float | None:
        """When it may be asked again, where it is left alone."""
        return self._until if now < self._until else None

    def answered(self) -> None:
        """An answer came: there may be room for more, if there was use for all there is."""
        self.strikes = 0
        if self.in_flight >= int(self.limit) - 1:
            step = 1.0 if self._starting else max(1.0, self.most / STEPS) / self.limit
            self.limit = min(float(self.most), self.limit + step)

    def failed(self, sent: float, now: float, keep: float) -> None:
        """A request that was sent then was not answered; ``keep`` is the share of the limit that may stay.

        Those that were in flight at the last failure have nothing to add to it.
        """
        if sent <= self._struck:
            return
        self._struck = now
        self.strikes += 1
        if keep < 1:
            self._starting, self.limit = False, max(1.0, self.limit * keep)
        if self.strikes > 1:
            self.rest(now + self.patience.pause(self.strikes - 1))

    def rest(self, until: float) -> None:
        """Send nothing before that time."""
        self._until = max(self._until, until)


class _Limited(Protocol):
    @property
    def limiter(self) -> Limiter: ...


E = TypeVar("E", bound=_Limited)


@dataclass(frozen=True)
class Place(Generic[E]):
    """Leave to send one request to an endpoint."""

    endpoint: E


class Pool(Generic[E]):
    """Places at several endpoints, given in the order in which they are asked for."""

    def __init__(self, endpoints: Sequence[E]) -> None:
        self.endpoints = tuple(endpoints)
        self._waiting: deque[asyncio.Future[Place[E]]] = deque()
        self._timer: asyncio.TimerHandle | None = None

    @property
    def in_flight(self) -> int:
        return sum(endpoint.limiter.in_flight for endpoint in self.endpoints)

    @property
    def limit(self) -> int:
        return sum(int(endpoint.limiter.limit) for endpoint in self.endpoints)

    async def take(self) -> Place[E]:
        """Wait for a place; ``give_back`` it."""
        future: asyncio.Future[Place[E]] = asyncio.get_running_loop().create_future()
        self._waiting.append(future)
        self.serve()
        try:
            return await future
        except asyncio.CancelledError:
            if future.done() and not future.cancelled():
                self.give_back(future.result())
            raise

    def give_back(self, place: Place[E]) -> None:
        place.endpoint.limiter.in_flight -= 1
        self.serve()

    def serve(self) -> None:
        """Hand out the places that there are, and come back when an endpoint may be asked again."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        while self._waiting:
            if self._waiting[0].done():
                self._waiting.popleft()
                continue
            best = max(self.endpoints, key=lambda endpoint: endpoint.limiter.free(now))
            if best.limiter.free(now) < 1:
                self._wake_up(loop, now)
                return
            best.limiter.in_flight += 1
            self._waiting.popleft().set_result(Place(best))

    def _wake_up(self, loop: asyncio.AbstractEventLoop, now: float) -> None:
        resting = [at for endpoint in self.endpoints if (at := endpoint.limiter.resumes(now)) is not None]
        if self._timer is not None:
            self._timer.cancel()
        self._timer = loop.call_at(min(resting) + 0.001, self.serve) if resting else None
