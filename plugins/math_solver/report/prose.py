"""Model text as HTML: everything escaped, formulas typeset, programs and outputs as code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

from ..mathematics import Formula, Listing, Piece, find_pieces
from ..protocol import truncate_middle
from .mathml import typeset

__all__ = ["answer", "code", "headline", "prose"]

LONGEST = 6_000
_BLANK_LINES = re.compile(r"\n\s*\n")
_LATEX = re.compile(r"[\\^_{}]")


def prose(text: str) -> str:
    """A text in paragraphs; one that is very long loses its middle."""
    return "".join(_blocks(find_pieces(truncate_middle(text.strip(), LONGEST))))


def _blocks(pieces: Iterable[Piece]) -> Iterator[str]:
    """Paragraphs, which end at blank lines, and listings between them."""
    paragraph = ""
    for piece in pieces:
        if isinstance(piece, Listing):
            yield from _paragraph(paragraph)
            yield code(piece.text, "output" if piece.language == "output" else "code")
            paragraph = ""
        elif isinstance(piece, Formula):
            paragraph += typeset(piece.latex, block=piece.display)
        else:
            first, *others = _BLANK_LINES.split(piece.text)
            paragraph += _words(first, piece.bold)
            for other in others:
                yield from _paragraph(paragraph)
                paragraph = _words(other, piece.bold)
    yield from _paragraph(paragraph)


def _paragraph(html: str) -> Iterator[str]:
    if html.strip():
        yield f"<p>{html.strip()}</p>"


def _words(text: str, bold: bool) -> str:
    return f"<strong>{escape(text)}</strong>" if bold and text else escape(text)


def _line(pieces: Iterable[Piece]) -> str:
    """A text on one line: displayed formulas and listings stand in it like words."""
    return "".join(map(_inline, pieces))


def _inline(piece: Piece) -> str:
    if isinstance(piece, Formula):
        return typeset(piece.latex)
    return f"<code>{escape(piece.text)}</code>" if isinstance(piece, Listing) else _words(piece.text, piece.bold)


def headline(text: str, most: int = 300) -> str:
    """The beginning of a text on one line; a formula that is cut in two stays source."""
    line = " ".join(text.split())
    return _line(find_pieces(line if len(line) <= most else f"{line[:most]}…"))


def code(text: str, kind: str = "code") -> str:
    """A program or its output, byte for byte."""
    return f'<pre class="{kind}"><code>{escape(truncate_middle(text, LONGEST))}</code></pre>'


def answer(text: str | None) -> str:
    """A bare answer: a formula where it is written in LaTeX, else text."""
    if text is None or not text.strip():
        return '<span class="none">none</span>'
    short = truncate_middle(text.strip(), 400)
    match find_pieces(short):
        case [Formula(latex=latex)]:
            return typeset(latex, large=True)
        case pieces if "$" in short or any(isinstance(piece, Formula) for piece in pieces):
            return _line(pieces)
    return typeset(short, large=True) if _LATEX.search(short) else escape(short)
