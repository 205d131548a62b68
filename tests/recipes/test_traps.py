"""Each trap with a recipe that falls into it, and its twin that does not and of which it says nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from math_solver.recipes.case import Case
from math_solver.recipes.findings import Level
from math_solver.recipes.machine import Gpus, Machine
from math_solver.recipes.rows import Read
from math_solver.recipes.traps import traps

from .lab import HERE, Lab, machine


@dataclass(frozen=True)
class Twin:
    """``broken`` and ``clean`` are changes to a sound recipe; ``on`` a machine, ``clean_on`` another for the twin."""

    trap: str
    broken: Mapping[str, Any]
    says: str
    clean: Mapping[str, Any] = field(default_factory=dict)
    on: Machine = HERE
    clean_on: Machine | None = None
    level: Level = "error"


ONE, TWO, FOUR = machine("1x80"), machine("2x80"), machine("4x80")
NODES = machine("8x80", {"NNODES": "2", "MASTER_ADDR": "10.0.0.1"})
REACHED = machine("8x80", {"NNODES": "2", "MASTER_ADDR": "10.0.0.1", "MASTER_PORT": "29500"})
ELASTIC = machine("8x80", {"RDZV_ID": "run"})
FLASH = machine(flash_attn="2.8.0")
LIGER = machine(liger_kernel="0.7.0")
RAY = {"USE_RAY": "1"}
Q8 = "Qwen/Qwen3-8B"
Q72 = "Qwen/Qwen2.5-72B-Instruct"
SPARSE = {"model_name_or_path": "{lab}/sparse"}
PAIRS = {"stage": "dpo", "dataset": "dpo"}
TAGS = {"stage": "kto", "dataset": "kto"}
PACKED = {"neat_packing": True}
Z2, Z3 = {"deepspeed": "{lab}/z2.json"}, {"deepspeed": "{lab}/z3.json"}
LIVE = {"model_name_or_path": Q8, "dataset": "long_answer", "enable_liger_kernel": True, "neat_packing": True,
        "flash_attn": "fa2"}  # fmt: skip
MERGED = {"model_name_or_path": "{lab}/programs/merged"}
ADAPTER = {"adapter_name_or_path": "{lab}/adapter"}
STEPS = {"eval_strategy": "steps", "eval_steps": 10, "val_size": 1}

TWINS = [
    # keys
    Twin("unknown-key", {"lora_rnak": 8}, "write lora_rank"),  # the nearest
    Twin("unknown-key", {"group_by_length": True}, "train_sampling_strategy: group_by_length",
         {"train_sampling_strategy": "group_by_length"}),  # renamed in transformers 5
    Twin("unknown-key", {"evaluation_strategy": "steps"}, "write eval_strategy"),
    Twin("unknown-key", {"save_safetensors": True}, "it is always so"),
    Twin("unknown-key", {"zzz": 1}, "ALLOW_EXTRA_ARGS lets it pass", on=machine(None, {"ALLOW_EXTRA_ARGS": "1"})),
    Twin("refused", {"mask_history": True, "train_on_prompt": True}, "incompatible", {"mask_history": True}),
    Twin("refused", {"val_size": 0.1, "eval_dataset": "sft"}, "val_size", {"eval_dataset": "sft"}),
    Twin("refused", {**Z3, "pissa_init": True}, "PiSSA", Z3, on=TWO),  # needs ZeRO-3 to be seen
    Twin("refused", {**PAIRS, "neat_packing": True}, "except SFT", PAIRS),
    Twin("wrong-type", {"bf16": "false"}, "is taken for true", {"bf16": False}),
    Twin("wrong-type", {"lora_rank": "16"}, "is text, not a number", {"lora_rank": 16}),
    Twin("wrong-type", {"flash_attn": "flash2"}, "none of auto", {"flash_attn": "sdpa"}),  # parses, then raises
    Twin("wrong-type", {"lora_rank": "4k"}, "write a value, as lora_rank: 8", {"lora_rank": 4}),
    Twin("wrong-type", {"bf16": "on please"}, "write a value, as bf16: false", {"bf16": True}),
    Twin("unknown-key", {"train": {"learning_rate": 1.0e-4}}, "no sections", {"learning_rate": 1.0e-4}),
    Twin("wrong-type", {"lr_scheduler_type": "cosin"}, "write lr_scheduler_type: cosine",
         {"lr_scheduler_type": "cosine"}),  # the nearest
    Twin("wrong-type", {"dataset": ["sft", "bare"]}, "write dataset: sft,bare", {"dataset": "sft,bare"}),
    Twin("wrong-type", {"lora_rank": 8.5}, "a whole number", {"lora_rank": 8}),
    Twin("wrong-type", {"resume_from_checkpoint": 3}, "wrong type", {"resume_from_checkpoint": True,
         "output_dir": "{lab}/run"}),  # which the trainer takes for the last one
    Twin("wrong-type", {"dataset": 3}, "is of the wrong type"),
    Twin("impossible-size", {"lora_rank": 0}, "lora_rank: 0 is no size"),
    Twin("impossible-size", {"lora_dropout": 2.0}, "no share below 1", {"lora_dropout": 0.05}),
    Twin("impossible-size", {"cutoff_len": 10**13}, "delete it, or cutoff_len: 2048"),
    Twin("deprecated", {"warmup_ratio": 0.1}, "warmup_steps: 0.1", {"warmup_steps": 0.1}, level="note"),
    Twin("deprecated", {"logging_dir": "x"}, "TENSORBOARD_LOGGING_DIR", level="warning"),
    Twin("no-training", {"do_train": None}, "nothing is trained"),
    Twin("no-precision", {"bf16": None}, "float32", on=ONE, level="warning"),
    Twin("checkpointing-key", {"gradient_checkpointing": False}, "has no effect",
         {"gradient_checkpointing": False, "disable_gradient_checkpointing": True}, level="warning"),
    Twin("adapter-keys-without-adapter", {"finetuning_type": "full"}, "lora_rank, lora_target: no effect",
         {"finetuning_type": "full", "lora_rank": None, "lora_target": None}, level="warning"),
    Twin("two-lengths", {"max_steps": 5, "num_train_epochs": 3.0}, "max_steps: 5 counts", {"max_steps": 5},
         level="note"),
    Twin("long-warm-up", {"warmup_steps": 5000}, "the run has 6 steps", {"warmup_steps": 0.05}, level="warning"),
    Twin("long-warm-up", {"warmup_steps": 5000}, "never comes", {"warmup_steps": 5, "num_train_epochs": 3.0},
         level="warning"),
    Twin("high-rate", {"learning_rate": 1.0}, "in one step", {"learning_rate": 2.0e-3}, level="warning"),
    Twin("high-rate", {"learning_rate": 0.1}, "0.1", {"learning_rate": 0.1, "optim": "sgd"}, level="warning"),
    Twin("output-in-the-way", {"output_dir": "{lab}/sft.jsonl"}, "sft.jsonl is a file"),
    Twin("output-in-the-way", {"output_dir": "{lab}/sft.jsonl/lora/deep"}, "sft.jsonl is a file"),
    Twin("trial-run", {"max_samples": 1}, "1 rows of each", level="note"),
    Twin("held-out-in-vain", {"val_size": 1}, "nothing evaluates", STEPS, level="warning"),
    Twin("early-stopping", {"early_stopping_steps": 3}, "nothing is evaluated",
         {**STEPS, "save_steps": 10, "early_stopping_steps": 3, "load_best_model_at_end": True}),
    Twin("early-stopping", {**STEPS, "early_stopping_steps": 3}, "no metric"),
    Twin("optimizer-of-projections", {"finetuning_type": "full", "use_galore": True}, "optim: adamw_torch",
         {"finetuning_type": "full", "use_galore": True, "optim": "adamw_torch"}),
    Twin("weights-alone", {"save_only_model": True}, "no run resumable", level="warning"),
    Twin("weights-alone", {"save_only_model": True, **Z2, "load_best_model_at_end": True}, "under DeepSpeed", on=TWO),
    Twin("streaming-workers", {"streaming": True, "max_steps": 5}, "dataloader_num_workers: 1",
         {"streaming": True, "max_steps": 5, "dataloader_num_workers": 1}),
    Twin("loss-without-logits", {"use_asft_loss": True, "enable_liger_kernel": True}, "cross-entropy",
         {"use_asft_loss": True}),
    Twin("loss-without-logits", {"use_dft_loss": True, "enable_liger_kernel": True}, "saves no memory",
         {"enable_liger_kernel": True}, on=LIGER, level="note"),
    # data
    Twin("refused", {"dataset": None}, "specify dataset"),
    Twin("unregistered-dataset", {"dataset": "stf"}, "did you mean sft?"),
    Twin("unregistered-dataset", {"dataset_dir": "{lab}/nowhere"}, "dataset_info.json is missing"),
    Twin("unregistered-dataset", {"dataset_dir": "ONLINE"}, "on a hub", level="note"),
    Twin("wrong-kind-of-dataset", {"dataset": "dpo"}, "holds pairs", PAIRS),
    Twin("wrong-kind-of-dataset", {"stage": "dpo"}, "holds no pairs", PAIRS),
    Twin("wrong-kind-of-dataset", {"stage": "kto"}, "names no kto_tag", TAGS),
    Twin("unreadable-dataset", {"dataset": "gone"}, "gone.jsonl: no such file"),
    Twin("unreadable-dataset", {"dataset": "picture"}, "takes files of one kind"),
    Twin("unreadable-dataset", {"dataset": "cut_json"}, "cut_json.jsonl:1: not JSON"),
    Twin("breaking-rows", {"dataset": "torn"}, "torn.jsonl:2: LLaMA-Factory breaks on it: RuntimeError"),
    Twin("breaking-rows", {"dataset": "no_columns"}, "have no 'instruction'; it has conversations, system, tools"),
    Twin("breaking-rows", {**PAIRS, "dataset": "chosen_unknown"}, "chosen_unknown.jsonl:1: a turn has the unknown role"
         " 'assistant'", PAIRS),
    Twin("dropped-rows", {"dataset": "odd"}, "1 of 2 rows are dropped, a wrong number of turns: {lab}/odd.jsonl:2"),
    Twin("dropped-rows", {"dataset": "swapped"}, "roles that do not alternate"),
    Twin("dropped-rows", {**TAGS, "dataset": "kto_odd"}, "IndexError", TAGS),  # one dropped row ends the run
    Twin("dropped-rows", {**TAGS, "dataset": "untagged"}, "untagged.jsonl:2", TAGS),
    Twin("spoiled-rows", {**PAIRS, "dataset": "chosen_human"}, "chosen_human.jsonl:2: chosen or rejected is a turn of"
         " the user", PAIRS),
    Twin("spoiled-rows", {**PAIRS, "dataset": "alike"}, "are the same", PAIRS),
    Twin("nothing-left", {"dataset": "all_odd"}, "no row of 1"),
    Twin("cut-rows", {"dataset": "long"}, "lose the end of their question", {"dataset": "long", "cutoff_len": 8192}),
    Twin("cut-rows", {"dataset": "long_answer"}, "1 of 1 rows are cut", {"dataset": "long_answer", "cutoff_len": 8192},
         level="warning"),
    Twin("cut-rows", {**TAGS, "cutoff_len": 64}, "2 of 2 rows lose", TAGS),  # one row and the answer of another
    Twin("cut-rows", {**PAIRS, "cutoff_len": 64}, "2 of 2 rows lose", PAIRS),
    Twin("nothing-trained", {"dataset": "long", "cutoff_len": 8}, "no token with loss"),
    Twin("marks-in-text", {"dataset": "marked"}, "1 rows hold <|im_end|>", {"dataset": "marked",
         "split_special_tokens": True}, level="warning"),
    Twin("empty-answers", {"dataset": "speechless"}, "1 rows have an answer", level="warning"),
    Twin("unregistered-dataset", {"dataset": "no_file"}, "names no file"),
    Twin("unregistered-dataset", {"dataset": "on_hub"}, "not in a file here", level="note"),
    Twin("one-kind-of-feedback", {**TAGS, "dataset": "kto_right"}, "every row is right", TAGS),
    Twin("too-little-text", {"stage": "pt", "dataset": "short_text"}, "does not fill", {"stage": "pt", "dataset": "pt",
         "cutoff_len": 64}),
    Twin("stale-tokens", {"tokenized_path": "{lab}/tokens"}, "have no effect on it",
         {"tokenized_path": "{lab}/unwritten"}, level="note"),
    Twin("stale-tokens", {"tokenized_path": "{lab}/stale_tokens"}, "made for cutoff_len 512, not 1024",
         {"tokenized_path": "{lab}/unwritten"}),
    Twin("stale-tokens", {**PAIRS, "tokenized_path": "{lab}/tokens"}, "for stage sft, not dpo", PAIRS),
    Twin("stale-tokens", {**PACKED, "tokenized_path": "{lab}/tokens"}, "is not packed", PACKED, level="warning"),
    Twin("unreadable-dataset", {"tokenized_path": "{lab}/torn_tokens"}, "cannot be read",
         {"tokenized_path": "{lab}/tokens"}),
    Twin("unregistered-dataset", {"dataset": "nosuch"}, "not in", {"dataset": "nosuch", "tokenized_path":
         "{lab}/tokens"}),  # which a run does not look at then
    Twin("unread-stage", {"stage": "ppo", "reward_model": "x"}, "were not looked at", level="note"),
    # template
    Twin("unknown-template", {"template": "qwen33"}, "template: qwen3"),
    Twin("unknown-template", {"template": None}, "guesses one", level="warning"),
    Twin("another-models-template", {"model_name_or_path": Q8}, "is qwen3", {"model_name_or_path": Q8,
         "template": "qwen3_nothink"}, level="warning"),
    Twin("calls-that-do-not-come-back", {"template": "glm4_moe"}, "does not read its own calls back"),
    Twin("calls-that-do-not-come-back", {"template": "llama3"}, "behind a thought", level="warning"),
    Twin("calls-that-do-not-come-back", {"template": "seed_oss"}, "as that value", level="note"),
    Twin("calls-that-do-not-come-back", {"template": "glm4_moe"}, "glm4_moe",
         {"template": "glm4_moe", "dataset": "wordy"}),  # rows without tools call nothing
    Twin("not-the-models-system", {"dataset": "bare", "template": "qwen3_nothink"}, "1 rows have no system prompt",
         {"dataset": "bare", "default_system": "Solve it."}, level="warning"),
    Twin("prompt-of-the-day", {"template": "llama3"}, "the date", {"template": "llama3", "dataset": "wordy"},
         level="warning"),
    Twin("thoughts-that-are-missing", {"template": "qwen3"}, "template: qwen3_nothink",
         {"template": "qwen3", "dataset": "thoughtful"}, level="warning"),
    Twin("thoughts-that-are-missing", {"template": "qwen3"}, "empty one", {"template": "qwen3_nothink"},
         level="warning"),
    Twin("thoughts-taken-out", {**PAIRS, "dataset": "thoughtful_pairs", "template": "qwen3"}, "preserve_thinking",
         {**PAIRS, "dataset": "thoughtful_pairs", "template": "qwen3", "preserve_thinking": True}, level="warning"),
    Twin("refused", {}, "bf16/gpu", {"bf16": None, "fp16": True}, on=replace(ONE, bfloat16=False)),
    Twin("tokens-outside-the-vocabulary", {"template": "llama3"}, "the vocabulary has"),
    Twin("another-end", {"template": "llama3"}, "where the model does not stop", level="warning"),
    Twin("longer-than-its-context", {"cutoff_len": 4096}, "made for 2048 tokens", {"cutoff_len": 2048},
         level="warning"),
    Twin("longer-than-its-context", {"cutoff_len": 8192, "dataset": "long"}, "rope_scaling",
         {"cutoff_len": 8192, "dataset": "long", "rope_scaling": "yarn"}),
    # packing
    Twin("packed-samples-leak", {"packing": True}, "neat_packing: true", PACKED),
    Twin("packed-samples-leak", {"packing": True, "flash_attn": "fa2", "per_device_train_batch_size": 2}, "batch",
         {"packing": True, "flash_attn": "fa2"}, on=FLASH),
    Twin("packed-samples-leak", {"packing": True, "flash_attn": "fa2"}, "neat_packing", {}),  # not installed: SDPA
    Twin("odd-length", {**PACKED, "cutoff_len": 1001}, "cutoff_len: 1008", {**PACKED, "cutoff_len": 1008}),
    Twin("neat-packing-in-batches", {**PACKED, "flash_attn": "fa2", "per_device_train_batch_size": 2},
         "per_device_train_batch_size: 1", {**PACKED, "flash_attn": "fa2"}, on=FLASH),
    Twin("neat-packing-in-batches", {**PACKED, "flash_attn": "fa2", **STEPS}, "per_device_eval_batch_size: 1",
         {**PACKED, "flash_attn": "fa2", **STEPS, "per_device_eval_batch_size": 1}, on=FLASH),
    Twin("dense-mask", {**PACKED, "cutoff_len": 16384}, "16384 × 16384", PACKED, level="warning"),
    Twin("packing-without-effect", {**PAIRS, "packing": True}, "packs nothing", PAIRS, level="warning"),
    Twin("packing-without-effect", {**PACKED, "packing": False}, "turns packing on", PACKED, level="note"),
    Twin("packs-badly", {**PACKED, "preprocessing_batch_size": 1}, "padding", PACKED, level="warning"),
    Twin("packed-samples-leak", {"packing": True, "flash_attn": "sdpa"}, "flash_attn: sdpa: each sample", PACKED),
    Twin("packed-samples-leak", {"packing": True, "flash_attn": "fa2"}, "fa2, which is not installed",
         {"packing": True, "flash_attn": "fa2"}, clean_on=FLASH),
    Twin("packed-samples-leak", {"packing": True, "flash_attn": "fa2", **STEPS}, "per_device_eval_batch_size: 1",
         {"packing": True, "flash_attn": "fa2", **STEPS, "per_device_eval_batch_size": 1}, on=FLASH, level="warning"),
    # kernels
    Twin("missing-package", {"enable_liger_kernel": True}, "pip install liger-kernel", clean_on=LIGER),
    Twin("missing-package", {"report_to": "wandb"}, "pip install wandb", {"report_to": "wandb"},
         clean_on=machine(wandb="0.20")),
    Twin("missing-package", {"quantization_bit": 4}, "bitsandbytes"),
    Twin("missing-flash-attention", {"flash_attn": "fa2"}, "not installed", {"flash_attn": "fa2"}, clean_on=FLASH,
         level="warning"),
    Twin("attention-that-raises", {"flash_attn": "fa3"}, "NotImplementedError", {"flash_attn": "auto"}),
    Twin("flash-attention-in-float32", {"flash_attn": "fa2", "bf16": None}, "bf16: true", {"flash_attn": "fa2"}),
    Twin("old-liger", {"enable_liger_kernel": True}, "0.7.0", {"enable_liger_kernel": True},
         on=machine(liger_kernel="0.6.4"), clean_on=LIGER),
    Twin("liger-without-effect", {"enable_liger_kernel": True, **PAIRS}, "fused loss is off",
         {"enable_liger_kernel": True}, on=LIGER, level="note"),
    Twin("liger-without-effect", {"enable_liger_kernel": True, "model_name_or_path": "{lab}/rare"}, "starcoder2",
         {"enable_liger_kernel": True}, on=LIGER, level="warning"),
    Twin("quantised-base-with-fast-weights", {**Z3, "quantization_bit": 8}, "4 bits only",
         {**Z3, "quantization_bit": 4}, on=TWO),
    Twin("attention-key-ignored", {"model_name_or_path": "{lab}/oss"}, "fetches a kernel", level="warning"),
    # stages
    Twin("unreached-model", {"model_name_or_path": "{lab}/nowhere"}, "no such folder"),
    Twin("unreached-model", {"model_name_or_path": "Qwen/Qwen3-8B"}, "hub cannot be reached", level="warning"),
    Twin("missing-adapter", {"adapter_name_or_path": "{lab}/none"}, "no such folder", ADAPTER),
    Twin("missing-adapter", {"adapter_name_or_path": "output/nosuch"}, "no such folder"),  # no name of a hub's
    Twin("unreached-model", {"model_name_or_path": "output/nosuch/merged"}, "export, as in examples/merge_lora"),
    Twin("unreached-model", {"model_name_or_path": "output/nosuch"}, "no such folder"),
    Twin("missing-adapter", {"adapter_name_or_path": "{lab}/empty"}, "no adapter_config.json", ADAPTER),
    Twin("adapter-of-another-base", {"adapter_name_or_path": "{lab}/other_adapter"}, "Qwen/Qwen3-8B", ADAPTER),
    Twin("adapter-of-another-base", {**MERGED, "adapter_name_or_path": "{lab}/other_merged"}, "words/merged",
         {**MERGED, "adapter_name_or_path": "{lab}/own_merged"}),  # all merged models are called merged
    Twin("adapter-keys-ignored", {"adapter_name_or_path": "{lab}/wide_adapter"}, "its rank 64", ADAPTER,
         level="warning"),
    Twin("new-adapter-ignored", {**ADAPTER, **Z3, "create_new_adapter": True}, "under ZeRO-3",
         {**ADAPTER, **Z2, "create_new_adapter": True}, on=TWO),
    Twin("several-adapters", {**Z3, "adapter_name_or_path": "{lab}/adapter,{lab}/wide_adapter"}, "2 adapters",
         {**Z2, "adapter_name_or_path": "{lab}/adapter,{lab}/wide_adapter"}, on=TWO),
    Twin("reference-without-the-adapter", {**PAIRS, **ADAPTER}, "the bare base", PAIRS),
    Twin("reference-without-the-adapter", {**TAGS, **ADAPTER}, "the bare base",
         {**TAGS, **ADAPTER, "create_new_adapter": True}),
    Twin("reference-without-the-adapter", {**PAIRS, **ADAPTER}, "ref_model",
         {**PAIRS, **ADAPTER, "pref_loss": "orpo"}),  # which compares with nothing
    Twin("loss-of-another-name", {**PAIRS, "pref_loss": "ipo"}, "sigmoid of mean", {**PAIRS, "pref_loss": "simpo"}),
    Twin("loss-of-another-name", {**PAIRS, "pref_loss": "hinge"}, "is sigmoid", {"pref_loss": "hinge"}),
    Twin("reinforcement", {"stage": "ppo", "reward_model": "x"}, "trl<=0.9.6"),
    Twin("targets-that-do-not-exist", {"lora_target": "q_proj,v_prj"}, "v_prj", {"lora_target": "q_proj,v_proj"}),
    Twin("experts-left-out", SPARSE, "attention only", level="warning"),
    Twin("merged-in-four-bits", {"quantization_bit": 4}, "check the answers", level="note"),
    # memory
    Twin("too-large", {"model_name_or_path": Q72}, "quantization_bit: 4 with double_quantization: true: about",
         {"model_name_or_path": Q8}, on=ONE),
    Twin("too-large", {"model_name_or_path": Q72}, "ZeRO-3, QLoRA", {"model_name_or_path": Q8}, on=machine("1x24")),
    Twin("too-large", {"model_name_or_path": Q72}, "ds_z3_config.json: about",
         {"model_name_or_path": Q72, "deepspeed": "examples/deepspeed/ds_z3_config.json"}, on=machine("8x80")),
    Twin("too-large", {"model_name_or_path": Q72, "quantization_bit": 4}, "ZeRO-3 or a shorter",
         {"model_name_or_path": Q8}, on=machine("1x24")),
    Twin("too-large", {"model_name_or_path": Q72, **Z3}, "more GPUs, QLoRA",
         {"model_name_or_path": Q8}, on=machine("2x24")),
    Twin("too-large", {**LIVE, "cutoff_len": 4096, "disable_gradient_checkpointing": True},
         "disable_gradient_checkpointing: false: about", {**LIVE, "cutoff_len": 4096}, on=machine("1x24")),
    Twin("too-large", {"model_name_or_path": Q8, "per_device_train_batch_size": 64}, "per_device_train_batch_size: ",
         {"model_name_or_path": Q8, "per_device_train_batch_size": 4}, on=ONE),
    Twin("too-large", {"model_name_or_path": Q8}, "within 15%", {"model_name_or_path": Q8}, on=machine("1x20"),
         clean_on=machine("1x24"), level="warning"),
    Twin("host-too-small", {"model_name_or_path": Q72, "deepspeed": "{lab}/z3_offload.json"}, "more machines",
         {"model_name_or_path": Q72, "deepspeed": "{lab}/z3_offload.json"}, on=machine("8x80", host_gb=64),
         clean_on=machine("8x80", host_gb=512)),
    Twin("host-too-small", {"model_name_or_path": Q72, **Z3}, "loads it slowly", {"model_name_or_path": Q72, **Z3},
         on=machine("8x80", host_gb=64), clean_on=machine("8x80", host_gb=512), level="warning"),
    Twin("host-too-small", {"model_name_or_path": Q72, "deepspeed": "examples/deepspeed/ds_z3_offload_config.json"},
         "power of two", {"model_name_or_path": Q72, **Z3}, on=machine("8x80"), level="note"),
    Twin("needless-bucket", {"deepspeed": "{lab}/z2_wide.json"}, "1.0 GB", Z2, on=TWO, level="note"),
    # distributed
    Twin("deepspeed-file", {"deepspeed": "{lab}/none.json"}, "does not exist", Z2, on=TWO),
    Twin("deepspeed-file", {"deepspeed": "{lab}/torn.json"}, "cannot be read", Z2, on=TWO),
    Twin("deepspeed-file", {"deepspeed": "{lab}/no_zero.json"}, "no zero_optimization", Z2, on=TWO),
    Twin("deepspeed-without-torchrun", Z2, "FORCE_TORCHRUN=1", Z2, on=ONE, clean_on=TWO),
    Twin("deepspeed-batch", {"deepspeed": "{lab}/z2_fixed.json"}, "train_micro_batch_size_per_gpu: 4", Z2, on=TWO),
    Twin("no-port", {}, "no MASTER_PORT", on=NODES, clean_on=REACHED),
    Twin("elastic-run", {"overwrite_output_dir": True}, "step 0", on=ELASTIC),
    Twin("elastic-run", Z2, "another number", on=machine("8x80", {"RDZV_ID": "run", "MIN_NNODES": "1"}),
         clean=Z2, clean_on=ELASTIC),
    Twin("elastic-run", {}, "without RDZV_ID", on=machine("8x80", {"MAX_RESTARTS": "3"}), clean_on=ELASTIC,
         level="warning"),
    Twin("other-world", {**Z2, "output_dir": "{lab}/run4"}, "is of 4 processes, and this run has 2",
         {**Z2, "output_dir": "{lab}/run4"}, on=TWO, clean_on=FOUR),
    Twin("continues", {"output_dir": "{lab}/run"}, "checkpoint-9",
         {"output_dir": "{lab}/run", "overwrite_output_dir": True}, level="note"),
    Twin("drawn-anew", {"train_sampling_strategy": "group_by_length"}, "does not go on exactly",
         {"train_sampling_strategy": "group_by_length", "num_train_epochs": 1.0}, level="note"),
    Twin("drawn-anew", {"train_sampling_strategy": "group_by_length"}, "second epoch",
         {"train_sampling_strategy": "group_by_length", "save_strategy": "no"}, level="note"),
    Twin("drawn-anew", {"train_sampling_strategy": "group_by_length", "output_dir": "{lab}/later"}, "some never",
         {"output_dir": "{lab}/later"}, level="warning"),
    Twin("missing-checkpoint", {"resume_from_checkpoint": True}, "holds no checkpoint",
         {"resume_from_checkpoint": True, "output_dir": "{lab}/run", "overwrite_output_dir": True}),
    Twin("missing-checkpoint", {"resume_from_checkpoint": "{lab}/run/checkpoint-7"}, "no such folder",
         {"resume_from_checkpoint": "{lab}/run/checkpoint-9"}),
    Twin("ray-asks-too-much", {}, "waits for 80 CPUs", on=machine("8x80", RAY), clean_on=machine("1x80", RAY)),
    Twin("separate-disks", {}, "tokenises for itself", {"data_shared_file_system": True}, on=REACHED, level="note"),
    Twin("wider-batch", {"gradient_accumulation_steps": 2048}, "2048 rows make a step", level="warning"),
]  # fmt: skip


@pytest.mark.parametrize("twin", TWINS, ids=[f"{number}-{twin.trap}" for number, twin in enumerate(TWINS)])
def test_a_trap_is_named_and_its_twin_is_left_alone(twin: Twin, lab: Lab) -> None:
    found = [finding for finding in lab.findings(twin.broken, twin.on) if finding.trap == twin.trap]
    says = twin.says.replace("{lab}", str(lab.folder))
    assert any(says in f"{finding.found} -> {finding.remedy}" for finding in found), found
    assert twin.level in {finding.level for finding in found}
    assert all(finding.remedy or finding.level == "note" for finding in found)
    assert twin.trap not in found_in(lab, twin.clean, twin.clean_on or twin.on)


KNOWN: dict[tuple[str, int], frozenset[str]] = {}


def found_in(lab: Lab, changes: Mapping[str, Any], on: Machine) -> frozenset[str]:
    """The traps that a recipe falls into; many twins are the same one."""
    key = (repr(changes), id(on))
    if key not in KNOWN:
        KNOWN[key] = frozenset(finding.trap for finding in lab.findings(changes, on))
    return KNOWN[key]


def test_of_a_sound_recipe_nothing_is_said(lab: Lab) -> None:
    for on in (HERE, machine("1x80", host_gb=64), machine("2x80", host_gb=64)):
        assert lab.findings({}, on) == []


def test_of_a_machine_elsewhere_packages_are_taken_for_granted(lab: Lab) -> None:
    elsewhere = replace(HERE, asked=Gpus.parse("8x80"), variables={"MASTER_PORT": "29500"})
    keys = {"enable_liger_kernel": True, "flash_attn": "fa2", "neat_packing": True}
    found = {finding.trap: finding.level for finding in lab.findings(keys, elsewhere)}
    assert found == {"missing-package": "note", "missing-flash-attention": "note"}


def case_of(lab: Lab, changes: Mapping[str, Any], on: Machine = HERE) -> Case:
    found = lab.check(changes, on).case
    assert found is not None
    return found


def test_many_rows_are_tokenised_while_others_wait(lab: Lab) -> None:
    many = replace(case_of(lab, {}, TWO), data={"sft": Read("sft", rows=300_000)})
    (said,) = traps()["slow-tokenizing"](many)
    assert "300000 rows" in said.found
    patient = replace(case_of(lab, {"ddp_timeout": 180000000}, TWO), data=many.data)
    assert not [*traps()["slow-tokenizing"](patient), *traps()["slow-tokenizing"](replace(many, machine=HERE))]


def test_torchrun_takes_no_path_with_spaces(lab: Lab) -> None:
    case = case_of(lab, {}, TWO)
    spaced = replace(case, recipe=replace(case.recipe, path=Path("my recipes/a.yaml")))
    assert [said.level for said in traps()["path-with-spaces"](spaced)] == ["error"]
    assert not [*traps()["path-with-spaces"](case), *traps()["path-with-spaces"](replace(spaced, machine=ONE))]


def test_the_loss_of_models_with_a_processor(lab: Lab) -> None:
    case = case_of(lab, {"gradient_accumulation_steps": 2})
    pictured = replace(case, model=replace(case.model, processor=object()))
    assert [said.level for said in traps()["loss-of-pictures"](pictured)] == ["note"]
    assert not [*traps()["loss-of-pictures"](case)]


@pytest.mark.parametrize(
    ("kind", "changes", "on", "says"),
    [
        ("gpt_oss", {"flash_attn": "fa2"}, FLASH, "is refused"),
        ("qwen3_5", {}, HERE, "flash_attn: fa2"),
        ("qwen3_5", {"flash_attn": "fa2"}, FLASH, "flash-linear-attention"),
    ],
)
def test_models_that_pack_in_their_own_way(
    kind: str, changes: Mapping[str, Any], on: Machine, says: str, lab: Lab
) -> None:
    case = case_of(lab, {**PACKED, **changes}, on)
    odd = replace(case, model=replace(case.model, config={"model_type": kind}))
    (said,) = traps()["neat-packing-of-some-models"](odd)
    assert said.level == "error" and says in f"{said.found} -> {said.remedy}"
    assert not [*traps()["neat-packing-of-some-models"](case)]


DRIVEN_ABOVE = {"slow-tokenizing", "path-with-spaces", "loss-of-pictures", "neat-packing-of-some-models"}


@pytest.mark.parametrize(
    ("changes", "on", "trap"),
    [
        ({"deepspeed": "{lab}/none.json"}, TWO, "deepspeed-file"),
        (Z2, ONE, "deepspeed-without-torchrun"),
    ],
)
def test_what_a_trap_says_is_not_said_again_as_refused(
    changes: Mapping[str, Any], on: Machine, trap: str, lab: Lab
) -> None:
    assert {finding.trap for finding in lab.findings(changes, on)} == {trap}


def test_every_trap_has_a_twin() -> None:
    assert set(traps()) == {twin.trap for twin in TWINS} | DRIVEN_ABOVE
