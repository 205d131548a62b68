"""Splitting text into sentences and stripping what is no part of an answer."""

from __future__ import annotations

import re
from bisect import bisect_right

from ...mathematics import find_formulas

__all__ = ["clean", "first_sentence", "last_sentences", "without_bold"]

_BOLD_MARK = re.compile(r"(?<![\w)])\*\*|\*\*(?![\w(])")
_CLOSING = re.compile(
    r"(?:(?<!\.)\.\.(?=\s*$)|(?<=[ap]\.m\.)[.。]|(?<=[^.])[.。]|(?<=\.{3})\.|[,，;；:：]|(?<![\d)}])[!！]|(?<=[\d)}])！)+\s*$"
)
_END = re.compile(
    r"(?<=[^\s.])(?<!\bMr)(?<!\bDr)(?<!\bMs)(?<!\bMrs)(?<!\bSt)\.(?=\s+[A-Z*#]|\s*$)"
    r"|(?<![\\\d)}])!(?=\s|$)|(?<!\\)[。！？?](?=\s|$|[^\s)\d])|\n(?!\s*(?:\\\[|\$\$))",
    re.M,
)


def first_sentence(text: str) -> str:
    """Return the text up to the first sentence end."""
    ends = _ends(text)
    return text[: ends[0]] if ends else text


def last_sentences(text: str, most: int = 1) -> list[str]:
    """Return up to ``most`` sentences from the end, the last one first; blank ones do not count."""
    bounds = [-1, *_ends(text), len(text)]
    found: list[str] = []
    for start, end in zip(reversed(bounds[:-1]), reversed(bounds[1:]), strict=True):
        sentence = text[start + 1 : end].strip()
        if sentence.strip("*$ "):
            found.append(sentence)
            if len(found) == most:
                break
    return found


def clean(text: str) -> str:
    """Strip markdown and closing punctuation from a passage."""
    return without_bold(_CLOSING.sub("", text.strip().strip("_").strip())).strip()


def without_bold(text: str) -> str:
    """Remove ``**`` that marks bold type; ``2**3`` stays."""
    return _BOLD_MARK.sub("", text)


def _ends(text: str) -> list[int]:
    """Positions of sentence ends outside formulas."""
    ends = [found.start() for found in _END.finditer(text)]
    formulas = find_formulas(text) if ends else ()
    if not formulas:
        return ends
    starts = [formula.start for formula in formulas]
    before = [bisect_right(starts, end) - 1 for end in ends]
    return [end for end, last in zip(ends, before, strict=True) if last < 0 or end >= formulas[last].end]
