"""Whether two solutions are the same program: by their syntax trees, whatever the names, comments and labels.

    total = 3 * 4  # eggs                x = 3*4
    print("Total:", total)               print(x)

Not guaranteed: that distinct programs take distinct ways; a sum in another order is another program.
"""

from __future__ import annotations

import ast
import hashlib
import warnings
from collections.abc import Iterable

__all__ = ["program_key"]

LONGEST = 200_000  # characters; the interpreter refuses longer programs too
_UNREADABLE = (SyntaxError, ValueError, RecursionError, MemoryError)


def program_key(programs: Iterable[str]) -> str:
    """A hash that is the same for programs, run one after the other, that differ in names, comments and labels only.

    What is no Python is compared as text. Nothing is run.
    """
    renamed = _Normal()
    return hashlib.sha256("\0".join(_normal(program, renamed) for program in programs).encode()).hexdigest()


def _normal(program: str, renamed: _Normal) -> str:
    text = "\n".join(line.rstrip() for line in program.strip().splitlines())
    if len(text) > LONGEST:
        return text.encode("utf-8", "replace").decode()
    try:
        with warnings.catch_warnings():  # of escapes that are none
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
        renamed.names = dict.fromkeys(_bound(tree), "") | renamed.names
        return ast.dump(renamed.visit(tree))
    except _UNREADABLE:
        return text.encode("utf-8", "replace").decode()


def _bound(tree: ast.AST) -> Iterable[str]:
    """The names that a program gives to things."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                yield name
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.alias(asname=str(name)):
                yield name


class _Normal(ast.NodeTransformer):
    """Numbers the names that a program gives, and drops its docstrings and the labels it prints."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self._count = 0

    def _rename(self, name: str) -> str:
        if name not in self.names:
            return name
        if not self.names[name]:
            self.names[name] = f"_{self._count}"
            self._count += 1
        return self.names[name]

    def visit_Name(self, node: ast.Name) -> ast.AST:
        node.id = self._rename(node.id)
        return node

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.arg, node.annotation = self._rename(node.arg), None
        return node

    def visit_alias(self, node: ast.alias) -> ast.AST:
        node.asname = self._rename(node.asname) if node.asname else None
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.name, node.returns = self._rename(node.name), None
        return self.generic_visit(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        node.name = self._rename(node.name)
        return self.generic_visit(node)

    def visit_Expr(self, node: ast.Expr) -> ast.AST | None:
        """A text that stands for itself does nothing."""
        return None if _is_text(node.value) else self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        if isinstance(node.func, ast.Name) and node.func.id == "print":
            node.args = [_unlabelled(argument) for argument in node.args if not _is_text(argument)]
            node.keywords = []
        return self.generic_visit(node)


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _unlabelled(node: ast.expr) -> ast.expr:
    """An f-string's values; alone, a value is what it is."""
    if not isinstance(node, ast.JoinedStr):
        return node
    values = [part.value for part in node.values if isinstance(part, ast.FormattedValue)]
    return values[0] if len(values) == 1 else ast.Tuple(elts=values, ctx=ast.Load())
