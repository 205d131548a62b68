"""Write trajectories as token ids for tokenized_path: a loss per turn, and pairs and judgements of whole solutions.

python scripts/tokenize_dataset.py --input output/t.jsonl --recipe examples/train_lora/qwen2_tiny_lora_sft.yaml \\
    --parts all repair=2 --output output/tokens/tir

OUTPUT is complete or absent; made_of.json in it says what it was made of, and the same command writes it again only
where that has changed. --check says whether it has (exit code 1).
"""

from __future__ import annotations

import argparse
from pathlib import Path

from math_solver.commands.command import count, file_path, number, run_command


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add(
        "--input", type=Path, nargs="+", required=True, help="trajectories (JSONL); dpo and kto need rejected ones too"
    )
    add("--recipe", type=Path, required=True, help="training YAML: its tokenizer, template and cutoff_len")
    add("--output", type=file_path, required=True, help="the folder that tokenized_path will name")
    add("--stage", choices=["sft", "dpo", "kto"], default="sft", help="of the recipe")
    add(
        "--parts",
        nargs="+",
        default=["all"],
        metavar="[FORM:]LOSS[=WEIGHT]",
        help="sft: renderings: loss on all turns, sound ones (no failed call), repair only; words: no program",
    )
    add("--form", choices=["native", "fenced"], default="native", help="dpo and kto: how calls are written")
    add(
        "--validation",
        type=number,
        default=0.0,
        metavar="SHARE",
        help="of the problems, for evaluation while training",
    )
    add("--seed", type=int, default=0, help="seed of the split, of shares of a weight, and of kto's order")
    add("--limit", type=count, help="read at most this many trajectories")
    add("--show-mask", type=int, default=0, metavar="ROWS", help="print as many rows, with what is trained marked")
    add("--check", action="store_true", help="only say whether OUTPUT is what this command would write")
    pairs = parser.add_argument_group("dpo")
    pairs.add_argument("--per-problem", type=int, default=4, help="pairs of one problem at most")
    pairs.add_argument("--length-ratio", type=number, help="how many times as long one side of a pair may be")
    parser.set_defaults(shared_calls=0, no_repairs=False)
    return parser.parse_args()


def main() -> int:
    args = parse_args()
    from math_solver.commands.tokenize import tokenize_dataset

    return tokenize_dataset(args)


if __name__ == "__main__":
    run_command(main)
