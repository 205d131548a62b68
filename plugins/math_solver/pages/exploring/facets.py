"""What rows say, as values that can be counted and chosen."""

from __future__ import annotations

import re
from array import array
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

__all__ = ["UNSAID", "Facet", "FacetKind", "Mask", "natural"]

Mask: TypeAlias = npt.NDArray[np.bool_]
UNSAID = "not stated"
MOST = 1_000  # values that are put in order
_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True)
class FacetKind:
    """A facet's name in facts, its title, the order of its values, and what is counted.

    Attributes:
        order: by the number of rows, or as people count: "up to 500" before "up to 1000".
        given: values that stand in this order where they occur; others follow.
        of_problems: count the different problems among the rows, not the rows.
        later: known once all rows are in.
    """

    name: str
    title: str
    order: Literal["count", "natural"] = "count"
    given: Sequence[str] = ()
    of_problems: bool = False
    later: bool = False


class Facet:
    """The values of one facet, each with its rows; a row may have several values.

    Rows are numbers from 0 on, values are numbers of ``values``.
    """

    def __init__(self, kind: FacetKind) -> None:
        self.kind = kind
        self.values: list[str] = []
        self._numbers: dict[str, int] = {}
        self._places = {value: place for place, value in enumerate(kind.given)}
        self._rows, self._cells = array("q"), array("q")

    def add(self, row: int, values: Iterable[str]) -> None:
        for value in values:
            number = self._numbers.get(value)
            if number is None:
                number = self._numbers[value] = len(self.values)
                self.values.append(value)
            self._rows.append(row)
            self._cells.append(number)

    @property
    def says_something(self) -> bool:
        return any(value != UNSAID for value in self.values)

    def counts(self, rows: Mask) -> npt.NDArray[np.int64]:
        """How many of ``rows`` have each value."""
        return np.bincount(self._of(self._cells)[rows[self._of(self._rows)]], minlength=len(self.values))

    def matching(self, chosen: Collection[int], size: int) -> Mask:
        """Which of ``size`` rows have one of the chosen values."""
        wanted = np.zeros(max(len(self.values), 1), dtype=bool)
        wanted[[number for number in chosen if 0 <= number < len(self.values)]] = True
        found = np.zeros(size, dtype=bool)
        found[self._of(self._rows)[wanted[self._of(self._cells)]]] = True
        return found

    def ordered(self, counts: npt.NDArray[np.int64], also: Collection[int] = ()) -> list[int]:
        """The numbers of the values that occur, and of those in ``also``, in the order in which they are shown.

        Of very many only the most frequent are among them.
        """
        there = np.flatnonzero(counts)
        if len(there) > MOST:
            there = there[np.argsort(-counts[there], kind="stable")[:MOST]]
        return sorted({*there.tolist(), *also}, key=lambda number: self._key(number, int(counts[number])))

    def _key(self, number: int, count: int) -> tuple[object, ...]:
        value = self.values[number]
        place = self._places.get(value, len(self._places))
        return (value == UNSAID, place, *((natural(value),) if self.kind.order == "natural" else (-count, value)))

    @staticmethod
    def _of(numbers: array[int]) -> npt.NDArray[np.int64]:
        return np.frombuffer(numbers, dtype=np.int64)


def natural(text: str) -> list[tuple[bool, int, str]]:
    """A key by which "Level 2" comes before "Level 10"."""
    return [(not part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in _DIGITS.split(text) if part]
