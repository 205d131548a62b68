"""Keys of the YAML: unknown, renamed, of a wrong type, or without effect."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from os.path import isfile
from pathlib import Path

from ..case import Case
from ..findings import Said, error, note, warning
from ..recipe import MOST, Key, known_keys

# Keys of earlier versions, and of other trainers, and what to write in their place
RENAMED = {
    "group_by_length": "train_sampling_strategy: group_by_length",
    "evaluation_strategy": "eval_strategy",
    "save_safetensors": "nothing: it is always so",
    "no_cuda": "use_cpu",
    "per_gpu_train_batch_size": "per_device_train_batch_size",
    "per_gpu_eval_batch_size": "per_device_eval_batch_size",
    "quantization_device": "quantization_device_map",
    "max_source_length": "cutoff_len",
    "max_target_length": "cutoff_len",
    "max_length": "cutoff_len",
    "max_seq_length": "cutoff_len",
    "sequence_len": "cutoff_len",
    "model_max_length": "cutoff_len, from which it follows",
    "val_set_size": "val_size",
    "lora_r": "lora_rank",
    "lora_target_modules": "lora_target",
    "target_modules": "lora_target",
    "load_in_4bit": "quantization_bit: 4",
    "load_in_8bit": "quantization_bit: 8",
    "flash_attention": "flash_attn: fa2",
    "sample_packing": "neat_packing",
    "micro_batch_size": "per_device_train_batch_size",
    "num_epochs": "num_train_epochs",
    "dpo_beta": "pref_beta",
    "dpo_loss": "pref_loss",
    "dpo_ftx": "pref_ftx",
    "use_llama_factory_template": "template",
}
LORA_KEYS = ("lora_rank", "lora_alpha", "lora_dropout", "lora_target", "use_dora", "use_rslora", "loraplus_lr_ratio")
SIZES = (
    "cutoff_len",
    "per_device_train_batch_size",
    "per_device_eval_batch_size",
    "gradient_accumulation_steps",
    "lora_rank",
    "num_train_epochs",
    "learning_rate",
    "preprocessing_batch_size",
    "preprocessing_num_workers",
    "lora_alpha",
    "max_samples",
)
HIGH_RATE = 1e-2
RESUMES = "resume_from_checkpoint"  # whose true is text to the parser, and the last checkpoint to the trainer
FULL_OPTIMIZERS = ("adamw_torch", "adamw_8bit", "adamw_bnb_8bit", "paged_adamw_8bit", "adafactor")


def unknown_key(case: Case) -> Iterator[Said]:
    """The parser refuses them all in one line, and names none that is near."""
    ignored = case.machine.enabled("ALLOW_EXTRA_ARGS")
    for key in case.recipe.settings:
        if key in known_keys():
            continue
        effect = "ALLOW_EXTRA_ARGS lets it pass without effect" if ignored else "LLaMA-Factory refuses the recipe"
        yield error(f"{key}: no key of this version; {effect}", _meant(key, case.recipe.settings[key]))


def _meant(key: str, value: object) -> str:
    if isinstance(value, dict) and value.keys() & known_keys().keys():
        return f"write what stands below {key} without indentation: a recipe has no sections"
    near = get_close_matches(key, known_keys(), n=1, cutoff=0.75)
    then = RENAMED.get(key) or (near[0] if near else None)
    return f"write {then}" if then else "delete it"


def refused(case: Case) -> Iterator[Said]:
    """Whatever else LLaMA-Factory's parser does not take; DeepSpeed's file and launcher have traps of their own."""
    no_file = bool(case.value("deepspeed")) and case.recipe.deepspeed is None
    left_out = (known_keys().keys() & case.recipe.settings.keys()) - case.recipe.sound.keys()  # for its wrong type
    artefact = any(key in (case.refusal or "") for key in left_out)
    if case.refusal and not no_file and not artefact and "FORCE_TORCHRUN" not in case.refusal:
        yield error(f"LLaMA-Factory refuses it: {case.refusal}", "change the keys that it names")


def wrong_type(case: Case) -> Iterator[Said]:
    """Nothing checks types: text is true whatever it says, and a wrong choice fails where it is first used."""
    for key, value in case.recipe.settings.items():
        known = known_keys().get(key)
        if known is None or known.takes(value) or (key == RESUMES and value is True):
            continue
        choices = known.choices
        if value is False and "no" in choices:
            yield error(f"{key}: to YAML no is false, and none of {', '.join(map(str, choices))}", f'{key}: "no"')
        elif choices:
            near = get_close_matches(str(value), map(str, choices), n=1, cutoff=0.5) or choices
            yield error(f"{key}: {value!r} is none of {', '.join(map(str, choices))}", f"write {key}: {near[0]}")
        elif value is None:
            yield error(f"{key} is empty", "delete it")
        elif isinstance(value, str):
            meaning = "is taken for true" if bool in known.members else "is text, not a number"
            yield error(f"{key}: {value!r} {meaning}", _without_quotes(known, value))
        else:
            yield error(f"{key}: {value!r} is of the wrong type", _of_its_type(known, value))


def _of_its_type(key: Key, value: object) -> str:
    if isinstance(value, list) and str in key.members:
        return f"write {key.name}: {','.join(map(str, value))}"
    if isinstance(value, float) and int in key.members:
        return f"write {key.name}: {int(value)}" if value.is_integer() else "a whole number"
    if value in (0, 1) and bool in key.members:
        return f"write {key.name}: {str(bool(value)).lower()}"
    return _for_example(key)


def _without_quotes(key: Key, text: str) -> str:
    """How to write a value that stands there as text, where the text says one."""
    if bool in key.members:
        plain = text.lower() in ("true", "false")
    else:
        plain = text.strip().removeprefix("-").replace(".", "", 1).replace("e-", "", 1).isdecimal()
    if plain:
        return f"write it without quotes: {key.name}: {text}"
    return _for_example(key)


def _for_example(key: Key) -> str:
    known = isinstance(key.default, bool | int | float)
    return f"write a value, as {key.name}: {str(key.default).lower()}" if known else "write a value"


def not_filled_in(case: Case) -> Iterator[Said]:
    """hparams/parser.py reads with OmegaConf, and resolves nothing."""
    for key, value in case.recipe.settings.items():
        if isinstance(value, str) and "${" in value:
            yield error(f"{key}: {value} is taken as it stands, and nothing is filled in", "write what it stands for")


def nothing_at_steps(case: Case) -> Iterator[Said]:
    """transformers/trainer_callback.py, ``DefaultFlowCallback``: below 1 it saves, logs and evaluates nothing."""
    for what, effect in (("save", "no checkpoint"), ("logging", "no loss in the log"), ("eval", "no evaluation")):
        key, steps = f"{what}_steps", case.value(f"{what}_steps")
        if key in case.recipe.settings and isinstance(steps, int | float) and not steps > 0:
            yield warning(f"{key}: {steps:g}: {effect}", f'{key}: 50, or {what}_strategy: "no"')


def impossible_size(case: Case) -> Iterator[Said]:
    """Sizes that the parser takes, and that fail where they are first used."""
    if not 0 <= (share := case.recipe.number("lora_dropout")) < 1:
        yield error(f"lora_dropout: {share:g} is no share below 1", "lora_dropout: 0.0")
    for key in SIZES:
        value = case.value(key)
        if isinstance(value, int | float) and not isinstance(value, bool) and not 0 < value < MOST:
            default = known_keys()[key].default
            yield error(f"{key}: {value} is no size", "delete it" + (f", or {key}: {default}" if default else ""))


def deprecated(case: Case) -> Iterator[Said]:
    """transformers/training_args.py, ``__post_init__``."""
    if "warmup_ratio" in case.recipe.settings:
        share = case.value("warmup_ratio")
        yield note("warmup_ratio is deprecated, and goes with transformers 5.2", f"warmup_steps: {share}")
    if "logging_dir" in case.recipe.settings:
        yield warning("logging_dir has no effect", "set the variable TENSORBOARD_LOGGING_DIR")


def no_training(case: Case) -> Iterator[Said]:
    """``do_train`` is false where it is not written, and the run ends without a word."""
    if not case.on("do_train") and not (case.on("do_eval") or case.on("do_predict")):
        yield error("do_train is not set, so nothing is trained", "do_train: true")


def no_precision(case: Case) -> Iterator[Said]:
    """Without either a GPU computes in float32."""
    if case.machine.gpus and not any(case.on(key) for key in ("bf16", "fp16", "pure_bf16")):
        yield warning("neither bf16 nor fp16: a GPU computes in float32, several times slower", "bf16: true")


def checkpointing_key(case: Case) -> Iterator[Said]:
    """Only ``disable_gradient_checkpointing`` counts (model/model_utils/checkpointing.py)."""
    if case.recipe.settings.get("gradient_checkpointing") is False and not case.on("disable_gradient_checkpointing"):
        yield warning(
            "gradient_checkpointing: false has no effect: LLaMA-Factory turns it on by itself",
            "disable_gradient_checkpointing: true",
        )


def adapter_keys_without_adapter(case: Case) -> Iterator[Said]:
    """OFT takes the layers of ``lora_target`` (model/adapter.py)."""
    idle = [key for key in LORA_KEYS if not (case.recipe.adapts and key == "lora_target")]
    written = [key for key in idle if key in case.recipe.settings]
    if written and not case.recipe.lora:
        yield warning(
            f"{', '.join(written)}: no effect with finetuning_type: {case.value('finetuning_type')}",
            "delete them, or finetuning_type: lora",
        )


def rotations_of_two_sizes(case: Case) -> Iterator[Said]:
    """peft/tuners/oft/config.py takes one of the two, and model/adapter.py the targets of LoRA for OFT as well."""
    if case.value("finetuning_type") != "oft":
        return
    rank, block = case.recipe.number("oft_rank"), case.recipe.number("oft_block_size")
    if bool(rank) == bool(block):
        yield error(
            f"oft_rank: {rank} and oft_block_size: {block}: one must be 0, and the other not",
            "oft_block_size: 0, or delete oft_rank" if rank else "oft_block_size: 32",
        )
    if "oft_target" in case.recipe.settings:
        yield warning("oft_target has no effect: OFT takes the layers of lora_target", "lora_target in its place")


def two_lengths(case: Case) -> Iterator[Said]:
    if case.recipe.number("max_steps", -1) > 0 and "num_train_epochs" in case.recipe.settings:
        yield note(f"max_steps: {case.value('max_steps')} counts, num_train_epochs does not", "keep one of them")


def long_warm_up(case: Case) -> Iterator[Said]:
    """From 1 on ``warmup_steps`` counts steps, below it is a share of them (transformers/training_args.py)."""
    steps, warm_up = case.plan.steps if case.plan else 0, case.recipe.number("warmup_steps")
    if steps and warm_up >= max(steps, 2):
        yield warning(
            f"warmup_steps: {warm_up:g}, and the run has {steps} steps: its rate never comes to learning_rate",
            "warmup_steps: 0.05, a share of all steps",
        )


def high_rate(case: Case) -> Iterator[Said]:
    """A step of Adam moves each weight by about the rate, and LoRA's matrices begin at some hundredths."""
    rate = case.recipe.number("learning_rate")
    if rate > HIGH_RATE and "adam" in str(case.value("optim")):
        yield warning(f"learning_rate: {rate:g} moves each weight by as much in one step", "learning_rate: 1.0e-4")


def output_in_the_way(case: Case) -> Iterator[Said]:
    """The folder is made when all else is loaded, or when the first checkpoint is saved."""
    for key in ("output_dir", "tokenized_path"):
        folder = Path(str(case.value(key) or ""))
        for path in (folder, *folder.parents):
            if isfile(path):
                yield error(f"{key}: {folder}: {path} is a file", f"another {key}")


def trial_run(case: Case) -> Iterator[Said]:
    if case.value("max_samples") is not None:
        yield note(f"max_samples: {case.value('max_samples')} rows of each dataset are used, and no more", "delete it")


def held_out_in_vain(case: Case) -> Iterator[Said]:
    """Rows that are held out, and nothing that looks at them."""
    if case.recipe.number("val_size") < 0:
        yield warning(f"val_size: {case.value('val_size')} holds nothing back", "val_size: 0.1, or delete it")
    if case.recipe.number("val_size") > 0 and not case.recipe.evaluates:
        yield warning(
            f"val_size: {case.value('val_size')} holds rows back, and nothing evaluates on them",
            "eval_strategy: steps, or delete val_size",
        )


def held_out_too_much(case: Case) -> Iterator[Said]:
    """datasets, ``train_test_split``: it raises where no row is left, and at 1.0, which it takes for a share."""
    if case.recipe.tokens_ready:
        return
    size, trained = case.recipe.number("val_size"), case.recipe.names("dataset")
    rows = sum(read.used for read in case.reads if read.name in trained)
    if isinstance(size, float) and size == 1:
        yield error("val_size: 1.0 is no share below 1, and 1 row is written 1", "val_size: 1, or val_size: 0.1")
    elif rows and case.recipe.held_out(rows) == rows:
        yield error(f"val_size: {size:g} holds back all {rows} rows", "val_size: 0.1, or more rows")


def early_stopping(case: Case) -> Iterator[Said]:
    """transformers/trainer_callback.py, ``EarlyStoppingCallback.on_train_begin``."""
    if case.value("early_stopping_steps") is None:
        return
    if not case.recipe.evaluates:
        yield error("early_stopping_steps ends the run at its start: nothing is evaluated", "eval_strategy: steps")
    if not case.value("metric_for_best_model") and not case.on("load_best_model_at_end"):
        yield error("early_stopping_steps ends the run at its start: no metric", "metric_for_best_model: eval_loss")
    elif not case.on("load_best_model_at_end"):
        yield warning("early stopping keeps the last weights, not the best", "load_best_model_at_end: true")


def optimizer_of_projections(case: Case) -> Iterator[Said]:
    """train/trainer_utils.py: GaLore and APOLLO know four optimizers, and the default is none of them."""
    for key in ("use_galore", "use_apollo"):
        if case.on(key) and str(case.value("optim")) not in FULL_OPTIMIZERS:
            yield error(f"{key} does not know optim: {case.value('optim')}", "optim: adamw_torch")


def weights_alone(case: Case) -> Iterator[Said]:
    """A checkpoint without optimizer states cannot be resumed."""
    if case.on("save_only_model") and case.value("save_strategy") not in ("no", False):
        both = case.on("load_best_model_at_end") and case.value("deepspeed")
        said = error if both else warning
        why = "does not go with load_best_model_at_end under DeepSpeed" if both else "makes no run resumable"
        yield said(f"save_only_model: true {why}", "save_only_model: false")


def streaming_workers(case: Case) -> Iterator[Said]:
    """data/loader.py: a file becomes as many shards as there are workers, and of none nothing is read."""
    if case.on("streaming") and not case.recipe.number("dataloader_num_workers"):
        yield error("streaming a file without dataloader workers ends in StopIteration", "dataloader_num_workers: 1")


def loss_without_logits(case: Case) -> Iterator[Said]:
    """Liger computes no logits where it is given labels, and without logits the loss is the model's own.

    ASFT gives it labels (train/sft/trainer.py); for DFT and EAFT transformers keeps them back (``compute_loss``).
    """
    if not case.on("enable_liger_kernel"):
        return
    if case.on("use_asft_loss"):
        yield error("use_asft_loss with Liger's fused loss is plain cross-entropy", "enable_liger_kernel: false")
    for key in ("use_dft_loss", "use_eaft_loss"):
        if case.on(key):
            yield note(f"{key} needs logits, so that Liger's fused loss is off and saves no memory there")
