"""Every recipe by the stock ``llamafactory-cli train`` for a few steps at toy size, on its own kind of data.

``toy.OVERRIDES`` and ``sharded`` list what is changed of a recipe. One with DeepSpeed runs on two processes.
"""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from safetensors.torch import load_file

from math_solver.recipes.shape import read_shape

from .test_chains import TRAINING
from .toy import ROOT, Recipe, Toy, losses, run, whole_sharding

# The one that the default suite runs: two processes, a packed row, ZeRO-3; without DeepSpeed one process.
STOCK = "qwen2_5_72b_lora_sft" if find_spec("deepspeed") else "qwen2_5_math_7b_lora_sft"
RECIPES = [
    pytest.param(recipe, id=recipe.path.stem, marks=[] if recipe.path.stem == STOCK else pytest.mark.slow)
    for recipe in TRAINING
]


@pytest.fixture(scope="session")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Toy:
    return Toy(tmp_path_factory.mktemp("toy"))


def sharded(recipe: Recipe, folder: Path) -> dict[str, Any]:
    """What is changed of a recipe with ZeRO-3.

    Told to use the CPU, without which transformers refuses bfloat16, ZeRO-3 would not see the other process.
    """
    name = recipe.settings.get("deepspeed", "")
    if "_z3_" not in name:
        return {}
    return {"deepspeed": whole_sharding(ROOT / name, folder), "bf16": False, "use_cpu": False}


@pytest.mark.parametrize("recipe", RECIPES)
def test_a_recipe_runs(recipe: Recipe, toy: Toy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = toy.build(recipe, monkeypatch)
    output = tmp_path / "output"
    words = toy.words(recipe, data, output, **sharded(recipe, tmp_path))
    done = run(words, processes=2 if "deepspeed" in recipe.settings else None)
    lost = losses(output)
    assert list(lost) == [1, 2, 3] and all(0 < loss < 20 for loss in lost.values())
    adapter = json.loads((output / "adapter_config.json").read_text(encoding="utf-8"))
    assert adapter["r"] == recipe.settings["lora_rank"]
    assert len(adapter["target_modules"]) == 7, "attention and MLP"
    shape = read_shape(json.loads((toy.model(recipe.settings["template"]) / "config.json").read_text()))
    assert shape is not None
    saved = load_file(output / "adapter_model.safetensors").values()
    assert sum(weights.numel() for weights in saved) == adapter["r"] * shape.lora(("all",)), "whole, not a share"
    assert "Dropped" not in done.stderr + done.stdout
    assert "deepspeed" not in recipe.settings or "DeepSpeed" in done.stderr + done.stdout
