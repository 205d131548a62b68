"""What the stages promise, at toy size through the stock commands: merges, references, early stops, resumed runs."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from math_solver.commands.api_process import cli

from .toy import EXAMPLES, ROOT, Recipe, Toy, environment, losses, run

pytestmark = pytest.mark.slow
MATH = "qwen2_5_math_7b"


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Toy:
    return Toy(tmp_path_factory.mktemp("toy"))


def recipe(name: str) -> Recipe:
    return Recipe(EXAMPLES / "train_lora" / f"{name}.yaml")


def export(name: str, model: Path, adapter: Path, output: Path) -> Path:
    """Merge with a YAML of ``examples/merge_lora``; float32, so that nothing is rounded away."""
    changed = [f"model_name_or_path={model}", f"adapter_name_or_path={adapter}", f"export_dir={output}"]
    run([cli(), "export", f"examples/merge_lora/{name}.yaml", *changed, "infer_dtype=float32"])
    return output


def weights(folder: Path, name: str = "model.safetensors") -> dict[str, Any]:
    from safetensors.torch import load_file

    return dict(load_file(folder / name))


@pytest.fixture(scope="module")
def first_stage(toy: Toy) -> Path:
    """The merged model of the first stage."""
    stage = recipe(f"{MATH}_lora_sft_cot")
    with pytest.MonkeyPatch.context() as patch:
        data = toy.build(stage, patch)
    run(toy.words(stage, data, toy.folder / "cot", max_steps=6, learning_rate=2.0e-2))
    return export(f"{MATH}_cot", toy.model("qwen"), toy.folder / "cot", toy.folder / "cot_merged")


def test_a_merge_adds_the_adapter_and_nothing_else(first_stage: Path, toy: Toy) -> None:
    import torch

    base, merged = weights(toy.model("qwen")), weights(first_stage)
    adapter = weights(toy.folder / "cot", "adapter_model.safetensors")
    scale = json.loads((toy.folder / "cot" / "adapter_config.json").read_text(encoding="utf-8"))
    factor = scale["lora_alpha"] / scale["r"]
    changed = 0
    for name, weight in base.items():
        stem = f"base_model.model.{name.removesuffix('.weight')}"
        a, b = (adapter.get(f"{stem}.lora_{side}.weight") for side in "AB")
        added = factor * (b.float() @ a.float()) if a is not None and b is not None else 0
        changed += a is not None
        torch.testing.assert_close(merged[name].float(), weight.float() + added, atol=1e-5, rtol=1e-4)
    assert changed == 14, "seven matrices in each of two layers"
    assert any(not torch.equal(weight, merged[name]) for name, weight in base.items())


def test_the_second_stage_trains_an_adapter_of_its_own_on_the_merged_model(
    first_stage: Path, toy: Toy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = recipe(f"{MATH}_lora_sft_tir")
    data = toy.build(stage, monkeypatch)
    run(toy.words(stage, data, tmp_path / "tir", model_name_or_path=first_stage))
    adapter = json.loads((tmp_path / "tir" / "adapter_config.json").read_text(encoding="utf-8"))
    assert (adapter["r"], adapter["base_model_name_or_path"]) == (32, str(first_stage)), "not the first stage's 64"
    merged = export(f"{MATH}_cot", first_stage, tmp_path / "tir", tmp_path / "merged")
    assert weights(merged).keys() == weights(first_stage).keys()


@pytest.mark.parametrize(
    ("name", "first"),
    [
        (f"{MATH}_lora_dpo", 0.6931),  # log 2: policy and reference are one
        (f"{MATH}_lora_kto", 0.5),  # 1 - sigmoid(0)
    ],
)
def test_preferences_are_learned_against_the_merged_model(
    name: str, first: float, first_stage: Path, toy: Toy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = recipe(name)
    data = toy.build(stage, monkeypatch)
    longer = {"max_steps": 12, "learning_rate": 2.0e-2, "save_steps": 100, "gradient_accumulation_steps": 4}
    run(toy.words(stage, data, tmp_path / "on_merged", model_name_or_path=first_stage, **longer))
    lost = losses(tmp_path / "on_merged")
    assert lost[1] == pytest.approx(first, abs=2e-3)
    assert lost[12] < 0.9 * first
    chosen, rejected = (losses(tmp_path / "on_merged", f"rewards/{side}") for side in ("chosen", "rejected"))
    assert abs(chosen[1]) < 1e-2 and chosen[12] > rejected[12]


def test_the_reference_of_an_adapter_on_the_bare_base_is_the_bare_base(
    first_stage: Path, toy: Toy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Why the recipes start from a merged model: the first loss shows that policy and reference differ."""
    stage = recipe(f"{MATH}_lora_dpo")
    data = toy.build(stage, monkeypatch)
    run(toy.words(stage, data, tmp_path / "on_base", adapter_name_or_path=toy.folder / "cot"))
    assert abs(losses(tmp_path / "on_base", "rewards/chosen")[1]) > 0.1


def test_it_stops_when_nothing_gets_better(toy: Toy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of ten steps without learning it makes four: one evaluation to compare with, and three that bring nothing."""
    stage = recipe("qwen3_8b_lora_sft")
    data = toy.build(stage, monkeypatch)
    still = {"learning_rate": 0.0, "max_steps": 10, "deepspeed": None}
    run(toy.words(stage, data, tmp_path / "output", **still))
    assert list(losses(tmp_path / "output", "eval_loss")) == [1, 2, 3, 4]


def test_a_killed_run_goes_on_with_the_same_losses(toy: Toy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In its second epoch too. Not so with ``group_by_length``, whose order transformers draws anew there."""
    stage = recipe(f"{MATH}_lora_sft")
    data = toy.build(stage, monkeypatch, problems=16)  # an epoch of less than 12 steps
    long = {"max_steps": 16, "save_steps": 2, "gradient_accumulation_steps": 1, "learning_rate": 1.0e-2}
    run(toy.words(stage, data, tmp_path / "whole", **long))
    whole = losses(tmp_path / "whole")
    words = toy.words(stage, data, tmp_path / "killed", **long)
    kill_behind(words, tmp_path / "killed" / "checkpoint-12" / "trainer_state.json")
    done = run(words)
    assert "Resuming training from" in done.stdout + done.stderr
    assert losses(tmp_path / "killed") == pytest.approx(whole, abs=1e-4)


def kill_behind(words: list[str], file: Path) -> None:
    """Start a command and end it as a power cut would, once a file is there."""
    process = subprocess.Popen(
        words, cwd=ROOT, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, process_group=0
    )
    try:
        until = time.monotonic() + 500
        while not file.exists() and time.monotonic() < until and process.poll() is None:
            time.sleep(0.05)
        assert process.poll() is None, "it ended before it could be killed"
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert file.exists()
