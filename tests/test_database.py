from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from math_solver.database import Keyed, Scratch, open_database, signed, trouble_of
from math_solver.records import RecordError


def test_a_scratch_database_has_no_name_and_leaves_nothing(tmp_path: Path) -> None:
    with Scratch(tmp_path) as scratch:
        scratch.run("CREATE TABLE t (x)")
        scratch.run_many("INSERT INTO t VALUES (?)", ((n,) for n in range(1_000)))
        assert scratch.one("SELECT SUM(x) FROM t") == (499_500,)
        assert scratch.one("SELECT x FROM t WHERE x < 0") is None
        assert not list(tmp_path.iterdir())
    assert not list(tmp_path.iterdir())


def test_what_does_not_fit_into_its_cache_lies_on_disk(tmp_path: Path) -> None:
    """Pages are written out long before anything is committed, and read back."""
    with Scratch(tmp_path, cache_mb=1) as scratch:
        table = Keyed(scratch, "big", "text")
        for key in range(2_000):
            table.put(key, f"{key} " * 2_000)
        assert table.find(7) == ("7 " * 2_000,) and table.find(2_000) is None


@pytest.mark.parametrize("key", [0, 1, 2**63 - 1, 2**63, 2**64 - 1])
def test_keys_have_64_bits(key: int) -> None:
    with Scratch() as scratch:
        table = Keyed(scratch, "keys", "value")
        assert table.first(key, 5) == 5 and table.first(key, 6) == 5
        assert signed(key) % 2**64 == key
        table.put(key, 7)
        assert table.find(key) == (7,)


def test_statements_may_call_our_functions() -> None:
    with Scratch() as scratch:
        scratch.define("twice", lambda x: 2 * x)
        assert list(scratch.run("SELECT twice(3), twice(4)")) == [(6, 8)]


def test_rows_that_nobody_reads_any_more_outlive_the_database(tmp_path: Path) -> None:
    """As an interrupted run leaves them: their end may come behind the database's."""
    with Scratch(tmp_path) as scratch:
        rows = scratch.run("SELECT 1 UNION SELECT 2")
        next(rows)
    rows.close()  # type: ignore[attr-defined]  # raises, and is only printed where a generator is collected


def test_no_room_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=r"none: cannot hold what does not fit into memory .*; make room there"):
        Scratch(tmp_path / "none")


@pytest.mark.parametrize(
    ("code", "trouble"),
    [
        (sqlite3.SQLITE_BUSY, "held"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, "held"),
        (sqlite3.SQLITE_NOTADB, "foreign"),
        (sqlite3.SQLITE_FULL, "no room"),
        (sqlite3.SQLITE_IOERR_WRITE, "no room"),
        (sqlite3.SQLITE_READONLY_DIRECTORY, "unwritable"),
        (sqlite3.SQLITE_CANTOPEN, "unwritable"),
        (sqlite3.SQLITE_CORRUPT_INDEX, "damaged"),
        (sqlite3.SQLITE_ERROR, "damaged"),  # no such table
        (None, "damaged"),  # text that is no UTF-8
    ],
)
def test_what_is_the_matter_with_a_file(code: int | None, trouble: str) -> None:
    error = sqlite3.OperationalError("?")
    if code is not None:
        error.sqlite_errorcode = code
    assert trouble_of(error) == trouble


def test_a_mistake_of_ours_is_not_said_to_want_room(tmp_path: Path) -> None:
    with Scratch(tmp_path) as scratch, pytest.raises(sqlite3.OperationalError, match="no such table"):
        scratch.one("SELECT x FROM nowhere")


def test_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path(os.devnull), tmp_path):
        with pytest.raises(RecordError, match="name a file$"):
            open_database(path)
