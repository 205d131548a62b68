"""The memory formula against what others measured, against what modules really save, and against itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
import torch
from llamafactory.hparams import FinetuningArguments, ModelArguments
from llamafactory.model.adapter import init_adapter
from peft import LoraConfig, OFTConfig, PeftConfig, get_peft_model
from transformers import AutoModelForCausalLM, LlamaConfig, PretrainedConfig, Qwen2Config, Qwen3Config, Qwen3MoeConfig

from math_solver.recipes.memory import Setup, _layer_bytes, _trained_parameters, estimate, host_memory, largest_batch
from math_solver.recipes.model import Model
from math_solver.recipes.plan import setup_of
from math_solver.recipes.published import MEASURED, SPEEDS, Measured, shape_named, speeds_of
from math_solver.recipes.recipe import Recipe
from math_solver.recipes.shape import KNOWN, Shape, known_config, read_shape, shape_of_model

from .lab import HERE

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


def small(**more: Any) -> tuple[Recipe, Model, Any]:
    """A recipe of those keys, what is known of a small model by its sizes, and the model itself."""
    config = Qwen2Config(**{**SIZES, "num_hidden_layers": 4, "vocab_size": 64, "tie_word_embeddings": False})
    known = Model("small", config.to_dict(), read_shape(config.to_dict()))
    recipe = Recipe(Path("r.yaml"), {"stage": "sft", "finetuning_type": "lora", "lora_rank": 2, **more})
    return recipe, known, AutoModelForCausalLM.from_config(config)


@pytest.mark.parametrize(
    "keys",
    [
        {},
        {"lora_target": "q_proj,v_proj", "lora_rank": 4},
        {"additional_target": "embed_tokens,lm_head"},
        {"additional_target": "lm_head", "lora_target": "q_proj"},
        {"resize_vocab": True},  # which trains both
        {"finetuning_type": "oft"},
        {"finetuning_type": "oft", "oft_block_size": 16, "lora_target": "q_proj,down_proj"},
        {"finetuning_type": "oft", "oft_rank": 4, "oft_block_size": 0, "additional_target": "embed_tokens"},
        {"finetuning_type": "freeze"},  # the last two
        {"finetuning_type": "freeze", "freeze_trainable_layers": -3},  # the first three
        {"finetuning_type": "freeze", "freeze_trainable_layers": 9},  # there are four
        {"finetuning_type": "freeze", "freeze_trainable_layers": 1, "freeze_trainable_modules": "mlp"},
        {"finetuning_type": "freeze", "freeze_trainable_modules": "self_attn", "freeze_extra_modules": "embed_tokens"},
        {"finetuning_type": "freeze", "freeze_trainable_layers": 0, "freeze_extra_modules": "lm_head"},
        {"finetuning_type": "freeze", "freeze_trainable_layers": 2, "use_llama_pro": True},
        {"finetuning_type": "full"},
    ],
    ids=lambda keys: ",".join(f"{key}={value}" for key, value in keys.items()) or "lora",
)
@pytest.mark.filterwarnings("ignore:Model has `tie_word_embeddings:UserWarning")  # it has not, and peft says so
def test_as_many_parameters_are_trained_as_llamafactory_trains(keys: dict[str, Any]) -> None:
    """Its own ``init_adapter`` on a model; norms and biases are a per cent."""
    recipe, known, model = small(**keys)
    assert known.shape is not None
    named = {field.name for field in fields(FinetuningArguments)}
    finetuning = FinetuningArguments(**{key: value for key, value in recipe.settings.items() if key in named})
    loading = ModelArguments(model_name_or_path="x", resize_vocab=recipe.on("resize_vocab"))
    adapted = init_adapter(model.config, model, loading, finetuning, is_trainable=True)
    counted = sum(parameter.numel() for parameter in adapted.parameters() if parameter.requires_grad)
    setup = setup_of(recipe, known, HERE)
    assert _trained_parameters(known.shape, setup) == pytest.approx(counted, rel=0.011)
    if setup.method == "freeze":
        trained = [number for number, layer in enumerate(model.model.layers) if list(grads(layer))]
        first = 0 if list(grads(model.model.embed_tokens)) else min(trained, default=4)
        assert setup.passed == 4 - first


def grads(module: torch.nn.Module) -> Iterator[torch.nn.Parameter]:
    return (parameter for parameter in module.parameters() if parameter.requires_grad)


def test_liger_spares_logits_of_the_models_it_knows_only() -> None:
    recipe, known, _ = small(enable_liger_kernel=True)
    rare = replace(known, config={**(known.config or {}), "model_type": "starcoder2"})
    assert setup_of(recipe, known, HERE).logit_bytes == 0
    assert setup_of(recipe, rare, HERE).logit_bytes == 14
    pairs = replace(recipe, settings={**recipe.settings, "stage": "dpo"})
    assert setup_of(pairs, known, HERE).logit_bytes == 18


@pytest.mark.parametrize(
    ("keys", "reference"),
    [
        ({"stage": "dpo"}, False),  # the base with its adapter switched off
        ({"stage": "dpo", "finetuning_type": "full"}, True),
        ({"stage": "dpo", "finetuning_type": "oft"}, True),  # train/trainer_utils.py asks for lora alone
        ({"stage": "dpo", "finetuning_type": "full", "pref_loss": "simpo"}, False),
        ({"stage": "kto", "finetuning_type": "full", "pref_loss": "simpo"}, True),
        ({"stage": "dpo", "ref_model": "x"}, True),
    ],
)
def test_a_reference_model_is_counted_where_one_is_loaded(keys: dict[str, Any], reference: bool) -> None:
    recipe, known, _ = small(**keys)
    assert setup_of(recipe, known, HERE).reference is reference


def saved_bytes(layers: int, setup: Setup, length: int) -> int:
    """What a model's layers keep between forward and backward, counted by torch's own hooks; a storage once."""
    torch.manual_seed(0)
    model = AutoModelForCausalLM.from_config(LlamaConfig(**{**SIZES, "num_hidden_layers": layers})).bfloat16()
    adapter: PeftConfig = LoraConfig(r=2, target_modules=LINEAR, lora_dropout=0.0)
    if setup.method == "oft":
        adapter = OFTConfig(oft_block_size=4, target_modules=LINEAR)
    model = get_peft_model(model, adapter)
    for parameter in model.parameters():
        if parameter.requires_grad:
            parameter.data = parameter.data.to(torch.bfloat16 if setup.pure_bf16 else torch.float32)
    model.enable_input_require_grads()
    own = {parameter.untyped_storage().data_ptr() for parameter in model.parameters()}
    kept: list[torch.Tensor] = []

    def keep(tensor: torch.Tensor) -> torch.Tensor:
        kept.append(tensor)  # alive, so that no two share an address
        return tensor

    ids = torch.randint(0, 96, (2, length))
    with torch.autograd.graph.saved_tensors_hooks(keep, lambda tensor: tensor):
        with torch.autocast("cpu", torch.bfloat16, enabled=setup.autocast):
            model(input_ids=ids, labels=ids)
    storages = {tensor.untyped_storage().data_ptr(): tensor.untyped_storage().nbytes() for tensor in kept}
    return sum(size for place, size in storages.items() if place not in own)


@pytest.mark.parametrize(
    "setup",
    [Setup(64), Setup(64, pure_bf16=True), Setup(64, autocast=False), Setup(64, method="oft")],
    ids=["autocast", "bf16", "float32", "oft"],
)
def test_a_layer_keeps_what_the_formula_says(setup: Setup) -> None:
    shape = read_shape(LlamaConfig(**SIZES).to_dict())
    assert shape is not None
    short, long = (saved_bytes(3, setup, length) - saved_bytes(1, setup, length) for length in (32, 64))
    counted = (long - short) / 2 / (2 * 32)  # without what is kept whatever the length, as OFT's rotations
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
    yield "two layers", replace(base, method="freeze", whole_modules=5 * 10**8, passed=2), replace(base, method="full")
    yield "few layers", *(replace(base, method="freeze", whole_modules=10**8, passed=passed) for passed in (1, 9))
    yield "small blocks", replace(base, method="oft", block=16), replace(base, method="oft", block=64)
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


LORA = 8 * 2_523_136  # parameters of rank 8 on all linear layers of QWEN
BIASED = 7_615_616_512  # all of them


@pytest.mark.parametrize(
    ("setup", "terms"),
    [
        # ZeRO-2: weights and gradients in two bytes, masters and moments over 8 GPUs, the bucket whole
        (
            Setup(4096, gpus=8, zero=2, bucket=5e8),
            {
                "weights": 2 * BIASED,
                "adapters": 2 * LORA,
                "gradients": 2 * LORA / 8 * 1,
                "optimizer": 12 * LORA / 8,
                "buckets": 1e9,
                "runtime": 1.5e9,
            },
        ),
        # all in float32, on one GPU
        (Setup(64), {"weights": 2 * BIASED, "adapters": 4 * LORA, "gradients": 4 * LORA, "optimizer": 8 * LORA}),
        # two copies of gradients, which processes exchange
        (Setup(64, gpus=2), {"gradients": 8 * LORA, "runtime": 1.5e9}),
        (Setup(64, method="full"), {"weights": 4 * BIASED, "gradients": 4 * BIASED, "optimizer": 8 * BIASED}),
        # what is trained in four bytes, the rest in two
        (
            Setup(64, method="freeze", whole_modules=10**9, passed=3),
            {"weights": 2 * BIASED + 2e9, "gradients": 4e9, "optimizer": 8e9, "checkpoints": 2 * 3584 * 3 * 64},
        ),
        (Setup(64, whole_modules=10**9), {"adapters": 4 * LORA + 4e9, "optimizer": 8 * LORA + 8e9}),
        (Setup(64, method="full", reference=True), {"reference": 2 * BIASED}),
    ],
)
def test_each_term_is_what_it_is_by_hand(setup: Setup, terms: dict[str, float]) -> None:
    found = estimate(QWEN, setup).terms
    assert {name: found[name] for name in terms} == pytest.approx(terms)
    passing = sum(found.get(name, 0) for name in ("checkpoints", "live layer", "logits", "activations", "mask"))
    assert found["slack"] == pytest.approx(0.18 * passing) and passing > 0
    assert min(found.values()) > 0


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
