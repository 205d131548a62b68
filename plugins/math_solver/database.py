"""An SQLite file that belongs to one program of ours, and to one process at a time."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Literal

from .records import RecordError

__all__ = ["claim", "open_database"]


def open_database(path: Path) -> sqlite3.Connection:
    """The file, made if need be; its transactions are the caller's, and so are its threads.

    Raises:
        RecordError: it cannot be opened.
    """
    try:
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
