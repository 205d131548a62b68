"""Comparing two expressions, and two values with units.

Equal takes two ways that agree: normal forms and numbers at random points, or SymPy's proof and the numbers. Exact
rational arithmetic alone decides between rational numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeAlias

from ...records import AnswerKind
from ..reading.numerals import CHINESE_MULTIPLIERS, ENGLISH_MULTIPLIERS
from ..reading.units import beside, same_noun
from ..values.normal import RationalFunction, TooLargeError, as_rational, normal_form, same_normal_form
from ..values.numeric import UndefinedError, compare_at_points, free_letters, value_at
from ..values.tree import Const, Expr, Num, Op, Unit, Value
from .finding import Finding, different, equal, unknown
from .rounding import compare_rounded, stated_places, stated_ulp

__all__ = ["Context", "Prove", "compare_expressions", "compare_values"]

# Says whether two expressions are equal, or None where it cannot tell; the reason explains None.
Prove: TypeAlias = Callable[[Expr, Expr], tuple[bool | None, str]]

_SCALE = re.compile(
    r"\b(?:in|how many)\s+(hundred|thousand|million|billion|trillion)s?\b|(?:多少|几|[(（])个?(百万|千万|万|亿|千)",
    re.I,
)
_DEGREES = (("deg", 1),)
_BASE_TEN = Num(Fraction(10))


@dataclass(frozen=True)
class Context:
    """What comparing may use besides the two answers: the prover, the question and the kind of answer expected."""

    prove: Prove
    question: str | None = None
    kind: AnswerKind | None = None

    def asks(self, *words: str) -> bool:
        """Whether the question has one of these words."""
        question = (self.question or "").casefold()
        return any(word in question for word in words)


def compare_expressions(gold: Expr, predicted: Expr, context: Context) -> Finding:
    """Compare two expressions, decimals at the precision that the gold one states."""
    if gold == predicted:
        return equal("the same expression")
    gold, predicted = _one_logarithm(gold, predicted)
    if Const("oo") in (gold, predicted) or Op("neg", (Const("oo"),)) in (gold, predicted):
        return different("one is infinite") if gold != predicted else equal("both infinite")
    forms = _normal_forms(gold, predicted)
    exact = None if forms is None else tuple(form.constant() for form in forms)
    if exact is not None and exact[0] is not None and exact[1] is not None:
        if exact[0] == exact[1]:
            return equal("equal rational numbers")
        return _rounded(gold, predicted, exact[0], exact[1], context)
    return _by_agreement(gold, predicted, forms, context)


def _by_agreement(
    gold: Expr, predicted: Expr, forms: tuple[RationalFunction, RationalFunction] | None, context: Context
) -> Finding:
    same_form = forms is not None and _same_forms(*forms)
    agreement = compare_at_points(gold, predicted)
    if not agreement.points:
        return unknown("no value at any point tried") if not same_form else _unevaluated(gold, predicted, context)
    if not agreement.equal:
        if same_form:
            return unknown("the normal forms agree and the numbers do not")
        return _close_constants(gold, predicted, context)
    if same_form:
        return equal("equal normal forms and equal numbers")
    proven, reason = context.prove(gold, predicted)
    if proven:
        return equal("proven by SymPy, and equal numbers")
    if proven is False:
        return unknown("equal numbers, but SymPy finds a difference")
    return unknown(f"equal numbers without proof ({reason})")


def _unevaluated(gold: Expr, predicted: Expr, context: Context) -> Finding:
    """Compare expressions of equal normal forms that have no numeric value: SymPy has to agree."""
    proven, reason = context.prove(gold, predicted)
    return equal("equal normal forms, proven by SymPy") if proven else unknown(f"no value to compare ({reason})")


def _close_constants(gold: Expr, predicted: Expr, context: Context) -> Finding:
    """Compare constants that differ: one of them may be the other rounded."""
    if free_letters(gold) or free_letters(predicted):
        return different("different values at the same point")
    values = []
    for side in (gold, predicted):
        try:
            value = value_at(side, {}, False)[0]
        except UndefinedError:
            return different("different values")
        exact = as_rational(side)
        values.append(_as_fraction(value) if exact is None else exact)
    return _rounded(gold, predicted, values[0], values[1], context)


def _as_fraction(value: object) -> Fraction:
    sign, mantissa, exponent, _ = value._mpf_  # type: ignore[attr-defined]
    number = Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
    return -number if sign else number


def _rounded(gold: Expr, predicted: Expr, one: Fraction, two: Fraction, context: Context) -> Finding:
    ulps = stated_ulp(gold), stated_ulp(predicted)
    places = stated_places(context.question)
    if ulps == (None, None) and places is None:
        return different("the numbers differ")
    return compare_rounded(one, two, *ulps, places)


def _normal_forms(gold: Expr, predicted: Expr) -> tuple[RationalFunction, RationalFunction] | None:
    try:
        return normal_form(gold), normal_form(predicted)
    except TooLargeError:
        return None


def _same_forms(one: RationalFunction, two: RationalFunction) -> bool:
    try:
        return same_normal_form(one, two)
    except TooLargeError:
        return False


def _one_logarithm(gold: Expr, predicted: Expr) -> tuple[Expr, Expr]:
    """Give ``log`` without a base the base 10 where one side has lg and none has ln, else e."""
    names = _logarithms(gold) | _logarithms(predicted)
    if "log" not in names:
        return gold, predicted
    base = _BASE_TEN if "log10" in names and "ln" not in names else None
    return _with_base(gold, base), _with_base(predicted, base)


def _logarithms(expression: Expr) -> frozenset[str]:
    if not isinstance(expression, Op):
        return frozenset()
    inside = frozenset[str]().union(*(_logarithms(argument) for argument in expression.args))
    if expression.name == "log":
        if len(expression.args) == 1:
            return inside | {"log"}
        return inside | {"log10"} if expression.args[1] == _BASE_TEN else inside
    return inside | {"ln"} if expression.name == "ln" else inside


def _with_base(expression: Expr, base: Expr | None) -> Expr:
    if not isinstance(expression, Op):
        return expression
    arguments = tuple(_with_base(argument, base) for argument in expression.args)
    if expression.name == "log" and len(arguments) == 1:
        return Op("ln", arguments) if base is None else Op("log", (*arguments, base))
    return Op(expression.name, arguments)


def compare_values(gold: Value, predicted: Value, context: Context) -> Finding:
    """Compare two values with what is written beside them: base, percent sign, unit."""
    if gold.base or predicted.base:
        return _compare_based(gold, predicted, context)
    gold, predicted = _agree_on_letters(gold, predicted)
    if gold.percent or predicted.percent:
        return _compare_percentages(gold, predicted, context)
    predicted = _in_asked_scale(gold, predicted, context)
    if gold.unit is None or predicted.unit is None:
        return _compare_with_one_unit(gold, predicted, context)
    return _compare_units(gold, gold.unit, predicted, predicted.unit, context)


def _in_asked_scale(gold: Value, predicted: Value, context: Context) -> Value:
    """Read ``4 million`` as 4 where the question asks for millions and the gold answer gives no scale."""
    asked = _SCALE.search(context.question or "")
    expression = predicted.expr
    if not asked or not isinstance(gold.expr, Num) or not isinstance(expression, Op) or expression.name != "mul":
        return predicted
    word = (asked[1] or asked[2]).casefold().rstrip("s")
    factor = ENGLISH_MULTIPLIERS.get(word) or CHINESE_MULTIPLIERS.get(word)
    last = expression.args[-1]
    if len(expression.args) != 2 or not isinstance(last, Num) or last.value != factor:
        return predicted
    return replace(predicted, expr=expression.args[0])


def _agree_on_letters(gold: Value, predicted: Value) -> tuple[Value, Value]:
    """Read ``5 m`` as five metres where the other side has a unit or no letters."""
    if gold.as_amount and predicted.as_amount:
        return gold, predicted
    if gold.as_amount and (predicted.unit is not None or gold.spaced and not free_letters(predicted.expr)):
        gold = replace(gold, expr=gold.as_amount[0], unit=gold.as_amount[1], as_amount=None)
    elif predicted.as_amount and (gold.unit is not None or not free_letters(gold.expr)):
        predicted = replace(predicted, expr=predicted.as_amount[0], unit=predicted.as_amount[1], as_amount=None)
    return gold, predicted


def _compare_based(gold: Value, predicted: Value, context: Context) -> Finding:
    if gold.base == predicted.base:
        return compare_expressions(gold.expr, predicted.expr, context)
    if gold.base and predicted.base:
        found = compare_expressions(gold.expr, predicted.expr, context)
        return different("different bases") if not found.same else unknown("equal values in different bases")
    based, bare = (gold, predicted) if gold.base else (predicted, gold)
    written = as_rational(bare.expr)
    digits = str(written) if written is not None and written.denominator == 1 else ""
    if digits == based.digits.lstrip("0"):
        if context.asks("base", "进制", "binary", "octal", "hexadecimal"):
            return equal("the same digits in the base the question names")
        return unknown("the same digits, but only one side names the base")
    if compare_expressions(gold.expr, predicted.expr, context).same:
        return unknown("equal values, but only one side is in that base")
    return different("different digits")


def _compare_percentages(gold: Value, predicted: Value, context: Context) -> Finding:
    if gold.percent and predicted.percent:
        return compare_expressions(_share(gold), _share(predicted), context)
    found = compare_expressions(_share(gold), _share(predicted), context)
    if found.same:
        return equal(f"{found.reason} (a percentage and its value)")
    bare = compare_expressions(gold.expr, predicted.expr, context)
    if not bare.same:
        return found if found.same is False else bare
    asks = context.asks("percent", "%", "百分")
    value = as_rational(gold.expr)
    if asks or (value is not None and abs(value) > 1):
        return equal("the same number, with and without the percent sign")
    return unknown("the same number, but only one side has a percent sign")


def _share(value: Value) -> Expr:
    return Op("mul", (value.expr, Num(value.percent))) if value.percent else value.expr


def _compare_with_one_unit(gold: Value, predicted: Value, context: Context) -> Finding:
    found = compare_expressions(gold.expr, predicted.expr, context)
    if found.same or gold.unit == predicted.unit:
        return found
    units = [value.unit for value in (gold, predicted) if value.unit is not None]
    if units[0].bases == _DEGREES:
        one, two = (_radians(value) for value in (gold, predicted))
        if compare_expressions(one, two, context).same:
            return equal("the same angle in degrees and radians")
    return found


def _radians(value: Value) -> Expr:
    if value.unit is None or value.unit.bases != _DEGREES:
        return value.expr
    return Op("mul", (value.expr, Op("div", (Const("pi"), Num(Fraction(180))))))


def _compare_units(gold: Value, one: Unit, predicted: Value, two: Unit, context: Context) -> Finding:
    one, two = beside(one, two), beside(two, one)
    if one.bases and one.bases == two.bases:
        if one.factor == two.factor:
            return compare_expressions(gold.expr, predicted.expr, context)
        factor = Num(two.factor / one.factor)
        return compare_expressions(gold.expr, Op("mul", (predicted.expr, factor)), context)
    if {one.bases, two.bases} == {_DEGREES, (("rad", 1),)}:
        return compare_expressions(_radians(gold), _radians(predicted), context)
    found = compare_expressions(gold.expr, predicted.expr, context)
    if one.bases and two.bases:
        return different("units of different kinds")
    if one.noun and two.noun and same_noun(one.noun, two.noun):
        return found
    return unknown("equal numbers of different things") if found.same else found
