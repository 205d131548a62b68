"""Several GPUs and several machines: launching, DeepSpeed, and resuming."""

from __future__ import annotations

import re
from collections.abc import Iterator
from os.path import isdir
from pathlib import Path

from ...disk import read_object
from ...records import RecordError
from ..case import Case
from ..findings import Said, error, note, one_line, warning
from ..plan import batch_of
from ..recipe import read_deepspeed

STATES = re.compile(r"(?:bf16_|fp16_)?zero_pp_rank_(\d+)_mp_rank_\d+_optim_states\.pt")
CPUS = 10  # that Ray reserves for each device (train/trainer_utils.py)


def deepspeed_file(case: Case) -> Iterator[Said]:
    named, shown = case.value("deepspeed"), one_line(case.value("deepspeed"))
    if not named or case.recipe.deepspeed is not None:
        if named and "zero_optimization" not in (case.recipe.deepspeed or {}):
            yield error(f"deepspeed: {shown} has no zero_optimization", "a file of examples/deepspeed")
        stage = case.recipe.zero_option("stage")
        if named and stage is not None and (type(stage) is not int or stage not in range(4)):
            yield error(f'deepspeed: {shown} says "stage": {stage!r}, none of 0, 1, 2, 3', '"stage": 3')
        return
    try:
        read_deepspeed(named)
        problem = "is no JSON object"
    except FileNotFoundError:
        problem = "does not exist"
    except (OSError, ValueError) as failure:
        problem = f"cannot be read ({one_line(failure, 80)})"
    yield error(f"deepspeed: {shown} {problem}", "a file of examples/deepspeed, from the folder where the run starts")


def deepspeed_without_torchrun(case: Case) -> Iterator[Said]:
    """On one GPU ``llamafactory-cli`` starts no torchrun by itself (launcher.py)."""
    if case.value("deepspeed") and not case.machine.launches and not case.machine.enabled("USE_RAY"):
        said = error if case.machine.gpus else note
        yield said(
            "DeepSpeed needs torchrun, and one GPU alone starts none", "FORCE_TORCHRUN=1 llamafactory-cli train"
        )


def deepspeed_batch(case: Case) -> Iterator[Said]:
    """transformers/integrations/deepspeed.py stops at numbers that differ from the recipe's."""
    batch, settings = batch_of(case.recipe, case.machine), case.recipe.deepspeed or {}
    wanted = {
        "train_micro_batch_size_per_gpu": batch.micro,
        "gradient_accumulation_steps": batch.accumulation,
        "train_batch_size": batch.rows,
        "gradient_clipping": case.recipe.number("max_grad_norm", 1.0),
    }
    for key, value in wanted.items():
        written = settings.get(key, "auto")
        if written != "auto" and written != value:
            yield error(f"{case.value('deepspeed')} says {key}: {written}, and the recipe {value}", f'"{key}": "auto"')


def no_port(case: Case) -> Iterator[Said]:
    """launcher.py: each machine would draw a port of its own."""
    if case.machine.nodes > 1 and not case.machine.enabled("USE_RAY"):
        missing = [name for name in ("MASTER_ADDR", "MASTER_PORT") if name not in case.machine.variables]
        if missing:
            said = warning if case.machine.asked else error
            yield said(
                f"{case.machine.nodes} machines and no {' and no '.join(missing)}: they do not find each other",
                f"set {' and '.join(missing)} alike on all of them",
            )


def elastic_run(case: Case) -> Iterator[Said]:
    """launcher.py: RDZV_ID switches to another rendezvous, and a restart runs the whole command again."""
    variables = case.machine.variables
    if "RDZV_ID" not in variables:
        if variables.get("MAX_RESTARTS", "0") != "0":
            yield warning("MAX_RESTARTS has no effect without RDZV_ID", "set RDZV_ID, or restart by hand")
        return
    if case.on("overwrite_output_dir"):
        yield error(
            "an elastic run with overwrite_output_dir: true begins again at step 0", "overwrite_output_dir: false"
        )
    if case.value("deepspeed") and "MIN_NNODES" in variables:
        yield error("DeepSpeed does not resume with another number of processes", "no MIN_NNODES, or no deepspeed")


def other_world(case: Case) -> Iterator[Said]:
    """deepspeed/runtime/engine.py refuses states of another number of processes."""
    checkpoint = _checkpoint(case)
    if checkpoint is None or not case.value("deepspeed"):
        return
    ranks = {int(found[1]) for path in checkpoint.glob("global_step*/*") if (found := STATES.fullmatch(path.name))}
    if ranks and len(ranks) != case.machine.processes:
        yield error(
            f"{checkpoint} is of {len(ranks)} processes, and this run has {case.machine.processes}",
            f"{len(ranks)} processes, or another output_dir",
        )


def continues(case: Case) -> Iterator[Said]:
    """hparams/parser.py looks into the folder by itself."""
    checkpoint = _checkpoint(case)
    if checkpoint is not None and case.value("resume_from_checkpoint") is None:
        yield note(f"the run goes on from {checkpoint}", "overwrite_output_dir: true begins anew")


def _checkpoint(case: Case) -> Path | None:
    """The checkpoint that the run would resume from."""
    named = case.value("resume_from_checkpoint")
    if named:
        return Path(str(named)) if isdir(str(named)) else None
    anew = case.on("overwrite_output_dir") and case.recipe.settings.get("resume_from_checkpoint") is not True
    folder = Path(str(case.value("output_dir") or ""))
    if anew or not case.value("output_dir") or not isdir(folder):
        return None
    found = [path for path in folder.glob("checkpoint-*") if path.name.rpartition("-")[2].isdigit()]
    return max(found, key=lambda path: int(path.name.rpartition("-")[2]), default=None)


def drawn_anew(case: Case) -> Iterator[Said]:
    """transformers/trainer.py: from the second epoch on ``LengthGroupedSampler`` depends on what was drawn before."""
    if case.value("train_sampling_strategy") != "group_by_length":
        return
    checkpoint = _checkpoint(case)
    if checkpoint is not None and _epoch(checkpoint) >= 1:
        yield warning(
            f"{checkpoint} is of a later epoch, and group_by_length draws its order anew: some rows come twice in"
            " that epoch, some never",
            "random order and neat_packing go on exactly: take one of them from the start",
        )
    elif case.value("save_strategy") not in ("no", False) and case.recipe.number("num_train_epochs", 3) > 1:
        yield note("group_by_length: a run that is resumed in its second epoch or later does not go on exactly")


def _epoch(checkpoint: Path) -> float:
    try:
        epoch = read_object(checkpoint / "trainer_state.json", "").get("epoch")
    except RecordError:
        return 0.0
    return epoch if isinstance(epoch, int | float) else 0.0


def missing_checkpoint(case: Case) -> Iterator[Said]:
    """transformers/trainer.py, ``train``: ``true`` means the last one of output_dir."""
    if case.recipe.settings.get("resume_from_checkpoint") is True and _checkpoint(case) is None:
        yield error(
            "resume_from_checkpoint: true, and output_dir holds no checkpoint", "delete it: a run goes on by itself"
        )
    named = case.value("resume_from_checkpoint")
    if named and not isdir(str(named)):
        yield error(f"resume_from_checkpoint: {named}: no such folder", "a checkpoint of output_dir, or delete it")


def ray_asks_too_much(case: Case) -> Iterator[Said]:
    """train/trainer_utils.py: ten CPUs for every device of the cluster, however many workers are asked for."""
    if not case.machine.enabled("USE_RAY"):
        return
    devices = case.machine.gpus.count if case.machine.gpus else case.machine.cpus
    if not case.machine.asked and case.machine.cpus < CPUS * devices:
        yield error(
            f"Ray waits for {CPUS * devices} CPUs ({devices} devices) and never starts: here are {case.machine.cpus}",
            "torchrun (without USE_RAY)",
        )
    workers = case.recipe.number("ray_num_workers", 1)
    if devices > workers and case.machine.gpus:
        yield warning(
            f"ray_num_workers: {workers:g} trains on as many of {devices} GPUs", f"ray_num_workers: {devices}"
        )


def path_with_spaces(case: Case) -> Iterator[Said]:
    """launcher.py splits torchrun's command at spaces."""
    if case.machine.launches and " " in str(case.recipe.path):
        yield error(f"{case.recipe.path}: torchrun is given its path in pieces", "a path without spaces")


def separate_disks(case: Case) -> Iterator[Said]:
    if case.machine.nodes > 1 and not case.on("data_shared_file_system"):
        yield note(
            "each machine tokenises for itself", "data_shared_file_system: true where they share dataset_dir and cache"
        )


def wider_batch(case: Case) -> Iterator[Said]:
    """More processes make a larger batch, with the same learning rate."""
    batch = batch_of(case.recipe, case.machine)
    if batch.rows > 1024:
        yield warning(
            f"{batch.rows} rows make a step: {batch.micro} × {batch.accumulation} × {batch.processes} processes",
            "fewer gradient_accumulation_steps",
        )
