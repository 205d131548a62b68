"""Comparing equations and inequalities, and finding the value that an equation states."""

from __future__ import annotations

from fractions import Fraction

from ..values.normal import TooLargeError, proportional, zeros_of
from ..values.numeric import compare_at_points, free_letters, ratio_at_points
from ..values.tree import Answer, Brackets, Expr, Num, Op, Ratio, Relation, Sym, Value, Words
from .finding import Finding, different, equal, unknown
from .scalars import Context, compare_expressions

__all__ = ["compare_relations", "stated_name", "stated_value"]

_FUNCTION_NAMES = frozenset("fghyFGHPQTpqt")
_SMOOTH = 10**9  # denominators up to which a ratio of equations is recognised
_TURNED = {">": "<", ">=": "<="}


def stated_name(relation: Relation) -> str | None:
    """Return the letter (or ``f()`` for a function) that an equation gives a value to."""
    if set(relation.comparisons) != {"="}:
        return None
    return _name(relation.sides[0]) or (_name(relation.sides[-1]) if len(relation.sides) == 2 else None)


def stated_value(relation: Relation) -> Answer | None:
    """Return the value that an equation states: 5 for ``x = 5``, ``2 + 3 = 5``, ``a + b = 5`` and ``5 = x``.

    None for an equation still to be solved (``2x = 6``, ``x^2 - 4 = 0``) and for inequalities.
    """
    if set(relation.comparisons) != {"="}:
        return None
    first, last = relation.sides[0], relation.sides[-1]
    if _name(first) or isinstance(first, Words):
        return last
    if _name(last) and len(relation.sides) == 2:
        return first
    if not isinstance(first, Value) or not isinstance(last, Value):
        return last if isinstance(first, Brackets | Ratio) and all(_name(item) for item in first.items) else None
    if not free_letters(first.expr) or _identical(first.expr, last.expr):
        return last
    if free_letters(last.expr) or last.expr == Num(Fraction(0)) or _is_multiple(first.expr):
        return None
    return last


def compare_relations(gold: Relation, predicted: Relation, context: Context) -> Finding:
    """Compare two chains: side by side, else as equations or inequalities up to a constant factor."""
    gold, predicted = _turned(gold), _turned(predicted)
    if gold.comparisons == predicted.comparisons:
        pairs = list(zip(gold.sides, predicted.sides, strict=True))
        if all(isinstance(a, Value) and isinstance(b, Value) for a, b in pairs):
            found = [compare_expressions(a.expr, b.expr, context) for a, b in pairs]  # type: ignore[union-attr]
            if all(each.same for each in found):
                return equal("the same sides")
    if len(set(gold.comparisons)) != 1 or set(gold.comparisons) != set(predicted.comparisons):
        return different("different relations")
    if "in" in gold.comparisons or (len(gold.comparisons) > 1 and gold.comparisons[0] != "="):
        return unknown("chains that differ")
    return _up_to_a_factor(gold, predicted, context)


def _up_to_a_factor(gold: Relation, predicted: Relation, context: Context) -> Finding:
    one, two = _difference(gold), _difference(predicted)
    if one is None or two is None:
        return unknown("sides that are no expressions")
    if free_letters(one) != free_letters(two):
        return unknown("relations between different letters")
    if gold.comparisons[0] == "=" and _same_zeros(one, two):
        return equal("the same equation up to a factor")
    ratio = ratio_at_points(one, two)
    if ratio is None:
        return different("relations that are no multiples of each other")
    if gold.comparisons[0] not in ("=", "!=") and ratio < 0:
        return different("opposite inequalities")
    factor = Fraction(str(+ratio)).limit_denominator(_SMOOTH)
    found = compare_expressions(one, Op("mul", (Num(factor), two)), context)
    return equal("the same relation up to a factor") if found.same else unknown("perhaps the same up to a factor")


def _same_zeros(one: Expr, two: Expr) -> bool:
    """Whether two equations are the same once both are multiplied by their denominators: ``xy = 6``, ``y = 6/x``."""
    try:
        return proportional(zeros_of(one), zeros_of(two))
    except TooLargeError:
        return False


def _difference(relation: Relation) -> Expr | None:
    first, last = relation.sides[0], relation.sides[-1]
    if not isinstance(first, Value) or not isinstance(last, Value):
        return None
    return Op("add", (first.expr, Op("neg", (last.expr,))))


def _turned(relation: Relation) -> Relation:
    """Write ``5 > x > 1`` as ``1 < x < 5``."""
    if not all(comparison in _TURNED for comparison in relation.comparisons):
        return relation
    comparisons = tuple(_TURNED[comparison] for comparison in reversed(relation.comparisons))
    return Relation(tuple(reversed(relation.sides)), comparisons)


def _name(side: Answer) -> str | None:
    """The letter a side consists of; ``f()`` for y, ``f(x)`` and ``dy/dx`` alike, and ``f(2)`` for a value of f."""
    if not isinstance(side, Value):
        return None
    expression = side.expr
    if isinstance(expression, Sym):
        return "f()" if expression.name in ("y", "f", "g") else expression.name
    if isinstance(expression, Op) and expression.name == "div" and all(map(_is_differential, expression.args)):
        return "f()"
    if isinstance(expression, Op) and expression.name == "mul" and len(expression.args) == 2:
        function, argument = expression.args
        if isinstance(function, Sym) and function.name.rstrip("'") in _FUNCTION_NAMES:
            if isinstance(argument, Sym):
                return "f()"
            return f"{function.name}({argument.value})" if isinstance(argument, Num) else None
    return None


def _is_differential(expression: Expr) -> bool:
    return isinstance(expression, Op) and expression.name == "mul" and expression.args[0] == Sym("d")


def _identical(one: Expr, two: Expr) -> bool:
    agreement = compare_at_points(one, two)
    return bool(agreement.points and agreement.equal)


def _is_multiple(expression: Expr) -> bool:
    """Whether an expression is a number times one letter: an equation still to be divided."""
    if not isinstance(expression, Op):
        return False
    if expression.name in ("neg", "div"):
        return len(free_letters(expression)) == 1 and isinstance(expression.args[0], Sym)
    numbers = [argument for argument in expression.args if isinstance(argument, Num)]
    return expression.name in ("mul", "add", "pow") and bool(numbers) and len(free_letters(expression)) == 1
