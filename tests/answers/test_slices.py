"""Gold against itself on the benchmark slices beside the checkout, in several wordings."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from math_solver.answers import extract_answer, verify_answer

SLICES = Path(__file__).resolve().parents[3] / "shared" / "data" / "benchmarks"
FILES = sorted(SLICES.glob("*.jsonl"))


def gold_answers(path: Path) -> Iterator[tuple[str, str]]:
    """Yield each gold answer once, with its question."""
    seen = set()
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        question = next(str(row[key]) for key in ("problem", "question", "Question", "input") if row.get(key))
        gold = gold_answer(row)
        if gold not in seen:
            seen.add(gold)
            yield gold, question


def gold_answer(row: dict[str, Any]) -> str:
    for key in ("final_answer", "answer", "target", "Answer"):
        if row.get(key) is not None:
            value = row[key]
            text = str(value[0]) if isinstance(value, list) else str(value)
            return text.rpartition("#### ")[2] if "#### " in text else text
    found = extract_answer(row["solution"])
    assert found is not None
    return found


@pytest.mark.skipif(not FILES, reason="no benchmark slices in ../shared/data/benchmarks")
@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_gold_answers_itself(path: Path) -> None:
    wrong = []
    for gold, question in gold_answers(path):
        bare = gold.strip().strip("$")
        for predicted in (
            gold + " ",
            f"So it is \\boxed{{{bare}}}.",
            f"The answer is {gold}.",
            f"因此，答案是{gold}。",
        ):
            verdict = verify_answer(gold, predicted, question=question, deadline=30)
            if not verdict.correct:
                wrong.append((gold, predicted, verdict))
    assert not wrong
