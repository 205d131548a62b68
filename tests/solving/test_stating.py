"""What a conclusion states, whole or cut off, and how firmly."""

from __future__ import annotations

import pytest

from math_solver.answers import AnswerClass
from math_solver.solving.stating import Stated, eligible, may_fall, stated


@pytest.mark.parametrize(
    ("conclusion", "finish", "answer"),
    [
        ("The answer is 5", "stop", "5"),
        ("The answer is 5", None, "5"),  # an endpoint that does not say
        ("The answer is 5", "length", None),
        ("The answer is 5", "content_filter", None),
        ("I", "length", None),
        (r"It is \boxed{5}. Let me check", "length", "5"),
        (r"It is \boxed{5", "length", None),
        (r"It is \boxed{1}, \boxed{2", "length", None),  # half of two
        (r"It is \boxed{1}, \boxed", "length", None),
        (r"It is \boxed{1}, \boxed{2}", "length", "1, 2"),
        (r"It is \boxed{\fbox{5}}", "length", "5"),
        (r"It is \boxed{}", "length", None),
        ("", "length", None),
    ],
)
def test_what_was_cut_off_states_only_what_is_in_a_whole_box(
    conclusion: str, finish: str | None, answer: str | None
) -> None:
    found = stated(conclusion, finish)
    assert (found and found.answer) == answer
    assert found is None or found.boxed == ("boxed" in conclusion)


@pytest.mark.parametrize(
    "answer", ["5", "x = 3", "2x+1", "pi", "three", "12 apples", "A", "(1, 2)", "三", "no solution"]
)
def test_values_in_prose_are_firm(answer: str) -> None:
    assert Stated(answer, False).firm


@pytest.mark.parametrize("answer", ["hmm", "I", "e", "correct", "wrong", "yes", "Saturday", "正确的", "the same"])
def test_words_are_firm_in_a_box_only(answer: str) -> None:
    assert not Stated(answer, False).firm
    assert Stated(answer, True).firm


WORDS, VALUE, BOX = Stated("hmm", False), Stated("6", False), Stated("5", True)


@pytest.mark.parametrize(
    ("answers", "members", "left", "falls"),
    [
        ([WORDS, WORDS], [(0, 1)], [(0, 1)], True),
        ([WORDS, WORDS, VALUE], [(0, 1), (2,)], [(0, 1), (2,)], True),
        ([VALUE, VALUE, WORDS], [(0, 1), (2,)], [(0, 1), (2,)], False),
        ([WORDS, WORDS, BOX], [(0, 1), (2,)], [(2,)], False),
        ([WORDS, WORDS, BOX], [(0, 1, 2)], [(0, 1, 2)], False),  # the same answer
        ([None, None], [(0, 1)], [(0, 1)], False),  # calls of a client's tools
        ([], [], [], False),
    ],
)
def test_beside_a_box_words_alone_do_not_stand(
    answers: list[Stated | None], members: list[tuple[int, ...]], left: list[tuple[int, ...]], falls: bool
) -> None:
    found = eligible([AnswerClass("?", one) for one in members], answers)
    assert [one.members for one in found] == left
    assert may_fall(found, answers) is falls
