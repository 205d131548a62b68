"""What ``scripts/evaluate.py`` says on the terminal."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

from math_solver.commands.evaluate import evaluate_endpoint
from math_solver.evaluation import read_run
from math_solver.records import Problem, write_jsonl

from ..fake_endpoint import completion, serving

ROOT = Path(__file__).parents[2]


def test_where_voting_stops_early_the_terminal_counts_first_samples(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_jsonl(tmp_path / "p", [Problem("sum", "sum", "What is 1 + 1?", "2")])
    given = iter(["7", "2", "2"])

    def answer(body: dict[str, Any]) -> dict[str, Any]:
        return completion(f"It is \\boxed{{{next(given)}}}.")

    with serving(answer) as server:
        words = f"--input {tmp_path}/p --output {tmp_path}/a --base-url {server.url} --no-tool --workers 1".split()
        voting = "--samples 3 --temperature 0.7 --stop-early".split()
        monkeypatch.setattr("sys.argv", ["evaluate.py", *words, *voting])
        evaluate_endpoint(runpy.run_path(str(ROOT / "scripts/evaluate.py"))["parse_args"]())
    assert [one.verdict.correct for one in read_run(tmp_path / "a").attempts] == [False, True, True]
    assert capsys.readouterr().out.splitlines()[-1].split() == ["all", "0", "of", "1", "0.0%"]
