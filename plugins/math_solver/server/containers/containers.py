"""Containers: sessions of the interpreter that outlive a request, under ids that nobody can guess."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

from ...interpreter import File, Interpreter, Show
from ...records import Execution
from ..solve_request import Run
from ..web.errors import ApiError

__all__ = ["Container", "Containers", "Place"]

EXPIRED = "the container of the previous response has expired"
ENDED = "the container was deleted, or other containers needed its place"
LEFT = "its last program was stopped when the client left"


@dataclass
class Container:
    """One container.

    Attributes:
        busy: a request uses it.
        ran: a program has run in it.
        begun: its session has a process, for a program or a file.
        lost: why its variables are gone; ``None`` once the model was told.
        losses: how often they were lost.
        uploads: files as they were uploaded, by name.
        secret: what the ids of its files are made with.
    """

    id: str
    name: str
    created_at: float
    idle_seconds: float
    last_active_at: float
    busy: bool = False
    ran: bool = False
    begun: bool = False
    lost: str | None = None
    losses: int = 0
    deleted: bool = False
    uploads: dict[str, File] = field(default_factory=dict)
    secret: bytes = field(default_factory=partial(secrets.token_bytes, 32), repr=False)

    @property
    def session(self) -> str:
        """The session of the interpreter behind it: another one after each loss, since the old may still be ending."""
        return f"{self.id}.{self.losses}"


@dataclass(frozen=True)
class Place:
    """Where the programs of a request run; ``is_new`` says that the container was made for it."""

    container: Container
    is_new: bool = False


class Containers:
    """The containers of a server, for use on its event loop.

    One that is idle for too long ends, and so does the longest idle when more than ``max_idle`` are idle. A container
    serves one request at a time. Its variables can be lost before it ends (a killed program, memory): the next
    program is then not run, and its ``Execution`` says so to the model and the client.
    """

    def __init__(
        self, interpreter: Interpreter, idle_seconds: float, max_idle: int, clock: Callable[[], float] = time.time
    ) -> None:
        self._interpreter, self._clock, self._max_idle = interpreter, clock, max_idle
        self.idle_seconds = idle_seconds
        self.memory_mb = interpreter.limits.memory_mb
        self._live: dict[str, Container] = {}

    def create(self, name: str = "", *, idle_seconds: float | None = None, lost: str | None = None) -> Container:
        """A new container without variables; ``lost`` tells its first program what it had to replace."""
        now = self._clock()
        container = Container(
            f"cntr_{secrets.token_hex(24)}", name, now, idle_seconds or self.idle_seconds, now, lost=lost
        )
        self._live[container.id] = container
        self._sweep()
        return container

    def find(self, container_id: str, param: str = "container_id") -> Container:
        """Raise 404 for a container that never was, or is no more."""
        container = self.living(container_id)
        if container is None:
            raise _gone(container_id, param)
        return container

    def living(self, container_id: str) -> Container | None:
        """The container of that id, if it is still there."""
        self._sweep()
        return self._live.get(container_id)

    def listing(self) -> list[Container]:
        """The containers there are, oldest first."""
        self._sweep()
        return sorted(self._live.values(), key=lambda container: container.created_at)

    def delete(self, container: Container) -> None:
        """Forget a container and its variables; raise 409 while a request uses it."""
        self.check_free(container)
        container.deleted = True
        self._end(container)

    def touch(self, container: Container) -> None:
        """A container that somebody looks into is not idle."""
        container.last_active_at = self._clock()

    def check_free(self, container: Container) -> None:
        """Raise 409 while another request uses a container; the SDK tries again by itself."""
        if container.busy:
            message = f"Container {container.id!r} is in use by another request; wait for it, or use another."
            raise ApiError(message, status=409, code="container_in_use")

    @contextmanager
    def hold(self, container: Container) -> Iterator[Container]:
        """Use a container, alone; raise 409 when another request does, 404 when it was deleted since it was found."""
        self.check_free(container)
        if container.deleted:
            raise _gone(container.id, "container_id")
        container.busy = True
        self._live[container.id] = container  # it may have made room for others since it was found
        try:
            yield container
        finally:
            container.busy = False
            self.touch(container)
            self._sweep()

    def place(self, named: str | None, param: str, *, earlier: str | None = None) -> Place:
        """The container that a request names, or else the one it used ``earlier`` if that is there, or a new one.

        Raises:
            ApiError: 404 or 409.
        """
        found = self.living(earlier) if named is None and earlier else None
        container = self.find(named, param) if named is not None else found
        if container is None:
            return Place(self.create(lost=EXPIRED if earlier else None), is_new=True)
        self.check_free(container)
        return Place(container)

    @contextmanager
    def at(self, place: Place | None) -> Iterator[Run | None]:
        """Run programs at a place, alone; a container that was made for it ends if nothing ran, or the client left."""
        if place is None:
            yield None
            return
        done = False
        try:
            with self.hold(place.container):
                yield partial(self.run, place.container)
            done = True
        finally:
            if place.is_new and not (done and place.container.ran) and place.container.id in self._live:
                self._end(place.container)

    async def run(self, container: Container, code: str, *, show: Show | None = None) -> Execution:
        """Run one program among the variables of a container; cancelling stops it and loses them."""
        container.ran = container.begun = True
        if container.lost is not None:
            reason, container.lost = container.lost, None
            error = f"SessionLost: {reason}; the variables of this session are gone and the program was not run"
            return Execution("killed", error=error)
        try:
            return await self._interpreter.arun(code, session=container.session, show=show)
        except asyncio.CancelledError:
            self._lose(container, LEFT)
            raise

    def _sweep(self) -> None:
        now = self._clock()
        idle = [container for container in self._live.values() if not container.busy]
        idle.sort(key=lambda container: container.last_active_at)
        surplus = len(idle) - self._max_idle
        for index, container in enumerate(idle):
            if index < surplus or now - container.last_active_at > container.idle_seconds:
                self._end(container)

    def _end(self, container: Container) -> None:
        del self._live[container.id]
        self._lose(container, ENDED)

    def _lose(self, container: Container, reason: str) -> None:
        """End the session behind a container; a request that still comes to use it is told the reason."""
        container.uploads.clear()
        if not container.begun:
            return
        # Waits for a program to be stopped, so not here on the event loop.
        asyncio.get_running_loop().run_in_executor(None, self._interpreter.end_session, container.session)
        container.lost = reason
        container.losses += 1


def _gone(container_id: str, param: str) -> ApiError:
    message = f"Container {container_id!r} does not exist or has expired."
    return ApiError(message, status=404, param=param, code="container_not_found")
