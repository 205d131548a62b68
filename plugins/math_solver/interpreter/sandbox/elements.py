"""Whether a program that has sets may put into them what goes there by its address, which differs by process.

Told by the text, in doubt: no number that is none, no exceptions beyond those that are raised, and no function or
iterator at a place from where it could come into a set.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator

__all__ = ["may_tell_addresses"]

# An infinity less another one, or over it, is no number.
_NO_NUMBER = re.compile(r"(?<![a-z])(?:s?nanj?\d*|inf(?:j|inity)?)(?![a-z])", re.IGNORECASE)
_PUTTING = frozenset({"add", "append", "appendleft", "insert", "setdefault"})
_ITERATORS = frozenset({"enumerate", "filter", "iter", "map", "reversed", "zip", "partial", "Random", "SystemRandom"})
_EXCEPTIONS = frozenset(
    name for name, kind in vars(builtins).items() if isinstance(kind, type) and issubclass(kind, BaseException)
)


def may_tell_addresses(code: str, nodes: list[ast.AST]) -> bool:
    """Whether its sets may show in an order that is not that of the values; ``nodes`` are all of its syntax tree."""
    if _NO_NUMBER.search(code):
        return True
    raised = {id(node.exc) for node in nodes if isinstance(node, ast.Raise)}
    if any(isinstance(node, ast.Call) and _is_exception(node) and id(node) not in raised for node in nodes):
        return True
    things = {name for node in nodes for name in _things(node)}
    makers = {name for node in nodes for name in _makers(node)} | _ITERATORS
    return any(_is_strange(element, things, makers) for node in nodes for element in _elements(node))


def _things(node: ast.AST) -> Iterator[str]:
    """Names of what goes by its address."""
    match node:
        case ast.FunctionDef(name=name) | ast.ExceptHandler(name=str(name)):
            yield name
        case ast.Assign(targets=targets, value=ast.Lambda()):
            yield from (target.id for target in targets if isinstance(target, ast.Name))


def _makers(node: ast.AST) -> Iterator[str]:
    """Names of what makes iterators."""
    match node:
        case ast.FunctionDef(name=name):
            if any(isinstance(part, (ast.Yield, ast.YieldFrom)) for part in ast.walk(node)):
                yield name
        case ast.ImportFrom(module="itertools", names=aliases):
            yield from (alias.asname or alias.name for alias in aliases)


def _elements(node: ast.AST) -> list[ast.expr]:
    """What this puts to where a set could get it from."""
    match node:
        case ast.Set(elts=elements) | ast.List(elts=elements) | ast.Tuple(elts=elements):
            return elements
        case ast.SetComp(elt=element) | ast.ListComp(elt=element) | ast.GeneratorExp(elt=element):
            return [element]
        case ast.Dict(keys=keys, values=values):
            return [*filter(None, keys), *values]
        case ast.DictComp(key=key, value=value):
            return [key, value]
        case ast.Return(value=ast.expr() as value) | ast.Yield(value=ast.expr() as value):
            return [value]
        case ast.Call(func=ast.Attribute(attr=name), args=given) if name in _PUTTING:
            return given
    return []


def _is_strange(element: ast.expr, things: set[str], makers: set[str]) -> bool:
    match element:
        case ast.Lambda() | ast.GeneratorExp() | ast.Call(func=ast.Attribute(value=ast.Name(id="itertools"))):
            return True
        case ast.Name(id=name):
            return name in things
        case ast.Call(func=func):
            return _name(func) in makers
        case ast.IfExp(body=first, orelse=second):
            return _is_strange(first, things, makers) or _is_strange(second, things, makers)
        case ast.BoolOp(values=values):
            return any(_is_strange(value, things, makers) for value in values)
        case ast.NamedExpr(value=value):
            return _is_strange(value, things, makers)
    return False


def _is_exception(call: ast.Call) -> bool:
    name = _name(call.func)
    return name in _EXCEPTIONS or name.endswith("Error")


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
