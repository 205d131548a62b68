"""Which programs run the same without SymPy and NumPy in their process, told by their text alone.

``suits`` decides, on the syntax tree, and says no in doubt: such a program goes to a process that holds both.
``looks_plain`` guesses without parsing, so that few programs are asked about in vain; it may be wrong either way.

A plain program computes with builtins, a few modules and its own functions. It reads no name that SymPy would lend it,
and nothing by which one process could be told from another: modules, frames, namespaces, addresses. It defines no
classes, since when an object of one is collected, and where it comes in a set, goes by its process. Nor has it sets of
anything else that goes there by its address, as far as its text tells: see ``elements``.
"""

from __future__ import annotations

import ast
import builtins
import re
import symtable
import sys
from collections.abc import Callable, Collection, Iterator
from typing import Any

from .elements import may_tell_addresses
from .source import Parsed, parse_cell

__all__ = ["MODULES", "looks_plain", "suits"]

_TYPES = "Any Callable Dict Iterable Iterator List Optional Sequence Set Tuple Union"
# Modules that a plain program may import; of some, a few names only.
MODULES: dict[str, frozenset[str] | None] = {
    "bisect": None,
    "cmath": None,
    "collections": None,
    "copy": frozenset({"copy", "deepcopy"}),
    "decimal": None,
    "fractions": None,
    "functools": None,
    "heapq": None,
    "itertools": None,
    "math": None,
    "operator": None,
    "random": None,
    "re": None,
    "statistics": None,
    "string": None,
    "typing": frozenset(_TYPES.split()),
}
_FOREIGN = sys.stdlib_module_names - MODULES.keys()  # reached through modules that import them
_BUILTINS = frozenset(
    """
    ArithmeticError AssertionError AttributeError BaseException EOFError Exception False ImportError IndexError
    KeyError LookupError NameError None NotImplementedError OverflowError RecursionError RuntimeError StopIteration
    SyntaxError TypeError ValueError ZeroDivisionError True abs all any ascii bin bool bytearray bytes callable chr
    complex dict divmod enumerate exit filter float format frozenset hex input int isinstance issubclass iter len list
    map max min next oct ord pow print quit range repr reversed round set slice sorted str sum tuple zip
    """.split()
)
_OTHER_BUILTINS = frozenset({*dir(builtins), "help"}) - _BUILTINS  # help comes later, and tells of all modules
# What leads from values to frames and namespaces, or to attributes by text, and what counts in the whole process.
_ATTRIBUTES = frozenset(
    """
    ag_await ag_code ag_frame attrgetter cr_await cr_code cr_frame cr_origin f_back f_builtins f_code f_globals
    f_lasti f_lineno f_locals f_trace format_field format_map Formatter get_cache_token get_field gi_code gi_frame
    gi_yieldfrom methodcaller mro tb_frame tb_lasti tb_next Template update_wrapper
    vformat WRAPPER_ASSIGNMENTS WRAPPER_UPDATES
    """.split()
)
_NODES = (
    ast.Module, ast.FunctionDef, ast.Return, ast.Delete, ast.Assign, ast.AugAssign, ast.AnnAssign, ast.For,
    ast.While, ast.If, ast.With, ast.Raise, ast.Try, ast.Assert, ast.Import, ast.ImportFrom, ast.Global,
    ast.Nonlocal, ast.Expr, ast.Pass, ast.Break, ast.Continue, ast.BoolOp, ast.NamedExpr, ast.BinOp, ast.UnaryOp,
    ast.Lambda, ast.IfExp, ast.Dict, ast.Set, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.Yield,
    ast.YieldFrom, ast.Compare, ast.Call, ast.FormattedValue, ast.JoinedStr, ast.Constant, ast.Attribute,
    ast.Subscript, ast.Starred, ast.Name, ast.List, ast.Tuple, ast.Slice, ast.comprehension, ast.ExceptHandler,
    ast.arguments, ast.arg, ast.keyword, ast.alias, ast.withitem,
)  # fmt: skip
_OPERATORS = frozenset({"ctx", "op", "ops"})  # fields that hold nothing to look at
_FIELDS = {kind: tuple(field for field in kind._fields if field not in _OPERATORS) for kind in _NODES}
# Between square brackets the signs that end a field do not.
_ATTRIBUTE_IN_FIELD = re.compile(r"\{[^{}:!]*(?:\.|\[[^\[\]]*[{}:!])")
_VIEWS = re.compile(r"[&|^-]\s*\w+\.(?:keys|items)\(|\.(?:keys|items)\(\)\s*[&|^-]")  # two of which make a set
_SETS, _SET_MAKERS = {ast.Set, ast.SetComp}, frozenset({"set", "frozenset"})
_SHOWING = frozenset({"isinstance", "print", "repr", "str"})
_LONG_TEXT = re.compile(r"\"\"\"[\s\S]*?\"\"\"|'''[\s\S]*?'''")  # most often a problem, in words that SymPy has too
_WORD = re.compile(r"[^\W\d]\w*")
_USED = re.compile(r"(?<![\w.])([^\W\d]\w*)\s*[(.]")
_BINDING = re.compile(r"^[ \t]*(?:from|import|def)\b.*", re.MULTILINE)
_IMPORTED = re.compile(r"^[ \t]*(?:from|import)[ \t]+(\w+)", re.MULTILINE)


def looks_plain(code: str, lent: Collection[str]) -> bool:
    """Whether it is worth asking ``suits``; ``lent`` are the names that only SymPy's process has for a program."""
    code = _LONG_TEXT.sub("''", code)
    if not MODULES.keys() >= set(_IMPORTED.findall(code)):
        return False
    doubtful = {name for name in _USED.findall(code) if name in lent or name in _OTHER_BUILTINS} - {"type"}
    return not doubtful or doubtful <= {word for line in _BINDING.findall(code) for word in _WORD.findall(line)}


def suits(code: str, lent: Collection[str]) -> Parsed | None:
    """A program that shows the same without SymPy, which lends it these names; ``None`` if it may not, as when it
    cannot be parsed.
    """
    try:
        parsed = parse_cell(code)
        return parsed if _is_plain(*parsed, lent) else None
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return None


def _is_plain(code: str, tree: ast.Module, lent: Collection[str]) -> bool:
    nodes: list[Any] = [tree]
    kinds: set[type[ast.AST]] = set()
    names: set[str] = set()
    for node in nodes:  # which grows meanwhile
        kind = type(node)
        check = _CHECKS.get(kind)
        if kind not in _FIELDS or (check is not None and not check(node)):
            return False
        kinds.add(kind)
        if kind is ast.Name:
            names.add(node.id)
        elif kind is ast.Call and _asks_for_type(node):
            nodes += node.args
        else:
            for field in _FIELDS[kind]:
                part = getattr(node, field)
                if type(part) is list:
                    nodes += [each for each in part if isinstance(each, ast.AST)]
                elif isinstance(part, ast.AST):
                    nodes.append(part)
    if kinds & _YIELDS and kinds & _GUARDS:
        return False  # what stands behind a yield may run when the generator is collected
    if ("type" in code or "wraps" in code) and not _hands_on_nothing(tree):
        return False
    if (kinds & _SETS or names & _SET_MAKERS or _VIEWS.search(code)) and may_tell_addresses(code, nodes):
        return False
    wanted = names.intersection(lent)
    if not wanted:
        return True
    read = _read_globals(symtable.symtable(code, "<cell>", "exec"), wanted)
    return all(_binds(statement, new) for statement, new in _first_mentions(tree, read))


def _asks_for_type(call: ast.Call) -> bool:
    """``type`` of one argument; of three it makes a class."""
    is_type = isinstance(call.func, ast.Name) and call.func.id == "type"
    return is_type and len(call.args) == 1 and not call.keywords and not isinstance(call.args[0], ast.Starred)


def _hands_on_nothing(tree: ast.Module) -> bool:
    """Whether classes that ``type`` finds are but compared and printed, since that of a class makes classes, and
    ``wraps`` is but called, with a function alone, since it copies any attribute.
    """
    pairs = [(node, part) for node in ast.walk(tree) for part in ast.iter_child_nodes(node)]
    if not all(_wraps_one(node) for node, part in pairs if _is_named(part, "wraps")):
        return False
    asked = [node for node, part in pairs if isinstance(part, ast.Call) and _asks_for_type(part)]
    return not asked or (all(map(_looks_on, asked)) and _SHOWING.isdisjoint(_bound(part) for _, part in pairs))


def _is_named(node: ast.AST, name: str) -> bool:
    match node:
        case ast.Name(id=found) | ast.Attribute(attr=found) | ast.alias(name=found):
            return found == name
    return False


def _wraps_one(user: ast.AST) -> bool:
    match user:
        case ast.Call(func=func, args=[given], keywords=[]):
            return _is_named(func, "wraps") and not isinstance(given, ast.Starred)
        case ast.ImportFrom(names=aliases):
            return not any(alias.asname for alias in aliases if alias.name == "wraps")
    return False


def _looks_on(user: ast.AST) -> bool:
    match user:
        case ast.Compare() | ast.FormattedValue() | ast.Expr() | ast.Call(func=ast.Attribute(attr="format")):
            return True
        case ast.Call(func=ast.Name(id=name)):
            return name in _SHOWING
    return False


def _bound(node: ast.AST) -> str:
    """The name that it gives a value, if it does."""
    match node:
        case ast.Name(id=name, ctx=ast.Store()) | ast.FunctionDef(name=name) | ast.arg(arg=name):
            return name
        case ast.alias(name=name, asname=other):
            return other or name
    return ""


def _may_read(node: ast.Name) -> bool:
    name = node.id
    return name == "__name__" or not (name.startswith("__") or name in _OTHER_BUILTINS)


def _may_reach(node: ast.Attribute) -> bool:
    if node.attr != "format":
        return _is_open(node.attr)
    text = node.value.value if isinstance(node.value, ast.Constant) else None
    return isinstance(text, str) and not _ATTRIBUTE_IN_FIELD.search(text)


def _may_import(node: ast.Import) -> bool:
    return all(alias.name in MODULES and MODULES[alias.name] is None for alias in node.names)


def _may_import_from(node: ast.ImportFrom) -> bool:
    module = node.module
    return module in MODULES and not node.level and all(_is_offered(module, alias.name) for alias in node.names)


_CHECKS: dict[type[ast.AST], Callable[[Any], bool]] = {
    ast.Name: _may_read,
    ast.Attribute: _may_reach,
    ast.Import: _may_import,
    ast.ImportFrom: _may_import_from,
}
_YIELDS, _GUARDS = {ast.Yield, ast.YieldFrom}, {ast.Try, ast.With}


def _is_open(name: str) -> bool:
    return not name.startswith("_") and name not in _ATTRIBUTES and name not in _FOREIGN


def _is_offered(module: str, name: str) -> bool:
    offered = MODULES[module]
    return name != "*" and _is_open(name) if offered is None else name in offered


def _read_globals(table: symtable.SymbolTable, names: set[str]) -> set[str]:
    """Those of the names that are not a function's own wherever they stand."""
    return {name for scope in _scopes(table) for name in _globals_of(scope, names)}


def _scopes(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    yield table
    for child in table.get_children():
        yield from _scopes(child)


def _globals_of(scope: symtable.SymbolTable, names: set[str]) -> Iterator[str]:
    for name in names.intersection(scope.get_identifiers()):
        if scope.get_type() == "module" or scope.lookup(name).is_global():
            yield name


def _first_mentions(tree: ast.Module, names: set[str]) -> Iterator[tuple[ast.stmt, set[str]]]:
    """Each statement before which some of the names do not stand anywhere, and which these are."""
    left = set(names)
    for statement in tree.body:
        if not left:
            return
        if new := left.intersection(_texts(statement)):
            left -= new
            yield statement, new


def _texts(node: ast.AST) -> Iterator[str]:
    """The names that stand anywhere in it, as whatever."""
    for part in ast.walk(node):
        for _, value in ast.iter_fields(part):
            yield from (text for text in (value if isinstance(value, list) else [value]) if isinstance(text, str))


def _binds(statement: ast.stmt, names: set[str]) -> bool:
    """Whether the statement gives the names values, whatever happens, before it could read them."""
    match statement:
        case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
            return names <= {alias.asname or alias.name for alias in aliases}
        case ast.Assign(targets=targets, value=value):
            return names <= {name for target in targets for name in _targets(target)} - set(_texts(value))
        case ast.FunctionDef(name=own, body=body):
            heads = set(ast.iter_child_nodes(statement)) - set(body)
            return names == {own} and not any(own in _texts(head) for head in heads)
    return False


def _targets(target: ast.expr) -> list[str]:
    parts = target.elts if isinstance(target, ast.Tuple) else [target]
    return [part.id for part in parts if isinstance(part, ast.Name)]
