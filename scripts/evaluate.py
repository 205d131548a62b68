"""Ask an OpenAI-compatible endpoint to solve problems, judge its answers, print the accuracy by subject.

    python scripts/evaluate.py --base-url http://127.0.0.1:8000/v1 --input data/problems_heldout.jsonl \\
        --output output/attempts.jsonl
"""

from __future__ import annotations

import argparse
import asyncio
import os
from pathlib import Path
from typing import TYPE_CHECKING

from math_solver.command import run_command

if TYPE_CHECKING:
    from math_solver.evaluation import Attempt
    from math_solver.records import Problem


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base-url", default="http://127.0.0.1:8000/v1", help="the key is read from API_KEY")
    parser.add_argument("--model", default="math-solver")
    parser.add_argument("--input", type=Path, required=True, help="problems (JSONL)")
    parser.add_argument("--output", type=Path, required=True, help="attempts (JSONL)")
    parser.add_argument("--tool", action=argparse.BooleanOptionalAction, default=True, help="let it run Python")
    parser.add_argument("--max-tokens", type=int, default=512, help="of a whole solution")
    parser.add_argument("--per-subject", type=int, help="only the first so many problems of each subject")
    parser.add_argument("--limit", type=int, help="only the first so many problems")
    parser.add_argument("--workers", type=int, default=8, help="requests in flight")
    return parser.parse_args()


def main() -> None:
    args = parse_args()
    from math_solver.evaluation import choose, tally
    from math_solver.records import Problem, RecordError, read_records, write_jsonl

    problems = choose(read_records(args.input, Problem), per_group=args.per_subject, limit=args.limit)
    group = asyncio.run(ask(problems, args))
    write_jsonl(args.output, group)
    if group and all(attempt.error for attempt in group):
        raise RecordError(f"{args.base_url}: every request failed ({group[0].error}); is the server running?")
    for name, row in tally(group, lambda problem: problem.subject or problem.source).items():
        print(f"{name:24} {row.correct:4} of {row.total:4}  {row.accuracy:6.1%}")


async def ask(problems: list[Problem], args: argparse.Namespace) -> list[Attempt]:
    """All attempts in the order of the problems; a request that fails is an attempt too."""
    from openai import AsyncOpenAI
    from tqdm import tqdm

    from math_solver.evaluation import attempts

    group = {}
    async with AsyncOpenAI(base_url=args.base_url, api_key=os.environ.get("API_KEY", "none"), timeout=600) as client:
        stream = attempts(
            client, args.model, problems, tool=args.tool, workers=args.workers, max_tokens=args.max_tokens
        )
        with tqdm(total=len(problems), desc="solve", disable=None) as bar:
            async for attempt in stream:
                group[attempt.problem.id] = attempt
                bar.update()
    return [group[problem.id] for problem in problems]


if __name__ == "__main__":
    run_command(main)
