"""Every YAML is parsed by LLaMA-Factory's own parsers, in a process of its own since they set global state."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TRAINING = sorted([*ROOT.glob("examples/train_lora/*.yaml"), *ROOT.glob("examples/tiny_base/*.yaml")])
INFERENCE = sorted([*ROOT.glob("examples/merge_lora/*.yaml"), *ROOT.glob("examples/inference/*.yaml")])

PARSE = """
import sys, yaml
from llamafactory.hparams import get_infer_args, get_train_args
for path in sys.argv[2:]:
    settings = yaml.safe_load(open(path, encoding="utf-8"))
    settings.pop("code_interpreter", None)
    settings["model_name_or_path"] = "examples/tiny_base"
    settings.pop("adapter_name_or_path", None)
    (get_train_args if sys.argv[1] == "train" else get_infer_args)(settings)
"""


@pytest.mark.parametrize(("kind", "recipes"), [("train", TRAINING), ("infer", INFERENCE)])
def test_llamafactory_parses_every_recipe(kind: str, recipes: list[Path]) -> None:
    assert recipes
    parse_with_llamafactory(kind, recipes)


def parse_with_llamafactory(kind: str, recipes: list[Path]) -> None:
    command = [sys.executable, "-c", PARSE, kind, *map(str, recipes)]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert result.returncode == 0, result.stderr[-3000:]


@pytest.mark.parametrize("recipe", [*TRAINING, *INFERENCE], ids=lambda path: path.name)
def test_the_header_names_command_hardware_and_expectation(recipe: Path) -> None:
    command, hardware, expect = recipe.read_text(encoding="utf-8").splitlines()[:3]
    assert recipe.name in command or "build_base.py" in command
    assert all(line.startswith("# ") and not line.endswith("...") for line in (command, hardware, expect))
