"""The ledger: what outlives a death, what is refused, and that commits are shared."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from math_solver.records import Execution, RecordError
from math_solver.synthesis.ledger import APPLICATION, SCHEMA, Entry, Ledger
from math_solver.synthesis.running import Runner
from math_solver.synthesis.spending import Charge, Spend

WORST = Spend(100, Decimal("0.25"))
COST = Spend(30, Decimal("0.125"))


async def answered(ledger: Ledger, key: str) -> None:
    attempt = await ledger.begin(key, "{}", "http://x", WORST)
    await ledger.answer(attempt, Charge(COST), 0.5, '{"said": "é"}', (20, 10))


def test_what_was_answered_is_known_to_the_next_run(tmp_path: Path) -> None:
    with Ledger(tmp_path / "l") as ledger:
        assert asyncio.run(ledger.find("a")) is None
        asyncio.run(answered(ledger, "a"))
    with Ledger(tmp_path / "l") as ledger:
        assert asyncio.run(ledger.find("a")) == Entry('{"said": "é"}', None, COST)
        assert ledger.totals.spent == COST and ledger.totals.unknown == Spend()


def test_the_cost_of_a_request_is_that_of_all_attempts(tmp_path: Path) -> None:
    async def scenario(ledger: Ledger) -> Entry | None:
        lost = await ledger.begin("a", "{}", "http://x", WORST)
        await ledger.settle(lost, Charge(WORST), "status 500", 0.1)
        await answered(ledger, "a")
        return await ledger.find("a")

    with Ledger(tmp_path / "l") as ledger:
        entry = asyncio.run(scenario(ledger))
        assert entry is not None and entry.cost == WORST + COST
    with Ledger(tmp_path / "l") as ledger:
        assert (ledger.totals.spent, ledger.totals.unknown) == (WORST + COST, WORST)


def test_what_was_given_up_stays_so_until_it_is_forgotten(tmp_path: Path) -> None:
    with Ledger(tmp_path / "l") as ledger:
        asyncio.run(ledger.fail("a", "{}", "status 500"))
        asyncio.run(answered(ledger, "b"))
        asyncio.run(ledger.fail("b", "{}", "too late"))
        assert asyncio.run(ledger.find("b")) == Entry('{"said": "é"}', None, COST)
    with Ledger(tmp_path / "l") as ledger:
        assert asyncio.run(ledger.find("a")) == Entry(None, "status 500", Spend())
        assert ledger.forget_failures() == 1
        assert asyncio.run(ledger.find("a")) == Entry(None, None, Spend())


KILLED = """
import asyncio, sys
from decimal import Decimal
from pathlib import Path
from math_solver.synthesis.ledger import Ledger
from math_solver.synthesis.running import Runner
from math_solver.synthesis.spending import Charge, Spend

async def main():
    ledger = Ledger(Path(sys.argv[1]))
    number = 0
    async def one():
        nonlocal number
        while True:
            number += 1
            key = str(number)
            attempt = await ledger.begin(key, "{}", "http://x", Spend(100, Decimal("0.25")))
            await ledger.answer(attempt, Charge(Spend(30, Decimal("0.125"))), 0.1, key, None)
            sys.stdout.write(key + "\\n")
            sys.stdout.flush()
    await asyncio.gather(*(one() for _ in range(16)))

asyncio.run(main())
"""


def test_kill_9_loses_no_answer_that_was_acknowledged(tmp_path: Path) -> None:
    command = [sys.executable, "-c", KILLED, str(tmp_path / "l")]
    told = set[str]()
    for _ in range(3):
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            told |= {process.stdout.readline().strip() for _ in range(300)}
            os.kill(process.pid, signal.SIGKILL)
            told |= set(process.stdout.read().split("\n")[:-1])
    with Ledger(tmp_path / "l") as ledger:
        entries = [asyncio.run(ledger.find(key)) for key in told]
        assert all(entry is not None and entry.answer == key for entry, key in zip(entries, told, strict=True))
        assert ledger.totals.unknown.tokens <= 3 * 16 * 100  # those in flight, at their worst case


def test_what_was_in_flight_at_a_death_counts_as_its_worst_case(tmp_path: Path) -> None:
    script = KILLED.replace(
        "await ledger.answer", "print(1, flush=True); await asyncio.sleep(99)\n            await ledger.answer"
    )
    with subprocess.Popen([sys.executable, "-c", script, str(tmp_path / "l")], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        for _ in range(16):
            process.stdout.readline()
        process.kill()
    with Ledger(tmp_path / "l") as ledger:
        assert ledger.totals.spent == ledger.totals.unknown == Spend(16 * 100, 16 * Decimal("0.25"))
        assert asyncio.run(ledger.find("1")) == Entry(None, None, WORST)


def text_file(path: Path) -> None:
    path.write_text("trajectories are no ledger\n" * 100)


def short_file(path: Path) -> None:
    path.write_text("{}\n")


def another_database(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE songs (name TEXT)")
    connection.close()


def of_another_program(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA application_id = 1196444487")  # a GeoPackage
        connection.execute("CREATE TABLE songs (name TEXT)")
    connection.close()


def newer(path: Path) -> None:
    Ledger(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    connection.close()


def damaged(path: Path) -> None:
    with Ledger(path) as ledger:

        async def fill() -> None:
            await asyncio.gather(*(answered(ledger, f"{n:064}") for n in range(2000)))

        asyncio.run(fill())
    data = bytearray(path.read_bytes())
    data[8192:40960] = os.urandom(32768)
    path.write_bytes(data)


def folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize(
    ("make", "complaint"),
    [
        (text_file, "is no ledger of this program"),
        (short_file, "is no ledger of this program"),
        (another_database, "is no ledger of this program"),
        (of_another_program, "is no ledger of this program"),
        (newer, "written by a newer version"),
        (damaged, "damaged"),
        (folder, "is a folder; name a file"),
    ],
)
def test_what_is_no_ledger_is_refused_in_one_line_and_left_alone(
    make: Callable[[Path], None], complaint: str, tmp_path: Path
) -> None:
    path = tmp_path / "l"
    make(path)
    before = None if path.is_dir() else path.read_bytes()
    with pytest.raises(RecordError, match=complaint) as raised:
        Ledger(path)
    assert "\n" not in str(raised.value) and str(raised.value).startswith(str(path))
    if make is not damaged:
        assert before is None or path.read_bytes() == before


def broken(path: Path, *statements: str) -> Path:
    """A ledger of one answered request with an execution, after SQL of somebody else's."""
    with Ledger(path) as ledger:
        asyncio.run(answered(ledger, "a"))
        asyncio.run(ledger.keep("a", '{"status": "ok"}'))
    with sqlite3.connect(path) as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()
    return path


@pytest.mark.parametrize(
    ("column", "value"),
    [
        *(("money", value) for value in ("'0.x0'", "'abc'", "'NaN'", "'sNaN'", "'Infinity'", "x'ff00'")),
        *(("money", value) for value in ("'1e999999999'", "'-1'", "'-0.001'", "''", "x'31'", "'1e19'")),
        *(("tokens", value) for value in ("'x'", "1.5", "-1", "x'ff'", "9223372036854775807")),
        *(("beyond_money", value) for value in ("'abc'", "'-1'", "'NaN'")),  # taken off the budget too
        *(("beyond_tokens", value) for value in ("'x'", "-5")),
    ],
)  # fmt: skip
def test_an_amount_that_nobody_wrote_is_damage(column: str, value: str, tmp_path: Path) -> None:
    """Below nothing it would lift the budget."""
    path = broken(tmp_path / "l", f"UPDATE attempts SET {column} = {value}")
    with pytest.raises(RecordError) as raised:
        Ledger(path)
    assert str(raised.value) == f"{path}: damaged (attempts.{column}); restore a copy, or move it away"


@pytest.mark.parametrize(
    "money", ["'0'", "'0E-10'", "'0.125000'", "'1e-999999999'", "'0e-999999999'", "'0e999999'", "'1000000000000000'"]
)
def test_odd_amounts_that_are_none_the_less_amounts(money: str, tmp_path: Path) -> None:
    with Ledger(broken(tmp_path / "l", f"UPDATE attempts SET money = {money}")) as ledger:
        assert ledger.totals.spent.money >= 0 and ledger.totals.spent.tokens == COST.tokens


def look(path: Path) -> None:
    with Ledger(path) as ledger:
        asyncio.run(ledger.find("a"))
        asyncio.run(ledger.execution("a"))


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE requests SET answer = x'ff00'", "requests.answer"),
        ("UPDATE requests SET answer = CAST(x'ff00' AS TEXT)", "Could not decode to UTF-8"),
        ("UPDATE requests SET failed = x'ff00'", "requests.failed"),
        ("UPDATE executions SET execution = x'ff00'", "executions.execution"),
        ("UPDATE attempts SET money = CAST(x'ff00' AS TEXT)", "Could not decode to UTF-8"),
        ("DROP TABLE executions", "no such table"),
        ("DROP TABLE attempts", "no such table"),
        ("ALTER TABLE requests RENAME COLUMN answer TO answers", "no such column"),
        ("ALTER TABLE attempts RENAME COLUMN money TO cost", "no such column"),
    ],
)
def test_a_damaged_ledger_is_one_line_that_says_so(statement: str, named: str, tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=rf"l: damaged \(.*{named}.*\); restore a copy, or move it away") as raised:
        look(broken(tmp_path / "l", statement))
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    "kept", ["{", "{}", "[]", "null", '"status"', '{"status": "fine"}', '{"status": []}', "[" * 5000]
)
def test_an_execution_that_nobody_wrote_is_damage(kept: str, tmp_path: Path) -> None:
    async def never(code: str, session: str) -> Execution:
        raise AssertionError("it ran before")

    with Ledger(tmp_path / "l") as ledger:
        runner = Runner(never, "s", ledger, lambda: "turn", {})
        asyncio.run(ledger.keep(runner._key("1"), kept))
        with pytest.raises(RecordError, match=r"l: damaged \(executions.execution\); restore a copy"):
            asyncio.run(runner("1"))


def test_a_ledger_that_may_not_be_written_is_not_said_to_want_room(tmp_path: Path) -> None:
    with Ledger(tmp_path / "l") as ledger:
        ledger._connection.execute("PRAGMA query_only = ON")
        with pytest.raises(
            RecordError, match=r"not saved \(attempt to write a readonly database\); mend the permissions"
        ):
            asyncio.run(ledger.fail("a", "{}", ""))


def test_two_runs_do_not_share_a_ledger(tmp_path: Path) -> None:
    with Ledger(tmp_path / "l"):
        with pytest.raises(RecordError, match="another run is using this ledger"):
            Ledger(tmp_path / "l")
    Ledger(tmp_path / "l").close()


def test_another_process_is_kept_out_too(tmp_path: Path) -> None:
    code = "import pathlib, sys, math_solver.synthesis.ledger as it; it.Ledger(pathlib.Path(sys.argv[1]))"
    with Ledger(tmp_path / "l"):
        ran = subprocess.run([sys.executable, "-c", code, str(tmp_path / "l")], capture_output=True, text=True)
    assert "another run is using this ledger" in ran.stderr


def test_a_full_disk_is_one_line_and_what_was_kept_stays(tmp_path: Path) -> None:
    with Ledger(tmp_path / "l") as ledger:
        asyncio.run(answered(ledger, "a"))
        ledger._connection.execute("PRAGMA max_page_count = 12")  # SQLite says what it says on a full disk

        async def fill() -> None:
            for n in range(100):
                await ledger.fail(f"{n}", "x" * 5000, "")

        with pytest.raises(RecordError, match="not saved .*full.*make room"):
            asyncio.run(fill())
    with Ledger(tmp_path / "l") as ledger:
        assert asyncio.run(ledger.find("a")) == Entry('{"said": "é"}', None, COST)


def test_what_is_asked_for_at_once_shares_a_commit(tmp_path: Path) -> None:
    with Ledger(tmp_path / "l") as ledger:
        statements: list[str] = []
        ledger._connection.set_trace_callback(statements.append)

        async def many() -> None:
            await asyncio.gather(*(answered(ledger, str(n)) for n in range(300)))

        asyncio.run(many())
        assert asyncio.run(ledger.sum()).spent == Spend(300 * 30, 300 * Decimal("0.125"))
    assert sum(statement == "COMMIT" for statement in statements) < 200


def test_it_says_whose_it_is(tmp_path: Path) -> None:
    Ledger(tmp_path / "l").close()
    assert int.from_bytes((tmp_path / "l").read_bytes()[68:72], "big") == APPLICATION
