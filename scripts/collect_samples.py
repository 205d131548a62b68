"""Turn a model's answers into trajectories, right and wrong, for curation and for preference pairs.

python scripts/collect_samples.py --input output/samples.jsonl --output output/solutions.jsonl

The input is what scripts/evaluate.py --samples leaves. All answers are kept, so that scripts/curate.py knows each
problem's pass rate; it takes those that are right (--verdicts correct), and scripts/build_dataset.py --stage dpo both.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from math_solver.commands.command import check_paths, file_path, run_command


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--input", type=Path, required=True, help="attempts (JSONL, scripts/evaluate.py)")
    parser.add_argument("--output", type=file_path, required=True, help="trajectories (JSONL)")
    parser.add_argument("--name", help="whose answers they are (default: what the run was called)")
    return parser.parse_args()


def main() -> None:
    args = parse_args()
    from collections import Counter

    from math_solver.evaluation import circumstances_path, read_run, solutions_of
    from math_solver.records import Drop, Trajectory, write_jsonl

    check_paths([args.input, circumstances_path(args.input)], [args.output])
    run = read_run(args.input, args.name)
    found = list(solutions_of(run.attempts, run.name))
    solutions = [one for one in found if isinstance(one, Trajectory)]
    written = write_jsonl(args.output, solutions)
    right = sum(one.verdict is not None and one.verdict.correct for one in solutions)
    dropped = Counter(one.reason for one in found if isinstance(one, Drop))
    print(f"{args.output}: kept {written}, {right} of them right; dropped {dropped.total()}", end="")
    print(*(f" ({number} {reason})" for reason, number in dropped.items()), sep="")


if __name__ == "__main__":
    run_command(main)
