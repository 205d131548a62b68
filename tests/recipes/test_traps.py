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
    """``broken`` and ``clean`` are changes to a sound recipe; ``on`` a machine, ``clean_on`` another for the twin.

    ``says`` stands in what is found or in its remedy, ``mends`` in the remedy; a note may have none.
    """

    trap: str
    broken: Mapping[str, Any]
    says: str
    mends: str
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
    Twin("unknown-key", {"lora_rnak": 8}, "write lora_rank", "write lora_rank"),  # the nearest
    Twin("unknown-key", {"group_by_length": True}, "train_sampling_strategy: group_by_length",
         "write train_sampling_strategy:",
         {"train_sampling_strategy": "group_by_length"}),  # renamed in transformers 5
    Twin("unknown-key", {"evaluation_strategy": "steps"}, "write eval_strategy", "write eval_strategy"),
    Twin("unknown-key", {"save_safetensors": True}, "it is always so", "write nothing: it is always so"),
    Twin("unknown-key", {"zzz": 1}, "ALLOW_EXTRA_ARGS lets it pass",
         "delete it", on=machine(None, {"ALLOW_EXTRA_ARGS": "1"})),
    Twin("refused", {"mask_history": True, "train_on_prompt": True}, "incompatible",
         "change the keys that it names", {"mask_history": True}),
    Twin("refused", {"val_size": 0.1, "eval_dataset": "sft"}, "val_size",
         "change the keys that it names", {"eval_dataset": "sft"}),
    Twin("refused", {**Z3, "pissa_init": True}, "PiSSA",
         "change the keys that it names", Z3, on=TWO),  # needs ZeRO-3 to be seen
    Twin("refused", {**PAIRS, "neat_packing": True}, "except SFT", "change the keys that it names", PAIRS),
    Twin("wrong-type", {"bf16": "false"}, "is taken for true",
         "write it without quotes: bf16: false", {"bf16": False}),
    Twin("wrong-type", {"lora_rank": "16"}, "is text, not a number",
         "write it without quotes: lora_rank: 16", {"lora_rank": 16}),
    Twin("wrong-type", {"flash_attn": "flash2"}, "none of auto",
         "write flash_attn: fa2", {"flash_attn": "sdpa"}),  # parses, then raises
    Twin("wrong-type", {"lora_rank": "4k"}, "write a value, as lora_rank: 8",
         "write a value, as lora_rank: 8", {"lora_rank": 4}),
    Twin("wrong-type", {"bf16": "on please"}, "write a value, as bf16: false",
         "write a value, as bf16: false", {"bf16": True}),
    Twin("unknown-key", {"train": {"learning_rate": 1.0e-4}}, "no sections",
         "write what stands below train without", {"learning_rate": 1.0e-4}),
    Twin("wrong-type", {"lr_scheduler_type": "cosin"}, "write lr_scheduler_type: cosine",
         "write lr_scheduler_type: cosine",
         {"lr_scheduler_type": "cosine"}),  # the nearest
    Twin("wrong-type", {"dataset": ["sft", "bare"]}, "write dataset: sft,bare",
         "write dataset: sft,bare", {"dataset": "sft,bare"}),
    Twin("wrong-type", {"lora_rank": 8.5}, "a whole number", "a whole number", {"lora_rank": 8}),
    Twin("wrong-type", {"resume_from_checkpoint": 3}, "wrong type",
         "write a value", {"resume_from_checkpoint": True,
         "output_dir": "{lab}/run"}),  # which the trainer takes for the last one
    Twin("wrong-type", {"dataset": 3}, "is of the wrong type", "write a value"),
    Twin("impossible-size", {"lora_rank": 0}, "lora_rank: 0 is no size", "delete it, or lora_rank: 8"),
    Twin("impossible-size", {"lora_dropout": 2.0}, "no share below 1", "lora_dropout: 0.0", {"lora_dropout": 0.05}),
    Twin("impossible-size", {"cutoff_len": 10**13}, "delete it, or cutoff_len: 2048",
         "delete it, or cutoff_len: 2048"),
    Twin("deprecated", {"warmup_ratio": 0.1}, "warmup_steps: 0.1",
         "warmup_steps: 0.1", {"warmup_steps": 0.1}, level="note"),
    Twin("deprecated", {"logging_dir": "x"}, "TENSORBOARD_LOGGING_DIR",
         "set the variable TENSORBOARD_LOGGING_DIR", level="warning"),
    Twin("no-training", {"do_train": None}, "nothing is trained", "do_train: true"),
    Twin("no-precision", {"bf16": None}, "float32", "bf16: true", on=ONE, level="warning"),
    Twin("checkpointing-key", {"gradient_checkpointing": False}, "has no effect",
         "disable_gradient_checkpointing: true",
         {"gradient_checkpointing": False, "disable_gradient_checkpointing": True}, level="warning"),
    Twin("adapter-keys-without-adapter", {"finetuning_type": "full"}, "lora_rank, lora_target: no effect",
         "delete them",
         {"finetuning_type": "full", "lora_rank": None, "lora_target": None}, level="warning"),
    Twin("two-lengths", {"max_steps": 5, "num_train_epochs": 3.0}, "max_steps: 5 counts",
         "keep one of them", {"max_steps": 5},
         level="note"),
    Twin("long-warm-up", {"warmup_steps": 5000}, "the run has 6 steps",
         "warmup_steps: 0.05", {"warmup_steps": 0.05}, level="warning"),
    Twin("long-warm-up", {"warmup_steps": 5000}, "never comes",
         "warmup_steps: 0.05", {"warmup_steps": 5, "num_train_epochs": 3.0},
         level="warning"),
    Twin("high-rate", {"learning_rate": 1.0}, "in one step",
         "learning_rate: 1.0e-4", {"learning_rate": 2.0e-3}, level="warning"),
    Twin("high-rate", {"learning_rate": 0.1}, "0.1",
         "learning_rate: 1.0e-4", {"learning_rate": 0.1, "optim": "sgd"}, level="warning"),
    Twin("output-in-the-way", {"output_dir": "{lab}/sft.jsonl"}, "sft.jsonl is a file", "another output_dir"),
    Twin("output-in-the-way", {"output_dir": "{lab}/sft.jsonl/lora/deep"}, "sft.jsonl is a file",
         "another output_dir"),
    Twin("trial-run", {"max_samples": 1}, "1 rows of each", "delete it", level="note"),
    Twin("held-out-in-vain", {"val_size": 1}, "nothing evaluates", "eval_strategy: steps", STEPS, level="warning"),
    Twin("early-stopping", {"early_stopping_steps": 3}, "nothing is evaluated", "eval_strategy: steps",
         {**STEPS, "save_steps": 10, "early_stopping_steps": 3, "load_best_model_at_end": True}),
    Twin("early-stopping", {**STEPS, "early_stopping_steps": 3}, "no metric", "metric_for_best_model: eval_loss"),
    Twin("optimizer-of-projections", {"finetuning_type": "full", "use_galore": True}, "optim: adamw_torch",
         "optim: adamw_torch",
         {"finetuning_type": "full", "use_galore": True, "optim": "adamw_torch"}),
    Twin("weights-alone", {"save_only_model": True}, "no run resumable", "save_only_model: false", level="warning"),
    Twin("weights-alone", {"save_only_model": True, **Z2, "load_best_model_at_end": True}, "under DeepSpeed",
         "save_only_model: false", on=TWO),
    Twin("streaming-workers", {"streaming": True, "max_steps": 5}, "dataloader_num_workers: 1",
         "dataloader_num_workers: 1",
         {"streaming": True, "max_steps": 5, "dataloader_num_workers": 1}),
    Twin("loss-without-logits", {"use_asft_loss": True, "enable_liger_kernel": True}, "cross-entropy",
         "enable_liger_kernel: false",
         {"use_asft_loss": True}),
    Twin("loss-without-logits", {"use_dft_loss": True, "enable_liger_kernel": True}, "saves no memory", "",
         {"enable_liger_kernel": True}, on=LIGER, level="note"),
    Twin("wrong-type", {"save_strategy": False}, "to YAML no is false", 'save_strategy: "no"',
         {"save_strategy": "no"}),  # as it is written without quotes
    Twin("wrong-type", {"flash_attn": False}, "none of auto", "write flash_attn: auto", {"flash_attn": "disabled"}),
    Twin("held-out-too-much", {**STEPS, "val_size": 2}, "all 2 rows", "val_size: 0.1", STEPS),  # one of two is left
    Twin("held-out-too-much", {**STEPS, "val_size": 0.9}, "all 2 rows", "more rows", {**STEPS, "val_size": 0.4}),
    Twin("held-out-too-much", {**STEPS, "val_size": 1.0}, "no share below 1", "val_size: 1", STEPS),
    Twin("rotations-of-two-sizes", {"finetuning_type": "oft", "oft_rank": 8}, "one must be 0", "oft_block_size: 0",
         {"finetuning_type": "oft", "oft_rank": 8, "oft_block_size": 0}),
    Twin("rotations-of-two-sizes", {"finetuning_type": "oft", "oft_block_size": 0}, "one must be 0",
         "oft_block_size: 32", {"finetuning_type": "oft"}),
    Twin("rotations-of-two-sizes", {"finetuning_type": "oft", "oft_target": "q_proj"}, "has no effect", "lora_target",
         {"oft_target": "q_proj"}, level="warning"),
    Twin("adapter-keys-without-adapter", {"finetuning_type": "oft"}, "lora_rank: no effect", "finetuning_type: lora",
         {"finetuning_type": "oft", "lora_rank": None}, level="warning"),  # whose lora_target counts
    Twin("wrong-type", {"cutoff_len": 1000.0}, "wrong type", "write cutoff_len: 1000", {"cutoff_len": 1000}),  # 1e3
    Twin("wrong-type", {"bf16": 1}, "wrong type", "write bf16: true", {"bf16": True}),
    Twin("wrong-type", {"num_train_epochs": True}, "wrong type", "as num_train_epochs: 3.0", {"num_train_epochs": 1}),
    Twin("wrong-type", {"cutoff_len": [1024]}, "wrong type", "as cutoff_len: 2048", {"cutoff_len": 1024}),
    Twin("not-filled-in", {"output_dir": "${oc.env:HOME}/x"}, "as it stands", "write what it stands for"),
    Twin("nothing-at-steps", {"save_steps": 0}, "no checkpoint", "save_steps: 50", {"save_steps": 5}, level="warning"),
    Twin("nothing-at-steps", {"logging_steps": -1}, "no loss", 'logging_strategy: "no"', {"logging_steps": 0.1},
         level="warning"),  # a share of all steps
    Twin("held-out-in-vain", {"val_size": -0.1}, "nothing back", "val_size: 0.1", {"val_size": 0}, level="warning"),
    Twin("output-in-the-way", {"tokenized_path": "{lab}/sft.jsonl"}, "sft.jsonl is a file", "another tokenized_path"),
    Twin("impossible-size", {"lora_alpha": -1}, "lora_alpha: -1", "delete it", {"lora_alpha": 4}),
    Twin("impossible-size", {"max_samples": 0}, "max_samples: 0", "delete it", {"max_samples": 1}),
    Twin("unknown-tracker", {"report_to": "wandbb"}, "where its trainer is made", "report_to: wandb",
         {"report_to": "wandb"}),
    Twin("unknown-tracker", {"report_to": "wandb, mlflow"}, "wandb, mlflow", "report_to: [wandb, mlflow]",
         {"report_to": ["wandb", "mlflow"]}),
    # data
    Twin("unregistered-dataset", {"dataset": "sft bare"}, "divided by commas", "dataset: sft,bare",
         {"dataset": "sft, bare"}),
    Twin("unregistered-dataset", {"dataset_dir": "{lab}/sft.jsonl"}, "dataset_info.json is missing", "run in the"),
    Twin("unknown-entry-key", {"dataset": "misspelt"}, "formating in its entry", "write formatting", level="warning"),
    Twin("unknown-entry-key", {"dataset": "misspelt"}, "mesages in its entry", "write messages", level="warning"),
    Twin("unreadable-dataset", {"dataset": "columns_of_text"}, "must be an object", "dataset_info.json"),
    Twin("unreadable-dataset", {"dataset": "split_away"}, "split is 'test'", "dataset_info.json"),
    Twin("unreadable-dataset", {"dataset": "torn_table"}, "torn.parquet: cannot be read", "make it again"),
    Twin("unreadable-dataset", {"dataset": "drawn_from_text"}, "num_samples is '100'", "dataset_info.json",
         {"dataset": "drawn"}),
    Twin("refused", {"dataset": None}, "specify dataset", "change the keys that it names"),
    Twin("unregistered-dataset", {"dataset": "stf"}, "did you mean sft?", "did you mean sft?"),
    Twin("unregistered-dataset", {"dataset_dir": "{lab}/nowhere"}, "dataset_info.json is missing",
         "run in the folder that dataset_dir:"),
    Twin("unregistered-dataset", {"dataset_dir": "ONLINE"}, "on a hub", "", level="note"),
    Twin("wrong-kind-of-dataset", {"dataset": "dpo"}, "holds pairs", "stage: dpo", PAIRS),
    Twin("wrong-kind-of-dataset", {"stage": "dpo"}, "holds no pairs", "a dataset of scripts/build_dataset.py", PAIRS),
    Twin("wrong-kind-of-dataset", {"stage": "kto"}, "names no kto_tag", "scripts/build_dataset.py --stage kto", TAGS),
    Twin("unreadable-dataset", {"dataset": "gone"}, "gone.jsonl: no such file", "a run stops there"),
    Twin("unreadable-dataset", {"dataset": "picture"}, "takes files of one kind", "a run stops there"),
    Twin("unreadable-dataset", {"dataset": "cut_json"}, "cut_json.jsonl:1: not JSON", "a run stops there"),
    Twin("breaking-rows", {"dataset": "torn"}, "torn.jsonl:2: LLaMA-Factory breaks on it: RuntimeError",
         "mend the row or leave it out"),
    Twin("breaking-rows", {"dataset": "no_columns"}, "have no 'instruction'; it has conversations, system, tools",
         "mend the row or leave it out"),
    Twin("breaking-rows", {**PAIRS, "dataset": "chosen_unknown"}, "chosen_unknown.jsonl:1: a turn has the unknown role"
         " 'assistant'", "mend the row or leave it out", PAIRS),
    Twin("dropped-rows", {"dataset": "odd"}, "1 of 2 rows are dropped, a wrong number of turns: {lab}/odd.jsonl:2",
         "mend the rows"),
    Twin("dropped-rows", {"dataset": "swapped"}, "roles that do not alternate", "mend the rows"),
    Twin("dropped-rows", {**TAGS, "dataset": "kto_odd"}, "IndexError",
         "mend the rows or leave them out", TAGS),  # one dropped row ends the run
    Twin("dropped-rows", {**TAGS, "dataset": "untagged"}, "untagged.jsonl:2", "mend the rows", TAGS),
    Twin("spoiled-rows", {**PAIRS, "dataset": "chosen_human"}, "chosen_human.jsonl:2: chosen or rejected is a turn of"
         " the user", "mend the row or leave it out", PAIRS),
    Twin("spoiled-rows", {**PAIRS, "dataset": "alike"}, "are the same", "mend the row or leave it out", PAIRS),
    Twin("nothing-left", {"dataset": "all_odd"}, "no row of 1", "mend the file or its entry"),
    Twin("cut-rows", {"dataset": "long"}, "lose the end of their question",
         "cutoff_len: 3328", {"dataset": "long", "cutoff_len": 8192}),
    Twin("cut-rows", {"dataset": "long_answer"}, "1 of 1 rows are cut",
         "cutoff_len: 3072", {"dataset": "long_answer", "cutoff_len": 8192},
         level="warning"),
    Twin("cut-rows", {**TAGS, "cutoff_len": 64}, "2 of 2 rows lose",
         "cutoff_len: 256, or leave them out", TAGS),  # one row and the answer of another
    Twin("cut-rows", {**PAIRS, "cutoff_len": 64}, "2 of 2 rows lose", "cutoff_len: 256, or leave them out", PAIRS),
    Twin("nothing-trained", {"dataset": "long", "cutoff_len": 8}, "no token with loss", "leave them out"),
    Twin("marks-in-text", {"dataset": "marked"}, "1 rows hold <|im_end|>", "leave them out", {"dataset": "marked",
         "split_special_tokens": True}, level="warning"),
    Twin("empty-answers", {"dataset": "speechless"}, "1 rows have an answer", "leave them out", level="warning"),
    Twin("unregistered-dataset", {"dataset": "no_file"}, "names no file", "a file_name"),
    Twin("unregistered-dataset", {"dataset": "on_hub"}, "not in a file here", "", level="note"),
    Twin("one-kind-of-feedback", {**TAGS, "dataset": "kto_right"}, "every row is right", "take both", TAGS),
    Twin("too-little-text", {"stage": "pt", "dataset": "short_text"}, "does not fill",
         "a smaller cutoff_len", {"stage": "pt", "dataset": "pt",
         "cutoff_len": 64}),
    Twin("stale-tokens", {"tokenized_path": "{lab}/tokens"}, "have no effect on it", "",
         {"tokenized_path": "{lab}/unwritten"}, level="note"),
    Twin("stale-tokens", {"tokenized_path": "{lab}/stale_tokens"}, "made for cutoff_len 512, not 1024",
         "scripts/tokenize_dataset.py again",
         {"tokenized_path": "{lab}/unwritten"}),
    Twin("stale-tokens", {**PAIRS, "tokenized_path": "{lab}/tokens"}, "for stage sft, not dpo",
         "delete {lab}/tokens", PAIRS),
    Twin("stale-tokens", {**PACKED, "tokenized_path": "{lab}/tokens"}, "is not packed",
         "delete {lab}/tokens", PACKED, level="warning"),
    Twin("unreadable-dataset", {"tokenized_path": "{lab}/torn_tokens"}, "cannot be read", "delete {lab}/torn_tokens",
         {"tokenized_path": "{lab}/tokens"}),
    Twin("unreadable-dataset", {"tokenized_path": "{lab}/deep/tokens"}, "cannot be read", "delete {lab}/deep/tokens",
         {"tokenized_path": "{lab}/tokens"}),
    Twin("unregistered-dataset", {"dataset": "nosuch"}, "not in", "it has sft", {"dataset": "nosuch", "tokenized_path":
         "{lab}/tokens"}),  # which a run does not look at then
    Twin("unread-stage", {"stage": "ppo", "reward_model": "x"}, "were not looked at", "", level="note"),
    # template
    Twin("unknown-template", {"template": "qwen33"}, "template: qwen3", "template: qwen3"),
    Twin("unknown-template", {"template": None}, "guesses one", "template: the model's", level="warning"),
    Twin("another-models-template", {"model_name_or_path": Q8}, "is qwen3",
         "template: qwen3", {"model_name_or_path": Q8,
         "template": "qwen3_nothink"}, level="warning"),
    Twin("calls-that-do-not-come-back", {"template": "glm4_moe"}, "does not read its own calls back",
         "build_dataset.py --form fenced"),
    Twin("calls-that-do-not-come-back", {"template": "llama3"}, "behind a thought",
         "build_dataset.py --form fenced", level="warning"),
    Twin("calls-that-do-not-come-back", {"template": "seed_oss"}, "as that value", "", level="note"),
    Twin("calls-that-do-not-come-back", {"template": "glm4_moe"}, "glm4_moe", "build_dataset.py --form fenced",
         {"template": "glm4_moe", "dataset": "wordy"}),  # rows without tools call nothing
    Twin("not-the-models-system", {"dataset": "bare", "template": "qwen3_nothink"}, "1 rows have no system prompt",
         "system prompts in the rows",
         {"dataset": "bare", "default_system": "Solve it."}, level="warning"),
    Twin("prompt-of-the-day", {"template": "llama3"}, "the date",
         "build_dataset.py --form fenced", {"template": "llama3", "dataset": "wordy"},
         level="warning"),
    Twin("thoughts-that-are-missing", {"template": "qwen3"}, "template: qwen3_nothink", "template: qwen3_nothink",
         {"template": "qwen3", "dataset": "thoughtful"}, level="warning"),
    Twin("thoughts-that-are-missing", {"template": "qwen3"}, "empty one",
         "template: qwen3_nothink", {"template": "qwen3_nothink"},
         level="warning"),
    Twin("thoughts-taken-out", {**PAIRS, "dataset": "thoughtful_pairs", "template": "qwen3"}, "preserve_thinking",
         "preserve_thinking: true",
         {**PAIRS, "dataset": "thoughtful_pairs", "template": "qwen3", "preserve_thinking": True}, level="warning"),
    Twin("refused", {}, "bf16/gpu",
         "change the keys that it names", {"bf16": None, "fp16": True}, on=replace(ONE, bfloat16=False)),
    Twin("tokens-outside-the-vocabulary", {"template": "llama3"}, "the vocabulary has", "resize_vocab: true"),
    Twin("another-end", {"template": "llama3"}, "where the model does not stop",
         "after export set eos_token_id in", level="warning"),
    Twin("longer-than-its-context", {"cutoff_len": 4096}, "made for 2048 tokens",
         "cutoff_len: 2048", {"cutoff_len": 2048},
         level="warning"),
    Twin("longer-than-its-context", {"cutoff_len": 8192, "dataset": "long"}, "rope_scaling", "cutoff_len: 2048",
         {"cutoff_len": 8192, "dataset": "long", "rope_scaling": "yarn"}),
    # packing
    Twin("packed-samples-leak", {"packing": True}, "neat_packing: true", "neat_packing: true", PACKED),
    Twin("packed-samples-leak", {"packing": True, "flash_attn": "fa2", "per_device_train_batch_size": 2}, "batch",
         "per_device_train_batch_size: 1",
         {"packing": True, "flash_attn": "fa2"}, on=FLASH),
    Twin("packed-samples-leak", {"packing": True, "flash_attn": "fa2"}, "neat_packing",
         "neat_packing: true", {}),  # not installed: SDPA
    Twin("odd-length", {**PACKED, "cutoff_len": 1001}, "cutoff_len: 1008",
         "cutoff_len: 1008", {**PACKED, "cutoff_len": 1008}),
    Twin("neat-packing-in-batches", {**PACKED, "flash_attn": "fa2", "per_device_train_batch_size": 2},
         "per_device_train_batch_size: 1",
         "per_device_train_batch_size: 1", {**PACKED, "flash_attn": "fa2"}, on=FLASH),
    Twin("neat-packing-in-batches", {**PACKED, "flash_attn": "fa2", **STEPS}, "per_device_eval_batch_size: 1",
         "per_device_eval_batch_size: 1",
         {**PACKED, "flash_attn": "fa2", **STEPS, "per_device_eval_batch_size": 1}, on=FLASH),
    Twin("dense-mask", {**PACKED, "cutoff_len": 16384}, "16384 × 16384",
         "flash_attn: fa2 with", PACKED, level="warning"),
    Twin("packing-without-effect", {**PAIRS, "packing": True}, "packs nothing", "delete it", PAIRS, level="warning"),
    Twin("packing-without-effect", {**PACKED, "packing": False}, "turns packing on",
         "delete one of them", PACKED, level="note"),
    Twin("packs-badly", {**PACKED, "preprocessing_batch_size": 1}, "padding",
         "preprocessing_batch_size: 1000", PACKED, level="warning"),
    Twin("packed-samples-leak", {"packing": True, "flash_attn": "sdpa"}, "flash_attn: sdpa: each sample",
         "neat_packing: true", PACKED),
    Twin("packed-samples-leak", {"packing": True, "flash_attn": "fa2"}, "fa2, which is not installed",
         "neat_packing: true",
         {"packing": True, "flash_attn": "fa2"}, clean_on=FLASH),
    Twin("packed-samples-leak", {"packing": True, "flash_attn": "fa2", **STEPS}, "per_device_eval_batch_size: 1",
         "per_device_eval_batch_size: 1",
         {"packing": True, "flash_attn": "fa2", **STEPS, "per_device_eval_batch_size": 1}, on=FLASH, level="warning"),
    # kernels
    Twin("missing-package", {"enable_liger_kernel": True}, "pip install liger-kernel",
         "pip install liger-kernel", clean_on=LIGER),
    Twin("missing-package", {"report_to": "wandb"}, "pip install wandb", "pip install wandb", {"report_to": "wandb"},
         clean_on=machine(wandb="0.20")),
    Twin("missing-package", {"quantization_bit": 4}, "bitsandbytes", "pip install bitsandbytes"),
    Twin("missing-flash-attention", {"flash_attn": "fa2"}, "not installed",
         "pip install flash-attn", {"flash_attn": "fa2"}, clean_on=FLASH,
         level="warning"),
    Twin("attention-that-raises", {"flash_attn": "fa3"}, "NotImplementedError",
         "flash_attn: fa2", {"flash_attn": "auto"}),
    Twin("flash-attention-in-float32", {"flash_attn": "fa2", "bf16": None}, "bf16: true",
         "bf16: true", {"flash_attn": "fa2"}),
    Twin("old-liger", {"enable_liger_kernel": True}, "0.7.0",
         "pip install 'liger-kernel>=0.7.0'", {"enable_liger_kernel": True},
         on=machine(liger_kernel="0.6.4"), clean_on=LIGER),
    Twin("liger-without-effect", {"enable_liger_kernel": True, **PAIRS}, "fused loss is off", "",
         {"enable_liger_kernel": True}, on=LIGER, level="note"),
    Twin("liger-without-effect", {"enable_liger_kernel": True, "model_name_or_path": "{lab}/rare"}, "starcoder2",
         "delete it",
         {"enable_liger_kernel": True}, on=LIGER, level="warning"),
    Twin("quantised-base-with-fast-weights", {**Z3, "quantization_bit": 8}, "4 bits only",
         "quantization_bit: 4, or ZeRO-2",
         {**Z3, "quantization_bit": 4}, on=TWO),
    Twin("attention-key-ignored", {"model_name_or_path": "{lab}/oss"}, "fetches a kernel",
         "a Hopper GPU with access to it", level="warning"),
    # stages
    Twin("unreached-model", {"model_name_or_path": "{lab}/nowhere"}, "no such folder", "run the step that writes it"),
    Twin("unreached-model", {"model_name_or_path": "Qwen/Qwen3-8B"}, "hub cannot be reached",
         "fetch it, or run where it is", level="warning"),
    Twin("missing-adapter", {"adapter_name_or_path": "{lab}/none"}, "no such folder",
         "run the stage that writes it", ADAPTER),
    Twin("missing-adapter", {"adapter_name_or_path": "output/nosuch"}, "no such folder",
         "run the stage that writes it"),  # no name of a hub's
    Twin("unreached-model", {"model_name_or_path": "output/nosuch/merged"}, "export, as in examples/merge_lora",
         "llamafactory-cli export"),
    Twin("unreached-model", {"model_name_or_path": "output/nosuch"}, "no such folder", "run the step that writes it"),
    Twin("missing-adapter", {"adapter_name_or_path": "{lab}/empty"}, "no adapter_config.json",
         "the folder of an adapter", ADAPTER),
    Twin("adapter-of-another-base", {"adapter_name_or_path": "{lab}/other_adapter"}, "Qwen/Qwen3-8B",
         "name Qwen/Qwen3-8B, or train anew", ADAPTER),
    Twin("adapter-of-another-base", {**MERGED, "adapter_name_or_path": "{lab}/other_merged"}, "words/merged",
         "name output/words/merged",
         {**MERGED, "adapter_name_or_path": "{lab}/own_merged"}),  # all merged models are called merged
    Twin("adapter-keys-ignored", {"adapter_name_or_path": "{lab}/wide_adapter"}, "its rank 64", "delete it", ADAPTER,
         level="warning"),
    Twin("new-adapter-ignored", {**ADAPTER, **Z3, "create_new_adapter": True}, "under ZeRO-3", "merge it first",
         {**ADAPTER, **Z2, "create_new_adapter": True}, on=TWO),
    Twin("several-adapters", {**Z3, "adapter_name_or_path": "{lab}/adapter,{lab}/wide_adapter"}, "2 adapters",
         "merge all but the last first",
         {**Z2, "adapter_name_or_path": "{lab}/adapter,{lab}/wide_adapter"}, on=TWO),
    Twin("reference-without-the-adapter", {**PAIRS, **ADAPTER}, "the bare base", "merge the adapter first", PAIRS),
    Twin("reference-without-the-adapter", {**TAGS, **ADAPTER}, "the bare base", "merge the adapter first",
         {**TAGS, **ADAPTER, "create_new_adapter": True}),
    Twin("reference-without-the-adapter", {**PAIRS, **ADAPTER}, "ref_model", "merge the adapter first",
         {**PAIRS, **ADAPTER, "pref_loss": "orpo"}),  # which compares with nothing
    Twin("loss-of-another-name", {**PAIRS, "pref_loss": "ipo"}, "sigmoid of mean",
         "pref_loss: sigmoid, orpo or simpo", {**PAIRS, "pref_loss": "simpo"}),
    Twin("loss-of-another-name", {**PAIRS, "pref_loss": "hinge"}, "is sigmoid",
         "pref_loss: sigmoid, orpo or simpo", {"pref_loss": "hinge"}),
    Twin("reinforcement", {"stage": "ppo", "reward_model": "x"}, "trl<=0.9.6", "stage: dpo or kto"),
    Twin("pairs-grouped-by-length", {**PAIRS, "train_sampling_strategy": "group_by_length"}, "pairs do not have",
         "train_sampling_strategy: random", PAIRS),
    Twin("targets-that-do-not-exist", {"lora_target": "q_proj,v_prj"}, "v_prj",
         "all", {"lora_target": "q_proj,v_proj"}),
    Twin("experts-left-out", SPARSE, "attention only", "a dense model, or KTransformers", level="warning"),
    Twin("merged-in-four-bits", {"quantization_bit": 4}, "check the answers", "", level="note"),
    # memory
    Twin("too-large", {"model_name_or_path": Q72}, "quantization_bit: 4 with double_quantization: true: about",
         "quantization_bit: 4 with",
         {"model_name_or_path": Q8}, on=ONE),
    Twin("too-large", {"model_name_or_path": Q72}, "ZeRO-3, QLoRA",
         "ZeRO-3", {"model_name_or_path": Q8}, on=machine("1x24")),
    Twin("too-large", {"model_name_or_path": Q72}, "ds_z3_config.json: about", "deepspeed:",
         {"model_name_or_path": Q72, "deepspeed": "examples/deepspeed/ds_z3_config.json"}, on=machine("8x80")),
    Twin("too-large", {"model_name_or_path": Q72, "quantization_bit": 4}, "ZeRO-3 or a shorter",
         "ZeRO-3 or a shorter cutoff_len",
         {"model_name_or_path": Q8}, on=machine("1x24")),
    Twin("too-large", {"model_name_or_path": Q72, **Z3}, "more GPUs, QLoRA", "more GPUs",
         {"model_name_or_path": Q8}, on=machine("2x24")),
    Twin("too-large", {**LIVE, "cutoff_len": 4096, "disable_gradient_checkpointing": True},
         "disable_gradient_checkpointing: false: about",
         "disable_gradient_checkpointing: false", {**LIVE, "cutoff_len": 4096}, on=machine("1x24")),
    Twin("too-large", {"model_name_or_path": Q8, "per_device_train_batch_size": 64}, "per_device_train_batch_size: ",
         "per_device_train_batch_size: 18",
         {"model_name_or_path": Q8, "per_device_train_batch_size": 4}, on=ONE),
    Twin("too-large", {"model_name_or_path": Q8}, "within 15%",
         "enable_liger_kernel: true", {"model_name_or_path": Q8}, on=machine("1x20"),
         clean_on=machine("1x24"), level="warning"),
    Twin("host-too-small", {"model_name_or_path": Q72, "deepspeed": "{lab}/z3_offload.json"}, "more machines",
         "more machines, or QLoRA",
         {"model_name_or_path": Q72, "deepspeed": "{lab}/z3_offload.json"}, on=machine("8x80", host_gb=64),
         clean_on=machine("8x80", host_gb=512)),
    Twin("host-too-small", {"model_name_or_path": Q72, **Z3}, "loads it slowly",
         "a machine of more memory", {"model_name_or_path": Q72, **Z3},
         on=machine("8x80", host_gb=64), clean_on=machine("8x80", host_gb=512), level="warning"),
    Twin("host-too-small", {"model_name_or_path": Q72, "deepspeed": "examples/deepspeed/ds_z3_offload_config.json"},
         "power of two",
         "give --host-gb to have it compared", {"model_name_or_path": Q72, **Z3}, on=machine("8x80"), level="note"),
    Twin("too-large", {"model_name_or_path": Q8, "finetuning_type": "full"}, "about 135 GB", "QLoRA",
         {"model_name_or_path": Q8, "finetuning_type": "freeze", "lora_rank": None}, on=ONE),  # two layers of 36
    Twin("too-large", {"model_name_or_path": Q8, "additional_target": "embed_tokens,lm_head"}, "about 40 GB",
         "quantization_bit: 4", {"model_name_or_path": Q8}, on=machine("1x40"), level="warning"),
    Twin("needless-bucket", {"deepspeed": "{lab}/z2_wide.json"}, "1.0 GB", "5e7", Z2, on=TWO, level="note"),
    # distributed
    Twin("deepspeed-file", {"deepspeed": "{lab}/none.json"}, "does not exist",
         "a file of examples/deepspeed", Z2, on=TWO),
    Twin("deepspeed-file", {"deepspeed": "{lab}/torn.json"}, "cannot be read",
         "a file of examples/deepspeed", Z2, on=TWO),
    Twin("deepspeed-file", {"deepspeed": "{lab}/deep/deepspeed.json"}, "brackets in brackets, too many",
         "a file of examples/deepspeed", Z2, on=TWO),
    Twin("deepspeed-file", {"deepspeed": "{lab}"}, "cannot be read (is a folder)",
         "a file of examples/deepspeed", Z2, on=TWO),
    Twin("deepspeed-file", {"deepspeed": "{lab}/no_zero.json"}, "no zero_optimization",
         "a file of examples/deepspeed", Z2, on=TWO),
    Twin("deepspeed-file", {"deepspeed": "{lab}/z_text.json"}, "says \"stage\": '3'", '"stage": 3', Z3, on=TWO),
    Twin("deepspeed-without-torchrun", Z2, "FORCE_TORCHRUN=1",
         "FORCE_TORCHRUN=1 llamafactory-cli train", Z2, on=ONE, clean_on=TWO),
    Twin("deepspeed-batch", {"deepspeed": "{lab}/z2_fixed.json"}, "train_micro_batch_size_per_gpu: 4",
         '"train_micro_batch_size_per_gpu": "auto"', Z2, on=TWO),
    Twin("no-port", {}, "no MASTER_PORT", "set MASTER_PORT alike on all of them", on=NODES, clean_on=REACHED),
    Twin("elastic-run", {"overwrite_output_dir": True}, "step 0", "overwrite_output_dir: false", on=ELASTIC),
    Twin("elastic-run", Z2, "another number",
         "no MIN_NNODES, or no deepspeed", on=machine("8x80", {"RDZV_ID": "run", "MIN_NNODES": "1"}),
         clean=Z2, clean_on=ELASTIC),
    Twin("elastic-run", {}, "without RDZV_ID",
         "set RDZV_ID, or restart by hand", on=machine("8x80", {"MAX_RESTARTS": "3"}), clean_on=ELASTIC,
         level="warning"),
    Twin("other-world", {**Z2, "output_dir": "{lab}/run4"}, "is of 4 processes, and this run has 2",
         "4 processes, or another output_dir",
         {**Z2, "output_dir": "{lab}/run4"}, on=TWO, clean_on=FOUR),
    Twin("continues", {"output_dir": "{lab}/run"}, "checkpoint-9", "overwrite_output_dir: true begins anew",
         {"output_dir": "{lab}/run", "overwrite_output_dir": True}, level="note"),
    Twin("drawn-anew", {"train_sampling_strategy": "group_by_length"}, "does not go on exactly", "",
         {"train_sampling_strategy": "group_by_length", "num_train_epochs": 1.0}, level="note"),
    Twin("drawn-anew", {"train_sampling_strategy": "group_by_length"}, "second epoch", "",
         {"train_sampling_strategy": "group_by_length", "save_strategy": "no"}, level="note"),
    Twin("drawn-anew", {"train_sampling_strategy": "group_by_length", "output_dir": "{lab}/later"}, "some never",
         "random order and neat_packing go on",
         {"output_dir": "{lab}/later"}, level="warning"),
    Twin("missing-checkpoint", {"resume_from_checkpoint": True}, "holds no checkpoint",
         "delete it: a run goes on by itself",
         {"resume_from_checkpoint": True, "output_dir": "{lab}/run", "overwrite_output_dir": True}),
    Twin("missing-checkpoint", {"resume_from_checkpoint": "{lab}/run/checkpoint-7"}, "no such folder",
         "a checkpoint of output_dir",
         {"resume_from_checkpoint": "{lab}/run/checkpoint-9"}),
    Twin("ray-asks-too-much", {}, "waits for 80 CPUs",
         "torchrun (without USE_RAY)", on=machine("8x80", RAY), clean_on=machine("1x80", RAY)),
    Twin("separate-disks", {}, "tokenises for itself",
         "data_shared_file_system: true where", {"data_shared_file_system": True}, on=REACHED, level="note"),
    Twin("wider-batch", {"gradient_accumulation_steps": 2048}, "2048 rows make a step",
         "fewer gradient_accumulation_steps", level="warning"),
]  # fmt: skip


@pytest.mark.parametrize("twin", TWINS, ids=[f"{number}-{twin.trap}" for number, twin in enumerate(TWINS)])
def test_a_trap_is_named_and_its_twin_is_left_alone(twin: Twin, lab: Lab) -> None:
    found = [finding for finding in lab.findings(twin.broken, twin.on) if finding.trap == twin.trap]
    says, mends = (text.replace("{lab}", str(lab.folder)) for text in (twin.says, twin.mends))
    said = [finding for finding in found if says in f"{finding.found} -> {finding.remedy}"]
    assert said, found
    assert all(finding.level == twin.level and mends in finding.remedy for finding in said), said
    assert all(bool(mends) == bool(finding.remedy) for finding in said), said
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
        ({"deepspeed": "{lab}/deep/deepspeed.json"}, TWO, "deepspeed-file"),
        ({"deepspeed": "{lab}/none.json", "model_name_or_path": Q72, "template": "qwen"}, TWO, "deepspeed-file"),
        ({"dataset": ["sft", "bare"]}, HERE, "wrong-type"),
        (Z2, ONE, "deepspeed-without-torchrun"),
    ],
)
def test_what_a_trap_says_is_not_said_again_as_refused(
    changes: Mapping[str, Any], on: Machine, trap: str, lab: Lab
) -> None:
    found = {finding.trap for finding in lab.findings(changes, on)}
    assert found - {"unreached-model"} == {trap}


def test_every_trap_has_a_twin() -> None:
    assert set(traps()) == {twin.trap for twin in TWINS} | DRIVEN_ABOVE
