"""The interpreter under asyncio."""

from __future__ import annotations

import asyncio
import time

import pytest

from math_solver.interpreter import Interpreter


def test_arun_lets_the_loop_go_on(interpreter: Interpreter) -> None:
    async def main() -> tuple[list[str | None], int]:
        ticks = 0
        jobs = asyncio.gather(*(interpreter.arun(f"import time; time.sleep(0.2); {n}") for n in range(4)))
        while not jobs.done():
            await asyncio.sleep(0.02)
            ticks += 1
        return [execution.value for execution in await jobs], ticks

    values, ticks = asyncio.run(main())
    assert values == ["0", "1", "2", "3"]
    assert ticks > 5


def test_cancelling_stops_the_program(interpreter: Interpreter) -> None:
    async def main() -> None:
        interpreter.run("a = 1", session="cancelled")
        job = asyncio.ensure_future(interpreter.arun("import time; time.sleep(60)", session="cancelled"))
        await asyncio.sleep(0.2)
        job.cancel()
        with pytest.raises(asyncio.CancelledError):
            await job

    asyncio.run(main())
    started = time.monotonic()
    assert "NameError" in interpreter.run("a", session="cancelled").observation
    assert time.monotonic() - started < 2.5
