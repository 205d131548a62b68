"""Every request to a teacher and its answer, in one SQLite file that outlives restarts and changes of the pipeline.

A request is known by a hash of its content (model, messages, sampling, tools, sample, round), not by where it was
sent or for which output: what was answered once is never sent again. What is written when::

    begin       the request and an attempt, before it is sent                 attempts.state "sent"
    settle      what the attempt cost, and the answer where it has one        "settled", requests.answer
    fail        no further attempt is made                                    requests.failed
    keep        what a program did, so that the next request stays the same   executions

An attempt that is still "sent" when the file is opened was in flight when a run died: nobody knows what became of
it, so that it counts as its worst case ("unknown"). All methods that write return once that is on the disk; what
is asked for at the same time shares a commit.
"""

from __future__ import annotations

import asyncio
import queue
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Self, TypeVar

from ..database import REMEDIES, claim, open_database, trouble_of
from ..records import RecordError
from .spending import Charge, Spend

__all__ = ["Entry", "Ledger", "Totals"]

T = TypeVar("T")
Operation = Callable[[sqlite3.Connection], Any]
_Waiting = tuple[Operation, "asyncio.Future[Any]"]

APPLICATION = 0x4D534C47  # in the file's header: which program's database it is
SCHEMA = 1
_TABLES = """
CREATE TABLE requests (
    key TEXT PRIMARY KEY, content TEXT NOT NULL, answer TEXT, failed TEXT,
    prompt_tokens INTEGER, completion_tokens INTEGER
) WITHOUT ROWID;
CREATE TABLE attempts (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL, endpoint TEXT NOT NULL, state TEXT NOT NULL,
    began REAL NOT NULL, seconds REAL, outcome TEXT,
    tokens INTEGER NOT NULL, money TEXT NOT NULL,
    beyond_tokens INTEGER NOT NULL DEFAULT 0, beyond_money TEXT NOT NULL DEFAULT '0'
);
CREATE INDEX attempts_of_a_request ON attempts (key);
CREATE TABLE executions (key TEXT PRIMARY KEY, execution TEXT NOT NULL) WITHOUT ROWID;
"""


MOST = 10**18  # tokens or money of one row


class _Damage(Exception):
    """A column holds what this program never writes."""


_REMEDIES = {**REMEDIES, "held": "another run is using this ledger; wait for it or stop it"}


@dataclass(frozen=True)
class Entry:
    """What is known of a request: its ``answer``, or why it ``failed`` for good, or neither yet."""

    answer: str | None
    failed: str | None
    cost: Spend


@dataclass(frozen=True)
class Totals:
    """What all runs spent; ``unknown`` is the part of it that no answer vouches for."""

    spent: Spend
    unknown: Spend
    beyond: Spend


class Ledger:
    """The ledger in ``path``, made if need be, and held against other processes until it is closed.

    Attributes:
        totals: what earlier runs spent.

    Raises:
        RecordError: it is no ledger, damaged, of a newer version, held by another run, or cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._waiting: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._connection = open_database(path)
        try:
            with self._named():
                self._prepare()
                self.totals = _sum(self._connection)
        except BaseException:
            self._connection.close()
            raise
        self._thread = threading.Thread(target=self._write, name="ledger", daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Write what is asked for, and let the file go."""
        if self._thread.is_alive():
            self._waiting.put(None)
            self._thread.join()
            self._connection.close()

    async def find(self, key: str) -> Entry | None:
        """What is known of a request; its cost is that of all its attempts."""

        def look(connection: sqlite3.Connection) -> Entry | None:
            row = connection.execute("SELECT answer, failed FROM requests WHERE key = ?", (key,)).fetchone()
            if row is None:
                return None
            attempts = connection.execute("SELECT tokens, money FROM attempts WHERE key = ?", (key,))
            answer, failed = _text(row[0], "requests.answer"), _text(row[1], "requests.failed")
            return Entry(answer, failed, sum((_spend(*attempt) for attempt in attempts), Spend()))

        found: Entry | None = await self._do(look)
        return found

    async def begin(self, key: str, content: str, endpoint: str, worst: Spend) -> int:
        """Note that a request is about to be sent, and return the number of the attempt."""

        def note(connection: sqlite3.Connection) -> int | None:
            connection.execute("INSERT OR IGNORE INTO requests (key, content) VALUES (?, ?)", (key, content))
            return connection.execute(
                "INSERT INTO attempts (key, endpoint, state, began, tokens, money) VALUES (?, ?, 'sent', ?, ?, ?)",
                (key, endpoint, time.time(), worst.tokens, str(worst.money)),
            ).lastrowid

        attempt: int = await self._do(note)
        return attempt

    async def settle(self, attempt: int, charged: Charge, outcome: str, seconds: float) -> None:
        """Note what an attempt cost that brought no answer."""
        await self._do(lambda connection: _settle(connection, attempt, charged, outcome, seconds))

    async def answer(
        self, attempt: int, charged: Charge, seconds: float, answer: str, tokens: tuple[int, int] | None
    ) -> None:
        """Keep the answer of an attempt, and what it cost."""

        def keep(connection: sqlite3.Connection) -> None:
            _settle(connection, attempt, charged, "answered", seconds)
            connection.execute(
                "UPDATE requests SET answer = ?, failed = NULL, prompt_tokens = ?, completion_tokens = ?"
                " WHERE key = (SELECT key FROM attempts WHERE id = ?)",
                (answer, *(tokens or (None, None)), attempt),
            )

        await self._do(keep)

    async def fail(self, key: str, content: str, reason: str) -> None:
        """Note that a request is given up."""

        def note(connection: sqlite3.Connection) -> None:
            connection.execute("INSERT OR IGNORE INTO requests (key, content) VALUES (?, ?)", (key, content))
            connection.execute("UPDATE requests SET failed = ? WHERE key = ? AND answer IS NULL", (reason, key))

        await self._do(note)

    async def sum(self) -> Totals:
        """What all runs spent until now."""
        totals: Totals = await self._do(_sum)
        return totals

    async def reopen(self, keys: Sequence[str]) -> None:
        """Let requests that were given up be sent again."""
        rows = [(key,) for key in keys]
        await self._do(
            lambda connection: connection.executemany("UPDATE requests SET failed = NULL WHERE key = ?", rows)
        )

    async def execution(self, key: str) -> str | None:
        """What a program did, as ``keep`` was given it."""

        def look(connection: sqlite3.Connection) -> str | None:
            row = connection.execute("SELECT execution FROM executions WHERE key = ?", (key,)).fetchone()
            return None if row is None else _text(row[0], "executions.execution")

        found: str | None = await self._do(look)
        return found

    async def keep(self, key: str, execution: str) -> None:
        """Keep what a program did."""
        await self._do(
            lambda connection: connection.execute("INSERT OR IGNORE INTO executions VALUES (?, ?)", (key, execution))
        )

    def forget_failures(self) -> int:
        """Let requests that were given up be sent again, and return their number; before anything is asked."""
        with self._named(), self._connection as connection:
            return connection.execute("UPDATE requests SET failed = NULL WHERE failed IS NOT NULL").rowcount

    def _prepare(self) -> None:
        """Take the file for this process, see that it is a ledger, and make the tables of a new one."""
        schema = claim(self._connection, APPLICATION, _TABLES, synchronous="FULL", schema=SCHEMA)
        if schema is None:
            raise self._no_ledger()
        if schema > SCHEMA:
            raise RecordError(f"{self.path}: written by a newer version (schema {schema}); update this program")
        run = self._connection.execute
        if (state := run("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
            why = " ".join(state.split())
            raise self.damaged(why)
        run("UPDATE attempts SET state = 'unknown', outcome = 'the run ended' WHERE state = 'sent'")

    async def _do(self, operation: Operation) -> Any:
        future = asyncio.get_running_loop().create_future()
        self._waiting.put((operation, future))
        return await future

    def _write(self) -> None:
        """Carry out what is asked for, all that has come meanwhile in one commit."""
        while (first := self._waiting.get()) is not None:
            batch, ended = [first], False
            while not ended:
                try:
                    following = self._waiting.get_nowait()
                except queue.Empty:
                    break
                ended = following is None
                batch += [following] if following else []
            self._commit(batch)
            if ended:
                return

    def _commit(self, batch: list[_Waiting]) -> None:
        results: list[Any] = []
        try:
            with self._named():
                self._connection.execute("BEGIN IMMEDIATE")
                results += [operation(self._connection) for operation, _ in batch]
                self._connection.execute("COMMIT")
        except Exception as error:  # whoever waits for this batch is told
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            results = [error] * len(batch)
        for (_, future), result in zip(batch, results, strict=True):
            _tell(future, result)

    @contextmanager
    def _named(self) -> Iterator[None]:
        """SQLite's errors as lines that name the file and the remedy."""
        try:
            yield
        except _Damage as damage:
            raise self.damaged(str(damage)) from damage
        except sqlite3.DatabaseError as error:
            raise self._explain(error) from error

    def _explain(self, error: sqlite3.Error) -> RecordError:
        trouble = trouble_of(error)
        if trouble == "foreign":
            return self._no_ledger()
        if trouble == "damaged":
            return self.damaged(" ".join(str(error).split()))
        return RecordError(f"{self.path}: {_REMEDIES[trouble].format(error)}")

    def damaged(self, why: str) -> RecordError:
        """What to tell of a ledger that holds what this program never writes: ``why`` names it."""
        return RecordError(f"{self.path}: damaged ({why}); restore a copy, or move it away")

    def _no_ledger(self) -> RecordError:
        return RecordError(f"{self.path}: is no ledger of this program; name another file")


def _settle(connection: sqlite3.Connection, attempt: int, charged: Charge, outcome: str, seconds: float) -> None:
    connection.execute(
        "UPDATE attempts SET state = 'settled', tokens = ?, money = ?, beyond_tokens = ?, beyond_money = ?,"
        " outcome = ?, seconds = ? WHERE id = ?",
        (
            *(charged.spend.tokens, str(charged.spend.money)),
            *(charged.beyond.tokens, str(charged.beyond.money)),
            *(outcome, seconds, attempt),
        ),
    )


def _sum(connection: sqlite3.Connection) -> Totals:
    spent = unknown = beyond = Spend()
    rows = connection.execute(
        "SELECT outcome = 'answered', tokens, money, beyond_tokens, beyond_money, COUNT(*)"
        " FROM attempts GROUP BY 1, 2, 3, 4, 5"
    )
    for answered, tokens, money, more_tokens, more_money, times in rows:
        spend = _times(_spend(tokens, money), times)
        spent += spend
        unknown += Spend() if answered else spend
        beyond += _times(_spend(more_tokens, more_money, "beyond_"), times)
    return Totals(spent, unknown, beyond)


def _times(spend: Spend, times: int) -> Spend:
    return Spend(spend.tokens * times, spend.money * times)


def _spend(tokens: object, money: object, prefix: str = "") -> Spend:
    """What two columns say; an amount below nothing would lift the budget."""
    if not isinstance(tokens, int) or not 0 <= tokens <= MOST:
        raise _Damage(f"attempts.{prefix}tokens")
    try:
        amount = Decimal(money) if isinstance(money, str) else Decimal("NaN")
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or not 0 <= amount <= MOST:
        raise _Damage(f"attempts.{prefix}money")
    return Spend(tokens, amount)


def _text(value: object, column: str) -> str | None:
    if value is not None and not isinstance(value, str):
        raise _Damage(column)
    return value


def _tell(future: asyncio.Future[Any], result: Any) -> None:
    """Hand a result to the event loop that waits for it, if it still does."""

    def tell() -> None:
        if future.cancelled():
            return
        if isinstance(result, Exception):
            future.set_exception(result)
        else:
            future.set_result(result)

    try:
        future.get_loop().call_soon_threadsafe(tell)
    except RuntimeError:  # the loop is closed: nobody waits any more
        return
