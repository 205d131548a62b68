from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from math_solver.evaluation import (
    Attempt,
    Decision,
    Run,
    attempt_id,
    choose,
    compare,
    comparisons,
    failure,
    figures,
    tally,
)
from math_solver.records import Outcome, Problem, RecordError, Verdict

RAN = {"thought": "", "code": "1", "output": "1", "status": "ok", "ms": 1.0}


def problem(number: int, **fields: Any) -> Problem:
    return Problem(f"p:{number}", "test", f"Question {number}?", "1", **fields)


def attempt(
    number: int, outcome: Outcome = "correct", predicted: str | None = "1", sample: int = 0, **fields: Any
) -> Attempt:
    asked = fields.pop("problem", None) or problem(number)
    verdict = Verdict(outcome, "because")
    return Attempt(attempt_id(asked.id, sample), asked, "text", predicted, verdict, sample=sample, **fields)


@pytest.mark.parametrize(
    ("case", "tool", "kind"),
    [
        (attempt(0), True, None),
        (attempt(0, "incorrect", None, error="503"), True, "request error"),
        (attempt(0, "incorrect", None), True, "no answer"),
        (attempt(0, "incorrect", "2"), True, "no code"),
        (attempt(0, "incorrect", "2"), False, "wrong"),
        (attempt(0, "incorrect", "2", executions=(RAN,)), True, "wrong"),
        (attempt(0, "incorrect", "2", executions=({**RAN, "status": "error"}, RAN)), True, "wrong"),  # mended
        (attempt(0, "incorrect", "2", executions=(RAN, {**RAN, "status": "error"})), True, "code error"),
        (attempt(0, "incorrect", None, executions=({**RAN, "status": "timeout"},)), True, "timeout"),
        (attempt(0, "incorrect", "2", executions=({**RAN, "status": "memory"},)), True, "code error"),
        (attempt(0, "unverifiable", "2", executions=({**RAN, "status": "error"},)), True, "unverifiable"),
    ],
)
def test_failures_have_one_reason(case: Attempt, tool: bool, kind: str | None) -> None:
    assert failure(case, tool) == kind


def test_errors_count_as_wrong_and_groups_add_up() -> None:
    attempts = [
        attempt(0, problem=problem(0, subject="algebra", level="Level 2", lang="zh")),
        attempt(1, problem=problem(1, subject="algebra", level="Level 10"), executions=(RAN,), completion_tokens=40),
        attempt(2, "incorrect", None, problem=problem(2, subject="geometry", level="Level 2"), error="503"),
    ]
    found = figures(Run("r", attempts))
    assert found["accuracy"]["value"] == pytest.approx(2 / 3)
    assert [(row["key"], row["value"], row["n"]) for row in found["breakdown"]["subject"]] == [
        ("algebra", 1.0, 2),
        ("geometry", 0.0, 1),
    ]
    assert [row["key"] for row in found["breakdown"]["level"]] == ["Level 2", "Level 10"]
    assert [row["key"] for row in found["breakdown"]["language"]] == ["en", "zh"]
    assert found["rounds"] == [{"rounds": 0, "attempts": 2, "correct": 1}, {"rounds": 1, "attempts": 1, "correct": 1}]
    assert {row["kind"]: row["attempts"] for row in found["failures"]}["request error"] == 1
    assert found["effort"]["completion tokens"]["total"] == 40
    assert "prompt tokens" not in found["effort"]
    assert found["pass_at"]["1"]["value"] == pytest.approx(2 / 3)


def samples(number: int, answers: str) -> list[Attempt]:
    """An attempt for each character; 1 is right."""
    return [
        attempt(number, "correct" if answer == "1" else "incorrect", answer, sample=index)
        for index, answer in enumerate(answers)
    ]


def test_pass_at_k_and_majority_over_samples() -> None:
    found = figures(Run("r", [*samples(0, "1123"), *samples(1, "2213"), *samples(2, "4444")]))
    assert found["samples"] == 4
    assert {k: round(e["value"], 4) for k, e in found["pass_at"].items()} == {
        "1": round((0.5 + 0.25 + 0) / 3, 4),
        "2": round((5 / 6 + 1 / 2 + 0) / 3, 4),
        "4": round(2 / 3, 4),
    }
    assert found["maj_at"]["4"]["value"] == pytest.approx(1 / 3)
    # of the six pairs of 1123 the first answer wins all ties: 11 12 13 12 13 23; of 2213: 22 21 23 21 23 13
    assert found["maj_at"]["2"]["value"] == pytest.approx((5 / 6 + 1 / 6 + 0) / 3)


def test_the_majority_groups_answers_by_meaning() -> None:
    answers = ["1/2", "0.5", "3", "3"]
    group = [
        attempt(0, "correct" if answer != "3" else "incorrect", answer, sample=index)
        for index, answer in enumerate(["\\frac{1}{2}", *answers])
    ]
    assert figures(Run("r", group))["maj_at"]["5"]["value"] == 1.0


def test_where_voting_stopped_early_only_first_answers_and_the_final_vote_count() -> None:
    group = [*samples(0, "221"), *samples(1, "11")]
    found = figures(Run("r", group, {"samples": 3, "stop_early": True}))
    assert found["accuracy"]["value"] == 0.5
    assert found["pass_at"] == {}
    assert list(found["maj_at"]) == ["3"]
    assert found["maj_at"]["3"]["value"] == 0.5


def test_decisions_show_before_and_after() -> None:
    attempts = [attempt(0, "unverifiable", "1 cm"), attempt(1, "incorrect", "2"), attempt(2)]
    decisions = [
        Decision("p:0#0", "1", "1 cm", "Question 0?", "unverifiable", "correct"),
        Decision("p:1#0", "1", "2", "Question 1?", "incorrect", "incorrect"),
        Decision("p:2#0", "1", "1", "Question 2?", "correct", "skip"),
        Decision("q:9#0", "1", "1", "another run", "correct", "correct"),
    ]
    found = figures(Run("r", attempts), decisions)
    people = found["people"]
    assert people["before"]["value"] == pytest.approx(1 / 3) and people["after"]["value"] == pytest.approx(2 / 3)
    assert (people["decided"], people["skipped"], people["changed"], people["not_of_this_run"]) == (2, 1, 1, 1)
    assert people["agreement"] == 1.0
    assert found["accuracy"]["value"] == pytest.approx(2 / 3)
    assert figures(Run("r", attempts))["people"] is None


def test_runs_are_compared_pair_by_pair_over_common_problems() -> None:
    first = figures(Run("off", [attempt(n, "correct" if n < 3 else "incorrect") for n in range(10)]))
    second = figures(Run("on", [attempt(n, "correct" if n > 0 else "incorrect") for n in range(9)]))
    found = compare(first, second)
    assert (found["both"], found["only_first"], found["only_second"], found["neither"]) == (2, 1, 6, 0)
    assert found["difference"]["value"] == pytest.approx(5 / 9)
    assert found["difference"]["low"] < 5 / 9 < found["difference"]["high"]
    assert found["p_value"] == pytest.approx(0.125)
    assert (found["problems"], found["left_out"]) == (9, 1)
    back = compare(second, first)
    assert back["difference"]["value"] == -found["difference"]["value"] and back["p_value"] == found["p_value"]


def test_two_runs_with_the_same_answers_may_differ_to_both_sides() -> None:
    run = figures(Run("r", [attempt(n) for n in range(60)]))
    difference = compare(run, run)["difference"]
    assert (difference["value"], difference["low"]) == (0.0, -difference["high"])
    assert difference["high"] == pytest.approx(0.060, abs=1e-3)


def test_runs_on_other_problems_are_not_compared() -> None:
    runs = [figures(Run("a", [attempt(0)])), figures(Run("b", [attempt(1)]))]
    with pytest.raises(RecordError, match="no problem in common"):
        compare(*runs)
    assert comparisons(runs) == []


def test_many_runs_are_compared_with_the_first() -> None:
    runs = [figures(Run(str(n), [attempt(0)])) for n in range(6)]
    assert [(pair["first"], pair["second"]) for pair in comparisons(runs)] == [("0", str(n)) for n in range(1, 6)]
    assert len(comparisons(runs[:3])) == 3


def test_the_same_seed_takes_the_same_problems_wherever_they_stand() -> None:
    every = [problem(n, subject="even" if n % 2 == 0 else "odd") for n in range(100)]
    chosen = choose(every, limit=10, seed=3)
    assert {p.id for p in chosen} == {p.id for p in choose(every[::-1], limit=10, seed=3)}
    assert chosen == [p for p in every if p in chosen] != choose(every, limit=10)
    assert {p.id for p in chosen} < {p.id for p in choose(every, limit=20, seed=3)}
    assert {p.id for p in chosen} != {p.id for p in choose(every, limit=10, seed=4)}
    assert choose(every, per_group=2) == every[:4]
    assert choose(every, per_group=2, limit=3) == every[:3]
    assert choose(every) == every


def test_tally_by_subject() -> None:
    group = [attempt(0), replace(attempt(1, "incorrect"), problem=problem(1, subject="x"))]
    rows = tally(group, lambda p: p.subject or p.source)
    assert {key: (row.correct, row.total) for key, row in rows.items()} == {
        "test": (1, 1),
        "x": (0, 1),
        "all": (1, 2),
    }


def test_where_voting_stopped_early_first_samples_count_as_in_the_figures() -> None:
    group = [attempt(0), attempt(1, "incorrect"), replace(attempt(1), sample=1), replace(attempt(1), sample=2)]
    assert tally(group, lambda p: "x", stopped_early=True)["all"].accuracy == 0.5
    assert figures(Run("r", group, {"samples": 3, "stop_early": True}))["accuracy"]["value"] == 0.5


def unanswerable(number: int) -> Problem:
    return Problem(f"u:{number}", "test", f"Who is {number}?", None, "unanswerable")


def test_refusals_are_told_of_what_cannot_be_solved_and_of_what_can() -> None:
    attempts = [
        attempt(0, problem=unanswerable(0), predicted=None),
        attempt(1, "incorrect", problem=unanswerable(1)),
        attempt(2, "incorrect", None, conclusion="I cannot solve this."),
        attempt(3, "incorrect", None, conclusion="So it is."),
        # where the gold answer is that in words, saying so is no refusal
        attempt(4, predicted="it cannot be determined", conclusion="The answer is: it cannot be determined."),
        attempt(5, "incorrect", None, error="503"),
    ]
    found = figures(Run("r", attempts))
    told = {kind: (share["value"], share["n"]) for kind, share in found["refusals"].items()}
    assert told == {"unanswerable": (0.5, 2), "answerable": (0.25, 4)}
    assert all(share["low"] < share["value"] < share["high"] for share in found["refusals"].values())
    assert {row["kind"]: row["attempts"] for row in found["failures"]}["not refused"] == 1


def test_a_run_without_any_refusal_says_nothing_of_them() -> None:
    found = figures(Run("r", [attempt(0), attempt(1, "incorrect", None)]))
    assert "refusals" not in found
    assert "not refused" not in {row["kind"] for row in found["failures"]}


def test_refusals_of_several_samples_are_shares_and_their_majority_is_the_first_where_none_answers() -> None:
    both = [attempt(0, problem=unanswerable(0), predicted=None, sample=sample) for sample in (0, 1)]
    one = [
        attempt(1, problem=unanswerable(1), predicted=None),
        attempt(1, "incorrect", problem=unanswerable(1), sample=1),
    ]
    found = figures(Run("r", [*both, *one]))
    assert found["refusals"]["unanswerable"]["value"] == 0.75
    assert found["maj_at"]["2"]["value"] == 0.5  # who refuses votes for nothing, as in a vote of several solutions
