from __future__ import annotations

from typing import Any

import pytest

from math_solver.pages.exploring.alike import Alike
from math_solver.records import as_row

from .rows import solution

EGGS = "Ann buys {} eggs at the market on Monday morning, bakes a cake with {} of them and sells the rest to a friend."


def clusters(*questions: tuple[str, str, str], near: float = 0.7) -> list[dict[str, Any]]:
    """Of ``(id, problem, question)``."""
    with Alike(near) as alike:
        for id, problem, question in questions:
            record = solution(id, question, "5", "5", problem=problem)
            alike.take(as_row(record), record, problem)
        return list(alike.clusters())


def test_the_same_the_similar_and_the_same_with_other_numbers_are_a_cluster() -> None:
    (found,) = clusters(
        ("a", "p1", EGGS.format(16, 3)),
        ("b", "p2", "What is the capital of the largest country?"),
        ("c", "p3", EGGS.format(16, 3).upper()),
        ("d", "p4", EGGS.format(16, 3).replace("a friend", "friends")),
        ("e", "p5", EGGS.format(99, 7)),
    )
    assert found["kin"] == "a" and found["kin_question"] == EGGS.format(16, 3)
    assert [(member["id"], member["reason"]) for member in found["members"]] == [
        ("c", "duplicate"), ("d", "near_duplicate"), ("e", "variant"),
    ]  # fmt: skip


def test_samples_of_one_problem_are_no_duplicates() -> None:
    assert clusters(*((f"a{n}", "p1", EGGS.format(16, 3)) for n in range(4))) == []


def test_the_largest_cluster_comes_first() -> None:
    other = "Which of the two trains arrives first at the station if one of them leaves {} minutes late today?"
    found = clusters(*((f"a{n}", f"p{n}", EGGS.format(n, 3)) for n in range(2)),
                     *((f"b{n}", f"q{n}", other.format(n)) for n in range(3)))  # fmt: skip
    assert [(cluster["kin"], len(cluster["members"])) for cluster in found] == [("b0", 2), ("a0", 1)]


@pytest.mark.parametrize("near", [0.0, 1.0])
def test_equal_questions_are_found_at_any_similarity(near: float) -> None:
    assert len(clusters(("a", "p1", EGGS), ("b", "p2", EGGS), near=near)) == 1
