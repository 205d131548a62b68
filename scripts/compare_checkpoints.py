"""Serve each checkpoint of an adapter, let it solve held-out problems, and name the one with the most right answers.

    python scripts/compare_checkpoints.py --adapter output/qwen2_tiny/lora --input data/problems_heldout.jsonl \\
        --serve examples/inference/qwen2_tiny.yaml --output output/checkpoints

The run must have kept checkpoints: save_strategy: steps and save_steps in its recipe, or behind the command of
llamafactory-cli train. Printed are loss and accuracy by step, drawn in checkpoints.png in --output. Killed or
interrupted, the same command goes on where it stopped. Choose on these problems, and report on others: the best of
many checkpoints owes part of its lead to chance.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from math_solver.commands.command import number, run_command


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--adapter", type=Path, required=True, help="output_dir of a LoRA run")
    parser.add_argument("--serve", type=Path, required=True, help="a YAML of llamafactory-cli api")
    parser.add_argument("--base", help="the base model (default: the one the adapter was trained on)")
    parser.add_argument("--steps", type=int, nargs="+", help="only the checkpoints of these steps")
    which = parser.add_argument_group("problems")
    which.add_argument("--input", type=Path, required=True, help="problems (JSONL) that nobody trained on")
    which.add_argument("--per-subject", type=int, help="only so many problems of each subject")
    which.add_argument("--limit", type=int, help="only so many problems: the first, or a sample with --seed")
    which.add_argument("--seed", type=int, help="seed of that sample")
    how = parser.add_argument_group("how to solve")
    how.add_argument("--tool", action=argparse.BooleanOptionalAction, default=True, help="let it run Python")
    how.add_argument("--max-tokens", type=int, default=512, help="of a whole solution")
    how.add_argument("--temperature", type=number, default=0.0)
    how.add_argument("--samples", type=int, default=1, help="answers to each problem, with a temperature")
    how.add_argument("--workers", type=int, default=8, help="requests in flight")
    parser.add_argument("--output", type=Path, required=True, help="folder for attempts and the picture")
    return parser.parse_args()


def main() -> None:
    args = parse_args()
    from math_solver.commands.checkpoints import compare_checkpoints

    compare_checkpoints(args)


if __name__ == "__main__":
    run_command(main)
