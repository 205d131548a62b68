"""The script as its user runs it: any file in, rows with proofs out, killed and gone on with, and proved again."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from math_solver.dataset.sharegpt import render
from math_solver.records import Execution, Problem, Step, Trajectory, Verdict, as_row

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "scripts" / "validate.py"


def row(number: int, *codes: str, stored: str | None = None, **more: Any) -> dict[str, Any]:
    answer = str(number + 4)
    ran = Execution("ok", stored if stored is not None else f"{answer}\n")
    steps = tuple(Step("I add.", code, ran) for code in codes or (f"print({number} + 4)",))
    problem = Problem(f"p{number}", "test", f"What is {number} + 4?", answer)
    made = Trajectory(f"t{number}", problem, steps, f"It is \\boxed{{{answer}}}.", answer, Verdict("correct", "equal"))
    return {**as_row(made), **more}


def write(path: Path, rows: list[Any]) -> Path:
    path.write_text("".join((one if isinstance(one, str) else json.dumps(one)) + "\n" for one in rows))
    return path


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, str(SCRIPT), *map(str, arguments)]


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(*arguments), capture_output=True, text=True, timeout=120)


def rows_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def reasons(path: Path) -> dict[str, str]:
    return {one["id"]: one["meta"]["validation"]["reason"] for one in rows_of(path)}


HOSTILE: list[tuple[str, Any, str]] = [
    ("valid", row(1, kept="as it was"), "output"),
    ("in one session", row(2, "x = 2", "print(x + 4)", stored=""), "output_differs"),
    ("not run", row(3) | {"steps": [{"thought": "I add.", "code": "print(3 + 4)"}]}, "output"),
    ("a notebook that nobody ran", row(16) | {"meta": {"session": "shared"}, "steps": [
        {"thought": "", "code": "x = 16"}, {"thought": "", "code": "print(x + 4)"}]}, "output"),
    ("hangs", row(4, "while True: pass"), "code_timeout"),
    ("prints for ever", row(5, "while True: print('x' * 10000)"), "code_output_limit"),
    ("takes all memory", row(6, "x = [0] * 10**10"), "code_memory"),
    ("kills itself", row(7, "import os; os._exit(1)"), "code_killed"),
    ("is too long", row(8, "#" * 300_000), "code_refused"),
    ("line ends of Windows", row(9, "x = 9\r\nprint(x + 4)\r\n", stored="13\r\n"), "output_line_endings"),
    ("code is a number: its text", row(10, 10), "output_differs"),  # type: ignore[arg-type]
    ("code is a list", row(17, ["print(21)"]), "unreadable"),  # type: ignore[arg-type]
    ("code is missing", row(11) | {"steps": [{"thought": "t"}]}, "unreadable"),
    ("steps are a text", row(12) | {"steps": "print(16)"}, "unreadable"),
    ("half a character", row(13, "print('\ud800')"), "unreadable"),
    ("meta is a list", row(14) | {"meta": [1]}, "unreadable"),
    ("status of nobody", row(15) | {"steps": [{"thought": "", "code": "1", "execution": {"status": "fine"}}]},
     "unreadable"),
    ("not JSON", "{broken", "unreadable"),
    ("a list", "[1, 2]", "unreadable"),
]  # fmt: skip


def test_every_row_is_accounted_for_and_the_good_ones_are_proved(tmp_path: Path) -> None:
    source = write(tmp_path / "rows.jsonl", [content for _, content, _ in HOSTILE])
    output, report = tmp_path / "out.jsonl", tmp_path / "report.json"
    ran = run("--input", source, "--output", output, "--report", report, "--timeout", "1")
    assert ran.returncode == 0, ran.stderr
    assert [one["id"] for one in rows_of(output)] == ["t1", "t3", "t16"]
    assert rows_of(output)[0]["kept"] == "as it was"
    assert reasons(tmp_path / "out.invalid.jsonl") == {
        content["id"]: found for _, content, found in HOSTILE if found not in ("output", "unreadable")
    }
    unreadable = rows_of(tmp_path / "out.unreadable.jsonl")
    assert len(unreadable) == sum(found == "unreadable" for _, _, found in HOSTILE)
    assert all(f"{source}, row " in drop["detail"] for drop in unreadable)
    told = json.loads(report.read_text())
    assert told["rows"] == len(HOSTILE) == sum(told["by_status"].values()) == sum(told["by_part"].values())
    assert told["by_stored"] == {"not_run": 2, "shared_session": 1}
    assert "stored: not_run" in ran.stdout and "stored: shared_session" in ran.stdout
    assert rows_of(output)[2]["meta"]["validation"]["not_run"] == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "out.invalid.jsonl", "out.jsonl", "out.unreadable.jsonl", "report.json", "rows.jsonl",
    ]  # fmt: skip

    checked = run("--check", output, "--execute", "--timeout", "1")
    assert (checked.returncode, checked.stdout.split()) == (0, ["reproduced", "3"])
    assert "other_limits" in run("--check", output, "--execute").stdout

    forged = rows_of(output)
    forged[0]["steps"][0]["execution"]["output"] = "6"
    checked = run("--check", write(tmp_path / "forged.jsonl", forged))
    assert checked.returncode == 1 and "t1: was changed after its validation" in checked.stderr


@pytest.mark.parametrize("form", ["native", "fenced"])
def test_what_the_project_renders_is_read_back_and_valid(form: Any, tmp_path: Path) -> None:
    solved = [Trajectory.from_dict(row(1, "x = 1", "print(x + 4)")), Trajectory.from_dict(row(2))]
    # the first program of two prints nothing
    silent = {"status": "ok", "output": "", "value": None, "error": None, "ms": 0.0}
    first = as_row(solved[0])
    first["steps"][0]["execution"] = silent
    rendered = [render(Trajectory.from_dict(first), form), render(solved[1], form)]
    for source in (
        write(tmp_path / "share.jsonl", rendered),
        write(tmp_path / "share.json", [json.dumps(rendered)]),
    ):
        ran = run("--input", source, "--output", tmp_path / "out.jsonl")
        assert ran.returncode == 0, ran.stderr
        assert [one["meta"]["validation"]["status"] for one in rows_of(tmp_path / "out.jsonl")] == ["valid"] * 2


def test_a_killed_run_goes_on_and_gives_the_same_bytes(tmp_path: Path) -> None:
    slow = [row(number, f"sum(range(3 * 10**6)); print({number} + 4)") for number in range(40)]
    source = write(tmp_path / "rows.jsonl", [*slow, *slow[:5], "{broken"])
    whole, output = tmp_path / "whole.jsonl", tmp_path / "out.jsonl"
    assert run("--input", source, "--output", whole, "--workers", "3").returncode == 0
    store = tmp_path / "out.jsonl.unfinished"
    process = subprocess.Popen(
        command("--input", source, "--output", output, "--workers", "1"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 60
    while not (wal := store.with_name(f"{store.name}-wal")).exists() or wal.stat().st_size < 60_000:
        assert time.monotonic() < deadline and process.poll() is None, "the store does not grow"
        time.sleep(0.01)
    second = run("--input", source, "--output", output)  # while the first one runs
    process.kill()
    process.wait()
    assert second.returncode == 2 and "another run is writing this output" in second.stderr
    assert store.exists() and not output.exists()
    other = run("--input", source, "--output", output, "--refresh")
    assert other.returncode == 2 and "other inputs, options or versions" in other.stderr
    report = tmp_path / "report.json"
    assert run("--input", source, "--output", output, "--workers", "2", "--report", report).returncode == 0
    assert output.read_bytes() == whole.read_bytes()
    told = json.loads(report.read_text())
    assert told["rows"] == 46 and 0 < told["rows_of_an_earlier_run"] < 46 and told["executions"]["ran"] < 40
    assert not list(tmp_path.glob("*unfinished*"))


def test_an_output_never_replaces_an_input(tmp_path: Path) -> None:
    source = write(tmp_path / "rows.jsonl", [row(1)])
    link, hard = tmp_path / "link.jsonl", tmp_path / "hard.jsonl"
    link.symlink_to(source)
    hard.hardlink_to(source)
    before = source.read_bytes()
    for output in (source, link, hard):
        ran = run("--input", source, "--output", output)
        assert ran.returncode == 2 and "is an input and would be replaced" in ran.stderr
    ran = run("--input", source, "--output", tmp_path / "o.jsonl", "--report", tmp_path / "o.invalid.jsonl")
    assert ran.returncode == 2 and "is named for two things" in ran.stderr
    assert source.read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} == {"rows.jsonl", "link.jsonl", "hard.jsonl"}


def test_rows_that_depend_on_their_problem_give_variants_that_are_problems(tmp_path: Path) -> None:
    source = write(
        tmp_path / "rows.jsonl", [row(13), row(25, "print(29)"), row(31, "n = 31\nprint(35)"), row(40, "print(")]
    )
    output, variants, report = (tmp_path / name for name in ("out.jsonl", "variants.jsonl", "report.json"))
    options = ("--metamorphic", "--variants", "2", "--output-variants", variants, "--report", report)
    ran = run("--input", source, "--output", output, *options)
    assert ran.returncode == 0, ran.stderr
    judged = {one["id"]: one["meta"]["metamorphic"]["verdict"] for one in rows_of(output)}
    assert judged == {"t13": "responds", "t25": "untied", "t31": "untied"}
    made = rows_of(variants)
    assert [Problem.from_dict(one).id for one in made] == ["p13/v1", "p13/v2"]
    assert all(one["variant_of"] == "p13" and one["outputs"] == [one["answer"]] for one in made)
    told = json.loads(report.read_text())["by_metamorphic"]
    assert told["responds"] == 1 and sum(told.values()) == 3
    assert run("--check", output, "--execute").returncode == 0
    first = variants.read_bytes()
    assert run("--input", source, "--output", output, *options, "--workers", "1").returncode == 0
    assert variants.read_bytes() == first
