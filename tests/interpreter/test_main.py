"""python -m math_solver.interpreter."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time

import psutil
import pytest


def run(program: str, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "math_solver.interpreter", *options]
    return subprocess.run(command, input=program, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize(
    ("program", "options", "code", "output"),
    [
        ("sqrt(8)/4", (), 0, "sqrt(2)/2\n"),
        ("print(1)\n2", (), 0, "1\n2\n"),
        ("1/0", (), 1, 'Traceback (most recent call last):\n  File "<cell>", line 1\n    1/0\n'
         "ZeroDivisionError: division by zero\n"),
        ("while True: pass", ("--timeout", "0.3"), 1, "TimeoutError: the program was stopped after 0.3 s\n"),
    ],
)  # fmt: skip
def test_prints_the_observation(program: str, options: tuple[str, ...], code: int, output: str) -> None:
    done = run(program, *options)
    assert (done.returncode, done.stdout) == (code, output)


def test_report() -> None:
    report = json.loads(run("", "--report").stdout)
    assert report["tier"] == "strong"
    assert set(report["attacks"].values()) == {"blocked"}


def test_an_interrupt_ends_it_quietly() -> None:
    command = [sys.executable, "-m", "math_solver.interpreter", "--timeout", "60"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdin is not None
    process.stdin.write(b"while True: pass")
    process.stdin.close()
    process.stdin = None
    here = psutil.Process(process.pid)
    until = time.monotonic() + 60
    while not any(child.cpu_times().user > 0 for child in family(here)):
        assert time.monotonic() < until
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=60)
    assert (process.returncode, output, errors) == (130, b"", b"")


def family(process: psutil.Process) -> list[psutil.Process]:
    """The processes below those below the server: programs."""
    return [child for child in process.children(recursive=True) if child.ppid() != process.pid]


def test_bad_limits() -> None:
    done = run("", "--timeout", "0")
    assert done.returncode == 2
    assert "Limits.timeout is 0.0" in done.stderr


def test_the_sandboxed_side_imports_the_standard_library_sympy_and_numpy_only() -> None:
    program = (
        "import sys\nroots = {name.split('.')[0] for name in sys.modules}\n"
        "sorted(roots - sys.stdlib_module_names - {'__mp_main__'})"
    )
    names = set(eval(run(program).stdout))
    assert {"sympy", "numpy", "mpmath", "sandbox"} <= names
    assert not names & {"math_solver", "openai", "torch", "llamafactory", "transformers", "jsonlines"}
