"""Which turns of a solution are judged, and on what evidence."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given

from math_solver.dataset.feedback import Balance, turn_row, turns_of
from math_solver.records import Trajectory

from .judged import ADD, FAIL, MULTIPLY, REPAIR, SUBTRACT, judged_of, solved
from .test_preference import SOLVED


def tags(*trajectories: Trajectory, most: int = 99) -> list[tuple[str, bool]]:
    """The judged turns by a part of their text."""
    marks = ("2*3+one", "2*3+1", "2*3", "6+1", "6-1", "boxed{7}", "boxed{5}", "boxed{8}")
    dropped: Counter[str] = Counter()
    rows = [turn_row(turn, "native") for turn in turns_of(judged_of(*trajectories), most, dropped)]
    assert all(len(row["conversations"]) % 2 == 0 and row["conversations"][-1]["value"] for row in rows)
    said = [(row["conversations"][-1]["value"], row["kto_tag"]) for row in rows]
    return sorted((next(mark for mark in marks if mark in text), tag) for text, tag in said)


@pytest.mark.parametrize(
    ("trajectories", "expected"),
    [
        ([solved("r", [MULTIPLY, ADD], "7")], [("6+1", True), ("boxed{7}", True)]),
        # the conclusion reports faithfully what a wrong program printed: the program is to blame
        ([solved("w", [MULTIPLY, SUBTRACT], "5")], [("6-1", False)]),
        # the program was right, the conclusion is not
        ([solved("w", [MULTIPLY, ADD], "8")], [("boxed{8}", False)]),
        # a right answer that the output does not show: nothing is known of the call
        ([solved("r", [MULTIPLY], "7")], [("boxed{7}", True)]),
        # a program that fails is wrong in a right solution too
        ([solved("r", [FAIL, REPAIR], "7")], [("2*3+1", True), ("2*3+one", False), ("boxed{7}", True)]),
        ([solved("w", [FAIL, SUBTRACT], "5")], [("2*3+one", False), ("6-1", False)]),
        # the same call, whose output the wrong conclusion reports and the right one does not
        (
            [solved("r", [SUBTRACT], "7"), solved("w", [SUBTRACT], "5")],
            [("6-1", False), ("boxed{7}", True)],
        ),
        (
            [solved("r", [ADD], "7"), solved("w", [ADD, SUBTRACT], "5")],
            [("6+1", True), ("6-1", False), ("boxed{7}", True)],
        ),
    ],
)
def test_what_is_judged(trajectories: list[Trajectory], expected: list[tuple[str, bool]]) -> None:
    assert tags(*trajectories) == expected


def test_a_turn_that_is_right_and_wrong_is_left_out() -> None:
    """The verifier takes a rounded and an exact value apart where the evidence does not."""
    dropped: Counter[str] = Counter()
    words = solved("r", [ADD], "7", "In all \\boxed{{{}}}."), solved("w", [ADD], "8", "\\boxed{{{}}} or \\boxed{{7}}")
    turns = turns_of(judged_of(*words), 9, dropped)
    assert {turn.right for turn in turns if turn.place == 1} == {True}
    wrong = solved("w", [ADD], "5", "\\boxed{{7}}")  # judged wrong, and shown by the output
    turns = turns_of(judged_of(words[0], wrong), 9, dropped)
    assert dropped["right_and_wrong"] == 1 and all(turn.place == 3 for turn in turns)


def test_right_and_wrong_take_turns_where_there_are_too_many() -> None:
    solutions = [solved("r", [MULTIPLY, ADD], "7"), solved("r2", [FAIL, REPAIR], "7"), solved("w", [SUBTRACT], "5")]
    assert [sum(tag == side for _, tag in tags(*solutions, most=4)) for side in (True, False)] == [2, 2]


@given(SOLVED)
def test_every_row_ends_with_an_answer(trajectory: Trajectory) -> None:
    for turn in turns_of(judged_of(trajectory), 99, Counter()):
        row = turn_row(turn, "native")
        assert row["conversations"][-1]["from"] in ("gpt", "function_call")
        assert isinstance(row["kto_tag"], bool)


@pytest.mark.parametrize(
    ("tags", "line"),
    [
        ([True] * 4 + [False] * 2, "kto_rejected_weight: 2.00"),
        ([True] * 2 + [False] * 5, "kto_chosen_weight: 2.50"),
        ([True, False], "kto_rejected_weight: 1.00"),
    ],
)
def test_the_balance_names_the_line_of_the_recipe(tags: list[bool], line: str) -> None:
    assert str(Balance.of(tags)).endswith(line)
