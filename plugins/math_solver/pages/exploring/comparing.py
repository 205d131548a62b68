"""Two texts side by side: what they have in common, or where they differ, marked in each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from ...dataset.curation.numbers import numbers_of
from ...dataset.curation.wording import has_chinese
from ...protocol import truncate_middle
from ..typeset import plain

__all__ = ["in_common", "where_they_differ"]

LONGEST = 3_000  # characters compared
RUN = 3  # tokens in a row that are told even where each is a common word
LEAST_LETTERS = 4  # of a word that tells something by itself
STEM = 6  # letters by which words are compared, as decontamination does

_TOKEN = re.compile(r"\d[\d,]*(?:\.\d+)?|[\u3400-\u4dbf\u4e00-\u9fff]|[^\W\d_\u3400-\u4dbf\u4e00-\u9fff]+|[^\s\w]|_")


@dataclass(frozen=True)
class _Text:
    """A text, the places of its tokens, and what each is compared by."""

    text: str
    places: Sequence[tuple[int, int]]
    keys: Sequence[str]

    @classmethod
    def of(cls, text: str) -> _Text:
        text = truncate_middle(text.strip().replace("\r\n", "\n"), LONGEST)
        found = list(_TOKEN.finditer(text))
        return cls(text, [token.span() for token in found], [_key(token[0]) for token in found])

    def marked(self, which: set[int]) -> str:
        """HTML with those tokens marked; neighbours share a mark."""
        return "".join(self._pieces(which))

    def _pieces(self, which: set[int]) -> Iterator[str]:
        place, last = 0, len(self.places)
        number = 0
        while number < last:
            if number not in which:
                number += 1
                continue
            start = self.places[number][0]
            while number + 1 in which:
                number += 1
            end = self.places[number][1]
            yield plain(self.text[place:start])
            yield f"<mark>{plain(self.text[start:end])}</mark>"
            place, number = end, number + 1
        yield plain(self.text[place:])


def in_common(one: str, two: str) -> tuple[str, str]:
    """Both texts as HTML, with numbers, longer words and runs of any words that both have marked.

    A number is compared by its value, in digits or in words.
    """
    first, second = _Text.of(one), _Text.of(two)
    shared = set(first.keys) & set(second.keys)
    marks = [
        {place for place, key in enumerate(text.keys) if key in shared and _tells(key)} for text in (first, second)
    ]
    for start, other, size in _blocks(first, second):
        if size >= RUN:
            marks[0].update(range(start, start + size))
            marks[1].update(range(other, other + size))
    return first.marked(marks[0]), second.marked(marks[1])


def where_they_differ(one: str, two: str) -> tuple[str, str]:
    """Both texts as HTML, with what the other one does not have in its place marked."""
    first, second = _Text.of(one), _Text.of(two)
    marks = [set(range(len(first.keys))), set(range(len(second.keys)))]
    for start, other, size in _blocks(first, second):
        marks[0].difference_update(range(start, start + size))
        marks[1].difference_update(range(other, other + size))
    return first.marked(marks[0]), second.marked(marks[1])


def _blocks(first: _Text, second: _Text) -> list[tuple[int, int, int]]:
    matcher = SequenceMatcher(None, first.keys, second.keys, autojunk=False)
    return [(block.a, block.b, block.size) for block in matcher.get_matching_blocks()]


def _key(token: str) -> str:
    numbers = list(numbers_of(token))
    return f"={numbers[0]}" if len(numbers) == 1 and not has_chinese(token) else token.casefold()[:STEM]


def _tells(key: str) -> bool:
    return key.startswith("=") or len(key) >= LEAST_LETTERS
