"""A text as its words, formulas and listings."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TypeAlias

from .formulas import formula_spans
from .listings import listing_spans

__all__ = ["Formula", "Listing", "Piece", "Words", "find_formulas", "find_listings", "find_pieces", "replace_pieces"]


@dataclass(frozen=True)
class Words:
    """Prose; ``text`` is ``source`` without the ``**`` that set it in bold type."""

    source: str
    start: int
    text: str
    bold: bool = False

    @property
    def end(self) -> int:
        return self.start + len(self.source)


@dataclass(frozen=True)
class Formula:
    """``latex`` without delimiters; ``display`` where it was written to stand on a line of its own."""

    source: str
    start: int
    latex: str
    display: bool

    @property
    def end(self) -> int:
        return self.start + len(self.source)


@dataclass(frozen=True)
class Listing:
    """A program or an output, ``text`` without backticks; ``language`` as written, "" where none was."""

    source: str
    start: int
    text: str
    language: str

    @property
    def end(self) -> int:
        return self.start + len(self.source)


Piece: TypeAlias = Words | Formula | Listing

# ``**`` that opens or closes bold type, unless it is a power: 2**3
_STARS = re.compile(r"(?<!\*)\*\*(?!\*)(?:(?<![A-Za-z0-9)\]]\*\*)|(?![A-Za-z0-9(\[]))|\n")


def find_pieces(text: str) -> list[Piece]:
    """Return the pieces of a text in order; their sources joined are the text."""
    pieces: list[Piece] = []
    position = 0
    for listing in find_listings(text):
        pieces += _prose(text, position, listing.start)
        pieces.append(listing)
        position = listing.end
    return [*pieces, *_prose(text, position, len(text))]


@lru_cache(maxsize=32)  # who reads an answer asks several times about one text
def find_formulas(text: str) -> tuple[Formula, ...]:
    """Return the formulas of a text in order, without those in listings."""
    formulas: list[Formula] = []
    position = 0
    for listing in find_listings(text):
        formulas += _formulas(text, position, listing.start)
        position = listing.end
    return (*formulas, *_formulas(text, position, len(text)))


def find_listings(text: str) -> list[Listing]:
    """Return the listings of a text in order."""
    return [
        Listing(text[span.start : span.end], span.start, text[span.first : span.last], span.language)
        for span in listing_spans(text)
    ]


def replace_pieces(text: str, pieces: Iterable[Piece], by: str = "") -> str:
    """Return a text with the same words in the place of each of its pieces, which are given in order."""
    parts, position = [], 0
    for piece in pieces:
        parts += [text[position : piece.start], by]
        position = piece.end
    return "".join((*parts, text[position:]))


def _formulas(text: str, start: int, end: int) -> Iterator[Formula]:
    """The formulas of a part of the text that holds no listing."""
    for span in formula_spans(text[start:end]):
        source = text[start + span.start : start + span.end]
        yield Formula(source, start + span.start, span.latex, span.display)


def _prose(text: str, start: int, end: int) -> list[Words | Formula]:
    """Words and formulas of a part of the text that holds no listing."""
    pieces: list[Words | Formula] = []
    position = start
    for formula in _formulas(text, start, end):
        pieces += _words(text, position, formula.start)
        pieces.append(formula)
        position = formula.end
    pieces += _words(text, position, end)
    cuts = _bold_cuts(text, pieces)
    return [part for piece in pieces for part in _cut(piece, cuts)] if cuts else pieces


def _words(text: str, start: int, end: int) -> list[Words]:
    return [Words(text[start:end], start, text[start:end])] if start < end else []


def _bold_cuts(text: str, pieces: Sequence[Words | Formula]) -> list[int]:
    """Where bold type begins and ends, in turn: from ``**`` to the next on its line, formulas in between or not."""
    cuts: list[int] = []
    opened: int | None = None
    for piece in pieces:
        for found in _STARS.finditer(text, piece.start, piece.end) if isinstance(piece, Words) else ():
            if found.group() == "\n":
                opened = None
            elif opened is not None and not text[found.start() - 1].isspace():
                cuts += [opened, found.end()]
                opened = None
            elif opened is None and not text[found.end() : found.end() + 1].isspace():
                opened = found.start()
    return cuts


def _cut(piece: Words | Formula, cuts: Sequence[int]) -> Iterator[Words | Formula]:
    if isinstance(piece, Formula):
        yield piece
        return
    first, last = bisect_right(cuts, piece.start), bisect_left(cuts, piece.end)
    for start, end in pairwise((piece.start, *cuts[first:last], piece.end)):
        passed = bisect_right(cuts, start)
        source = piece.source[start - piece.start : end - piece.start]
        yield _bold(source, start, cuts[passed - 1], cuts[passed]) if passed % 2 else Words(source, start, source)


def _bold(source: str, start: int, opened: int, closed: int) -> Words:
    text = source[2:] if start == opened else source
    return Words(source, start, text[:-2] if start + len(source) == closed else text, bold=True)
