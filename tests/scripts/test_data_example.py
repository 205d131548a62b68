"""``examples/data/gsm8k.sh``: from rows like those of GSM8K and a scripted teacher to a LoRA, by its commands."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from math_solver.records import Trajectory, read_records

from ..fake_endpoint import completion, serving
from .data_example import run_example, untrained

QUESTION = "{name} has {first} {things} and finds {more} more. How many {things} does {name} have then?"
NAMES = ("Ann", "Bob", "Kim", "Omar", "Lily", "Max", "Sue", "Tom")
THINGS = ("apples", "shells", "stamps", "cards", "marbles")


def teach(body: dict[str, Any]) -> dict[str, Any]:
    """Adds the first two numbers of the question, right but for the problems of Tom."""
    last = body["messages"][-1]["content"]
    if "```output" not in last:
        first, more = re.findall(r"\d+", last)[:2]
        more = str(int(more) + ("Tom" in last))
        return completion(f"I add.\n```python\nfirst, more = {first}, {more}\nprint(first + more)\n```\n")
    total = re.findall(r"\d+", last)[-1]
    return completion(f"There are \\boxed{{{total}}} then.")


def write_corpus(path: Path) -> None:
    rows = []
    for index in range(24):
        name, things = NAMES[index % len(NAMES)], THINGS[index % len(THINGS)]
        first, more = 31 + 7 * index, 18 + 5 * index
        question = QUESTION.format(name=name, things=things, first=first, more=more)
        answer = f"{name} has <<{first}+{more}={first + more}>>{first + more}.\n#### {first + more}"
        rows.append({"question": question, "answer": answer})
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def write_benchmark(path: Path) -> None:
    """One item that the corpus holds too, and one that it does not."""
    copied = QUESTION.format(name="Ann", things="apples", first=31, more=18)
    others = "A train of 200 metres passes a bridge of 400 metres in 30 seconds. How many metres a second is that?"
    rows = [{"question": copied, "answer": "#### 49"}, {"question": others, "answer": "#### 20"}]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def test_a_corpus_and_a_teacher_become_a_lora(tmp_path: Path) -> None:
    write_corpus(tmp_path / "train.jsonl")
    write_benchmark(tmp_path / "items.jsonl")
    with serving(teach) as teacher:
        options = {
            "TEACHER": teacher.url,
            "CORPUS": f"--input {tmp_path / 'train.jsonl'}",
            "BENCHMARKS": f"gsm8k={tmp_path / 'items.jsonl'}",
            "OUT": str(tmp_path / "out"),
        }
        run_example(options, commands=untrained(tmp_path / "commands"))
        asked = sum(teacher.asked.values())
        said = run_example(options)
        assert sum(teacher.asked.values()) == asked, "an answered request was sent again"
    assert "24 problems" in said and "requests sent 0" in said

    solved = list(read_records(tmp_path / "out/solved.jsonl", Trajectory))
    assert len(solved) == 21 and not any("Tom" in row.problem.question for row in solved)
    assert {(row.problem.licence, row.verdict and row.verdict.outcome) for row in solved} == {("MIT", "correct")}
    victims = [json.loads(line) for line in (tmp_path / "out/curated.victims.jsonl").read_text().splitlines()]
    assert [victim["filter"] for victim in victims if "31 apples" in victim["question"]] == ["decontamination"]
    assert (tmp_path / "out/lora/adapter_model.safetensors").exists()
