"""Whether a program that has sets may put into them what goes there by its address, which differs by process.

Told by the text, in doubt: no number that is none, no exceptions beyond those that are raised, and no function, class,
match or iterator at a place from where it could come into a set.
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
_ITERATORS = frozenset({"enumerate", "filter", "iter", "map", "reversed", "zip"})
_MAKERS = frozenset(
    """
    cmp_to_key Context finditer fullmatch itemgetter match merge partial Random search SystemRandom values
    """.split()
)
_LENT = frozenset({"Decimal", "Fraction"})  # classes
_EXCEPTIONS = frozenset(
    name for name, kind in vars(builtins).items() if isinstance(kind, type) and issubclass(kind, BaseException)
)
_ASKING = frozenset({"isinstance", "issubclass"})
_OF_NUMBERS = frozenset({"cmath", "math", "string"})  # whose names are mostly values
_ALIASES = 2  # of aliases, which may stand before what they are aliases of


def may_tell_addresses(code: str, nodes: list[ast.AST]) -> bool:
    """Whether its sets may show in an order that is not that of the values; ``nodes`` are all of its syntax tree."""
    if _NO_NUMBER.search(code):
        return True
    raised = {id(node.exc) for node in nodes if isinstance(node, ast.Raise)}
    if any(isinstance(node, ast.Call) and _is_exception(node) and id(node) not in raised for node in nodes):
        return True
    strange = _Strange(nodes)
    return any(map(strange.is_put, nodes))


class _Strange:
    """What goes by its address, told by names that a program gives to it or to what makes it."""

    def __init__(self, nodes: list[ast.AST]) -> None:
        self._own = {node.name for node in nodes if isinstance(node, ast.FunctionDef)}
        self._iterators = {name for node in nodes for name in _iterators(node)} | _ITERATORS
        self._makers = self._iterators | (_MAKERS - self._own)
        self._modules = {name for node in nodes for name in _modules(node)}
        self._things = {name for node in nodes for name in _things(node)} | self._own | _LENT
        given = [pair for node in nodes for pair in _given(node)]
        for _ in range(_ALIASES):
            self._things |= {name for name, value in given if self.is_one(value)}

    def is_put(self, node: ast.AST) -> bool:
        """Whether this puts one to where a set could get it from."""
        made = isinstance(node, ast.Call) and self._has_made(node)
        return made or any(map(self.is_one, self._elements(node)))

    def _has_made(self, call: ast.Call) -> bool:
        """Whether it calls what it is given and makes some, or is given many."""
        return _name(call.func) not in _ASKING and any(
            given.id in self._iterators or given.id in _EXCEPTIONS
            if isinstance(given, ast.Name)
            else isinstance(given, ast.Call) and _name(given.func) == "finditer"
            for given in call.args
        )

    def _elements(self, node: ast.AST) -> list[ast.expr]:
        match node:
            case ast.Set(elts=elements) | ast.List(elts=elements) | ast.Tuple(elts=elements):
                return elements
            case ast.SetComp(elt=element) | ast.ListComp(elt=element) | ast.GeneratorExp(elt=element):
                return [element]
            case ast.Dict(keys=keys, values=values):
                return [*filter(None, keys), *values]
            case ast.DictComp(key=key, value=value):
                return [key, value]
            case ast.Return(value=ast.expr() as value) | ast.Yield(value=ast.expr() as value) | ast.Lambda(body=value):
                return [value]
            case ast.Assign(targets=targets, value=value):
                slots = [target for target in targets if isinstance(target, ast.Subscript)]
                return [value, *(slot.slice for slot in slots)] if slots else []
            case ast.Call(func=ast.Attribute(attr=name), args=given) if name in _PUTTING:
                return given
            case ast.Call(func=ast.Name(id=name), args=given, keywords=named) if name in self._own:
                return [*given, *(each.value for each in named)]
        return []

    def is_one(self, element: ast.expr) -> bool:
        match element:
            case ast.Lambda() | ast.GeneratorExp() | ast.Call(func=ast.Attribute(value=ast.Name(id="itertools"))):
                return True
            case ast.Name(id=name):
                return name in self._things
            case ast.Attribute(value=ast.Name(id=name)):
                return name in self._modules
            case ast.Call(func=func):
                return _name(func) in self._makers
            case ast.IfExp(body=first, orelse=second):
                return self.is_one(first) or self.is_one(second)
            case ast.BoolOp(values=values):
                return any(map(self.is_one, values))
            case ast.NamedExpr(value=value):
                return self.is_one(value)
        return False


def _things(node: ast.AST) -> Iterator[str]:
    """Names of what goes by its address, whatever that is given elsewhere."""
    match node:
        case ast.ExceptHandler(name=str(name)):
            yield name
        case ast.ImportFrom(module=module, names=aliases) if module not in _OF_NUMBERS:
            yield from (alias.asname or alias.name for alias in aliases)


def _modules(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Import(names=aliases):
            yield from (alias.asname or alias.name for alias in aliases if alias.name not in _OF_NUMBERS)


def _given(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """Names with what they are given."""
    match node:
        case ast.Assign(targets=targets, value=value):
            yield from ((target.id, value) for target in targets if isinstance(target, ast.Name))
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
            yield name, value
        case ast.NamedExpr(target=ast.Name(id=name), value=value):
            yield name, value


def _iterators(node: ast.AST) -> Iterator[str]:
    """Names of what makes iterators."""
    match node:
        case ast.FunctionDef(name=name):
            if any(isinstance(part, (ast.Yield, ast.YieldFrom)) for part in ast.walk(node)):
                yield name
        case ast.ImportFrom(module="itertools", names=aliases):
            yield from (alias.asname or alias.name for alias in aliases)


def _is_exception(call: ast.Call) -> bool:
    name = _name(call.func)
    return name in _EXCEPTIONS or name.endswith("Error")


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
