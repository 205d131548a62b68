r"""Rows of JSON files, whatever their name says: JSONL, an array, objects one after another, an object of objects.

    {"id": 1}\n{"id": 2}                        one a line
    [{"id": 1}, {"id": 2}]                      an array
    {\n  "id": 1\n}\n{\n  "id": 2\n}            objects one after another, each over several lines
    {"7": {"q": 1}, "9": {"q": 2}}              an object keyed by id: the key becomes the ``id`` of a row without one
    {"keywords": "x", "example": [{"q": 1}]}    an object around an array (``example``, ``data``, ``rows``, ...)

A broken row is skipped up to where the next one begins. In JSONL that is the next line. Elsewhere it is the next brace
at the place where those of other rows stand: at the beginning of a line with the same indentation, or before the key
with which other rows begin. So a bracket too many or too few costs one row, not the rest of the file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from ...records import RecordError
from .opening import Broken, checked, open_text

__all__ = ["json_rows"]

_LONGEST_ROW = 64 * 2**20  # characters; a longer one is broken
_CHUNK = 2**18
_LONGEST_TOKEN = 12  # of JSON that an end of the text may cut without its saying so: an escaped pair
_LONGEST_MARK = 1_000
_DECODER = json.JSONDecoder()
_STRING = r'"(?:[^"\\]|\\.)*"'
_SCALAR = rf"(?:{_STRING}|-?[\d.eE+-]+|true|false|null)"
_WRAPPED = re.compile(
    rf'\s*\{{(?:\s*{_STRING}\s*:\s*{_SCALAR}\s*,)*\s*"(?:example|examples|data|rows|instances)"\s*:\s*(?=\[\s*\{{)'
)
_KEYED = re.compile(rf"\s*\{{\s*{_STRING}\s*:\s*(?=\{{)")
_NEXT_KEYED = re.compile(rf"\s*,\s*{_STRING}\s*:\s*(?=\{{)")
_KEY = re.compile(rf"\s*({_STRING})\s*:\s*")
_FIRST_KEY = re.compile(rf"\{{\s*({_STRING})\s*:")
_GAP = re.compile(r"[\s,]*")


def json_rows(path: Path) -> Iterator[dict[str, Any] | Broken]:
    """The rows of a JSON file.

    Raises:
        RecordError: as ``open_text``, or the file begins like no JSON of objects.
    """
    with open_text(path) as file:
        text = _Text(file)
        if text.skip_gap():
            named = path.name.lower().removesuffix(".gz").endswith((".jsonl", ".ndjson"))
            yield from map(checked, _rows(path, text, named))


def _rows(path: Path, text: _Text, named_lines: bool) -> Iterator[Any]:
    opening = text.held[text.at]
    if opening not in "{[":
        raise RecordError(f"{path}: begins with {opening!r}; it must be JSON or JSONL")
    if opening == "[":
        text.at += 1
        return _Values(text, closing="]").read()
    if text.is_lines(named_lines):
        return _lines(text)
    if text.enter_wrapper():
        return _Values(text, closing="]").read()
    if text.enter_keyed():
        return _Values(text, closing="}", keyed=True).read()
    return _Values(text, closing=None).read()


@dataclass(frozen=True)
class _Decoded:
    value: Any
    end: int


class _Text:
    """The part of a file that is held; ``at`` is the place in it of the next thing to read."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self.held = ""
        self.at = 0
        self.ended = False

    @property
    def left(self) -> int:
        """How much is held and not read yet."""
        return len(self.held) - self.at

    def fill(self) -> None:
        """Hold more, and forget what was read; the more is left, the more is added."""
        more = self._file.read(max(_CHUNK, self.left))
        self.ended = not more
        self.held = self.held[self.at :] + more
        self.at = 0

    def skip_gap(self) -> bool:
        """Go to what follows white space and commas, and say whether anything does."""
        while True:
            self.at = _end(_GAP, self.held, self.at)
            if self.left:
                return True
            if self.ended:
                return False
            self.fill()

    def is_lines(self, named: bool) -> bool:
        """Whether each line is a row: the first is one, or begins one in a file ``named`` so, and is not all of it."""
        while "\n" not in self.held[self.at :] and not self.ended and self.left < _LONGEST_ROW:
            self.fill()
        first, _, rest = self.held[self.at :].partition("\n")
        row = _parse(first)
        if isinstance(row, dict):
            return bool(rest.strip()) or not self._around(row)
        return named and len(first.strip()) > 1 and rest.lstrip()[:1] == "{" and first.startswith("{")

    def _around(self, row: dict[str, Any]) -> bool:
        """Whether the only row of a file rather holds the rows."""
        at = self.at
        around = self.enter_wrapper() or self.enter_keyed()
        self.at = at
        return around

    def enter_wrapper(self) -> bool:
        """Whether an array of rows stands in an object; then what follows is its first row."""
        found = _WRAPPED.match(self.held, self.at)
        if found:
            self.at = self.held.index("[", found.end()) + 1
        return found is not None

    def enter_keyed(self) -> bool:
        """Whether the values of one object are the rows; then what follows is its first key."""
        found = _KEYED.match(self.held, self.at)
        first = self.decode(found.end() - self.at) if found else None
        if not isinstance(first, _Decoded) or not isinstance(first.value, dict):
            return False
        more = _NEXT_KEYED.match(self.held, first.end)
        second = self.decode(more.end() - self.at) if more else None
        if isinstance(second, _Decoded):
            keyed = bool(first.value) and first.value.keys() == second.value.keys()
        else:
            keyed = len(first.value) > 1 and self.ended and self.held[first.end :].strip() == "}"
        if keyed:
            self.at = self.held.index("{", self.at) + 1
        return keyed

    def decode(self, offset: int) -> _Decoded | Broken:
        """The value that begins so far behind the place, reading more where it goes on; its end is in what is held."""
        while True:
            whole = self.ended or self.left > _LONGEST_ROW
            found = _decode(self.held, self.at + offset, whole)
            if found is not None:
                return found
            self.fill()


def _decode(text: str, start: int, whole: bool) -> _Decoded | Broken | None:
    """The value at a place, why there is none, or None where more of the text could make one (not if ``whole``)."""
    try:
        value, end = _DECODER.raw_decode(text, start)
    except json.JSONDecodeError as error:
        cut = error.msg.startswith("Unterminated string") or error.pos >= len(text) - _LONGEST_TOKEN
        return None if cut and not whole else Broken(f"not JSON ({error.msg})")
    except (ValueError, RecursionError) as error:  # a number of more digits than Python reads, a deep nest
        return Broken(f"not JSON ({error})")
    return _Decoded(value, end)


def _parse(line: str) -> Any:
    found = _decode(line, _end(_GAP, line, 0), whole=True)
    if isinstance(found, _Decoded) and line[found.end :].strip():
        return Broken("not JSON (text behind the object)")
    return found.value if isinstance(found, _Decoded) else found


def _lines(text: _Text) -> Iterator[Any]:
    while True:
        *lines, last = text.held[text.at :].split("\n")
        yield from (_parse(line) for line in lines if line.strip())
        text.at = len(text.held) - len(last)
        if len(last) > _LONGEST_ROW:
            yield Broken(f"a line of more than {_LONGEST_ROW} characters")
            _skip_line(text)
        if text.ended:
            break
        text.fill()
    if text.left and last.strip():
        yield _parse(last)


def _skip_line(text: _Text) -> None:
    """Go to the next line without holding what is left of this one."""
    while (end := text.held.find("\n", text.at)) < 0 and not text.ended:
        text.at = len(text.held)
        text.fill()
    text.at = end + 1 if end >= 0 else len(text.held)


class _Values:
    """Rows one after another: those of an array or an object, up to what closes it, or just those of the file."""

    def __init__(self, text: _Text, *, closing: str | None, keyed: bool = False) -> None:
        self._text, self._closing, self._keyed = text, closing, keyed
        self._begins: re.Pattern[str] | None = None  # where a row begins, as the first did

    def read(self) -> Iterator[Any]:
        row = None
        while True:
            indentation = self._skip_gap()
            if indentation is None:
                if self._closing and not isinstance(row, Broken):  # one that was cut is told already
                    yield Broken(f"the file ends before the {self._closing!r} that closes it")
                return
            if self._text.held[self._text.at] == self._closing:
                yield from self._close()
                return
            self._learn(indentation)
            row = self._row()
            yield row
            if isinstance(row, Broken):
                self._to_next()

    def _skip_gap(self) -> str | None:
        """Go to the next row; what stands before it on its line, None at the end of the file."""
        start = self._text.at
        held = self._text.held
        if not self._text.skip_gap():
            return None
        gap = held[start : self._text.at] if held is self._text.held else ""
        return gap[gap.rfind("\n") :] if "\n" in gap else ""

    def _close(self) -> Iterator[Broken]:
        """The end of the array; the object around one may close behind it, and nothing else follows."""
        self._text.at += 1
        while self._text.skip_gap():
            rest = self._text.held[self._text.at :].strip().strip("}")
            if rest:
                yield Broken(f"text behind the last row: {rest[:40]!r}")
                return
            self._text.at = len(self._text.held)

    def _row(self) -> Any:
        key, start = self._key() if self._keyed else (None, 0)
        if start is None:
            return Broken("its key is missing")
        found = self._text.decode(start)
        if isinstance(found, Broken):
            return found
        self._text.at = found.end
        return {"id": key, **found.value} if self._keyed and isinstance(found.value, dict) else found.value

    def _key(self) -> tuple[str | None, int | None]:
        """The key of a row, and how far behind it its value begins."""
        while (found := _KEY.match(self._text.held, self._text.at)) is None or found.end() == len(self._text.held):
            if self._text.ended or self._text.left > _CHUNK:
                return None, None
            self._text.fill()
        return json.loads(found[1]), found.end() - self._text.at

    def _learn(self, indentation: str) -> None:
        """Know from the first row how one begins: by its indentation, or else by its first key."""
        if self._begins is not None:
            return
        opening = rf"{_STRING}\s*:\s*\{{" if self._keyed else r"\{"
        first = _FIRST_KEY.search(self._text.held, self._text.at)
        if indentation or self._closing is None:
            self._begins = re.compile(rf"{re.escape(indentation or chr(10))}(?={opening})")
        elif first:
            self._begins = re.compile(rf"[,}}\]]\s*(?={opening}\s*{re.escape(first[1])}\s*:)")

    def _to_next(self) -> None:
        """Go to where the row behind a broken one begins; to the end of the file where none does."""
        text = self._text
        text.at += 1
        while True:
            if self._begins and (found := self._begins.search(text.held, text.at)):
                text.at = found.end()
                return
            if text.ended:
                text.at = len(text.held)
                return
            text.at = max(text.at, len(text.held) - _LONGEST_MARK)  # a mark may go on in what comes
            text.fill()


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    """Where a pattern that matches anywhere ends."""
    found = pattern.match(text, start)
    assert found is not None
    return found.end()
