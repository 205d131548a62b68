"""The memory formula against what others measured, against what modules really save, and against itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import torch
from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM, LlamaConfig, PretrainedConfig, Qwen2Config, Qwen3Config, Qwen3MoeConfig

from math_solver.recipes.memory import Setup, _layer_bytes, estimate, host_memory, largest_batch
from math_solver.recipes.published import MEASURED, SPEEDS, Measured, shape_named, speeds_of
from math_solver.recipes.shape import KNOWN, Shape, known_config, read_shape, shape_of_model

LINEAR = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
SIZES = {"hidden_size": 128, "num_hidden_layers": 2, "num_attention_heads": 8, "num_key_value_heads": 2}
SIZES |= {"intermediate_size": 448, "vocab_size": 96}
EXPERTS = {"num_experts": 4, "num_experts_per_tok": 2, "moe_intermediate_size": 32, "head_dim": 16}
QWEN = shape_named("Qwen/Qwen2.5-Math-7B")
LARGE = shape_named("Qwen/Qwen2.5-72B")
GIB = 2.0**30


@pytest.mark.parametrize("run", MEASURED, ids=lambda run: f"{run.model.rpartition('/')[2]}-{run.setup.length}")
def test_the_formula_is_near_what_was_measured(run: Measured) -> None:
    print(f"{run.error:+.0%} of {run.gigabytes:.1f} GB: {run.model}, {run.setup.length} tokens ({run.source})")
    assert -0.19 < run.error < 0.05


def test_a_run_that_was_measured_is_not_said_to_fit_a_much_smaller_gpu() -> None:
    for run in MEASURED:
        assert not estimate(run.shape, run.setup).fits(0.97 * run.gigabytes * 1e9)


@pytest.mark.parametrize(
    ("name", "billions", "rank_millions"),
    [
        ("Qwen/Qwen2.5-Math-7B-Instruct", 7.62, 2.52),
        ("Qwen/Qwen3-8B", 8.19, 2.73),
        ("meta-llama/Llama-3.1-8B-Instruct", 8.03, 2.62),
        ("deepseek-ai/deepseek-math-7b-instruct", 6.91, 2.34),
        ("Qwen/Qwen1.5-32B-Chat", 32.5, 8.34),
        ("01-ai/Yi-1.5-34B-Chat", 34.4, 7.68),
        ("Qwen/Qwen2-72B-Instruct", 72.7, 13.16),
    ],
)
def test_models_that_are_known_by_name(name: str, billions: float, rank_millions: float) -> None:
    config = known_config(name)
    shape = read_shape(config) if config else None
    assert shape is not None
    assert shape.parameters / 1e9 == pytest.approx(billions, rel=0.002)
    assert shape.lora(("all",)) / 1e6 == pytest.approx(rank_millions, rel=0.003)


def test_every_known_model_has_a_shape_and_every_speed_a_model() -> None:
    assert all(shape_named(name).parameters > 1e9 for name in KNOWN)
    assert all(speed in speeds_of(shape_named(speed.model)) for speed in SPEEDS)
    assert known_config("someone/else") is None


def built(config: PretrainedConfig) -> Any:
    with torch.device("meta"):
        return AutoModelForCausalLM.from_config(config)


@pytest.mark.parametrize(
    "config",
    [
        LlamaConfig(**SIZES),
        Qwen2Config(**SIZES, tie_word_embeddings=True),
        Qwen3Config(**SIZES, head_dim=16),
        Qwen3MoeConfig(**SIZES, **EXPERTS),
    ],
    ids=lambda config: config.model_type,
)
def test_a_shape_by_formula_is_that_of_the_model_built(config: PretrainedConfig) -> None:
    model = built(config)
    names = {name.rpartition(".")[2] for name, module in model.named_modules() if type(module) is torch.nn.Linear}
    by_formula, counted = read_shape(config.to_dict()), shape_of_model(model, config, names - {"lm_head"})
    assert by_formula is not None
    assert by_formula.parameters == counted.parameters == sum(p.numel() for p in model.parameters())
    assert by_formula.names == counted.names == names - {"lm_head"}
    for rank_of in (by_formula, counted):
        assert rank_of.lora(("all",)) == by_formula.lora(("all",))
        assert rank_of.experts == by_formula.experts


def saved_bytes(layers: int, setup: Setup) -> int:
    """What a model's layers keep between forward and backward, counted by torch's own hooks; a storage once."""
    torch.manual_seed(0)
    model = AutoModelForCausalLM.from_config(LlamaConfig(**{**SIZES, "num_hidden_layers": layers})).bfloat16()
    model = get_peft_model(model, LoraConfig(r=2, target_modules=LINEAR, lora_dropout=0.0))
    for parameter in model.parameters():
        if parameter.requires_grad:
            parameter.data = parameter.data.to(torch.bfloat16 if setup.pure_bf16 else torch.float32)
    model.enable_input_require_grads()
    own = {parameter.untyped_storage().data_ptr() for parameter in model.parameters()}
    kept: list[torch.Tensor] = []

    def keep(tensor: torch.Tensor) -> torch.Tensor:
        kept.append(tensor)  # alive, so that no two share an address
        return tensor

    ids = torch.randint(0, 96, (2, 64))
    with torch.autograd.graph.saved_tensors_hooks(keep, lambda tensor: tensor):
        with torch.autocast("cpu", torch.bfloat16, enabled=setup.autocast):
            model(input_ids=ids, labels=ids)
    storages = {tensor.untyped_storage().data_ptr(): tensor.untyped_storage().nbytes() for tensor in kept}
    return sum(size for place, size in storages.items() if place not in own)


@pytest.mark.parametrize(
    "setup", [Setup(64), Setup(64, pure_bf16=True), Setup(64, autocast=False)], ids=["autocast", "bf16", "float32"]
)
def test_a_layer_keeps_what_the_formula_says(setup: Setup) -> None:
    shape = read_shape(LlamaConfig(**SIZES).to_dict())
    assert shape is not None
    counted = (saved_bytes(3, setup) - saved_bytes(1, setup)) / 2 / (2 * 64)
    assert _layer_bytes(shape, setup) == pytest.approx(counted, rel=0.04)


def changes() -> Iterator[tuple[str, Setup, Setup]]:
    """What takes less, and what takes more."""
    base = Setup(2048, rows=2, gpus=8)
    yield "longer rows", base, replace(base, length=4096)
    yield "more rows", base, replace(base, rows=4)
    yield "a higher rank", base, replace(base, rank=64)
    yield "no checkpointing", base, replace(base, checkpointing=False)
    yield "a loss with logits", replace(base, logit_bytes=0), base
    yield "preference", base, replace(base, rows=4, logit_bytes=18)
    yield "whole modules", base, replace(base, whole_modules=10**9)
    yield "eager attention", replace(base, checkpointing=False), replace(base, checkpointing=False, eager=True)
    yield "a square mask", base, replace(base, dense_mask=True)
    yield "a reference model", base, replace(base, reference=True)
    yield "four bits", replace(base, quantised=(4, True)), base
    yield "double quantisation", replace(base, quantised=(4, True)), replace(base, quantised=(4, False))
    yield "full training", base, replace(base, method="full")
    yield "ZeRO-3", replace(base, zero=3), base
    yield "offloaded weights", replace(base, zero=3, offload_weights=True), replace(base, zero=3)
    yield "a wide bucket", replace(base, zero=2, bucket=5e7), replace(base, zero=2, bucket=5e8)
    yield (
        "full ZeRO-2 on more GPUs",
        Setup(64, gpus=16, method="full", zero=2),
        Setup(64, gpus=2, method="full", zero=2),
    )


@pytest.mark.parametrize(("less", "more"), [case[1:] for case in changes()], ids=[case[0] for case in changes()])
def test_what_takes_more_memory(less: Setup, more: Setup) -> None:
    assert estimate(QWEN, less).total < estimate(QWEN, more).total


def test_the_terms_add_up_and_none_is_below_zero() -> None:
    memory = estimate(QWEN, Setup(4096, gpus=8, zero=2, bucket=5e8))
    assert memory.total == pytest.approx(sum(memory.terms.values()))
    assert all(value > 0 for value in memory.terms.values())
    assert memory.terms["weights"] == pytest.approx(15.2e9, rel=0.01)
    assert memory.terms["buckets"] == 1e9


@pytest.mark.parametrize(("gib", "quantised"), [(24, (4, True)), (80, None), (2, None)])
def test_the_largest_batch_fits_and_one_more_does_not(gib: float, quantised: tuple[int, bool] | None) -> None:
    setup = Setup(1024, quantised=quantised)
    most = largest_batch(QWEN, setup, gib * GIB)
    assert (most == 0) == (gib == 2)
    if most:
        assert estimate(QWEN, replace(setup, rows=most)).fits(gib * GIB)
    assert not estimate(QWEN, replace(setup, rows=most + 1)).fits(gib * GIB)
    assert largest_batch(QWEN, setup, gib * GIB, rows_each=2) == most // 2


def test_zero_3_maps_a_checkpoint_once_however_many_processes_read_it() -> None:
    host = host_memory(LARGE, Setup(4096, gpus=8, zero=3), 8)
    assert host.mapped == pytest.approx(145.4e9, rel=0.01)
    assert (host.copied, host.kept) == (0, 0)
    offloaded = host_memory(LARGE, Setup(4096, gpus=16, zero=3, offload_weights=True), 8)
    assert offloaded.kept == pytest.approx(host.mapped / 2)


def test_experts_are_put_together_in_every_process() -> None:
    config = Qwen3MoeConfig(**SIZES, **EXPERTS).to_dict()
    shape = read_shape(config)
    assert isinstance(shape, Shape) and shape.experts == 2 * 4 * 3 * 128 * 32
    assert host_memory(shape, Setup(64, gpus=4, zero=3), 4).copied == 4 * 2 * shape.experts
