"""Several streams of events as one, each item as soon as it is there."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from typing import TypeVar

__all__ = ["interleave"]

T = TypeVar("T")
WAITING = 16  # items that a slow reader may leave unread before the streams pause


async def interleave(streams: Sequence[AsyncGenerator[T, None]]) -> AsyncGenerator[tuple[int, T], None]:
    """Yield ``(index of the stream, item)`` in the order in which items come.

    An error in one stream ends all of them and is raised; closing this iterator ends them too.
    """
    if len(streams) == 1:
        async with aclosing(streams[0]) as only:
            async for single in only:
                yield 0, single
        return
    # The semaphore limits the items and not the queue, so that a stream can always say that it has ended.
    items, free = asyncio.Queue[tuple[int, T] | None](), asyncio.Semaphore(WAITING)
    tasks = [
        asyncio.ensure_future(_pump(index, stream, free, items.put_nowait)) for index, stream in enumerate(streams)
    ]
    try:
        running = len(tasks)
        while running:
            item = await items.get()
            if item is not None:
                free.release()
                yield item
                continue
            running -= 1
            for task in tasks:
                if task.done():
                    task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _pump(
    index: int, stream: AsyncGenerator[T, None], free: asyncio.Semaphore, put: Callable[[tuple[int, T] | None], None]
) -> None:
    """Put the items of one stream, and ``None`` when it has ended."""
    try:
        async with aclosing(stream):
            async for item in stream:
                await free.acquire()
                put((index, item))
    finally:
        put(None)
