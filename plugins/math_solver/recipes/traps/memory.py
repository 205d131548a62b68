"""Memory of the GPUs and of their machine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from typing import Any

from ..case import Case
from ..findings import Said, error, note, warning
from ..memory import Setup, estimate, host_memory
from ..plan import LIGER, Space

LARGE_BUCKET = 2e8
GB = 1e9


def too_large(case: Case) -> Iterator[Said]:
    space = case.space
    if "deepspeed" in case.recipe.settings and case.recipe.deepspeed is None:
        return  # what it would be with the file is not known
    if space is None or space.capacity is None or space.fits:
        return
    needed, there = space.memory.total / GB, space.capacity / GB
    remedy = f"per_device_train_batch_size: {space.largest}" if space.largest else _smaller(case, space)
    if needed > there:
        yield error(f"about {needed:.0f} GB on a GPU of {there:.0f}", remedy)
    else:
        found = f"about {needed:.0f} GB on a GPU of {there:.0f}: within {space.memory.margin:.0%} of it"
        yield warning(found, remedy)


def _smaller(case: Case, space: Space) -> str:
    """The least change, of one key or two, with which the run fits; in general words where none is enough."""
    shape, setup, there = case.model.shape, case.setup, space.capacity
    assert shape is not None and setup is not None and there is not None
    ways = list(_ways(case, setup))
    for chosen in (*combinations(ways, 1), *combinations(ways, 2)):
        changes = {name: value for _, change in chosen for name, value in change.items()}
        memory = estimate(shape, replace(setup, **changes))
        if memory.fits(there):
            return f"{' and '.join(words for words, _ in chosen)}: about {memory.total / GB:.0f} GB"
    words = ["more GPUs" if setup.zero == 3 else "ZeRO-3", *([] if setup.quantised else ["QLoRA"])]
    return f"{', '.join(words)} or a shorter cutoff_len"


def _ways(case: Case, setup: Setup) -> Iterator[tuple[str, dict[str, Any]]]:
    """What makes a run smaller and changes nothing of what it learns, the cheapest first; four bits last."""
    if setup.logit_bytes and case.kind in LIGER and case.recipe.stage in ("pt", "sft"):
        if not case.on("enable_liger_kernel"):
            yield "enable_liger_kernel: true", {"logit_bytes": 0}
    if not setup.checkpointing:
        yield "disable_gradient_checkpointing: false", {"checkpointing": True}
    if setup.gpus > 1 and setup.zero != 3:
        yield "deepspeed: examples/deepspeed/ds_z3_config.json", {"zero": 3, "bucket": 5e7}
    if case.recipe.adapts and not setup.quantised:
        yield "quantization_bit: 4 with double_quantization: true", {"quantised": (4, True)}


def host_too_small(case: Case) -> Iterator[Said]:
    if case.setup is None or case.model.shape is None:
        return
    host = host_memory(case.model.shape, case.setup, case.machine.per_node)
    firm, there = (host.copied + host.kept) / GB, (case.machine.host_bytes or 0) / GB
    if not there:
        if firm:
            yield note(f"the machine needs about {firm:.0f} GB of memory", _of_the_host(case))
        return
    if firm > there:
        yield error(f"about {firm:.0f} GB of the machine's memory, which has {there:.0f}", "more machines, or QLoRA")
    elif host.mapped / GB > there:
        yield warning(
            f"the checkpoint has {host.mapped / GB:.0f} GB and the machine {there:.0f}: ZeRO-3 loads it slowly",
            "a machine of more memory",
        )


def _of_the_host(case: Case) -> str:
    """torch rounds each piece of pinned memory up to a power of two (ATen/core/CachingHostAllocator.h)."""
    sections = (case.recipe.zero_option(f"offload_{what}") for what in ("param", "optimizer"))
    pinned = any(isinstance(section, dict) and section.get("pin_memory") for section in sections)
    more = "; pinned (pin_memory) it takes more, as each piece is rounded up to a power of two" if pinned else ""
    return f"give --host-gb to have it compared{more}"


def needless_bucket(case: Case) -> Iterator[Said]:
    """DeepSpeed allocates it whole (runtime/zero/stage_1_and_2.py), and LoRA's gradients are small."""
    bucket = case.recipe.zero_option("reduce_bucket_size")
    if case.recipe.adapts and case.recipe.zero in (1, 2) and isinstance(bucket, int | float) and bucket > LARGE_BUCKET:
        yield note(f"reduce_bucket_size: {bucket:g} takes {2 * bucket / GB:.1f} GB for LoRA's small gradients", "5e7")
