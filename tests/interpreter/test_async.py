"""The interpreter under asyncio."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from math_solver.interpreter import (
    Execution,
    Interpreter,
    InterpreterClosed,
    InterpreterError,
    Limits,
    OutOfResources,
)


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


def test_an_error_of_the_caller_stays_what_it_is(interpreter: Interpreter) -> None:
    def show(picture: object) -> None:
        raise RuntimeError("of the caller")

    code = "from PIL import Image\nImage.new('RGB', (8, 8))"
    with pytest.raises(RuntimeError, match="^of the caller$") as raised:
        asyncio.run(interpreter.arun(code, show=show))
    assert not isinstance(raised.value, InterpreterError)


def test_a_program_without_a_thread_is_not_run_later(
    interpreter: Interpreter, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Refused(threading.Thread):
        def start(self) -> None:
            raise RuntimeError("can't start new thread")

    async def main() -> None:
        with monkeypatch.context() as machine:
            machine.setattr(threading, "Thread", Refused)
            with pytest.raises(OutOfResources, match="a thread could not be started: can't start new thread"):
                await interpreter.arun("a = 1", session="late")
        assert (await interpreter.arun("a = 2", session="other")).status == "ok"
        assert "NameError" in (await interpreter.arun("a", session="late")).observation

    with ThreadPoolExecutor(64) as none_idle:
        monkeypatch.setattr(interpreter, "_threads", none_idle)
        asyncio.run(main())
    for name in ("late", "other"):
        interpreter.end_session(name)


def test_closed() -> None:
    interpreter = Interpreter(Limits())
    interpreter.close()
    with pytest.raises(InterpreterClosed, match="closed"):
        asyncio.run(interpreter.arun("1"))
