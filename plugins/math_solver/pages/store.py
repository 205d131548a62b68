"""The records that people make on a page: each is on the disk before the page says that it is saved."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any, Generic, Self, TypeVar

from ..log import Log, Stored
from ..records import as_row

__all__ = ["Store", "open_log"]

R = TypeVar("R", bound=Stored)


def open_log(path: Path) -> Log:
    """A log that a page writes people's work into.

    Raises:
        RecordError: another process has the file, or it cannot be written.
    """
    return Log(path, durable=True, in_use="another page is writing it; use that one or stop it")


class Store(Generic[R]):
    """Records of one ``kind`` in ``path`` (JSONL), locked against other processes; safe to call from threads.

    A last line without its end is kept if it is whole and cut off if not: it was never reported as saved.
    ``repaired`` says that there was one.

    Raises:
        RecordError: another process has the file, it cannot be written, or a row is not of the kind.
    """

    def __init__(self, path: Path, kind: type[R]) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._log = open_log(path)
        try:
            self.records: list[R] = list(self._log.read(kind.from_dict, kind.__name__))
            self.repaired = self._log.mend()
        except BaseException:
            self._log.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        self._log.close()

    def append(self, *records: R) -> None:
        """Keep the records; they are on the disk when this returns, or none is and it raises ``RecordError``."""
        with self._lock:
            self._log.append(*map(_row, records))
            self.records.extend(records)

    def replace(self, index: int, record: R) -> None:
        """Put ``record`` in the place of an earlier one; other rows keep their bytes. Raises as ``append``."""
        with self._lock:
            self._log.replace(index, _row(record))
            self.records[index] = record


def _row(record: Any) -> dict[str, Any]:
    return as_row(record)
