"""How scripts end: exit code and stderr for each way that ``main`` may end."""

from __future__ import annotations

import argparse
import ast
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from math_solver.commands.command import count, file_path, number, run_command
from math_solver.interpreter import InterpreterError
from math_solver.records import RecordError

ROOT = Path(__file__).parents[2]


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
        (
            raising(OSError(28, "No space left on device")),
            2,
            "solve.py: not finished: No space left on device; make room for it, or mend the path\n",
        ),
        (
            raising(PermissionError(13, "No", "x.jsonl")),
            2,
            "solve.py: x.jsonl: No; make room for it, or mend the path\n",
        ),
        (
            raising(OSError(24, "Too many open files", "x.jsonl")),
            2,
            "solve.py: x.jsonl: Too many open files; raise `ulimit -n`\n",
        ),
        (
            raising(OSError(23, "Too many open files in system")),
            2,
            "solve.py: not finished: Too many open files in system; end programs that hold files open, or raise "
            "fs.file-max\n",
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


@pytest.mark.parametrize(
    ("number", "interrupts"),
    [
        (signal.SIGTERM, True),
        (signal.SIGHUP, True),
        (signal.SIGTERM, False),  # started with & by a shell, which has it ignore Ctrl-C
    ],
)
def test_a_signal_that_ends_a_process_ends_it_as_ctrl_c_does(number: signal.Signals, interrupts: bool) -> None:
    code = (
        "import signal, sys, time\nfrom math_solver.commands.command import run_command\n"
        + ("" if interrupts else "signal.signal(signal.SIGINT, signal.SIG_IGN)\n")
        # Short sleeps: a signal that arrives just before a sleep begins is handled only behind it.
        + "def main():\n    try:\n        print('begun', flush=True)\n        while True: time.sleep(0.1)\n"
        "    finally:\n        print('tidied', flush=True)\nrun_command(main)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None and process.stdout.readline() == "begun\n"
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (2, "tidied\n") and "interrupted; what was written is whole" in err


def test_handlers_are_put_back() -> None:
    with pytest.raises(SystemExit):
        run_command(lambda: 0)
    assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL


@pytest.mark.parametrize("target", ["/dev/full", "closed pipe", "closed"])
def test_what_cannot_be_printed_is_one_line_at_most(target: str) -> None:
    code = "from math_solver.commands.command import run_command\nrun_command(lambda: print('a few words'))"
    reading, writing = os.pipe()
    os.close(reading)
    with open(os.devnull if target == "closed" else "/dev/full", "w") as full:
        stdout = writing if target == "closed pipe" else full.fileno()
        shut = (lambda: os.close(1)) if target == "closed" else None
        ended = subprocess.run(
            [sys.executable, "-c", code],
            stdout=stdout,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=shut,
            check=False,
        )
    os.close(writing)
    assert (ended.returncode, len(ended.stderr.splitlines())) == {
        "/dev/full": (2, 1),
        "closed pipe": (1, 0),
        "closed": (0, 0),
    }[target], ended.stderr


def test_nothing_can_be_printed_at_all() -> None:
    code = "from math_solver.commands.command import run_command\nrun_command(lambda: print('a few words'))"
    with open("/dev/full", "w") as full:
        command = [sys.executable, "-c", code]
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
        ended = subprocess.run(command, stdout=full, stderr=full, env=environment, check=False)
    assert ended.returncode == 2


def test_an_option_that_is_given_two_signs_for_a_value_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["script.py", "--name", "x", "--output=--"])
    with pytest.raises(SystemExit, match="2"):
        run_command(lambda: pytest.fail("is not begun"))
    assert capsys.readouterr().err == "script.py: --output=--: is no value; write one behind the sign\n"


@pytest.mark.parametrize("text", ["0", "-1", "", "nan", "1.5", "9" * 5000, "²"])
def test_what_is_no_count(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="no whole number from 1"):
        count(text)
    assert count("17") == 17


@pytest.mark.parametrize("text", ["nan", "-nan", "inf", "-inf", "Infinity", "1e999", "", "x", "1,5"])
def test_what_is_no_finite_number(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="is no finite number"):
        number(text)
    assert (number("-1.5"), number("1e-9")) == (-1.5, 1e-9)


@pytest.mark.parametrize("text", ["", ".", "..", "/", "a/.."])
def test_what_names_no_file(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="names no file"):
        file_path(text)
    assert file_path("a/b.jsonl") == Path("a/b.jsonl")


def test_a_file_does_not_take_the_place_of_a_closed_stream(tmp_path: Path) -> None:
    code = (
        "from math_solver.commands.command import run_command\n"
        f"def main():\n    with open({str(tmp_path / 'rows')!r}, 'w') as file:\n        print('words')\n"
        "        file.write(str(file.fileno() > 2))\nrun_command(main)"
    )
    shut = "import os, sys; os.closerange(0, 3); os.execv(sys.executable, [sys.executable, '-c', sys.argv[1]])"
    assert subprocess.run([sys.executable, "-c", shut, code], check=False).returncode == 0
    assert (tmp_path / "rows").read_text() == "True"


def test_next_to_nothing_is_imported_before_ctrl_c_is_one_line() -> None:
    code = (
        "import sys, math_solver.commands.command as _\n"
        "assert not {'math_solver.records', 'math_solver.interpreter', 'jsonlines'} & set(sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("script", sorted(path.name for path in (ROOT / "scripts").glob("*.py")))
def test_a_script_imports_nothing_else_of_ours_at_once(script: str) -> None:
    body = ast.parse((ROOT / "scripts" / script).read_text(encoding="utf-8")).body
    named = [node.module for node in body if isinstance(node, ast.ImportFrom) and node.module]
    assert [name for name in named if name.startswith("math_solver")] in ([], ["math_solver.commands.command"])


def test_no_script_takes_what_is_no_finite_number() -> None:
    """But for those that say themselves what they take, of which tests give them nan."""
    files = [*(ROOT / "scripts").glob("*.py"), *(ROOT / "plugins/math_solver/commands").glob("*.py")]
    taking = [path.name for path in files if "type=float" in path.read_text(encoding="utf-8")]
    assert sorted(taking) == ["generate_problems.py", "propose_problems.py"]
