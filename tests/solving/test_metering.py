"""Tokens of all generations, those included that failed or were given up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

import pytest

from math_solver.protocol import Turn
from math_solver.solving.loop import Accepted, Completion, Part, Reasoned, Usage, Wanted
from math_solver.solving.metering import Meter


async def generate(
    turns: Sequence[Turn], *, max_tokens: int | None, wanted: Wanted | None = None
) -> AsyncGenerator[Part, None]:
    yield Accepted()
    yield Reasoned("Hm.")
    yield "It is "
    if max_tokens == 2:
        raise RuntimeError("died")
    yield "4."
    yield Completion("It is 4.", "stop", 7, 5)


def test_whole_turns_count_as_the_engine_says_and_others_by_their_pieces() -> None:
    meter = Meter()
    watched = meter.watch(generate)

    async def use() -> None:
        assert [part async for part in watched((), max_tokens=None)][-1] == Completion("It is 4.", "stop", 7, 5)
        assert meter.usage == Usage(7, 5)
        with pytest.raises(RuntimeError):
            [part async for part in watched((), max_tokens=2)]
        assert meter.usage == Usage(7, 7)
        async with aclosing(watched((), max_tokens=None, wanted="call")) as parts:
            await anext(parts)
            await anext(parts)
        assert meter.usage == Usage(7, 8)

    asyncio.run(use())
