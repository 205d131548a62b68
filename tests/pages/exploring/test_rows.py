from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from math_solver.pages.exploring.left_out import clusters_of, facts_of_cluster, facts_of_victim
from math_solver.pages.exploring.rows import ONE_SAMPLE, RATES, ROWS, Rates, facts_of
from math_solver.records import Problem, Trajectory, as_row

from .rows import VICTIMS, solution

SOLVED = solution("t", "How many?", "9", "8", "incorrect", problem="p", status="error", steps=2)


def values(record: Problem | Trajectory, name: str) -> list[str]:
    return list(facts_of(record, "a.jsonl", 300).values.get(name, ()))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("file", ["a.jsonl"]), ("source", ["gsm8k"]), ("subject", ["algebra"]), ("level", ["Level 2"]),
        ("lang", ["en"]), ("licence", ["MIT"]), ("answer", ["integer"]), ("answer_from", ["gold"]),
        ("verdict", ["incorrect"]), ("reason", ["because incorrect"]), ("rounds", ["2"]),
        ("status", ["error", "error"]), ("length", ["up to 500"]),
        ("tokens", ["up to 512"]), ("teacher", []), ("validation", []), ("metamorphic", []), ("rejected", []),
    ],
)  # fmt: skip
def test_what_a_solution_says(name: str, said: list[str]) -> None:
    assert values(SOLVED, name) == said


def test_what_a_problem_says() -> None:
    facts = facts_of(SOLVED.problem, "p.jsonl")
    assert list(facts.values["source"]) == ["gsm8k"] and "verdict" not in facts.values and "tokens" not in facts.values
    assert facts.id == "p" and facts.problem == facts_of(SOLVED, "").problem


def test_every_value_is_of_a_facet() -> None:
    assert {kind.name for kind in ROWS} >= facts_of(SOLVED, "a.jsonl", 1).values.keys()


@pytest.mark.parametrize(
    ("meta", "name", "said"),
    [
        ({"teacher": "qwen"}, "teacher", ["qwen"]),
        ({"teacher": {"name": "qwen"}}, "teacher", []),  # another dataset's form of it
        ({"teacher": "  \n "}, "teacher", []),
        ({"teacher": "x" * 300}, "teacher", ["x" * 79 + "…"]),
        ({"validation": {"status": "invalid", "reason": "no_code"}}, "validation", ["invalid: no_code"]),
        ({"validation": {"status": "valid", "reason": None}}, "validation", ["valid"]),
        ({"validation": "valid"}, "validation", []),
        ({"metamorphic": {"verdict": "untied", "reason": "hard_coded"}}, "metamorphic", ["untied: hard_coded"]),
        ({"rejected": "unfinished"}, "rejected", ["unfinished"]),
        ({"rejected": True}, "rejected", []),
    ],
)  # fmt: skip
def test_what_steps_noted(meta: dict[str, Any], name: str, said: list[str]) -> None:
    assert values(replace(SOLVED, meta=meta), name) == said


def test_a_row_without_verdict_and_programs_says_so() -> None:
    bare = replace(SOLVED, verdict=None, steps=())
    assert values(bare, "verdict") == ["not verified"] and values(bare, "status") == ["no program"]
    assert values(bare, "reason") == []


@pytest.mark.parametrize("text", ["how many", "we compute it.", "x = '8'", "\\boxed{8}", "no result", "9"])
def test_all_of_a_row_is_searched(text: str) -> None:
    assert text in facts_of(SOLVED, "a").text.casefold()


@pytest.mark.parametrize(
    ("outcomes", "samples", "rate", "name"),
    [
        (["correct"], None, (1, 1), ONE_SAMPLE),
        (["correct", "incorrect"], None, (1, 2), "up to 1/2"),
        (["correct", "unverifiable", "incorrect"], None, (1, 3), "up to 1/2"),  # errors stay in the denominator
        (["correct", "correct"], None, (2, 2), "all"),
        (["correct"] * 3 + ["incorrect"], None, (3, 4), "up to 3/4"),
        (["correct"] * 4 + ["incorrect"], None, (4, 5), "below all"),
        (["correct"] + ["incorrect"] * 4, None, (1, 5), "up to 1/4"),
        (["incorrect", "incorrect"], None, (0, 2), "none"),
        ([None, None], None, None, None),  # nobody judged them
        (["correct"], {"asked": 8, "failed": 0, "correct": 1}, (1, 8), "up to 1/4"),  # the others lie elsewhere
        (["correct"], {"asked": 8, "failed": 4, "correct": 4}, (4, 4), "all"),  # a failed request is no sample
        (["correct"], {"asked": 8, "failed": 8, "correct": 0}, (1, 1), ONE_SAMPLE),
        (["correct"], {"asked": "8"}, (1, 1), ONE_SAMPLE),
        (["correct"], {"asked": 2, "failed": 0, "correct": 3}, (1, 1), ONE_SAMPLE),
        (["correct"], 7, (1, 1), ONE_SAMPLE),
    ],
)  # fmt: skip
def test_pass_rates(outcomes: list[Any], samples: Any, rate: tuple[int, int] | None, name: str | None) -> None:
    rates = Rates()
    for outcome in outcomes:
        rates.take("p", solution("t", "?", "1", "1", outcome, **({"samples": samples} if samples else {})))
    assert rates.of("p") == rate and rates.of("another") is None
    assert rates.named("p") == ([name] if name else [])
    assert name is None or name in RATES


def test_what_a_victim_says() -> None:
    hit = facts_of_victim(VICTIMS[2], "v.jsonl")
    assert list(hit.values["benchmark"]) == ["gsm8k"] and list(hit.values["score"]) == ["0.8"]
    assert list(hit.values["reason"]) == ["decontamination: masked_text"]
    flawed = facts_of_victim(VICTIMS[3], "v.jsonl")
    assert list(flawed.values["benchmark"]) == list(flawed.values["score"]) == []


def test_duplicates_are_gathered_behind_the_row_that_they_repeat() -> None:
    more = [replace(VICTIMS[1], id=f"m{number}", kin="k") for number in range(5)]
    clusters = list(clusters_of([as_row(victim) for victim in [*VICTIMS, *more]]))
    assert [(cluster["kin"], len(cluster["members"])) for cluster in clusters] == [("k", 5), ("t2", 2)]
    facts = facts_of_cluster(clusters[1])
    assert list(facts.values["size"]) == ["2"] and set(facts.values["reason"]) == {"duplicate", "near_duplicate"}
    assert list(facts_of_cluster(clusters[0]).values["size"]) == ["5 to 9"] and "d2" in facts.text
