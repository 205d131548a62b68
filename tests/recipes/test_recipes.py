"""Every YAML is parsed by LLaMA-Factory's own parsers, all in one process beside, since they set global state.

What a recipe names and this machine lacks is put aside: its model, its GPU, and packages that only a GPU needs.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
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
words = [word.partition(":") for word in sys.argv[1:]]
read = [(kind, yaml.safe_load(open(path, encoding="utf-8"))) for kind, _, path in words]
for kind, settings in sorted(read, key=lambda one: one[1].get("deepspeed", "")):
    settings.pop("code_interpreter", None)
    settings["model_name_or_path"] = "examples/tiny_base"
    settings.pop("adapter_name_or_path", None)
    if not importlib.util.find_spec("liger_kernel"):
        settings.pop("enable_liger_kernel", None)
    if not importlib.util.find_spec(settings.get("infer_backend", "sys")):
        settings["infer_backend"] = "huggingface"
    if kind == "train":
        get_train_args({**settings, "use_cpu": True})
    else:
        get_infer_args(settings)
"""
# DeepSpeed's settings are parsed only in a process that torchrun has started.
LAUNCHED = {"RANK": "0", "LOCAL_RANK": "0", "WORLD_SIZE": "1", "MASTER_ADDR": "127.0.0.1"}


def test_llamafactory_parses_every_recipe() -> None:
    assert TRAINING and INFERENCE
    parse_with_llamafactory(infer=INFERENCE, train=TRAINING)


def parse_with_llamafactory(*, infer: Sequence[Path] = (), train: Sequence[Path] = ()) -> None:
    """All in one process, of which each takes some seconds to start."""
    words = [*(f"infer:{path}" for path in infer), *(f"train:{path}" for path in train)]
    command = [sys.executable, "-c", PARSE, *words]
    launched = {**LAUNCHED, "MASTER_PORT": str(free_port())} if train else {}
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
