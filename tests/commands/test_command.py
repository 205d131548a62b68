"""How scripts end: exit code and stderr for each way that ``main`` may end."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest

from math_solver.commands.command import run_command
from math_solver.interpreter import InterpreterError
from math_solver.records import RecordError


def raising(error: BaseException) -> Callable[[], int | None]:
    def main() -> int | None:
        raise error

    return main


@pytest.mark.parametrize(
    ("main", "code", "says"),
    [
        (lambda: None, 0, ""),
        (lambda: 1, 1, ""),
        (raising(RecordError("rows.jsonl:3: not JSON")), 2, "solve.py: rows.jsonl:3: not JSON\n"),
        (raising(InterpreterError("no seccomp")), 2, "solve.py: no seccomp\n"),
        (
            raising(KeyboardInterrupt()),
            2,
            "solve.py: interrupted; what was written is whole, run the same command again to go on\n",
        ),
    ],
)
def test_what_the_user_can_mend_is_one_line(
    main: Callable[[], int | None],
    code: int,
    says: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("sys.argv", ["somewhere/solve.py"])
    with pytest.raises(SystemExit) as ended:
        run_command(main)
    assert (ended.value.code, capsys.readouterr().err) == (code, says)


@pytest.mark.parametrize("error", [ValueError("a mistake of ours"), ZeroDivisionError(), OSError("?")])
def test_a_mistake_of_ours_keeps_its_traceback(error: Exception) -> None:
    with pytest.raises(type(error)):
        run_command(raising(error))


def test_a_reader_that_leaves_is_no_error() -> None:
    code = (
        "from math_solver.commands.command import run_command\n"
        "def main():\n    for number in range(10**6): print(number)\nrun_command(main)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        assert process.stdout.readline() == "0\n"
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == 1
