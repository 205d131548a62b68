from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from math_solver.evaluation import Attempt, Decision, Run, attempt_id, decided, figures
from math_solver.records import Problem, RecordError, Verdict, as_row, read_records, write_jsonl

from ..test_records import VALUES, places

PROBLEM = Problem("p:1", "test", "How long?", "20")
ATTEMPT = Attempt("p:1#0", PROBLEM, "\\boxed{20 cups}", "20 cups", Verdict("unverifiable", "unit"), ({"code": "1"},))
DECISION = Decision("p:1#0", "20", "20 cups", "How long?", "unverifiable", "correct", "unit is fine")


def test_both_records_come_back_from_their_files(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "a", [ATTEMPT])
    write_jsonl(tmp_path / "d", [DECISION])
    assert list(read_records(tmp_path / "a", Attempt)) == [ATTEMPT]
    assert list(read_records(tmp_path / "d", Decision)) == [DECISION]


def test_a_decision_of_another_word_is_a_bad_row(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "d", [{**vars(DECISION), "decision": "maybe"}])
    with pytest.raises(RecordError, match="d:1: not a Decision.*maybe"):
        list(read_records(tmp_path / "d", Decision))


@pytest.mark.parametrize(
    ("decisions", "outcome"),
    [
        ([DECISION], "correct"),
        ([DECISION, Decision("p:1#0", "20", "20 cups", "", "unverifiable", "incorrect")], "incorrect"),  # last holds
        ([Decision("p:1#0", "20", "20 cups", "", "unverifiable", "skip")], "unverifiable"),
        ([Decision("p:1#0", "20", "21", "", "unverifiable", "correct")], "unverifiable"),  # another run's answer
        ([Decision("p:1#1", "20", "20 cups", "", "unverifiable", "correct")], "unverifiable"),
    ],
)
def test_decisions_replace_verdicts(decisions: list[Decision], outcome: str) -> None:
    (attempt,) = decided([ATTEMPT], decisions)
    assert attempt.verdict.outcome == outcome


@pytest.mark.parametrize("name", ["votes", "check"])
@pytest.mark.parametrize("value", ["majority", [1], 1, True])
def test_votes_and_checks_are_objects(name: str, value: Any, tmp_path: Path) -> None:
    write_jsonl(tmp_path / "a", [{**as_row(ATTEMPT), name: None}, {**as_row(ATTEMPT), name: value}])
    with pytest.raises(RecordError, match=f"a:2: not a Attempt .{name} is not an object"):
        list(read_records(tmp_path / "a", Attempt))


def test_ids_name_problem_and_sample() -> None:
    assert attempt_id("p:1", 3) == "p:1#3"


def in_a_row(value: Any, place: tuple[Any, ...], row: dict[str, Any]) -> dict[str, Any]:
    row = inner = deepcopy(row)
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value
    return row


RAN = {"thought": "t", "code": "1", "output": "1", "status": "ok", "ms": 1.0}
LOOKED = {"votes": {"outcome": "majority", "confidence": 0.5}, "check": {"status": "agreed"}}
ROWS: dict[type, dict[str, Any]] = {
    Attempt: {**json.loads(json.dumps(as_row(ATTEMPT))), "executions": [RAN], **LOOKED},
    Decision: as_row(DECISION),
}


@pytest.mark.parametrize(
    ("kind", "place"), [(kind, place) for kind, row in ROWS.items() for place in places(row)], ids=str
)
def test_any_value_in_any_field_is_refused_or_can_be_reported(kind: type[Any], place: tuple[Any, ...]) -> None:
    for value in (*VALUES, "9" * 5000, [None], 10**400):
        rows = {**ROWS, kind: in_a_row(value, place, ROWS[kind])}
        try:
            attempt, decision = Attempt.from_dict(rows[Attempt]), Decision.from_dict(rows[Decision])
        except (KeyError, TypeError, AttributeError):  # which `read_records` tells with the row
            continue
        run = Run("r", list(decided([attempt], [decision])))
        assert json.dumps(figures(run, [decision]), allow_nan=False)
