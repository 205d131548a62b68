"""Import solutions with code; those of old transcripts are run again and kept where their output supports them.

python scripts/import_trajectories.py --input data/seed_transcripts.json --output output/transcripts.jsonl
python scripts/import_trajectories.py --input numinamath_tir/ --licences permissive --output output/tir.jsonl
"""

from __future__ import annotations

import argparse
import sys

from math_solver.commands.command import count, file_path, run_command


def parse_args() -> argparse.Namespace:
    from math_solver.sources.options import add_options

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_options(parser)
    parser.add_argument("--output", type=file_path, help="trajectories, one JSON object a line")
    parser.add_argument("--in-words", action="store_true", help="take the solutions without programs instead")
    parser.add_argument("--workers", type=count, default=2, help="programs of transcripts that run at a time")
    return parser.parse_args()


def main() -> None:
    args = parse_args()
    from math_solver.sources.options import kept, print_sources, reading, report

    if args.list:
        print_sources()
        return
    from math_solver.answers import extract_answer
    from math_solver.records import write_jsonl
    from math_solver.sources.tally import Tally

    job = reading(args, extract_answer)
    if not args.in_words and job.is_transcripts():
        run_transcripts(args)
        return
    tally = Tally()
    solutions = job.solutions_in_words() if args.in_words else job.trajectories()
    written = write_jsonl(args.output, kept(solutions, args, tally))
    report(tally)
    what = "solutions in words" if args.in_words else "trajectories with the outputs that their source stored"
    print(f"{args.output}: {written} {what}; nothing was run")


def run_transcripts(args: argparse.Namespace) -> None:
    from tqdm import tqdm

    from math_solver.dataset.validation.drafts import (
        Drop,
        Validated,
        deduplicate,
        library_versions,
        select,
        tally,
        validate,
    )
    from math_solver.interpreter import Interpreter, InterpreterError, Limits
    from math_solver.journal import Journal, fingerprint
    from math_solver.records import RecordError, Trajectory, write_jsonl
    from math_solver.sources.files import find_files
    from math_solver.sources.transcripts import read_drafts

    drafts = list(deduplicate(select(read_drafts(find_files(args.input)), args.limit, args.seed)))
    versions = library_versions()
    job = {"rows": len(drafts), "input": fingerprint(drafts), "versions": versions}
    beside = args.output.with_name(f"{args.output.name}.journal")
    try:
        with (
            Journal[Validated](beside, job, (Trajectory, Drop)) as journal,
            Interpreter(Limits(concurrency=args.workers)) as interpreter,
        ):
            results = validate(
                drafts[len(journal.records) :], interpreter.run, versions=versions, workers=args.workers
            )
            for result in tqdm(results, initial=len(journal.records), total=len(drafts), unit="row", disable=None):
                journal.append(result)
                if isinstance(result, Drop) and result.reason == "unreadable_row":
                    tqdm.write(f"left out: {result.detail}", file=sys.stderr)
            write_jsonl(args.output, (record for record in journal.records if isinstance(record, Trajectory)))
            if args.refused:
                write_jsonl(args.refused, (record for record in journal.records if isinstance(record, Drop)))
            journal.finish()
    except InterpreterError as error:
        raise RecordError(f"{args.output}: not finished: {error}; scripts/doctor.py says more") from error
    print(tally(journal.records))


if __name__ == "__main__":
    run_command(main)
