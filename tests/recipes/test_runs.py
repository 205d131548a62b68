"""Every recipe by the stock ``llamafactory-cli train`` for a few steps at toy size, on its own kind of data.

``toy.OVERRIDES`` and ``sharded`` list what is changed of a recipe. One with DeepSpeed runs on two processes.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from .test_chains import TRAINING
from .toy import ROOT, Recipe, Toy, losses, run

STOCK = "qwen2_5_math_7b_lora_sft"
RECIPES = [
    pytest.param(recipe, id=recipe.path.stem, marks=[] if recipe.path.stem == STOCK else pytest.mark.slow)
    for recipe in TRAINING
]


@pytest.fixture(scope="session")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Toy:
    return Toy(tmp_path_factory.mktemp("toy"))


def sharded(recipe: Recipe, folder: Path) -> dict[str, Any]:
    """What is changed of a recipe with ZeRO-3: nothing is kept whole for being small.

    Told to use the CPU, without which transformers refuses bfloat16, ZeRO-3 would not see the other process.
    """
    name = recipe.settings.get("deepspeed")
    settings = json.loads((ROOT / name).read_text(encoding="utf-8")) if name else {"zero_optimization": {"stage": 0}}
    if settings["zero_optimization"]["stage"] != 3:
        return {}
    settings["zero_optimization"]["stage3_param_persistence_threshold"] = 0
    path = folder / "deepspeed.json"
    path.write_text(json.dumps(settings), encoding="utf-8")
    return {"deepspeed": path, "bf16": False, "use_cpu": False}


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
    assert (output / "adapter_model.safetensors").stat().st_size > 10_000
    assert "Dropped" not in done.stderr + done.stdout
