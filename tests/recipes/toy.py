"""Recipes at toy size: a random model of the same architecture, the data of the recipe's own command, few steps.

A recipe's keys stay as they are but for ``OVERRIDES``, each with what it is there for.
"""

from __future__ import annotations

import json
import os
import re
import runpy
import shlex
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml

from math_solver.commands.api_process import cli, free_port
from math_solver.records import Trajectory, write_jsonl

from ..dataset.judged import ADD, FAIL, MULTIPLY, REPAIR, SUBTRACT, solved

__all__ = [
    "EXAMPLES",
    "OVERRIDES",
    "ROOT",
    "Recipe",
    "Toy",
    "environment",
    "losses",
    "run",
    "stock_words",
    "toy_model",
    "whole_sharding",
]

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"

# What is changed of every recipe for a run on two CPU cores, and why.
OVERRIDES: Mapping[str, Any] = {
    "use_cpu": True,
    "enable_liger_kernel": False,  # its kernels are written for GPUs
    "cutoff_len": 512,  # the width of a packed row
    "gradient_accumulation_steps": 2,
    "preprocessing_num_workers": 1,
    "dataloader_num_workers": 0,
    "max_steps": 3,
    "logging_steps": 1,
    "save_steps": 1,
    "plot_loss": False,
}
# Only where the recipe has the key. bitsandbytes quantises on CPUs too, where it is installed.
OVERRIDES_OF: Mapping[str, Any] = {
    **({} if find_spec("bitsandbytes") else {"quantization_bit": None}),
    "eval_steps": 1,
    "val_size": 0.1,
}
LLAMA3 = ["<|begin_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>", "<|eom_id|>"]


@dataclass(frozen=True)
class Recipe:
    """A YAML of ``examples``, with the commands and remarks of its header."""

    path: Path

    @property
    def name(self) -> str:
        return str(self.path.relative_to(ROOT))

    @cached_property
    def settings(self) -> dict[str, Any]:
        settings: dict[str, Any] = yaml.safe_load(self.path.read_text(encoding="utf-8"))
        return settings

    @property
    def header(self) -> list[str]:
        lines = self.path.read_text(encoding="utf-8").splitlines()
        return [line.removeprefix("#")[1:] for line in lines[: lines.index("")]]

    def command(self, field: str) -> list[str]:
        """The words of the command behind a field of the header, which goes on behind a backslash."""
        text = "\n".join(self.header).replace("\\\n", " ")
        found = re.search(rf"^{field}: (.*)$", text, re.MULTILINE)
        return shlex.split(found[1]) if found else []


def toy_model(template: str, folder: Path) -> Path:
    """A random model of the architecture that the recipes use with a template, and a tokenizer with its words."""
    if not folder.exists():
        from transformers import AutoTokenizer, LlamaConfig, Qwen2Config, Qwen3Config, set_seed
        from transformers.models.auto.modeling_auto import AutoModelForCausalLM

        words = {
            "llama3": ["<|begin_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>", "<|eom_id|>"]
        }
        tokenizer = AutoTokenizer.from_pretrained(EXAMPLES / "tiny_base")
        if template in words:
            tokenizer.add_special_tokens({"additional_special_tokens": words[template]})
            tokenizer.bos_token, tokenizer.eos_token = "<|begin_of_text|>", "<|eot_id|>"
        if template == "yi":  # of the base model, and not the template's
            tokenizer.eos_token = "<|endoftext|>"
        configs = {"qwen": Qwen2Config, "qwen3": Qwen3Config, "qwen3_nothink": Qwen3Config}
        config = configs.get(template, LlamaConfig)(
            vocab_size=len(tokenizer),
            hidden_size=64,
            intermediate_size=96,
            num_hidden_layers=2,
            num_attention_heads=4,
            num_key_value_heads=2,
            head_dim=16,
            max_position_embeddings=512,
            bos_token_id=tokenizer.bos_token_id,
            eos_token_id=tokenizer.eos_token_id,
            pad_token_id=tokenizer.pad_token_id,
        )
        set_seed(0)
        AutoModelForCausalLM.from_config(config).save_pretrained(folder)
        tokenizer.save_pretrained(folder)
    return folder


def solutions(problems: int, *, words: bool = False) -> list[Trajectory]:
    """Right, mended and wrong solutions of as many problems, each with what its teacher reasoned."""
    rows = []
    for number in range(problems):
        for name, steps, answer in (
            ("right", [MULTIPLY, ADD], "7"),
            ("mended", [FAIL, REPAIR], "7"),
            ("wrong", [MULTIPLY, SUBTRACT], "5"),
        ):
            row = solved(f"{name}{number}", [] if words else steps, answer)
            problem = replace(row.problem, id=f"p{number}", question=f"Problem {number}: 2 times 3 and {number}?")
            reasoning = [f"I think of step {place}." for place in range(len(row.steps) + 1)]
            rows.append(replace(row, problem=problem, meta={"reasoning": reasoning}))
    return rows


@dataclass(frozen=True)
class Toy:
    """A folder in which recipes run at toy size."""

    folder: Path

    def model(self, template: str) -> Path:
        return toy_model(template, self.folder / "models" / template)

    def build(self, recipe: Recipe, patch: pytest.MonkeyPatch, problems: int = 24) -> Path:
        """Run the recipe's own ``Data:`` command on toy rows; the folder of its ``dataset_info.json``."""
        _, script, *words = recipe.command("Data")
        folder = self.folder / "data" / recipe.path.stem
        write_jsonl(folder / "rows.jsonl", solutions(problems, words="--in-words" in words))
        small = folder / "recipe.yaml"
        settings = {**recipe.settings, "model_name_or_path": str(self.model(recipe.settings["template"]))}
        small.write_text(json.dumps({**settings, "cutoff_len": 512, "deepspeed": None}), encoding="utf-8")
        start, end = words.index("--input") + 1, words.index("--name")
        words[start:end] = [str(folder / "rows.jsonl")]
        words[words.index("--recipe") + 1] = str(small)
        patch.chdir(ROOT)
        patch.setattr("sys.argv", [script, *words, "--dataset-info", str(folder / "dataset_info.json")])
        runpy.run_path(str(ROOT / script))["main"]()
        return folder

    def words(self, recipe: Recipe, data: Path, output: Path, **changed: Any) -> list[str]:
        """The stock command with the recipe and what is changed of it."""
        settings = {
            "model_name_or_path": self.model(recipe.settings["template"]),
            "dataset_dir": data,
            "output_dir": output,
            **{
                key: value
                for key, value in OVERRIDES.items()
                if key != "cutoff_len" or "cutoff_len" in recipe.settings
            },
            **{key: value for key, value in OVERRIDES_OF.items() if key in recipe.settings},
            **changed,
        }
        return stock_words(recipe, settings)


def stock_words(recipe: Recipe, changed: Mapping[str, Any]) -> list[str]:
    """``llamafactory-cli train`` with a recipe and what is changed of it."""
    said = {True: "true", False: "false", None: "null"}
    pairs = [
        f"{key}={said[value] if value is None or isinstance(value, bool) else value}" for key, value in changed.items()
    ]
    return [cli(), "train", recipe.name, *pairs]


def whole_sharding(settings: Path, folder: Path) -> Path:
    """DeepSpeed's settings of a file; with ZeRO-3 small parameters are sharded too, which are all that a toy has."""
    read = json.loads(settings.read_text(encoding="utf-8"))
    if read["zero_optimization"]["stage"] == 3:
        read["zero_optimization"]["stage3_param_persistence_threshold"] = 0
    path = folder / "deepspeed.json"
    path.write_text(json.dumps(read), encoding="utf-8")
    return path


def environment(processes: int | None = None, **more: str) -> dict[str, str]:
    """For a command; with ``processes``, torchrun's."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # the launcher calls torchrun
    launched = {} if processes is None else {"FORCE_TORCHRUN": "1", "NPROC_PER_NODE": str(processes)}
    port = {} if processes is None else {"MASTER_PORT": str(free_port())}
    return {**os.environ, "PATH": path, "OMP_NUM_THREADS": "1", **launched, **port, **more}


def run(words: Sequence[str], processes: int | None = None, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command from the root; one that fails ends the test with what it printed last.

    Of several processes one may abort at its exit, behind all work: a thread of torch's that still runs.
    """
    done = subprocess.run(
        words, cwd=ROOT, env=environment(processes, **more), capture_output=True, text=True, timeout=590, check=False
    )
    finished = "train_loss" in done.stdout and "(SIGABRT)" in done.stderr
    assert done.returncode == 0 or (processes and finished), done.stdout[-3000:] + done.stderr[-5000:]
    return done


def losses(output: Path, key: str = "loss") -> dict[int, float]:
    """What a run logged, by step."""
    state = json.loads((output / "trainer_state.json").read_text(encoding="utf-8"))
    return {entry["step"]: entry[key] for entry in state["log_history"] if key in entry}
