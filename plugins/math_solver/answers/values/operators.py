r"""The operators of trees, one row each: how they are written, and their value in every way of comparing.

The parser, the normal forms, the numbers at points and the process that runs SymPy all read this table, so a new
function is a new row::

    Operator("arcsinh", words=("arcsinh",), calls=("asinh",), numeric=_mpmath("asinh"), sympy="asinh")
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, TypeAlias

from .tree import Const, Expr, Num, Op

__all__ = ["MOST_BITS", "OPERATORS", "Operator"]

# Rational arguments to the rational value, None where it is irrational or too large.
Exact: TypeAlias = Callable[..., Fraction | None]
# An mpmath context and numbers of it to a number; raises ArithmeticError or ValueError where there is none.
Numeric: TypeAlias = Callable[..., Any]

MOST_BITS = 20_000  # of an exact value
_LARGEST_EXACT_FACTORIAL = 1_500
_LARGEST_FACTORIAL = 2_000
_LARGEST_LOGARITHM = 200_000.0  # of a power, in nats
_LARGEST_INTEGER = 2.0**90  # beyond it, rounding to 140 bits makes integers of other numbers
_INTEGER_TOLERANCE = 1e-10
_UNIT = Num(Fraction(1))


@dataclass(frozen=True)
class Operator:
    r"""One row of the table.

    Args:
        name: what ``Op.name`` says.
        arity: the least and the most arguments; None for any number.
        words: names that stand in plain text and, with a backslash, in LaTeX, with brackets around the arguments or
            without: ``sin x``. They end a bare argument and are multiplied by what stands before them.
        calls: names that mean something else unless brackets follow at once, as SymPy prints them: ``factorial(5)``.
        commands: names that are read with a backslash only: ``\tg x``.
        braced: commands with braces around each argument: ``\binom{5}{2}``.
        brackets: what opens and closes around the only argument: ``\lfloor x\rfloor``.
        suffix: what stands after the only argument: ``5!``.
        symbols: Unicode characters, and the LaTeX that each becomes.
        rewrites: patterns of other notations, and the LaTeX that each becomes.
        glued: whether the first word may be written together with a letter or pi: ``sinx``.
        inverse_of: the operator whose power -1 is this one, not the reciprocal: ``\sin^{-1} x``.
        means: what it is short for, as a function of its arguments; such an operator is in no tree.
        exact: the value of rational arguments; arithmetic, powers and roots have theirs in ``normal``.
        numeric: the value of mpmath's numbers; without it, an operator is equal only to itself.
        of_numbers: of letters it has no value: points are real, where a conjugate is the letter itself.
        sympy: the attribute of the module ``sympy`` that builds it; empty where the process that runs SymPy builds
            it by code of its own, or not at all.
    """

    name: str
    arity: tuple[int, int | None] = (1, 1)
    words: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    braced: tuple[str, ...] = ()
    brackets: tuple[str, str] | None = None
    suffix: str = ""
    symbols: Mapping[str, str] = field(default_factory=dict)
    rewrites: tuple[tuple[str, str], ...] = ()
    glued: bool = False
    inverse_of: str = ""
    means: Callable[..., Expr] | None = None
    exact: Exact | None = None
    numeric: Numeric | None = None
    of_numbers: bool = False
    sympy: str = ""

    def takes(self, count: int) -> bool:
        """Whether it can have ``count`` arguments."""
        least, most = self.arity
        return least <= count and (most is None or count <= most)

    def __call__(self, *arguments: Expr) -> Expr:
        """The tree of this operator on as many arguments as it takes."""
        return Op(self.name, arguments) if self.means is None else self.means(*arguments)


def _mpmath(name: str) -> Numeric:
    return lambda context, *values: getattr(context, name)(*values)


def _bounded(name: str) -> Numeric:
    """A function whose cost or result grows with its argument."""

    def value(context: Any, argument: Any) -> Any:
        if abs(argument) > _LARGEST_LOGARITHM:
            raise OverflowError("too large")
        return getattr(context, name)(argument)

    return value


def _factorial_like(name: str) -> Numeric:
    def value(context: Any, *arguments: Any) -> Any:
        if max(map(abs, arguments)) > _LARGEST_FACTORIAL:
            raise OverflowError("too large")
        return getattr(context, name)(*arguments)

    return value


def _of_integers(function: Callable[..., int]) -> Numeric:
    """A function that has a value where all arguments are integers up to rounding."""

    def value(context: Any, *arguments: Any) -> Any:
        whole = [context.nint(argument) for argument in arguments]
        gaps = [abs(argument - nearest) for argument, nearest in zip(arguments, whole, strict=True)]
        if max(gaps) > _INTEGER_TOLERANCE or max(map(abs, whole)) > _LARGEST_INTEGER:
            raise ValueError("no integer")
        return context.mpf(function(*map(int, whole)))

    return value


def _power(context: Any, base: Any, exponent: Any) -> Any:
    if base == 0:
        if exponent.real <= 0:
            raise ValueError("zero to a power that is not positive")
        return base
    if abs(exponent) * (abs(context.log(abs(base))) + 1) > _LARGEST_LOGARITHM:
        raise OverflowError("too large")
    return context.power(base, exponent)


def _root(context: Any, radicand: Any, degree: Any) -> Any:
    whole = int(degree) if not isinstance(degree, context.mpc) and degree == int(degree) else None
    if whole is not None and whole % 2 and not isinstance(radicand, context.mpc) and radicand < 0:
        return -_power(context, -radicand, 1 / degree)
    return _power(context, radicand, 1 / degree)


def _exact_counts(function: Callable[..., int]) -> Exact:
    """A function of whole numbers from zero up to a limit."""

    def value(*arguments: Fraction) -> Fraction | None:
        if any(each.denominator != 1 or not 0 <= each <= _LARGEST_EXACT_FACTORIAL for each in arguments):
            return None
        return Fraction(function(*map(int, arguments)))

    return value


def _exact_integers(function: Callable[[int, int], int]) -> Exact:
    """A function of two or more integers, two at a time, while the value does not outgrow the limit."""

    def value(first: Fraction, *others: Fraction) -> Fraction | None:
        if any(each.denominator != 1 for each in (first, *others)):
            return None
        result = int(first)
        for other in others:
            result = function(result, int(other))
            if result.bit_length() > MOST_BITS:
                return None
        return Fraction(result)

    return value


_ARITHMETIC = (
    Operator("add", (1, None), numeric=lambda context, *terms: context.fsum(terms), sympy="Add"),
    Operator("mul", (1, None), numeric=lambda context, *factors: context.fprod(factors), sympy="Mul"),
    Operator("neg", numeric=lambda context, value: -value),
    Operator("div", (2, 2), numeric=lambda context, top, bottom: top / bottom),
    Operator("Rational", (1, 2), words=("Rational",), means=lambda top, bottom=_UNIT: Op("div", (top, bottom))),
    Operator("pow", (2, 2), numeric=_power, sympy="Pow"),
    Operator("exp", words=("exp",), means=lambda exponent: Op("pow", (Const("e"), exponent))),
    Operator(
        "sqrt",
        words=("sqrt",),
        braced=("sqrt",),
        symbols={"√": "\\sqrt "},
        glued=True,
        numeric=_mpmath("sqrt"),
        sympy="sqrt",
    ),
    Operator("root", (2, 2), numeric=_root),
    Operator(
        "cbrt",
        words=("cbrt",),
        braced=("cbrt",),
        symbols={"∛": "\\cbrt "},
        means=lambda radicand: Op("root", (radicand, Num(Fraction(3)))),
    ),
)

_ROUNDING_AND_COUNTING = (
    Operator(
        "abs",
        words=("abs",),
        calls=("Abs",),
        brackets=("|", "|"),
        exact=abs,
        numeric=lambda context, value: abs(value),
        sympy="Abs",
    ),
    Operator(
        "floor",
        words=("floor",),
        brackets=("\\lfloor", "\\rfloor"),
        symbols={"⌊": "\\lfloor ", "⌋": "\\rfloor "},
        exact=lambda value: Fraction(math.floor(value)),
        numeric=_mpmath("floor"),
        sympy="floor",
    ),
    Operator(
        "ceil",
        words=("ceil", "ceiling"),
        brackets=("\\lceil", "\\rceil"),
        symbols={"⌈": "\\lceil ", "⌉": "\\rceil "},
        exact=lambda value: Fraction(math.ceil(value)),
        numeric=_mpmath("ceil"),
        sympy="ceiling",
    ),
    Operator(
        "fact",
        calls=("factorial",),
        suffix="!",
        exact=_exact_counts(math.factorial),
        numeric=_factorial_like("factorial"),
        sympy="factorial",
    ),
    Operator(
        "binom",
        (2, 2),
        words=("binom",),
        calls=("binomial",),
        braced=("binom",),
        rewrites=(
            (r"\\[dt]binom(?![a-z])", r"\\binom"),
            # C_5^2, the way of Chinese schoolbooks
            (
                r"(?<![A-Za-z_])(?:\\text\s*\{\s*C\s*\}|C)_\s*\{?\s*(\d+)\s*\}?\s*\^\s*(?:\{\s*(\d+)\s*\}|(\d))",
                r"\\binom{\1}{\2\3}",
            ),
        ),
        exact=_exact_counts(math.comb),
        numeric=_factorial_like("binomial"),
        sympy="binomial",
    ),
    Operator(
        "gcd",
        (2, None),
        words=("gcd",),
        calls=("igcd",),
        exact=_exact_integers(math.gcd),
        numeric=_of_integers(math.gcd),
        sympy="igcd",
    ),
    Operator(
        "lcm",
        (2, None),
        words=("lcm",),
        calls=("ilcm",),
        exact=_exact_integers(math.lcm),
        numeric=_of_integers(math.lcm),
        sympy="ilcm",
    ),
    Operator(
        "max",
        (1, None),
        words=("max",),
        calls=("Max",),
        exact=lambda *values: max(values),
        numeric=lambda context, *values: max(values),
        sympy="Max",
    ),
    Operator(
        "min",
        (1, None),
        words=("min",),
        calls=("Min",),
        exact=lambda *values: min(values),
        numeric=lambda context, *values: min(values),
        sympy="Min",
    ),
)

_LOGARITHMS = (
    Operator("ln", words=("ln",), glued=True, numeric=_mpmath("ln"), sympy="log"),
    Operator("log", (1, 2), words=("log",), glued=True, numeric=_mpmath("log"), sympy="log"),
    Operator("lg", words=("lg",), means=lambda argument: Op("log", (argument, Num(Fraction(10))))),
)

_TRIGONOMETRY = (
    Operator("sin", words=("sin",), glued=True, numeric=_bounded("sin"), sympy="sin"),
    Operator("cos", words=("cos",), glued=True, numeric=_bounded("cos"), sympy="cos"),
    Operator("tan", words=("tan",), commands=("tg",), glued=True, numeric=_bounded("tan"), sympy="tan"),
    Operator("cot", words=("cot",), commands=("ctg",), numeric=_bounded("cot"), sympy="cot"),
    Operator("sec", words=("sec",), numeric=_bounded("sec"), sympy="sec"),
    Operator("csc", words=("csc",), numeric=_bounded("csc"), sympy="csc"),
    Operator("arcsin", words=("arcsin", "asin"), glued=True, inverse_of="sin", numeric=_mpmath("asin"), sympy="asin"),
    Operator("arccos", words=("arccos", "acos"), glued=True, inverse_of="cos", numeric=_mpmath("acos"), sympy="acos"),
    Operator("arctan", words=("arctan", "atan"), glued=True, inverse_of="tan", numeric=_mpmath("atan"), sympy="atan"),
    Operator("arccot", words=("arccot",), calls=("acot",), inverse_of="cot", numeric=_mpmath("acot"), sympy="acot"),
    Operator("sinh", words=("sinh",), numeric=_bounded("sinh"), sympy="sinh"),
    Operator("cosh", words=("cosh",), numeric=_bounded("cosh"), sympy="cosh"),
    Operator("tanh", words=("tanh",), numeric=_bounded("tanh"), sympy="tanh"),
    Operator("coth", words=("coth",), numeric=_bounded("coth"), sympy="coth"),
    Operator("arcsinh", words=("arcsinh",), calls=("asinh",), numeric=_mpmath("asinh"), sympy="asinh"),
    Operator("arccosh", words=("arccosh",), calls=("acosh",), numeric=_mpmath("acosh"), sympy="acosh"),
    Operator("arctanh", words=("arctanh",), calls=("atanh",), numeric=_mpmath("atanh"), sympy="atanh"),
)

_MARKS = (
    Operator(
        "overline",
        calls=("conjugate",),
        braced=("overline",),
        numeric=_mpmath("conj"),
        of_numbers=True,
        sympy="conjugate",
    ),
    Operator("angle", braced=("angle",), symbols={"∠": "\\angle "}, numeric=lambda context, value: value),
    Operator("det", words=("det",)),
)

OPERATORS: Mapping[str, Operator] = {
    row.name: row for row in (*_ARITHMETIC, *_ROUNDING_AND_COUNTING, *_LOGARITHMS, *_TRIGONOMETRY, *_MARKS)
}
