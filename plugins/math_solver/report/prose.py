"""Model text as HTML: everything escaped, formulas typeset, fenced blocks as code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from ..protocol import truncate_middle
from ..solving.worked import ESCAPE
from .mathml import typeset

__all__ = ["answer", "code", "headline", "prose"]

LONGEST = 6_000
_FENCE = re.compile(rf"^(`{{3,}})([\w+-]*)[ \t{ESCAPE}]*\n(.*?)(?:\n\1[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)
# A dollar opens before a non-space and closes behind one, with no digit after it: "$5 and $7" is money.
_FORMULA = re.compile(
    r"\$\$(?P<block>[^$]{1,2000}?)\$\$"
    r"|\\\[(?P<bracket>.{1,2000}?)\\\]"
    r"|\\\((?P<paren>.{1,2000}?)\\\)"
    r"|(?<![\\$])\$(?=[^\s$])(?P<inline>[^$\n]{0,1000}?[^\s$\\])\$(?!\d)"
    r"|(?P<boxed>\\boxed\s*\{(?:[^{}]|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})*\})"
    r"|\*\*(?P<bold>[^*\n]{1,200}?)\*\*",
    re.DOTALL,
)
_LATEX = re.compile(r"[\\^_{}]")


def prose(text: str) -> str:
    """A text in paragraphs; one that is very long loses its middle."""
    return "".join(_parts(truncate_middle(text.strip(), LONGEST)))


def _parts(text: str) -> Iterator[str]:
    position = 0
    for fence in _FENCE.finditer(text):
        yield from _paragraphs(text[position : fence.start()])
        yield code(fence.group(3), "output" if fence.group(2) == "output" else "code")
        position = fence.end()
    yield from _paragraphs(text[position:])


def _paragraphs(text: str) -> Iterator[str]:
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        if paragraph.strip():
            yield f"<p>{_inline(paragraph.strip())}</p>"


def _inline(text: str) -> str:
    pieces, position = [], 0
    for found in _FORMULA.finditer(text):
        pieces.append(escape(text[position : found.start()]))
        block = found["block"] or found["bracket"]
        if found["bold"]:
            pieces.append(f"<strong>{escape(found['bold'])}</strong>")
        else:
            formula = block or found["paren"] or found["inline"] or found["boxed"]
            pieces.append(typeset(formula, block=bool(block)))
        position = found.end()
    return "".join([*pieces, escape(text[position:])])


def headline(text: str, most: int = 300) -> str:
    """The beginning of a text on one line; a formula that is cut in two stays source."""
    line = " ".join(text.replace("$$", "$").split())
    return _inline(line if len(line) <= most else f"{line[:most]}…")


def code(text: str, kind: str = "code") -> str:
    """A program or its output, byte for byte."""
    return f'<pre class="{kind}"><code>{escape(truncate_middle(text, LONGEST))}</code></pre>'


def answer(text: str | None) -> str:
    """A bare answer: a formula where it is written in LaTeX, else text."""
    if text is None or not text.strip():
        return '<span class="none">none</span>'
    short = truncate_middle(text.strip(), 400)
    if "$" in short:
        return _inline(short)
    return typeset(short, large=True) if _LATEX.search(short) else escape(short)
