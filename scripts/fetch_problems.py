"""Write the problems of a corpus for training, or of a benchmark for the evaluation, from files or from the hub.

python scripts/fetch_problems.py --input gsm8k/train.jsonl --licences permissive --output output/problems.jsonl
python scripts/fetch_problems.py --benchmark gsm8k --output output/gsm8k.jsonl --limit 200 --seed 1
"""

from __future__ import annotations

import argparse
from pathlib import Path

from math_solver.commands.command import file_path, run_command


def parse_args() -> argparse.Namespace:
    from math_solver.sources.options import add_options

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_options(parser)
    parser.add_argument("--output", type=file_path, help="problems (JSONL)")
    parser.add_argument("--benchmark", help='for the evaluation: name of a benchmark; "list" prints all of them')
    parser.add_argument("--benchmark-file", type=Path, help="a local copy: JSONL, JSON, parquet, or its folder")
    return parser.parse_args()


def main() -> None:
    args = parse_args()
    from math_solver.records import RecordError, write_jsonl
    from math_solver.sources.options import kept, print_sources, reading, report

    if args.list:
        print_sources()
    elif args.benchmark:
        fetch_benchmark(args)
    elif args.input or args.source or args.columns:
        from math_solver.answers import extract_answer
        from math_solver.sources.tally import Tally

        tally = Tally()
        written = write_jsonl(args.output, kept(reading(args, extract_answer).problems(), args, tally))
        report(tally)
        print(f"{args.output}: {written} problems")
    else:
        raise RecordError("name files with --input, a corpus with --source, or a benchmark with --benchmark")


def fetch_benchmark(args: argparse.Namespace) -> None:
    from math_solver.evaluation import choose
    from math_solver.records import RecordError, write_jsonl
    from math_solver.sources.benchmarks import BENCHMARKS, load
    from math_solver.sources.options import check_outputs

    if args.benchmark == "list":
        for name, benchmark in BENCHMARKS.items():
            print(f"{name:18} {benchmark.title:28} {benchmark.hub.repository if benchmark.hub else 'generated'}")
        return
    if args.input or args.source or args.columns:
        raise RecordError("--benchmark: a benchmark is asked, not trained on; its local copy is --benchmark-file")
    if args.output is None:
        raise RecordError("--output is missing: name the file that gets the problems")
    check_outputs([args.benchmark_file] if args.benchmark_file else [], args.output)
    problems = choose(load(args.benchmark, args.benchmark_file), limit=args.limit, seed=args.seed)
    if not problems:
        raise RecordError(f"{args.output}: no problem was taken; nothing was written")
    print(f"{args.output}: {write_jsonl(args.output, problems)} problems")


if __name__ == "__main__":
    run_command(main)
