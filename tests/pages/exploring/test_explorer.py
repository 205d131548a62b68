from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from math_solver.pages.exploring.collection import Choice
from math_solver.pages.exploring.explorer import Explorer
from math_solver.records import Drop, RecordError, Trajectory, as_row, read_jsonl, read_records

from .rows import TRAJECTORIES, VICTIMS, write_dataset


@pytest.fixture
def explorer(tmp_path: Path) -> Iterator[Explorer]:
    path = write_dataset(tmp_path)
    with Explorer([path], tmp_path, lambda texts: [len(text.split()) for text in texts]) as explorer:
        for record in TRAJECTORIES:
            explorer.take({**as_row(record), "more": 7}, record, path.name)
        for victim in VICTIMS:
            explorer.take(None, victim, "curated.victims.jsonl")
        explorer.take(None, Drop("x", "broken_row", "curated.jsonl, row 9: not JSON"), path.name)
        explorer.finish()
        yield explorer


def chosen(explorer: Explorer, name: str, value: str) -> Choice:
    number = next(n for n, facet in enumerate(explorer.rows.facets) if facet.kind.name == name)
    return Choice().toggled(number, explorer.rows.facets[number].values.index(value))


def test_all_that_is_read_has_its_place(explorer: Explorer) -> None:
    assert (len(explorer.rows), len(explorer.left_out), len(explorer.clusters)) == (6, 4, 1)
    assert list(explorer.summary()) == [
        "6 rows of 4 problems", "4 rows that curation left out", "1 clusters of questions that are alike",
        "1 rows that could not be read (1 broken_row)",
    ]  # fmt: skip
    assert explorer.rows[0]["more"] == 7 and explorer.rate(1) == (1, 3)


@pytest.mark.parametrize(
    ("name", "value", "ids"),
    [
        ("verdict", "incorrect", ["t2"]),
        ("status", "timeout", ["t3"]),
        ("licence", "not stated", ["t5"]),
        ("rate", "up to 1/2", ["t1", "t2", "t3"]),
        ("lang", "zh", ["t4"]),
        ("tokens", "up to 128", ["t0", "t1", "t2", "t3", "t4", "t5"]),
    ],
)  # fmt: skip
def test_what_is_chosen_is_saved_as_it_was_read(
    explorer: Explorer, tmp_path: Path, name: str, value: str, ids: list[str]
) -> None:
    path, rows = explorer.save("rows", chosen(explorer, name, value), "some")
    assert path == tmp_path / "some.jsonl" and rows == len(ids)
    assert [record.id for record in read_records(path, Trajectory)] == ids
    assert all(row["more"] == 7 for _, row in read_jsonl(path))


def test_what_was_left_out_is_saved_too(explorer: Explorer) -> None:
    path, rows = explorer.save("left_out", Choice(query="marbles"), "hits.jsonl")
    assert rows == 1 and [row for _, row in read_jsonl(path)] == [as_row(VICTIMS[2])]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("curated.jsonl", "is an input"),
        ("curated", "is an input"),
        ("link.jsonl", "is an input"),  # by another name
        ("hard.jsonl", "is an input"),
        ("there.jsonl", "exists already"),
        ("folder.jsonl", "is a folder"),
        ("../up.jsonl", "no plain file name"),
        ("/tmp/x.jsonl", "no plain file name"),
        ("..", "no plain file name"),
        (".hidden", "no plain file name"),
        ("a\\b", "no plain file name"),
        ("a\x00b", "no plain file name"),
        ("", "no plain file name"),
        ("x" * 300, "no plain file name"),
    ],
)  # fmt: skip
def test_a_page_writes_no_file_but_a_new_one_of_its_folder(
    explorer: Explorer, tmp_path: Path, name: str, says: str
) -> None:
    (tmp_path / "link.jsonl").symlink_to(tmp_path / "curated.jsonl")
    os.link(tmp_path / "curated.jsonl", tmp_path / "hard.jsonl")
    (tmp_path / "there.jsonl").write_text("mine\n")
    (tmp_path / "folder.jsonl").mkdir()
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    with pytest.raises(RecordError, match=says):
        explorer.save("rows", Choice(), name)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_replace_replaces_what_is_no_input(explorer: Explorer, tmp_path: Path) -> None:
    (tmp_path / "there.jsonl").write_text("mine\n")
    assert explorer.save("rows", Choice(), "there.jsonl", replace=True)[1] == 6
    with pytest.raises(RecordError, match="is an input"):
        explorer.save("rows", Choice(), "curated.jsonl", replace=True)


def test_nothing_selected_writes_nothing(explorer: Explorer, tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="nothing is selected"):
        explorer.save("rows", Choice(query="no such word"), "some")
    assert not (tmp_path / "some.jsonl").exists()


def test_a_folder_that_cannot_be_written_is_one_line(explorer: Explorer, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    explorer.folder = tmp_path / "file" / "below"
    with pytest.raises(RecordError, match="cannot be written"):
        explorer.save("rows", Choice(), "some")
