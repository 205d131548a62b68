"""Comparing two answers by their form: values, lists, tuples, sets, matrices, relations, words."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from ..values.normal import as_rational
from ..values.spans import as_real_set
from ..values.tree import (
    Answer,
    Bracketed,
    Choice,
    Clock,
    Listing,
    Matrix,
    Num,
    Op,
    Relation,
    SetOf,
    SetOperation,
    Sym,
    Truth,
    Value,
    Words,
)
from .finding import Finding, all_of, different, equal, unknown
from .realsets import compare_real_sets
from .relations import compare_relations, stated_name, stated_value
from .scalars import Context, compare_expressions, compare_values

__all__ = ["compare_answers"]

_ORDERED_KINDS = frozenset(("tuple", "point", "vector", "ordered", "sequence"))
_VECTORS = ("(", "[", "\\langle")


def compare_answers(gold: Answer, predicted: Answer, context: Context) -> Finding:
    """Compare two answers that were read; the gold one says what form is expected."""
    if gold == predicted:
        return equal("the same answer")
    if isinstance(gold, Choice) or isinstance(predicted, Choice):
        return _compare_choices(gold, predicted, context)
    if isinstance(gold, Words) or isinstance(predicted, Words):
        return _compare_words(gold, predicted)
    if isinstance(gold, Truth | Clock) or isinstance(predicted, Truth | Clock):
        if type(_as_clock(gold)) is not type(_as_clock(predicted)):
            return unknown("answers of different kinds")
        return equal("the same time") if _as_clock(gold) == _as_clock(predicted) else different("not the same")
    gold, predicted = _without_names(gold, predicted)
    if isinstance(gold, Relation) or isinstance(predicted, Relation):
        return _compare_with_relation(gold, predicted, context)
    if isinstance(gold, Value) and isinstance(predicted, Value):
        return compare_values(gold, predicted, context)
    if isinstance(gold, Matrix) or isinstance(predicted, Matrix):
        return _compare_matrices(gold, predicted, context)
    if isinstance(gold, SetOf | SetOperation) or isinstance(predicted, SetOf | SetOperation):
        return _compare_sets(gold, predicted, context)
    return _compare_collections(gold, predicted, context)


def _compare_words(gold: Answer, predicted: Answer) -> Finding:
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


def _as_clock(answer: Answer) -> Answer:
    """``16:30`` reads as a ratio; in the afternoon it is a time beyond doubt."""
    if isinstance(answer, Bracketed) and answer.opening == ":" and len(answer.items) == 2:
        hour, minute = (
            item.expr.value if isinstance(item, Value) and isinstance(item.expr, Num) else -1 for item in answer.items
        )
        if 12 < hour < 24 and 0 <= minute < 60:
            return Clock(int(60 * hour + minute))
    return answer


def _compare_choices(gold: Answer, predicted: Answer, context: Context) -> Finding:
    """Letters with letters; a letter that comes with its option's text may face that text instead."""
    letters = _letters(gold), _letters(predicted)
    stated = [side.stated if isinstance(side, Choice) else None for side in (gold, predicted)]
    if letters[0] and letters[1]:
        if letters[0] != letters[1]:
            return different("different letters")
        if stated[0] and stated[1] and compare_answers(stated[0], stated[1], context).same is False:
            return unknown("the same letter beside different values")
        return equal("the same letter")
    one, two = (stated[0] or gold), (stated[1] or predicted)
    if isinstance(one, Choice) or isinstance(two, Choice):
        return unknown("a letter against something else")
    return compare_answers(one, two, context)


def _letters(answer: Answer) -> str | None:
    if isinstance(answer, Choice):
        return answer.letters
    if not isinstance(answer, Value):
        return None
    factors = answer.expr.args if isinstance(answer.expr, Op) and answer.expr.name == "mul" else (answer.expr,)
    letters = [factor.name for factor in factors if isinstance(factor, Sym)]
    return "".join(sorted(letters)).upper() if len(letters) == len(factors) else None


def _without_names(gold: Answer, predicted: Answer) -> tuple[Answer, Answer]:
    """Drop the letter that both sides, or only one of them, give their values to."""
    one, two = _system(gold), _system(predicted)
    if one and two and len(one) > 1 and set(one) == set(two):
        names = sorted(one)
        return _tuple([one[name] for name in names]), _tuple([two[name] for name in names])
    if one and len(one) > 1 and not two:
        gold = _unnamed(one)
    if two and len(two) > 1 and not one:
        predicted = _unnamed(two)
    bare = _bare_list(gold), _bare_list(predicted)
    if bare[0] and bare[1] and bare[0][0] != bare[1][0] and None not in (bare[0][0], bare[1][0]):
        return gold, predicted
    return (bare[0][1] if bare[0] else gold), (bare[1][1] if bare[1] else predicted)


def _unnamed(system: dict[str, Answer]) -> Answer:
    """The values in the order of their letters; of ``x_1 = 3, x_2 = 5`` in no order."""
    values = tuple(system[name] for name in sorted(system))
    one_letter = len({name.partition("_")[0] for name in system}) == 1
    return Listing(values) if one_letter else Bracketed("(", values, ")")


def _system(answer: Answer) -> dict[str, Answer] | None:
    """``x = 1, y = 2`` as a mapping; None for anything else, or a letter given twice."""
    if not isinstance(answer, Listing) or answer.joined == "or":
        return None
    result: dict[str, Answer] = {}
    for item in answer.items:
        name = _raw_name(item)
        value = stated_value(item) if isinstance(item, Relation) else None
        if name is None or value is None or name in result:
            return None
        result[name] = value
    return result


def _raw_name(item: Answer) -> str | None:
    if not isinstance(item, Relation) or stated_name(item) is None:
        return None
    for side in (item.sides[0], item.sides[-1]):
        if isinstance(side, Value) and isinstance(side.expr, Sym):
            return side.expr.name
    return str(item.sides[0])


def _tuple(items: Sequence[Answer]) -> Answer:
    return Bracketed("(", tuple(items), ")")


def _bare_list(answer: Answer) -> tuple[str | None, Answer] | None:
    """``x = 1 or x = 2`` and ``x = 1, 2`` as their letter and their values."""
    if not isinstance(answer, Listing):
        return None
    names = {stated_name(item) for item in answer.items if isinstance(item, Relation)}
    values = [stated_value(item) if isinstance(item, Relation) else item for item in answer.items]
    kept = [value for value in values if value is not None]
    if not names or None in names or len(names) > 1 or len(kept) != len(values):
        return None
    return next(iter(names)), Listing(tuple(kept), answer.joined)


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
    """As equations first: solved for different letters, or for none, they may be the same."""
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
    """A matrix; a vector in brackets takes the shape of the single column or row that it faces."""
    if isinstance(answer, Matrix):
        return answer
    if not isinstance(answer, Bracketed) or answer.opening not in _VECTORS or not isinstance(other, Matrix):
        return None
    entries = [item.expr for item in answer.items if isinstance(item, Value)]
    if len(entries) != len(answer.items):
        return None
    return Matrix((tuple(entries),)) if len(other.rows) == 1 else Matrix(tuple((entry,) for entry in entries))


def _compare_collections(gold: Answer, predicted: Answer, context: Context) -> Finding:
    if any(isinstance(side, Listing) and _has_inequality(side) for side in (gold, predicted)):
        sets = as_real_set(gold), as_real_set(predicted)
        if sets[0] is not None and sets[1] is not None:
            return compare_real_sets(sets[0], sets[1], context)
    one, two = _items(gold), _items(predicted)
    forms = _form(gold), _form(predicted)
    if "ratio" in forms:
        return _compare_ratios(gold, predicted, context)
    if forms[0] == "set" and isinstance(gold, Bracketed) and gold.opening == "\\{|" or forms == ("builder", "builder"):
        return compare_answers(one[0], two[0], context)
    if "builder" in forms:
        return _compare_sets(gold, predicted, context)
    if "value" in forms:
        bare = len(one) == len(two) == 1 and "tuple" not in forms
        return compare_answers(one[0], two[0], context) if bare else different("one value against several")
    if forms == ("interval", "interval") or forms == ("tuple", "tuple"):
        return _compare_brackets(gold, predicted, context)
    if set(forms) == {"interval", "tuple"}:
        return _interval_against_tuple(gold, predicted, context)
    if set(forms) <= {"set", "list"}:
        if context.kind in _ORDERED_KINDS and "set" not in forms:
            return _in_order(one, two, context)
        return _in_any_order(one, two, "set" in forms, context)
    if set(forms) == {"tuple", "list"}:
        return _in_order(one, two, context)
    return different("collections of different kinds")


def _has_inequality(answer: Listing) -> bool:
    return any(isinstance(item, Relation) and stated_value(item) is None for item in answer.items)


def _items(answer: Answer) -> tuple[Answer, ...]:
    return answer.items if isinstance(answer, Bracketed | Listing) else (answer,)


def _form(answer: Answer) -> str:
    if isinstance(answer, Listing):
        return "list"
    if not isinstance(answer, Bracketed):
        return "value"
    if answer.opening in (":", "\\{|", "\\{"):
        return {":": "ratio", "\\{|": "builder", "\\{": "set"}[answer.opening]
    is_interval = (answer.opening, answer.closing) in (("[", ")"), ("(", "]"), ("[", "]")) and len(answer.items) == 2
    return "interval" if is_interval else "tuple"


def _compare_brackets(gold: Answer, predicted: Answer, context: Context) -> Finding:
    assert isinstance(gold, Bracketed) and isinstance(predicted, Bracketed)
    if (gold.opening, gold.closing) != (predicted.opening, predicted.closing):
        if _form(gold) == "interval":
            return different("open against closed end points")
        if {("[", ")"), ("(", "]")} & {(gold.opening, gold.closing), (predicted.opening, predicted.closing)}:
            return unknown("brackets that do not match")
    return _in_order(gold.items, predicted.items, context)


def _interval_against_tuple(gold: Answer, predicted: Answer, context: Context) -> Finding:
    """``(1, 2)`` is open at both ends; ``[1, 2]`` as a pair written with square brackets stays in doubt."""
    found = _in_order(_items(gold), _items(predicted), context)
    return different("open against closed end points") if found.same is not None else found


def _in_order(gold: Sequence[Answer], predicted: Sequence[Answer], context: Context) -> Finding:
    if len(gold) != len(predicted):
        return different("different numbers of items")
    pairs = zip(gold, predicted, strict=True)
    return all_of((compare_answers(a, b, context) for a, b in pairs), "equal item by item")


def _in_any_order(gold: Sequence[Answer], predicted: Sequence[Answer], is_set: bool, context: Context) -> Finding:
    """Match each gold item with one that is still free; sets may repeat items."""
    if is_set:
        gold, predicted = _distinct(gold, context), _distinct(predicted, context)
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
    parts = [[item.expr for item in side if isinstance(item, Value)] for side in (one, two)]
    if "value" in (_form(gold), _form(predicted)):
        quotients = [
            Op("div", (side[0], side[1])) if len(side) == 2 else side[0] for side in parts if 0 < len(side) < 3
        ]
        if len(quotients) != 2:
            return unknown("a ratio against something else")
        return compare_expressions(quotients[0], quotients[1], context)
    if len(parts[0]) != len(parts[1]) or _form(gold) != _form(predicted):
        return different("ratios of different lengths")
    if any(as_rational(side[0]) == Fraction(0) for side in parts) or _is_clock(parts[0]):
        return unknown("a ratio that may be a time")
    pairs = [(Op("div", (a, parts[0][0])), Op("div", (b, parts[1][0]))) for a, b in zip(*parts, strict=True)]
    return all_of((compare_expressions(a, b, context) for a, b in pairs), "the same ratio")


def _is_clock(parts: Sequence[object]) -> bool:
    values = [as_rational(part) for part in parts]  # type: ignore[arg-type]
    return len(values) == 2 and values[1] is not None and values[1] >= 10 and values[1] % 5 == 0 and values[1] < 60
