"""When a stream begins: what refuses it before is raised, and nothing of it is lost or left running."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

import pytest

from math_solver.server.web.opening import opened

SECONDS = 60.0


class Items:
    """Items of several sources, each ``(source, what)``; an exception is raised, a float is a pause."""

    def __init__(self, *script: Any) -> None:
        self._script, self.told, self.closed = script, 0, False

    async def __aiter__(self) -> AsyncGenerator[tuple[int, str], None]:
        try:
            for one in self._script:
                if isinstance(one, Exception):
                    raise one
                if isinstance(one, float):
                    await asyncio.sleep(one)
                    continue
                self.told += 1
                yield one
        finally:
            await asyncio.sleep(0)
            self.closed = True


def begin(items: Items, sources: int = 1, seconds: float = SECONDS, read: int | None = None) -> tuple[int, list[Any]]:
    """How many items there were when the stream began, and what it then gave (``read``: at most so many)."""

    async def run() -> tuple[int, list[Any]]:
        async with opened(items.__aiter__(), sources, lambda item: item[0], seconds) as stream:
            told, got = items.told, list[Any]()
            async for item in stream:
                got.append(item)
                if len(got) == read:
                    break
            return told, got

    result = asyncio.run(run())
    assert items.closed
    return result


A, B, C = (0, "a"), (1, "b"), (0, "c")


@pytest.mark.parametrize(
    ("script", "sources", "told"),
    [
        ([A, C], 1, 1),
        # each must be heard of, however much another says before
        ([A, C, C, B, A], 2, 4),
        # one that never says a word ends as well
        ([A, C], 2, 2),
        ([], 1, 0),
    ],
)
def test_it_begins_with_the_first_item_of_each(script: list[Any], sources: int, told: int) -> None:
    assert begin(Items(*script), sources) == (told, script)


@pytest.mark.parametrize(("script", "sources"), [([KeyError("no")], 1), ([A, KeyError("no")], 2)])
def test_what_is_raised_before_is_raised_on_entry(script: list[Any], sources: int) -> None:
    items = Items(*script)
    with pytest.raises(KeyError, match="no"):
        begin(items, sources)
    assert items.closed


def test_what_is_raised_later_comes_from_the_stream() -> None:
    async def run() -> list[Any]:
        got: list[Any] = []
        async with opened(Items(A, KeyError("later")).__aiter__()) as stream:
            with pytest.raises(KeyError, match="later"):
                async for item in stream:
                    got.append(item)
        return got

    assert asyncio.run(run()) == [A]


@pytest.mark.parametrize("script", [[0.05, A, C], [A, 0.05, B]])
def test_a_silent_source_is_not_waited_for_for_ever_and_loses_nothing(script: list[Any]) -> None:
    told, got = begin(Items(*script), 2, seconds=0.001)
    assert told < 2
    assert got == [one for one in script if not isinstance(one, float)]


@pytest.mark.parametrize("read", [1, None])
def test_leaving_ends_a_step_that_still_waits(read: int | None) -> None:
    async def run() -> None:
        items = Items(A, 3600.0, B)
        async with opened(items.__aiter__(), 2, lambda item: item[0], 0.001) as stream:
            if read:
                await anext(stream)
        assert items.closed

    asyncio.run(run())


def test_who_is_cancelled_before_it_begins_leaves_nothing_running() -> None:
    items = Items(3600.0)

    async def run() -> None:
        waiting = asyncio.create_task(_enter(items))
        await asyncio.sleep(0.01)
        waiting.cancel()
        await asyncio.wait({waiting})
        assert items.closed and waiting.cancelled()
        assert asyncio.all_tasks() == {asyncio.current_task()}

    asyncio.run(run())


async def _enter(items: Items) -> None:
    async with opened(items.__aiter__()):
        raise AssertionError("it never begins")
