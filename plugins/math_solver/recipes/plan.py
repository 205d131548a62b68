"""Batches, steps, tokens and hours of a run, and the memory it takes, from what was read of its rows and its model."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from .machine import Machine
from .memory import LOGIT_BYTES, PREFERENCE_LOGIT_BYTES, Memory, Method, Setup, estimate, largest_batch
from .model import Model
from .published import Speed, speeds_of
from .recipe import Recipe
from .shape import Shape

__all__ = [
    "LIGER",
    "Batch",
    "Hours",
    "Plan",
    "Space",
    "batch_of",
    "hours_of",
    "pack",
    "plan_of",
    "setup_of",
    "space_of",
]

SIDES = {"dpo": 2, "rm": 2}  # sequences in a forward pass for each row
BYTES = {"float32": 4, "bfloat16": 2, "float16": 2}
MULTIPLE = 8  # collators pad to it
PROCESSES = (1, 2, 4, 8, 16)
# Kinds of models that Liger's kernels are put into (model/model_utils/liger_kernel.py)
LIGER = frozenset(
    "gemma gemma2 gemma3 gemma3_text glm glm4 glm4v granite llama llava mistral mixtral mllama olmo2 paligemma phi3"
    " qwen2 qwen2_vl qwen2_5_vl qwen3 qwen3_moe qwen3_next qwen3_5 gpt_oss".split()
)
METHODS: Mapping[str, Method] = MappingProxyType({"lora": "lora", "oft": "oft", "freeze": "freeze", "full": "full"})


@dataclass(frozen=True)
class Batch:
    """Rows of an optimizer step: micro-batch × accumulation × processes."""

    micro: int
    accumulation: int
    processes: int

    @property
    def rows(self) -> int:
        return self.micro * self.accumulation * self.processes

    def same_on(self, processes: int) -> int | None:
        """The accumulation with which as many rows make a step on another number of processes, or None."""
        each = self.micro * processes
        return self.rows // each if self.rows % each == 0 else None


@dataclass(frozen=True)
class Plan:
    """What the run will do.

    Attributes:
        rows: of an epoch, packed ones where it packs.
        tokens: of an epoch, without padding; None where there is no tokenizer.
        padded: the same with the padding that is computed.
        packed: rows and padded tokens with packing, and without it, whichever the recipe does.
    """

    batch: Batch
    rows: int
    steps: int
    tokens: int | None = None
    padded: int | None = None
    trained: float | None = None
    packed: tuple[int, int] | None = None
    unpacked: tuple[int, int] | None = None
    epochs: float = 1.0


def batch_of(recipe: Recipe, machine: Machine) -> Batch:
    return Batch(
        max(int(recipe.number("per_device_train_batch_size", 8)), 1),
        max(int(recipe.number("gradient_accumulation_steps", 1)), 1),
        machine.processes,
    )


def plan_of(recipe: Recipe, machine: Machine, lengths: Sequence[int], rows: int, trained: float | None) -> Plan | None:
    """``lengths`` of all rows that a run takes (both sides of a pair each), ``rows`` their number; None without."""
    batch = batch_of(recipe, machine)
    ready = recipe.tokens_ready is not None  # rows are as they will be
    left = rows - (0 if ready else recipe.held_out(rows))
    if not left:
        return None
    rows, kept = left, list(lengths)[: max(1, round(len(lengths) * left / rows))]
    if not kept:
        return Plan(batch, rows, _steps(recipe, batch, rows), epochs=recipe.number("num_train_epochs", 3))
    whole = recipe.row_length
    if recipe.stage == "pt" and not ready:
        return _blocks_plan(recipe, batch, kept, whole)
    bins = pack(kept, whole - 1, recipe) if recipe.stage == "sft" and not ready else []
    packed = (len(bins), len(bins) * whole) if bins else None
    unpacked = (rows, _padded(kept, batch.micro * SIDES.get(recipe.stage, 1)))
    count, padded = packed if recipe.packs and packed else unpacked
    steps = _steps(recipe, batch, count)
    epochs = recipe.number("num_train_epochs", 3)
    return Plan(batch, count, steps, sum(kept), padded, trained, packed, unpacked, epochs)


def _blocks_plan(recipe: Recipe, batch: Batch, lengths: Sequence[int], whole: int) -> Plan:
    """Plain text: documents of a preprocessing batch are joined and cut into blocks; what is left over is dropped."""
    packing = recipe.value("packing") is not False
    size, each = max(whole - 1 if recipe.value("packing") else whole, 1), _preprocessing_batch(recipe)
    parts = [lengths[start : start + each] for start in range(0, len(lengths), each)]
    blocks = sum(sum(part) // size for part in parts)
    cut = [min(length, whole) for length in lengths]
    packed, unpacked = (blocks, blocks * size), (len(cut), _padded(cut, batch.micro))
    count, padded = packed if packing else unpacked
    tokens = blocks * size if packing else sum(cut)
    epochs = recipe.number("num_train_epochs", 3)
    return Plan(batch, count, _steps(recipe, batch, count), tokens, padded, 1.0, packed, unpacked, epochs)


def _preprocessing_batch(recipe: Recipe) -> int:
    return max(int(recipe.number("preprocessing_batch_size", 1000)), 1)


def pack(lengths: Sequence[int], capacity: int, recipe: Recipe) -> list[list[int]]:
    """The bins that LLaMA-Factory's own packing makes, in each preprocessing batch of each worker's shard."""
    from llamafactory.data.processor.processor_utils import greedy_knapsack

    each = _preprocessing_batch(recipe)
    workers = max(int(recipe.number("preprocessing_num_workers", 1)), 1)
    bins: list[list[int]] = []
    for shard in _shards(list(lengths), min(workers, max(len(lengths), 1))):
        for start in range(0, len(shard), each):
            bins += greedy_knapsack([n for n in shard[start : start + each] if n <= capacity], capacity)
    return bins


def _shards(items: list[int], number: int) -> list[list[int]]:
    """Parts one behind the other, as ``datasets`` gives them to its workers."""
    each, more = divmod(len(items), number)
    starts = [each * place + min(place, more) for place in range(number + 1)]
    return [items[start:end] for start, end in zip(starts, starts[1:], strict=False)]


def _padded(lengths: Sequence[int], together: int) -> int:
    """Tokens of shuffled batches, each row padded to the longest of its batch."""
    order = list(lengths)
    if together > 1:
        random.Random(0).shuffle(order)
    groups = [order[start : start + together] for start in range(0, len(order), together)]
    return sum(len(group) * math.ceil(max(group) / MULTIPLE) * MULTIPLE for group in groups)


def _steps(recipe: Recipe, batch: Batch, rows: int) -> int:
    """As transformers counts them: the last batch of an epoch may be smaller, and so may its last step."""
    most = recipe.number("max_steps", -1)
    if most > 0:
        return int(most)
    batches = math.ceil(rows / (batch.micro * batch.processes))
    each_epoch = max(math.ceil(batches / batch.accumulation), 1)
    return math.ceil(recipe.number("num_train_epochs", 3) * each_epoch)


def setup_of(recipe: Recipe, model: Model, machine: Machine, longest: int | None = None) -> Setup:
    """What of a recipe decides its memory; ``longest`` row in tokens where no row is packed or reaches the cutoff."""
    length = recipe.row_length
    if longest and not recipe.packs and recipe.stage != "pt":
        length = min(length, math.ceil(longest / MULTIPLE) * MULTIPLE)
    bits, stage, shape = recipe.value("quantization_bit"), recipe.stage, model.shape
    bucket, live = recipe.zero_option("reduce_bucket_size"), recipe.zero_option("stage3_max_live_parameters")
    eager = recipe.value("flash_attn") == "disabled"
    flash = recipe.value("flash_attn") == "fa2" and machine.has("flash-attn")
    whole, passed = _whole_modules(recipe, shape) if shape else (0, None)
    return Setup(
        length=length,
        rows=batch_of(recipe, machine).micro * SIDES.get(stage, 1),
        gpus=machine.processes,
        method=METHODS.get(str(recipe.value("finetuning_type")), "full"),
        rank=int(recipe.number("oft_rank" if recipe.value("finetuning_type") == "oft" else "lora_rank", 8)),
        block=int(recipe.number("oft_block_size", 32)),
        targets=tuple(recipe.names("lora_target")) or ("all",),
        whole_modules=whole,
        passed=passed,
        weight_bytes=BYTES.get(str(_stored_type(model)), 2),
        quantised=(int(bits), recipe.on("double_quantization")) if isinstance(bits, int) and recipe.adapts else None,
        pure_bf16=recipe.on("pure_bf16"),
        checkpointing=not recipe.on("disable_gradient_checkpointing"),
        checkpoints_offloaded=recipe.on("use_unsloth_gc"),
        logit_bytes=_logit_bytes(recipe, model),
        optimizer=str(recipe.value("optim")),
        zero=recipe.zero,
        bucket=float(bucket) if isinstance(bucket, int | float) else None,
        overlapping=bool(recipe.zero_option("overlap_comm")),
        live=float(live) if isinstance(live, int | float) else 1e9,
        offload_weights=recipe.offloads("param"),
        offload_optimizer=recipe.offloads("optimizer"),
        eager=eager,
        dense_mask=recipe.packs and recipe.on("neat_packing") and not flash,
        reference=recipe.compares and (bool(recipe.value("ref_model")) or not recipe.lora),
    )


def _logit_bytes(recipe: Recipe, model: Model) -> int:
    """For each token and entry of the vocabulary; nothing where Liger's fused loss is at work."""
    if recipe.stage in ("dpo", "kto"):
        return PREFERENCE_LOGIT_BYTES
    own_loss = any(recipe.on(key) for key in ("use_dft_loss", "use_eaft_loss"))
    fused = recipe.on("enable_liger_kernel") and model.kind in LIGER and recipe.stage in ("sft", "pt")
    return 0 if fused and not own_loss else LOGIT_BYTES


def _whole_modules(recipe: Recipe, shape: Shape) -> tuple[int, int | None]:
    """Parameters that are trained as they are, beside an adapter or by ``freeze``, and the layers gradients pass."""
    if recipe.adapts:
        names = recipe.names("additional_target")
        if recipe.on("resize_vocab") and not names:  # model/adapter.py
            names = ["embed_tokens"] if shape.head == 0 else ["embed_tokens", "lm_head"]
        return sum(shape.module(name) for name in names), None
    if recipe.value("finetuning_type") != "freeze":
        return 0, None
    number, passed = _unfrozen_layers(recipe, shape)
    extra = recipe.names("freeze_extra_modules")
    layers = number * sum(shape.block(name) for name in recipe.names("freeze_trainable_modules"))
    whole = layers + sum(shape.module(name) for name in extra)
    return min(whole, shape.parameters), shape.layers if "embed_tokens" in extra else passed


def _unfrozen_layers(recipe: Recipe, shape: Shape) -> tuple[int, int]:
    """How many layers ``freeze`` trains, and how many lie from the first of them on (model/adapter.py)."""
    wanted = int(recipe.number("freeze_trainable_layers", 2))
    number = min(abs(wanted), shape.layers)
    if recipe.on("use_llama_pro") and number:  # one behind each stretch of layers
        return number, shape.layers - shape.layers // number + 1
    return number, number if wanted > 0 else shape.layers if wanted else 0


def _stored_type(model: Model) -> object:
    config = model.text_config
    return config.get("dtype") or config.get("torch_dtype") or (model.config or {}).get("torch_dtype")


@dataclass(frozen=True)
class Space:
    """Memory of one GPU, and what fits where its size is known."""

    memory: Memory
    capacity: float | None
    largest: int | None

    @property
    def fits(self) -> bool | None:
        return None if self.capacity is None else self.memory.fits(self.capacity)


def space_of(shape: Shape, setup: Setup, machine: Machine, rows_each: int) -> Space:
    memory = estimate(shape, setup)
    if machine.gpus is None:
        return Space(memory, None, None)
    capacity = machine.gpus.bytes
    return Space(memory, capacity, largest_batch(shape, setup, capacity, rows_each))


@dataclass(frozen=True)
class Hours:
    """How long a run takes at a speed that was measured somewhere."""

    hours: float
    source: str
    tokens_per_second: float


def hours_of(plan: Plan | None, model: Model, machine: Machine, own_speed: float | None = None) -> list[Hours]:
    """At each published speed of a model of that size on GPUs of that memory; nothing where none is known."""
    if plan is None or not plan.padded or not plan.rows:
        return []
    step_share = plan.steps * plan.batch.rows / plan.rows  # epochs that the steps make
    tokens = plan.padded * step_share
    if own_speed:
        return [_hours(tokens, own_speed, machine, "as given")]
    if model.shape is None or machine.gpus is None:
        return []
    return [_at(speed, tokens, machine) for speed in speeds_of(model.shape, machine.gpus.gigabytes)]


def _at(speed: Speed, tokens: float, machine: Machine) -> Hours:
    return _hours(tokens, float(speed.tokens), machine, f"{speed.source}: {speed.gpu}, {speed.how}")


def _hours(tokens: float, speed: float, machine: Machine, source: str) -> Hours:
    return Hours(tokens / (speed * machine.processes) / 3600, source, speed)
