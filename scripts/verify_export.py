"""Check that a merged model answers as its adapter does: greedy answers, token for token.

python scripts/verify_export.py --recipe examples/merge_lora/qwen2_tiny_lora.yaml --input data/problems_heldout.jsonl
"""

from __future__ import annotations

import argparse
from pathlib import Path

from math_solver.commands.command import run_command


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--recipe", type=Path, required=True, help="the YAML of llamafactory-cli export")
    parser.add_argument("--input", type=Path, required=True, help="problems (JSONL) to answer")
    parser.add_argument("--limit", type=int, default=16, help="problems to answer, spread over the file")
    parser.add_argument("--max-tokens", type=int, default=128)
    return parser.parse_args()


def main() -> None:
    args = parse_args()
    from math_solver.dataset.preflight import compare_export
    from math_solver.records import Problem, RecordError, read_records

    problems = [problem for problem in read_records(args.input, Problem) if problem.follows is None]
    questions = [problem.question for problem in problems[:: max(1, len(problems) // args.limit)]][: args.limit]
    different = [
        pair for pair in compare_export(args.recipe, questions, args.max_tokens) if pair.adapter != pair.merged
    ]
    print(f"{len(questions) - len(different)} of {len(questions)} answers of the merged model equal the adapter's")
    if different:
        first = different[0]
        raise RecordError(f"{first.question!r}: adapter {first.adapter!r}, merged {first.merged!r}")


if __name__ == "__main__":
    run_command(main)
