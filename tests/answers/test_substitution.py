"""Answers put into the equation that a question states; what it asks beside the solutions is left alone."""

from __future__ import annotations

import pytest

from math_solver.answers.substitution import holds


@pytest.mark.parametrize(
    ("question", "answer", "expected"),
    [
        ("Solve $x^2 - 5x + 6 = 0$.", "2, 3", True),
        ("Solve $x^2 - 5x + 6 = 0$.", "2, 4", False),
        ("Solve $x^2 - 5x + 6 = 0$.", "2", None),  # holds, and a solution may be missing
        ("Solve $x^2 - 5x + 6 = 0$.", "2, 2", None),
        ("Solve for x: 2x + 3 = 11.", "4", True),
        ("Solve the equation 2x+3=11 for x.", "5", False),
        ("If $2x = 6$, find $x$.", "x = 3", True),
        ("If $2x = 6$, what is $x + 1$?", "4", None),  # not what the letter stands for
        ("Find the larger root of $x^2-5x+6=0$.", "3", None),
        ("Find the sum of the roots of $x^2-5x+6=0$.", "5", None),
        ("解方程：$3x-7=11$", "6", True),
        ("解方程 3x-7=11", "x = 7", False),
        ("求方程 $x^2-5x+6=0$ 的根。", r"x_1 = 2, x_2 = 3", True),
        ("若 $2x+1=7$，求 $x$ 的值。", "2", False),
        ("Solve $x^2=2$.", r"\pm\sqrt{2}", True),
        ("Solve $x^2=2$.", "1.41", None),  # rounded
        ("Solve $5x=1$.", "0.2", True),
        (r"Solve $\frac{1}{x}=2$.", "0", None),  # it has no value there
        (r"Solve $\sin x = 0$.", "0", None),  # and so have others
        ("Solve $2^x = 8$.", "4", False),
        ("Solve $x^2+1=0$.", "i", None),
        ("Solve $y = 2x$.", "3", None),
        ("Solve $x + 1 = 2$ and $x + 2 = 4$.", "1", None),
        ("What is 3 + 4?", "7", None),
        ("Solve $x = 3$ apples", "3 apples", None),
    ],
)
def test_an_answer_is_put_in_where_the_question_asks_for_it(question: str, answer: str, expected: bool | None) -> None:
    assert holds(question, answer) is expected


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Solve $x = 9^{9^{9^{9}}}$.", "9^{9^{9^{9}}}"),
        ("Solve $x = __import__('os').system('true')$.", "__import__('os').system('true')"),
        ("Solve $" + "(" * 250 + "x=1$.", "1"),
        ("Solve $x=1$.", ",".join(map(str, range(500)))),
        ("Solve $x^{999999999} = 1$.", "2"),
        ("Solve " + "2x+" * 150 + "=1", "1"),
        ("Solve $x!=1$.", "99999999999"),
    ],
)
def test_hostile_text_tells_nothing_and_comes_back_at_once(question: str, answer: str) -> None:
    assert holds(question, answer) is not True or answer.startswith("9^")
