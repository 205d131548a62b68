"""The interpreter after its server, its child or its host dies, and after it is closed."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from math_solver.interpreter import Interpreter, InterpreterClosed, InterpreterError, Limits, OutOfResources


def server_processes(interpreter: Interpreter) -> list[psutil.Process]:
    """The server, and the waiter in front of it if there is one, outermost first."""
    assert interpreter._server is not None and interpreter._server.pid is not None
    outer = psutil.Process(interpreter._server.pid)
    return [outer, *outer.children()]


def family(interpreter: Interpreter) -> list[psutil.Process]:
    assert interpreter._server is not None and interpreter._server.pid is not None
    outer = psutil.Process(interpreter._server.pid)
    return [outer, *outer.children(recursive=True)]


@pytest.mark.parametrize("which", [0, 1])
def test_next_call_works_after_the_server_is_killed(which: int) -> None:
    with Interpreter(Limits(timeout=3)) as interpreter:
        interpreter.run("a = 1", session="s")
        before = family(interpreter)
        before[min(which, len(before) - 1)].kill()
        psutil.wait_procs(before, timeout=5)
        assert not any(process.is_running() for process in before)
        assert interpreter.run("1 + 1").value == "2"
        lost = interpreter.run("a", session="s")
        assert lost.status == "killed"
        assert lost.observation.startswith("SessionLost: the interpreter was restarted")
        assert interpreter.run("2", session="s").value == "2"


def light_server(interpreter: Interpreter) -> psutil.Process:
    """The one of the warm server's children that has children itself."""
    return next(child for child in server_processes(interpreter)[-1].children() if child.children())


def test_both_servers_start_again_when_the_light_one_is_killed() -> None:
    with Interpreter(Limits(timeout=3)) as interpreter:
        interpreter.run("a = 1", session="s")
        before = family(interpreter)
        light_server(interpreter).kill()
        gone, alive = psutil.wait_procs(before, timeout=5)
        assert alive == []
        assert interpreter.run("print(2)").observation == "2"
        assert interpreter.run("sqrt(4)").value == "2"
        assert interpreter.run("a", session="s").observation.startswith("SessionLost: the interpreter was restarted")


def test_both_servers_start_again_when_one_fails() -> None:
    with Interpreter(Limits(timeout=3)) as interpreter:
        for which in ("_warm", "_light"):
            interpreter.run("a = 1", session="s")
            before = family(interpreter)
            control = getattr(interpreter._server, which).control
            control.sendall(b"{}")  # no message of ours: what it raises ends the loop
            gone, alive = psutil.wait_procs(before, timeout=10)
            assert alive == []
            assert interpreter.run("print(2)").observation == "2"
            assert interpreter.run("sqrt(4)").value == "2"
            assert interpreter.run("a", session="s").observation.startswith("SessionLost: the interpreter was")


def test_a_plain_program_is_told_that_a_server_died() -> None:
    with Interpreter(Limits(timeout=5)) as interpreter, ThreadPoolExecutor(1) as pool:
        interpreter.start()
        for server in (lambda: server_processes(interpreter)[-1], lambda: light_server(interpreter)):
            before = family(interpreter)
            job = pool.submit(interpreter.run, "while 1: pass")
            time.sleep(0.3)
            server().kill()
            assert job.result().status == "killed"
            assert psutil.wait_procs(before, timeout=10)[1] == []  # nor is any of their children left to take
            assert interpreter.run("print(2)").observation == "2"


def test_running_programs_are_told_that_the_server_died() -> None:
    with Interpreter(Limits(timeout=5, concurrency=2)) as interpreter, ThreadPoolExecutor(2) as pool:
        jobs = [pool.submit(interpreter.run, "while True: pass", name) for name in (None, "s")]
        time.sleep(0.3)
        server_processes(interpreter)[-1].kill()
        alone, session = [job.result() for job in jobs]
        assert alone.status == session.status == "killed"
        assert session.observation.endswith("the variables of this session are gone")
        assert interpreter.run("1").value == "1"


def test_server_killed_at_random() -> None:
    dice = random.Random(5)
    with Interpreter(Limits(timeout=5, concurrency=2)) as interpreter:
        stop = threading.Event()
        seen: list[tuple[str, bool]] = []

        def work(n: int) -> None:
            while not stop.is_set():
                n += 2
                execution = interpreter.run(f"import time; time.sleep(0.01); print({n}); {n} + 1")
                seen.append((execution.status, execution.observation == f"{n}\n{n + 1}"))

        workers = [threading.Thread(target=work, args=(n,)) for n in range(2)]
        for worker in workers:
            worker.start()
        try:
            for _ in range(4):
                time.sleep(dice.uniform(0.0, 0.5))
                with contextlib.suppress(psutil.NoSuchProcess):
                    dice.choice(family(interpreter)).kill()
                assert interpreter.run("6 * 7").status in ("ok", "killed")
        finally:
            stop.set()
            for worker in workers:
                worker.join()
        assert interpreter.run("6 * 7").value == "42"
    assert all(right if status == "ok" else status == "killed" for status, right in seen)
    assert sum(status == "ok" for status, _ in seen) > 5


def test_nothing_outlives_a_killed_host(tmp_path: Path) -> None:
    code = (
        "import os, sys\nfrom math_solver.interpreter import Interpreter\n"
        "with Interpreter() as interpreter:\n"
        "    interpreter.run('a = 1', session='s')\n"
        "    print(interpreter._server.pid, flush=True)\n"
        "    interpreter.run('while True: pass')\n"
    )
    tmp_path.chmod(0o711)
    host = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env={**os.environ, "TMPDIR": str(tmp_path)}
    )
    assert host.stdout is not None
    outer = psutil.Process(int(host.stdout.readline()))
    everyone = [outer, *outer.children(recursive=True)]
    assert len(everyone) > 3
    host.send_signal(signal.SIGKILL)
    host.wait()
    host.stdout.close()
    gone, alive = psutil.wait_procs(everyone, timeout=5)
    assert alive == []
    assert list(tmp_path.iterdir()) == []


def test_close_ends_everything_and_calls_under_way() -> None:
    interpreter = Interpreter(Limits(timeout=30))
    interpreter.run("a = 1", session="s")
    everyone = family(interpreter)
    threading.Timer(0.3, interpreter.close).start()
    with ThreadPoolExecutor(1) as pool:
        execution = pool.submit(interpreter.run, "while True: pass").result()
    assert execution.status == "killed"
    interpreter.close()
    assert not any(process.is_running() for process in everyone)
    with pytest.raises(InterpreterClosed, match="closed"):
        interpreter.run("1")
    interpreter.close()


def test_a_forked_copy_refuses(interpreter: Interpreter) -> None:
    interpreter.start()
    interpreter._owner += 1
    try:
        with pytest.raises(InterpreterClosed, match="forked"):
            interpreter.run("1")
    finally:
        interpreter._owner -= 1


def test_failure_to_start_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("math_solver.interpreter.starting._BOOT", "raise SystemExit(9)")
    with pytest.raises(InterpreterError, match="exit status 9"):
        Interpreter().start()


def test_failure_to_make_a_server_raises_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nonexistent/python")
    with pytest.raises(InterpreterError, match="/nonexistent/python"):
        Interpreter().start()


@pytest.mark.parametrize("name", ["interpreter", "interpreter-idle"])  # before there is a server, and with one
def test_a_start_without_one_of_its_threads_leaves_nothing(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    class Refused(threading.Thread):
        def start(self) -> None:
            if self.name == name:
                raise RuntimeError("can't start new thread")
            super().start()

    monkeypatch.setattr(threading, "Thread", Refused)
    before = psutil.Process().children()
    with pytest.raises(OutOfResources, match="a thread could not be started: can't start new thread"):
        Interpreter().start()
    assert psutil.Process().children() == before


def test_threads_of_asynchronous_calls_start_together_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    class Refused(threading.Thread):
        begun = 0

        def start(self) -> None:
            Refused.begun += 1
            if Refused.begun > 5:
                raise RuntimeError("can't start new thread")
            super().start()

    with Interpreter() as interpreter:
        monkeypatch.setattr(threading, "Thread", Refused)
        with pytest.raises(OutOfResources, match="a thread could not be started"):
            interpreter.start_threads()


def test_recovers_from_servers_that_could_not_be_made(monkeypatch: pytest.MonkeyPatch) -> None:
    with Interpreter(Limits(timeout=3)) as interpreter:
        with monkeypatch.context() as broken:
            broken.setattr(sys, "executable", "/nonexistent/python")
            server_processes(interpreter)[-1].kill()
            with pytest.raises(InterpreterError, match="/nonexistent/python"):
                while interpreter.run("1"):
                    pass
        until = time.monotonic() + 30
        while True:
            try:
                assert interpreter.run("6 * 7").value == "42"
                return
            except InterpreterError:
                assert time.monotonic() < until
                time.sleep(0.1)


def test_starts_when_first_used_and_only_then() -> None:
    interpreter = Interpreter()
    assert interpreter._server is None
    assert interpreter.run("1").value == "1"
    interpreter.close()


def test_interrupting_the_host_leaves_programs_alone(interpreter: Interpreter) -> None:
    interpreter.run("a = 1", session="i")
    assert os.getpgid(server_processes(interpreter)[0].pid) != os.getpgid(0)
    interpreter.end_session("i")


@pytest.mark.parametrize(
    ("name", "value"),
    [("timeout", 0), ("timeout", -1.0), ("memory_mb", "big"), ("sessions", True), ("timeout", float("nan")),
     ("timeout", float("inf")), ("concurrency", 0.5), ("spares", 1.5)],
)  # fmt: skip
def test_limits_are_checked(name: str, value: object) -> None:
    with pytest.raises(ValueError, match=name):
        Limits(**{name: value})  # type: ignore[arg-type]


def test_limits_know_the_layers() -> None:
    with pytest.raises(ValueError, match="the layers are seccomp"):
        Limits(allow_missing=("selinux",))
