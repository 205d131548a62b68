"""A file of results kept while a long run goes on, so that an interrupted run continues where it stopped."""

from __future__ import annotations

import dataclasses
import fcntl
import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Any, ClassVar, Generic, Protocol, Self, TypeVar

from .records import RecordError

__all__ = ["Journal", "fingerprint"]


class Stored(Protocol):
    """A dataclass that can be read back from its JSON form."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @classmethod
    def from_dict(cls, row: Mapping[str, Any]) -> Self: ...


R = TypeVar("R", bound=Stored)


def fingerprint(records: Iterable[Any]) -> str:
    """A short hash of dataclass records, the same for the same records."""
    return hashlib.sha256("\n".join(map(repr, records)).encode()).hexdigest()[:16]


class Journal(Generic[R]):
    """Append records of a few ``kinds`` to ``path``; those that an earlier run left there are in ``records``.

    The first line names the ``job`` (inputs and options). Each record is handed to the operating system as it
    is written, so a killed process loses none; a last line cut in the middle is dropped on opening. Not safe
    against a power cut.

    Raises:
        RecordError: ``path`` belongs to another job, or another process is writing it.
    """

    def __init__(self, path: Path, job: Mapping[str, Any], kinds: Iterable[type[R]]) -> None:
        self.path = path
        self.records: list[R] = []
        self._job = {"job": dict(job)}
        self._kinds = {kind.__name__: kind for kind in kinds}
        self._file: IO[bytes] | None = None

    def __enter__(self) -> Self:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._file = self.path.open("a+b")
        try:
            self._take_over(self._file)
        except BaseException:
            self._file.close()
            raise
        return self

    def append(self, record: R) -> None:
        """Keep one result."""
        self._write({type(record).__name__: dataclasses.asdict(record)})
        self.records.append(record)

    def finish(self) -> None:
        """Delete the file: its results are stored elsewhere."""
        self.path.unlink()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()

    def _take_over(self, file: IO[bytes]) -> None:
        """Lock the file, read what it holds and cut a torn last line off."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise RecordError(f"{self.path}: another run is writing it; wait for it or stop it") from error
        file.seek(0)
        data = file.read()
        whole = data[: data.rfind(b"\n") + 1]
        lines = [json.loads(line) for line in whole.splitlines()]
        if lines and lines[0] != self._job:
            raise RecordError(
                f"{self.path}: left by a run with other inputs, options or versions; "
                "repeat that run to finish it, or delete the file"
            )
        file.truncate(len(whole))
        self.records = [self._kinds[name].from_dict(row) for line in lines[1:] for name, row in line.items()]
        if not lines:
            self._write(self._job)

    def _write(self, entry: Mapping[str, Any]) -> None:
        assert self._file is not None, "use the journal as a context manager"
        self._file.write(json.dumps(entry, ensure_ascii=False).encode() + b"\n")
        self._file.flush()
