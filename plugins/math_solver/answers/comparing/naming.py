"""Dropping the letters that answers give their values to: ``x = 1, y = 2`` is the pair (1, 2)."""

from __future__ import annotations

from ..values.tree import Answer, Listing, Relation, Sym, Value, in_brackets
from .relations import stated_name, stated_value

__all__ = ["without_names"]


def without_names(gold: Answer, predicted: Answer) -> tuple[Answer, Answer]:
    """Drop the letter that both sides, or only one of them, give their values to."""
    one, two = _system(gold), _system(predicted)
    if one and two and len(one) > 1 and set(one) == set(two):
        first, second = ([system[name] for name in sorted(one)] for system in (one, two))
        return in_brackets("(", first, ")"), in_brackets("(", second, ")")
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
    return Listing(values) if one_letter else in_brackets("(", values, ")")


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
