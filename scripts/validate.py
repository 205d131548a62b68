"""Run every program of a dataset again, and say of each row whether it is valid, with a proof that can be checked.

python scripts/validate.py --input output/trajectories.jsonl --output output/validated.jsonl
python scripts/validate.py --check output/validated.jsonl --execute
python scripts/validate.py --input output/validated.jsonl --output output/judged.jsonl --metamorphic \\
    --variants 2 --output-variants output/variants.jsonl

Beside OUTPUT, which holds the valid rows, lie the invalid ones with their reasons (OUTPUT.invalid.jsonl), and what
could not be read (OUTPUT.unreadable.jsonl). A run that was stopped goes on where it was, by the same command.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from math_solver.commands.command import count, file_path, number, run_command


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--input", nargs="+", type=Path, help="trajectories, sharegpt files, or corpora with code; files or folders")
    add("--source", help="name of the corpus; default: told by the rows of each file")
    add("--output", type=file_path, help="the valid rows (JSONL)")
    add("--report", type=file_path, help="counts, versions and options (JSON)")
    add("--refresh", action="store_true", help="put real outputs in the place of stored ones that differ")
    add("--runs", type=int, default=1, help="times that all programs run, and must print the same")
    add("--metamorphic", action="store_true", help="say of each valid row whether its program depends on its problem")
    add("--variants", type=int, default=0, help="problems with other numbers to make of a row whose program does")
    add("--output-variants", type=file_path, help="where these go (JSONL): problems with their answers and programs")
    add("--seed", type=int, default=0, help="of the numbers that --metamorphic changes")
    add("--check", type=Path, metavar="FILE", help="prove the rows of a validated file again, by their hashes")
    add("--execute", action="store_true", help="with --check: by running their programs, too")
    add("--timeout", type=number, default=5.0, help="seconds for a program")
    add("--memory-mb", type=int, default=1024)
    add("--output-chars", type=int, default=2000, help="characters of an output that a model sees")
    add("--workers", type=int, help="programs that run at a time; default: as many as there are processors")
    add("--ray", metavar="ADDRESS", help="run them over a Ray cluster: HOST:PORT, auto, or local to start one")
    add("--limit", type=count, help="read only the first rows")
    args = parser.parse_args()
    if args.check is None and (args.input is None or args.output is None):
        parser.error("name --input and --output, or a file to --check")
    return args


def main() -> int | None:
    args = parse_args()
    from math_solver.commands.validate import check, validate

    if args.check is not None:
        return check(args)
    validate(args)
    return None


if __name__ == "__main__":
    run_command(main)
