"""The folder of a set: LLaMA-Factory's own columns, complete or absent, and known when it is stale."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from math_solver.dataset.registration import KINDS, register
from math_solver.dataset.tokenized.origin import FILE, changes, origin_of
from math_solver.dataset.tokenized.writing import Split, Stage, write_set
from math_solver.records import RecordError, write_jsonl

from ..conftest import ROOT, Reading
from ..test_preflight import ROWS

SFT = {"input_ids": [1, 2, 3], "attention_mask": [1, 1, 1], "labels": [-100, 2, 3]}


def rows(number: int, split: Split = "train") -> Iterator[tuple[Split, dict[str, Any]]]:
    return ((split, SFT) for _ in range(number))


def prefixed(prefix: str) -> dict[str, Any]:
    return {f"{prefix}{name}": value for name, value in SFT.items()}


STAGES: dict[Stage, dict[str, Any]] = {
    "sft": SFT,
    "dpo": {**prefixed("chosen_"), **prefixed("rejected_")},
    "kto": {**SFT, **prefixed("kl_"), "kto_tags": True},
}


@pytest.mark.parametrize("stage", STAGES)
def test_the_columns_are_those_that_llamafactory_saves(stage: Stage, tmp_path: Path, reading: Reading) -> None:
    from datasets import load_from_disk
    from llamafactory.data import get_dataset
    from llamafactory.hparams import get_train_args

    write_jsonl(tmp_path / "rows.jsonl", [ROWS[stage]] * 2)
    register(tmp_path / "dataset_info.json", "rows", "rows.jsonl", stage)
    settings = {"model_name_or_path": str(ROOT / "examples" / "tiny_base"), "template": "qwen", "do_train": True}
    settings |= {"dataset": "rows", "dataset_dir": str(tmp_path), "stage": stage, "output_dir": str(tmp_path / "out")}
    settings |= {"tokenized_path": str(tmp_path / "its"), "report_to": "none", "overwrite_cache": True}
    model_args, data_args, training_args, _, _ = get_train_args(settings)
    preflight = reading(template="qwen")
    with redirect_stdout(sys.stderr):
        modules = {"tokenizer": preflight.tokenizer, "processor": preflight.processor}
        loader = KINDS[stage].loader
        get_dataset(preflight.template, model_args, data_args, training_args, stage=loader, **modules)  # type: ignore[arg-type]
        write_set(tmp_path / "ours", stage, [("train", STAGES[stage])] * 2, {})
        data_args.tokenized_path = str(tmp_path / "ours")
        module = get_dataset(preflight.template, model_args, data_args, training_args, stage=loader, **modules)  # type: ignore[arg-type]
    its = load_from_disk(str(tmp_path / "its"))["train"]
    assert list(module["train_dataset"].features) == list(its.features)
    assert list(module["train_dataset"]) == [{**STAGES[stage], "images": None, "videos": None, "audios": None}] * 2


def test_splits_are_written_and_counted(tmp_path: Path) -> None:
    from datasets import load_from_disk

    mixed = [*rows(3), *rows(2, "validation"), *rows(1)]
    assert write_set(tmp_path / "set", "sft", mixed, {"stage": "sft"}) == {"train": 4, "validation": 2}
    assert {split: len(found) for split, found in load_from_disk(str(tmp_path / "set")).items()} == {
        "train": 4,
        "validation": 2,
    }
    made = json.loads((tmp_path / "set" / FILE).read_text(encoding="utf-8"))
    assert made == {"stage": "sft", "rows": {"train": 4, "validation": 2}}
    assert list(tmp_path.iterdir()) == [tmp_path / "set"]


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_set(tmp_path / name, "sft", [*rows(300), *rows(2, "validation")], {})
    files = [path.relative_to(tmp_path / "a") for path in (tmp_path / "a").rglob("*") if path.is_file()]
    assert len(files) == 8
    assert all((tmp_path / "a" / path).read_bytes() == (tmp_path / "b" / path).read_bytes() for path in files)


def broken(number: int) -> Iterator[tuple[Split, dict[str, Any]]]:
    yield from rows(number)
    raise KeyboardInterrupt


@pytest.mark.parametrize("number", [0, 1, 500])
def test_what_is_interrupted_is_not_there_at_all(number: int, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        write_set(tmp_path / "set", "sft", broken(number), {})
    assert not list(tmp_path.iterdir())


def test_what_is_interrupted_leaves_the_earlier_set(tmp_path: Path) -> None:
    write_set(tmp_path / "set", "sft", rows(3), {})
    with pytest.raises(KeyboardInterrupt):
        write_set(tmp_path / "set", "sft", broken(1), {})
    assert json.loads((tmp_path / "set" / FILE).read_text(encoding="utf-8"))["rows"] == {"train": 3}
    assert write_set(tmp_path / "set", "sft", rows(2), {}) == {"train": 2}
    assert list(tmp_path.iterdir()) == [tmp_path / "set"]


def test_nothing_to_train_on_is_no_set(tmp_path: Path) -> None:
    for none in (rows(0), rows(3, "validation")):
        with pytest.raises(RecordError, match="no row is left to train on"):
            write_set(tmp_path / "set", "sft", none, {})
    assert not list(tmp_path.iterdir())


def test_a_folder_of_something_else_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter1.tex").write_text("x")
    with pytest.raises(RecordError, match="is not a set of this command"):
        write_set(tmp_path / "thesis", "sft", rows(1), {})
    with pytest.raises(RecordError, match="is a file"):
        write_set(tmp_path / "thesis" / "chapter1.tex", "sft", rows(1), {})
    assert (tmp_path / "thesis" / "chapter1.tex").read_text() == "x"
    (tmp_path / "empty").mkdir()
    assert write_set(tmp_path / "empty", "sft", rows(1), {}) == {"train": 1}


def test_what_a_killed_process_left_is_removed_and_what_runs_is_not(tmp_path: Path) -> None:
    dead = 2**22 + 1  # above the highest number of a process
    for name in (f".set.{dead}.tmp", f".other.{dead}.tmp", f".set.{os.getppid()}.tmp", ".set.mine.tmp"):
        (tmp_path / name).mkdir()
    write_set(tmp_path / "set", "sft", rows(1), {})
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"set", f".other.{dead}.tmp", f".set.{os.getppid()}.tmp", ".set.mine.tmp"}


@pytest.mark.parametrize(
    ("recipe", "options", "text", "changed"),
    [
        ({}, {}, "a\n", []),
        ({"template": "qwen3"}, {}, "a\n", ["template"]),
        ({"default_system": "Be brief."}, {}, "a\n", ["template"]),
        ({"cutoff_len": 512}, {}, "a\n", ["cutoff_len"]),
        ({"add_special_tokens": "<new>", "resize_vocab": True}, {}, "a\n", ["model", "tokenizer"]),
        ({"learning_rate": 1.0}, {}, "a\n", []),  # trains otherwise, on the same tokens
        ({}, {"seed": 1}, "a\n", ["options"]),
        ({}, {}, "b\n", ["inputs"]),
    ],
)
def test_a_stale_set_is_known(
    recipe: dict[str, Any], options: dict[str, Any], text: str, changed: list[str], tmp_path: Path, reading: Reading
) -> None:
    data = tmp_path / "t.jsonl"
    data.write_text("a\n")
    asked = {"seed": 0, "parts": ["all"]}
    write_set(tmp_path / "set", "sft", rows(1), origin_of(reading(template="qwen"), "sft", [data], asked))
    data.write_text(text)
    now = origin_of(reading(**{"template": "qwen", **recipe}), "sft", [data], {**asked, **options})
    assert changes(tmp_path / "set", now) == changed


def test_a_set_of_unknown_origin_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("[]")
    with pytest.raises(RecordError, match="not a JSON object"):
        changes(tmp_path, {})
