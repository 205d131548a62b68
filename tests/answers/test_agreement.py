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
    "text",
    [
        # true, in more notations
        "$\\log_{2} 8 = 3$",
        "$\\log_{10}(100)=2$",
        "$10_{2} = 2$",
        "log_2 8 + 1 = 4",
        "7 ÷ 4 = 1 remainder 3",
        "$10 \\div 4 = 2$ 余 2",
        "10÷4=2……2",
        "$10÷4=2\\cdots\\cdots 2$",
        "10÷4=2余2",
        "$12÷5=2$（个）……2（个）",  # a unit between
        "19 ÷ 7 = 2 R 5",  # both the quotient and the remainder are worked out
        "12 ÷ 4 = 3... 7 more.",  # dots of a sentence
        "$0.5 = 50\\%$",
        "$50\\% = 0.5$ and $1/4 = 25\\%$",
        "$5\\,\\text{m} = 500\\,\\text{cm}$",
        "$3\\text{ boxes} = 12\\text{ pens}$",  # no equation between numbers
        "5 mod 3 = 2, |-3| = 3, 3² = 9, √4 = 2, 3! = 6, ３＋４＝７, gcd(4, 12) = 4",
        "So 3 × 4 = 12!",  # a cry, no factorial
        "| 3 + 4 = 7 | 12 |",  # a table
    ],
)
def test_equations_that_hold_in_other_notations_agree(text: str) -> None:
    assert objection(text, ("3, 4, 5, 6, 7, 8, 12, 19, 0.5",)) is None


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
        ("√3=7", "√3=7 does not hold"),
        ("3²=7", "3²=7 does not hold"),
        ("3! = 7", "3! = 7 does not hold"),
        ("100! = 7", "100! = 7 does not hold"),
        ("|-3|=4", "|-3|=4 does not hold"),
        ("3 mod 4 = 7", "3 mod 4 = 7 does not hold"),
        ("$7 \\bmod 4 = 7$", "7 \\bmod 4 = 7 does not hold"),
        ("gcd(3,4)=7", "gcd(3,4)=7 does not hold"),
        ("３＋４＝３", "3+4=3 does not hold"),
        ("$\\log_{3} 4 = 7$", "\\log_{3} 4 = 7 does not hold"),
        ("7 ÷ 4 = 1 remainder 2", "7 ÷ 4 = 1 remainder 2 does not hold"),
        ("7÷4=1余2", "7÷4=1余2 does not hold"),
        ("7÷3=1……4", "7÷3=1……4 does not hold"),  # more is left than is divided by
        ("$7 \\div 4 = 2 \\cdots\\cdots 1$", "7 \\div 4 = 2 \\cdots\\cdots 1 does not hold"),
        ("$0.4 = 50\\%$", "0.4 = 50\\% does not hold"),
        ("$4\\,\\text{m} = 12\\,\\text{cm}$", "4\\,\\text{m} = 12\\,\\text{cm} does not hold"),
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
        "1!" * 9900,
        "|1|" * 6600,
        "1 mod " * 3300,
        "1÷1=1 " * 3300,
        "$1=1$" + " …" * 9900,
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
