"""The findings and executions of a run that is not finished, in one SQLite file that a kill does not harm.

Rows are numbered as they come in the input and stored in that order, so that the file holds a prefix of the result.
What is committed together is what came within ``PAUSE`` seconds; a killed run does at most that again.
"""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Self

from ...database import REMEDIES, claim, open_database, trouble_of
from ...records import Execution, RecordError, as_row, read_record
from .executions import Runs

__all__ = ["Store", "StoredRow"]

APPLICATION = 0x4D535641  # in the file's header: which program's database it is
PAUSE = 0.5  # seconds between commits
_TABLES = """
CREATE TABLE job (content TEXT NOT NULL);
CREATE TABLE runs (key TEXT PRIMARY KEY, content TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE rows (
    number INTEGER PRIMARY KEY, part TEXT NOT NULL, status TEXT NOT NULL, reason TEXT, difference TEXT,
    metamorphic TEXT, content TEXT NOT NULL
);
CREATE TABLE derived (content TEXT NOT NULL);
"""

_DAMAGED = "damaged ({}); delete it to begin anew"
_REMEDIES = {
    **REMEDIES,
    "held": "another run is writing this output; wait for it or stop it",
    "foreign": _DAMAGED,
    "damaged": _DAMAGED,
}

Column = Literal["part", "status", "reason", "difference", "metamorphic"]


@dataclass(frozen=True)
class StoredRow:
    """What became of a row of the input; ``part`` is the file that it goes to."""

    part: str
    status: str
    content: Mapping[str, Any]
    reason: str | None = None
    difference: str | None = None
    metamorphic: str | None = None


def _text(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=True)


class Store:
    """The store in ``path``, made if need be, and held against other processes; used by several threads.

    Raises:
        RecordError: it is of another ``job``, held by another run, no such store, or cannot be written.
    """

    def __init__(self, path: Path, job: Mapping[str, Any]) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._connection = open_database(path)
        self._committed = time.monotonic()
        try:
            with self._named():
                self._take(json.dumps(job, ensure_ascii=True, sort_keys=True))
        except BaseException:
            self._connection.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        if not len(self):  # nothing to go on with
            self.delete()
        with self._named():
            self._commit()
            self._connection.close()

    def __len__(self) -> int:
        """How many rows are done."""
        with self._named():
            return int(self._connection.execute("SELECT COUNT(*) FROM rows").fetchone()[0])

    def find_runs(self, key: str) -> Runs:
        with self._named():
            found = self._connection.execute("SELECT content FROM runs WHERE key = ?", (key,)).fetchone()
        if found is None:
            return []
        try:
            runs = self._read(found[0], "runs.content")
            return [tuple(read_record(one, Execution, "") for one in run) for run in runs]
        except (TypeError, RecordError) as error:
            raise self._damaged("runs.content") from error

    def keep_runs(self, key: str, runs: Runs) -> None:
        content = json.dumps([[as_row(execution) for execution in run] for run in runs], ensure_ascii=True)
        with self._named():
            self._connection.execute("INSERT OR REPLACE INTO runs VALUES (?, ?)", (key, content))
            self._commit_at_times()

    def add(self, row: StoredRow, derived: Iterable[Mapping[str, Any]] = ()) -> None:
        """Keep the next row, and what was derived of it: all of that or nothing survives a kill."""
        values = (row.part, row.status, row.reason, row.difference, row.metamorphic, _text(row.content))
        with self._named():
            self._connection.executemany("INSERT INTO derived VALUES (?)", [(_text(one),) for one in derived])
            self._connection.execute(
                "INSERT INTO rows (part, status, reason, difference, metamorphic, content) VALUES (?, ?, ?, ?, ?, ?)",
                values,
            )
            self._commit_at_times()

    def rows(self, part: str) -> Iterator[Mapping[str, Any]]:
        """The rows of a part, in their order."""
        yield from self._contents("SELECT content FROM rows WHERE part = ? ORDER BY number", (part,))

    def derived(self) -> Iterator[Mapping[str, Any]]:
        """What was derived of all rows, in the order of the rows."""
        yield from self._contents("SELECT content FROM derived ORDER BY rowid", ())

    def _contents(self, query: str, values: tuple[str, ...]) -> Iterator[Mapping[str, Any]]:
        with self._named():
            for (content,) in self._connection.execute(query, values):
                if not isinstance(row := self._read(content, "content"), dict):
                    raise self._damaged("content")
                yield row

    def counts(self, *columns: Column) -> dict[tuple[str | None, ...], int]:
        """How many rows have each combination of values, the most frequent first."""
        names = ", ".join(columns)
        with self._named():
            found = self._connection.execute(f"SELECT COUNT(*), {names} FROM rows GROUP BY {names} ORDER BY 1 DESC, 2")
            return {tuple(values): number for number, *values in found}

    def delete(self) -> None:
        """Remove the file: its rows are stored elsewhere."""
        with self._named():
            self._commit()
            self._connection.execute("PRAGMA journal_mode = DELETE")  # so that no second file stays
            self.path.unlink(missing_ok=True)

    def _take(self, job: str) -> None:
        if claim(self._connection, APPLICATION, _TABLES, synchronous="NORMAL") is None:
            raise RecordError(f"{self.path}: is no file of this program; move it away")
        run = self._connection.execute
        found = run("SELECT content FROM job").fetchone()
        if found is None:
            run("INSERT INTO job VALUES (?)", (job,))
        elif found[0] != job:
            raise RecordError(
                f"{self.path}: left by a run with other inputs, options or versions; "
                "repeat that run to finish it, or delete the file"
            )
        run("BEGIN IMMEDIATE")

    def _commit_at_times(self) -> None:
        if time.monotonic() - self._committed > PAUSE:
            self._commit()
            self._connection.execute("BEGIN IMMEDIATE")
            self._committed = time.monotonic()

    def _commit(self) -> None:
        if self._connection.in_transaction:
            self._connection.execute("COMMIT")

    @contextmanager
    def _named(self) -> Iterator[None]:
        """One thread at a time; SQLite's errors as lines that name the file and the remedy."""
        with self._lock:
            try:
                yield
            except sqlite3.DatabaseError as error:
                raise RecordError(f"{self.path}: {_REMEDIES[trouble_of(error)].format(error)}") from error

    def _read(self, content: object, column: str) -> Any:
        """A JSON value that this program wrote."""
        try:
            return json.loads(content)  # type: ignore[arg-type]
        except (TypeError, ValueError, RecursionError) as error:
            raise self._damaged(column) from error

    def _damaged(self, column: str) -> RecordError:
        return RecordError(f"{self.path}: {_DAMAGED.format(column)}")
