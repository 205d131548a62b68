"""An SQLite file that belongs to one program of ours, and to one process at a time.

Two kinds: a named one that a run leaves behind to be gone on with (``open_database``, ``claim``), and one without a
name for what does not fit into memory while a run lasts (``Scratch``).
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, Self

from .disk import check_replaceable, no_room
from .records import RecordError

__all__ = ["REMEDIES", "Keyed", "Scratch", "Trouble", "claim", "open_database", "signed", "trouble_of"]

Trouble = Literal["held", "foreign", "no room", "unwritable", "damaged"]
_TROUBLES: dict[int, Trouble] = {
    **dict.fromkeys((sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED), "held"),
    sqlite3.SQLITE_NOTADB: "foreign",
    **dict.fromkeys((sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR), "no room"),
    **dict.fromkeys(
        (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH), "unwritable"
    ),
}

# What to do about some of them; who holds a file, and what a damaged one costs, its owner knows.
REMEDIES: Mapping[Trouble, str] = {
    "no room": "not saved ({}); make room for it, then run the same again",
    "unwritable": "not saved ({}); mend the permissions of the file and of its folder",
}
CACHE_MB = 64  # of a scratch database in memory; the rest of it is the disk's


def trouble_of(error: sqlite3.Error) -> Trouble:
    """What is the matter with a file of ours: held by another process, another program's, without room, damaged.

    Damaged is also what has no code of SQLite, such as text that is no UTF-8, and a table or column that is not there.
    """
    return _TROUBLES.get(getattr(error, "sqlite_errorcode", -1) & 0xFF, "damaged")


def open_database(path: Path) -> sqlite3.Connection:
    """The file, made if need be; its transactions are the caller's, and so are its threads.

    Raises:
        RecordError: it cannot be opened, or is something else than a file.
    """
    try:
        check_replaceable(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        return sqlite3.connect(path, timeout=0.2, isolation_level=None, check_same_thread=False)
    except (OSError, sqlite3.Error) as error:
        raise RecordError(f"{path}: cannot be opened ({error})") from error


def claim(
    connection: sqlite3.Connection,
    application: int,
    tables: str,
    *,
    synchronous: Literal["FULL", "NORMAL"],
    schema: int = 0,
) -> int | None:
    """Hold the file against other processes, and return its schema; a new one gets ``tables``.

    Args:
        application: whose the file is, in its header.

    Returns:
        ``None`` for a file of another program, and a number above ``schema`` for one that was written by a newer
        version: neither is changed.

    Raises:
        sqlite3.DatabaseError: it is held by another process, damaged, or cannot be written.
    """
    run = connection.execute
    run("PRAGMA locking_mode = EXCLUSIVE")
    run("BEGIN IMMEDIATE")
    owner, found, count = (
        run(question).fetchone()[0]
        for question in ("PRAGMA application_id", "PRAGMA user_version", "SELECT COUNT(*) FROM sqlite_schema")
    )
    run("ROLLBACK")
    if owner != application and (owner or count):
        return None
    if found > schema:
        return int(found)
    run("PRAGMA journal_mode = WAL")
    run(f"PRAGMA synchronous = {synchronous}")
    if not count:
        header = f"PRAGMA application_id = {application}; PRAGMA user_version = {schema};"
        connection.executescript(f"BEGIN IMMEDIATE; {tables} {header} COMMIT;")
    return schema


class Scratch:
    """Tables in a file without a name in ``folder``, gone when this is closed or the process ends, however it ends.

    Memory is bounded by ``CACHE_MB``, whatever is put into it. Used by one thread.
    """

    def __init__(self, folder: Path | None = None, cache_mb: int = CACHE_MB) -> None:
        self._folder = folder
        with _named(folder), tempfile.NamedTemporaryFile(dir=folder, prefix=".scratch-") as file:
            self._connection = sqlite3.connect(file.name, isolation_level=None, cached_statements=256)
            for pragma in (
                "journal_mode = OFF",  # nobody goes on with it, so nothing is to be undone or kept
                "synchronous = OFF",
                "locking_mode = EXCLUSIVE",  # opened once: its name is about to go
                "temp_store = FILE",
                f"cache_size = -{cache_mb << 10}",
            ):
                self._connection.execute(f"PRAGMA {pragma}")
            self._connection.execute("BEGIN EXCLUSIVE")
            self._connection.execute("CREATE TABLE scratch (x)")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        self._connection.close()

    def run(self, statement: str, values: Iterable[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows that a statement finds, one after the other; nothing happens twice where none is asked for."""
        with _named(self._folder):
            found = self._connection.execute(statement, tuple(values))
        return self._rows(found)

    def run_many(self, statement: str, values: Iterable[Iterable[Any]]) -> None:
        with _named(self._folder):
            self._connection.executemany(statement, values)  # type: ignore[arg-type]

    def one(self, statement: str, values: Iterable[Any] = ()) -> tuple[Any, ...] | None:
        """The first row that a statement finds."""
        return next(self.run(statement, values), None)

    def define(self, name: str, function: Callable[[Any], Any]) -> None:
        """Let statements call a function of one value; the same value gives the same result."""
        self._connection.create_function(name, 1, function, deterministic=True)

    def _rows(self, found: sqlite3.Cursor) -> Iterator[tuple[Any, ...]]:
        with _named(self._folder):
            for row in found:  # noqa: UP028  (it would close the cursor of a database that may be closed by then)
                yield row


@contextmanager
def _named(folder: Path | None) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.OperationalError) as error:
        if isinstance(error, sqlite3.Error) and trouble_of(error) not in ("no room", "unwritable"):
            raise  # nobody else writes it: a mistake of ours
        raise no_room(folder, "what does not fit into memory", error) from error


class Keyed:
    """A table of whole numbers or texts by a key of 64 bits."""

    def __init__(self, scratch: Scratch, name: str, *columns: str) -> None:
        self._scratch = scratch
        marks = ", ".join("?" * (len(columns) + 1))
        scratch.run(f"CREATE TABLE {name} (key INTEGER PRIMARY KEY, {', '.join(columns)})")
        self._find = f"SELECT {', '.join(columns)} FROM {name} WHERE key = ?"
        self._put = f"INSERT OR REPLACE INTO {name} VALUES ({marks})"

    def find(self, key: int) -> tuple[Any, ...] | None:
        return self._scratch.one(self._find, (signed(key),))

    def put(self, key: int, *values: Any) -> None:
        self._scratch.run(self._put, (signed(key), *values))

    def first(self, key: int, value: Any) -> Any:
        """The value of a key in a table of one column, which becomes ``value`` where there is none."""
        found = self.find(key)
        if found is None:
            self.put(key, value)
            return value
        return found[0]


def signed(key: int) -> int:
    """A number of 64 bits as SQLite stores it; others of its size as they are."""
    return key - (1 << 64) if key >= 1 << 63 else key
