"""Generate problems with exact answers from the project's families, and on request their executed solutions.

python scripts/generate_problems.py --output output/problems.jsonl --exclude data/problems_heldout.jsonl
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from math_solver.commands.command import check_paths, count, file_path, run_command

if TYPE_CHECKING:
    from math_solver.sources.families import Draft


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=file_path, required=True, help="problems (JSONL)")
    parser.add_argument("--trajectories", type=file_path, help="also run a solution of each problem and write it here")
    parser.add_argument("--per-family", type=count, default=100, help="problems of each family")
    parser.add_argument(
        "--family",
        "--families",
        nargs="+",
        help='only these families; "embedded": those that examples/tiny_base was built on',
    )
    parser.add_argument("--exclude", type=Path, nargs="*", default=[], help="problem files to keep apart from")
    parser.add_argument("--known", action="store_true", help="begin each family with its well-known instances")
    parser.add_argument(
        "--follow-ups",
        type=float,
        default=0.0,
        metavar="SHARE",
        help="of the problems that get questions referring back",
    )
    parser.add_argument("--kept-wordings", action="store_true", help="word follow-ups as no training row does")
    parser.add_argument("--unseen-phrasings", action="store_true", help="word problems as no training row does")
    parser.add_argument(
        "--noise", type=float, default=0.0, metavar="SHARE", help="of the questions that are typed as people type"
    )
    parser.add_argument(
        "--slips", type=float, default=0.0, metavar="SHARE", help="of the solutions whose first program goes wrong"
    )
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--limit", type=count, help="stop after this many problems")
    parser.add_argument("--workers", type=count, default=2, help="programs that run at the same time")
    return parser.parse_args()


def main() -> None:
    args = parse_args()
    from itertools import islice

    from math_solver.records import Problem, RecordError, read_records, write_jsonl
    from math_solver.sources.families import FollowUps, Writing, asked_keys, generate

    check_paths(args.exclude, filter(None, (args.output, args.trajectories)))
    try:
        follow_ups = FollowUps(args.follow_ups, args.kept_wordings)
    except ValueError as error:
        raise RecordError(f"--follow-ups: {error}") from error
    try:
        writing = Writing(args.noise, args.unseen_phrasings, args.slips)
    except ValueError as error:
        raise RecordError(f"--noise, --slips: {error}") from error
    seen = {key for path in args.exclude for problem in read_records(path, Problem) for key in asked_keys(problem.id)}
    stream = generate(
        args.per_family,
        args.seed,
        exclude=seen,
        known=args.known,
        names=args.family or (),
        follow_ups=follow_ups,
        writing=writing,
    )
    drafts = list(islice(stream, args.limit))
    written = write_jsonl(args.output, (draft.problem for draft in drafts))
    following = sum(draft.problem.follows is not None for draft in drafts)
    print(f"{args.output}: {written} problems" + (f", {following} of them follow-ups" if following else ""))
    if args.trajectories:
        write_solutions(drafts, args)


def write_solutions(drafts: list[Draft], args: argparse.Namespace) -> None:
    """Run each draft's program and keep the solutions whose output is the gold answer, and refusals."""
    from tqdm import tqdm

    from math_solver.answers import verify_answer
    from math_solver.dataset.sharegpt import reason_to_drop
    from math_solver.dataset.validation.drafts import map_in_order
    from math_solver.interpreter import Interpreter
    from math_solver.records import write_jsonl
    from math_solver.sources.families import solve

    with Interpreter() as interpreter:
        solved = map_in_order(lambda draft: solve(draft, interpreter.run, verify_answer), drafts, args.workers)
        trajectories = list(tqdm(solved, total=len(drafts), desc="run solutions", disable=None))
    kept = [trajectory for trajectory in trajectories if reason_to_drop(trajectory) is None]
    print(f"{args.trajectories}: kept {write_jsonl(args.trajectories, kept)}, dropped {len(drafts) - len(kept)}")


if __name__ == "__main__":
    run_command(main)
