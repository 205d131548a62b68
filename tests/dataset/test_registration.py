"""What ``dataset_info.json`` says of each kind of row; how it is written is in test_sharegpt.py."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import pytest

from math_solver.dataset.registration import KINDS, KindName, check_name, register
from math_solver.records import RecordError

FOREIGN = {"file_name": "theirs.json", "formatting": "alpaca", "columns": {"prompt": "q"}, "tags": {"role_tag": "r"}}


@pytest.mark.parametrize("kind", get_args(KindName))
def test_an_entry_is_read_by_llamafactory_as_it_is_meant(kind: KindName, tmp_path: Path) -> None:
    from llamafactory.data.parser import get_dataset_list

    info = tmp_path / "dataset_info.json"
    info.write_text(json.dumps({"theirs": FOREIGN}), encoding="utf-8")
    for _ in range(2):  # the second time changes nothing
        register(info, "ours", "data/ours.jsonl", kind)
        entries = json.loads(info.read_text(encoding="utf-8"))
        assert list(entries.items())[0] == ("theirs", FOREIGN) and len(entries) == 2
    (read,) = get_dataset_list(["ours"], str(tmp_path))
    assert (read.ranking, read.formatting) == (kind == "dpo", "alpaca" if kind == "pt" else "sharegpt")
    columns = {name: getattr(read, name) for name in KINDS[kind].columns}
    assert columns == KINDS[kind].columns
    others = {"chosen", "rejected", "kto_tag", "images", "messages", "prompt"} - columns.keys()
    assert not any(getattr(read, name) for name in others)


def test_one_name_can_change_its_kind(tmp_path: Path) -> None:
    info = tmp_path / "dataset_info.json"
    register(info, "ours", "data/ours.jsonl", "dpo")
    register(info, "ours", "data/ours.jsonl", "kto")
    assert "ranking" not in json.loads(info.read_text(encoding="utf-8"))["ours"]


@pytest.mark.parametrize("name", ["tir_gsm8k", "数据集", "a b", "v1.2+x", "2024-01"])
def test_what_a_dataset_can_be_called(name: str) -> None:
    check_name(name)


@pytest.mark.parametrize(
    "name",
    [
        # another folder than that of the data
        "../x", "a/b", "/etc/x", "..", ".x",
        # two datasets, or another one, to LLaMA-Factory
        "a,b", " x", "x ",
        "", "-x", "a\nb", "[/red]", "\udcff",
    ],
)  # fmt: skip
def test_what_no_dataset_can_be_called(name: str) -> None:
    with pytest.raises(RecordError, match="--name"):
        check_name(name)


@pytest.mark.parametrize(
    "content", [b"{", b"[]", b"", b"\xff", b'{"a": ' + b"9" * 5000 + b"}", b"[" * 5000, b'{"a": "\\ud800"}']
)
def test_what_is_no_list_of_datasets_is_left_as_it_is(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "dataset_info.json").write_bytes(content)
    with pytest.raises(RecordError, match="dataset_info.json: .*mend it or restore it"):
        register(tmp_path / "dataset_info.json", "ours", "data/ours.jsonl")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [content]
