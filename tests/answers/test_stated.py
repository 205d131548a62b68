"""What a text states, case by case: quantities, elements, options, equations."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from math_solver.answers.stated import (
    Option,
    Quantity,
    chosen_option,
    elements,
    is_equation,
    notation,
    quantities_in,
    read_quantity,
)

from ..bounded import Bounded
from .test_hostile import HUGE, PIECES


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("7.5", Quantity(Fraction("7.5"), Fraction(1, 10))),
        ("61.0", Quantity(Fraction(61), Fraction(1, 10))),  # a zero is a place too
        ("10.00 米", Quantity(Fraction(10), Fraction(1, 100))),
        ("1,450", Quantity(Fraction(1450))),
        (r"-\frac{192}{73}", Quantity(Fraction(-192, 73))),
        (r"5\frac{1}{2}", Quantity(Fraction(11, 2))),
        ("11/2", Quantity(Fraction(11, 2))),
        ("1e-05", Quantity(Fraction(1, 100_000))),
        ("三十五", Quantity(Fraction(35))),
        # beside units and words
        (r"12.52\text{ m/s}", Quantity(Fraction("12.52"), Fraction(1, 100))),
        ("5 m", Quantity(Fraction(5))),
        (r"60^\circ", Quantity(Fraction(60))),
        (r"\$5", Quantity(Fraction(5))),
        ("约 3 个苹果", Quantity(Fraction(3))),
        ("x = 3", Quantity(Fraction(3))),
        # percent signs and multipliers
        (r"37.5\%", Quantity(Fraction("37.5"), Fraction(1, 10), percent=True)),
        ("5‰", Quantity(Fraction(5, 1000))),
        ("902万元", Quantity(Fraction(902), scale=Fraction(10_000))),
        ("1.5 million", Quantity(Fraction("1.5"), Fraction(1, 10), scale=Fraction(10**6))),
        # no number as it stands
        ("2x", None),
        ("y = 4x - 3", None),
        ("x^2 + y^2 = 25", None),
        (r"2^5 \times 3", None),
        (r"6\sqrt{5}", None),
        ("4!", None),
        ("3小时20分", None),
        ("1011_2", None),
        ("1, 2", None),
        ("3:4", None),
        ("1/0", None),
        ("等腰三角形", None),
        ("", None),
    ],
)
def test_one_quantity(text: str, quantity: Quantity | None) -> None:
    assert read_quantity(text) == quantity


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("工程系中有 420 名男生", ["420"]),
        ("21 在 x", ["21"]),
        ("12.520000000000003 m/s", ["12.520000000000003"]),
        ("10kg", ["10"]),
        ("每小时 60 km/h 和 3 h", ["60", "3"]),
        ("$1450", ["1450"]),
        ("1,450 dollars", ["1450"]),
        ("第3天", ["3"]),
        ("- 3 apples", ["3"]),  # an item of a list
        ("-3", ["-3"]),
        ("3-5", ["3", "5"]),
        ("3/4 和 1e-05", ["3/4", "1/100000"]),
        ("2 + 3", ["2", "3"]),
        # part of something else
        ("2*x + 3", []),
        ("6*sqrt(5)", []),
        ("x**2 - 5 is", []),
        ("(6+8j)", []),
        ("x1 和 v2.0.1", []),
        ("3:4", []),
        ("1/0", []),
        ("1e999999999", []),
        ("True", []),
    ],
)
def test_quantities_among_words(text: str, values: list[str]) -> None:
    assert [quantity.value for quantity in quantities_in(text)] == [Fraction(value) for value in values]


def test_a_percent_sign_is_seen_among_words() -> None:
    assert [quantity.percent for quantity in quantities_in("合格率 37.5%，共 8 个")] == [True, False]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[-192/73, 0]", ["-192/73", "0"]),
        ("[(log(4), 2 - log(4)), x]", ["(log(4), 2 - log(4))", "x"]),
        ("{x: 3, y: 4}", ["x: 3", "y: 4"]),
        (r"\left(2.5, 4\right)", ["2.5", "4"]),
        (r"\{-4,-3\}", ["-4", "-3"]),
        ("（1，2）", ["1", "2"]),
        ("[x**2 + 1]", ["x**2 + 1"]),
        ("1, 2; 3", ["1", "2", "3"]),
        ("x = 1, y = 1,450", ["x = 1", "y = 1,450"]),
        ("[1,450]", ["1", "450"]),
        ("[]", []),
        # no collections
        ("5", []),
        ("1,450", []),
        ("(x-1)*(x+2)", []),
        ("[1, 2)", []),  # intervals
        (r"(-\infty, 3)", []),
        ("Interval(-oo, 3)", []),
        ("[1, 2", []),
    ],
)
def test_elements(text: str, found: list[str]) -> None:
    assert [element.replace("^", "**") for element in elements(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1 和 2", ["1", "2"]),
        (r"14 \text{ and } 51", ["14", "51"]),
        ("x = 1 或 x = 2", ["x = 1", "x = 2"]),
        ("(1, 2) 和 (3 和 4)", ["(1, 2)", "(3 和 4)"]),
        ("sand or core", ["sand", "core"]),
        (r"\sqrt{x} \cdot \text{land}", []),
    ],
)
def test_conjunctions_separate_where_they_are_asked_to(text: str, found: list[str]) -> None:
    assert elements(text, conjunctions=True) == found


QUESTION = "能被 11 整除的是（ ） A. 2345 B. 9182 C. 7074 D. 4004"


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("D", Option("D", "4004")),
        ("(D)", Option("D", "4004")),
        ("**D**", Option("D", "4004")),
        (r"\text{D. } 5", Option("D", "5")),  # its own text counts
        ("E", Option("E", None)),
        ("AB", None),
        ("d", None),
        ("D = 5", None),
    ],
)
def test_options(text: str, option: Option | None) -> None:
    assert chosen_option(text, QUESTION) == option


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("x^2 + y^2 = 25", True),
        (r"\frac{y}{2} = 1", True),
        ("Eq(x**2, 4)", True),
        ("x = 3", False),
        ("v(h) = 27", False),
        ("y = 4x - 3", False),
        ("2x + 1 < 5", False),
        ("25", False),
        ("相等", False),
    ],
)
def test_equations(text: str, is_one: bool) -> None:
    assert is_equation(text) is is_one


def test_one_notation() -> None:
    assert notation(r"\left( x ,\; 2 \right)") == notation("（x，2）") != notation("(x, 3)")


@pytest.mark.parametrize("seed", range(2))
def test_no_text_raises(seed: int) -> None:
    random = Random(seed)
    for _ in range(500):
        state_all("".join(random.choices((*PIECES, "5", "x", "{", "]", "和"), k=random.randint(1, 12))))


@pytest.mark.parametrize("text", HUGE.values(), ids=HUGE.keys())
def test_huge_text_ends(bounded: Bounded, text: str) -> None:
    bounded(state_all, text)


def state_all(text: str) -> None:
    read_quantity(text)
    list(quantities_in(text))
    elements(text, conjunctions=True)
    chosen_option(text, text)
    is_equation(text)
