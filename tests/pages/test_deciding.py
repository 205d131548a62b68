from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from math_solver.evaluation import Decision
from math_solver.evaluation.records import Ruling
from math_solver.pages.deciding import Include, Review, cards, pair_lines
from math_solver.pages.store import Store

from .examples import ATTEMPTS, attempt


@pytest.mark.parametrize(
    ("include", "problems"),
    [
        ("unverifiable", ["p:0", "p:1", "p:2", "p:3"]),
        ("incorrect", ["p:0", "p:1", "p:2", "p:3", "p:5", "p:6"]),
        ("all", ["p:0", "p:1", "p:2", "p:3", "p:4", "p:5", "p:6"]),
    ],
)
def test_what_is_asked_about(include: Include, problems: list[str]) -> None:
    asked = cards(ATTEMPTS, include)
    assert [card.problem.id for card in asked] == problems
    assert asked[3].ids == ("p:3#0", "p:3#1")  # the same answer to the same problem is one decision


def test_a_failed_request_is_no_card() -> None:
    import dataclasses

    assert cards([dataclasses.replace(ATTEMPTS[0], error="no connection")], "all") == []


def test_a_decision_holds_for_its_answer_only(tmp_path: Path) -> None:
    with Store(tmp_path / "d", Decision) as store:
        Review(cards([ATTEMPTS[0]]), store).decide(cards([ATTEMPTS[0]])[0], "correct")
    another_run = attempt(0, "Find all", r"\pm 2\sqrt{2}", "7")
    with Store(tmp_path / "d", Decision) as store:
        review = Review(cards([ATTEMPTS[0], another_run]), store)
        assert [review.ruling(card) for card in review.cards] == ["correct", None]
        assert review.next_open() == 1 and review.next_open(1) == 1
        review.decide(review.cards[1], "skip")
        assert review.next_open() is None
        assert Review(review.cards, store, again=True).next_open() == 1


def decision(gold: str, predicted: str | None, ruling: Ruling, number: int = 0) -> Decision:
    return Decision(f"p:{number}#0", gold, predicted, "?", "unverifiable", ruling)


@pytest.mark.parametrize(
    ("decisions", "rows", "dropped"),
    [
        ([decision("1\n 2", "1  2", "correct")], ["+ 1 2 :: 1 2"], {}),
        ([decision("1", "2", "correct"), decision("1", "2", "incorrect")], ["- 1 :: 2"], {}),  # a second thought
        ([decision("1", "2", "correct"), decision("1", "2", "incorrect", 1)], [], {"contradictory": 1}),
        ([decision("1", "2", "correct"), decision("1", "2", "correct", 1)], ["+ 1 :: 2"], {}),
        ([decision("", "2", "correct"), decision("1", None, "incorrect", 1)], [], {"no_answer": 2}),
        ([decision("a :: b", "2", "incorrect")], [], {"separator_in_answer": 1}),
        ([decision("1", "2 :: 3", "incorrect")], ["- 1 :: 2 :: 3"], {}),  # the reader splits at the first
        ([decision("1", "2", "skip")], [], {"skipped": 1}),
    ],
)
def test_rows_for_the_table(decisions: list[Decision], rows: list[str], dropped: dict[str, int]) -> None:
    assert pair_lines(decisions) == (rows, Counter(dropped))
