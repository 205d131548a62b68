"""Which comparison two forms get, and what it says."""

from __future__ import annotations

from typing import get_args

import pytest

from math_solver.answers.comparing.forms import compare_answers
from math_solver.answers.comparing.scalars import Context
from math_solver.answers.reading.answer import read_answer
from math_solver.answers.values.tree import Answer, Expr

SAME, DIFFERENT, OPEN = True, False, None
EXAMPLES = (
    "5", "x", "5 m", "1:2", "16:30", r"\{1, 2\}", r"\{5\}", r"\{x | x > 2\}", r"\{x | x = 1\}", "[1, 2)", "(1, 2]",
    "(1, 2)", "[1, 2]", "(1, 2, 3)", "[1, 2, 3)", "1, 2", "1 or 2", "x > 1, x < 2", "x = 1, y = 2", "x = 1 or x = 2",
    r"\begin{pmatrix}1\\2\end{pmatrix}", "x > 2", "y = 2x", r"\mathbb{R}", r"(1, 2)\cup(3, 4)", "A, B", "(A) 5",
    "yes", "4:30 pm", "June 20", "Monday", "7余2",
)  # fmt: skip


class NoProof:
    def __call__(self, first: Expr, second: Expr) -> tuple[bool | None, str]:
        return None, "not asked"


def compare(gold: str, predicted: str, kind: str | None = None) -> tuple[bool | None, str]:
    finding = compare_answers(read_answer(gold), read_answer(predicted), Context(NoProof(), kind=kind))
    return finding.same, finding.reason


@pytest.mark.parametrize(
    ("gold", "predicted", "same", "reason"),
    [
        # a point or an open interval, by what it faces
        ("(1, 2)", "(1, 4/2)", SAME, "equal item by item"),
        ("(1, 2)", "1 < x < 2", SAME, "the same intervals"),
        ("(1, 2)", r"\langle 1, 2\rangle", SAME, "equal item by item"),
        ("(1, 2)", r"\begin{pmatrix}1\\2\end{pmatrix}", SAME, "equal matrices"),
        ("(1, 2)", "1, 2", SAME, "equal item by item"),
        ("(1, 2)", "2, 1", DIFFERENT, "the numbers differ"),
        ("(1, 2)", "[1, 2]", DIFFERENT, "open against closed end points"),
        ("(1, 2)", "[1, 2)", DIFFERENT, "open against closed end points"),
        ("(1, 2)", "(1, 2, 3)", DIFFERENT, "different numbers of items"),
        ("(1, 2)", r"\{1, 2\}", DIFFERENT, "collections of different kinds"),
        # a vector or a closed interval
        ("[1, 2]", r"1 \le x \le 2", SAME, "the same intervals"),
        ("[1, 2]", r"\begin{pmatrix}1&2\end{pmatrix}", SAME, "equal matrices"),
        ("[1, 2]", "1, 2", DIFFERENT, "collections of different kinds"),
        ("[1, 2]", "[1, 2)", DIFFERENT, "open against closed end points"),
        # an interval beyond doubt
        ("[1, 2)", r"1 \le x < 2", SAME, "the same intervals"),
        ("[1, 2)", "[1, 4/2)", SAME, "equal item by item"),
        ("[1, 2)", "(1, 2]", DIFFERENT, "open against closed end points"),
        ("[1, 2)", r"\begin{pmatrix}1\\2\end{pmatrix}", OPEN, "a matrix against something else"),
        ("[1, 2)", "[1, a)", DIFFERENT, "different values at the same point"),
        # a tuple
        ("(1, 2, 3)", "[1, 2, 3]", SAME, "equal item by item"),
        ("(1, 2, 3)", "[1, 2, 3)", OPEN, "brackets that do not match"),
        ("(1, 2, 3)", "[1, 2]", DIFFERENT, "open against closed end points"),
        ("(1, 2, 3)", "1, 2, 3", SAME, "equal item by item"),
        ("(1, 2)", "5", DIFFERENT, "one value against several"),
        ("[[1, 2]]", "5", DIFFERENT, "one value against several"),
        # sets and lists
        (r"\{1, 2\}", r"\{2, 1, 1\}", SAME, "equal items in some order"),
        (r"\{1, 2\}", "2, 1", SAME, "equal items in some order"),
        (r"\{1, 2\}", "2, 1, 1", SAME, "equal items in some order"),
        ("1, 2", "2, 1, 1", DIFFERENT, "different numbers of items"),
        ("1, 2", "1, 3", DIFFERENT, "an item that the other side lacks"),
        (r"\{5\}", "10/2", SAME, "equal rational numbers"),
        (r"\{1, 2\}", "1", DIFFERENT, "one value against several"),
        (r"\{x | x > 2\}", r"\{x | x > 3\}", DIFFERENT, "the numbers differ"),
        (r"\{x | x > 2\}", r"(2, \infty)", SAME, "the same intervals"),
        (r"\{x | x > 2\}", r"\{3\}", DIFFERENT, "open against closed end points"),
        (r"\{x | y > z\}", "5", OPEN, "a set against something else"),
        ("x > 1, x < 2", "(1, 2)", SAME, "the same intervals"),
        # ratios
        ("1:2", "2:4", SAME, "the same ratio"),
        ("1:2", "2/4", SAME, "equal rational numbers"),
        ("1:2", "(1, 2)", SAME, "the same ratio"),
        ("1:2", "1:2:3", DIFFERENT, "ratios of different lengths"),
        ("1:2:3", "1/2", OPEN, "a ratio against something else"),
        ("16:30", "4:30 pm", SAME, "the same time"),
        # letters that are given values
        ("x = 1, y = 2", "(1, 2)", SAME, "equal item by item"),
        ("x = 1, y = 2", "y = 2, x = 1", SAME, "equal item by item"),
        ("x = 1 or x = 2", "2, 1", SAME, "equal items in some order"),
    ],
)
def test_two_forms(gold: str, predicted: str, same: bool | None, reason: str) -> None:
    assert compare(gold, predicted) == (same, reason)


def test_lists_in_order() -> None:
    assert compare("1, 2", "2, 1", "tuple") == (False, "the numbers differ")
    assert compare(r"\{1, 2\}", r"\{2, 1\}", "tuple")[0] is True  # a set has no order


def test_the_examples_are_of_every_form() -> None:
    assert {type(read_answer(text)) for text in EXAMPLES} == set(get_args(Answer))


@pytest.mark.parametrize("gold", EXAMPLES)
def test_any_two_forms_can_be_compared(gold: str) -> None:
    for predicted in EXAMPLES:
        same, reason = compare(gold, predicted)
        assert reason
        assert same is True or gold != predicted
