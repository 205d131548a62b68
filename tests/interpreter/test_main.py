"""python -m math_solver.interpreter."""

from __future__ import annotations

import json
import subprocess
import sys

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
