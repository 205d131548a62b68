"""Comparing two answers by their form: values, lists, tuples, sets, matrices, relations, words.

Which comparison two forms get is a row of ``_RULES``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache
from types import UnionType
from typing import Any, TypeAlias

from ..values.normal import as_rational
from ..values.spans import as_real_set
from ..values.tree import (
    Answer,
    Brackets,
    Clock,
    Date,
    Division,
    Expr,
    FiniteSet,
    Interval,
    Listing,
    Matrix,
    MultipleChoice,
    Num,
    Op,
    PointOrInterval,
    Ratio,
    Relation,
    SetBuilder,
    SetOf,
    SetOperation,
    Sym,
    Truth,
    Tuple,
    Value,
    VectorOrInterval,
    Words,
)
from .finding import Finding, all_of, different, equal, unknown
from .naming import without_names
from .realsets import compare_real_sets
from .relations import compare_relations, stated_name, stated_value
from .scalars import Context, compare_expressions, compare_values

__all__ = ["compare_answers"]

_WITHOUT_LETTERS = MultipleChoice | Words | Truth | Clock | Date | Division
_HALF_DAY = 720  # minutes

# None where the comparison has nothing to say of these two; the next rule has its turn.
Compare: TypeAlias = Callable[[Any, Any, Context], Finding | None]
Forms: TypeAlias = type | UnionType


def compare_answers(gold: Answer, predicted: Answer, context: Context) -> Finding:
    """Compare two answers that were read; the gold one says what form is expected."""
    if gold == predicted:
        return equal("the same answer")
    if not isinstance(gold, _WITHOUT_LETTERS) and not isinstance(predicted, _WITHOUT_LETTERS):
        gold, predicted = without_names(gold, predicted)
    for compare in _comparisons((type(gold), type(predicted))):
        finding = compare(gold, predicted, context)
        if finding is not None:
            return finding
    return different("collections of different kinds")


@cache
def _comparisons(forms: tuple[type, type]) -> tuple[Compare, ...]:
    """What the rules that fit two forms, in either order, compare them by."""
    return tuple(
        compare
        for one, other, compare in _RULES
        if any(issubclass(first, one) and issubclass(second, other) for first, second in (forms, forms[::-1]))
    )


def _compare_words(gold: Answer, predicted: Answer, context: Context) -> Finding:
    if isinstance(gold, Words) and isinstance(predicted, Words):
        short = all(_is_short(side.text) for side in (gold, predicted))
        return different("different words") if short else unknown("different words")
    if isinstance(gold, Words):
        return unknown("the gold answer is no mathematics that can be read")
    return unknown("the answer given is no mathematics that can be read")


def _is_short(text: str) -> bool:
    """Whether text is a name or a word rather than a sentence, in which it may say the same as another."""
    bare = text.replace(" ", "")
    return bare.isalpha() and (len(bare) <= 4 or (bare.isascii() and len(text.split()) <= 2))


def _compare_truths(gold: Answer, predicted: Answer, context: Context) -> Finding:
    """Truth values, dates and times of day."""
    one, two = _as_clock(gold), _as_clock(predicted)
    if type(one) is not type(two):
        return unknown("answers of different kinds")
    if isinstance(one, Date) and isinstance(two, Date) and None in (one.year, two.year):
        one, two = replace(one, year=None), replace(two, year=None)
    return equal("the same time") if one == two else different("not the same")


def _compare_divisions(gold: Answer, predicted: Answer, context: Context) -> Finding:
    """Equal ones were found the same before; of 7余2 nothing tells whether 7, 2 or a fraction is meant."""
    both = isinstance(gold, Division) and isinstance(predicted, Division)
    return different("different quotients or remainders") if both else unknown("a quotient with a remainder")


def _as_clock(answer: Answer) -> Answer:
    """``16:30`` reads as a ratio; with an hour from 13 to 23 it is a time."""
    if isinstance(answer, Ratio) and len(answer.items) == 2:
        hour, minute = (
            item.expr.value if isinstance(item, Value) and isinstance(item.expr, Num) else -1 for item in answer.items
        )
        if 12 < hour < 24 and 0 <= minute < 60:
            return Clock(int(60 * hour + minute))
    return answer


def _compare_multiple_choice(gold: Answer, predicted: Answer, context: Context) -> Finding:
    """Compare letters; where one side has none, the text of the option beside the other's letter."""
    letters = _letters(gold), _letters(predicted)
    stated = [side.stated if isinstance(side, MultipleChoice) else None for side in (gold, predicted)]
    if letters[0] and letters[1]:
        if letters[0] != letters[1]:
            return different("different letters")
        if stated[0] and stated[1] and compare_answers(stated[0], stated[1], context).same is False:
            return unknown("the same letter beside different values")
        return equal("the same letter")
    one, two = (stated[0] or gold), (stated[1] or predicted)
    if isinstance(one, MultipleChoice) or isinstance(two, MultipleChoice):
        return unknown("a letter against something else")
    return compare_answers(one, two, context)


def _letters(answer: Answer) -> str | None:
    if isinstance(answer, MultipleChoice):
        return answer.letters
    if not isinstance(answer, Value):
        return None
    factors = answer.expr.args if isinstance(answer.expr, Op) and answer.expr.name == "mul" else (answer.expr,)
    letters = [factor.name for factor in factors if isinstance(factor, Sym)]
    return "".join(sorted(letters)).upper() if len(letters) == len(factors) else None


def _compare_with_relation(gold: Answer, predicted: Answer, context: Context) -> Finding:
    sets = as_real_set(gold), as_real_set(predicted)
    inequality = any(isinstance(side, Relation) and stated_value(side) is None for side in (gold, predicted))
    if sets[0] is not None and sets[1] is not None and inequality:
        found = compare_real_sets(sets[0], sets[1], context)
        return unknown("equal bounds of different letters") if found.same and _other_letter(gold, predicted) else found
    if isinstance(gold, Relation) and isinstance(predicted, Relation):
        return _compare_two_relations(gold, predicted, context)
    if isinstance(predicted, Relation):
        value = stated_value(predicted)
        if value is None:
            return unknown("a relation where a value was expected")
        return compare_answers(gold, value, context)
    assert isinstance(gold, Relation)
    value = stated_value(gold)
    if value is None:
        return unknown("a value where a relation was expected")
    return compare_answers(value, predicted, context)


def _other_letter(gold: Answer, predicted: Answer) -> bool:
    """Whether two relations bound different letters."""
    names = [
        {side.expr for side in answer.sides if isinstance(side, Value) and isinstance(side.expr, Sym)}
        for answer in (gold, predicted)
        if isinstance(answer, Relation)
    ]
    return len(names) == 2 and bool(names[0]) and bool(names[1]) and names[0] != names[1]


def _compare_two_relations(gold: Relation, predicted: Relation, context: Context) -> Finding:
    """Compare as equations first, then by the values of equations that are solved for a letter."""
    if isinstance(gold.sides[0], Words) and gold.sides[0] == predicted.sides[0]:
        return compare_answers(gold.sides[-1], predicted.sides[-1], context)
    as_equations = compare_relations(gold, predicted, context)
    if as_equations.same:
        return as_equations
    names = stated_name(gold), stated_name(predicted)
    values = stated_value(gold), stated_value(predicted)
    if values[0] is None or values[1] is None or None in names:
        return as_equations
    found = compare_answers(values[0], values[1], context)
    if found.same and names[0] != names[1]:
        return unknown("equal values of different letters")
    return found


def _compare_sets(gold: Answer, predicted: Answer, context: Context) -> Finding:
    sets = as_real_set(gold), as_real_set(predicted)
    if sets[0] is not None and sets[1] is not None:
        return compare_real_sets(sets[0], sets[1], context)
    if isinstance(gold, SetOperation) and isinstance(predicted, SetOperation) and gold.name == predicted.name:
        parts = [
            compare_answers(gold.left, predicted.left, context),
            compare_answers(gold.right, predicted.right, context),
        ]
        found = all_of(parts, "the same sets")
        return found if found.same else unknown("sets that cannot be compared")
    if isinstance(gold, SetOf) and isinstance(predicted, SetOf):
        return different("different sets")
    return unknown("a set against something else")


def _compare_matrices(gold: Answer, predicted: Answer, context: Context) -> Finding:
    rows = _rows(gold, predicted), _rows(predicted, gold)
    if rows[0] is None or rows[1] is None:
        return unknown("a matrix against something else")
    if [len(row.rows[0]) for row in rows if row] != [len(rows[0].rows[0])] * 2 or len(rows[0].rows) != len(
        rows[1].rows
    ):
        return different("matrices of different shapes")
    pairs = [pair for one, two in zip(rows[0].rows, rows[1].rows, strict=True) for pair in zip(one, two, strict=True)]
    return all_of((compare_expressions(a, b, context) for a, b in pairs), "equal matrices")


def _rows(answer: Answer, other: Answer) -> Matrix | None:
    """A matrix; a vector in brackets becomes a row where the other side is one, else a column."""
    if isinstance(answer, Matrix):
        return answer
    if not isinstance(answer, Tuple | PointOrInterval | VectorOrInterval) or not isinstance(other, Matrix):
        return None
    entries = [item.expr for item in answer.items if isinstance(item, Value)]
    if len(entries) != len(answer.items):
        return None
    return Matrix((tuple(entries),)) if len(other.rows) == 1 else Matrix(tuple((entry,) for entry in entries))


def _compare_inequalities(gold: Answer, predicted: Answer, context: Context) -> Finding | None:
    """Compare as sets of reals where a side lists inequalities."""
    if not any(isinstance(side, Listing) and _has_inequality(side) for side in (gold, predicted)):
        return None
    sets = as_real_set(gold), as_real_set(predicted)
    return None if sets[0] is None or sets[1] is None else compare_real_sets(sets[0], sets[1], context)


def _has_inequality(answer: Listing) -> bool:
    return any(isinstance(item, Relation) and stated_value(item) is None for item in answer.items)


def _compare_conditions(gold: SetBuilder, predicted: SetBuilder, context: Context) -> Finding:
    return compare_answers(gold.condition, predicted.condition, context)


def _compare_with_value(gold: Answer, predicted: Answer, context: Context) -> Finding:
    """Compare a value with a list or set, which may hold just one."""
    one, two = _items(gold), _items(predicted)
    if len(one) == len(two) == 1:
        return compare_answers(one[0], two[0], context)
    return different("one value against several")


def _one_against_several(gold: Answer, predicted: Answer, context: Context) -> Finding:
    return different("one value against several")


def _compare_intervals(
    gold: Interval | VectorOrInterval, predicted: Interval | VectorOrInterval, context: Context
) -> Finding:
    if _closed_ends(gold) != _closed_ends(predicted):
        return different("open against closed end points")
    return _in_order(gold.items, predicted.items, context)


def _closed_ends(answer: Interval | VectorOrInterval) -> tuple[bool, bool]:
    return (answer.has_low, answer.has_high) if isinstance(answer, Interval) else (True, True)


def _compare_tuples(gold: Tuple | PointOrInterval, predicted: Tuple | PointOrInterval, context: Context) -> Finding:
    brackets = _brackets_of(gold), _brackets_of(predicted)
    if brackets[0] != brackets[1] and {"[)", "(]"} & set(brackets):
        return unknown("brackets that do not match")
    return _in_order(gold.items, predicted.items, context)


def _brackets_of(answer: Tuple | PointOrInterval) -> str:
    return answer.opening + answer.closing if isinstance(answer, Tuple) else "()"


def _compare_interval_with_tuple(gold: Brackets, predicted: Brackets, context: Context) -> Finding:
    """Closed ends are not those of ``(1, 2)``; in doubt where the ends themselves are."""
    found = _in_order(gold.items, predicted.items, context)
    return different("open against closed end points") if found.same is not None else found


def _compare_lists(gold: Listing, predicted: Listing, context: Context) -> Finding:
    if context.kind == "tuple":
        return _in_order(gold.items, predicted.items, context)
    return _in_any_order(gold.items, predicted.items, context)


def _compare_finite_sets(gold: FiniteSet | Listing, predicted: FiniteSet | Listing, context: Context) -> Finding:
    """Compare in any order; an item that is repeated counts once."""
    return _in_any_order(_distinct(gold.items, context), _distinct(predicted.items, context), context)


def _compare_tuple_with_list(
    gold: Tuple | PointOrInterval | Listing, predicted: Tuple | PointOrInterval | Listing, context: Context
) -> Finding:
    return _in_order(gold.items, predicted.items, context)


def _items(answer: Answer) -> tuple[Answer, ...]:
    if isinstance(answer, SetBuilder):
        return (answer.condition,)
    return answer.items if isinstance(answer, Brackets | Ratio | Listing) else (answer,)


def _in_order(gold: Sequence[Answer], predicted: Sequence[Answer], context: Context) -> Finding:
    if len(gold) != len(predicted):
        return different("different numbers of items")
    pairs = zip(gold, predicted, strict=True)
    return all_of((compare_answers(a, b, context) for a, b in pairs), "equal item by item")


def _in_any_order(gold: Sequence[Answer], predicted: Sequence[Answer], context: Context) -> Finding:
    """Match each gold item with one that is still free."""
    if len(gold) != len(predicted):
        return different("different numbers of items")
    free = list(predicted)
    doubt: Finding | None = None
    for item in gold:
        findings = []
        for candidate in free:
            findings.append(compare_answers(item, candidate, context))
            if findings[-1].same:
                free.remove(candidate)
                break
        else:
            doubt = next((found for found in findings if found.same is None), None)
            return doubt or different("an item that the other side lacks")
    return equal("equal items in some order")


def _distinct(items: Sequence[Answer], context: Context) -> list[Answer]:
    kept: list[Answer] = []
    for item in items:
        if not any(compare_answers(item, other, context).same for other in kept):
            kept.append(item)
    return kept


def _compare_ratios(gold: Answer, predicted: Answer, context: Context) -> Finding:
    one, two = _items(gold), _items(predicted)
    if len(one) == len(two) and _in_order(one, two, context).same:
        return equal("the same ratio")
    if _is_time(gold) or _is_time(predicted):
        return _compare_times(gold, predicted)
    parts = [[item.expr for item in side if isinstance(item, Value)] for side in (one, two)]
    if isinstance(gold, Value) or isinstance(predicted, Value):
        quotients = [
            Op("div", (side[0], side[1])) if len(side) == 2 else side[0] for side in parts if 0 < len(side) < 3
        ]
        if len(quotients) != 2:
            return unknown("a ratio against something else")
        return compare_expressions(quotients[0], quotients[1], context)
    if len(parts[0]) != len(parts[1]) or type(gold) is not type(predicted):
        return different("ratios of different lengths")
    if any(as_rational(side[0]) == 0 for side in parts) or _is_clock(parts[0]):
        return unknown("a ratio that may be a time")
    pairs = [(Op("div", (a, parts[0][0])), Op("div", (b, parts[1][0]))) for a, b in zip(*parts, strict=True)]
    return all_of((compare_expressions(a, b, context) for a, b in pairs), "the same ratio")


def _is_time(answer: Answer) -> bool:
    """Whether a ratio is a time for sure, or one of two parts of which the second is nothing, which is no ratio."""
    if not isinstance(answer, Ratio):
        return False
    last = answer.items[-1]
    return answer.is_time or (len(answer.items) == 2 and isinstance(last, Value) and as_rational(last.expr) == 0)


def _compare_times(gold: Answer, predicted: Answer) -> Finding:
    """Compare what differs; 5:00 may be 17:00, as neither says which half of the day it is."""
    minutes = _minutes(gold), _minutes(predicted)
    if minutes[0] is None or minutes[1] is None or (minutes[0] - minutes[1]) % _HALF_DAY == 0:
        return unknown("a ratio that may be a time")
    return different("different times")


def _minutes(answer: Answer) -> Fraction | None:
    """The minutes of an hour and a minute, of the first half of a day or of either."""
    if not isinstance(answer, Ratio) or not answer.is_time or len(answer.items) != 2:
        return None
    hour, minute = (as_rational(item.expr) if isinstance(item, Value) else None for item in answer.items)
    return None if hour is None or minute is None else 60 * hour + minute


def _is_clock(parts: Sequence[Expr]) -> bool:
    """Whether a ratio may be a time, or one with seconds."""
    values = [as_rational(part) for part in parts[1:]]
    return len(values) in (1, 2) and all(value is not None and 10 <= value < 60 and value % 5 == 0 for value in values)


# The rules for two forms, each in either order; of those that fit, the first that has something to say decides.
_ANY = object
_CLOSED = Interval | VectorOrInterval  # taken for intervals where nothing speaks against it
_POINT = Tuple | PointOrInterval  # taken for points
_RULES: tuple[tuple[Forms, Forms, Compare], ...] = (
    (MultipleChoice, _ANY, _compare_multiple_choice),
    (Words, _ANY, _compare_words),
    (Truth | Clock | Date, _ANY, _compare_truths),
    (Relation, _ANY, _compare_with_relation),
    (Division, _ANY, _compare_divisions),
    (Value, Value, compare_values),
    (Matrix, _ANY, _compare_matrices),
    (SetOf | SetOperation, _ANY, _compare_sets),
    (Listing, _ANY, _compare_inequalities),
    (Ratio, _ANY, _compare_ratios),
    (SetBuilder, SetBuilder, _compare_conditions),
    (SetBuilder, _ANY, _compare_sets),
    (Value, FiniteSet | Listing, _compare_with_value),
    (Value, _ANY, _one_against_several),
    (_CLOSED, _CLOSED, _compare_intervals),
    (_POINT, _POINT, _compare_tuples),
    (_CLOSED, _POINT, _compare_interval_with_tuple),
    (Listing, Listing, _compare_lists),
    (FiniteSet, FiniteSet | Listing, _compare_finite_sets),
    (_POINT, Listing, _compare_tuple_with_list),
)
