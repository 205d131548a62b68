"""The numbers of a program that may stand for a quantity, each with its place; nothing is evaluated."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ..curation.programs import parse

__all__ = ["Literal", "literals", "replace_literals", "rounds_down"]

_ROUNDING = {"round", "N", "evalf", "n", "nsimplify"}


@dataclass(frozen=True)
class Literal:
    """A number at bytes ``start`` to ``end`` of line ``line`` of program number ``program``.

    ``inline`` is where it multiplies or divides without a name of its own, as the 2 of ``base * height / 2`` does;
    ``listed`` where it is one of three or more in a collection, of which perhaps only the number matters.
    """

    program: int
    line: int
    start: int
    end: int
    value: Fraction
    text: str
    inline: bool = False
    listed: bool = False


def literals(programs: Sequence[str]) -> list[Literal] | None:
    """The numbers of programs, exponents, indices and decimals to round to left out; None where one cannot be read.

    Numbers inside texts, and so inside f-strings, are not found.
    """
    found: list[Literal] = []
    for number, code in enumerate(programs):
        tree = parse(code)
        if tree is None:
            return None
        found += _of_tree(tree, number, code)
    return sorted(found, key=lambda one: (one.program, one.line, one.start))


def rounds_down(programs: Sequence[str]) -> bool:
    """Whether a program cuts decimals off, so that an integer from it may be none: ``a // b``, ``int(a / b)``."""
    trees = [tree for code in programs if (tree := parse(code)) is not None]
    return any(_cuts(node) for tree in trees for node in ast.walk(tree))


def _cuts(node: ast.AST) -> bool:
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id in ("int", "round")
    return isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.FloorDiv)


def _of_tree(tree: ast.Module, number: int, code: str) -> Iterator[Literal]:
    left_out = {id(node) for parent in ast.walk(tree) for node in _structural(parent)}
    inline = {id(node) for parent in ast.walk(tree) for node in _factors(parent)}
    listed = {id(node) for parent in ast.walk(tree) for node in _elements(parent)}
    named = {id(node) for parent in ast.walk(tree) for node in _named(parent)}
    lines = code.encode("utf-8", "replace").splitlines() if "\f" not in code else []
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Constant) and type(node.value) in (int, float)) or id(node) in left_out:
            continue
        if node.end_col_offset is None or node.lineno > len(lines) or node.lineno != node.end_lineno:
            continue
        text = lines[node.lineno - 1][node.col_offset : node.end_col_offset].decode("utf-8", "replace")
        value = _value(text)
        if value is not None:
            place = number, node.lineno, node.col_offset, node.end_col_offset
            yield Literal(*place, value, text, id(node) in inline, id(node) in listed - named)


def _value(text: str) -> Fraction | None:
    """The value as it is written: 0.1 is a tenth."""
    plain = text.replace("_", "")
    return Fraction(Decimal(plain)) if plain.replace(".", "", 1).isdecimal() and len(plain) < 20 else None


def _structural(node: ast.AST) -> Iterator[ast.AST]:
    """What below a node is no quantity."""
    if isinstance(node, ast.Subscript):
        yield from ast.walk(node.slice)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
        yield from ast.walk(node.right)
    elif isinstance(node, ast.JoinedStr):
        yield from ast.walk(node)
    elif isinstance(node, ast.Call):
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name in _ROUNDING:
            method = isinstance(node.func, ast.Attribute) and name != "round"
            yield from node.args if method else node.args[1:]


def _elements(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.List | ast.Set | ast.Tuple) and len(node.elts) > 2:
        yield from node.elts


def _named(node: ast.AST) -> Iterator[ast.AST]:
    """The elements of a tuple that each get a name: ``a, b, c = 1, 2, 3``."""
    if isinstance(node, ast.Assign) and isinstance(node.value, ast.Tuple) and isinstance(node.targets[0], ast.Tuple):
        yield from node.value.elts


def _factors(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.Div | ast.Mod | ast.FloorDiv):
        yield node.left
        yield node.right


def replace_literals(programs: Sequence[str], new: Mapping[Literal, Fraction]) -> list[str] | None:
    """The programs with new values; None where a literal cannot be written with its value."""
    changed = [code.encode("utf-8", "replace").splitlines(keepends=True) for code in programs]
    for literal in sorted(new, key=lambda one: (one.program, one.line, one.start), reverse=True):
        text = _written(literal, new[literal])
        if text is None:
            return None
        line = changed[literal.program][literal.line - 1]
        changed[literal.program][literal.line - 1] = line[: literal.start] + text.encode() + line[literal.end :]
    return [b"".join(lines).decode() for lines in changed]


def _written(literal: Literal, value: Fraction) -> str | None:
    if "." not in literal.text:
        return str(value.numerator) if value.denominator == 1 else None
    places = len(literal.text.partition(".")[2])
    for digits in range(max(1, places), 12):
        text = f"{value.numerator * 10**digits / value.denominator / 10**digits:.{digits}f}"
        if Fraction(text) == value:
            return text
    return None
