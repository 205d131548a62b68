"""The steps of the demo: results are printed, progress goes to the log, and the first failure ends it."""

from __future__ import annotations

import re
import runpy
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from math_solver.commands.demo import StepRunner, print_accuracy, print_lost, print_solutions, print_summary
from math_solver.commands.guard import wait_for_ended
from math_solver.evaluation import Attempt
from math_solver.log import held
from math_solver.records import Problem, RecordError, Verdict, write_jsonl

ROOT = Path(__file__).parents[2]
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


# The script, whose step or server says who it is and lasts.
DEMO = """
import runpy, sys
from math_solver.commands import api_process
from math_solver.commands.command import run_command

what, folder = sys.argv[1:]
main = runpy.run_path("scripts/demo.py")["main"]
main.__globals__["OUTPUT"] = folder
main.__globals__["PREPARE"] = {"last": f"{folder}/last"} if what == "step" else {}
main.__globals__["SERVE"] = "serve.yaml"
api_process.cli = lambda: f"{folder}/last"
sys.argv = ["demo.py"]
run_command(main)
"""
LASTING = "#!{}\nimport os, time\nopen({!r}, 'w').write(f'{{os.getpid()}}\\n')\ntime.sleep(600)\n"


def demo(what: str, folder: Path) -> list[str]:
    last = folder / "last"
    last.write_text(LASTING.format(sys.executable, str(folder / "pid")), encoding="utf-8")
    last.chmod(0o755)
    return [sys.executable, "-c", DEMO, what, str(folder)]


@pytest.mark.parametrize(
    ("what", "number"),
    [("step", signal.SIGTERM), ("step", signal.SIGKILL), ("server", signal.SIGKILL)],
    ids=lambda one: getattr(one, "name", one),
)
def test_a_demo_that_is_killed_leaves_nothing_running(what: str, number: signal.Signals, tmp_path: Path) -> None:
    told = tmp_path / "pid"
    with subprocess.Popen(
        demo(what, tmp_path), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as process:
        while not (told.exists() and told.read_text().endswith("\n")):
            assert process.poll() is None, process.communicate()
            time.sleep(0.05)
        left = psutil.Process(int(told.read_text()))
        process.send_signal(number)
    try:
        wait_for_ended(tmp_path / ".started.lock")
        left.wait(5)
    finally:
        if left.is_running():
            left.kill()


def test_two_demos_do_not_mix(tmp_path: Path) -> None:
    with held(tmp_path):
        done = subprocess.run(
            demo("step", tmp_path), cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
        )
    assert done.returncode == 2 and "another run is writing this output" in done.stderr
    assert not (tmp_path / "pid").exists()


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["--per-family=0"], "'0' is no whole number from 1"),
        (["--follow-ups=2"], "--follow-ups must be from 0 to 1"),
        (["--follow-ups=-0.5"], "--follow-ups must be from 0 to 1"),
    ],
)
def test_what_no_step_would_take_is_refused_before_the_first(
    words: list[str], complaint: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["demo.py", *words])
    with pytest.raises(SystemExit) as end:
        runpy.run_path(str(ROOT / "scripts/demo.py"))["parse_args"]()
    assert end.value.code == 2 and complaint in capsys.readouterr().err


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


def test_requests_that_were_lost_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """They count as wrong: 40 % instead of 80 % would be the machine's doing and not the model's."""
    whole = [attempt("a:1", "sums", "correct"), attempt("b:1", "roots", "incorrect")]
    lost = [replace(one, error="Connection refused", transport=True) for one in whole]
    write_jsonl(tmp_path / "whole", whole)
    write_jsonl(tmp_path / "cut", [*whole, *lost])
    print_lost([tmp_path / "whole", tmp_path / "cut"])
    said = f"{tmp_path / 'cut'}: 2 of 4 requests have no answer and count as wrong (Connection refused); "
    assert capsys.readouterr().out == f"{said}see the log of the server\n"


DONE = """
import argparse, runpy, sys
from pathlib import Path
from math_solver.commands.demo import StepRunner

folder, rows = sys.argv[1:]
run_steps = runpy.run_path("scripts/demo.py")["run_steps"]
asked = ("on", "off", "in_conversations", "in_unseen_phrasings", "by_votes", "on_the_article")
for model in ("base", "tuned"):
    for name in asked:
        Path(f"{folder}/{model}_{name}.jsonl").write_text(Path(rows).read_text())
run_steps.__globals__["OUTPUT"] = folder
StepRunner.run = StepRunner.serve_and_run = lambda *given, **how: None
run_steps(argparse.Namespace(per_family=1, follow_ups=0.0), [])
"""


def test_the_demo_ends_with_what_was_lost(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "rows", [replace(attempt("a:1", "sums", "incorrect"), error="Timeout", transport=True)])
    words = [sys.executable, "-c", DONE, str(tmp_path), str(tmp_path / "rows")]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=100, check=True)
    assert done.stdout.count("1 of 1 requests have no answer and count as wrong (Timeout)") == 8
