"""Have a teacher solve problems with Python, and keep what the verifier holds to be correct.

    python scripts/synthesize.py --input output/problems.jsonl --output output/trajectories.jsonl \\
        --endpoint http://127.0.0.1:8000/v1 --model NAME --samples 4 --max-cost 5 --price-in 0.5 --price-out 1.5

Beside the output lie what was rejected, what failed and why, a summary, and the ledger: every request and its answer.
Killed or interrupted, the same command goes on without asking anything twice; with other options it asks only what
was not asked before. --max-cost and --max-tokens-total hold for all runs with one ledger. A question that refers back
to another is asked behind the first accepted solution of that; where there is none, it is not asked.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from math_solver.commands.command import count, file_path, run_command


def parse_args() -> argparse.Namespace:
    from math_solver.commands.teaching import add_budget, add_solving, add_teacher

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    problems = parser.add_argument_group("problems")
    problems.add_argument("--input", type=Path, required=True, help="problems with gold answers (JSONL)")
    problems.add_argument("--limit", type=count, help="only so many problems: the first, or a sample with --seed")
    problems.add_argument("--seed", type=int, help="seed of that sample")
    add_teacher(parser)
    add_solving(parser)
    which = parser.add_argument_group("what is wanted")
    which.add_argument("--samples", type=int, default=4, help="the most that a problem gets")
    which.add_argument("--accept", type=int, help="distinct accepted solutions that are enough (default: all)")
    which.add_argument("--give-up", type=int, help="samples without an accepted one that are enough (default: all)")
    which.add_argument("--allow-no-code", action="store_true", help="accept solutions without a program too")
    add_budget(parser)
    results = parser.add_argument_group("results")
    results.add_argument("--output", type=file_path, required=True, help="accepted trajectories (JSONL)")
    results.add_argument("--rejected", type=file_path, help="rejected trajectories (default: beside the output)")
    results.add_argument("--ledger", type=file_path, help="may be shared by outputs (default: beside the output)")
    results.add_argument("--retry-failed", action="store_true", help="send again what earlier runs gave up")
    return parser.parse_args()


def main() -> None:
    args = parse_args()
    from math_solver.commands.teaching import plan_of, recipe_of
    from math_solver.evaluation import choose
    from math_solver.records import Problem, read_records
    from math_solver.synthesis.session import Files, synthesize
    from math_solver.synthesis.steering import Policy

    files = Files.beside(args.output, rejected=args.rejected, ledger=args.ledger)
    files.check([args.input, *([args.endpoints] if args.endpoints else [])])
    policy = Policy(args.samples, args.accept or args.samples, args.give_up or args.samples)
    plan = plan_of(args, recipe_of(args, text=args.allow_no_code), policy)
    problems = choose(list(read_records(args.input, Problem)), limit=args.limit, seed=args.seed)
    for line in synthesize(problems, plan, files).lines():
        print(line)


if __name__ == "__main__":
    run_command(main)
