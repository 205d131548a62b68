"""The type of what is read says what it is; what stays ambiguous has a type of its own."""

from __future__ import annotations

from fractions import Fraction

import pytest

from math_solver.answers.reading.answer import read_answer
from math_solver.answers.values.tree import (
    Answer,
    FiniteSet,
    Interval,
    Listing,
    Matrix,
    Num,
    Op,
    PointOrInterval,
    Ratio,
    Relation,
    SetBuilder,
    SetOf,
    SetOperation,
    Sym,
    Tuple,
    Value,
    VectorOrInterval,
    Words,
)

ONE, TWO, THREE = (Num(Fraction(number)) for number in (1, 2, 3))
PAIR = (Value(ONE), Value(TWO))
MINUS_ONE = Value(Op("neg", (ONE,)))
TRIPLE = (*PAIR, Value(THREE))
POSITIVE = Relation((Value(Sym("x")), Value(TWO)), (">",))


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        # two items in brackets: certain where no point is written so
        ("(1, 2)", PointOrInterval(PAIR)),
        ("A(1, 2)", PointOrInterval(PAIR)),
        ("[1, 2]", VectorOrInterval(PAIR)),
        ("[1, 2)", Interval(PAIR, True, False)),
        (r"\left(1, 2\right]", Interval(PAIR, False, True)),
        (r"\langle 1, 2\rangle", Tuple(PAIR, r"\langle", r"\rangle")),
        # more items
        ("(1, 2, 3)", Tuple(TRIPLE)),
        ("[1, 2, 3]", Tuple(TRIPLE, "[", "]")),
        ("[1, 2, 3)", Tuple(TRIPLE, "[", ")")),
        ("(1)", Value(ONE)),
        ("[[1, 2]]", Tuple((VectorOrInterval(PAIR),), "[", "]")),
        ("[[1, 2], [2, 3]]", Matrix(((ONE, TWO), (TWO, THREE)))),
        ("[[1, 2), [2, 3)]", VectorOrInterval((Interval(PAIR, True, False), Interval(TRIPLE[1:], True, False)))),
        # sets and ratios
        (r"\{1, 2\}", FiniteSet(PAIR)),
        (r"\{1\}", FiniteSet((Value(ONE),))),
        (r"\{\}", SetOf("empty")),
        (r"\{x \mid x > 2\}", SetBuilder(POSITIVE)),
        (r"\{x \in R : x > 2\}", SetBuilder(POSITIVE)),
        ("1:2", Ratio(PAIR)),
        ("1比2", Ratio(PAIR)),
        ("1 to 2", Ratio(PAIR)),
        ("1:2:3", Ratio(TRIPLE)),
        (r"(1, 2)\cup\{3\}", SetOperation("cup", PointOrInterval(PAIR), FiniteSet((Value(THREE),)))),
        # plus-minus makes several of them
        (r"(\pm 1, 2)", Listing((PointOrInterval(PAIR), PointOrInterval((MINUS_ONE, PAIR[1]))), "or")),
        # as SymPy prints them
        ("Interval(1, 2)", VectorOrInterval(PAIR)),
        ("Interval.open(1, 2)", PointOrInterval(PAIR)),
        ("Interval.Lopen(1, 2)", Interval(PAIR, False, True)),
        ("Interval.Ropen(1, 2)", Interval(PAIR, True, False)),
        ("FiniteSet(1, 2)", FiniteSet(PAIR)),
        ("Matrix([1, 2])", Matrix(((ONE,), (TWO,)))),
        # no statement at all
        ("[1, 2", Words("1 2")),
        (r"1:2 \cup \{3\}", Words(r"1:2\cup\{3\}")),  # a ratio is no set
    ],
)  # fmt: skip
def test_the_type_says_what_is_read(text: str, answer: Answer) -> None:
    assert read_answer(text) == answer
