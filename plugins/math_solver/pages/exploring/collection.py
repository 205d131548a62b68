"""Many rows of one kind: put aside on disk, counted in memory, chosen by what they say."""

from __future__ import annotations

import threading
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from ...spool import Spool
from .facets import UNSAID, Facet, FacetKind, Mask
from .texts import Texts, wanted

__all__ = ["Choice", "Collection", "Facts", "Selection"]

_QUERIES = 8  # whose results are kept


@dataclass(frozen=True)
class Facts:
    """What is known of a row: its facets' values, the text in which it is searched, its id and its problem."""

    values: Mapping[str, Iterable[str]]
    text: str
    id: str
    problem: str = ""


@dataclass(frozen=True)
class Choice:
    """Filters and words.

    Of one facet, any of the chosen values will do; of several facets and of all words, each has to hold.
    """

    filters: Mapping[int, frozenset[int]] = field(default_factory=dict)
    query: str = ""

    def toggled(self, facet: int, value: int) -> Choice:
        chosen = self.filters.get(facet, frozenset()) ^ {value}
        others = {number: values for number, values in self.filters.items() if number != facet}
        return Choice({**others, facet: chosen} if chosen else others, self.query)


@dataclass(frozen=True)
class Selection:
    """The numbers of the rows that a choice leaves, how many problems they are of, and each facet's counts.

    A facet is counted over the rows that all other filters leave: its other values can still be chosen.
    """

    rows: npt.NDArray[np.int64]
    problems: int
    counts: Sequence[npt.NDArray[np.int64]]


class Collection:
    """Feed it rows with ``add``, then ask; safe to ask from threads."""

    def __init__(self, kinds: Sequence[FacetKind]) -> None:
        self.facets = [Facet(kind) for kind in kinds]
        self._rows, self._texts = Spool(), Texts()
        self._numbers: dict[str, int] = {}
        self._problems: dict[str, int] = {}
        self._problem_names: list[str] = []
        self._problem_of = array("q")
        self._lock = threading.Lock()
        self._searched: dict[str, Mask] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        self._rows.close()
        self._texts.close()

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def problems(self) -> int:
        return len(self._problems)

    def add(self, row: Mapping[str, Any], facts: Facts) -> int:
        number = self._rows.append(row)
        self._texts.append(facts.text)
        self._numbers.setdefault(facts.id, number)
        self._problem_of.append(self._problem_number(facts.problem or facts.id))
        for facet in self.facets:
            if not facet.kind.later:
                facet.add(number, _said(facts.values.get(facet.kind.name, ())))
        return number

    def _problem_number(self, name: str) -> int:
        number = self._problems.setdefault(name, len(self._problems))
        if number == len(self._problem_names):
            self._problem_names.append(name)
        return number

    def problem_of(self, number: int) -> str:
        """The problem of a row, as its ``Facts`` name it."""
        return self._problem_names[self._problem_of[number]]

    def say(self, name: str, number: int, values: Iterable[str]) -> None:
        """The values of a row in a facet that all rows decide; called once for each row, when all are in."""
        facet = next(facet for facet in self.facets if facet.kind.name == name)
        facet.add(number, _said(values))

    def __getitem__(self, number: int) -> dict[str, Any]:
        with self._lock:
            return self._rows[number]

    def rows(self, numbers: Iterable[int]) -> Iterator[dict[str, Any]]:
        return (self[int(number)] for number in numbers)

    def find(self, id: str) -> int | None:
        """The number of the first row of that id."""
        return self._numbers.get(id)

    def of_same_problem(self, number: int) -> list[int]:
        """The numbers of all rows of a row's problem, itself among them."""
        problems = self._problem_numbers()
        return [int(other) for other in np.flatnonzero(problems == problems[number])]

    def select(self, choice: Choice) -> Selection:
        size = len(self)
        chosen = {facet: self.facets[facet].matching(values, size) for facet, values in choice.filters.items()}
        searched = self._search(choice.query)
        misses = reduce(np.add, ((~mask).astype(np.int16) for mask in chosen.values()), np.zeros(size, np.int16))
        rows = searched & (misses == 0)
        counts = []
        for number, facet in enumerate(self.facets):
            left = searched & (misses == ~chosen[number]) if number in chosen else rows
            counts.append(facet.counts(self._first_of_problems(left) if facet.kind.of_problems else left))
        return Selection(np.flatnonzero(rows), len(np.unique(self._problem_numbers()[rows])), counts)

    def _search(self, query: str) -> Mask:
        words = "\n".join(sorted(wanted(query)))
        if not words:
            return np.ones(len(self), dtype=bool)
        with self._lock:
            if words not in self._searched:
                if len(self._searched) >= _QUERIES:
                    del self._searched[next(iter(self._searched))]
                self._searched[words] = self._texts.holding(query)
            return self._searched[words]

    def _problem_numbers(self) -> npt.NDArray[np.int64]:
        return np.frombuffer(self._problem_of, dtype=np.int64)

    def _first_of_problems(self, rows: Mask) -> Mask:
        numbers = np.flatnonzero(rows)
        _, firsts = np.unique(self._problem_numbers()[numbers], return_index=True)
        found = np.zeros(len(self), dtype=bool)
        found[numbers[firsts]] = True
        return found


def _said(values: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(values) or (UNSAID,)
