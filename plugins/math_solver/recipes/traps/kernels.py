"""Packages and kernels that are missing, or that this model or stage does not use."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from ..case import Case
from ..findings import Said, error, note, warning
from ..parsing import NEEDS
from ..plan import LIGER

# transformers/integrations/integration_utils.py, whose callbacks raise where they are made
TRACKERS = {"wandb": "wandb", "tensorboard": "tensorboard", "swanlab": "swanlab", "mlflow": "mlflow"}


def missing_package(case: Case) -> Iterator[Said]:
    """The parser asks for it, or the loading of the model does, and a run ends there."""
    wanted = {key: package for key, package in NEEDS.items() if case.on(key)}
    wanted |= {f"report_to: {name}": TRACKERS[name] for name in case.recipe.names("report_to") if name in TRACKERS}
    if case.value("quantization_bit") and case.value("quantization_method") == "bnb":
        wanted["quantization_bit"] = "bitsandbytes"
    for key, package in wanted.items():
        if not case.machine.has(package):
            yield error(f"{key} needs {package}, which is not installed", f"pip install {package}, or delete {key}")
        elif case.machine.version(package) is None:
            yield note(f"{key} needs {package} where it runs; here it is not installed", f"pip install {package}")


def unknown_tracker(case: Case) -> Iterator[Said]:
    """transformers/integrations/integration_utils.py; text is one name, whatever commas it holds."""
    from transformers.integrations.integration_utils import INTEGRATION_TO_CALLBACK as known

    value = case.value("report_to")
    for name in value if isinstance(value, list) else [value or "none"]:
        if name not in ("none", "all") and name not in known:
            near = get_close_matches(str(name), known, n=1)
            several = f"[{', '.join(part.strip() for part in str(name).split(','))}]" if "," in str(name) else None
            remedy = f"report_to: {several or (near[0] if near else 'none')}"
            yield error(f"report_to: {name}: the run ends where its trainer is made", remedy)


def missing_flash_attention(case: Case) -> Iterator[Said]:
    """model/model_utils/attention.py warns, and takes what there is."""
    if case.value("flash_attn") != "fa2" or case.machine.version("flash-attn") is not None:
        return
    remedy = "pip install flash-attn --no-build-isolation"
    if case.machine.asked:
        yield note("flash_attn: fa2 needs flash-attn where it runs; here it is not installed", remedy)
    else:
        found = "flash_attn: fa2 is not installed; the run takes PyTorch's attention without a word more"
        yield warning(found, f"{remedy}, or flash_attn: sdpa")


def attention_that_raises(case: Case) -> Iterator[Said]:
    """``fa3`` is a choice that parses, and that nothing knows."""
    if case.value("flash_attn") == "fa3":
        yield error("flash_attn: fa3 ends in NotImplementedError when the model is loaded", "flash_attn: fa2")


def flash_attention_in_float32(case: Case) -> Iterator[Said]:
    if case.value("flash_attn") == "fa2" and not any(case.on(key) for key in ("bf16", "fp16", "pure_bf16")):
        yield error("flash_attn: fa2 computes in two bytes only", "bf16: true")


def attention_key_ignored(case: Case) -> Iterator[Said]:
    """gpt-oss fetches a kernel of its own, whatever the key says."""
    if case.kind == "gpt_oss":
        yield warning("gpt_oss ignores flash_attn and fetches a kernel from the hub", "a Hopper GPU with access to it")


def old_liger(case: Case) -> Iterator[Said]:
    """Liger-Kernel #994: earlier versions patch modules that transformers 5 no longer has."""
    version = case.machine.version("liger-kernel") or ""
    parts = version.split(".")[:2]
    numbers = tuple(int(part) for part in parts if part.isdigit())
    if case.on("enable_liger_kernel") and numbers and numbers < (0, 7):
        yield error(f"liger-kernel {version} does not go with transformers 5", "pip install 'liger-kernel>=0.7.0'")


def liger_without_effect(case: Case) -> Iterator[Said]:
    if not case.on("enable_liger_kernel"):
        return
    if case.kind and case.kind not in LIGER:
        yield warning(f"enable_liger_kernel has no effect on {case.kind}", "delete it")
    elif case.recipe.stage not in ("pt", "sft"):
        yield note(
            f"stage {case.recipe.stage} needs logits, so that Liger's fused loss is off and saves no memory there"
        )


def quantised_base_with_fast_weights(case: Case) -> Iterator[Said]:
    """model/model_utils/quantization.py: under ZeRO-3 only four bits of bitsandbytes."""
    bits = case.value("quantization_bit")
    if bits and case.recipe.zero == 3 and (bits != 4 or case.value("quantization_method") != "bnb"):
        yield error("ZeRO-3 takes bitsandbytes in 4 bits only", "quantization_bit: 4, or ZeRO-2")


def loss_of_pictures(case: Case) -> Iterator[Said]:
    """train/sft/trainer.py: with a processor the loss is a mean of means over accumulated batches."""
    if case.model.processor is not None and case.recipe.number("gradient_accumulation_steps", 1) > 1:
        yield note("with a processor the loss is not weighed by tokens over accumulated batches")
