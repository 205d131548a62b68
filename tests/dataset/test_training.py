"""Every kind of row and of set in a short stock training run on the embedded base."""

from __future__ import annotations

import json
import runpy
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from math_solver.records import write_jsonl

from ..commands.test_tokenize import solutions

ROOT = Path(__file__).parents[2]
BASE = {
    "model_name_or_path": str(ROOT / "examples" / "tiny_base"),
    "template": "qwen",
    "cutoff_len": 1024,
    "finetuning_type": "lora",
    "lora_rank": 4,
    "do_train": True,
    "max_steps": 2,
    "logging_steps": 1,
    "per_device_train_batch_size": 2,
    "learning_rate": 1.0e-3,
    "report_to": "none",
    "save_strategy": "no",
    "use_cpu": True,
}


Script = Callable[..., None]


@pytest.fixture()
def script(monkeypatch: pytest.MonkeyPatch) -> Script:
    """Runs a script in this process, which has loaded LLaMA-Factory once for all."""

    def script(name: str, *words: str | Path) -> None:
        monkeypatch.setattr("sys.argv", [name, *map(str, words)])
        assert not runpy.run_path(str(ROOT / "scripts" / name))["main"]()

    return script


def rows(script: Script, folder: Path, stage: str) -> dict[str, Any]:
    """Rows of text, registered."""
    inputs = ["--stage", stage, "--input", folder / "t.jsonl", "--name", stage]
    script("build_dataset.py", *inputs, "--dataset-info", folder / "dataset_info.json")
    return {"stage": stage, "dataset": stage, "dataset_dir": str(folder)}


def tokens(script: Script, folder: Path, stage: str, *parts: str) -> dict[str, Any]:
    """A set of token ids; whatever else the settings say of data is not read."""
    output = folder / f"{stage}_tokens"
    options = ["--recipe", folder / "recipe.yaml", *(["--parts", *parts] if parts else [])]
    script("tokenize_dataset.py", "--stage", stage, "--input", folder / "t.jsonl", "--output", output, *options)
    return {"stage": stage, "dataset": "nowhere", "tokenized_path": str(output)}


def train(runs: list[dict[str, Any]], folder: Path) -> None:
    (folder / "runs.json").write_text(json.dumps(runs), encoding="utf-8")
    words = [sys.executable, "tests/dataset/train_several.py", str(folder / "runs.json")]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]


@pytest.mark.parametrize(
    ("text", "sets"),
    [
        (["dpo"], {"sft": ["repair", "fenced:all=0.5"]}),
        pytest.param(["sft", "kto", "pt"], {"dpo": [], "kto": []}, marks=pytest.mark.slow),
    ],
    ids=["pairs and repairs", "all else"],
)
def test_it_trains(text: list[str], sets: dict[str, list[str]], script: Script, tmp_path: Path) -> None:
    write_jsonl(tmp_path / "t.jsonl", solutions())
    (tmp_path / "recipe.yaml").write_text(json.dumps(BASE), encoding="utf-8")
    asked = [rows(script, tmp_path, stage) for stage in text]
    asked += [tokens(script, tmp_path, stage, *sets[stage]) for stage in sets]
    outputs = [tmp_path / "output" / str(number) for number in range(len(asked))]
    asked = [{**one, "cutoff_len": 64} if one["stage"] == "pt" else one for one in asked]  # blocks of a short text
    runs = [{**BASE, **one, "output_dir": str(output)} for one, output in zip(asked, outputs, strict=True)]
    train(runs, tmp_path)
    for output in outputs:
        log = [json.loads(line) for line in (output / "trainer_log.jsonl").read_text(encoding="utf-8").splitlines()]
        assert [entry["current_steps"] for entry in log if "loss" in entry] == [1, 2]
        assert all(0 < entry["loss"] < 20 for entry in log if "loss" in entry)
