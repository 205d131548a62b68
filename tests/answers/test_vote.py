"""Voting by what answers mean."""

from __future__ import annotations

import pytest

from math_solver.answers import AnswerClass, Grouping, majority, same_answer


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


# Nobody can tell in 0.3 s whether two of these are the same.
HARD = [rf"\sum_{{n=1}}^{{\infty}}\frac{{\sin({number}n)}}{{n^2}}" for number in (3, 4)]
HARD_TOO = [rf"\sum_{{n=1}}^{{\infty}}\frac{{\cos({number}n)}}{{n^3}}" for number in (5, 6)]


@pytest.mark.parametrize(
    ("answers", "within", "members"),
    [
        (["1/2", "0.5"], 60, [(0, 1)]),
        (["1/2", "0.5"], 0, [(0,), (1,)]),
        (["0.5", "1/2", " 0.5", "$0.5$"], 0, [(0, 2, 3), (1,)]),  # as it is written it needs no comparing
        ([*HARD, "1/2", "0.5"], 0.1, [(0,), (1,), (2,), (3,)]),  # the first pair takes it all
    ],
)
def test_what_there_is_no_time_for_is_not_compared_and_told(
    answers: list[str], within: float, members: list[tuple[int, ...]]
) -> None:
    classes = Grouping(deadline=0.3, within=within).classes(answers)
    assert [each.members for each in classes] == members
    assert any(each.unsure for each in classes) == (within != 60)


def test_counts_of_one_vote_share_the_time_and_what_they_have_found() -> None:
    grouping = Grouping(deadline=0.3, within=0.1)
    found = ["1/2", "0.5"]
    assert [each.members for each in grouping.classes(found)] == [(0, 1)]
    found += HARD_TOO
    assert [each.members for each in grouping.classes(found)] == [(0, 1), (2,), (3,)]
    # No time is left: what was compared is known, and nothing more is compared.
    assert [each.members for each in grouping.classes([*found, "1", "3/3"])] == [(0, 1), (2,), (3,), (4,), (5,)]


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("1/3", "0.333", True),  # in one direction only
        ("0.333", "1/3", True),
        ("1", "2", False),
        (*reversed(HARD), None),  # a pair that no other test has asked for: it is remembered
    ],
)
def test_two_answers_are_the_same_in_either_direction(first: str, second: str, same: bool | None) -> None:
    assert same_answer(first, second, deadline=0.3) is same
