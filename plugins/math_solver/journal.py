"""The results of a long run, kept while it goes on, so that an interrupted run continues where it stopped."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Generic, Self, TypeVar

from .log import Log, Row, Stored
from .records import RecordError, as_row

__all__ = ["Journal", "fingerprint"]

R = TypeVar("R", bound=Stored)


def fingerprint(records: Iterable[Any]) -> str:
    """A short hash of dataclass records, the same for the same records."""
    return hashlib.sha256("\n".join(map(repr, records)).encode()).hexdigest()[:16]


class Journal(Generic[R]):
    """A log of records of a few ``kinds``; those that an earlier run left in ``path`` are in ``records``.

    The first row names the ``job`` (inputs and options); every other one has its kind's name as its only key. A
    killed process loses no record that ``append`` took; a power cut may.

    Args:
        fresh: forget what an earlier run left, whatever its job.

    Raises:
        RecordError: ``path`` belongs to another job (it is left as it is), another process is writing it, or a
            line is not of a kind.
    """

    def __init__(self, path: Path, job: Row, kinds: Iterable[type[R]], *, fresh: bool = False) -> None:
        self.path = path
        self._kinds = {kind.__name__: kind for kind in kinds}
        self._log = Log(path, durable=False, in_use="another run is writing it; wait for it or stop it")
        try:
            if fresh:  # only now that no other run holds it
                self._log.rewrite(())
            self.records: list[R] = self._take_over({"job": dict(job)})
        except BaseException:
            self._log.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._log.close()

    def append(self, record: R) -> None:
        """Keep one result.

        Raises:
            RecordError: it could not be kept.
        """
        self._log.append({type(record).__name__: as_row(record)})
        self.records.append(record)

    def finish(self) -> None:
        """Delete the file: its results are stored elsewhere."""
        self._log.delete()

    def _take_over(self, job: Row) -> list[R]:
        """The records that are there, once the first row has shown whose they are."""
        rows = self._log.read(self._parse, "record of this run")
        first = next(rows, None)
        if first not in (None, job):
            raise RecordError(
                f"{self.path}: left by a run with other inputs, options or versions; "
                "repeat that run to finish it, or delete the file"
            )
        records = list(rows)
        if any(isinstance(record, dict) for record in records):  # a job, this one's or another's
            raise RecordError(f"{self.path}: begins twice; delete what stands from the second beginning on")
        self._log.mend()
        if first is None:
            self._log.append(job)
        return records

    def _parse(self, row: Row) -> Any:
        """A record, or the row that names the job."""
        if not isinstance(row, dict) or len(row) != 1:
            raise ValueError("not an object of one key")
        ((name, content),) = row.items()
        return row if name == "job" else self._kinds[name].from_dict(content)
