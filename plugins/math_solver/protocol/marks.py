"""Patterns that may arrive in pieces: where one is, and where one may be about to come."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

__all__ = ["Looks", "Mark", "literal", "one_of", "overlap"]

FEW = 256


@dataclass(frozen=True)
class Mark:
    """A pattern as a sequence of atoms, each a regular expression for a character or a run of one class.

    ``full`` finds the pattern; ``partial`` finds the start of one that the end of the text cuts.
    """

    atoms: tuple[str, ...]
    full: re.Pattern[str] = field(init=False)
    partial: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "full", re.compile("".join(self.atoms)))
        object.__setattr__(self, "partial", re.compile(_prefix(self.atoms) + r"\Z"))


class Looks:
    """When to look again at text that grows and may yet become a mark.

    A look costs as much as there is to look at. A few characters are looked at whenever there is one more; of many
    there must be an eighth more, so that all looks together cost a multiple of the text, however small its pieces.
    """

    def __init__(self) -> None:
        self._start, self._due = -1, 0

    def due(self, start: int, end: int) -> bool:
        """Whether to look from ``start`` on, now that the text goes to ``end``."""
        if start == self._start and end - start > FEW and end < self._due:
            return False
        self._start, self._due = start, end + (end - start) // 8
        return True


def literal(text: str) -> tuple[str, ...]:
    """The atoms of a text that stands for itself."""
    return tuple(re.escape(character) for character in text)


def one_of(marks: Sequence[Mark]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The ``full`` pattern of several marks, a group for each (from ``_0``), and their ``partial`` one."""
    full = "|".join(f"(?P<_{index}>{mark.full.pattern})" for index, mark in enumerate(marks))
    return re.compile(full), re.compile("|".join(f"(?:{mark.partial.pattern})" for mark in marks))


def overlap(text: str, word: str) -> int:
    """How many characters at the end of a text could begin a word, the whole word not among them."""
    return next((size for size in range(min(len(text), len(word) - 1), 0, -1) if word.startswith(text[-size:])), 0)


def _prefix(atoms: Sequence[str]) -> str:
    """A pattern for the first atom and as many of the others as there are, in their order."""
    first, *others = atoms
    nested = ""
    for atom in reversed(others):
        nested = f"(?:{atom}{nested})?"
    return first + nested
