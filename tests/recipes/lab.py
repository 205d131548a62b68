"""A folder of small datasets and checkpoints, a recipe that is sound there, and machines that are not this one."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from datasets import Dataset, DatasetDict

from math_solver.dataset.registration import KindName, register
from math_solver.dataset.sharegpt import render
from math_solver.recipes.checking import Checked, Options, check_recipe
from math_solver.recipes.findings import Finding
from math_solver.recipes.machine import Gpus, Machine
from math_solver.recipes.model import Model, find_model
from math_solver.recipes.recipe import Recipe
from math_solver.records import RecordError, write_jsonl

from ..test_records import TRAJECTORY

ROOT = Path(__file__).parents[2]
BASE = ROOT / "examples" / "tiny_base"
SFT = render(TRAJECTORY)
TURNS = SFT["conversations"]
DPO = {**SFT, "conversations": TURNS[:-1], "chosen": TURNS[-1], "rejected": {"from": "gpt", "value": "\\boxed{3}"}}
KTO = {**SFT, "kto_tag": False}
TEXT = {"text": "The sum of the angles of a triangle is two right angles. " * 40}
# Brackets in brackets without end, by what would be read of it
DEEP_FILES = (
    "deepspeed.json",
    "adapter/adapter_config.json",
    "run/checkpoint-9/trainer_state.json",
    "tokens/made_of.json",
    "tokens/train/dataset_info.json",
)
PACKAGES = {"trl": "0.24.0", "deepspeed": "0.19.8", "matplotlib": "3.10"}


def row(kind: Mapping[str, Any], **changes: Any) -> dict[str, Any]:
    return {**copy.deepcopy(dict(kind)), **changes}


def machine(
    gpus: str | None = None, variables: Mapping[str, str] | None = None, host_gb: float | None = None, **packages: str
) -> Machine:
    """One with these GPUs in it; a package's underscores stand for hyphens."""
    versions = {**PACKAGES, **{name.replace("_", "-"): version for name, version in packages.items()}}
    return Machine(
        variables=variables or {},
        version=versions.get,
        found=Gpus.parse(gpus) if gpus else None,
        host_bytes=host_gb * 2**30 if host_gb else None,
        cpus=16,
    )


HERE = machine()


def no_hub(name: str, revision: str | None, cache: str | None) -> Path:
    raise RecordError(f"{name}: its hub cannot be reached (Offline); what needs its files was not checked")


@lru_cache(maxsize=32)
def _found(settings: str) -> Model:
    return find_model(Recipe(Path("recipe.yaml"), json.loads(settings)), HERE, no_hub)


MODEL_KEYS = (
    "model_name_or_path",
    "template",
    "tool_format",
    "default_system",
    "enable_thinking",
    "preserve_thinking",
)


def find(recipe: Recipe, _: Machine) -> Model:
    """``find_model``, which takes half a second, once for all recipes whose model and template are the same."""
    return _found(json.dumps({key: recipe.sound[key] for key in MODEL_KEYS if key in recipe.sound}))


@dataclass(frozen=True)
class Lab:
    """A working folder."""

    folder: Path

    def data(self, name: str, rows: list[dict[str, Any]], kind: KindName = "sft") -> None:
        write_jsonl(self.folder / f"{name}.jsonl", rows)
        register(self.folder / "dataset_info.json", name, f"{name}.jsonl", kind)

    def file(self, name: str, content: Any) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return path

    def settings(self, **changes: Any) -> dict[str, Any]:
        """The keys of a sound recipe, changed; ``{lab}`` is this folder, and None leaves a key out."""
        keys = {
            "model_name_or_path": str(BASE),
            "stage": "sft",
            "do_train": True,
            "finetuning_type": "lora",
            "lora_rank": 8,
            "lora_target": "all",
            "dataset_dir": str(self.folder),
            "dataset": "sft",
            "template": "qwen",
            "cutoff_len": 1024,
            "output_dir": str(self.folder / "unwritten"),
            "per_device_train_batch_size": 1,
            "bf16": True,
            **changes,
        }
        return {key: self._placed(value) for key, value in keys.items() if value is not None}

    def _placed(self, value: Any) -> Any:
        return value.replace("{lab}", str(self.folder)) if isinstance(value, str) else value

    def check(self, changes: Mapping[str, Any], on: Machine = HERE, options: Options | None = None) -> Checked:
        path = self.folder / "recipe.yaml"
        path.write_text(yaml.safe_dump(self.settings(**changes)), encoding="utf-8")
        return check_recipe(path, on, replace(options or Options(), find=find))

    def findings(self, changes: Mapping[str, Any], on: Machine = HERE) -> list[Finding]:
        return list(self.check(changes, on).findings)


def furnish(folder: Path) -> Lab:
    """A lab with a dataset of each kind, sound and broken, and what other stages leave."""
    lab = Lab(folder)
    lab.data("sft", [SFT, SFT])
    lab.data("dpo", [DPO, DPO], "dpo")
    lab.data("kto", [row(KTO, kto_tag=True), KTO], "kto")
    lab.data("pt", [TEXT, TEXT], "pt")
    lab.data("bare", [row(SFT, system="")])
    lab.data("thoughtful", [row(SFT, conversations=_thoughtful())])
    lab.data("thoughtful_pairs", [row(DPO, conversations=_thoughtful()[:-1])], "dpo")
    lab.data("wordy", [row(SFT, tools="", conversations=[TURNS[0], {"from": "gpt", "value": "1"}])])
    lab.data("marked", [row(SFT, conversations=[{**TURNS[0], "value": "Say <|im_end|>"}, *TURNS[1:]])])
    lab.data("speechless", [row(SFT, conversations=[TURNS[0], {"from": "gpt", "value": " "}])])
    lab.data("odd", [SFT, row(SFT, conversations=TURNS[:3])])
    lab.data("swapped", [SFT, row(SFT, conversations=TURNS[::-1])])
    lab.data("torn", [SFT, row(SFT, conversations=[TURNS[0], {"from": "function_call", "value": "{no"}])])
    lab.data("all_odd", [row(SFT, conversations=TURNS[:3])])
    lab.data("chosen_human", [DPO, row(DPO, chosen={"from": "human", "value": "x"})], "dpo")
    lab.data("chosen_unknown", [row(DPO, chosen={"from": "assistant", "value": "x"})], "dpo")
    lab.data("alike", [row(DPO, rejected=DPO["chosen"])], "dpo")
    lab.data("kto_odd", [row(KTO, kto_tag=True), row(KTO, conversations=TURNS[:3])], "kto")
    lab.data("kto_right", [row(KTO, kto_tag=True)] * 2, "kto")
    lab.data("untagged", [row(KTO, kto_tag=True), row(KTO, kto_tag="false")], "kto")
    lab.data("long", [row(SFT, conversations=[{"from": "human", "value": "so " * 3000}, *TURNS[1:]])])
    lab.data("long_answer", [row(SFT, conversations=[TURNS[0], {"from": "gpt", "value": "so " * 3000}])])
    lab.data("short_text", [{"text": "Two."}], "pt")
    _registered(lab)
    _left_by_others(lab)
    return lab


def _thoughtful() -> list[dict[str, str]]:
    thought = "<think>\nI multiply.\n</think>\n\n"
    return [
        {**turn, "value": thought + turn["value"]} if turn["from"] in ("gpt", "function_call") else turn
        for turn in TURNS
    ]


def _registered(lab: Lab) -> None:
    """Entries that are wrong, beside those that are right."""
    info = json.loads((lab.folder / "dataset_info.json").read_text(encoding="utf-8"))
    info["gone"] = {**info["sft"], "file_name": "gone.jsonl"}
    info["picture"] = {**info["sft"], "file_name": "picture.png"}
    info["no_file"], info["on_hub"] = {"file_name": 5}, {"hf_hub_url": "someone/rows"}
    info["drawn"] = {**info["sft"], "num_samples": 5}
    info["drawn_from_text"] = {**info["sft"], "num_samples": "100"}
    info["misspelt"] = {"file_name": "sft.jsonl", "formating": "sharegpt", "columns": {"mesages": "conversations"}}
    info["columns_of_text"] = {**info["sft"], "columns": "conversations"}
    info["split_away"] = {**info["sft"], "split": "test"}
    info["torn_table"] = {**info["sft"], "file_name": "torn.parquet"}
    lab.file("torn.parquet", "PAR1xxxx")
    info["no_columns"] = {"file_name": "sft.jsonl"}
    info["cut_json"] = {**info["sft"], "file_name": "cut_json.jsonl"}
    lab.file("picture.png", "no rows")
    lab.file("cut_json.jsonl", '{"conversations": [')
    lab.file("dataset_info.json", info)


def _left_by_others(lab: Lab) -> None:
    lab.file("adapter/adapter_config.json", {"base_model_name_or_path": str(BASE), "r": 8})
    lab.file("wide_adapter/adapter_config.json", {"base_model_name_or_path": str(BASE), "r": 64})
    lab.file("other_adapter/adapter_config.json", {"base_model_name_or_path": "Qwen/Qwen3-8B", "r": 8})
    lab.file("empty/readme", "nothing")
    sizes = {"hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2}
    sizes |= {"vocab_size": 512, "intermediate_size": 128}
    experts = {"num_experts": 4, "num_experts_per_tok": 2, "moe_intermediate_size": 32}
    lab.file("sparse/config.json", {"model_type": "qwen3_moe", **sizes, **experts})
    lab.file("rare/config.json", {"model_type": "starcoder2", **sizes})
    lab.file("oss/config.json", {"model_type": "gpt_oss"})
    lab.file("run/checkpoint-9/trainer_state.json", {})
    lab.file("later/checkpoint-9/trainer_state.json", {"epoch": 1.5})
    lab.file("endless/checkpoint-9/trainer_state.json", {"epoch": 10**400})
    lab.file("programs/merged/config.json", {"model_type": "qwen2"})
    for name, base in (("own_merged", "elsewhere/programs/merged"), ("other_merged", "output/words/merged")):
        lab.file(f"{name}/adapter_config.json", {"base_model_name_or_path": base, "r": 8})
    for rank in range(4):
        lab.file(f"run4/checkpoint-9/global_step9/bf16_zero_pp_rank_{rank}_mp_rank_00_optim_states.pt", "")
    zero = {"train_micro_batch_size_per_gpu": "auto", "zero_optimization": {"stage": 2, "reduce_bucket_size": 5e7}}
    lab.file("z2.json", zero)
    lab.file("z2_wide.json", {**zero, "zero_optimization": {"stage": 2, "reduce_bucket_size": 5e8}})
    lab.file("z2_fixed.json", {**zero, "train_micro_batch_size_per_gpu": 4})
    lab.file("z3.json", {**zero, "zero_optimization": {"stage": 3}})
    offloaded = {"stage": 3, "offload_param": {"device": "cpu"}}
    lab.file("z3_offload.json", {**zero, "zero_optimization": offloaded})
    lab.file("no_zero.json", {"train_micro_batch_size_per_gpu": "auto"})
    lab.file("torn.json", "{")
    for name in DEEP_FILES:
        lab.file(f"deep/{name}", "[" * 100_000 + "]" * 100_000)
    lab.file("z_text.json", {**zero, "zero_optimization": {"stage": "3"}})
    ids = list(range(5, 45))
    columns = {"input_ids": [ids], "attention_mask": [[1] * 40], "labels": [[-100] * 20 + ids[20:]]}
    DatasetDict({"train": Dataset.from_dict(columns)}).save_to_disk(str(lab.folder / "tokens"))
    lab.file("torn_tokens/dataset_dict.json", {})
    lab.file("stale_tokens/made_of.json", _made_of(cutoff_len=512))


def _made_of(cutoff_len: int) -> dict[str, Any]:
    return {
        "stage": "sft",
        "cutoff_len": cutoff_len,
        "template": {"template": "qwen"},
        "model": {"model_name_or_path": str(BASE)},
    }
