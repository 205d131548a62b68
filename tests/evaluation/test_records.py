from __future__ import annotations

from pathlib import Path

import pytest

from math_solver.evaluation import Attempt, Decision, attempt_id, decided
from math_solver.records import Problem, RecordError, Verdict, read_records, write_jsonl

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


def test_ids_name_problem_and_sample() -> None:
    assert attempt_id("p:1", 3) == "p:1#3"
