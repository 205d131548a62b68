"""Rows put aside on disk."""

from __future__ import annotations

import json
import tempfile
from array import array
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, Self

from .disk import no_room

__all__ = ["Pieces", "Spool"]


class Pieces:
    """Bytes put aside on disk piece by piece, so that memory holds eight bytes of each; gone when it is closed."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._file: IO[bytes] = tempfile.TemporaryFile(dir=folder)
        self._starts = array("Q", [0])  # of each piece, and where the next one goes

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        with suppress(OSError):  # what could not be written is not wanted any more
            self._file.close()

    def __len__(self) -> int:
        return len(self._starts) - 1

    def put(self, piece: bytes) -> int:
        """Put one aside and return its number.

        Raises:
            RecordError: there is no room for it.
        """
        with self._named():
            self._file.seek(self._starts[-1])
            self._file.write(piece)
        self._starts.append(self._starts[-1] + len(piece))
        return len(self) - 1

    def between(self, first: int, behind: int) -> bytes:
        """The pieces from one number up to another, in one."""
        with self._named():  # to read is to write what waits, too
            self._file.seek(self._starts[first])
            return self._file.read(self._starts[behind] - self._starts[first])

    @contextmanager
    def _named(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise no_room(self._folder, "what waits there", error.strerror) from error


class Spool(Pieces):
    """JSON objects put aside."""

    def append(self, row: Mapping[str, Any]) -> int:
        """Put one aside and return its number."""
        return self.put(json.dumps(row).encode() + b"\n")

    def __getitem__(self, number: int) -> dict[str, Any]:
        if not 0 <= number < len(self):
            raise IndexError(number)
        return dict(json.loads(self.between(number, number + 1)))

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (self[number] for number in range(len(self)))
