"""A JSONL file that people's work goes into: each record is on the disk before the page says that it is saved."""

from __future__ import annotations

import dataclasses
import fcntl
import json
import os
import threading
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Generic, Self, TypeVar

from ..journal import Stored
from ..records import RecordError

__all__ = ["Store"]


R = TypeVar("R", bound=Stored)


class Store(Generic[R]):
    """Records of one ``kind`` in ``path``, locked against other processes; safe to call from threads.

    A last line without its end is kept if it is whole and cut off if not: it was never reported as saved.
    Blank lines are ignored.

    Raises:
        RecordError: another process has the file, it cannot be written, or a row is not of the kind.
    """

    def __init__(self, path: Path, kind: type[R]) -> None:
        self.path = path
        self.records: list[R] = []
        self.repaired = False
        self._kind = kind
        self._lock = threading.Lock()
        self._file = _open_locked(path)
        try:
            self._load()
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._file.close()

    def append(self, *records: R) -> None:
        """Keep the records; they are on the disk when this returns, or none is and it raises."""
        with self._lock:
            self._write(b"".join(map(_line, records)))
            self.records.extend(records)

    def replace(self, index: int, record: R) -> None:
        """Put ``record`` in the place of an earlier one; other rows keep their bytes. Atomic."""
        with self._lock:
            rows = [line for line in self._read().splitlines(keepends=True) if line.strip()]
            rows[index] = _line(record)
            self._swap(rows)
            self.records[index] = record

    def rewrite(self, records: Iterable[R]) -> None:
        """Hold these records instead of all earlier ones. Atomic."""
        with self._lock:
            records = list(records)
            self._swap(list(map(_line, records)))
            self.records = records

    def _swap(self, rows: list[bytes]) -> None:
        """Put a new file in the place of the old one and hold its lock."""
        temporary = self.path.with_name(f".{self.path.name}.{os.getpid()}.tmp")
        temporary.unlink(missing_ok=True)
        file = _open_locked(temporary)
        try:
            _to_disk(file, b"".join(rows))
            os.replace(temporary, self.path)
        except OSError as error:
            file.close()
            temporary.unlink(missing_ok=True)
            raise RecordError(f"{self.path}: not saved ({error})") from error
        self._file.close()
        self._file = file
        _name_to_disk(self.path)

    def _read(self) -> bytes:
        self._file.seek(0)
        return self._file.read()

    def _load(self) -> None:
        data = self._read()
        whole, torn = data[: data.rfind(b"\n") + 1], data[data.rfind(b"\n") + 1 :]
        if torn:
            self.repaired = True
            if _is_row(torn):
                self._write(b"\n")
                whole = data + b"\n"
            else:
                self._file.truncate(len(whole))
        self.records = [self._parse(number, line) for number, line in enumerate(whole.splitlines(), 1) if line.strip()]

    def _parse(self, number: int, line: bytes) -> R:
        try:
            return self._kind.from_dict(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise RecordError(
                f"{self.path}:{number}: not a {self._kind.__name__} ({error}); mend or delete the line"
            ) from error

    def _write(self, data: bytes) -> None:
        end = self._file.seek(0, os.SEEK_END)
        try:
            _to_disk(self._file, data)
        except OSError as error:
            self._file.truncate(end)
            raise RecordError(f"{self.path}: not saved ({error})") from error


def _open_locked(path: Path) -> IO[bytes]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a+b", buffering=0)
        _name_to_disk(path)
    except OSError as error:
        raise RecordError(f"{path}: cannot be written ({error.strerror})") from error
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        file.close()
        raise RecordError(f"{path}: another page is writing it; use that one or stop it") from error
    return file


def _to_disk(file: IO[bytes], data: bytes) -> None:
    """Write all of ``data``: an unbuffered file may take less at a time."""
    while data:
        data = data[file.write(data) :]
    os.fsync(file.fileno())


def _name_to_disk(path: Path) -> None:
    """A file's name is in its folder, which has to reach the disk too."""
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _line(record: Any) -> bytes:
    return json.dumps(dataclasses.asdict(record), ensure_ascii=False).encode() + b"\n"


def _is_row(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False
