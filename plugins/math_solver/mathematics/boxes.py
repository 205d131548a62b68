r"""Finding ``\boxed`` and ``\fbox`` with nested braces."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Mapping
from typing import NamedTuple

from .braces import matching_braces

__all__ = ["BETWEEN", "box_contents", "boxed_answers", "last_box_is_empty", "last_box_start"]

_MOST_BOXES = 64  # from the end
_LONGEST_BOX = 4_000
_LONGEST_GAP = 40
# Around a box that stood outside of any formula, in the written form of solutions.
_WRITTEN = re.compile(r"^\}+\$|\$\{+$")
_BOX = re.compile(r"\\(?:boxed|fbox)(?![A-Za-z])\s*")
_INNER = re.compile(r"\s*(?P<written>\$\{)?" + _BOX.pattern)
_TOKEN = re.compile(r"-?[0-9][0-9.,]*[0-9]|-?[0-9]|[A-Za-z]")
# What may stand between two answers that belong together
BETWEEN = re.compile(r"(?:[\s$,;，、；]|\\[()\[\],;]|\\quad|\\text\{\s*(?:and|or)\s*\}|\b(?:and|or)\b|和|或|以及|与)*")


def box_contents(text: str) -> list[str]:
    r"""Return what the boxes hold, in order; empty ones, open ones and inner ones do not count."""
    return [content for _, _, content in _boxes(text)]


def boxed_answers(text: str) -> str | None:
    r"""Return the content of the last ``\boxed`` or ``\fbox``, joined with the boxes that it directly follows."""
    spans = _boxes(text)
    if not spans:
        return None
    contents = [spans[-1][2]]
    for earlier, later in zip(reversed(spans[:-1]), reversed(spans[1:]), strict=True):
        between = _WRITTEN.sub("", text[earlier[1] : later[0]])
        if len(between) > _LONGEST_GAP or not between.strip() or not BETWEEN.fullmatch(between):
            break
        if "\n\n" in between or earlier[2] == later[2]:
            break
        contents.append(earlier[2])
    return ", ".join(reversed(contents))


def last_box_start(text: str) -> int | None:
    r"""Where the last ``\boxed`` or ``\fbox`` begins, whatever it holds."""
    return max((found.start() for found in _BOX.finditer(text)), default=None)


def last_box_is_empty(text: str) -> bool:
    """Whether the last box holds no answer: it is empty, or never closes because the text was cut."""
    starts = [found.end() for found in _BOX.finditer(text)]
    if not starts or text[starts[-1] : starts[-1] + 1] != "{":
        return False
    held = _held(text, starts[-1], matching_braces(text))
    return held is None or not text[held.first : held.last].strip()


def _boxes(text: str) -> list[tuple[int, int, str]]:
    """Start, end and content of the last boxes."""
    starts = deque((found.span() for found in _BOX.finditer(text)), maxlen=_MOST_BOXES)
    braces = matching_braces(text) if starts else {}
    spans: list[tuple[int, int, str]] = []
    position = 0
    for start, after in starts:
        if start < position:
            continue  # inside the box before
        held = _held(text, after, braces)
        position = held.end if held else after
        if held and text[held.first : held.last].strip():
            spans.append((start, held.end, _unboxed(text, held, braces)))
    return spans


class _Held(NamedTuple):
    """The range of a box's content in the text, and the end of the box."""

    first: int
    last: int
    end: int


def _held(text: str, start: int, braces: Mapping[int, int]) -> _Held | None:
    """The braced group or single token at ``start``; None when it never closes."""
    if text[start : start + 1] == "{":
        closing = braces.get(start)
        return None if closing is None or closing - start >= _LONGEST_BOX else _Held(start + 1, closing, closing + 1)
    token = _TOKEN.match(text, start)
    return _Held(token.start(), token.end(), token.end()) if token else None


def _unboxed(text: str, held: _Held, braces: Mapping[int, int]) -> str:
    """The content, without boxes that wrap all of it."""
    first, last, _ = held
    while found := _INNER.match(text, first, last):
        inner = _held(text, found.end(), braces)
        if inner is None or text[inner.end : last].strip() != ("}$" if found["written"] else ""):
            break
        first, last, _ = inner
    return text[first:last].strip()
