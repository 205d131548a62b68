"""The interpreter under asyncio."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator

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


@pytest.fixture(scope="module")
def patient() -> Iterator[Interpreter]:
    """An interpreter that lets a program run longer than any of these tests has to wait."""
    with Interpreter(Limits(timeout=60.0)) as running:
        yield running


async def in_use(interpreter: Interpreter, session: str, *, calls: int, runs: int) -> None:
    """Wait until ``calls`` calls are in the session or wait for it, and ``runs`` programs have begun there."""
    held = interpreter._sessions._live[session]
    async with asyncio.timeout(60):
        while (held.users, held.runs) != (calls, runs):
            await asyncio.sleep(0.01)


def test_cancelling_stops_the_program(patient: Interpreter) -> None:
    async def main() -> None:
        patient.run("a = 1", session="cancelled")
        job = asyncio.ensure_future(patient.arun("import time; time.sleep(59)", session="cancelled"))
        await in_use(patient, "cancelled", calls=1, runs=2)
        job.cancel()
        with pytest.raises(asyncio.CancelledError):
            await job

    started = time.monotonic()
    asyncio.run(main())
    assert "NameError" in patient.run("a", session="cancelled").observation
    assert time.monotonic() - started < 50  # the program was not waited for


def test_cancelling_a_waiting_call_leaves_its_session_alone(patient: Interpreter) -> None:
    async def main() -> tuple[Execution, Execution]:
        patient.run("a = 1", session="waiting")
        first = asyncio.ensure_future(patient.arun("import time; time.sleep(3); a", session="waiting"))
        await in_use(patient, "waiting", calls=1, runs=2)
        second = asyncio.ensure_future(patient.arun("a = 2", session="waiting"))
        await in_use(patient, "waiting", calls=2, runs=2)
        second.cancel()
        with pytest.raises(asyncio.CancelledError):
            await second
        return await first, await patient.arun("a", session="waiting")

    first, after = asyncio.run(main())
    assert (first.value, after.value) == ("1", "1")


def test_a_session_whose_only_call_never_ran_takes_no_place() -> None:
    async def main(interpreter: Interpreter) -> None:
        sessions = interpreter._sessions._live
        first = asyncio.ensure_future(interpreter.arun("import time; time.sleep(2)", session="first"))
        async with asyncio.timeout(60):
            while not any(session.runs for session in sessions.values()):
                await asyncio.sleep(0.01)
            second = asyncio.ensure_future(interpreter.arun("1", session="second"))
            while "second" not in sessions:
                await asyncio.sleep(0.01)
            second.cancel()
            await first
            while "second" in sessions:
                await asyncio.sleep(0.01)

    with Interpreter(Limits(concurrency=1)) as single:
        asyncio.run(main(single))


def test_more_calls_than_threads(interpreter: Interpreter) -> None:
    async def main() -> list[Execution]:
        return await asyncio.gather(*(interpreter.arun(f"{n}", session=f"many{n % 7}") for n in range(150)))

    assert [execution.value for execution in asyncio.run(main())] == [str(n) for n in range(150)]


def test_closed() -> None:
    interpreter = Interpreter(Limits())
    interpreter.close()
    with pytest.raises(InterpreterClosed, match="closed"):
        asyncio.run(interpreter.arun("1"))
