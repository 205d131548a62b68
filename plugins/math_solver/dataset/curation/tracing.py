"""What a program shows, followed through its names and functions, as far as that can be told without running it.

    total = 17 * 3                 calculates
    answer = {"sum": 51}["sum"]    51, a literal
    print(total * 0 + answer)      shows the literal 51

Nothing is evaluated but literals: a program is hostile text that is parsed. What a loop or an undecided branch does
counts as calculated; so does whatever is not understood.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .programs import PLAIN_CALLS, is_print

__all__ = ["Trace", "literals", "trace"]

CALCULATED = object()  # a value of which nothing is known
DEPTH = 20  # calls in calls
BUDGET = 10_000  # expressions that are looked at
PARTS = 1_000  # of a shown value: a text that is doubled forty times has no end
_HANDED_ON = PLAIN_CALLS | {"simplify", "nsimplify", "N", "eval", "list", "tuple", "abs", "expand", "latex", "repr"}


def literals(value: Any) -> list[object] | None:
    """The literals that a shown value is made of; None where any of it is calculated, or where they are too many."""
    found: list[object] = []
    waiting = [value]
    for _ in range(PARTS):
        if not waiting:
            return found
        one = waiting.pop()
        if isinstance(one, tuple | list):
            waiting += reversed(one)
        elif one is CALCULATED or isinstance(one, dict):
            return None
        else:
            found.append(one)
    return None


@dataclass
class Trace:
    """What a program showed, and whether it calculated anything; go on with ``follow`` for the next one."""

    shown: list[Any] = field(default_factory=list)
    calculates: bool = False
    names: dict[str, Any] = field(default_factory=dict)
    functions: dict[str, ast.FunctionDef] = field(default_factory=dict)
    _left: int = BUDGET
    _depth: int = 0
    _undecided: int = 0
    _returned: list[Any] = field(default_factory=list)

    def follow(self, tree: ast.Module) -> None:
        """The next program of a session; what earlier ones showed and calculated is forgotten, names are not."""
        self.shown, self.calculates, self._left = [], False, BUDGET
        self._run(tree.body)
        last = tree.body[-1] if tree.body else None
        if isinstance(last, ast.Expr) and not is_print(last.value) and not _is_call_of(last.value, self.functions):
            self.shown.append(self._value(last.value))

    def _run(self, body: Sequence[ast.stmt]) -> None:
        for statement in body:
            self._statement(statement)
            if isinstance(statement, ast.Return):
                return

    def _statement(self, statement: ast.stmt) -> None:
        match statement:
            case ast.Assign(targets=targets, value=given):
                value = self._value(given)
                for target in targets:
                    self._bind(target, value)
            case ast.AnnAssign(target=target, value=ast.expr() as given):
                self._bind(target, self._value(given))
            case ast.AugAssign(target=target, op=operation, value=given):
                self._bind(target, self._combined(operation, self._value(target), self._value(given)))
            case ast.FunctionDef(name=name):
                self.functions[name] = statement
                self.names.pop(name, None)
            case ast.ClassDef(name=name, body=body):
                for inner in body:
                    if isinstance(inner, ast.Assign) and isinstance(inner.targets[0], ast.Name):
                        self.names[f"{name}.{inner.targets[0].id}"] = self._value(inner.value)
            case ast.Return(value=given):
                value = self._value(given) if given is not None else None
                self._returned.append(CALCULATED if self._undecided else value)
            case ast.If(test=test, body=body, orelse=other):
                self._branch(self._value(test), body, other)
            case ast.For() | ast.While() | ast.AsyncFor() | ast.Try() | ast.Match():
                self._undecidedly(statement)
            case ast.With(body=body):
                self._run(body)
            case ast.Expr(value=given) | ast.Assert(test=given):
                self._value(given)
            case _:
                pass

    def _branch(self, test: Any, body: Sequence[ast.stmt], other: Sequence[ast.stmt]) -> None:
        if test is not CALCULATED and not isinstance(test, tuple | list | dict):
            self._run(body if test else other)
            return
        self._undecided += 1
        self._run(body)
        self._run(other)
        self._undecided -= 1

    def _undecidedly(self, statement: ast.stmt) -> None:
        """A loop, or a block that may end early: it is gone through once, and nothing that it does is certain."""
        self.calculates |= not isinstance(statement, ast.Try)
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                self.names[node.id] = CALCULATED
        self._undecided += 1
        self._run([inner for inner in ast.iter_child_nodes(statement) if isinstance(inner, ast.stmt)])
        for part in ast.iter_child_nodes(statement):
            if isinstance(part, ast.ExceptHandler | ast.match_case):
                self._run(part.body)
        self._undecided -= 1

    def _bind(self, target: ast.expr, value: Any) -> None:
        match target:
            case ast.Name(id=name):
                self.names[name] = CALCULATED if self._undecided else value
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                whole = isinstance(value, tuple | list) and len(value) == len(parts)
                for place, part in enumerate(parts):
                    self._bind(part, value[place] if whole else CALCULATED)
            case ast.Subscript(value=ast.Name(id=name)) | ast.Attribute(value=ast.Name(id=name)):
                self.names[name] = CALCULATED
            case _:
                pass

    def _value(self, node: ast.expr) -> Any:
        self._left -= 1
        if self._left < 0 or self._depth > DEPTH:
            self.calculates = True
            return CALCULATED
        match node:
            case ast.Constant(value=value):
                return value
            case ast.Name(id=name):
                return self.names.get(name, CALCULATED)
            case ast.Attribute(value=ast.Name(id=owner), attr=name):
                return self.names.get(f"{owner}.{name}", CALCULATED)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                value = self._value(operand)
                return -value if isinstance(value, int | float) else CALCULATED
            case ast.BinOp(left=ast.Constant(value=top), op=ast.Div(), right=ast.Constant(value=bottom)):
                return f"{top!r}/{bottom!r}"  # a fraction of literals
            case ast.BinOp(left=left, op=operation, right=right):
                return self._combined(operation, self._value(left), self._value(right))
            case ast.Compare(left=left, ops=[operation], comparators=[right]):
                return _compared(operation, self._value(left), self._value(right))
            case ast.IfExp(test=test, body=body, orelse=other):
                decided = self._value(test)
                both = self._value(body), self._value(other)
                return CALCULATED if decided is CALCULATED else both[0 if decided else 1]
            case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts):
                return tuple(map(self._value, parts))
            case ast.Dict(keys=keys, values=values):
                given = [self._value(value) for value in values]
                named = [key.value for key in keys if isinstance(key, ast.Constant)]
                return dict(zip(named, given, strict=True)) if len(named) == len(given) else CALCULATED
            case ast.Subscript(value=whole, slice=ast.Constant(value=place)):
                return _part(self._value(whole), place)
            case ast.JoinedStr(values=parts):
                return tuple(self._value(part) for part in parts)
            case ast.FormattedValue(value=inner):
                return self._value(inner)
            case ast.Call():
                return self._call(node)
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                self.calculates = True
        return CALCULATED

    def _combined(self, operation: ast.operator, left: Any, right: Any) -> Any:
        """What an operation gives where it changes nothing; else something was calculated."""
        match operation:
            case ast.Mult() if _is(left, 0) or _is(right, 0):
                return 0
            case ast.Mult() | ast.Div() | ast.Pow() if _is(right, 1):
                return left
            case ast.Mult() if _is(left, 1):
                return right
            case ast.Add() | ast.Sub() if _is(right, 0):
                return left
            case ast.Add() if _is(left, 0):
                return right
            case ast.Mod() | ast.Add() if isinstance(left, str) or _is_text(left):  # a format, a label
                return (left, right)
        self.calculates = True
        return CALCULATED

    def _call(self, call: ast.Call) -> Any:
        values = [self._value(argument) for argument in call.args]
        if is_print(call):
            self.shown += [CALCULATED] * len(values) if self._undecided else values
            return None
        match call.func:
            case ast.Name(id=name) if name in self.functions:
                return self._inside(self.functions[name], values)
            case ast.Name(id=name) | ast.Attribute(attr=name) if name in _HANDED_ON and len(values) == 1:
                return values[0]
            case ast.Attribute(value=owner, attr="format"):
                return (self._value(owner), *values)
            case ast.Attribute(value=ast.Name(id=owner)):
                if owner in self.names:  # append and the like
                    self.names[owner] = CALCULATED
        self.calculates = True
        return CALCULATED

    def _inside(self, function: ast.FunctionDef, values: Sequence[Any]) -> Any:
        """What a function of the program's own returns."""
        if self._depth >= DEPTH:
            self.calculates = True
            return CALCULATED
        outside, returned = self.names, self._returned
        names = [argument.arg for argument in function.args.args]
        self.names = {**outside, **dict(zip(names, [*values, *[CALCULATED] * len(names)], strict=False))}
        self._returned, self._depth = [], self._depth + 1
        self._run(function.body)
        given = self._returned
        self.names, self._returned, self._depth = outside, returned, self._depth - 1
        if not given:
            return None
        return given[0] if all(value is given[0] for value in given) else CALCULATED


def trace(trees: Iterable[ast.Module]) -> list[Trace]:
    """Each program of a session in turn."""
    found: list[Trace] = []
    names: Mapping[str, Any] = {}
    functions: Mapping[str, ast.FunctionDef] = {}
    for tree in trees:
        one = Trace(names=dict(names), functions=dict(functions))
        try:
            one.follow(tree)
        except (RecursionError, ValueError):  # a sum of thousands, a number too long to be written
            one = Trace([CALCULATED], calculates=True)
        names, functions = one.names, one.functions
        found.append(one)
    return found


def _is(value: Any, number: int) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value == number


def _is_text(value: Any) -> bool:
    return isinstance(value, tuple) and bool(value) and isinstance(value[0], str)


def _is_call_of(node: ast.expr, functions: Mapping[str, Any]) -> bool:
    """A call for what it prints, which was followed already."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in functions


def _compared(operation: ast.cmpop, left: Any, right: Any) -> Any:
    plain = isinstance(left, int | float | str) and type(left) is type(right)
    if not plain:
        return CALCULATED
    match operation:
        case ast.Eq():
            return left == right
        case ast.NotEq():
            return left != right
        case ast.Lt():
            return left < right
        case ast.Gt():
            return left > right
    return CALCULATED


def _part(whole: Any, place: Any) -> Any:
    if isinstance(whole, dict) and isinstance(place, str | int):
        return whole.get(place, CALCULATED)
    if isinstance(whole, tuple | list) and isinstance(place, int) and -len(whole) <= place < len(whole):
        return whole[place]
    return CALCULATED
