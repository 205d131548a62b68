"""Texts put aside on disk and searched as a whole, without regard to case and line breaks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

import numpy as np

from ...spool import Pieces
from .facets import Mask

__all__ = ["Texts", "wanted"]

_BLOCK = 4 << 20  # bytes read at a time
_END = b"\xff"  # stands in no UTF-8, so that nothing is found across two texts
_WORDS = re.compile(r'"([^"]*)"|(\S+)')


class Texts(Pieces):
    """Texts put aside, to be searched all at once."""

    def __init__(self, block: int = _BLOCK) -> None:
        super().__init__()
        self._block = block

    def append(self, text: str) -> None:
        self.put(_plain(text) + _END)

    def holding(self, query: str) -> Mask:
        """Which texts hold all of the words; what stands between double quotes is one of them, spaces and all."""
        found = np.ones(len(self), dtype=bool)
        for words in wanted(query):
            found &= self._holding(_plain(words))
        return found

    def _holding(self, needle: bytes) -> Mask:
        found = np.zeros(len(self), dtype=bool)
        for first, block in self._blocks():
            start = self._starts[first]
            place = block.find(needle)
            while place >= 0:
                number = bisect_right(self._starts, start + place) - 1
                found[number] = True
                place = block.find(needle, self._starts[number + 1] - start)
        return found

    def _blocks(self) -> Iterator[tuple[int, bytes]]:
        """The file in pieces that end where a text does, each with the number of its first text."""
        first = 0
        while first < len(self):
            behind = max(first + 1, bisect_right(self._starts, self._starts[first] + self._block) - 1)
            yield first, self.between(first, behind)
            first = behind


def wanted(query: str) -> list[str]:
    """The words and quoted phrases of a query."""
    return [found for quoted, word in _WORDS.findall(query) if (found := (quoted or word).strip())]


def _plain(text: str) -> bytes:
    return " ".join(text.casefold().split()).encode("utf-8", "replace")
