"""Voting by what answers mean."""

from __future__ import annotations

from math_solver.answers import AnswerClass, majority


def test_answers_that_are_equal_vote_together() -> None:
    answers = ["1/2", "3", r"\frac{1}{2}", None, "0.5", "three", " "]
    assert majority(answers) == [AnswerClass("1/2", (0, 2, 4)), AnswerClass("3", (1, 5))]


def test_ties_keep_the_order_of_appearance_and_votes_are_counted() -> None:
    classes = majority(["2", "1", "1.0", "2.0"])
    assert [(each.answer, each.votes) for each in classes] == [("2", 2), ("1", 2)]


def test_the_question_tells_letters_from_values() -> None:
    assert len(majority(["A", "-2"], question="最小的数是()\nA.-2  B.0  C.3")) == 1
    assert len(majority(["A", "-2"])) == 2


def test_nothing_to_vote_on() -> None:
    assert majority([None, "", "  "]) == []
