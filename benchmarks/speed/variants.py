"""What is tried: this project's recipe, LLaMA-Factory's example, and the recipe with one choice changed."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from math_solver.recipes.machine import Machine, installed
from math_solver.recipes.memory import Memory, estimate
from math_solver.recipes.model import Model
from math_solver.recipes.plan import setup_of
from math_solver.recipes.recipe import Recipe
from math_solver.recipes.shape import known_config, read_shape
from speed.figures import OURS, THEIRS

MODEL = "Qwen/Qwen2.5-Math-7B"
SIZES = known_config(MODEL) or {}
TINY = {
    "vocab_size": 6016,
    "hidden_size": 32,
    "intermediate_size": 64,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "head_dim": 8,
}
EVERY: dict[str, Any] = {
    "stage": "sft",
    "do_train": True,
    "finetuning_type": "lora",
    "lora_target": "all",
    "dataset": "rows",
    "template": "qwen",
    "overwrite_cache": True,
    "overwrite_output_dir": True,
    "save_strategy": "no",
    "report_to": "none",
    "logging_steps": 10,
    "learning_rate": 1.0e-4,
    "lr_scheduler_type": "cosine",
    "ddp_timeout": 180000000,
}
# examples/train_lora/qwen3_lora_sft.yaml of LLaMA-Factory 0.9.5, as far as it decides on speed
EXAMPLE: dict[str, Any] = {
    "lora_rank": 8,
    "cutoff_len": 2048,
    "per_device_train_batch_size": 1,
    "bf16": True,
    "dataloader_num_workers": 4,
}
# What a recipe says of speed, and is taken from one that ``--recipe`` names
DECIDING = (
    "lora_rank", "lora_alpha", "lora_dropout", "use_rslora", "use_dora", "cutoff_len", "per_device_train_batch_size",
    "packing", "neat_packing", "flash_attn", "enable_liger_kernel", "disable_gradient_checkpointing", "use_unsloth_gc",
    "use_reentrant_gc", "bf16", "pure_bf16", "optim", "dataloader_num_workers", "train_sampling_strategy",
    "quantization_bit", "quantization_method",
)  # fmt: skip
SHIPPED = Path(__file__).parents[2] / "examples/train_lora/qwen2_5_math_7b_lora_sft.yaml"
# What needs a package: a key's value, the package's module and name, and the value without it
NEEDS: Sequence[tuple[str, Any, str, str, Any]] = (
    ("enable_liger_kernel", True, "liger_kernel", "liger-kernel", False),
    ("flash_attn", "fa2", "flash_attn", "flash-attn", "sdpa"),
)


@dataclass(frozen=True)
class Variant:
    """One training run: a name, and what it says of speed."""

    name: str
    settings: Mapping[str, Any]
    note: str = ""


def speed_keys(recipe: Path) -> dict[str, Any]:
    """What a recipe says of speed."""
    import yaml

    said = yaml.safe_load(recipe.read_text(encoding="utf-8"))
    return {key: said[key] for key in DECIDING if key in said}


def model_sizes(tiny: bool) -> dict[str, Any]:
    """The configuration of the model that is trained, as transformers takes its sizes."""
    sizes = {key: value for key, value in SIZES.items() if key not in ("model_type", "torch_dtype")}
    return {**sizes, **(TINY if tiny else {})}


def scaled_down(settings: Mapping[str, Any]) -> dict[str, Any]:
    """For a processor: short rows, no bfloat16, no processes beside."""
    return {**settings, "cutoff_len": 512, "bf16": False, "dataloader_num_workers": 0}


def variants(recipe: Mapping[str, Any], example: Mapping[str, Any], memory: int = 0) -> list[Variant]:
    """The recipe, the example, and the recipe with one choice changed, the weightiest first.

    ``memory`` is the device's, in bytes; 0 where nobody knows.
    """
    recipe, note = fitting(*without_missing(recipe), memory)
    changed = ((name, {**recipe, **change}) for name, change in choices(recipe, bool(example.get("bf16"))))
    return [
        Variant(OURS, recipe, note),
        Variant(THEIRS, example),
        *(Variant(name, settings) for name, settings in changed if settings != recipe),
        Variant(f"{OURS}, again", recipe),
    ]


def choices(recipe: Mapping[str, Any], bf16: bool) -> Iterator[tuple[str, dict[str, Any]]]:
    """What is changed of a recipe, each change by its name; ``bf16`` is what the device computes in."""
    four = {"packing": False, "neat_packing": False, "per_device_train_batch_size": 4}
    twice = 2 * int(recipe.get("per_device_train_batch_size", 1))
    yield "no packing, batch 4", four
    yield _turned(recipe, "disable_gradient_checkpointing", "no gradient checkpointing", "gradient checkpointing")
    yield _turned(recipe, "enable_liger_kernel", "Liger kernels", "no Liger kernels")
    name, change = _turned(recipe, "pure_bf16", "LoRA in bfloat16", "no LoRA in bfloat16")
    yield name, {**change, "bf16": bf16 and not change["pure_bf16"]}
    yield "no packing, batch 4, by length", {**four, "train_sampling_strategy": "group_by_length"}
    yield from ((f"flash_attn: {attention}", {"flash_attn": attention}) for attention in ("sdpa", "fa2"))
    yield "packing, not neat", {"packing": True, "neat_packing": False}
    yield f"batch {twice}", {"per_device_train_batch_size": twice}
    yield "adamw_torch, not fused", {"optim": "adamw_torch"}
    yield "lora_rank: 8", {"lora_rank": 8}


def _turned(recipe: Mapping[str, Any], key: str, on: str, off: str) -> tuple[str, dict[str, Any]]:
    """The other value of a switch, and what a run with it is called."""
    value = not recipe.get(key, False)
    return on if value else off, {key: value}


def without_missing(recipe: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
    """The recipe without what this machine lacks, and what that is."""
    missing = missing_of(recipe)
    left = {**recipe, **{key: other for key, *_, name, other in NEEDS if name in missing}}
    return left, f"without {' and '.join(missing)}: not installed" if missing else ""


def missing_of(settings: Mapping[str, Any]) -> list[str]:
    """The packages that settings need and this machine lacks."""
    return [
        name
        for key, value, module, name, _ in NEEDS
        if settings.get(key) == value and importlib.util.find_spec(module) is None
    ]


def fitting(recipe: Mapping[str, Any], note: str, memory: int) -> tuple[dict[str, Any], str]:
    """The recipe with gradient checkpointing where it seems not to fit without: a failing base tells nothing."""
    if not memory or not recipe.get("disable_gradient_checkpointing"):
        return dict(recipe), note
    needed = memory_of(recipe)
    if needed.fits(memory):
        return dict(recipe), note
    said = f"with gradient checkpointing: some {needed.total / 1e9:.0f} GB would be needed"
    return {**recipe, "disable_gradient_checkpointing": False}, "; ".join(filter(None, (note, said)))


def memory_of(said: Mapping[str, Any]) -> Memory:
    """What ``scripts/check_recipe.py`` says of such a run on one GPU of this machine."""
    shape = read_shape(SIZES)
    assert shape is not None
    here = Machine(variables={}, version=installed)
    recipe = Recipe(Path("variant.yaml"), {**EVERY, **said})
    return estimate(shape, setup_of(recipe, Model(MODEL, SIZES, shape), here))


def whole_settings(said: Mapping[str, Any], lengths: Sequence[int], step_tokens: int, work: Path) -> dict[str, Any]:
    """The settings of a run, its gradient accumulation such that a step has the same useful tokens as others'."""
    batch = int(said.get("per_device_train_batch_size", 1))
    packed = said.get("packing") or said.get("neat_packing")
    cutoff = int(said.get("cutoff_len", 2048))
    row = cutoff if packed else sum(min(length, cutoff) for length in lengths) / len(lengths)
    return {
        **EVERY,
        **said,
        "model_name_or_path": str(work / "model"),
        "dataset_dir": str(work),
        "output_dir": str(work / "adapter"),
        "gradient_accumulation_steps": max(1, round(step_tokens / (batch * row))),
        "max_steps": 1000,  # the meter stops it
    }
