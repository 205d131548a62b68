"""What a text says not to be the answer: the 6 of "5, not 6", of 5而非6 and of "it is not 6".

Not guaranteed: that a denial in other words, or far from what it denies, is seen.
"""

from __future__ import annotations

import re

from ...mathematics.boxes import last_box_start
from .cues import BOUNDED_BEFORE, CONTRASTED, DENIED_BEFORE, DENIED_BEHIND

__all__ = ["box_is_denied", "is_denied", "without_contrasts"]

_NEAR = 40  # characters beside a passage that may deny it


def without_contrasts(text: str) -> str:
    """Return a text without what it states its answer not to be: "5" of "5, not 6"; ``x > 1, not 2`` stays."""
    return CONTRASTED.sub(lambda found: found.group() if _is_bounded(found) else "", text)


def is_denied(text: str, answer: str) -> bool:
    """Whether a passage stands in a text only beside words that it is not the answer."""
    places = [
        found.span() for found in re.finditer(rf"(?<!\w)(?<!\d\.){re.escape(answer)}(?!\w|\.\d)", text, re.ASCII)
    ]
    return bool(places) and all(_denies(text, start, end) for start, end in places)


def box_is_denied(text: str) -> bool:
    """Whether words right before the last box say that it is not the answer; a sign does not: x ≠ and a box."""
    start = last_box_start(text)
    found = DENIED_BEFORE.search(text[max(0, start - _NEAR) : start]) if start else None
    return found is not None and found.group()[0] not in "≠\\"


def _is_bounded(found: re.Match[str]) -> bool:
    return BOUNDED_BEFORE.search(found.string[max(0, found.start() - _NEAR) : found.start()]) is not None


def _denies(text: str, start: int, end: int) -> bool:
    before, behind = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
    return DENIED_BEFORE.search(before) is not None or DENIED_BEHIND.match(behind) is not None
