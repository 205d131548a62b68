"""LoRA of the embedded base under real DeepSpeed with two CPU processes, through the stock command.

The default suite has ZeRO-3 in ``test_runs.py``.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from math_solver.dataset.registration import register
from math_solver.dataset.sharegpt import build
from math_solver.records import Execution, Verdict, write_jsonl
from math_solver.sources.families import generate, solve

from .toy import EXAMPLES, Recipe, losses, run, stock_words, whole_sharding

RECIPE = Recipe(EXAMPLES / "train_lora/qwen2_tiny_lora_sft.yaml")


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small registered dataset; its outputs are the gold answers, so that no program needs to run."""
    folder = tmp_path_factory.mktemp("dataset")
    trajectories = [
        solve(draft, lambda code, answer=draft.problem.answer: Execution("ok", answer), lambda *_: Verdict("correct"))
        for draft in generate(1, 3)
    ]
    records, _ = build(trajectories)
    write_jsonl(folder / "tir_families.jsonl", records)
    register(folder / "dataset_info.json", "tir_families", "tir_families.jsonl")
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("stage", [2, 3])
def test_two_processes_train_lora_under_zero(stage: int, dataset: Path, tmp_path: Path) -> None:
    pytest.importorskip("deepspeed", reason="pip install -e '.[deepspeed]'")
    name = EXAMPLES / f"deepspeed/ds_z{stage}_config.json"
    keys = {"model_name_or_path": EXAMPLES / "tiny_base", "deepspeed": whole_sharding(name, tmp_path)}
    small = {"max_steps": 3, "per_device_train_batch_size": 2, "logging_steps": 1, "plot_loss": False}
    words = stock_words(RECIPE, {**keys, "dataset_dir": dataset, "output_dir": tmp_path / "lora", **small})
    done = run(words, processes=2)
    lost = losses(tmp_path / "lora")
    assert list(lost) == [1, 2, 3] and all(loss > 0 for loss in lost.values())
    assert (tmp_path / "lora" / "adapter_model.safetensors").stat().st_size > 100_000
    assert f"ZeRO-{stage}" in done.stdout + done.stderr or "DeepSpeed" in done.stdout + done.stderr
