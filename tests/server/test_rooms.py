"""The server's rooms: each imports only those below it, and none imports back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ..rooms import LIBRARY, modules_of
from ..rooms import imported as imported_names

# From the bottom up; those in one row do not import each other.
ROWS = [
    {"web"},
    {"settings", "solve_request", "address", "seam"},
    {"demanded", "second_looks"},
    {"models", "containers", "names"},
    {"solves"},
    {"chat", "responses", "completions", "health"},
    {"application"},
    {"launch"},
    {"hook"},
]
HEIGHT = {room: height for height, row in enumerate(ROWS) for room in row}
MODULES = modules_of("server")


def room_of(module: Path) -> str:
    return module.parts[1].removesuffix(".py")


def imported(module: Path) -> Iterator[str]:
    """The server's rooms that a module imports."""
    yield from (name[1] for name in imported_names(module) if name[0] == "server")


def test_every_room_has_its_height() -> None:
    assert {room_of(module) for module in MODULES} - {"__init__"} == set(HEIGHT)


def test_imports_are_seen_at_every_level() -> None:
    assert set(imported(Path("server/chat/routes.py"))) >= {"chat", "containers", "models", "solves", "web"}
    assert set(imported(Path("server/models/batching/batcher.py"))) == {"models", "settings", "web"}
    assert set(imported(Path("server/launch.py"))) >= {"application", "models", "settings"}  # in a function
    assert set(imported(Path("server/settings.py"))) == {"web"}


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_arrows_point_down(module: Path) -> None:
    room = room_of(module)
    for other in imported(module):
        assert other == room or HEIGHT[other] < HEIGHT[room], f"{room} imports {other}"


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_llama_factorys_model_is_nobodys_but_the_models(module: Path) -> None:
    assert room_of(module) in ("models", "seam") or "chat_model" not in (LIBRARY / module).read_text(encoding="utf-8")
