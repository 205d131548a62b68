"""Check that a merged model is the one that was trained, and refuse it where it is worse than its adapter.

    python scripts/verify_export.py --recipe examples/merge_lora/qwen2_tiny_lora.yaml \\
        --input data/problems_heldout.jsonl

Compared with the adapter on its base, each with its tolerance: the chances of the next token at each token of the
adapter's greedy answers, as their divergence in nats (on the embedded base, rounding the merged weights to bfloat16
cost 0.0005, half of an adapter's effect 0.1, all of it 0.6 to 9); those answers, which must be equal, but for one in
four where the merged weights have 16 bits; and with --serve whole solutions by the project's own server. Further, that
the chat template saved with the model, by which other servers write prompts, spells the tokens that were trained.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from math_solver.commands.command import count, number, run_command


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--recipe", type=Path, required=True, help="the YAML of llamafactory-cli export")
    parser.add_argument("--input", type=Path, required=True, help="problems (JSONL) to answer")
    parser.add_argument("--limit", type=int, default=16, help="problems to answer, spread over the file")
    parser.add_argument(
        "--max-tokens", type=count, default=128, help="of an answer, which ends with its first program"
    )
    parser.add_argument("--max-divergence", type=number, default=0.01, help="of the next token, in nats")
    parser.add_argument("--trained-by", type=Path, help="the YAML of the training, whose template must be the same")
    parser.add_argument(
        "--template", action=argparse.BooleanOptionalAction, default=True, help="check the saved chat template"
    )
    solutions = parser.add_argument_group("whole solutions")
    solutions.add_argument(
        "--serve", type=Path, help="a YAML of llamafactory-cli api: also solve the problems with it"
    )
    solutions.add_argument("--solution-tokens", type=count, default=512, help="of a whole solution")
    solutions.add_argument("--lost", type=number, default=0.02, help="share of the problems that may be lost")
    solutions.add_argument("--workers", type=count, default=8, help="requests in flight")
    return parser.parse_args()


def main() -> None:
    args = parse_args()
    from math_solver.commands.exporting import verify_export

    verify_export(args)


if __name__ == "__main__":
    run_command(main)
