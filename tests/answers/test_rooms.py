"""Which room of the package imports which: values, then reading, then comparing and passages; proving on values."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ..rooms import imported as imported_names
from ..rooms import modules_of

MAY_IMPORT = {
    "values": {"values"},
    "reading": {"values", "reading"},
    "comparing": {"values", "reading", "comparing", "records"},
    "passages": {"values", "reading", "passages", "mathematics"},
    "proving": {"values", "proving"},
    "": {
        "",
        "values",
        "reading",
        "comparing",
        "passages",
        "proving",
        "records",
        "mathematics",
    },
}
MODULES = modules_of("answers")
ROOMS = {module.parts[1] for module in MODULES if len(module.parts) > 2}


def room(module: Path) -> str:
    return module.parts[1] if len(module.parts) > 2 else ""


def imported(module: Path) -> Iterator[str]:
    """Rooms of this package, "" for its face, and rooms of the library, that a module imports."""
    for name in imported_names(module):
        if name[0] != "answers":
            yield name[0]
        else:
            yield name[1] if len(name) > 1 and name[1] in ROOMS else ""


@pytest.mark.parametrize("path", MODULES, ids=map(str, MODULES))
def test_imports_point_down(path: Path) -> None:
    assert set(imported(path)) <= MAY_IMPORT[room(path)]


def test_the_check_sees_imports() -> None:
    assert set(imported(Path("answers/verify.py"))) >= {"comparing", "passages", "proving", "reading", "records"}
    assert not set(imported(Path("answers/proving/sympy_process.py")))  # it is started alone
