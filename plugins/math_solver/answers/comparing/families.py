r"""Answers with a letter that is any integer: ``x = k\pi, k \in Z``, where the name of the letter says nothing.

Not guaranteed: that two families of the same numbers (2k and 2k + 2) are known for the same.
"""

from __future__ import annotations

from collections.abc import Callable

from ..values.tree import Answer
from .constants import letters_of, renamed
from .finding import Finding, unknown

__all__ = ["compare_families"]

Declared = tuple[str, str] | None  # a letter and the set that it lives in


def compare_families(
    gold: tuple[Answer, Declared],
    predicted: tuple[Answer, Declared],
    compare: Callable[[Answer, Answer], Finding],
) -> Finding:
    """Compare two answers that may declare a letter as an integer, under one name for it."""
    (one, theirs), (two, ours) = gold, predicted
    if theirs is None and ours is None:
        return compare(one, two)
    if theirs is None or ours is None:
        return _half_declared(compare(one, two), gold, predicted)
    if theirs[1] != ours[1]:
        return unknown("letters of different sets of integers")
    if theirs[0] != ours[0]:
        if ours[0] in letters_of(one) or theirs[0] in letters_of(two):
            return unknown("letters that stand for different things")
        two = renamed(two, {ours[0]: theirs[0]})
    finding = compare(one, two)
    return unknown("families that may be of the same numbers") if finding.same is False else finding


def _half_declared(finding: Finding, gold: tuple[Answer, Declared], predicted: tuple[Answer, Declared]) -> Finding:
    """In doubt where a letter of the side that declares none may be that integer."""
    (family, declared), (other, _) = (gold, predicted) if gold[1] else (predicted, gold)
    assert declared is not None
    if finding.same is False and letters_of(other) - (letters_of(family) - {declared[0]}):
        return unknown("a letter that one side declares an integer")
    return finding
