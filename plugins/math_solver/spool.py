"""Rows put aside on disk."""

from __future__ import annotations

import json
import tempfile
from array import array
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any, Self

__all__ = ["Spool"]


class Spool:
    """JSON objects put aside on disk, so that memory holds a few bytes of each; gone when it is closed."""

    def __init__(self, folder: Path | None = None) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile(dir=folder)
        self._starts = array("Q")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        self._file.close()

    def __len__(self) -> int:
        return len(self._starts)

    def append(self, row: Mapping[str, Any]) -> int:
        """Put one aside and return its number."""
        self._file.seek(0, 2)
        self._starts.append(self._file.tell())
        self._file.write(json.dumps(row).encode() + b"\n")
        return len(self._starts) - 1

    def __getitem__(self, number: int) -> dict[str, Any]:
        self._file.seek(self._starts[number])
        return dict(json.loads(self._file.readline()))

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (self[number] for number in range(len(self)))
