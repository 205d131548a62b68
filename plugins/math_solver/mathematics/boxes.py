r"""Finding ``\boxed`` and ``\fbox`` with nested braces."""

from __future__ import annotations

import re
from collections import deque

__all__ = ["BETWEEN", "box_contents", "boxed_answers", "ends_in_open_box"]

_MOST_BOXES = 64  # from the end
_LONGEST_BOX = 4_000
_LONGEST_GAP = 40
_BOX = re.compile(r"\\(?:boxed|fbox)(?![A-Za-z])\s*")
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
        between = text[earlier[1] : later[0]]
        if len(between) > _LONGEST_GAP or not between.strip() or not BETWEEN.fullmatch(between):
            break
        if "\n\n" in between or earlier[2] == later[2]:
            break
        contents.append(earlier[2])
    return ", ".join(reversed(contents))


def ends_in_open_box(text: str) -> bool:
    """Whether the last box never closes: the text was cut in the middle of its answer."""
    ends = [found.end() for found in _BOX.finditer(text)]
    return bool(ends) and text[ends[-1] : ends[-1] + 1] == "{"


def _boxes(text: str) -> list[tuple[int, int, str]]:
    """Start, end and content of the last boxes."""
    starts = deque((found.span() for found in _BOX.finditer(text)), maxlen=_MOST_BOXES)
    spans: list[tuple[int, int, str]] = []
    position = 0
    for start, after in starts:
        if start < position:
            continue  # inside the box before
        content, end = _group(text, after)
        position = max(end, after)
        if content is not None and content.strip():
            spans.append((start, end, _unbox(content)))
    return spans


def _unbox(content: str) -> str:
    """Strip boxes that wrap a box's whole content."""
    content = content.strip()
    while found := _BOX.match(content):
        inner, end = _group(content, found.end())
        if inner is None or content[end:].strip():
            break
        content = inner.strip()
    return content


def _group(text: str, start: int) -> tuple[str | None, int]:
    """Return the braced group or single token at ``start`` and where it ends; None when it never closes."""
    if start >= len(text):
        return None, start
    if text[start] != "{":
        token = _TOKEN.match(text, start)
        return (token.group(), token.end()) if token else (None, start)
    depth, index = 0, start
    while index < min(len(text), start + _LONGEST_BOX):
        char = text[index]
        if char == "\\":
            index += 2
            continue
        depth += (char == "{") - (char == "}")
        index += 1
        if depth == 0:
            return text[start + 1 : index - 1], index
    return None, start
