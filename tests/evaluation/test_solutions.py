"""A model's answers as trajectories."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from math_solver.dataset.sharegpt import reason_to_drop
from math_solver.evaluation import Attempt, Run, changes, solutions_of
from math_solver.protocol import render_turns
from math_solver.records import NO_OUTPUT, Drop, Problem, Trajectory, Verdict

PROBLEM = Problem("sum:1", "sum", "What is 1 + 1?", "2")
RAN = {"thought": "Add.", "code": "print(1 + 1)", "output": "2", "status": "ok", "ms": 1.5}
FAILED = {
    "thought": "",
    "code": "1 / 0",
    "output": "ZeroDivisionError: by zero",
    "status": "error",
    "ms": 1.0,
}
ANSWER = Attempt(
    "sum:1#3", PROBLEM, "whole text", "2", Verdict("correct", "the same"), (FAILED, RAN), sample=3,
    finish_reason="stop", conclusion="It is \\boxed{2}.",
)  # fmt: skip


def test_an_answer_is_the_trajectory_that_the_server_wrote() -> None:
    (found,) = solutions_of([ANSWER], "round 1")
    assert isinstance(found, Trajectory)
    assert (found.id, found.problem, found.predicted, found.verdict) == (
        "sum:1#3@round 1", PROBLEM, "2", ANSWER.verdict
    )  # fmt: skip
    assert found.meta == {"teacher": "round 1", "sample": 3, "finish_reason": "stop"}
    assert [step.execution.status for step in found.steps] == ["error", "ok"]
    turns = render_turns(found, "fenced")
    assert [turn.role for turn in turns] == ["user", *["assistant", "observation"] * 2, "assistant"]
    assert reason_to_drop(found, "native") is None


@pytest.mark.parametrize("output", ["2", NO_OUTPUT, "", "a\n\nb", "Traceback\n  line\nValueError: 1", " 2 "])
def test_the_model_reads_in_training_what_it_read_when_it_answered(output: str) -> None:
    (found,) = solutions_of([replace(ANSWER, executions=({**RAN, "output": output},))], "m")
    assert isinstance(found, Trajectory)
    assert found.steps[0].execution.observation == (output or NO_OUTPUT)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"error": "400: too long", "conclusion": None, "executions": ()}, "failed"),
        ({"problem": replace(PROBLEM, follows="sum:0")}, "follow_up"),
        ({"conclusion": None}, "one_text"),  # an endpoint without our field
        ({"executions": ({**RAN, "status": "done"},)}, "strange_execution"),  # of another endpoint
        ({"executions": ({"code": "1"},)}, "strange_execution"),
        ({"finish_reason": "length"}, "unfinished"),  # right, and then it went on and on
    ],
)
def test_what_is_no_solution_is_counted_by_its_reason(change: dict[str, Any], reason: str) -> None:
    (found,) = solutions_of([replace(ANSWER, **change)], "m")
    assert isinstance(found, Drop) and (found.id, found.reason) == ("sum:1#3", reason)


@pytest.mark.parametrize("outcome", ["incorrect", "unverifiable"])
def test_an_answer_that_was_cut_off_is_wrong(outcome: Any) -> None:
    (found,) = solutions_of([replace(ANSWER, verdict=Verdict(outcome), finish_reason="length")], "m")
    assert isinstance(found, Trajectory) and found.verdict == Verdict("incorrect", "unfinished: its tokens ran out")


def answers(*right: int, of: int = 4, sample: int = 0) -> list[Attempt]:
    return [
        Attempt(f"p:{n}#{sample}", Problem(f"p:{n}", "p", f"{n}?", "1"), "", "1",
                Verdict("correct" if n in right else "incorrect"), sample=sample)
        for n in range(of)
    ]  # fmt: skip


def test_changes_are_the_problems_that_only_one_run_answers_right() -> None:
    before, after = Run("a", answers(0, 1)), Run("b", [*answers(1, 2, of=3), *answers(0, sample=1)])
    found = [(change.after.problem.id, change.learned) for change in changes(before, after)]
    assert found == [("p:0", False), ("p:2", True)]  # p:3 is in one run only, and only first answers count
    assert not changes(before, before)
