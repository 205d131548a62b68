"""Several streams of events as one, each item as soon as it is there."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import TypeVar

__all__ = ["interleave"]

T = TypeVar("T")
WAITING = 16  # items that a slow reader may leave unread before the streams pause


async def interleave(streams: Sequence[AsyncGenerator[T, None]]) -> AsyncGenerator[tuple[int, T], None]:
    """Yield ``(index of the stream, item)``; an error of one stream ends all, as closing does."""
    if len(streams) == 1:
        async with aclosing(streams[0]) as only:
            async for single in only:
                yield 0, single
        return
    items = asyncio.Queue[tuple[int, T] | None](WAITING)
    tasks = [asyncio.ensure_future(_pump(index, stream, items)) for index, stream in enumerate(streams)]
    try:
        running = len(tasks)
        while running:
            item = await items.get()
            if item is not None:
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


async def _pump(index: int, stream: AsyncGenerator[T, None], items: asyncio.Queue[tuple[int, T] | None]) -> None:
    try:
        async with aclosing(stream):
            async for item in stream:
                await items.put((index, item))
    finally:
        # Where the reader has left, the queue may be full for good.
        if not items.full():
            items.put_nowait(None)
        else:
            await items.put(None)
