"""Which room of the package imports which: values, then reading, then comparing and passages; proving on values."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import math_solver.answers

PACKAGE = Path(math_solver.answers.__file__).parent
MAY_IMPORT = {
    "values": {"values"},
    "reading": {"values", "reading"},
    "comparing": {"values", "reading", "comparing", "math_solver.records"},
    "passages": {"values", "reading", "passages", "math_solver.mathematics"},
    "proving": {"values", "proving"},
    "": {
        "",
        "values",
        "reading",
        "comparing",
        "passages",
        "proving",
        "math_solver.records",
        "math_solver.mathematics",
    },
}
MODULES = sorted(path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    return path.parts[0] if len(path.parts) > 1 else ""


def imported(path: Path) -> Iterator[str]:
    """Rooms of this package, and rooms of ``math_solver``, that a module imports."""
    here = ("math_solver", "answers", *path.parts[:-1])
    for node in ast.walk(ast.parse((PACKAGE / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            base = here[: len(here) - node.level + 1] if node.level else ()
            names = (*base, *(node.module or "").split("."))
            if names[:2] == ("math_solver", "answers"):
                yield names[2] if len(names) > 2 and (PACKAGE / names[2]).is_dir() else ""
            elif names[0] == "math_solver":
                yield ".".join(names[:2])


@pytest.mark.parametrize("path", MODULES, ids=map(str, MODULES))
def test_imports_point_down(path: Path) -> None:
    assert set(imported(path)) <= MAY_IMPORT[room(path)]


def test_the_check_sees_imports() -> None:
    assert set(imported(Path("verify.py"))) >= {"comparing", "passages", "proving", "reading", "math_solver.records"}
    assert not set(imported(Path("proving/sympy_process.py")))  # it is started alone
