"""A page on this machine to decide about the answers that the verifier could not settle, one key a decision.

    python scripts/review.py --input output/attempts.jsonl --output output/decisions.jsonl
    python scripts/review.py --output output/decisions.jsonl --export-pairs output/pairs.txt

Each decision is on the disk before the next answer is shown; leave with Ctrl-C, the same command goes on.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from math_solver.commands.command import check_paths, run_command


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--input", type=Path, nargs="+", help="attempts (JSONL) that evaluate.py wrote")
    parser.add_argument("--output", type=Path, required=True, help="decisions (JSONL); those in it stand")
    parser.add_argument("--include", choices=["unverifiable", "incorrect", "all"], default="unverifiable",
                        help="what to ask about; each holds the one before it")  # fmt: skip
    parser.add_argument("--again", action="store_true", help="ask again what was skipped")
    parser.add_argument("--limit", type=int, help="ask about at most this many answers")
    parser.add_argument("--export-pairs", type=Path, metavar="FILE",
                        help="write the decisions as rows for tests/answers/pairs.txt and end")  # fmt: skip
    parser.add_argument("--host", default="127.0.0.1", help="another one wants PAGE_PASSWORD (user: people)")
    parser.add_argument("--port", type=int, default=7861, help="0: any free one")
    args = parser.parse_args()
    if not args.input and not args.export_pairs:
        parser.error("--input is needed: the attempts to decide about")
    return args


def main() -> None:
    args = parse_args()
    if args.export_pairs:
        return export(args.output, args.export_pairs, args.input or [])
    from itertools import chain

    from math_solver.evaluation import Attempt, Decision
    from math_solver.pages.deciding import Review, cards
    from math_solver.pages.serving import bind, serve
    from math_solver.pages.store import Store
    from math_solver.records import RecordError, read_records

    attempts = chain.from_iterable(read_records(path, Attempt) for path in args.input)
    asked = cards(attempts, args.include)[: args.limit]
    if not asked:
        raise RecordError(f"{args.input[0]}: no answer to decide about; --include incorrect or all asks about more")
    with bind(args.host, args.port) as listener, Store(args.output, Decision) as store:
        review = Review(asked, store, again=args.again)
        print(f"{len(asked)} answers to decide about, {review.standing().done} of them decided; Ctrl-C leaves")
        from math_solver.pages.review_page import build_review

        serve(lambda: build_review(review), listener)
        print(f"{args.output}: {review.standing().done} of {len(asked)} decided")


def export(decisions: Path, output: Path, others: Sequence[Path]) -> None:
    """Write the rows as a whole or not at all, and say what was left out."""
    from math_solver.disk import write_text
    from math_solver.evaluation import Decision
    from math_solver.pages.deciding import pair_lines
    from math_solver.records import read_records

    check_paths([decisions, *others], [output])
    rows, dropped = pair_lines(read_records(decisions, Decision))
    write_text(output, "## decided by people\n" + "".join(f"{row}\n" for row in rows))
    print(f"{output}: {len(rows)} rows, left out {dropped.total()}", *(f"({n} {why})" for why, n in dropped.items()))


if __name__ == "__main__":
    run_command(main)
