"""Write the problems of a benchmark, from the Hugging Face hub or from a local copy of it.

python scripts/fetch_problems.py --benchmark gsm8k --output output/gsm8k.jsonl --limit 200 --seed 1
"""

from __future__ import annotations

import argparse
from pathlib import Path

from math_solver.commands.command import run_command


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--benchmark", required=True, help='its name; "list" prints all of them')
    parser.add_argument("--benchmark-file", type=Path, help="a local copy: JSONL, JSON, parquet, or its folder")
    parser.add_argument("--output", type=Path, help="problems (JSONL)")
    parser.add_argument("--limit", type=int, help="only so many problems: the first, or a sample with --seed")
    parser.add_argument("--seed", type=int, help="seed of the sample that --limit takes")
    return parser.parse_args()


def main() -> None:
    args = parse_args()
    from math_solver.evaluation import choose
    from math_solver.records import RecordError, write_jsonl
    from math_solver.sources.benchmarks import BENCHMARKS, load

    if args.benchmark == "list":
        for name, benchmark in BENCHMARKS.items():
            print(f"{name:18} {benchmark.title:28} {benchmark.hub.repository if benchmark.hub else 'generated'}")
        return
    if args.output is None:
        raise RecordError("--output is missing: name the file that gets the problems")
    problems = choose(load(args.benchmark, args.benchmark_file), limit=args.limit, seed=args.seed)
    print(f"{args.output}: {write_jsonl(args.output, problems)} problems")


if __name__ == "__main__":
    run_command(main)
