"""Packing: whether packed samples see each other, and whether it runs at all."""

from __future__ import annotations

from collections.abc import Iterator

from ..case import Case
from ..findings import Said, error, note, warning

REFUSING = ("gemma4", "gpt_oss")
WASTEFUL = 0.15


def packed_samples_leak(case: Case) -> Iterator[Said]:
    """Plain packing has a mask of ones: positions begin anew, and attention goes on (data/processor/supervised.py).

    transformers finds packed samples by their positions only without a mask (masking_utils.py), and FlashAttention
    2 only in a batch of one (modeling_flash_attention_utils.py).
    """
    if not case.recipe.packs or case.on("neat_packing"):
        return
    if not case.flash:
        missing = ", which is not installed" if case.value("flash_attn") == "fa2" else ""
        yield error(
            f"packing without neat_packing, flash_attn: {case.value('flash_attn')}{missing}:"
            " each sample attends to those packed before it",
            "neat_packing: true",
        )
    elif case.recipe.number("per_device_train_batch_size", 8) > 1:
        yield error(
            "packing with FlashAttention 2 and more than one row in a batch: samples attend to each other",
            "per_device_train_batch_size: 1, or neat_packing: true with it",
        )
    elif case.recipe.evaluates and case.recipe.number("per_device_eval_batch_size", 8) > 1:
        yield warning(
            "packing with several rows in a batch of evaluation: samples attend to each other there",
            "per_device_eval_batch_size: 1",
        )


def odd_length(case: Case) -> Iterator[Said]:
    """Rows have cutoff_len tokens, collators pad them to a multiple of 8, and their positions are not padded.

    With FlashAttention 2 too, whose rows are cut to their tokens while positions are not.
    """
    if case.recipe.packs and case.recipe.row_length % 8:
        yield error(
            f"packing with cutoff_len: {case.recipe.row_length}, no multiple of 8, ends in a mismatch of shapes",
            f"cutoff_len: {(case.recipe.row_length // 8 + 1) * 8}",
        )


def neat_packing_in_batches(case: Case) -> Iterator[Said]:
    """data/collator.py asserts it of every batch, of those of an evaluation too."""
    if not (case.recipe.packs and case.on("neat_packing") and case.flash):
        return
    keys = ["per_device_train_batch_size"] + (["per_device_eval_batch_size"] if case.recipe.evaluates else [])
    for key in keys:
        if case.recipe.number(key, 8) != 1:
            yield error(f"neat_packing with FlashAttention 2 takes {key}: 1, here {case.value(key)}", f"{key}: 1")


def neat_packing_of_some_models(case: Case) -> Iterator[Said]:
    if not (case.recipe.packs and case.on("neat_packing")):
        return
    if case.kind in REFUSING and case.value("flash_attn") == "fa2":
        yield error(f"neat_packing with FlashAttention 2 is refused for {case.kind}", "neat_packing: false")
    if case.kind in ("qwen3_5", "qwen3_5_moe"):
        if case.value("flash_attn") != "fa2":
            yield error(f"{case.kind}: its linear attention does not keep packed samples apart", "flash_attn: fa2")
        elif not case.machine.has("flash-linear-attention"):
            yield error(
                f"{case.kind} packs with flash-linear-attention", "pip install 'flash-linear-attention>=0.4.1'"
            )


def dense_mask(case: Case) -> Iterator[Said]:
    """Without FlashAttention 2 neat packing makes a square mask of floats (data/collator.py)."""
    if case.recipe.packs and case.on("neat_packing") and not case.flash and case.recipe.row_length >= 8192:
        length = case.recipe.row_length
        yield warning(
            f"neat_packing without FlashAttention 2 computes the whole square of {length} × {length} tokens",
            "flash_attn: fa2 with per_device_train_batch_size: 1, or a smaller cutoff_len",
        )


def packing_without_effect(case: Case) -> Iterator[Said]:
    """hparams/data_args.py takes a token off, whatever the stage; only sft and pt pack."""
    if case.on("packing") and case.recipe.stage in ("dpo", "kto", "rm"):
        yield warning(
            f"packing: stage {case.recipe.stage} packs nothing; it only shortens cutoff_len by 1", "delete it"
        )
    if case.on("neat_packing") and case.recipe.settings.get("packing") is False:
        yield note("neat_packing turns packing on, whatever packing says", "delete one of them")


def packs_badly(case: Case) -> Iterator[Said]:
    """Rows are packed within each preprocessing batch (``greedy_knapsack``), so that small ones leave gaps."""
    plan = case.plan
    if not case.recipe.packs or plan is None or not plan.tokens or not plan.padded:
        return
    wasted = 1 - plan.tokens / plan.padded
    if wasted > WASTEFUL and case.recipe.number("preprocessing_batch_size", 1000) < 1000:
        yield warning(
            f"{wasted:.0%} of packed rows is padding: only {case.value('preprocessing_batch_size')} rows are packed at"
            " a time",
            "preprocessing_batch_size: 1000",
        )
