"""An append-only JSONL file with one writer, whose rows outlive a killed process and a full disk."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, ClassVar, Protocol, Self, TypeVar

from .disk import check_replaceable, parse_json
from .records import RecordError

__all__ = ["Log", "Row", "Stored", "held", "lock_of"]

Row = Mapping[str, Any]
T = TypeVar("T")
_NOT_A_ROW = (ValueError, KeyError, TypeError, AttributeError)


class Stored(Protocol):
    """A dataclass that can be read back from its JSON form."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @classmethod
    def from_dict(cls, row: Row) -> Self: ...


class Log:
    """The rows of ``path``, one JSON object a line, locked against other processes; for one thread at a time.

    A row is acknowledged once ``append``, ``replace`` or ``rewrite`` returns. From then on no kill of this process
    loses it; where the log is ``durable``, no power cut does either, at the cost of an fsync. A change that fails
    is undone: the file holds what it held before.

    Opening changes nothing, so that an owner can look at the rows and refuse the file; ``mend`` then repairs a
    last line that a killed writer left without its end. Blank lines are ignored.

    Args:
        in_use: what to tell, with the remedy, when another process holds the file.

    Raises:
        RecordError: another process holds the file, it cannot be written, or is something else than a file.
    """

    def __init__(self, path: Path, *, durable: bool, in_use: str) -> None:
        self.path = path
        try:
            self._place = path.resolve()  # a rewrite must not put a file in the place of a link to it
        except (OSError, RuntimeError) as error:  # RuntimeError: a circle of links, before Python 3.13
            raise RecordError(f"{path}: cannot be written ({error})") from error
        check_replaceable(path)
        self._durable = durable
        self._file = self._open(in_use)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the file go. Harmless to call twice."""
        self._file.close()

    def read(self, parse: Callable[[Any], T], kind: str) -> Iterator[T]:
        """Yield what ``parse`` makes of each row; a last line that was cut in its middle is no row.

        Raises:
            RecordError: a line is not a ``kind``; the message names it.
        """
        for number, line in enumerate(_complete(self._content()).split(b"\n"), 1):
            if line.strip():
                try:
                    yield parse(parse_json(line.decode()))
                except _NOT_A_ROW as error:
                    raise RecordError(
                        f"{self.path}:{number}: not a {kind} ({error}); mend or delete the line"
                    ) from error

    def mend(self) -> bool:
        """End a last line that is whole, cut off one that is not; whether there was any to mend."""
        size = os.fstat(self._file.fileno()).st_size
        if size == 0 or os.pread(self._file.fileno(), 1, size - 1) == b"\n":
            return False
        data = self._content()
        whole = _complete(data)
        if len(whole) > len(data):
            self._extend(b"\n")
        else:
            self._file.truncate(len(whole))
        return True

    def append(self, *rows: Row) -> None:
        """Add rows, all of them or none.

        Raises:
            RecordError: they could not be kept.
        """
        data = b"".join(map(_line, rows))
        self._check_place()
        self.mend()
        self._extend(data)

    def replace(self, index: int, row: Row) -> None:
        """Put ``row`` in the place of the one with this index; all others keep their bytes.

        Raises:
            RecordError: it could not be kept.
        """
        lines = [line + b"\n" for line in _complete(self._content()).split(b"\n") if line.strip()]
        lines[index] = _line(row)
        self._swap(b"".join(lines))

    def rewrite(self, rows: Iterable[Row]) -> None:
        """Hold these rows instead of all earlier ones.

        Raises:
            RecordError: they could not be kept.
        """
        self._swap(b"".join(map(_line, rows)))

    def delete(self) -> None:
        """Remove the file and let it go."""
        self._place.unlink(missing_ok=True)
        self.close()

    def _open(self, in_use: str) -> IO[bytes]:
        try:
            self._place.parent.mkdir(parents=True, exist_ok=True)
            while True:
                file = self._open_locked(self._place)
                if _is_at(file, self._place):
                    self._sync_folder()
                    return file
                file.close()  # its holder replaced it between the opening and the lock
        except BlockingIOError as error:
            raise RecordError(f"{self.path}: {in_use}") from error
        except OSError as error:
            raise RecordError(f"{self.path}: cannot be written ({error.strerror})") from error

    def _open_locked(self, place: Path) -> IO[bytes]:
        file = place.open("a+b", buffering=0)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            raise
        return file

    def _content(self) -> bytes:
        self._file.seek(0)
        return self._file.read()

    def _extend(self, data: bytes) -> None:
        """Write at the end; what is written of it is cut off again where not all of it can be."""
        end = self._file.seek(0, os.SEEK_END)
        try:
            self._write(self._file, data)
        except OSError as error:
            with suppress(OSError):  # the next row is preceded by a mending
                self._file.truncate(end)
            raise self._not_saved(error) from error

    def _swap(self, data: bytes) -> None:
        """Put a new file in the place of this one, under a lock from before it has the name."""
        self._check_place()
        beside = self._place.with_name(f".{self._place.name}.tmp")
        try:
            self._file = self._written(beside, data)
            self._sync_folder()
        except OSError as error:
            raise self._not_saved(error) from error

    def _written(self, beside: Path, data: bytes) -> IO[bytes]:
        """The file that has taken the place of this one; where that fails, none is left beside it."""
        beside.unlink(missing_ok=True)  # a killed writer's
        file = self._open_locked(beside)
        try:
            os.fchmod(file.fileno(), os.fstat(self._file.fileno()).st_mode & 0o7777)
            self._write(file, data)
            os.replace(beside, self._place)
        except OSError:
            beside.unlink(missing_ok=True)
            file.close()
            raise
        self._file.close()
        return file

    def _check_place(self) -> None:
        """What is written into a file that lost its name is lost with this process."""
        if not _is_at(self._file, self._place):
            raise self._not_saved("another program moved or replaced the file; start again")

    def _write(self, file: IO[bytes], data: bytes) -> None:
        while data:  # an unbuffered file may take less at a time
            data = data[file.write(data) :]
        if self._durable:
            os.fsync(file.fileno())

    def _sync_folder(self) -> None:
        """A file's name is in its folder, which has to reach the disk too."""
        if self._durable:
            folder = os.open(self._place.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)

    def _not_saved(self, why: object) -> RecordError:
        return RecordError(f"{self.path}: not saved ({why})")


@contextmanager
def held(output: Path) -> Iterator[None]:
    """Keep other runs from writing an output, and what lies beside it, while the block runs.

    Raises:
        RecordError: another run is writing it, or its folder cannot be written.
    """
    lock = Log(lock_of(output), durable=False, in_use="another run is writing this output; wait for it or stop it")
    try:
        yield
    finally:
        lock.delete()


def lock_of(output: Path) -> Path:
    return output.with_name(f".{output.name}.lock")


def _line(row: Row) -> bytes:
    return json.dumps(row, ensure_ascii=False).encode() + b"\n"


def _complete(data: bytes) -> bytes:
    """The whole lines of a file, the last one with its end: cut off is what a killed writer had not finished.

    That begins like a row, or is what a power cut leaves of one; any other end is somebody else's text, and kept.
    """
    end = data.rfind(b"\n") + 1
    last = data[end:]
    torn = last.lstrip(b"\0")[:1] in (b"", b"{") and not _is_object(last)
    return data[:end] if torn else data + b"\n"


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _is_at(file: IO[bytes], place: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file.fileno()), os.stat(place))
    except FileNotFoundError:
        return False
