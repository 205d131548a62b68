"""Results that come in any order, written in the order of the problems."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal, Self

from ..records import Drop, Trajectory, as_row

__all__ = ["Kind", "Rows"]

Kind = Literal["accepted", "rejected", "failed"]


class Rows:
    """Rows in a file in ``folder`` that has no name and ends with the process; in memory is where they are.

    Rows of one problem keep the order in which they were added.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._file = tempfile.TemporaryFile(dir=folder)
        self._places: dict[Kind, list[tuple[int, int, int]]] = {"accepted": [], "rejected": [], "failed": []}
        self._end = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._file.close()

    def add(self, kind: Kind, position: int, record: Trajectory | Drop) -> None:
        """A row of the problem in that position."""
        data = json.dumps(as_row(record)).encode()
        self._file.seek(self._end)
        self._file.write(data)
        self._places[kind].append((position, self._end, len(data)))
        self._end += len(data)

    def read(self, kind: Kind, finish: Callable[[int, dict[str, Any]], dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """The rows of a kind in order, each as ``finish`` makes it of the position and the row."""
        for position, start, length in sorted(self._places[kind]):
            self._file.seek(start)
            yield finish(position, json.loads(self._file.read(length)))
