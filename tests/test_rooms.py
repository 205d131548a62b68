"""Which room of the library imports which; there is no way back up."""

from __future__ import annotations

from pathlib import Path

import pytest

from .rooms import imported, modules_of, packages

BASE = {"disk", "records"}
MAY_IMPORT = {
    "disk": set(),
    "records": {"disk"},
    "log": BASE,
    "journal": {*BASE, "log"},
    "address": set(),
    "mathematics": set(),
    "programs": set(),
    "spool": {"disk"},
    "database": BASE,
    "mapping": BASE,
    "protocol": BASE,
    "interpreter": {*BASE, "protocol"},
    "answers": {*BASE, "mathematics"},
    "solving": {*BASE, "protocol", "interpreter", "answers"},
    "sources": {*BASE, "protocol", "mathematics"},
    "dataset": {*BASE, "answers", "database", "programs", "protocol", "spool"},
    "recipes": {*BASE, "protocol", "dataset"},
    "synthesis": {*BASE, "database", "log", "programs", "spool", "protocol", "interpreter", "answers", "solving"},
    "evaluation": {*BASE, "journal", "protocol", "interpreter", "answers", "solving"},
    "report": {*BASE, "mathematics", "protocol", "evaluation"},
    "improving": {*BASE, "protocol", "dataset", "evaluation"},
    "pages": {
        *BASE,
        "log",
        "address",
        "mathematics",
        "protocol",
        "interpreter",
        "answers",
        "solving",
        "dataset",
        "evaluation",
        "database",
        "spool",
    },
    "server": {*BASE, "address", "protocol", "interpreter", "solving"},
    "commands": {
        *BASE,
        "database",
        "log",
        "mapping",
        "spool",
        "protocol",
        "interpreter",
        "answers",
        "solving",
        "evaluation",
        "sources",
        "dataset",
        "synthesis",
        "recipes",
        "improving",
        "report",
    },
}
# Rooms that load LLaMA-Factory, which takes seconds; all others must work without it. What a training YAML means is
# what its parser, converter and templates say, so that recipes asks them.
WITH_LLAMAFACTORY = {"dataset", "recipes", "server"}


def room_of(module: Path) -> str:
    return module.parts[0].removesuffix(".py")


def test_every_room_is_in_the_table() -> None:
    assert {room_of(module) for module in modules_of()} - {"__init__"} == set(MAY_IMPORT)


def test_imports_are_seen() -> None:
    assert {name[0] for name in imported(Path("server/chat/routes.py"))} >= {"server", "solving"}
    from_dot_import = ("interpreter", "sandbox", "fork_pages")
    assert from_dot_import in set(imported(Path("interpreter/sandbox/boot.py")))
    assert "llamafactory" in packages(Path("server/application.py"))


def test_the_table_has_no_circle() -> None:
    left = dict(MAY_IMPORT)
    while left:
        ground = {room for room, below in left.items() if not below & left.keys()}
        assert ground, f"these import each other in a circle: {sorted(left)}"
        left = {room: below for room, below in left.items() if room not in ground}


@pytest.mark.parametrize("module", modules_of(), ids=str)
def test_a_room_imports_only_what_is_below_it(module: Path) -> None:
    room = room_of(module)
    others = {name[0] for name in imported(module) if name} - {room}
    assert others <= MAY_IMPORT.get(room, set())


@pytest.mark.parametrize("module", modules_of(), ids=str)
def test_only_these_rooms_import_llamafactory(module: Path) -> None:
    assert "llamafactory" not in packages(module) or room_of(module) in WITH_LLAMAFACTORY
