"""Finding listings: programs and their outputs between backticks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

__all__ = ["ListingSpan", "listing_spans"]

_RUN = re.compile(r"`{3,}")
# The rest of the line on which a block opens: a language or nothing
_HEAD = re.compile(r"[ \t]*+\{?\.?(?P<language>(?:[A-Za-z][\w+#.-]*+)?)\}?[ \t\u200b]*+(?:\n|\Z)", re.ASCII)
_REST_IS_BLANK = re.compile(r"[ \t]*(?:\n|\Z)")
_ESCAPE = "\u200b"  # behind backticks: the written form of a solution marks so those that close nothing


class ListingSpan(NamedTuple):
    """The range of a listing in the text, the range of its content, and the language written at its opening."""

    start: int
    end: int
    first: int
    last: int
    language: str


class _Run(NamedTuple):
    """Three or more backticks, and what stands beside them on their line: only blanks, or the head of a block."""

    start: int
    end: int
    begins_line: bool
    ends_line: bool
    is_escaped: bool
    head: re.Match[str] | None

    @property
    def length(self) -> int:
        return self.end - self.start

    @property
    def names_language(self) -> bool:
        return self.head is not None and bool(self.head["language"])

    @property
    def may_stay_open(self) -> bool:
        return self.head is not None and (self.begins_line or self.names_language)

    @property
    def closes(self) -> bool:
        """Whether it ends a block: it begins its line and names no language, which would open another."""
        return self.begins_line and not self.names_language and not self.is_escaped

    @property
    def may_close(self) -> bool:
        """Whether it may end a block that nothing else ends: it ends the line, behind a program's last one."""
        return self.ends_line and not self.begins_line


def listing_spans(text: str) -> Iterator[ListingSpan]:
    r"""Yield the listings of a text, in order.

    A block starts on the line after its backticks and ends at backticks that begin a line, or with the text. Where
    there are none before a block of another language, it ends at backticks that end a line, as models write them:
    ``"x```"``. What starts right behind its backticks, as in ``"printed: ```7```"``, ends at the next ones. Fewer
    backticks than at the opening close nothing, so that a listing can show three of them.
    """
    if "```" not in text:
        return
    runs = _Runs([_run(text, found) for found in _RUN.finditer(text)])
    index = 0
    while index < len(runs.runs):
        opening = runs.runs[index]
        closing = runs.closing(index)
        if closing is not None or opening.may_stay_open:
            end = len(text) if closing is None else runs.runs[closing].end
            yield _span(text, opening, end, len(text) if closing is None else runs.runs[closing].start)
            index = len(runs.runs) if closing is None else closing
        index += 1


def _run(text: str, found: re.Match[str]) -> _Run:
    start, end = found.span()
    before = start
    while before and text[before - 1] in " \t":
        before -= 1
    return _Run(
        start,
        end,
        before == 0 or text[before - 1] == "\n",
        _REST_IS_BLANK.match(text, end) is not None,
        text.startswith(_ESCAPE, end),
        _HEAD.match(text, end),
    )


class _Runs:
    """The runs of a text, and how long those are that may close a listing from each on: no search is in vain."""

    def __init__(self, runs: Sequence[_Run]) -> None:
        self.runs = runs
        self.of_any = self._most(lambda run: True)
        self.that_close = self._most(lambda run: run.closes)
        self.that_close_here = self._most(lambda run: run.closes, here=True)
        self.that_may_close_here = self._most(lambda run: run.may_close, here=True)

    def _most(self, counts: Callable[[_Run], bool], here: bool = False) -> list[int]:
        """The length of the longest run that counts from each on; if ``here``, before the next named language."""
        most = [0]
        for run in reversed(self.runs):
            most.append(0 if here and run.names_language else max(most[-1], run.length * counts(run)))
        return most[::-1]

    def closing(self, opening: int) -> int | None:
        """The index of the run that closes the listing which another opens."""
        if self.runs[opening].head is None:
            return self._next(opening, self.of_any, lambda run: True)
        closing = self._next(opening, self.that_close_here, lambda run: run.closes)
        if closing is None:
            closing = self._next(opening, self.that_may_close_here, lambda run: run.may_close)
        return self._next(opening, self.that_close, lambda run: run.closes) if closing is None else closing

    def _next(self, opening: int, most: Sequence[int], counts: Callable[[_Run], bool]) -> int | None:
        length = self.runs[opening].length
        if most[opening + 1] < length:
            return None
        following = range(opening + 1, len(self.runs))
        return next(index for index in following if self.runs[index].length >= length and counts(self.runs[index]))


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
