"""The interpreter under asyncio."""

from __future__ import annotations

import asyncio
import time

import pytest

from math_solver.interpreter import Execution, Interpreter, InterpreterClosed, Limits


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


def test_cancelling_a_waiting_call_leaves_its_session_alone(interpreter: Interpreter) -> None:
    async def main() -> tuple[Execution, Execution]:
        interpreter.run("a = 1", session="waiting")
        first = asyncio.ensure_future(interpreter.arun("import time; time.sleep(0.5); a", session="waiting"))
        await asyncio.sleep(0.1)
        second = asyncio.ensure_future(interpreter.arun("a = 2", session="waiting"))
        await asyncio.sleep(0.1)
        second.cancel()
        with pytest.raises(asyncio.CancelledError):
            await second
        return await first, await interpreter.arun("a", session="waiting")

    first, after = asyncio.run(main())
    assert (first.value, after.value) == ("1", "1")


def test_more_calls_than_threads(interpreter: Interpreter) -> None:
    async def main() -> list[Execution]:
        return await asyncio.gather(*(interpreter.arun(f"{n}", session=f"many{n % 7}") for n in range(150)))

    assert [execution.value for execution in asyncio.run(main())] == [str(n) for n in range(150)]


def test_closed() -> None:
    interpreter = Interpreter(Limits())
    interpreter.close()
    with pytest.raises(InterpreterClosed, match="closed"):
        asyncio.run(interpreter.arun("1"))
