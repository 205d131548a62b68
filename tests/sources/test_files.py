"""Rows of files in every form, and what a broken one costs."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from math_solver.records import RecordError
from math_solver.sources.files import Broken, find_files, read_file, strict

ROWS: list[dict[str, Any]] = [
    {"id": number, "q": f'brace {{ quote " [{number}]', "messages": [{"id": 7, "q": "inner"}]} for number in range(5)
]


def jsonl(rows: list[str]) -> str:
    return "\n".join(rows) + "\n"


def array(rows: list[str]) -> str:
    return f"[{', '.join(rows)}]"


def array_on_lines(rows: list[str]) -> str:
    return "[\n  " + ",\n  ".join(rows) + "\n]\n"


def wrapped(rows: list[str]) -> str:
    return '{"keywords": "2010-2022 [{", "count": 5, "example": ' + array(rows) + "}"


FORMS: list[Callable[[list[str]], str]] = [jsonl, array, array_on_lines, wrapped]


def read(path: Path, content: str | bytes) -> list[Any]:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read_file(path))


def ids(rows: list[Any]) -> list[Any]:
    return ["broken" if isinstance(row, Broken) else row["id"] for row in rows]


@pytest.mark.parametrize("name", ["rows.json", "rows.jsonl", "rows.txt"])
@pytest.mark.parametrize("form", FORMS)
def test_the_content_says_what_a_json_file_is(tmp_path: Path, form: Callable[[list[str]], str], name: str) -> None:
    assert read(tmp_path / name, form([json.dumps(row) for row in ROWS])) == ROWS


def test_objects_over_several_lines(tmp_path: Path) -> None:
    pretty = [json.dumps(row, indent=4) for row in ROWS]
    assert read(tmp_path / "a.json", "\n".join(pretty)) == ROWS  # Math23K
    assert read(tmp_path / "b.json", json.dumps(ROWS, indent=1)) == ROWS
    keyed = {f"k{row['id']}": {"q": row["q"], "z": 1} for row in ROWS}
    expected = [{"id": key, **row} for key, row in keyed.items()]
    assert read(tmp_path / "c.json", json.dumps(keyed, indent=4)) == expected  # MathVista
    assert read(tmp_path / "d.json", json.dumps(keyed)) == expected
    assert read(tmp_path / "e.json", json.dumps({"k": {"q": 1, "z": 2}})) == [{"id": "k", "q": 1, "z": 2}]
    assert read(tmp_path / "f.json", json.dumps(ROWS[0], indent=2)) == ROWS[:1]  # one row, not an object around rows


BROKEN = [
    '{"id": 2, "q": "x"',  # a brace is missing
    '{"id": 2, "q": "x", "m": [1}',
    '{"id": 2, "q": "x}',  # a quote is missing
    '{"id": 2, "q": x}',
    '{"id": 2 "q": "x"}}}}',  # braces too many
    '{"id": 2, "q": "\\x"}',
    '{"id": 2, "q": ' + "9" * 5000 + "}",  # more digits than Python reads
    '{"id": 2, "q": ' + "[" * 100_000 + "}",
    '{"id": 2, "q": "\\ud800"}',
    '["not", "an object"]',
]


@pytest.mark.parametrize("form", [*FORMS, pytest.param(lambda rows: "\n".join(rows), id="pretty")])
@pytest.mark.parametrize("broken", BROKEN, ids=range(len(BROKEN)))
def test_a_broken_row_costs_that_row(tmp_path: Path, broken: str, form: Callable[[list[str]], str]) -> None:
    rows = [json.dumps(row, indent=2 if form not in FORMS else None) for row in ROWS]
    rows[2] = broken
    found = read(tmp_path / "rows.json", form(rows))
    assert [row for row in ids(found) if row != "broken"] == [0, 1, 3, 4]
    assert "broken" in ids(found)
    if broken != BROKEN[-1]:
        assert ids(found) == [0, 1, "broken", 3, 4]


def test_bytes_that_are_not_utf8_cost_their_row(tmp_path: Path) -> None:
    lines = [json.dumps(row).encode() for row in ROWS]
    lines[1] = b'{"id": 1, "q": "\xff\xfe"}'
    assert ids(read(tmp_path / "rows.jsonl", b"\n".join(lines))) == [0, "broken", 2, 3, 4]
    assert ids(read(tmp_path / "rows.json", b"[" + b",".join(lines) + b"]")) == [0, "broken", 2, 3, 4]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", []),
        (" \n\n", []),
        ("[]", []),
        ("{}", [{}]),
        ('{"a": 1}\n\n \n{"a": 2}', [{"a": 1}, {"a": 2}]),
        ('[{"a": 1},]', [{"a": 1}]),  # as people write by hand
        ('\ufeff{"a": 1}\n', [{"a": 1}]),
        ('{"a": {"b": 1}}', [{"a": {"b": 1}}]),
        ('{"messages": [{"a": 1}], "id": 1}', [{"messages": [{"a": 1}], "id": 1}]),
    ],
)
def test_odd_files(tmp_path: Path, content: str, expected: list[Any]) -> None:
    assert read(tmp_path / "rows.json", content) == expected


@pytest.mark.parametrize(
    ("content", "whole"),
    [
        ('[{"a": 1}, {"a": 2}', 2),  # the bracket is missing
        ('[{"a": 1}, {"a": 2', 1),  # cut in a row
        ('{"a": 1}\n{"a": ', 1),
        ('{"a": 1}\n{"a": 2}x', 1),
        ('[{"a": 1}] and more', 1),
    ],
)
def test_a_file_that_was_cut_says_so_once(tmp_path: Path, content: str, whole: int) -> None:
    found = read(tmp_path / "rows.json", content)
    assert [isinstance(row, Broken) for row in found] == [False] * whole + [True]


def test_tables(tmp_path: Path) -> None:
    assert read(tmp_path / "a.csv", '\ufeffq, a\n"x, ""y""\nz",1\n,2\n') == [
        {"q": 'x, "y"\nz', "a": "1"},
        {"q": "", "a": "2"},
    ]
    assert read(tmp_path / "a.tsv", "q\ta\nx\t1\r\n") == [{"q": "x", "a": "1"}]
    short, long, good = read(tmp_path / "b.csv", "q,a\nx\n1,2,3\n4,5\n")
    assert (short.why, long.why) == ("line 2: 1 fields under 2 columns", "line 3: 3 fields under 2 columns")
    assert good == {"q": "4", "a": "5"}
    (open_quote,) = read(tmp_path / "c.csv", 'q,a\nx,"1\ny,2\n')
    assert open_quote.why.startswith("lines 2 to 3")
    assert read(tmp_path / "d.csv", f"q,a\n{'x' * 200_000},1\n")[0]["a"] == "1"
    for header in ("", "q,q\n1,2\n", "q,\n1,2\n", '"q"a,b\n1,2\n'):
        with pytest.raises(RecordError, match="its first line"):
            read(tmp_path / "e.csv", header)


def test_parquet(tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    pq.write_table(pa.Table.from_pylist(ROWS), path)
    assert list(read_file(path)) == ROWS
    zipped = tmp_path / "rows.parquet.gz"
    zipped.write_bytes(gzip.compress(path.read_bytes()))
    assert list(read_file(zipped)) == ROWS
    for content in (b"", b"PAR1", path.read_bytes()[:-30], b"nonsense" * 10):
        with pytest.raises(RecordError, match="rows.parquet: cannot be loaded"):
            read(path, content)


def test_gzip_is_told_by_its_bytes(tmp_path: Path) -> None:
    content = jsonl([json.dumps(row) for row in ROWS]).encode() * 3000
    assert len(read(tmp_path / "a.jsonl", gzip.compress(content))) == 15_000
    assert read(tmp_path / "a.csv.gz", gzip.compress(b"q,a\n1,2\n")) == [{"q": "1", "a": "2"}]
    with pytest.raises(RecordError, match="gzip stream is damaged or cut"):
        read(tmp_path / "a.jsonl.gz", gzip.compress(content)[:-100])


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"\xff\xfe{\x00", "is UTF-16"),
        (b"nonsense", "begins with 'n'"),
        (b"<html>", "begins with '<'"),
    ],
)
def test_what_is_no_rows_at_all_is_one_line(tmp_path: Path, content: bytes, complaint: str) -> None:
    with pytest.raises(RecordError, match=complaint):
        read(tmp_path / "rows.json", content)
    with pytest.raises(RecordError, match="no such file"):
        list(read_file(tmp_path / "nowhere.json"))


def test_rows_longer_than_what_is_held_at_a_time(tmp_path: Path) -> None:
    rows = [{"id": number, "q": "长" * size} for number, size in enumerate((3, 700_000, 5, 300_000))]
    for form in FORMS:
        assert read(tmp_path / "rows.json", form([json.dumps(row, ensure_ascii=False) for row in rows])) == rows


SHORT = st.text(max_size=4)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | SHORT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(SHORT, inner, max_size=3),
    max_leaves=6,
)


@given(
    st.lists(st.dictionaries(SHORT, VALUES, max_size=3).map(lambda row: {"zz": 1, **row}), min_size=2, max_size=5),
    st.sampled_from((None, 1, 4)),
)
def test_any_rows_in_an_array(tmp_path_factory: pytest.TempPathFactory, rows: list[Any], indent: int | None) -> None:
    path = tmp_path_factory.getbasetemp() / "any.json"
    assert read(path, json.dumps(rows, indent=indent)) == rows


def test_folders_and_strict_reading(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("b/x.jsonl", "a.json.gz", "README.md", ".hidden.json"):
        (tmp_path / name).write_text('{"a": 1}\n')
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "c.json").write_text("{}")
    assert find_files([tmp_path]) == [tmp_path / "a.json.gz", tmp_path / "b" / "x.jsonl"]
    assert find_files([tmp_path / "README.md", tmp_path / "README.md"]) == [tmp_path / "README.md"]
    for missing in (tmp_path / "nowhere", tmp_path / ".git"):
        if missing.exists():
            (missing / "c.json").unlink()
        with pytest.raises(RecordError, match="no such file|holds no"):
            find_files([missing])
    (tmp_path / "bad.jsonl").write_text('{"a": 1}\n{"a"\n')
    with pytest.raises(RecordError, match=r"bad\.jsonl, row 2: not JSON .*mend or delete"):
        list(strict(tmp_path / "bad.jsonl"))


def test_a_table_that_is_not_utf8_is_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=r"a.csv: is not UTF-8; convert it, such as with iconv -f GB18030 -t UTF-8"):
        read(tmp_path / "a.csv", "题目,答案\n几个？,5\n".encode("gb18030"))
    first, broken = read(tmp_path / "b.csv", b"q,a\nhow many?,1\ncaf\xe9,2\n")
    assert first == {"q": "how many?", "a": "1"}
    assert isinstance(broken, Broken) and broken.why.startswith("line 3: holds bytes that are not UTF-8")


def test_brackets_too_deep_to_be_written_again_break_their_row(tmp_path: Path) -> None:
    deep = '{"id": 1, "q": ' + "[" * 300 + "]" * 300 + "}"
    found = read(tmp_path / "rows.jsonl", jsonl([json.dumps(ROWS[0]), deep, json.dumps(ROWS[2])]))
    assert ids(found) == [0, "broken", 2]


def test_a_pipe_and_a_device_are_no_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "rows.jsonl")
    for path in (tmp_path / "rows.jsonl", tmp_path, Path("/dev/null")):
        with pytest.raises(RecordError, match="is a folder, a device or a pipe"):
            list(read_file(path))
