"""What SymPy prints and models copy: ``Matrix([[1, 2]])``, ``FiniteSet(1, 2)``, ``Interval(0, oo)``, ``Eq(x, 2)``."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..values.tree import Answer, Brackets, FiniteSet, Matrix, Relation, SetOf, SetOperation, Value, in_brackets
from .tokens import ReadingError, Token

__all__ = ["read_printed"]

_INTERVALS = {"Interval": "[]", "Interval.open": "()", "Interval.Lopen": "(]", "Interval.Ropen": "[)"}
_MATRICES = ("Matrix", "ImmutableMatrix", "ImmutableDenseMatrix", "MutableDenseMatrix")
_NAMES = frozenset(("FiniteSet", "Union", "Eq", *_INTERVALS, *_MATRICES))


def read_printed(tokens: Sequence[Token], arguments: Callable[[Sequence[Token]], list[Answer]]) -> Answer | None:
    """Return what a call of one of SymPy's constructors stands for; ``arguments`` reads those in the brackets.

    Raises:
        ReadingError: a constructor with arguments that it does not take.
    """
    if [token.text for token in tokens] == ["EmptySet"]:
        return SetOf("empty")
    opening = next((index for index, token in enumerate(tokens[:4]) if token.text == "("), 0)
    name = "".join(token.text for token in tokens[:opening])
    if name not in _NAMES or tokens[-1].text != ")":
        return None
    return _call(name, arguments(tokens[opening + 1 : -1]))


def _call(name: str, items: list[Answer]) -> Answer:
    if name == "FiniteSet":
        return FiniteSet(tuple(items))
    if name == "Eq" and len(items) == 2:
        return Relation(tuple(items), ("=",))
    if name in _INTERVALS and len(items) >= 2:
        brackets = _INTERVALS[name]
        return in_brackets(brackets[0], items[:2], brackets[1])
    if name == "Union" and items:
        union = items[0]
        for part in items[1:]:
            union = SetOperation("cup", union, part)
        return union
    if name in _MATRICES and len(items) == 1:
        return _matrix(items[0])
    raise ReadingError(f"{name} with {len(items)} arguments")


def _matrix(inside: Answer) -> Matrix:
    """A list of rows, or of the entries of one column."""
    if isinstance(inside, Matrix):
        return inside
    items = inside.items if isinstance(inside, Brackets) else ()
    entries = [item.expr for item in items if isinstance(item, Value)]
    if not entries or len(entries) != len(items):
        raise ReadingError("a matrix of something else")
    return Matrix(tuple((entry,) for entry in entries))
