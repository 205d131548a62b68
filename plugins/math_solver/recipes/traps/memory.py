"""Memory of the GPUs and of their machine."""

from __future__ import annotations

from collections.abc import Iterator

from ..case import Case
from ..findings import Said, error, note, warning
from ..memory import MARGIN, host_memory

LARGE_BUCKET = 2e8
GB = 1e9


def too_large(case: Case) -> Iterator[Said]:
    space = case.space
    if space is None or space.capacity is None or space.fits:
        return
    needed, there = space.memory.total / GB, space.capacity / GB
    largest = (
        f"per_device_train_batch_size: {space.largest}" if space.largest else "ZeRO-3, QLoRA or a shorter cutoff_len"
    )
    if needed > there:
        yield error(f"about {needed:.0f} GB on a GPU of {there:.0f}", largest)
    else:
        yield warning(f"about {needed:.0f} GB on a GPU of {there:.0f}: within {MARGIN:.0%} of it", largest)


def host_too_small(case: Case) -> Iterator[Said]:
    if case.setup is None or case.model.shape is None:
        return
    host = host_memory(case.model.shape, case.setup, case.machine.per_node)
    firm, there = (host.copied + host.kept) / GB, (case.machine.host_bytes or 0) / GB
    if not there:
        if firm:
            yield note(f"the machine needs about {firm:.0f} GB of memory", "give --host-gb to have it compared")
        return
    if firm > there:
        yield error(f"about {firm:.0f} GB of the machine's memory, which has {there:.0f}", "more machines, or QLoRA")
    elif host.mapped / GB > there:
        yield warning(
            f"the checkpoint has {host.mapped / GB:.0f} GB and the machine {there:.0f}: ZeRO-3 loads it slowly",
            "a machine of more memory",
        )


def needless_bucket(case: Case) -> Iterator[Said]:
    """DeepSpeed allocates it whole (runtime/zero/stage_1_and_2.py), and LoRA's gradients are small."""
    bucket = case.recipe.zero_option("reduce_bucket_size")
    if case.recipe.lora and case.recipe.zero in (1, 2) and isinstance(bucket, int | float) and bucket > LARGE_BUCKET:
        yield note(f"reduce_bucket_size: {bucket:g} takes {2 * bucket / GB:.1f} GB for LoRA's small gradients", "5e7")
