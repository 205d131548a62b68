"""What ``scripts/compare_checkpoints.py`` does with its command line: each checkpoint served, asked, judged."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..disk import digest_of, read_object
from ..evaluation import choose
from ..evaluation.checkpoints import (
    Checkpoint,
    Judged,
    best,
    draw,
    find_checkpoints,
    read_losses,
    solve_once,
    solved_before,
    table,
)
from ..evaluation.session import Options, check_options, check_problems
from ..log import held
from ..records import Problem, RecordError, read_records
from .api_process import served
from .guard import guarded, wait_for_ended

__all__ = ["compare_checkpoints", "solve_served"]


def compare_checkpoints(args: argparse.Namespace) -> None:
    """Print a table, draw it, and name the checkpoint with the most right answers.

    Raises:
        RecordError: there is nothing to compare, or a server or its answers failed.
    """
    options = Options(
        tool=args.tool,
        max_tokens=args.max_tokens,
        temperature=args.temperature,
        samples=args.samples,
        workers=args.workers,
    )
    check_options(options)
    if not args.serve.is_file():
        raise RecordError(f"{args.serve}: no such YAML; see examples/inference")
    checkpoints = _chosen(find_checkpoints(args.adapter), args.steps)
    problems = choose(
        list(read_records(args.input, Problem)), per_group=args.per_subject, limit=args.limit, seed=args.seed
    )
    if not problems:
        raise RecordError(f"{args.input}: there are no problems to solve; check the input, --per-subject and --limit")
    check_problems(problems, options)
    losses = read_losses(args.adapter)
    judged = []
    for number, checkpoint in enumerate(checkpoints, 1):
        model = _model(checkpoint, args.base)
        about = {"name": f"step {checkpoint.step}", "weights": checkpoint.digest, **model}
        attempts = args.output / f"step_{checkpoint.step}_{checkpoint.digest}.jsonl"
        print(f"[{number}/{len(checkpoints)}] {checkpoint.folder}", file=sys.stderr)
        solve_served(args.serve, model, problems, options, attempts, about)
        judged.append(Judged.of(checkpoint, attempts, losses))
    picture = args.output / "checkpoints.png"
    draw(judged, losses, picture)
    top = best(judged)
    print(*table(judged), sep="\n")
    print(f"{picture}: the losses and the right answers\nadapter_name_or_path: {top.checkpoint.folder}")


def _chosen(found: Sequence[Checkpoint], steps: Sequence[int] | None) -> Sequence[Checkpoint]:
    if not steps:
        return found
    if missing := set(steps) - {one.step for one in found}:
        there = ", ".join(str(one.step) for one in found)
        raise RecordError(f"--steps: there is no checkpoint of step {min(missing)}; there are {there}")
    return [one for one in found if one.step in steps]


def _model(checkpoint: Checkpoint, base: str | None) -> dict[str, str]:
    """The keys that load a checkpoint; its base is the one it was trained on unless another is named."""
    config = checkpoint.folder / "adapter_config.json"
    if base is None:
        base = read_object(config, "its base is not known: name it with --base").get("base_model_name_or_path")
    if not base:
        raise RecordError(f"{config}: names no base model; name it with --base")
    return {"model_name_or_path": str(base), "adapter_name_or_path": str(checkpoint.folder)}


def solve_served(
    config: Path,
    model: Mapping[str, str],
    problems: Sequence[Problem],
    options: Options,
    output: Path,
    about: Mapping[str, Any],
) -> int:
    """Serve a model with ``llamafactory-cli api`` and let it solve the problems, unless ``output`` has them already.

    An adapter that the YAML names is left out where ``model`` names none.

    Returns:
        The number of right answers.

    Raises:
        RecordError: another run solves them, the server does not start, or requests did not get through: the same
            command goes on from there.
    """
    about = {**about, "serve": digest_of(config)}  # another template or budget gives other answers
    attempts = solved_before(problems, options, output, about)
    if attempts is None:
        loaded = {**model, "adapter_name_or_path": model.get("adapter_name_or_path", "null")}
        overrides = [f"{key}={value}" for key, value in loaded.items()]
        output.parent.mkdir(parents=True, exist_ok=True)
        log, lock = output.with_suffix(".server.log"), output.with_suffix(".server.lock")
        with held(output):  # what runs under the lock is then of a run that was killed
            wait_for_ended(lock)
            with served(config, log, overrides=overrides, launcher=guarded(lock)) as url:
                attempts = solve_once(url, "math-solver", problems, options, output, about)
        if lost := sum(attempt.transport for attempt in attempts):
            raise RecordError(f"{output}: {lost} requests did not get through; run the same command again")
    return sum(attempt.verdict.correct for attempt in attempts)
