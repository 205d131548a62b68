"""What an answer is once read: expressions, and the forms that hold them.

All nodes are immutable and hashable; none holds Python code or a SymPy object.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

__all__ = [
    "Answer",
    "Brackets",
    "Clock",
    "Date",
    "Division",
    "Const",
    "Expr",
    "FiniteSet",
    "Interval",
    "Listing",
    "Matrix",
    "MultipleChoice",
    "Num",
    "Op",
    "PointOrInterval",
    "Ratio",
    "Relation",
    "SetBuilder",
    "SetOf",
    "SetOperation",
    "Sym",
    "Truth",
    "Tuple",
    "Unit",
    "Value",
    "VectorOrInterval",
    "Words",
    "in_brackets",
]


@dataclass(frozen=True)
class Num:
    """An exact rational; ``ulp`` is the last stated decimal place (1/100 for 0.25), None for integers."""

    value: Fraction
    ulp: Fraction | None = None


@dataclass(frozen=True)
class Const:
    """One of pi, e, i, oo."""

    name: str


@dataclass(frozen=True)
class Sym:
    name: str


@dataclass(frozen=True)
class Op:
    """An operator applied; ``name`` is that of a row in ``operators``."""

    name: str
    args: tuple[Expr, ...]


Expr: TypeAlias = Num | Const | Sym | Op


@dataclass(frozen=True)
class Unit:
    """A unit as a factor times base units to powers; ``noun`` instead, for what is counted.

    ``bases`` are (name, exponent) pairs in order of name.
    """

    factor: Fraction = Fraction(1)
    bases: tuple[tuple[str, int], ...] = ()
    noun: str = ""


@dataclass(frozen=True)
class Value:
    """One expression, with what was written beside it.

    ``percent`` is 1/100 or 1/1000 where the sign was written (the expression is then the number before it);
    ``base`` is the numeral base where one was written, ``digits`` the numeral as written.
    ``as_amount`` is the number and unit that ``expr`` may be as well, where its letters may be a unit ("5 m");
    ``spaced`` is whether white space before them speaks for the unit.
    """

    expr: Expr
    unit: Unit | None = None
    percent: Fraction | None = None
    base: int | None = None
    digits: str = ""
    as_amount: tuple[Expr, Unit] | None = None
    spaced: bool = False


@dataclass(frozen=True)
class Ratio:
    """``1:2:3``, as values; ``is_time`` where it is written as only times are: ``5:00``, ``3:05``, ``5 o'clock``."""

    items: tuple[Answer, ...]
    is_time: bool = False


@dataclass(frozen=True)
class Division:
    """A whole quotient and what remains: ``7余2``, ``7 R 2``."""

    quotient: int
    remainder: int


@dataclass(frozen=True)
class FiniteSet:
    """``{1, 2}``."""

    items: tuple[Answer, ...]


@dataclass(frozen=True)
class SetBuilder:
    r"""``\{x | x > 2\}``: the reals that meet a condition."""

    condition: Answer


@dataclass(frozen=True)
class Interval:
    """``[1, 2)`` or ``(1, 2]``: two ends in brackets that nothing else has."""

    items: tuple[Answer, Answer]
    has_low: bool
    has_high: bool


@dataclass(frozen=True)
class PointOrInterval:
    """``(1, 2)``: a point, or an open interval; what it is compared with decides."""

    items: tuple[Answer, Answer]


@dataclass(frozen=True)
class VectorOrInterval:
    """``[1, 2]``: a closed interval, or a vector; what it is compared with decides."""

    items: tuple[Answer, Answer]


@dataclass(frozen=True)
class Tuple:
    r"""A point, vector or sequence, which is no interval: ``(1, 2, 3)``, ``[1, 2, 3]``, ``\langle 1, 2\rangle``."""

    items: tuple[Answer, ...]
    opening: str = "("
    closing: str = ")"


@dataclass(frozen=True)
class Listing:
    """Several answers, in no order: ``1, 2``, ``1 or 2``. ``joined`` is the connector: ",", "or", "and"."""

    items: tuple[Answer, ...]
    joined: str = ","


@dataclass(frozen=True)
class Matrix:
    rows: tuple[tuple[Expr, ...], ...]


@dataclass(frozen=True)
class Relation:
    """A chain such as ``0 < x <= 1`` or ``y = 2x + 1``; one comparison fewer than sides."""

    sides: tuple[Answer, ...]
    comparisons: tuple[str, ...]


@dataclass(frozen=True)
class SetOf:
    """A named set: reals, integers, naturals, rationals, complexes or empty."""

    name: str


@dataclass(frozen=True)
class SetOperation:
    """cup, cap or setminus of two sets."""

    name: str
    left: Answer
    right: Answer


@dataclass(frozen=True)
class MultipleChoice:
    """Letters of options, sorted, and what the option says where that was written after a letter."""

    letters: str
    stated: Answer | None = None


@dataclass(frozen=True)
class Truth:
    value: bool


@dataclass(frozen=True)
class Clock:
    """A time of day in minutes after midnight."""

    minutes: int


@dataclass(frozen=True)
class Date:
    """A day of a month, 1 to 12; of any year where none was written."""

    month: int
    day: int
    year: int | None = None


@dataclass(frozen=True)
class Words:
    """Text that is no mathematics, reduced to its words."""

    text: str


Brackets: TypeAlias = FiniteSet | Interval | PointOrInterval | VectorOrInterval | Tuple
Answer: TypeAlias = (
    Value
    | Ratio
    | Division
    | Brackets
    | SetBuilder
    | Listing
    | Matrix
    | Relation
    | SetOf
    | SetOperation
    | MultipleChoice
    | Truth
    | Clock
    | Date
    | Words
)


def in_brackets(opening: str, items: Sequence[Answer], closing: str) -> Brackets:
    """Return what items between brackets other than braces stand for."""
    if len(items) == 2:
        pair = (items[0], items[1])
        match opening + closing:
            case "()":
                return PointOrInterval(pair)
            case "[]":
                return VectorOrInterval(pair)
            case "[)" | "(]":
                return Interval(pair, opening == "[", closing == "]")
    return Tuple(tuple(items), opening, closing)
