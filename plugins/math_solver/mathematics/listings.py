"""Finding listings: programs and their outputs between backticks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

__all__ = ["ListingSpan", "listing_spans"]

_RUN = re.compile(r"`{3,}")
# The rest of the line on which a block opens: a language or nothing
_HEAD = re.compile(r"[ \t]*+\{?\.?(?P<language>(?:[A-Za-z][\w+#.-]*+)?)\}?[ \t]*+(?:\n|\Z)", re.ASCII)
_REST_IS_BLANK = re.compile(r"[ \t]*(?:\n|\Z)")


class ListingSpan(NamedTuple):
    """The range of a listing in the text, the range of its content, and the language written at its opening."""

    start: int
    end: int
    first: int
    last: int
    language: str


class _Run(NamedTuple):
    """Three or more backticks, and whether only blanks stand before or behind them on their line."""

    start: int
    end: int
    begins_line: bool
    ends_line: bool
    head: re.Match[str] | None

    @property
    def length(self) -> int:
        return self.end - self.start

    @property
    def may_stay_open(self) -> bool:
        return self.head is not None and (self.begins_line or bool(self.head["language"]))

    @property
    def may_close(self) -> bool:
        """Whether a block may end here; what names a language only opens."""
        return self.ends_line or (self.begins_line and not (self.head and self.head["language"]))


def listing_spans(text: str) -> Iterator[ListingSpan]:
    r"""Yield the listings of a text, in order.

    A block starts on the line after its backticks and ends at backticks that begin or end a line (models write
    ``"x```"``), or with the text. What starts right behind its backticks, as in ``"printed: ```7```"``, ends at
    the next ones. Fewer backticks than at the opening close nothing, so that a listing can show three of them.
    """
    runs = [_run(text, found) for found in _RUN.finditer(text)]
    most = {block: _most_from(run.length * (run.may_close or not block) for run in runs) for block in (True, False)}
    index = 0
    while index < len(runs):
        opening = runs[index]
        closing = _closing(runs, index, most[opening.head is not None])
        if closing is not None or opening.may_stay_open:
            end = len(text) if closing is None else runs[closing].end
            yield _span(text, opening, end, len(text) if closing is None else runs[closing].start)
            index = len(runs) if closing is None else closing
        index += 1


def _run(text: str, found: re.Match[str]) -> _Run:
    start, end = found.span()
    before = start
    while before and text[before - 1] in " \t":
        before -= 1
    begins = before == 0 or text[before - 1] == "\n"
    return _Run(start, end, begins, _REST_IS_BLANK.match(text, end) is not None, _HEAD.match(text, end))


def _most_from(lengths: Iterable[int]) -> list[int]:
    """The greatest length from each place on, and 0 behind the last."""
    return [*reversed([*accumulate(reversed([*lengths]), max)]), 0]


def _closing(runs: Sequence[_Run], opening: int, most: Sequence[int]) -> int | None:
    """The run that closes an opening; looked for only where ``most`` says that there is one."""
    length, block = runs[opening].length, runs[opening].head is not None
    if most[opening + 1] < length:
        return None
    return next(
        index
        for index in range(opening + 1, len(runs))
        if runs[index].length >= length and (runs[index].may_close or not block)
    )


def _span(text: str, opening: _Run, end: int, closing: int) -> ListingSpan:
    first = min(opening.end if opening.head is None else opening.head.end(), closing)
    language = opening.head["language"] if opening.head else ""
    return ListingSpan(opening.start, end, first, _last(text, first, closing), language)


def _last(text: str, first: int, end: int) -> int:
    """The end of the content: before its last line end and the blanks in front of the closing backticks."""
    last = end
    while last > first and text[last - 1] in " \t":
        last -= 1
    return last - 1 if last > first and text[last - 1] == "\n" else end
