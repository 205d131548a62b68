"""Streams side by side, whose reader may be slow, or leave."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Coroutine
from typing import Any

import pytest

from math_solver.server.web.interleaving import WAITING, interleave

PATIENCE = 60
closed = list[str]()


async def endless(name: str) -> AsyncGenerator[str, None]:
    try:
        while True:
            yield name
            await asyncio.sleep(0)
    finally:
        closed.append(name)


async def failing(name: str) -> AsyncGenerator[str, None]:
    yield name
    raise RuntimeError("engine died")


async def full() -> None:
    """Let the streams write all that they may."""
    for _ in range(10 * WAITING):
        await asyncio.sleep(0)


def run(work: Coroutine[Any, Any, None]) -> None:
    closed.clear()
    asyncio.run(asyncio.wait_for(work, PATIENCE))


def test_closing_with_full_streams_returns() -> None:
    async def leave() -> None:
        events = interleave([endless("a"), endless("b")])
        await anext(events)
        await full()
        await events.aclose()

    run(leave())
    assert sorted(closed) == ["a", "b"]


def test_an_error_reaches_a_slow_reader() -> None:
    async def read() -> None:
        events = interleave([endless("a"), failing("b"), endless("c")])
        with pytest.raises(RuntimeError, match="engine died"):
            async for _ in events:
                await full()

    run(read())
    assert sorted(closed) == ["a", "c"]


def test_a_slow_reader_holds_up_the_streams() -> None:
    written = []

    async def counting() -> AsyncGenerator[int, None]:
        for number in range(10 * WAITING):
            written.append(number)
            yield number

    async def read() -> None:
        events = interleave([counting(), counting()])
        await anext(events)
        await full()
        assert len(written) <= WAITING + 3  # what waits, what was read, and one more of each stream
        assert len([item async for item in events]) == 20 * WAITING - 1

    run(read())
