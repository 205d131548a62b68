"""Every YAML is parsed by LLaMA-Factory's own parsers, in a process of its own since they set global state.

What a recipe names and this machine lacks is put aside: its model, its GPU, and packages that only a GPU needs.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from math_solver.commands.api_process import free_port

ROOT = Path(__file__).parents[2]
TRAINING = sorted([*ROOT.glob("examples/train_lora/*.yaml"), *ROOT.glob("examples/tiny_base/*.yaml")])
INFERENCE = sorted([*ROOT.glob("examples/merge_lora/*.yaml"), *ROOT.glob("examples/inference/*.yaml")])

# With DeepSpeed last: it stays switched on for the rest of the process.
PARSE = """
import importlib.util, sys, yaml
from llamafactory.hparams import get_infer_args, get_train_args
read = [yaml.safe_load(open(path, encoding="utf-8")) for path in sys.argv[2:]]
for settings in sorted(read, key=lambda settings: settings.get("deepspeed", "")):
    settings.pop("code_interpreter", None)
    settings["model_name_or_path"] = "examples/tiny_base"
    settings.pop("adapter_name_or_path", None)
    if not importlib.util.find_spec("liger_kernel"):
        settings.pop("enable_liger_kernel", None)
    if not importlib.util.find_spec(settings.get("infer_backend", "sys")):
        settings["infer_backend"] = "huggingface"
    if sys.argv[1] == "train":
        get_train_args({**settings, "use_cpu": True})
    else:
        get_infer_args(settings)
"""
# DeepSpeed's settings are parsed only in a process that torchrun has started.
LAUNCHED = {"RANK": "0", "LOCAL_RANK": "0", "WORLD_SIZE": "1", "MASTER_ADDR": "127.0.0.1"}


@pytest.mark.parametrize(("kind", "recipes"), [("train", TRAINING), ("infer", INFERENCE)])
def test_llamafactory_parses_every_recipe(kind: str, recipes: list[Path]) -> None:
    assert recipes
    parse_with_llamafactory(kind, recipes)


def parse_with_llamafactory(kind: str, recipes: list[Path]) -> None:
    command = [sys.executable, "-c", PARSE, kind, *map(str, recipes)]
    launched = {**LAUNCHED, "MASTER_PORT": str(free_port())} if kind == "train" else {}
    environment = {**os.environ, **launched}
    result = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert result.returncode == 0, result.stderr[-3000:]


@pytest.mark.parametrize("recipe", [*TRAINING, *INFERENCE], ids=lambda path: path.name)
def test_the_header_names_command_hardware_and_expectation(recipe: Path) -> None:
    command, hardware, expect = recipe.read_text(encoding="utf-8").splitlines()[:3]
    assert recipe.name in command or "build_base.py" in command
    assert all(line.startswith("# ") and not line.endswith("...") for line in (command, hardware, expect))
