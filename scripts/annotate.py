"""A page on this machine to write a solution, or mend a model's, run it and save it into a dataset of trajectories.

    python scripts/annotate.py --output output/annotated.jsonl
    python scripts/annotate.py --output output/annotated.jsonl --base-url http://127.0.0.1:8000/v1

Every change is kept as a draft beside the dataset; leave with Ctrl-C, the same command goes on.
"""

from __future__ import annotations

import argparse
from contextlib import ExitStack
from pathlib import Path

from math_solver.commands.command import check_paths, number, run_command


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, required=True, help="trajectories (JSONL); what is in it stays")
    parser.add_argument("--drafts", type=Path, help="default: OUTPUT.drafts.jsonl")
    parser.add_argument("--base-url", help="an OpenAI-compatible endpoint that solves; the key is read from API_KEY")
    parser.add_argument("--model", default="math-solver")
    parser.add_argument("--max-tokens", type=int, default=2048, help="of a whole solution")
    parser.add_argument("--timeout", type=number, default=5.0, help="seconds that one program may run")
    parser.add_argument("--host", default="127.0.0.1", help="another one wants PAGE_PASSWORD (user: people)")
    parser.add_argument("--port", type=int, default=7862, help="0: any free one")
    args = parser.parse_args()
    if not 0 < args.timeout <= 86400:
        parser.error("--timeout must be above 0, at most 86400")
    return args


def main() -> None:
    args = parse_args()
    from math_solver.interpreter import Interpreter, Limits
    from math_solver.pages.annotating import Bench
    from math_solver.pages.authoring import Teacher
    from math_solver.pages.drafts import Drafts
    from math_solver.pages.serving import bind, serve
    from math_solver.pages.store import Store
    from math_solver.records import Trajectory
    from math_solver.solving.endpoint import Endpoint

    beside = args.drafts or args.output.with_name(f"{args.output.name}.drafts.jsonl")
    check_paths([], [args.output, beside])
    endpoint = Endpoint(args.base_url, args.model, retries=1) if args.base_url else None
    model = Teacher(endpoint, max_tokens=args.max_tokens) if endpoint else None
    with ExitStack() as stack:
        listener = stack.enter_context(bind(args.host, args.port))
        dataset = stack.enter_context(Store(args.output, Trajectory))
        drafts = stack.enter_context(Drafts(beside))
        interpreter = stack.enter_context(Interpreter(Limits(timeout=args.timeout)))
        print(f"{args.output}: {len(dataset.records)} entries, {len(drafts.open)} open drafts; Ctrl-C leaves")
        from math_solver.pages.annotate_page import build_annotate

        bench = Bench(dataset, drafts, interpreter, model)
        serve(lambda: build_annotate(bench), listener)
        print(f"{args.output}: {len(dataset.records)} entries, {len(drafts.open)} open drafts")


if __name__ == "__main__":
    run_command(main)
