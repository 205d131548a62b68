"""Render verified trajectories as a dataset of LLaMA-Factory and register it in dataset_info.json.

python scripts/build_dataset.py --input output/trajectories.jsonl --name tir_families
python scripts/build_dataset.py --stage dpo --input output/t.jsonl output/t.rejected.jsonl --name tir_pairs
"""

from __future__ import annotations

import argparse
from pathlib import Path

from math_solver.commands.command import count, file_path, number, run_command


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--input", type=Path, nargs="+", required=True, help="trajectories (JSONL)")
    parser.add_argument("--name", required=True, help="name of the dataset in dataset_info.json")
    parser.add_argument("--output", type=file_path, help="default: data/NAME.jsonl beside dataset_info.json")
    parser.add_argument("--dataset-info", type=Path, default=Path("dataset_info.json"))
    parser.add_argument(
        "--stage",
        choices=["sft", "dpo", "kto", "pt"],
        default="sft",
        help="of the recipe: solutions, pairs of a better and a worse turn, turns judged right or wrong, plain text",
    )
    parser.add_argument(
        "--recipe", type=Path, help="training YAML: drop what its cutoff_len would cut, try its loader"
    )
    parser.add_argument("--form", choices=["native", "fenced"], default="native", help="how calls are written")
    parser.add_argument("--thoughts", action="store_true", help="sft: each turn behind its reasoning (meta.reasoning)")
    parser.add_argument("--in-words", action="store_true", help="sft, pt: solutions without programs too")
    parser.add_argument(
        "--text-only", action="store_true", help="leave out problems with pictures (only sft has them)"
    )
    parser.add_argument(
        "--conversations",
        type=number,
        default=0.0,
        metavar="SHARE",
        help="of the solutions to join into conversations",
    )
    parser.add_argument("--questions", type=int, default=3, help="that a conversation has at most")
    parser.add_argument("--seed", type=int, default=0, help="seed of the order, and of what is joined")
    parser.add_argument("--limit", type=count, help="at most this many records")
    parser.add_argument(
        "--show-mask", type=int, default=0, metavar="ROWS", help="print as many rows, with what is trained marked"
    )
    judged = parser.add_argument_group("dpo and kto, from right and wrong solutions of the same problems")
    judged.add_argument("--per-problem", type=int, default=4, help="rows of one problem at most")
    judged.add_argument("--shared-calls", type=int, default=0, help="that both sides of a pair made alike, at least")
    judged.add_argument("--length-ratio", type=number, help="how many times as long one side of a pair may be")
    judged.add_argument("--no-repairs", action="store_true", help="no pairs of a failed and the mended program")
    return parser.parse_args()


def main() -> None:
    args = parse_args()
    from math_solver.commands.build import build_dataset

    build_dataset(args)


if __name__ == "__main__":
    run_command(main)
