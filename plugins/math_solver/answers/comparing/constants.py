"""Arbitrary constants, whose letters are only names: ``x^2 + C`` is ``x^2 + c``.

Only letters that one side has and the other lacks change their names, and only where both share a variable. Which of
two given constants is which (the capacities C_1 and C_2) is part of an answer, so none are swapped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from itertools import permutations
from typing import Any

from ..values.tree import Answer, Sym

__all__ = ["in_names_of", "letters_of", "renamed"]

_CONSTANT = re.compile(r"[CcKk](?:_\d)?")
_OTHER_CONSTANT = re.compile(r"[AB](?:_\d)?")  # beside C_1 and C_2


def in_names_of(gold: Answer, predicted: Answer, question: str | None) -> Iterator[Answer]:
    """Yield ``predicted`` with its arbitrary constants under the names of those of ``gold``."""
    theirs, ours = letters_of(gold), letters_of(predicted)
    missing, extra = sorted(theirs - ours), sorted(ours - theirs)
    if len(missing) != len(extra) or not theirs & ours or any(_is_given(name, question) for name in extra):
        return
    if all(map(_may_be_renamed, missing, extra)):
        yield renamed(predicted, dict(zip(extra, missing, strict=True)))
    elif len(missing) == 2 and all(map(_CONSTANT.fullmatch, missing)) and all(map(_OTHER_CONSTANT.fullmatch, extra)):
        for order in permutations(missing):
            yield renamed(predicted, dict(zip(extra, order, strict=True)))


def _may_be_renamed(gold: str, predicted: str) -> bool:
    """C and c, C_1 and c_1, C and C_1; not C and k, which stand for different things where they are given."""
    both = _CONSTANT.fullmatch(gold) and _CONSTANT.fullmatch(predicted)
    letters = gold.casefold(), predicted.casefold()
    return bool(both) and (
        letters[0] == letters[1] or {len(gold), len(predicted)} == {1, 3} and letters[0][0] == letters[1][0]
    )


def _is_given(name: str, question: str | None) -> bool:
    return question is not None and re.search(rf"(?<![A-Za-z\\]){re.escape(name)}(?![A-Za-z])", question) is not None


def letters_of(tree: Any) -> set[str]:
    """The letters of an answer."""
    if isinstance(tree, Sym):
        return {tree.name}
    return set().union(*(letters_of(part) for part in _parts(tree)))


def renamed(tree: Any, names: dict[str, str]) -> Any:
    """An answer with its letters under other names."""
    if isinstance(tree, Sym):
        return Sym(names.get(tree.name, tree.name))
    if isinstance(tree, tuple):
        return tuple(renamed(part, names) for part in tree)
    if not is_dataclass(tree):
        return tree
    parts = {field.name: renamed(getattr(tree, field.name), names) for field in fields(tree)}
    return replace(tree, **parts)  # type: ignore[type-var]


def _parts(tree: Any) -> Iterator[Any]:
    if isinstance(tree, tuple):
        yield from tree
    elif is_dataclass(tree):
        yield from (getattr(tree, field.name) for field in fields(tree))
