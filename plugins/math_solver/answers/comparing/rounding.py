"""When a decimal and another number count as the same answer.

The gold answer's stated precision decides: 1/3 answers 0.33, but 0.33 does not answer 1/3. A gold decimal of one
or two digits says too little to tell rounding from a wrong value, so there the verdict is left open.
"""

from __future__ import annotations

import re
from fractions import Fraction

from ..values.normal import as_rational
from ..values.tree import Expr, Num, Op
from .finding import Finding, different, equal, unknown

__all__ = ["compare_rounded", "stated_places", "stated_ulp"]

_NOISE = Fraction(1, 10**11)
_RAW_DIGITS = 8  # a gold decimal this long is the raw output of a program
_ENOUGH_DIGITS = 6  # significant digits at which a decimal may stand for an exact value
_CLEAR_DIGITS = 3  # significant digits at which a gold decimal states a precision
_PLACES = {"tenth": 1, "hundredth": 2, "thousandth": 3, "cent": 2, "penny": 2, "integer": 0, "whole": 0,
           "十分位": 1, "百分位": 2, "千分位": 3, "个位": 0}  # fmt: skip
_NAMED = re.compile(
    r"nearest\s+(tenth|hundredth|thousandth|cent|penny|integer|whole)|精确到(十分位|百分位|千分位|个位)"
)
_COUNTED = re.compile(
    r"\b(one|two|three|four|five|1|2|3|4|5)\s+decimal|保留(?:小数点后)?([一两二三四五1-5])位小数|精确到0\.(0*1)"
)
_COUNTS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5}


def stated_ulp(expression: Expr) -> Fraction | None:
    """Return the unit of the last stated digit of a decimal, also times powers of ten; None for anything else."""
    if isinstance(expression, Num):
        return expression.ulp
    if not isinstance(expression, Op):
        return None
    if expression.name == "neg":
        return stated_ulp(expression.args[0])
    if expression.name not in ("mul", "div"):
        return None
    first, others = expression.args[0], expression.args[1:]
    ulp = stated_ulp(first)
    if ulp is None:
        return None
    for other in others:
        factor = as_rational(other)
        if not factor or not _is_power_of_ten(factor):
            return None
        ulp = ulp * factor if expression.name == "mul" else ulp / factor
    return ulp


def stated_places(question: str | None) -> int | None:
    """Return the number of decimal places that a question asks for."""
    if not question:
        return None
    named = _NAMED.search(question)
    if named:
        return _PLACES[named[1] or named[2]]
    counted = _COUNTED.search(question)
    if not counted:
        return None
    if counted[3]:
        return len(counted[3])
    word = counted[1] or counted[2]
    return _COUNTS.get(word) or int(word)


def compare_rounded(
    gold: Fraction, predicted: Fraction, gold_ulp: Fraction | None, predicted_ulp: Fraction | None, places: int | None
) -> Finding:
    """Compare two numbers that differ exactly but of which one is a decimal.

    Values of irrational expressions come as rationals close to them. ``places`` is what the question asks for.
    """
    gap = abs(gold - predicted)
    size = max(abs(gold), abs(predicted))
    if gap <= size * _NOISE and max(_digits(gold, gold_ulp), _digits(predicted, predicted_ulp)) >= 12:
        return equal("equal up to the noise of floating point")
    if places is not None and _round_alike(gold, predicted, gold_ulp, predicted_ulp, Fraction(1, 10**places)):
        return equal(f"equal to the {places} decimal places that the question asks for")
    if places is not None and predicted_ulp is not None and predicted_ulp <= Fraction(1, 10**places) < gap * 2:
        return different(f"differs in the {places} decimal places that the question asks for")
    if gold_ulp is not None and gap <= gold_ulp / 2 and (predicted_ulp is None or predicted_ulp < gold_ulp):
        return _as_gold_states(gold, gold_ulp, predicted_ulp)
    if predicted_ulp is not None and gap <= predicted_ulp and _is_long(gold, gold_ulp):
        if _digits(predicted, predicted_ulp) >= _ENOUGH_DIGITS:
            return equal("equal to the digits given, six or more")
        return unknown("a decimal with too few digits for an exact answer") if gap else different("differs")
    return different("the numbers differ")


def _as_gold_states(gold: Fraction, gold_ulp: Fraction, predicted_ulp: Fraction | None) -> Finding:
    digits = _digits(gold, gold_ulp)
    fine = predicted_ulp is None or predicted_ulp <= gold_ulp / 100
    two_places = gold_ulp <= Fraction(1, 100) and digits == 2 and fine
    if digits >= _CLEAR_DIGITS or two_places:
        return equal("rounds to the gold answer at the precision it states")
    return unknown("rounds to the gold answer, which states too few digits to tell")


def _round_alike(
    gold: Fraction, predicted: Fraction, gold_ulp: Fraction | None, predicted_ulp: Fraction | None, unit: Fraction
) -> bool:
    """Whether one side is the other rounded to the asked places; a side coarser than asked does not count."""
    if (gold_ulp or 0) > unit or (predicted_ulp or 0) > unit:
        return False
    rounded = [value for value in (gold, predicted) if value % unit == 0]
    return bool(rounded) and abs(gold - predicted) <= unit / 2


def _is_long(value: Fraction, ulp: Fraction | None) -> bool:
    """Whether a value cannot be written out as a short decimal."""
    if ulp is not None:
        return _digits(value, ulp) >= _RAW_DIGITS
    bottom = value.denominator
    for prime in (2, 5):
        while bottom % prime == 0:
            bottom //= prime
    return bottom != 1 or value.denominator > 10**_RAW_DIGITS


def _digits(value: Fraction, ulp: Fraction | None) -> int:
    """The number of significant digits stated."""
    if ulp is None:
        return 0
    return len(str(abs(value) // ulp)) if abs(value) >= ulp else 1


def _is_power_of_ten(value: Fraction) -> bool:
    top, bottom = str(value.numerator), str(value.denominator)
    return top.rstrip("0") == "1" and bottom.rstrip("0") == "1"
