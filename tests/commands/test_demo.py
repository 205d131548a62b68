"""The steps of the demo: results are printed, progress goes to the log, and the first failure ends it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from math_solver.commands.demo import StepRunner, print_accuracy, print_solutions, print_summary
from math_solver.evaluation import Attempt
from math_solver.records import Problem, RecordError, Verdict, write_jsonl

PROGRAM = """
import sys
print("progress 1%", file=sys.stderr)
print("kept [3] of 4 \\xb1 1")
sys.stderr.write("progress 50%\\rprogress 99%\\n")
print("torn \\udcff", end="")
sys.exit(len(sys.argv) - 1)
"""


@pytest.fixture
def runner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StepRunner:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONIOENCODING", "utf-8:surrogateescape")
    (tmp_path / "step.py").write_text(PROGRAM, encoding="utf-8")
    return StepRunner(2, tmp_path / "logs")


def test_a_step_prints_its_results_and_keeps_the_rest_in_its_log(
    runner: StepRunner, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    runner.run("count [rows]", "step.py")
    runner.run("again", "step.py")
    shown = capsys.readouterr().out
    assert shown.startswith("\n[1/2] count [rows]\n  $ step.py\n  kept [3] of 4 ± 1\n  torn �\n")
    assert "[2/2] again" in shown and "progress" not in shown
    assert len(re.findall(r"^  \d+\.\d s$", shown, re.MULTILINE)) == 2
    log = (tmp_path / "logs" / "1_step.log").read_bytes()
    assert b"progress 50%\rprogress 99%\n" in log and b"torn \xff" in log


def test_a_step_that_fails_names_its_log(runner: StepRunner, tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=r"^step\.py now: ended with code 1; .*1_step\.log holds its output$"):
        runner.run("fail", "step.py now")


def attempt(id: str, subject: str, outcome: str) -> Attempt:
    problem = Problem(id, "families", f"What is {id}?", "1", subject=subject)
    return Attempt(f"{id}#0", problem, "It is \\boxed{1}.", "1", Verdict(outcome))  # type: ignore[arg-type]


def test_accuracies_stand_side_by_side_and_solutions_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_jsonl(tmp_path / "off", [attempt("a:1", "sums", "incorrect"), attempt("b:1", "roots", "incorrect")])
    write_jsonl(tmp_path / "on", [attempt("a:1", "sums", "correct"), attempt("b:1", "roots", "unverifiable")])
    print_accuracy({"tool off": tmp_path / "off", "tool on": tmp_path / "on"})
    cells = [re.split(r"\s*[│┃]\s*", line.strip(" │┃")) for line in capsys.readouterr().out.splitlines()]
    assert ["sums", "0/1", "1/1"] in cells and ["roots", "0/1", "0/1"] in cells and ["all", "0.0%", "50.0%"] in cells
    print_solutions(tmp_path / "on", ("b:", "nothing:"))
    assert capsys.readouterr().out == "\n--- What is b:1?\nIt is \\boxed{1}.\n--- unverifiable\n"


def test_the_summary_tells_the_places_of_a_conversation_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = [("a:1", "correct", 1), ("b:1", "incorrect", 2), ("a:2", "correct", 1), ("b:2", "correct", 2)]
    write_jsonl(tmp_path / "alone", [attempt("a:1", "sums", "unverifiable")])
    write_jsonl(
        tmp_path / "in_turn", [replace(attempt(id, "sums", outcome), position=place) for id, outcome, place in asked]
    )
    print_summary({"alone": tmp_path / "alone", "in conversations": tmp_path / "in_turn"})
    cells = [re.split(r"\s*[│┃]\s*", line.strip(" │┃")) for line in capsys.readouterr().out.splitlines()]
    assert [row[:4] for row in cells if len(row) == 5][1:] == [
        ["alone", "1", "0", "0.0%"],
        ["in conversations", "4", "3", "75.0%"],
        ["question 1", "2", "2", "100.0%"],
        ["question 2", "2", "1", "50.0%"],
    ]


def test_of_a_file_with_follow_ups_only_those_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def following(id: str, follows: str, outcome: str) -> Attempt:
        made = attempt(id, "sums", outcome)
        return replace(made, problem=replace(made.problem, follows=follows))

    write_jsonl(tmp_path / "on", [attempt("a:1", "sums", "correct"), attempt("b:1", "roots", "correct")])
    write_jsonl(
        tmp_path / "following",
        [
            attempt("a:1", "sums", "correct"),
            following("a:1>half", "a:1", "incorrect"),
            attempt("b:1", "roots", "correct"),
        ],
    )
    print_accuracy({"alone": tmp_path / "on", "follow-ups": tmp_path / "following"})
    cells = [re.split(r"\s*[│┃]\s*", line.strip(" │┃")) for line in capsys.readouterr().out.splitlines()]
    assert ["sums", "1/1", "0/1"] in cells and ["roots", "1/1", "0/0"] in cells and ["all", "100.0%", "0.0%"] in cells
