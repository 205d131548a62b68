"""Render verified trajectories as a sharegpt dataset and register it in dataset_info.json.

python scripts/build_dataset.py --input output/trajectories.jsonl --name tir_families
"""

from __future__ import annotations

import argparse
import os
import random
from pathlib import Path

from math_solver.commands.command import run_command


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--input", type=Path, nargs="+", required=True, help="trajectories (JSONL)")
    parser.add_argument("--name", required=True, help="name of the dataset in dataset_info.json")
    parser.add_argument("--output", type=Path, help="default: data/NAME.jsonl beside dataset_info.json")
    parser.add_argument("--dataset-info", type=Path, default=Path("dataset_info.json"))
    parser.add_argument(
        "--recipe", type=Path, help="training YAML: drop what its cutoff_len would cut, try its loader"
    )
    parser.add_argument("--form", choices=["native", "fenced"], default="native", help="how calls are written")
    parser.add_argument(
        "--conversations", type=float, default=0.0, metavar="SHARE", help="of the solutions to join into conversations"
    )
    parser.add_argument("--questions", type=int, default=3, help="that a conversation has at most")
    parser.add_argument("--seed", type=int, default=0, help="seed of the order, and of what is joined")
    parser.add_argument("--limit", type=int, help="at most this many records")
    return parser.parse_args()


def main() -> None:
    args = parse_args()
    from itertools import chain

    from math_solver.dataset.conversations import Joining
    from math_solver.dataset.preflight import Preflight
    from math_solver.dataset.sharegpt import build, register
    from math_solver.records import RecordError, Trajectory, read_records, write_jsonl

    output = args.output or args.dataset_info.parent / "data" / f"{args.name}.jsonl"
    file_name = os.path.relpath(output, args.dataset_info.parent)
    trajectories = chain.from_iterable(read_records(path, Trajectory) for path in args.input)
    preflight = Preflight(args.recipe) if args.recipe else None
    try:
        joining = Joining(args.conversations, args.questions, args.seed)
    except ValueError as error:
        raise RecordError(f"--conversations, --questions: {error}") from error
    fits = preflight.fits if preflight else None
    records, dropped = build(trajectories, args.form, fits=fits, joining=joining)
    random.Random(args.seed).shuffle(records)
    if not records:
        raise RecordError(f"{args.input[0]}: no trajectory is fit for training ({dict(dropped)}); nothing was written")
    written = write_jsonl(output, records[: args.limit])
    register(args.dataset_info, args.name, file_name)
    print(f"{output}: kept {written}, dropped {dropped.total()}", *(f"({n} {why})" for why, n in dropped.items()))
    if preflight:
        loaded = preflight.load(args.dataset_info, args.name)
        print(f"LLaMA-Factory takes {loaded.taken} of {loaded.rows} rows, the longest {loaded.longest} tokens")
        if loaded.taken != loaded.rows or loaded.longest >= preflight.cutoff_len:
            raise RecordError(f"{args.name}: LLaMA-Factory dropped or cut rows; see its warnings above")


if __name__ == "__main__":
    run_command(main)
