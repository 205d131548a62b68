"""Numbers and equations of an explanation, against the question, the programs and what they printed."""

from __future__ import annotations

import pytest

from math_solver.answers.agreement import objection

from ..bounded import Bounded

SOURCES = (
    "Tom has three boxes of 4 pens and buys 7 more for $2.50 each. 一共有多少支笔？",
    "print(3*4+7, 1/3)",
    "19 0.333333333333",
    "He has \\boxed{19}.",
)


@pytest.mark.parametrize(
    "text",
    [
        "Step 1: $3 \\cdot 4 = 12$ pens. Step 2: $12+7=19$. So \\boxed{19}.",
        "3 × 4 = 12, then 12 + 7 = 19.\n5) Done.",
        "1. We multiply: 3 * 4 = 12.\n2. We add: 12 + 7 = 19.\n3. So $x_5$ is it.",
        "第3步：3×4=12，再加7得19。",
        "$3 \\cdot 4 + 7 = 12 + 7 = 19$",
        "12 = 3 × 4, and $12 \\div 3 = 4$",
        "About 0.33, or $\\frac{1}{3} = 0.333$.",  # rounded
        ">\n> **Step 1:** 3 × 4 = 12\n>\n> 2. 12 + 7 = 19",  # quoted, with lines of the quote alone before a step
        "There are no numbers here.",
        "",
    ],
)
def test_what_the_question_and_the_output_hold_or_imply_agrees(text: str) -> None:
    assert objection(text, SOURCES) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("So there are 17 pens.", "17 is neither given nor worked out"),
        ("3*4 = 13", "3*4 = 13 does not hold"),
        ("$3 \\cdot 4 = 12 = 14$", "3 \\cdot 4 = 12 = 14 does not hold"),
        ("Half of 38 is 19.", "38 is neither given nor worked out"),
        ("$3x = 12$ so $x = 4$", "12 is neither given nor worked out"),
        ("It is 1,234 in all.", "1234 is neither given nor worked out"),
        ("It is 0.34.", "0.34 is neither given nor worked out"),
        ("3 + 4, 7 + 12 = 3 * 4", "7 + 12 = 3 * 4 does not hold"),  # behind a calculation that is no equation
        ("5 + 6 = 11", "5 is neither given nor worked out"),  # true, and of other numbers
        ("9" * 30_000, "it is longer than 20000 characters"),
        (" ".join(map(str, range(1000, 2000))), "it has too many numbers"),
    ],
)
def test_what_comes_from_nowhere_or_does_not_hold_is_named(text: str, said: str) -> None:
    assert objection(text, SOURCES) == said


@pytest.mark.parametrize(
    "text", ["(" * 9000 + "3=3", "1+" * 9000 + "1=1", "3 " * 9000, "$" * 19000, "9^9^9^9^9^9 = 3", "${3" * 6000]
)
def test_hostile_text_comes_back(text: str) -> None:
    assert objection(text, SOURCES) is None or isinstance(objection(text, SOURCES), str)


def objections(text: str, source: str) -> set[str | None]:
    """More than once, so that what takes long but ends takes too long."""
    return {objection(text, (source,)) for _ in range(20)}


@pytest.mark.parametrize(
    "text",
    [
        "\n" * 19_900,  # lines without a step
        "1" * 19_900,  # one number
        "1,111" + ",111" * 4900 + "a",  # one in groups
        "1+" * 9900 + "1",  # one calculation that is no equation
        "1+" * 9900 + "1=1a",  # and nearly one
        "(1)" * 6600,  # operands and no operator
        "=1" * 9900 + "a",
        "x_" + " " * 19_900,  # an index that never comes
    ],
)
def test_text_that_is_long_of_one_thing_takes_no_time_with_its_square(bounded: Bounded, text: str) -> None:
    assert bounded(objections, text, "3, 111") == {None}


@pytest.mark.parametrize(
    ("source", "known"),
    [
        ("one hundred and twenty " * 5000, False),  # a phrase of 115,000 characters, which is no number
        ("one-" * 25_000, False),
        ("一百二十万" * 20_000, False),
        ("There are\n" * 1900 + "forty-two.", True),
        ("There are\n" * 2000 + "forty-two.", False),  # words are read near the beginning
        ("There are\n" * 2000 + "42.", True),
    ],
)
def test_numbers_in_words_are_read_as_far_as_that_is_quick(bounded: Bounded, source: str, known: bool) -> None:
    expected = None if known else "42 is neither given nor worked out"
    assert bounded(objections, "It is 42.", source) == {expected}
