"""Sets of real numbers as unions of intervals with exact end points."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from .numeric import constant_value
from .tree import (
    Answer,
    Const,
    Expr,
    FiniteSet,
    Interval,
    Listing,
    Num,
    Op,
    PointOrInterval,
    Relation,
    SetBuilder,
    SetOf,
    SetOperation,
    Sym,
    Value,
    VectorOrInterval,
)

__all__ = ["Span", "as_real_set"]

_INFINITY = Const("oo")
_MINUS_INFINITY = Op("neg", (Const("oo"),))
_Set: TypeAlias = FiniteSet | SetBuilder | Interval | PointOrInterval | VectorOrInterval
_FLIPPED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": "=", "!=": "!="}


@dataclass(frozen=True)
class Span:
    """An interval: its end points, their values as floats for sorting, and whether they belong to it."""

    low: Expr
    high: Expr
    start: float
    end: float
    has_low: bool
    has_high: bool


_REALS = (Span(_MINUS_INFINITY, _INFINITY, -math.inf, math.inf, False, False),)


def as_real_set(answer: Answer) -> tuple[Span, ...] | None:
    """Return the set that an answer names as disjoint spans in order, or None if it names none.

    Inequalities in one letter count, ``(1, 2)`` is an open interval, braces hold points. End points must be
    constants, and inequalities solved for their letter.
    """
    match answer:
        case SetOf(name):
            return {"reals": _REALS, "empty": ()}.get(name)
        case SetOperation():
            return _operation(answer)
        case Relation():
            return _relation(answer)
        case Listing():
            return _joined(answer)
        case SetBuilder(condition):
            return as_real_set(condition)
        case FiniteSet(items):
            return _points(items)
        case Interval(items, has_low, has_high):
            return _interval(items, has_low, has_high)
        case PointOrInterval(items):
            return _interval(items, False, False)
        case VectorOrInterval(items):
            return _interval(items, True, True)
    return None


def _span(low: Expr, high: Expr, has_low: bool, has_high: bool) -> Span | None:
    start, end = constant_value(low), constant_value(high)
    if start is None or end is None:
        return None
    return Span(low, high, start, end, has_low and not math.isinf(start), has_high and not math.isinf(end))


def _points(items: Sequence[Answer]) -> tuple[Span, ...] | None:
    values = _numbers(items)
    return None if values is None else _merged([_span(value, value, True, True) for value in values])


def _interval(ends: Sequence[Answer], has_low: bool, has_high: bool) -> tuple[Span, ...] | None:
    values = _numbers(ends)
    span = None if values is None else _span(values[0], values[1], has_low, has_high)
    return None if span is None or span.start > span.end else (span,)


def _numbers(items: Sequence[Answer]) -> list[Expr] | None:
    """The expressions of items without units; None if there is anything else."""
    values = [item.expr for item in items if isinstance(item, Value) and item.unit is None]
    return values if len(values) == len(items) else None


def _relation(answer: Relation) -> tuple[Span, ...] | None:
    """``0 < x <= 1``, ``x != 2``, ``x \\in (1, 2)``: a letter between constants."""
    if answer.comparisons == ("in",):
        return as_real_set(answer.sides[1]) if _letter(answer.sides[0]) else None
    if any(comparison not in _FLIPPED for comparison in answer.comparisons):
        return None
    distance = _distance(answer)
    if distance is not None:
        return distance
    places = [index for index, side in enumerate(answer.sides) if _letter(side)]
    if len(places) != 1 or len(answer.sides) > 3:
        return None
    place = places[0]
    result: tuple[Span, ...] | None = _REALS
    for index, comparison in enumerate(answer.comparisons):
        other = answer.sides[index + 1 if index == place else index]
        if place not in (index, index + 1) or not isinstance(other, Value) or other.unit:
            return None
        side = _side(comparison if index == place else _FLIPPED[comparison], other.expr)
        result = None if side is None or result is None else _intersection(result, side)
    return result


def _distance(answer: Relation) -> tuple[Span, ...] | None:
    """``|x - a| < r`` and its like, with a positive constant r."""
    if len(answer.sides) != 2 or answer.comparisons[0] in ("=", "!="):
        return None
    left, right = answer.sides
    comparison = answer.comparisons[0]
    if isinstance(right, Value) and isinstance(right.expr, Op) and right.expr.name == "abs":
        left, right, comparison = right, left, _FLIPPED[comparison]
    if not (isinstance(left, Value) and isinstance(left.expr, Op) and left.expr.name == "abs"):
        return None
    middle = _middle(left.expr.args[0])
    if middle is None or not isinstance(right, Value) or (constant_value(right.expr) or 0.0) <= 0:
        return None
    low, high = Op("add", (middle, Op("neg", (right.expr,)))), Op("add", (middle, right.expr))
    inside = _merged([_span(low, high, comparison in ("<=", ">"), comparison in ("<=", ">"))])
    if inside is None or comparison in ("<", "<="):
        return inside
    return _complement(inside)


def _middle(inner: Expr) -> Expr | None:
    """The a of ``x - a``."""
    if isinstance(inner, Sym):
        return Num(Fraction(0))
    if isinstance(inner, Op) and inner.name == "add" and len(inner.args) == 2 and isinstance(inner.args[0], Sym):
        return Op("neg", (inner.args[1],)) if constant_value(inner.args[1]) is not None else None
    return None


def _letter(side: Answer) -> str | None:
    return side.expr.name if isinstance(side, Value) and isinstance(side.expr, Sym) else None


def _side(comparison: str, bound: Expr) -> tuple[Span, ...] | None:
    """The reals that stand in a relation to a bound."""
    spans = {
        "<": [_span(_MINUS_INFINITY, bound, False, False)],
        "<=": [_span(_MINUS_INFINITY, bound, False, True)],
        ">": [_span(bound, _INFINITY, False, False)],
        ">=": [_span(bound, _INFINITY, True, False)],
        "=": [_span(bound, bound, True, True)],
        "!=": [_span(_MINUS_INFINITY, bound, False, False), _span(bound, _INFINITY, False, False)],
    }[comparison]
    return _merged(spans)


def _joined(answer: Listing) -> tuple[Span, ...] | None:
    """Conditions joined by "or" unite, by "and" intersect; by a comma they intersect unless that is empty."""
    if all(isinstance(item, Value) for item in answer.items):
        return None
    if not all(isinstance(item, Relation | SetOperation | _Set) for item in answer.items):
        return None
    letters = {
        name for item in answer.items if isinstance(item, Relation) for name in map(_letter, item.sides) if name
    }
    if len(letters) > 1:
        return None
    if any(isinstance(item, _Set) for item in answer.items) and answer.joined == ",":
        return None
    sets = [as_real_set(item) for item in answer.items]
    known = [spans for spans in sets if spans is not None]
    if len(known) != len(sets):
        return None
    together: tuple[Span, ...] | None = known[0]
    for spans in known[1:]:
        together = None if together is None else _intersection(together, spans)
    if answer.joined == "or" or (not together and all(isinstance(item, Relation) for item in answer.items)):
        return _merged([span for spans in known for span in spans])
    return together


def _operation(answer: SetOperation) -> tuple[Span, ...] | None:
    left, right = as_real_set(answer.left), as_real_set(answer.right)
    if left is None or right is None:
        return None
    if answer.name == "cup":
        return _merged([*left, *right])
    if answer.name == "cap":
        return _intersection(left, right)
    return _intersection(left, _complement(right))


def _complement(spans: Sequence[Span]) -> tuple[Span, ...]:
    result = []
    low, start, has_low = _REALS[0].low, -math.inf, False
    for span in spans:
        if start < span.start or (start == span.start and has_low and not span.has_low):
            result.append(Span(low, span.low, start, span.start, has_low, not span.has_low))
        low, start, has_low = span.high, span.end, not span.has_high
    if start < math.inf:
        result.append(Span(low, _INFINITY, start, math.inf, has_low, False))
    return tuple(result)


def _intersection(left: Sequence[Span], right: Sequence[Span]) -> tuple[Span, ...]:
    result = []
    for one in left:
        for two in right:
            first = max((one, two), key=lambda span: (span.start, not span.has_low))
            last = min((one, two), key=lambda span: (span.end, span.has_high))
            if first.start < last.end or (first.start == last.end and first.has_low and last.has_high):
                result.append(Span(first.low, last.high, first.start, last.end, first.has_low, last.has_high))
    return _merged(list(result)) or ()


def _merged(spans: Sequence[Span | None]) -> tuple[Span, ...] | None:
    """Sort spans and join those that touch."""
    known = [span for span in spans if span is not None]
    if len(known) != len(spans):
        return None
    result: list[Span] = []
    for span in sorted(known, key=lambda span: (span.start, not span.has_low)):
        before = result[-1] if result else None
        touches = before is not None and (
            span.start < before.end or (span.start == before.end and (span.has_low or before.has_high))
        )
        if before is None or not touches:
            result.append(span)
            continue
        last = max((before, span), key=lambda each: (each.end, each.has_high))
        result[-1] = Span(before.low, last.high, before.start, last.end, before.has_low, last.has_high)
    return tuple(result)
