"""Which rows ``scripts/explore.py`` finds in which files."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from math_solver.commands.explore import beside, count_tokens, notes_beside, read_items
from math_solver.dataset.curation.curating import Victim
from math_solver.dataset.sharegpt import render
from math_solver.records import Drop, Problem, RecordError, Trajectory, as_row, write_jsonl

from ..pages.exploring.rows import TRAJECTORIES, VICTIMS, write_dataset

TINY = Path(__file__).parents[2] / "examples" / "tiny_base"


def kinds(path: Path, **options: object) -> list[str]:
    return [type(record).__name__ for _, record, _ in read_items([path], **options)]  # type: ignore[arg-type]


def test_each_kind_of_file_is_told_by_its_rows(tmp_path: Path) -> None:
    path = write_dataset(tmp_path)
    write_jsonl(tmp_path / "problems.jsonl", [record.problem for record in TRAJECTORIES])
    assert kinds(path) == ["Trajectory"] * 6
    assert kinds(tmp_path / "curated.victims.jsonl") == ["Victim"] * 4
    assert kinds(tmp_path / "problems.jsonl") == ["Problem"] * 6
    assert kinds(path, limit=2) == ["Trajectory"] * 2


def test_a_victim_survives_its_file(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "v.jsonl", VICTIMS)
    assert [record for _, record, _ in read_items([tmp_path / "v.jsonl"])] == VICTIMS


def test_rendered_rows_and_corpora_are_read_by_their_sources(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "sharegpt.jsonl", [render(record) for record in TRAJECTORIES[:2]])
    write_jsonl(tmp_path / "gsm8k.jsonl", [{"question": "How many?", "answer": "It is <<3=3>>3\n#### 3"}])
    rendered = [record for _, record, _ in read_items([tmp_path / "sharegpt.jsonl"])]
    assert all(isinstance(record, Trajectory) for record in rendered) and len(rendered) == 2
    assert isinstance(rendered[0], Trajectory) and rendered[0].steps[0].code == TRAJECTORIES[0].steps[0].code
    (problem,) = [record for _, record, _ in read_items([tmp_path / "gsm8k.jsonl"])]
    assert isinstance(problem, Problem) and problem.answer == "3"


def test_a_row_keeps_what_it_says_beyond_its_record(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "t.jsonl", [{**as_row(TRAJECTORIES[0]), "more": [1]}])
    with gzip.open(tmp_path / "t.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write((tmp_path / "t.jsonl").read_text(encoding="utf-8"))
    for name in ("t.jsonl", "t.jsonl.gz"):
        ((raw, record, file_name),) = read_items([tmp_path / name])
        assert raw is not None and raw["more"] == [1] and record == TRAJECTORIES[0] and file_name == name


@pytest.mark.parametrize(
    ("rows", "broken"),
    [
        ([as_row(TRAJECTORIES[0]), "{broken"], "not JSON"),
        ([as_row(TRAJECTORIES[0]), {"id": "x"}], "not a Trajectory"),
        ([as_row(TRAJECTORIES[0].problem), {"id": "x", "source": "s", "question": [7]}], "question is [7]"),
        ([as_row(VICTIMS[0]), {**as_row(VICTIMS[0]), "question": None}], "not a row that curation left out"),
        ([as_row(VICTIMS[0]), {**as_row(VICTIMS[0]), "score": "high"}], "not a row that curation left out"),
        ([as_row(VICTIMS[0]), {"filter": "x"}], "not a row that curation left out"),
    ],
)  # fmt: skip
def test_a_broken_row_costs_that_row(tmp_path: Path, rows: list[object], broken: str) -> None:
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    (tmp_path / "f.jsonl").write_text("\n".join([*lines, lines[0]]) + "\n")
    first, second, third = (record for _, record, _ in read_items([tmp_path / "f.jsonl"]))
    assert isinstance(second, Drop) and broken in second.detail and "f.jsonl" in second.detail
    assert first == third and not isinstance(first, Drop)


def test_the_victims_beside_a_file_come_along(tmp_path: Path) -> None:
    path = write_dataset(tmp_path)
    victims = tmp_path / "curated.victims.jsonl"
    assert beside([path]) == [path, victims] and beside([victims, path]) == [victims, path]
    assert sorted(beside([tmp_path])) == sorted([path, victims])
    with pytest.raises(RecordError, match="no such file"):
        beside([tmp_path / "none.jsonl"])


def test_what_curation_reports_is_told_where_it_is_its_report(tmp_path: Path) -> None:
    path = write_dataset(tmp_path)
    assert notes_beside([path]) == []
    report = {"read": 1300, "kept": 1200, "benchmarks": None}
    (tmp_path / "curated.report.json").write_text(json.dumps(report))
    assert notes_beside([path])[0] == "curated.jsonl: curation read 1,300 rows and kept 1,200"
    for odd in ("[]", "{", "{}", '{"read": "x", "kept": 1}', '{"read": 1, "kept": 1}'):
        (tmp_path / "curated.report.json").write_text(odd)
        assert len(notes_beside([path])) <= 1


def test_a_file_of_no_known_form_is_one_line(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "odd.jsonl", [{"colour": "red"}])
    with pytest.raises(RecordError, match="no source fits"):
        list(read_items([tmp_path / "odd.jsonl"]))


def test_tokens_are_counted_by_the_models_own_tokenizer(tmp_path: Path) -> None:
    count = count_tokens(str(TINY))
    assert count([]) == [] and count(["12 + 34", ""])[1] == 0 and count(["12 + 34"])[0] > 2
    with pytest.raises(RecordError, match="--tokenizer .*none: cannot be loaded"):
        count_tokens(str(tmp_path / "none"))


def test_victims_are_of_the_form_that_curation_writes() -> None:
    assert [Victim.from_dict(as_row(victim)) for victim in VICTIMS] == VICTIMS
