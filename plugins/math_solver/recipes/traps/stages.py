"""Adapters and what is trained against what: the stages behind the first supervised one."""

from __future__ import annotations

from collections.abc import Iterator
from os.path import isdir, isfile
from pathlib import Path
from typing import Any

from ...disk import read_object
from ...records import RecordError
from ..case import Case
from ..findings import Said, error, note, warning
from ..model import is_path
from .data import RANKED

NO_LOSSES = {"hinge": "sigmoid", "kto_pair": "sigmoid", "ipo": "sigmoid of mean log-probabilities"}
SPARSE = ("moe", "mixtral", "gpt_oss")


def _adapter(case: Case) -> dict[str, Any] | None:
    """What the last adapter's folder says of it, where it is here."""
    names = case.recipe.names("adapter_name_or_path")
    try:
        return read_object(Path(names[-1]) / "adapter_config.json", "")
    except (IndexError, RecordError):
        return None


def unreached_model(case: Case) -> Iterator[Said]:
    if case.model.problem:
        local = "no such folder" in case.model.problem or "holds no" in case.model.problem
        said = error if local or not case.model.name else warning
        merged = _last(case.model.name).endswith("/merged")
        step = "llamafactory-cli export, as in examples/merge_lora," if merged else "run the step that"
        elsewhere = (
            "fetch it, or run where it is" if case.model.name else "model_name_or_path: a folder or a hub's name"
        )
        yield said(case.model.problem, f"{step} writes it" if local else elsewhere)


def missing_adapter(case: Case) -> Iterator[Said]:
    for name in case.recipe.names("adapter_name_or_path"):
        if isdir(name) and not isfile(Path(name) / "adapter_config.json"):
            yield error(f"adapter_name_or_path {name} holds no adapter_config.json", "the folder of an adapter")
        elif not isdir(name) and is_path(name):
            yield error(f"adapter_name_or_path {name}: no such folder", "run the stage that writes it")


def adapter_of_another_base(case: Case) -> Iterator[Said]:
    adapter, base = _adapter(case), case.model.name
    made = str((adapter or {}).get("base_model_name_or_path") or "")
    if made and base and _last(made) != _last(base):
        yield error(
            f"the adapter was trained on {made}, and this recipe's base is {base}", f"name {made}, or train anew"
        )


def pairs_grouped_by_length(case: Case) -> Iterator[Said]:
    """transformers' ``LengthGroupedSampler`` reads the lengths of ``input_ids``."""
    if case.value("stage") in RANKED and case.value("train_sampling_strategy") == "group_by_length":
        yield error(
            "train_sampling_strategy: group_by_length needs input_ids, which rows of pairs do not have: the run stops",
            "train_sampling_strategy: random",
        )


def _last(path: str) -> str:
    """What tells one model from another wherever it lies; every merge of ``examples/merge_lora`` is called merged."""
    parts = path.rstrip("/").split("/")
    return "/".join(parts[-2:]) if parts[-1] == "merged" else parts[-1]


def adapter_keys_ignored(case: Case) -> Iterator[Said]:
    """model/adapter.py: an adapter that is continued keeps its own rank and targets."""
    adapter = _adapter(case)
    if adapter is None or case.on("create_new_adapter"):
        return
    rank = case.recipe.settings.get("lora_rank")
    if rank is not None and adapter.get("r") not in (None, rank):
        yield warning(
            f"lora_rank: {rank} has no effect: the adapter is continued with its rank {adapter['r']}",
            "delete it, or merge the adapter first",
        )


def new_adapter_ignored(case: Case) -> Iterator[Said]:
    """model/adapter.py: what cannot be merged is continued, whatever the key says."""
    if case.on("create_new_adapter") and case.value("adapter_name_or_path"):
        if case.recipe.zero == 3:
            yield error("create_new_adapter has no effect under ZeRO-3: the old one is continued", "merge it first")
        elif case.on("use_unsloth"):
            yield error("create_new_adapter has no effect with unsloth: the old one is continued", "merge it first")


def several_adapters(case: Case) -> Iterator[Said]:
    number = len(case.recipe.names("adapter_name_or_path"))
    if number > 1 and (case.recipe.zero == 3 or case.on("use_unsloth")):
        yield error(f"{number} adapters, where ZeRO-3 and unsloth take one", "merge all but the last first")


def reference_without_the_adapter(case: Case) -> Iterator[Said]:
    """train/dpo/trainer.py: without a model of its own the reference is the base with its adapters switched off."""
    continued = bool(case.value("adapter_name_or_path")) and (
        not case.on("create_new_adapter") or case.recipe.zero == 3
    )
    if case.recipe.compares and case.recipe.lora and continued and not case.value("ref_model"):
        yield error(
            f"stage {case.recipe.stage} on an adapter compares with the bare base, not with the adapter",
            "merge the adapter first, or create_new_adapter: true, or ref_model with ref_model_adapters",
        )


def loss_of_another_name(case: Case) -> Iterator[Said]:
    """train/dpo/trainer.py calls trl's ``dpo_loss`` without a loss type."""
    loss = case.value("pref_loss")
    if case.recipe.stage == "dpo" and loss in NO_LOSSES:
        yield error(f"pref_loss: {loss} is {NO_LOSSES[loss]} in this version", "pref_loss: sigmoid, orpo or simpo")


def reinforcement(case: Case) -> Iterator[Said]:
    """train/ppo/trainer.py refuses what it installs with."""
    version = case.machine.version("trl") or ""
    if case.recipe.stage == "ppo" and not version.startswith(("0.8.", "0.9.")):
        yield error(f"stage ppo needs trl<=0.9.6, here {version or 'none'}", "stage: dpo or kto")


def targets_that_do_not_exist(case: Case) -> Iterator[Said]:
    """peft takes a list of which one name exists, and says nothing of the others."""
    if not case.recipe.adapts or case.model.shape is None:
        return
    known = case.model.shape.names
    wanted = [name for name in case.recipe.names("lora_target") if name != "all"]
    missing = [name for name in wanted if name.rpartition(".")[2] not in known and name not in ("lm_head",)]
    if missing:
        yield error(f"lora_target: no layer is called {', '.join(missing)}", f"all, or {', '.join(sorted(known))}")


def experts_left_out(case: Case) -> Iterator[Said]:
    """In transformers 5 experts are 3-D parameters; LoRA and bitsandbytes reach linear layers only."""
    kind = case.kind or ""
    sparse = (case.model.shape.experts > 0) if case.model.shape else any(mark in kind for mark in SPARSE)
    if sparse and case.recipe.adapts and not case.on("use_kt"):
        adapter = "LoRA" if case.recipe.lora else "OFT"
        yield warning(
            f"{kind}: {adapter} reaches attention only; the experts are neither trained nor quantised",
            "a dense model, or KTransformers",
        )


def merged_in_four_bits(case: Case) -> Iterator[Said]:
    """hparams/parser.py: what is trained on quantised weights is merged into whole ones."""
    if case.value("quantization_bit") and case.on("do_train"):
        yield note("trained on quantised weights and merged into whole ones: check the answers after export")
