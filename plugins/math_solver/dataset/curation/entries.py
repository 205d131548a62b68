"""What is chosen by, of every row that no filter took: a table on disk, so that a million rows fit.

A choice is a query that finds rows to leave, and ``leave`` takes them out; who is left, and why, is asked for once by
``gone``. The order of rows is that of the input.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from ...database import Scratch, signed
from .families import Families

__all__ = ["BALANCED", "Entries", "Entry", "Leaving", "Left", "Part", "RATES", "Rates", "rate_name"]

Leaving = tuple[int, str, str]  # the number of a row, the reason why it is left out, and what is said of it
RATES = ("none", "up to 1/4", "up to 1/2", "up to 3/4", "below all", "all")  # of right samples among a question's
BALANCED = ("subject", "level", "lang", "length", "kind", "source")


@dataclass(frozen=True, slots=True)
class Entry:
    """What is chosen by, of row ``number``.

    ``rank`` orders solutions of one problem, the best first: verdict, programs, length. ``keys`` are the values that
    ``BALANCED`` names; ``kin`` hashes of the families that the row says it belongs to; ``problem`` and ``follows``
    hashes of problem ids, ``follows`` 0 where the question stands alone; ``repaired`` whether a program failed before
    the one that the answer rests on.
    """

    number: int
    id: str
    part: int
    group: int
    family: int
    program: int
    rank: tuple[int, int, int]
    keys: tuple[str, ...]
    kin: tuple[int, ...] = ()
    problem: int = 0
    follows: int = 0
    repaired: bool = False


@dataclass(frozen=True)
class Left:
    """A row that a choice left out, and why."""

    number: int
    id: str
    reason: str
    detail: str


_TABLES = (
    """CREATE TABLE entries (
        number INTEGER PRIMARY KEY, id TEXT, part INTEGER, question_group INTEGER, family INTEGER, program INTEGER,
        verdict INTEGER, programs INTEGER, size INTEGER, subject TEXT, level TEXT, lang TEXT, length TEXT, kind TEXT,
        source TEXT, problem INTEGER, follows INTEGER, kin TEXT, repaired INTEGER, held INTEGER DEFAULT 0)""",
    "CREATE TABLE leaving (number INTEGER PRIMARY KEY, reason TEXT, detail TEXT)",
    "CREATE TABLE gone (number INTEGER, id TEXT, reason TEXT, detail TEXT)",
)


class Entries:
    """Entries in a scratch database; ``families`` joins the families that they name by number."""

    def __init__(self, scratch: Scratch, families: Families | None = None) -> None:
        self._scratch, self.families = scratch, families or Families()
        self.rates = Rates(scratch)
        for table in _TABLES:
            scratch.run(table)
        scratch.define("family_of", self.families.find)

    def add(self, entry: Entry) -> None:
        own = (entry.number, entry.id, entry.part, entry.group, entry.family, signed(entry.program))
        related = (
            signed(entry.problem),
            signed(entry.follows),
            json.dumps(list(map(signed, entry.kin))),
            int(entry.repaired),
        )
        values = (*own, *entry.rank, *entry.keys, *related)
        self._scratch.run(f"INSERT INTO entries VALUES ({', '.join('?' * len(values))}, 0)", values)

    def find(self, query: str, values: Iterable[object] = ()) -> Iterator[tuple]:  # type: ignore[type-arg]
        return self._scratch.run(query, values)

    def define(self, name: str, function: Callable[[object], object]) -> None:
        self._scratch.define(name, function)

    def __len__(self) -> int:
        return int(next(self.find("SELECT COUNT(*) FROM entries"))[0])

    def counts(self, *columns: str) -> dict[tuple[str, ...], int]:
        """How many entries have each combination of values of columns, the most frequent first."""
        names = ", ".join(columns)
        query = f"SELECT COUNT(*), {names} FROM entries GROUP BY {names} ORDER BY 1 DESC, MIN(number + (held << 40))"
        return {tuple(map(str, values)): count for count, *values in self.find(query)}

    def leave(self, rows: Iterable[Leaving]) -> int:
        """Take out rows; returns how many."""
        self._scratch.run_many("INSERT INTO leaving VALUES (?, ?, ?)", rows)
        self._scratch.run(
            "INSERT INTO gone "
            "SELECT number, id, reason, detail FROM leaving JOIN entries USING (number) ORDER BY number"
        )
        self._scratch.run("DELETE FROM entries WHERE number IN (SELECT number FROM leaving)")
        ((count,),) = self.find("SELECT COUNT(*) FROM leaving")
        self._scratch.run("DELETE FROM leaving")
        return int(count)

    def gone(self) -> Iterator[Left]:
        """What was taken out since this was asked last, one choice after the other."""
        for row in self.find("SELECT number, id, reason, detail FROM gone ORDER BY rowid"):
            yield Left(*row)
        self._scratch.run("DELETE FROM gone")

    def hold(self, is_held: Callable[[int], bool]) -> None:
        """Set rows aside for validation, by their numbers."""
        self.define("is_held", lambda number: int(is_held(int(str(number)))))
        self._scratch.run("UPDATE entries SET held = is_held(number)")

    def part(self, held: bool) -> Part:
        return Part(self, held)

    def spread(self, column: str) -> dict[str, int]:
        """How many entries have each value of a column, the most frequent first."""
        return {value: count for (value,), count in self.counts(column).items()}

    def questions(self) -> int:
        """How many different questions the entries ask."""
        return int(next(self.find("SELECT COUNT(DISTINCT question_group) FROM entries"))[0])


@dataclass(frozen=True)
class Part:
    """The rows for training, or those that are ``held`` for validation: their numbers, in order."""

    entries: Entries
    held: bool

    def __iter__(self) -> Iterator[int]:
        found = self.entries.find("SELECT number FROM entries WHERE held = ? ORDER BY number", (int(self.held),))
        return (number for (number,) in found)

    def __len__(self) -> int:
        ((count,),) = self.entries.find("SELECT COUNT(*) FROM entries WHERE held = ?", (int(self.held),))
        return int(count)


class Rates:
    """Of each question, how many of its samples are right."""

    def __init__(self, scratch: Scratch) -> None:
        self._scratch = scratch
        scratch.run("CREATE TABLE rates (question_group INTEGER PRIMARY KEY, correct INTEGER, tried INTEGER)")

    def count(self, group: int, correct: int, tried: int = 1) -> None:
        self._scratch.run(
            "INSERT INTO rates VALUES (?, ?, ?) ON CONFLICT DO UPDATE "
            "SET correct = correct + excluded.correct, tried = tried + excluded.tried",
            (group, int(correct), tried),
        )

    def described(self) -> Mapping[str, int]:
        """Questions by their pass rate in quarters."""
        counts = dict.fromkeys(RATES, 0)
        for correct, tried, count in self._scratch.run(
            "SELECT correct, tried, COUNT(*) FROM rates GROUP BY correct, tried"
        ):
            counts[rate_name(correct, tried)] += count
        return counts


def rate_name(correct: int, tried: int) -> str:
    """Which of ``RATES`` a pass rate is."""
    if correct in (0, tried):
        return RATES[-1] if correct else RATES[0]
    return RATES[-(-4 * correct // tried)]  # quarters, rounded up
