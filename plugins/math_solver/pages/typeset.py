"""Untrusted text as HTML: every character escaped, its formulas marked for KaTeX.

The HTML is one line in one ``<div>``, which gradio's Markdown component passes on as it is: no Markdown, links,
images or diagrams come from the text. Mathematics stands between private characters (``DELIMITERS``), so that a
dollar sign in the text is never taken for a delimiter. What KaTeX cannot read it shows in red.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence

from ..mathematics import Formula, Listing, Piece, Words, find_pieces
from ..protocol import truncate_middle

__all__ = ["DELIMITERS", "listing", "plain", "typeset", "typeset_answer"]

LONGEST = 20_000  # characters shown of a text
LONGEST_FORMULA = 2_000
DEEPEST = 40  # braces in braces; KaTeX recurses

_INLINE, _DISPLAY = ("\ue000", "\ue001"), ("\ue002", "\ue003")
DELIMITERS: list[dict[str, str | bool]] = [
    {"left": _DISPLAY[0], "right": _DISPLAY[1], "display": True},
    {"left": _INLINE[0], "right": _INLINE[1], "display": False},
]
_PRIVATE = re.compile("[\ue000-\ue003\x00-\x08\x0b-\x1f]")
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_HUGE = re.compile(r"\d{3,}(?:\.\d*)?\s*(?:em|ex|mu|pt|bp|pc|in|cm|mm|dd|cc|sp)\b")  # lengths
_CHINESE = re.compile(r"[\u2e80-\u9fff\uff00-\uffef]+")
_WORD = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{2,}")


def typeset(text: str) -> str:
    """Prose with its formulas and fenced programs."""
    text = _PRIVATE.sub("\ufffd", truncate_middle(text.strip().replace("\r\n", "\n"), LONGEST))
    return _block(_written(find_pieces(text)))


def typeset_answer(text: str | None) -> str:
    """An answer, which is often LaTeX without delimiters."""
    if text is None or not text.strip():
        return _block(["<em>no answer</em>"])
    text = _PRIVATE.sub("\ufffd", text.strip())
    match find_pieces(text):
        case [Formula(latex=latex, display=False)]:
            return _large(latex, text)
        case pieces if not all(isinstance(piece, Words) for piece in pieces):
            return typeset(text)
    if "\\" not in text and (_WORD.search(text) or _CHINESE.search(text)):
        return typeset(text)
    return _large(re.sub(r"(?<!\\)\$", r"\\$", text), text)


def _large(latex: str, written: str) -> str:
    return _block([_formula(rf"\displaystyle {latex}", written, _INLINE)])


def plain(text: str) -> str:
    """A text as it stands, without formulas, for use inside a block of HTML."""
    return _words(_PRIVATE.sub("\ufffd", text))


def listing(text: str) -> str:
    """A program or its output, character by character."""
    return _block([_listing(_PRIVATE.sub("\ufffd", truncate_middle(text, LONGEST)))])


def _block(pieces: Iterable[str]) -> str:
    return f'<div class="typeset">{"".join(pieces)}</div>'


def _written(pieces: Sequence[Piece]) -> Iterator[str]:
    for before, piece, after in zip((None, *pieces), pieces, (*pieces[1:], None), strict=False):
        if isinstance(piece, Listing):
            yield _listing(piece.text.rstrip("\n"))
        elif isinstance(piece, Formula):
            yield _formula(piece.latex, piece.source, _DISPLAY if piece.display else _INLINE)
        else:
            text = piece.text.lstrip("\n") if _is_edge(before) else piece.text
            yield _words(text.rstrip("\n") if _is_edge(after) else text, piece.bold)


def _is_edge(beside: Piece | None) -> bool:
    """Whether line ends next to this are no part of the prose: a listing makes its own."""
    return beside is None or isinstance(beside, Listing)


def _words(text: str, bold: bool = False) -> str:
    written = _escape(text).replace("\n", "<br>")
    return f"<strong>{written}</strong>" if bold and text else written


def _escape(text: str) -> str:
    """Percent signs too: gradio swaps formulas for ``%%%LATEX_BLOCK_0%%%`` for a while."""
    return html.escape(text).replace("%", "&#37;")


def _listing(text: str) -> str:
    """Line ends as entities: a blank line would end the HTML block."""
    return f"<pre><code>{_escape(text).replace(chr(10), '&#10;')}</code></pre>"


def _formula(latex: str, written: str, marks: tuple[str, str]) -> str:
    if len(latex) > LONGEST_FORMULA or not _readable(latex):
        return f'<span class="unread">{_words(written)}</span>'
    latex = re.sub(r"(?<!\\)%", r"\\%", latex)  # a bare one would hide the rest as a comment
    latex = _CHINESE.sub(r"\\text{\g<0>}", latex)
    return marks[0] + html.escape(" ".join(latex.split())) + marks[1]


def _readable(latex: str) -> bool:
    """Braces that pair (KaTeX's search for the end counts them) and do not go too deep; no page-long rules."""
    depth = 0
    for brace in _BRACE.findall(latex):
        depth += {"{": 1, "}": -1}.get(brace, 0)
        if not 0 <= depth <= DEEPEST:
            return False
    return depth == 0 and latex.count(r"\left") <= DEEPEST and not _HUGE.search(latex)
