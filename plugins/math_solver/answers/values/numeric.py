"""The numeric way of comparing: values at fixed pseudo-random points, to 40 digits.

Agreement at all points is strong evidence, not proof; disagreement at one point is proof, up to 25 digits. Letters
are real numbers; points where a side leaves the reals (unless i is written) do not count.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from .operators import OPERATORS
from .tree import Const, Expr, Num, Op, Sym

__all__ = [
    "Agreement",
    "UndefinedError",
    "compare_at_points",
    "constant_value",
    "free_letters",
    "ratio_at_points",
    "value_at",
]

_SEED = 20_240_607
_BITS = 140
_POSITIVE_POINTS = 4
_SIGNED_POINTS = 5
_TOLERANCE = 1e-25
_local = threading.local()


class UndefinedError(ArithmeticError):
    """No value at this point: out of the domain, too large, or a function that is not known."""


@dataclass(frozen=True)
class Agreement:
    """At how many points both sides had a value, and whether they agreed at every one."""

    points: int
    equal: bool


def _context() -> Any:
    """One mpmath context per thread: contexts hold their precision as state."""
    if not hasattr(_local, "context"):
        from mpmath import MPContext

        _local.context = MPContext()
        _local.context.prec = _BITS
    return _local.context


def free_letters(expression: Expr) -> frozenset[str]:
    """Return the names of the letters in an expression."""
    if isinstance(expression, Sym):
        return frozenset((expression.name,))
    if isinstance(expression, Op):
        return frozenset().union(*(free_letters(argument) for argument in expression.args))
    return frozenset()


def compare_at_points(first: Expr, second: Expr) -> Agreement:
    """Evaluate both expressions at the same points, until one disagrees."""
    letters = sorted(free_letters(first) | free_letters(second))
    is_complex = _has_i(first) or _has_i(second)
    counted = 0
    for point in _points(tuple(letters)):
        try:
            one, two = (value_at(side, point, is_complex) for side in (first, second))
        except UndefinedError:
            continue
        counted += 1
        if not _close(one, two):
            return Agreement(counted, False)
    return Agreement(counted, True)


def constant_value(expression: Expr) -> float | None:
    """Return a real constant as a float, infinities included, or None."""
    if isinstance(expression, Const) and expression.name == "oo":
        return float("inf")
    if expression == Op("neg", (Const("oo"),)):
        return float("-inf")
    try:
        return float(value_at(expression, {}, False)[0])
    except (UndefinedError, OverflowError):
        return None


def value_at(expression: Expr, point: Mapping[str, Any], is_complex: bool) -> tuple[Any, Any]:
    """Return the value and the largest magnitude met on the way, which bounds the rounding error.

    Raises:
        UndefinedError: no value there.
    """
    evaluator = _Evaluator(_context(), point, is_complex)
    try:
        value = evaluator.value(expression)
    except (ZeroDivisionError, OverflowError, ValueError, TypeError, NotImplementedError) as error:
        raise UndefinedError(str(error)) from error
    if not evaluator.context.isfinite(value):
        raise UndefinedError("not finite")
    return value, evaluator.largest


def _close(one: tuple[Any, Any], two: tuple[Any, Any]) -> bool:
    scale = max(abs(one[0]), abs(two[0]), (one[1] + two[1]) * 1e-12)
    return bool(abs(one[0] - two[0]) <= _TOLERANCE * scale)


@lru_cache(maxsize=256)
def _random_points(letters: tuple[str, ...]) -> tuple[dict[str, tuple[int, int]], ...]:
    generator = random.Random(f"{_SEED}{letters}")
    points = []
    for index in range(_POSITIVE_POINTS + _SIGNED_POINTS if letters else 1):
        low = 1 if index < _POSITIVE_POINTS else -4000
        points.append({letter: (generator.randint(low + 300, 4000) or 7, 1009) for letter in letters})
    return tuple(points)


def _points(letters: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    context = _context()
    for point in _random_points(letters):
        yield {letter: context.mpf(top) / bottom for letter, (top, bottom) in point.items()}


def _has_i(expression: Expr) -> bool:
    if isinstance(expression, Op):
        return any(_has_i(argument) for argument in expression.args)
    return expression == Const("i")


class _Evaluator:
    def __init__(self, context: Any, point: Mapping[str, Any], is_complex: bool) -> None:
        self.context = context
        self.point = point
        self.is_complex = is_complex
        self.largest = context.mpf(0)

    def value(self, expression: Expr) -> Any:
        result = self._value(expression)
        if not self.is_complex and isinstance(result, self.context.mpc):
            raise UndefinedError("not real")
        self.largest = max(self.largest, abs(result))
        return result

    def _value(self, expression: Expr) -> Any:
        context = self.context
        if isinstance(expression, Num):
            return context.mpf(expression.value.numerator) / expression.value.denominator
        if isinstance(expression, Const):
            if expression.name == "oo":
                raise UndefinedError("infinite")
            return {"pi": +context.pi, "e": +context.e, "i": context.mpc(0, 1)}[expression.name]
        if isinstance(expression, Sym):
            if expression.name not in self.point:
                raise UndefinedError(f"{expression.name} has no value")
            return self.point[expression.name]
        operator = OPERATORS[expression.name]
        if operator.numeric is None or (operator.of_numbers and free_letters(expression)):
            raise UndefinedError(f"{expression.name} is not evaluated")
        return operator.numeric(context, *[self.value(argument) for argument in expression.args])


def ratio_at_points(first: Expr, second: Expr) -> Any | None:
    """Return ``first / second`` where it is the same real number at every point where both have a value, else None."""
    letters = tuple(sorted(free_letters(first) | free_letters(second)))
    ratio = None
    for point in _points(letters):
        try:
            one, two = (value_at(side, point, False)[0] for side in (first, second))
        except UndefinedError:
            continue
        if not two or not one:
            return None
        if ratio is not None and abs(one / two - ratio) > abs(ratio) * _TOLERANCE:
            return None
        ratio = one / two
    return ratio
