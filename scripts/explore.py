"""A page on this machine to look at datasets: what is in them, row by row, and what curation left out and why.

    python scripts/explore.py output/curated.jsonl
    python scripts/explore.py output/solved.jsonl output/solved.rejected.jsonl --tokenizer examples/tiny_base
    python scripts/explore.py output/problems.jsonl --near 0.7

Trajectories, problems, rendered rows and other people's corpora are read; the victims that curate.py left beside a
file come along. A selection is saved as a file of --output; inputs are never written. Leave with Ctrl-C.
"""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack
from pathlib import Path

from math_solver.commands.command import count, number, run_command


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("input", type=Path, nargs="+", metavar="FILE", help="files, or folders of them")
    parser.add_argument("--source", help="name of a corpus (import_trajectories.py --list); default: told by the rows")
    parser.add_argument("--tokenizer", metavar="NAME", help="folder or hub name: lengths in tokens too")
    parser.add_argument("--near", type=number, metavar="SIMILARITY",
                        help="put questions that are alike in clusters, as curate.py compares them (0.7)")  # fmt: skip
    parser.add_argument("--limit", type=count, help="read only this many rows of each file")
    parser.add_argument("--output", type=Path, default=Path("output"), help="folder in which selections are saved")
    parser.add_argument("--host", default="127.0.0.1", help="another one wants PAGE_PASSWORD (user: people)")
    parser.add_argument("--port", type=int, default=7863, help="0: any free one")
    args = parser.parse_args()
    if args.near is not None and not 0 <= args.near <= 1:
        parser.error("--near must be from 0 to 1")
    return args


def main() -> None:
    args = parse_args()
    from tqdm import tqdm

    from math_solver.commands.explore import beside, count_tokens, notes_beside, read_items
    from math_solver.pages.exploring.explorer import Explorer
    from math_solver.pages.serving import bind, serve
    from math_solver.records import RecordError

    files = beside(args.input)
    counting = count_tokens(args.tokenizer) if args.tokenizer else None
    with bind(args.host, args.port) as listener, ExitStack() as stack:
        explorer = stack.enter_context(Explorer(files, args.output, counting, notes_beside(files), args.near))
        for row in tqdm(read_items(files, args.source, args.limit), "reading", unit=" rows", disable=None):
            explorer.take(*row)
        explorer.finish()
        for drop in explorer.unreadable_rows[:5]:
            print(f"left out: {drop.detail}", file=sys.stderr)
        if not len(explorer.rows) and not len(explorer.left_out):
            raise RecordError(f"{files[0]}: holds no row that can be read")
        print(*explorer.summary(), "Ctrl-C leaves", sep="; ")
        from math_solver.pages.explore_page import build_explore

        serve(lambda: build_explore(explorer), listener)


if __name__ == "__main__":
    run_command(main)
