"""Memory of a training run for each GPU, term by term, in bytes: an estimate from sizes alone.

peak = weights + adapters + gradients + optimizer + buckets + checkpoints + max(live layer, logits) + slack + runtime

- weights: of the frozen base as the checkpoint holds them (two bytes in bfloat16); a share of them under ZeRO-3, and
  beside it what ZeRO-3 gathers at a time; NF4 in 4.127 bits with double quantisation (QLoRA, arXiv 2305.14314), and
  what bitsandbytes leaves (embedding, head, experts) as it was.
- LoRA's weights, gradients and two moments in float32 (LLaMA-Factory 0.9.5, ``model/adapter.py``); with DeepSpeed
  weights and gradients in bfloat16, and float32 copies and moments divided over the GPUs.
- OFT likewise, with a rotation for each block of a layer's inputs; modules that are trained whole beside an adapter
  (``additional_target``) as copies of their own. ``freeze`` trains some layers of the base, and gradients end at the
  first of them.
- With gradient checkpointing a layer keeps its input, and one layer at a time is computed again; without it every
  layer keeps what its backward pass reads: what its modules save, counted (tests count again and compare).
- Logits: bfloat16, and in float32 a copy, its softmax and the gradient: 14 bytes each. A fused loss needs none of it.
- Slack is what PyTorch's allocator holds beyond what is in use, as a share of what comes and goes. It is the one
  number that is fitted, on LLaMA-Factory's own figures for QLoRA by length.

Not known to it: other processes on the card, and kernels' work space beyond ``RUNTIME``. How far it is from published
figures is what ``published.py`` holds and ``benchmarks/memory.py`` prints; ``margin`` follows from it: ZeRO-3 takes
more than its parts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import Literal

from .shape import Shape

__all__ = ["HostMemory", "Memory", "Setup", "estimate", "host_memory", "largest_batch"]

Method = Literal["lora", "oft", "freeze", "full"]
ADAPTERS = ("lora", "oft")
MARGIN = 0.15  # of a GPU, kept free of the estimate
ZERO3_MARGIN = 0.2
SLACK = 0.18
RUNTIME = 0.8e9  # CUDA context and libraries' work space
COLLECTIVES = 0.7e9  # NCCL's buffers, with more than one GPU
LOGIT_BYTES = 14
# Policy and reference in float32 with their log-softmax (train/dpo/trainer.py and train/kto/trainer.py)
PREFERENCE_LOGIT_BYTES = 18
QUANTISED: Mapping[tuple[int, bool], float] = MappingProxyType({(4, True): 0.516, (4, False): 0.5625, (8, True): 1.0})
# Bytes of an optimizer's state for each trained parameter
OPTIMIZERS: Mapping[str, float] = MappingProxyType(
    {"adamw_8bit": 2, "adamw_bnb_8bit": 2, "paged_adamw_8bit": 0, "paged_adamw_32bit": 0, "adafactor": 0.1, "sgd": 0}
)
ADAM = 8.0
MOST_ROWS = 4096


@dataclass(frozen=True)
class Setup:
    """What of a recipe decides its memory.

    Attributes:
        gpus: all of the run, over all machines.
        zero: DeepSpeed's stage, or None without DeepSpeed.
        length: tokens of the longest row; ``rows`` of them in a forward pass (a pair counts as two).
        block: inputs that OFT rotates together; ``rank`` is then not looked at. 0 makes ``rank`` blocks of each layer.
        whole_modules: parameters that are trained beside LoRA or OFT (``additional_target``), or all with ``freeze``.
        passed: layers through which gradients flow; None are all.
        weight_bytes: for each parameter of the checkpoint.
        autocast: LoRA in float32 reads two-byte copies of its inputs; without it, copies in float32.
        bucket: elements of DeepSpeed's ``reduce_bucket_size``; None is its ``auto``.
        live: parameters that ZeRO-3 gathers at most (``stage3_max_live_parameters``).
        dense_mask: a mask of floats, as neat packing makes without FlashAttention.
        logit_bytes: for each token and entry of the vocabulary; 0 with a fused loss.
        reference: another whole model beside the trained one.
    """

    length: int
    rows: int = 1
    gpus: int = 1
    method: Method = "lora"
    rank: int = 8
    block: int = 32
    targets: tuple[str, ...] = ("all",)
    whole_modules: int = 0
    passed: int | None = None
    weight_bytes: int = 2
    quantised: tuple[int, bool] | None = None
    pure_bf16: bool = False
    autocast: bool = True
    checkpointing: bool = True
    checkpoints_offloaded: bool = False
    logit_bytes: int = LOGIT_BYTES
    optimizer: str = "adamw_torch_fused"
    zero: int | None = None
    bucket: float | None = None
    overlapping: bool = False
    live: float = 1e9
    offload_weights: bool = False
    offload_optimizer: bool = False
    eager: bool = False
    dense_mask: bool = False
    reference: bool = False

    @property
    def tokens(self) -> int:
        return self.rows * self.length


@dataclass(frozen=True)
class Memory:
    """Bytes on one GPU at the peak; ``terms`` add up to ``total``."""

    terms: Mapping[str, float]
    margin: float = MARGIN  # of a GPU, to be kept free

    @cached_property
    def total(self) -> float:
        return sum(self.terms.values())

    def fits(self, capacity: float) -> bool:
        return self.total <= capacity * (1 - self.margin)


def estimate(shape: Shape, setup: Setup) -> Memory:
    """The peak of a training step."""
    passing = _passing(shape, setup)
    terms = {"weights": _weights(shape, setup), **_trained(shape, setup), "buckets": _buckets(shape, setup), **passing}
    if setup.reference:
        terms["reference"] = _frozen(shape, setup)
    terms["slack"] = SLACK * sum(passing.values())
    terms["runtime"] = RUNTIME + (COLLECTIVES if setup.gpus > 1 else 0)
    found = {name: value for name, value in terms.items() if value}
    return Memory(found, ZERO3_MARGIN if setup.zero == 3 else MARGIN)


def _passing(shape: Shape, setup: Setup) -> dict[str, float]:
    """What a step makes and gives back."""
    layer = _layer_bytes(shape, setup) * setup.tokens + _attention_squares(shape, setup)
    logits = float(setup.logit_bytes * shape.vocab * setup.tokens)
    mask = float(setup.weight_bytes * setup.rows * setup.length**2) if setup.dense_mask else 0.0
    layers = shape.layers if setup.passed is None else setup.passed
    if not setup.checkpointing:
        return {"activations": layer * layers, "logits": logits, "mask": mask}
    kept = 0.0 if setup.checkpoints_offloaded else float(setup.weight_bytes * shape.hidden * layers * setup.tokens)
    live = 1.5 * layer  # what it saves, and the gradients that flow through it
    return {"checkpoints": kept, "live layer" if live > logits else "logits": max(live, logits), "mask": mask}


def _weights(shape: Shape, setup: Setup) -> float:
    if setup.method in ADAPTERS:
        return _frozen(shape, setup)
    if setup.zero is None:
        trained = _trained_parameters(shape, setup)
        return (2.0 if setup.pure_bf16 else 4.0) * trained + setup.weight_bytes * (shape.parameters - trained)
    return _gathered(shape, setup, 2.0 * shape.parameters)


def _frozen(shape: Shape, setup: Setup) -> float:
    whole = setup.weight_bytes * float(shape.parameters)
    if setup.quantised is not None:
        left = shape.parameters - shape.linear
        whole = QUANTISED.get(setup.quantised, 1.0) * shape.linear + setup.weight_bytes * left
    return _gathered(shape, setup, whole)


def _gathered(shape: Shape, setup: Setup, whole: float) -> float:
    """A model's weights where ZeRO-3 holds a share of them and gathers the layers at work."""
    if setup.zero != 3:
        return whole
    held = 0.0 if setup.offload_weights else whole / setup.gpus
    return held + min(setup.live / shape.parameters, 1.0) * whole


def _trained(shape: Shape, setup: Setup) -> dict[str, float]:
    """Weights that are trained beside the base, gradients and optimizer states."""
    number = float(_trained_parameters(shape, setup))
    state = OPTIMIZERS.get(setup.optimizer, ADAM)
    adapters = number if setup.method in ADAPTERS else 0.0
    if setup.zero:
        share = 1 / setup.gpus
        states = 0.0 if setup.offload_optimizer else (4 + state) * number * share  # with a copy in float32
        sharded = share if setup.zero == 3 else 1.0
        gradients = 2 * number * (share if setup.zero > 1 else 1)
        return {"adapters": 2 * adapters * sharded, "gradients": gradients, "optimizer": states}
    width, states = (2, state / 2) if setup.pure_bf16 else (4, state)
    copies = 2 if setup.gpus > 1 else 1  # DistributedDataParallel sends gradients from buckets of their own
    return {"adapters": width * adapters, "gradients": copies * width * number, "optimizer": states * number}


def _trained_parameters(shape: Shape, setup: Setup) -> int:
    adapters = {
        "lora": setup.rank * shape.lora(setup.targets),
        "oft": shape.oft(setup.targets, setup.block, setup.rank),
        "freeze": 0,
    }
    return adapters[setup.method] + setup.whole_modules if setup.method in adapters else shape.parameters


def _buckets(shape: Shape, setup: Setup) -> float:
    """DeepSpeed allocates its reduce bucket whole, however small LoRA's gradients are."""
    if not setup.zero:
        return 0.0
    elements = float(shape.hidden**2) if setup.bucket is None else setup.bucket
    return 2.0 * elements * (2 if setup.overlapping else 1)


def _layer_bytes(shape: Shape, setup: Setup) -> float:
    """What one layer saves for its backward pass, for each token.

    The norms keep their input in float32; attention keeps queries, keys, values and its output; the gated MLP its
    three products; and linear layers with LoRA their inputs.
    """
    kept = 2 * shape.q_width + 2 * shape.kv_width + 3 * shape.intermediate
    return 8 * shape.hidden + setup.weight_bytes * kept + _input_bytes(shape, setup)


def _input_bytes(shape: Shape, setup: Setup) -> float:
    """An adapter in float32 has a copy made of each layer's input; in two bytes it reads what is there."""
    adapted = shape.adapted(setup.targets)
    if setup.method in ADAPTERS and not (setup.zero is not None or setup.pure_bf16):
        each = 2 if setup.autocast else 4
        return each * sum(layer.fan_in * layer.count for layer in adapted) / shape.layers
    read = (
        2 * shape.hidden + shape.intermediate
    )  # of attention, of the MLP and of its last layer; others are kept anyway
    return setup.weight_bytes * read


def _attention_squares(shape: Shape, setup: Setup) -> float:
    """Eager attention writes its scores out: bfloat16, their softmax in float32, and that in bfloat16 again."""
    return 8.0 * setup.rows * shape.heads * setup.length**2 if setup.eager else 0.0


def largest_batch(shape: Shape, setup: Setup, capacity: float, rows_each: int = 1) -> int:
    """The largest ``per_device_train_batch_size`` that fits; 0 where none does. ``rows_each``: 2 for pairs."""

    def fits(number: int) -> bool:
        return estimate(shape, replace(setup, rows=number * rows_each)).fits(capacity)

    low, high = 0, MOST_ROWS
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(middle) else (low, middle - 1)
    return low


@dataclass(frozen=True)
class HostMemory:
    """Bytes of one machine's memory.

    Attributes:
        mapped: pages of the checkpoint's files while it is loaded; shared by all processes, and given back when short.
        copied: what every process copies while it loads.
        kept: what is offloaded to the machine for the whole run.
    """

    mapped: float
    copied: float
    kept: float


def host_memory(shape: Shape, setup: Setup, processes: int) -> HostMemory:
    """What ``processes`` on one machine take of its memory.

    Under ZeRO-3 every process reads the whole checkpoint, but maps its files, and only the first reads their pages
    (transformers 5.5.4, ``load_state_dict`` and ``_load_state_dict_into_zero3_model``); experts are put together of
    their parts in every process (``_apply_weight_conversions_to_state_dict``).
    """
    whole = setup.weight_bytes * float(shape.parameters)
    zero3 = setup.zero == 3 and setup.quantised is None
    share = processes / setup.gpus
    number = _trained_parameters(shape, setup)
    weights = whole * share if setup.offload_weights else 0.0
    states = 16.0 * number * share if setup.offload_optimizer else 0.0
    copied = processes * setup.weight_bytes * float(shape.experts) if zero3 else 0.0
    return HostMemory(whole if zero3 else 0.0, copied, weights + states)
