"""Results that come in any order, written in the order of the problems."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal, Self

from ..records import Drop, Trajectory, as_row
from ..spool import Spool

__all__ = ["Kind", "Rows"]

Kind = Literal["accepted", "rejected", "failed"]


class Rows:
    """Rows in a file in ``folder`` that has no name and ends with the process; in memory is where they are.

    Rows of one problem keep the order in which they were added.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._spool = Spool(folder)
        self._places: dict[Kind, list[tuple[int, int]]] = {"accepted": [], "rejected": [], "failed": []}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._spool.close()

    def add(self, kind: Kind, position: int, record: Trajectory | Drop) -> None:
        """A row of the problem in that position."""
        self._places[kind].append((position, self._spool.append(as_row(record))))

    def read(self, kind: Kind, finish: Callable[[int, dict[str, Any]], dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """The rows of a kind in order, each as ``finish`` makes it of the position and the row."""
        for position, number in sorted(self._places[kind]):
            yield finish(position, self._spool[number])
