"""Programs as syntax trees: which of them only print what was known before.

Nothing is evaluated: a program is hostile text that is parsed.
"""

from __future__ import annotations

import ast
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TypeGuard

__all__ = ["PLAIN_CALLS", "constants_of", "literal_names", "parse", "printed", "prints_constants_only"]

LONGEST = 50_000  # characters that are parsed
# Calls that calculate nothing
PLAIN_CALLS = {
    "print",
    "str",
    "int",
    "float",
    "round",
    "Rational",
    "Integer",
    "Fraction",
    "Decimal",
    "sympify",
    "S",
    "format",
}


@lru_cache(maxsize=256)
def parse(code: str) -> ast.Module | None:
    """The tree of a program, or None where Python cannot read it."""
    if len(code) > LONGEST:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _given(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        yield node.id
    elif isinstance(node, ast.arg):
        yield node.arg
    elif isinstance(node, ast.FunctionDef):
        yield node.name


def _values(argument: ast.expr) -> Iterator[ast.expr]:
    """What a printed argument shows beside its labels."""
    if isinstance(argument, ast.JoinedStr):
        for part in argument.values:
            if isinstance(part, ast.FormattedValue):
                yield part.value
    elif not (isinstance(argument, ast.Constant) and isinstance(argument.value, str)):
        yield argument


def printed(tree: ast.Module) -> list[ast.expr]:
    """The expressions whose values a program shows: those of ``print``, and a last bare expression."""
    arguments = [argument for node in ast.walk(tree) if is_print(node) for argument in node.args]
    shown = [
        part
        for argument in arguments
        for part in ([argument] if isinstance(argument, ast.Constant) else _values(argument))
    ]
    last = tree.body[-1] if tree.body else None
    return [*shown, last.value] if isinstance(last, ast.Expr) and not is_print(last.value) else shown


def is_print(node: ast.AST) -> TypeGuard[ast.Call]:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"


def prints_constants_only(tree: ast.Module) -> bool:
    """Whether nothing is calculated: no operation but signs and fractions of literals, no call, loop or comparison."""
    return bool(printed(tree)) and not any(map(_calculates, ast.walk(tree)))


def _calculates(node: ast.AST) -> bool:
    if isinstance(node, ast.BinOp):
        literals = all(isinstance(side, ast.Constant) for side in (node.left, node.right))
        return not (literals and isinstance(node.op, ast.Div))
    if isinstance(node, ast.Call):
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        return name not in PLAIN_CALLS
    loops = (ast.For, ast.While, ast.comprehension, ast.Compare, ast.AugAssign, ast.Subscript, ast.BoolOp)
    return isinstance(node, loops)


def literal_names(tree: ast.Module) -> dict[str, list[object]]:
    """The names that a program only ever gives literals, with these."""
    given: dict[str, list[object]] = defaultdict(list)
    stores: Counter[str] = Counter()
    for node in ast.walk(tree):
        stores.update(_given(node))
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    given[target.id].append(node.value.value)
    return {name: values for name, values in given.items() if len(values) == stores[name]}


def constants_of(expression: ast.expr, names: Mapping[str, list[object]]) -> list[object]:
    """The literals that a shown expression is, itself or through one of ``literal_names``; else nothing."""
    if isinstance(expression, ast.UnaryOp) and isinstance(expression.op, ast.USub):
        operand = expression.operand
        inner = constants_of(operand, names) if isinstance(operand, ast.Constant | ast.Name) else []
        return [-value for value in inner if isinstance(value, int | float)]
    if isinstance(expression, ast.Constant):
        return [expression.value]
    return names.get(expression.id, []) if isinstance(expression, ast.Name) else []
