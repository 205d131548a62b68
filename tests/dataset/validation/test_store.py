from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from math_solver.dataset.validation.store import Store, StoredRow
from math_solver.records import Execution, RecordError

JOB = {"inputs": [["a", "1"]]}


def stored(number: int, part: str = "output") -> StoredRow:
    return StoredRow(part, "valid", {"id": number}, difference="differs" if number % 2 else None)


def test_rows_come_back_in_their_order_by_part(tmp_path: Path) -> None:
    path = tmp_path / "s"
    with Store(path, JOB) as store:
        for number in range(6):
            store.add(stored(number, "invalid" if number % 3 == 0 else "output"), [{"of": number}] * (number == 2))
        assert len(store) == 6
    with Store(path, JOB) as store:
        assert [row["id"] for row in store.rows("output")] == [1, 2, 4, 5]
        assert list(store.derived()) == [{"of": 2}]
        assert store.counts("part") == {("output",): 4, ("invalid",): 2}
        assert store.counts("status", "difference") == {("valid", None): 3, ("valid", "differs"): 3}
        store.delete()
    assert not list(tmp_path.iterdir())


def test_executions_come_back_as_they_were(tmp_path: Path) -> None:
    runs = [(Execution("ok", "7\n"), Execution("error", "\0\ud800", None, "x")), (Execution("ok", value="ü"),)]
    with Store(tmp_path / "s", JOB) as store:
        store.keep_runs("k", runs)
        store.add(stored(1))
    with Store(tmp_path / "s", JOB) as store:
        assert store.find_runs("k") == runs and store.find_runs("other") == []


def test_a_run_that_did_nothing_leaves_nothing(tmp_path: Path) -> None:
    with Store(tmp_path / "s", JOB):
        pass
    assert not list(tmp_path.iterdir())


def test_another_job_is_refused_and_the_store_is_left(tmp_path: Path) -> None:
    with Store(tmp_path / "s", JOB) as store:
        store.add(stored(1))
    with pytest.raises(RecordError, match="other inputs, options or versions"):
        Store(tmp_path / "s", {"inputs": []})
    with Store(tmp_path / "s", JOB) as store:
        assert len(store) == 1


def test_two_at_once_are_refused(tmp_path: Path) -> None:
    with Store(tmp_path / "s", JOB), pytest.raises(RecordError, match="another run is writing this output"):
        Store(tmp_path / "s", JOB)


@pytest.mark.parametrize("content", [b"not a database at all, but long enough to be read" * 30, b"{}\n"])
def test_a_file_of_somebody_else_is_not_touched(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "s"
    path.write_bytes(content)
    with pytest.raises(RecordError, match="damaged|not saved"):
        Store(path, JOB)
    assert path.read_bytes() == content


def test_a_database_of_somebody_else_is_refused(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "s")
    connection.execute("CREATE TABLE mine (x)")
    connection.commit()
    connection.close()
    with pytest.raises(RecordError, match="is no file of this program"):
        Store(tmp_path / "s", JOB)


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE rows SET content = '{'", "content"),
        ("UPDATE rows SET content = '[]'", "content"),
        ("UPDATE rows SET content = 'null'", "content"),
        ("UPDATE rows SET content = 1.5", "content"),
        ("UPDATE rows SET content = CAST(x'ff00' AS TEXT)", "Could not decode"),
        ("UPDATE runs SET content = '{'", "runs.content"),
        ("UPDATE runs SET content = '[[{}]]'", "runs.content"),
        ("UPDATE runs SET content = '[1]'", "runs.content"),
        ("UPDATE runs SET content = '1'", "runs.content"),
        (f"UPDATE runs SET content = '{'[' * 100_000}'", "runs.content"),
        ("UPDATE runs SET content = x'ff00'", "runs.content"),
        ("UPDATE runs SET content = CAST(x'ff00' AS TEXT)", "Could not decode"),
        ("DROP TABLE runs", "no such table"),
        ("ALTER TABLE rows RENAME COLUMN content TO contents", "no such column"),
    ],
)
def test_a_damaged_store_is_one_line_that_says_so(statement: str, named: str, tmp_path: Path) -> None:
    with Store(tmp_path / "s", JOB) as store:
        store.keep_runs("k", [(Execution("ok", "7\n"),)])
        store.add(stored(1))
    with sqlite3.connect(tmp_path / "s") as connection:
        connection.execute(statement)
    connection.close()
    with pytest.raises(RecordError, match=rf"s: damaged \(.*{named}.*\); delete it to begin anew"):
        with Store(tmp_path / "s", JOB) as store:
            store.find_runs("k")
            list(store.rows("output"))
