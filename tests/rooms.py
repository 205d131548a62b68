"""What each module of the library imports of it, read from its source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

__all__ = ["LIBRARY", "imported", "modules_of", "packages"]

LIBRARY = Path(__file__).parents[1] / "plugins" / "math_solver"


def modules_of(room: str = "") -> list[Path]:
    """The modules of a room (of the whole library without one), relative to the library."""
    return sorted(path.relative_to(LIBRARY) for path in (LIBRARY / room).rglob("*.py"))


def imported(module: Path) -> Iterator[tuple[str, ...]]:
    """The names inside the library of what a module imports from it, inside its functions too.

    ``from ..values.tree import Num`` in ``answers/reading/answer.py`` is ("answers", "values", "tree").
    """
    package = module.parts[:-1]
    for node in ast.walk(ast.parse((LIBRARY / module).read_text(encoding="utf-8"))):
        if not isinstance(node, ast.ImportFrom):
            continue
        names = tuple((node.module or "").split(".")) if node.module else ()
        if node.level:
            base = package[: len(package) - node.level + 1]
        elif names[:1] == ("math_solver",):
            base, names = (), names[1:]
        else:
            continue
        yield from [(*base, *names)] if names else [(*base, alias.name) for alias in node.names]


def packages(module: Path) -> set[str]:
    """The packages of others, the standard library's included, that a module imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse((LIBRARY / module).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            found.add(node.module.partition(".")[0])
    return found
