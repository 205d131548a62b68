"""Verdicts that depend on the question or the kind, and the three outcomes."""

from __future__ import annotations

import pytest

from math_solver.answers import verify_answer

OPTIONS = "下列四个数中，最小的数是()\nA.-2  B.0  C. 3  D.  -1/2"
LATEX_OPTIONS = r"What is $2+2$? $\textbf{(A)}\ 3 \qquad\textbf{(B)}\ 4 \qquad\textbf{(C)}\ \frac{9}{2}$"
PARENTHESES = "Which one? (A) red (B) green (C) blue"


@pytest.mark.parametrize(
    ("gold", "predicted", "question", "outcome"),
    [
        # choices by letter and by value
        ("A", "-2", OPTIONS, "correct"),
        ("-2", "A", OPTIONS, "correct"),
        ("A", "A", OPTIONS, "correct"),
        ("A", "a", OPTIONS, "correct"),
        ("A", "故选 A。", OPTIONS, "correct"),
        ("A", "0", OPTIONS, "incorrect"),
        ("A", "D", OPTIONS, "incorrect"),
        ("-2", "B", OPTIONS, "incorrect"),
        ("D", "-0.5", OPTIONS, "correct"),
        ("A", "17", OPTIONS, "unverifiable"),
        ("B", "4", LATEX_OPTIONS, "correct"),
        ("B", r"\boxed{\textbf{(B)}\ 4}", LATEX_OPTIONS, "correct"),
        ("C", "4.5", LATEX_OPTIONS, "correct"),
        ("C", "4", LATEX_OPTIONS, "incorrect"),
        ("B", "green", PARENTHESES, "correct"),
        ("B", "blue", PARENTHESES, "incorrect"),
        # rounding, scale, base and percent that the question asks for
        (r"\pi", "3.14", "Give your answer to two decimal places.", "correct"),
        (r"\frac{2}{3}", "0.67", "精确到百分位", "correct"),
        (r"\frac{2}{3}", "0.66", "精确到百分位", "incorrect"),
        (r"\frac{2}{3}", "0.7", "Round to the nearest hundredth.", "unverifiable"),
        ("4", "4.0 million dollars", "How many million dollars is the budget?", "correct"),
        ("10", "10万", "这个城市有多少万人？", "correct"),
        ("10", "10万", "这个城市有多少人？", "incorrect"),
        ("12_7", "12", "Write your answer in base 7.", "correct"),
        ("12_7", "12", None, "unverifiable"),
        ("0.5%", "0.5", "What percent is it?", "correct"),
        ("0.5%", "0.5", None, "unverifiable"),
        ("5:00", "6:00", "What time does the train arrive?", "incorrect"),
    ],
)
def test_the_question_counts(gold: str, predicted: str, question: str | None, outcome: str) -> None:
    verdict = verify_answer(gold, predicted, question=question)
    assert verdict.outcome == outcome, verdict.reason


@pytest.mark.parametrize(
    ("gold", "predicted", "kind", "outcome"),
    [
        ("b", "B", "choice", "correct"),
        ("", "I cannot solve this.", "unanswerable", "correct"),
        ("", "题目条件不足。", "unanswerable", "correct"),
        ("", "It is \\boxed{5}.", "unanswerable", "incorrect"),
        ("", "Paris.", "unanswerable", "incorrect"),  # neither
        ("", "I cannot solve this.", None, "unverifiable"),  # of an unknown answer nobody can tell
        ("AC", "CA", "choice", "correct"),
        *(("AC", text, "choice", "correct") for text in ("A/C", "[A, C]", "A+C", "ac", "A、C", "(A)(C)", "A and C")),
        *(("AC", text, "choice", "incorrect") for text in ("A/B", "[A, C, D]", "ad")),
        ("1, 2", "2, 1", None, "correct"),
        ("AC", "CA", "mcq", "correct"),
        ("1, 2", "2, 1", "tuple", "incorrect"),
        ("1, 2", "2, 1", "vector", "incorrect"),
        ("Evelyn", "evelyn", "text", "correct"),
        ("1/2", "0.5", "text", "incorrect"),
        ("1/2", "0.5", "something unheard of", "correct"),
    ],
)
def test_the_kind_counts(gold: str, predicted: str, kind: str | None, outcome: str) -> None:
    assert verify_answer(gold, predicted, kind=kind).outcome == outcome


@pytest.mark.parametrize(
    ("gold", "predicted", "outcome"),
    [
        ("18", None, "incorrect"),
        ("18", "   ", "incorrect"),
        ("", "18", "unverifiable"),
        ("18", "I cannot solve this.", "unverifiable"),
        (r"\boxed{18}", "18", "correct"),
        ("16 - 3 - 4 = 9\n#### 18", "18", "correct"),
        ("x", "y", "incorrect"),
        ("x=1", "y=1", "unverifiable"),
        ("1/3", "0.33", "unverifiable"),
        ("5 apples", "5 oranges", "unverifiable"),
        ("x = k\\pi, k\\in Z", "x = n\\pi", "unverifiable"),  # one side says that the letter is an integer
        ("x = k\\pi, k\\in Z", "x = 3", "incorrect"),
        ("2k, k\\in Z", "2n+2, n\\in Z", "unverifiable"),  # the same numbers
        ("x = k\\pi, k\\in Z", "x = k\\pi, k\\in N", "unverifiable"),
        ("5:00", "6:00", "incorrect"),
        ("5:00", "17:00", "unverifiable"),  # neither says which half of the day it is
        ("5:30", "17:30", "unverifiable"),
        ("3:05", "6:10", "unverifiable"),  # the one is a time, the other may be a ratio
    ],
)
def test_outcomes(gold: str, predicted: str | None, outcome: str) -> None:
    verdict = verify_answer(gold, predicted)
    assert verdict.outcome == outcome, verdict.reason
    assert verdict.reason
