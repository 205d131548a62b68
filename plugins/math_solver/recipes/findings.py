"""What is said of a recipe: an error ends or spoils the run, a warning may, a note only tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Finding", "Level", "Said", "error", "note", "one_line", "warning"]

Level = Literal["error", "warning", "note"]


@dataclass(frozen=True)
class Said:
    """What a trap found, and what mends it."""

    level: Level
    found: str
    remedy: str


@dataclass(frozen=True)
class Finding:
    """``trap`` is the name of the function that found it."""

    level: Level
    trap: str
    found: str
    remedy: str


def error(found: str, remedy: str) -> Said:
    return Said("error", found, remedy)


def warning(found: str, remedy: str) -> Said:
    return Said("warning", found, remedy)


def note(found: str, remedy: str = "") -> Said:
    return Said("note", found, remedy)


def one_line(said: object, most: int = 300) -> str:
    """What others say, in a line of so many characters."""
    return " ".join(str(said).split())[:most]
