"""Solutions without programs, of corpora whose rows are worked out in words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from math_solver.records import Drop, Trajectory, write_jsonl
from math_solver.sources.reading import Reading

GSM8K = {"question": "Ann has 3 bags of 4 apples. How many?", "answer": "She has 3*4=<<3*4=12>>12 apples.\n#### 12"}
MATH = {"problem": "What is $1+1$?", "level": "Level 1", "type": "Algebra", "solution": "It is $\\boxed{2}$."}
NUMINA = {"source": "cn_k12", "problem": "What is $1+1$?", "solution": "It is $\\boxed{2}$.", "messages": []}


def read(row: dict[str, Any], tmp_path: Path) -> Trajectory | Drop:
    write_jsonl(tmp_path / "rows.jsonl", [row])
    ((_, found),) = Reading([tmp_path / "rows.jsonl"]).solutions_in_words()
    return found


@pytest.mark.parametrize(
    ("row", "answer", "conclusion", "outcome"),
    [
        # the marks of GSM8K's calculator go, its answer is boxed
        (GSM8K, "12", "She has 3*4=12 apples.\nThe answer is \\boxed{12}.", "correct"),
        (MATH, "2", "It is $\\boxed{2}$.", "correct"),
        (NUMINA, "2", "It is $\\boxed{2}$.", "correct"),
        # a model's solution does not confirm itself
        ({**NUMINA, "source": "orca_math"}, None, "It is $\\boxed{2}$.", "unverifiable"),
    ],
)
def test_a_solution_in_words(
    row: dict[str, Any], answer: str | None, conclusion: str, outcome: str, tmp_path: Path
) -> None:
    found = read(row, tmp_path)
    assert isinstance(found, Trajectory) and found.verdict is not None
    assert (found.problem.answer, found.steps, found.conclusion) == (answer, (), conclusion)
    assert found.verdict.outcome == outcome and found.problem.answer_from == "gold"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({**NUMINA, "solution": "```python\nprint(2)\n```\nIt is $\\boxed{2}$."}, "code_in_text"),
        ({**NUMINA, "solution": "It is 2."}, "no_answer"),
        ({**NUMINA, "solution": "\\boxed{1} and then \\boxed{2}"}, "several_parts"),
        ({**GSM8K, "answer": "\n#### "}, "no_answer"),
        # a corpus of problems alone
        ({"problem": "1+1?", "answer": "2", "difficulty": 1, "type": "Algebra"}, "other_form"),
    ],
)
def test_what_is_none(row: dict[str, Any], reason: str, tmp_path: Path) -> None:
    found = read(row, tmp_path)
    assert isinstance(found, Drop) and found.reason == reason


@pytest.mark.parametrize("good", [GSM8K, MATH, NUMINA], ids=["gsm8k", "math", "numinamath"])
def test_any_value_in_any_field_is_a_row_kept_or_refused(good: dict[str, Any], tmp_path: Path) -> None:
    values = [None, 5, True, float("nan"), [], {}, [["a"]], {"a": 1}, "", "\x00"]
    rows = [{**good, field: value} for field in good for value in values]
    write_jsonl(tmp_path / "rows.jsonl", [good] * 30 + rows)
    found = [record for _, record in Reading([tmp_path / "rows.jsonl"]).solutions_in_words()]
    assert len(found) == 30 + len(rows)
    assert write_jsonl(tmp_path / "out.jsonl", found) == len(found)
