from __future__ import annotations

import resource
from pathlib import Path

import pytest

from math_solver.journal import Journal, fingerprint
from math_solver.records import Drop, Execution, RecordError

FIRST, SECOND = Drop("a", "no_code"), Execution("ok", "完", ms=1.5)


def journal(path: Path, rows: int = 3, *, fresh: bool = False) -> Journal[Drop | Execution]:
    return Journal[Drop | Execution](path, {"rows": rows}, (Drop, Execution), fresh=fresh)


def test_what_was_appended_is_there_again(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "out.journal"
    with journal(path) as first:
        first.append(FIRST)
        first.append(SECOND)
    with journal(path) as second:
        assert second.records == [FIRST, SECOND]
        second.finish()
    assert not path.exists()


def test_a_second_beginning_is_told(tmp_path: Path) -> None:
    path = tmp_path / "out.journal"
    with journal(path) as first:
        first.append(FIRST)
    whole = path.read_bytes()
    for again in (whole, whole.replace(b'"rows": 3', b'"rows": 4')):
        path.write_bytes(whole + again)
        with pytest.raises(RecordError, match=r"out.journal: begins twice; delete"):
            journal(path)
    assert again != whole


@pytest.mark.parametrize("line", ["null", "[1]", '"Drop"', "{}", '{"Drop": {}, "Execution": {}}', '{"Drop": null}'])
def test_a_line_that_is_no_record_is_told_in_plain_words(tmp_path: Path, line: str) -> None:
    path = tmp_path / "out.journal"
    journal(path).__exit__()
    with path.open("a") as file:
        file.write(f"{line}\n")
    with pytest.raises(
        RecordError, match=r"out.journal:2: not a record of this run \((not an object|None is no object)"
    ):
        journal(path)


def test_a_torn_last_line_is_dropped(tmp_path: Path) -> None:
    path = tmp_path / "out.journal"
    with journal(path) as first:
        first.append(FIRST)
        first.append(SECOND)
    path.write_bytes(path.read_bytes()[:-4])
    with journal(path) as second:
        assert second.records == [FIRST]
        second.append(SECOND)
    with journal(path) as third:
        assert third.records == [FIRST, SECOND]


def test_a_journal_cut_in_its_first_line_starts_anew(tmp_path: Path) -> None:
    path = tmp_path / "out.journal"
    path.write_text('{"job": {"ro')
    with journal(path) as opened:
        assert opened.records == []
        opened.append(FIRST)
    with journal(path) as again:
        assert again.records == [FIRST]


def test_another_job_s_journal_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "out.journal"
    with journal(path) as first:
        first.append(FIRST)
    before = path.read_bytes()
    with pytest.raises(RecordError, match="other inputs"), journal(path, rows=4):
        pass
    assert path.read_bytes() == before


def test_two_runs_cannot_write_one_journal(tmp_path: Path) -> None:
    path = tmp_path / "out.journal"
    with journal(path), pytest.raises(RecordError, match="another run"), journal(path):
        pass


def test_a_fresh_run_forgets_what_a_run_that_ended_left_of_any_job(tmp_path: Path) -> None:
    path = tmp_path / "out.journal"
    with journal(path) as first:
        first.append(FIRST)
    with journal(path, rows=4, fresh=True) as second:
        assert second.records == []
        second.append(SECOND)
    with journal(path, rows=4) as third:
        assert third.records == [SECOND]


def test_a_fresh_run_takes_nothing_from_one_that_is_still_writing(tmp_path: Path) -> None:
    path = tmp_path / "out.journal"
    with journal(path) as first:
        first.append(FIRST)
        with pytest.raises(RecordError, match="another run is writing it; wait for it or stop it"):
            journal(path, fresh=True)
        first.append(SECOND)
    with journal(path) as again:
        assert again.records == [FIRST, SECOND]


def test_the_fingerprint_tells_records_apart() -> None:
    assert fingerprint([FIRST]) == fingerprint([Drop("a", "no_code")]) != fingerprint([Drop("b", "no_code")])


def test_another_job_s_journal_is_not_mended_either(tmp_path: Path) -> None:
    path = tmp_path / "out.journal"
    with journal(path) as first:
        first.append(FIRST)
    path.write_bytes(path.read_bytes()[:-4])
    before = path.read_bytes()
    with pytest.raises(RecordError, match="other inputs"):
        journal(path, rows=4)
    assert path.read_bytes() == before


@pytest.mark.parametrize("line", ['{"Problem": {"id": "a"}}', "{}", '{"Drop": {"id": "a"}}', "[1]", "{broken"])
def test_a_line_of_no_kind_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "out.journal"
    with journal(path) as first:
        first.append(FIRST)
    path.write_text(f"{path.read_text()}\n{line}\n")
    for _ in range(2):  # the lock was let go
        with pytest.raises(RecordError, match=r"out.journal:4: not a record of this run .*mend or delete the line"):
            journal(path)


def test_a_full_disk_is_told_and_leaves_the_journal_whole(tmp_path: Path) -> None:
    path = tmp_path / "out.journal"
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    with journal(path) as first:
        first.append(FIRST)
        before = path.read_bytes()
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 9, hard))
        try:
            with pytest.raises(RecordError, match="out.journal: not saved"):
                first.append(SECOND)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert path.read_bytes() == before and first.records == [FIRST]
        first.append(SECOND)
    with journal(path) as second:
        assert second.records == [FIRST, SECOND]
