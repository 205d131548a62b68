"""What ``scripts/propose_problems.py`` refuses of its command line, before anything is opened or asked."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

import pytest

from math_solver.commands.propose import propose_problems
from math_solver.records import Problem, RecordError, write_jsonl

SCRIPT = Path(__file__).parents[2] / "scripts" / "propose_problems.py"
NOWHERE = "http://127.0.0.1:9/v1"


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> None:
    monkeypatch.setattr(sys, "argv", ["propose_problems.py", *arguments])
    propose_problems(runpy.run_path(str(SCRIPT))["parse_args"]())


@pytest.mark.parametrize(
    ("more", "complaint"),
    [
        ({"--examples": "none.jsonl"}, "none.jsonl: no such file"),
        ({"--examples": "empty.jsonl"}, "there are no examples"),
        ({"--examples": "following.jsonl"}, "there are no examples"),  # they cannot stand alone
        ({"--examples": "out.jsonl"}, "is named twice"),
        ({"--known": "none.jsonl"}, "none.jsonl: no such file"),
        ({"--new-problems": "0"}, "--new-problems is 0"),
        ({"--requests": "0"}, "--requests is 0"),
        ({"--each": "0"}, "--each"),
        ({"--langs": "fr"}, "--langs is fr"),
        ({"--langs": ","}, "--langs"),
        ({"--near": "0"}, "--near is 0.0"),
        ({"--near": "nan"}, "--near is nan"),
        ({"--agree": "0.5"}, "--agree is 0.5"),
        ({"--samples": "1"}, "--samples is 1"),
        ({"--propose-tokens": "0"}, "--propose-tokens"),
        ({"--temperatures": "0"}, "at temperature 0"),
        ({"--benchmarks": "gsm9k"}, "no such benchmark file"),
        ({"--max-cost": "1"}, "needs the prices"),
        ({"--endpoint": "nowhere"}, "nowhere: is no address"),
        ({"--ledger": "examples.jsonl"}, "is named twice"),
        ({}, "127.0.0.1:9/v1: cannot be reached"),
    ],
)
def test_what_cannot_be_meant_is_one_line(
    more: dict[str, str], complaint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_jsonl("examples.jsonl", [Problem("a", "s", "What is 2 + 2?", "4")])
    write_jsonl("following.jsonl", [Problem("b", "s", "And half?", "2", follows="a")])
    Path("empty.jsonl").touch()
    given = {
        "--examples": "examples.jsonl", "--new-problems": "2", "--output": "out.jsonl", "--endpoint": NOWHERE,
        "--model": "m", **more,
    }  # fmt: skip
    with pytest.raises(RecordError, match=complaint) as error:
        run(monkeypatch, *(word for pair in given.items() for word in pair))
    assert "\n" not in str(error.value) and not Path("out.jsonl").exists()
