"""The server's rooms: each imports only those below it, and none imports back."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SERVER = Path(__file__).parents[2] / "plugins" / "math_solver" / "server"
# From the bottom up; those in one row do not import each other.
ROWS = [
    {"web"},
    {"settings", "solve_request", "address", "seam"},
    {"models", "containers"},
    {"solves"},
    {"chat", "responses", "health"},
    {"application"},
    {"launch"},
    {"hook"},
]
HEIGHT = {room: height for height, row in enumerate(ROWS) for room in row}
FILES = sorted(SERVER.rglob("*.py"))


def room_of(path: Path) -> str:
    return path.relative_to(SERVER).parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[str]:
    """The server's rooms that a file imports, inside its functions too."""
    package = path.relative_to(SERVER).parent.parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.ImportFrom) or not node.level:
            continue
        if node.level > len(package) + 1:  # beyond the server: ``..protocol``, or the server by its own name
            assert not (node.module or "").startswith("server"), f"{path}: import the server's rooms from inside"
            continue
        base = package[: len(package) - node.level + 1]
        for name in [node.module] if node.module else [alias.name for alias in node.names]:
            yield (*base, *name.split("."))[0]


def test_every_room_has_its_height() -> None:
    assert {room_of(path) for path in FILES} - {"__init__"} == set(HEIGHT)


def test_imports_are_seen_at_every_level() -> None:
    assert set(imported(SERVER / "chat" / "routes.py")) >= {"chat", "containers", "models", "solves", "web"}
    assert set(imported(SERVER / "models" / "batching" / "batcher.py")) == {"models", "settings", "web"}
    assert set(imported(SERVER / "launch.py")) >= {"application", "models", "settings"}  # in a function
    assert set(imported(SERVER / "settings.py")) == {"web"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SERVER)))
def test_arrows_point_down(path: Path) -> None:
    room = room_of(path)
    for other in imported(path):
        assert other == room or HEIGHT[other] < HEIGHT[room], f"{room} imports {other}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SERVER)))
def test_llama_factorys_model_is_nobodys_but_the_models(path: Path) -> None:
    assert room_of(path) in ("models", "seam") or "chat_model" not in path.read_text(encoding="utf-8")
