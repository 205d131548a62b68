"""When a stream begins: once nothing that is known by then can refuse it, so that a refusal has a status."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager
from typing import Generic, TypeVar

__all__ = ["OPENING_SECONDS", "opened"]

T = TypeVar("T")
# An endpoint that is silent for longer must not keep a client without headers: proxies give up after 60 seconds.
OPENING_SECONDS = 30.0


@asynccontextmanager
async def opened(
    items: AsyncGenerator[T, None],
    sources: int = 1,
    source: Callable[[T], int] = lambda item: 0,
    seconds: float = OPENING_SECONDS,
) -> AsyncIterator[AsyncGenerator[T, None]]:
    """The same items, once there is one of each of ``sources``, or they end, or ``seconds`` are over.

    What they raise until then is raised on entry. Leaving closes them.
    """
    async with aclosing(items):
        opening = _Opening(items)
        try:
            await opening.wait(sources, source, seconds)
            yield opening.all()
        finally:
            await opening.close()


class _Opening(Generic[T]):
    """The items that were read before anyone saw them, and the step that was still waiting for the next."""

    def __init__(self, items: AsyncGenerator[T, None]) -> None:
        self._items = items
        self._read: list[T] = []
        self._step: asyncio.Task[T | None] | None = None

    async def wait(self, sources: int, source: Callable[[T], int], seconds: float) -> None:
        loop = asyncio.get_running_loop()
        until, heard = loop.time() + seconds, set[int]()
        while len(heard) < sources:
            self._step = asyncio.create_task(self._next())
            await asyncio.wait({self._step}, timeout=until - loop.time())
            if not self._step.done() or (item := await self._take(self._step)) is None:
                return
            heard.add(source(item))
            self._read.append(item)

    async def all(self) -> AsyncGenerator[T, None]:
        for item in self._read:
            yield item
        if self._step and (late := await self._take(self._step)) is not None:
            yield late
        async for item in self._items:
            yield item

    async def close(self) -> None:
        """Give up the step that waits; nothing else may close the items while it does."""
        if self._step is not None:
            self._step.cancel()
            await asyncio.wait({self._step})

    async def _next(self) -> T | None:
        return await anext(self._items, None)

    async def _take(self, step: asyncio.Task[T | None]) -> T | None:
        item = await step
        self._step = None
        return item
