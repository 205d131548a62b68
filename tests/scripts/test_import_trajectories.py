from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from math_solver.records import Trajectory, read_records

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "scripts" / "import_trajectories.py"


def row(number: int, code: str | None = None) -> dict[str, Any]:
    turns = [
        ("human", f"题目：{number} + 4 等于多少？"),
        ("gpt", f"相加。\n```python\n{code or f'print({number} + 4)'}\n```"),
        ("human", f"运行结果为：```{number + 4}```"),
        ("gpt", f"和是 \\boxed{{{number + 4}}}。"),
    ]
    return {"conversations": [{"from": who, "value": text} for who, text in turns]}


def write(path: Path, rows: list[Any]) -> Path:
    path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    return path


def command(source: Path, output: Path, *more: str) -> list[str]:
    return [sys.executable, str(SCRIPT), "--input", str(source), "--output", str(output), *more]


def run(source: Path, output: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(source, output, *more), capture_output=True, text=True)


def test_counts_and_unreadable_rows(tmp_path: Path) -> None:
    source = write(tmp_path / "rows.json", [row(1), row(2, "print(x)"), {"nothing": 0}, row(1)])
    output = tmp_path / "folder" / "out.jsonl"
    ran = run(source, output)
    assert ran.returncode == 0, ran.stderr
    assert [line.split() for line in ran.stdout.splitlines()] == [
        ["kept", "1"],
        ["dropped", "code_error", "1"],
        ["dropped", "unreadable_row", "1"],
        ["dropped", "duplicate", "1"],
        ["total", "4"],
    ]
    assert ran.stderr.startswith(f"left out: {source}, row 3: "), "no bar is drawn where nobody sees it move"
    assert len(ran.stderr.splitlines()) == 1
    (trajectory,) = read_records(output, Trajectory)
    assert (trajectory.id, trajectory.problem.source, trajectory.predicted) == ("rows-00001", "rows", "5")
    assert sorted(path.name for path in output.parent.iterdir()) == ["out.jsonl"]


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    source = write(tmp_path / "rows.json", [row(number) for number in range(8)])
    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    assert run(source, first, "--workers", "1").returncode == 0
    assert run(source, second, "--workers", "3").returncode == 0
    assert first.read_bytes() == second.read_bytes()


def test_limit_takes_the_first_rows_or_a_sample(tmp_path: Path) -> None:
    source = write(tmp_path / "rows.json", [row(number) for number in range(20)])
    output = tmp_path / "out.jsonl"
    assert run(source, output, "--limit", "2").returncode == 0
    assert [record.id for record in read_records(output, Trajectory)] == ["rows-00001", "rows-00002"]
    assert run(source, output, "--limit", "2", "--seed", "3").returncode == 0
    sample = [record.id for record in read_records(output, Trajectory)]
    assert len(sample) == 2 and sample != ["rows-00001", "rows-00002"]


def test_a_folder_is_read_with_the_folders_in_it(tmp_path: Path) -> None:
    (tmp_path / "rows" / "more").mkdir(parents=True)
    write(tmp_path / "rows" / "a.json", [row(1)])
    write(tmp_path / "rows" / "more" / "b.json", [row(2)])
    assert run(tmp_path / "rows", tmp_path / "out.jsonl").returncode == 0
    assert len(list(read_records(tmp_path / "out.jsonl", Trajectory))) == 2


@pytest.mark.parametrize("content", [None, "[{", "{}"], ids=["missing", "torn", "not a list"])
def test_an_unusable_file_is_one_line_and_exit_code_2(tmp_path: Path, content: str | None) -> None:
    source, output = tmp_path / "rows.json", tmp_path / "out.jsonl"
    if content is not None:
        source.write_text(content)
    ran = run(source, output)
    assert ran.returncode == 2 and ran.stdout == ""
    (line,) = ran.stderr.splitlines()
    assert str(source) in line
    assert not output.exists()


def started(source: Path, output: Path) -> subprocess.Popen[bytes]:
    """The script as a terminal starts it: its own process group, Ctrl-C not ignored."""
    return subprocess.Popen(
        command(source, output, "--workers", "1"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


def wait_for_entries(journal: Path, number: int) -> None:
    deadline = time.monotonic() + 60
    while not journal.exists() or journal.read_bytes().count(b"\n") <= number:
        assert time.monotonic() < deadline, "the journal does not grow"
        time.sleep(0.01)


def gone(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    return False


@pytest.mark.slow
def test_an_interrupted_run_loses_nothing_and_goes_on(tmp_path: Path) -> None:
    # The pauses keep the run alive long enough to be interrupted in its middle.
    rows = [row(number, f"import time\ntime.sleep(0.05)\nprint({number} + 4)") for number in range(60)]
    rows[30] = row(30, "print(x)")
    source, output = write(tmp_path / "rows.json", rows), tmp_path / "out.jsonl"
    whole = tmp_path / "whole.jsonl"
    assert run(source, whole).returncode == 0
    journal = tmp_path / "out.jsonl.journal"
    entries = 0
    for sent, code in ((signal.SIGKILL, -signal.SIGKILL), (signal.SIGINT, 2)):
        process = started(source, output)
        wait_for_entries(journal, entries + 5)
        if sent == signal.SIGINT:
            os.killpg(process.pid, sent)  # as Ctrl-C does
        else:
            process.kill()
        _, errors = process.communicate(timeout=30)
        assert process.returncode == code
        assert not output.exists()
        before, entries = entries, journal.read_bytes().count(b"\n")
        assert before < entries < 60
    assert b"same command again" in errors.splitlines()[-1] and b"Traceback" not in errors
    deadline = time.monotonic() + 10
    while not gone(process.pid):
        assert time.monotonic() < deadline, "the script left processes behind"
        time.sleep(0.05)
    assert run(source, output).returncode == 0
    assert output.read_bytes() == whole.read_bytes()
    assert not journal.exists()


def test_a_journal_of_other_rows_is_not_continued(tmp_path: Path) -> None:
    source, output = write(tmp_path / "rows.json", [row(1)]), tmp_path / "out.jsonl"
    (tmp_path / "out.jsonl.journal").write_text('{"job": {"rows": 9}}\n')
    ran = run(source, output)
    assert ran.returncode == 2 and "out.jsonl.journal" in ran.stderr and "delete the file" in ran.stderr


def test_help_imports_nothing_heavy() -> None:
    code = f"import sys; sys.argv = ['x', '--help']; exec(open({str(SCRIPT)!r}).read())"
    ran = subprocess.run([sys.executable, "-X", "importtime", "-c", code], capture_output=True, text=True)
    assert ran.returncode == 0 and "--workers" in ran.stdout
    for heavy in ("sympy", "numpy", "torch", "tqdm"):
        assert f" {heavy}\n" not in ran.stderr
