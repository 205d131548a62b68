"""The command that writes sets of token ids, in this process."""

from __future__ import annotations

import json
import runpy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from math_solver.records import RecordError, Trajectory, write_jsonl

from ..dataset.judged import ADD, FAIL, MULTIPLY, REPAIR, SUBTRACT, solved

ROOT = Path(__file__).parents[2]
RECIPE = f"model_name_or_path: {ROOT / 'examples' / 'tiny_base'}\ntemplate: qwen\ncutoff_len: 1024\n"


def solutions(problems: int = 4) -> list[Trajectory]:
    return [
        replace(each, id=f"{each.id}{n}", problem=replace(each.problem, id=f"p{n}", question=f"Problem {n}?"))
        for n in range(problems)
        for each in (
            solved("a", [MULTIPLY, ADD], "7"),
            solved("b", [FAIL, REPAIR], "7"),
            solved("c", [MULTIPLY, SUBTRACT], "5"),
        )
    ]


@pytest.fixture()
def tokenize(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    write_jsonl(tmp_path / "t.jsonl", solutions())
    (tmp_path / "recipe.yaml").write_text(RECIPE, encoding="utf-8")

    def tokenize(*options: str) -> int:
        paths = ["--input", str(tmp_path / "t.jsonl"), "--recipe", str(tmp_path / "recipe.yaml")]
        words = ["tokenize_dataset.py", *paths, "--output", str(tmp_path / "set"), *options]
        monkeypatch.setattr("sys.argv", words)
        code: int = runpy.run_path(str(ROOT / "scripts" / "tokenize_dataset.py"))["main"]()
        return code

    return tokenize


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), ["kept 8 train, dropped 4 (4 not_verified)", "of them trained"]),
        (("--parts", "repair", "all=0.5"), ["(4 no_repair)", "stage: sft"]),
        (("--stage", "dpo"), ["kept 4 train", "mean length chosen"]),
        (("--stage", "kto"), ["kept 12 train", "8 right, 4 wrong", "kto_rejected_weight: 2.00"]),
        (("--stage", "dpo", "--form", "fenced", "--show-mask", "1"), ["--- chosen_input_ids", "```python", "⟦"]),
        (("--limit", "2"), ["kept 2 train, dropped 0"]),
    ],
)
def test_a_set_is_written_and_its_line_is_told(
    options: tuple[str, ...], said: list[str], tokenize: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tokenize(*options) == 0
    out = capsys.readouterr().out
    assert all(part in out for part in said) and out.endswith(f"tokenized_path: {tmp_path / 'set'}\n")
    assert (tmp_path / "set" / "train").is_dir()


def test_it_is_written_again_only_where_something_changed(
    tokenize: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tokenize("--check") == 1 and "stale: no set yet" in capsys.readouterr().out
    tokenize()
    made = tmp_path / "set" / "made_of.json"
    first = made.stat().st_mtime_ns
    assert tokenize("--check") == 0 and tokenize() == 0
    assert "up to date, 8 train" in capsys.readouterr().out and made.stat().st_mtime_ns == first
    write_jsonl(tmp_path / "t.jsonl", solutions(5))
    assert tokenize("--check") == 1 and "stale: inputs" in capsys.readouterr().out
    assert tokenize("--check", "--parts", "repair") == 1 and "stale: options, inputs" in capsys.readouterr().out
    tokenize()
    assert json.loads(made.read_text(encoding="utf-8"))["rows"] == {"train": 10}


@pytest.mark.parametrize(
    ("options", "recipe", "complaint"),
    [
        (["--parts", "some"], "", "--parts: 'some' is not"),
        (["--validation", "1"], "", "--validation is 1.0"),
        (["--stage", "dpo", "--length-ratio", "0.5"], "", "--length-ratio: a ratio of 0.5"),
        ([], "mask_history: true", "says mask_history, which a set of tokens decides itself"),
        ([], "cutoff_len: 5", "no row is left to train on"),
        (["--input", "nowhere.jsonl"], "", "nowhere.jsonl: no such file"),
        (["--stage", "kto", "--limit", "1"], "", "KTO needs right and wrong solutions"),
    ],
)
def test_what_cannot_be_is_one_line_and_nothing_is_written(
    options: list[str], recipe: str, complaint: str, tokenize: Any, tmp_path: Path
) -> None:
    (tmp_path / "recipe.yaml").write_text(RECIPE + recipe + "\n", encoding="utf-8")
    with pytest.raises(RecordError, match=complaint):
        tokenize(*options)
    assert {path.name for path in tmp_path.iterdir()} == {"t.jsonl", "recipe.yaml"}


@pytest.mark.parametrize("options", [(), ("--stage", "dpo"), ("--stage", "kto")])
def test_nothing_waits_in_a_small_tmp(
    options: tuple[str, ...], tokenize: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What does not fit into memory lies beside the output: here there is no other folder for it."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "full"))
    assert tokenize(*options) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["recipe.yaml", "set", "t.jsonl"]
