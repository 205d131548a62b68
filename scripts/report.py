"""Write a report on attempts, or compare several: one HTML page, and its figures as JSON.

    python scripts/report.py --input output/off.jsonl output/on.jsonl --output output/report.html

Inputs are files of attempts (scripts/evaluate.py) or the JSON files of earlier reports; all that are given are
compared pair by pair. A table of them is printed too: how each comes to an answer (one solution, checked, a vote of
several, both), its accuracy, tokens and seconds.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from math_solver.commands.command import check_paths, file_path, run_command


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--input", type=Path, nargs="+", required=True, help="attempts (JSONL) or reports (JSON)")
    parser.add_argument("--name", nargs="+", help="what to call the files of attempts, in their order")
    parser.add_argument("--decisions", type=Path, help="people's decisions (JSONL, scripts/review.py)")
    parser.add_argument("--output", type=file_path, required=True, help="the page (HTML); the figures go beside it")
    parser.add_argument("--title")
    parser.add_argument("--seed", type=int, default=0, help="of the bootstrap")
    return parser.parse_args()


def main() -> None:
    args = parse_args()
    from math_solver.evaluation import Decision, circumstances_path, read_run
    from math_solver.records import RecordError, read_records
    from math_solver.report import figures_path, read_figures, ways_as_text, write_report

    attempts = [path for path in args.input if path.suffix != ".json"]
    if args.name and len(args.name) != len(attempts):
        raise RecordError(
            f"--name has {len(args.name)} names for {len(attempts)} files of attempts; give one for each"
        )
    read = [*args.input, *map(circumstances_path, attempts), *([args.decisions] if args.decisions else [])]
    check_paths(
        read,
        [args.output, figures_path(args.output)],
        replaced="is an input and would be replaced; name another --output",
    )
    names = args.name or [None] * len(attempts)
    runs = [read_run(path, name) for path, name in zip(attempts, names, strict=True)]
    earlier = [run for path in args.input if path.suffix == ".json" for run in read_figures(path)]
    decisions = list(read_records(args.decisions, Decision)) if args.decisions else []
    beside = write_report(args.output, runs, earlier=earlier, decisions=decisions, title=args.title, seed=args.seed)
    print(*ways_as_text(read_figures(beside)), sep="\n")
    print(f"{args.output}: open it in a browser; {beside} holds the same figures")


if __name__ == "__main__":
    run_command(main)
