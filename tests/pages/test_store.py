from __future__ import annotations

import os
import resource
from pathlib import Path

import pytest

from math_solver.evaluation import Decision
from math_solver.pages.store import Store
from math_solver.records import RecordError, write_jsonl

ONE, TWO, THREE = (Decision(f"p:{n}#0", "1", str(n), "?", "unverifiable", "correct") for n in range(3))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    write_jsonl(tmp_path / "d", [ONE, TWO])
    return tmp_path / "d"


def test_what_was_appended_is_there(path: Path) -> None:
    with Store(path, Decision) as store:
        store.append(THREE)
        assert store.records == [ONE, TWO, THREE] and not store.repaired
    with Store(path, Decision) as store:
        assert store.records == [ONE, TWO, THREE]


@pytest.mark.parametrize("cut", [1, 2, 40])
def test_a_torn_last_line_is_mended(path: Path, cut: int) -> None:
    path.write_bytes(path.read_bytes()[:-cut])
    kept = [ONE, TWO] if cut == 1 else [ONE]  # only the line's end is missing: the record is whole
    with Store(path, Decision) as store:
        assert store.repaired and store.records == kept
        store.append(THREE)
    with Store(path, Decision) as store:
        assert store.records == [*kept, THREE] and not store.repaired


def test_a_bad_row_in_the_middle_is_named(path: Path) -> None:
    path.write_text("\n{broken\n" + path.read_text())
    with pytest.raises(RecordError, match=r"d:2: not a Decision .*mend or delete the line"):
        Store(path, Decision)
    path.write_text("")
    Store(path, Decision).close()  # the lock was let go


def test_one_writer_at_a_time_also_after_a_replacement(path: Path) -> None:
    with Store(path, Decision) as store:
        with pytest.raises(RecordError, match="another page is writing it"):
            Store(path, Decision)
        store.replace(0, THREE)
        with pytest.raises(RecordError, match="another page is writing it"):
            Store(path, Decision)
        store.append(ONE)
    with Store(path, Decision) as store:
        assert store.records == [THREE, TWO, ONE]


def test_a_replacement_leaves_the_other_rows_as_they_are(path: Path) -> None:
    path.write_text('{"x": 1,  "later": "field", ' + path.read_text()[1:])
    with Store(path, Decision) as store:
        store.replace(1, THREE)
    assert path.read_text().startswith('{"x": 1,  "later": "field", ')
    assert sorted(os.listdir(path.parent)) == ["d"]


def test_a_full_disk_leaves_whole_lines(path: Path) -> None:
    before = path.read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    with Store(path, Decision) as store:
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 20, hard))  # the write stops in its middle
        try:
            with pytest.raises(RecordError, match="not saved"):
                store.append(THREE)
            with pytest.raises(RecordError, match="not saved"):
                store.replace(0, Decision("p", "1" * 999, "1", "?", "correct", "skip"))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert path.read_bytes() == before and store.records == [ONE, TWO]
        store.append(THREE)
    assert path.read_bytes().startswith(before)
