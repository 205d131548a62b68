"""Ask an OpenAI-compatible endpoint to solve problems, judge its answers, print the accuracy by subject.

    python scripts/evaluate.py --base-url http://127.0.0.1:8000/v1 --input data/problems_heldout.jsonl \\
        --output output/attempts.jsonl --report output/report.html

A problem that follows another ("And half of that?") is asked right behind it, in one conversation.

With --votes 8 each answer is the majority of eight solutions, --check has the model test it by another way, and
--explain has the solution explained; scripts/report.py puts the accuracy, tokens and seconds of such runs beside each
other.

Killed or interrupted, the same command goes on where it stopped. Requests that never got through count as wrong
and are asked again by the next run of the same command.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from math_solver.commands.command import file_path, number, run_command


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    problems = parser.add_argument_group("problems").add_mutually_exclusive_group(required=True)
    problems.add_argument("--input", type=Path, help="problems (JSONL)")
    problems.add_argument("--benchmark", help="a benchmark by name; scripts/fetch_problems.py --benchmark list")
    which = parser.add_argument_group("which of them")
    which.add_argument("--benchmark-file", type=Path, help="a local copy of the benchmark")
    which.add_argument("--per-subject", type=int, help="only so many problems of each subject")
    which.add_argument("--limit", type=int, help="only so many problems: the first, or a sample with --seed")
    which.add_argument("--seed", type=int, help="seed of that sample; the same seed takes the same problems")
    endpoint = parser.add_argument_group("endpoint")
    endpoint.add_argument("--base-url", default="http://127.0.0.1:8000/v1", help="the key is read from API_KEY")
    endpoint.add_argument("--model", default="math-solver")
    endpoint.add_argument("--workers", type=int, default=8, help="requests in flight")
    endpoint.add_argument("--retries", type=int, default=5, help="after 429, 5xx and lost connections, with backoff")
    endpoint.add_argument("--timeout", type=number, default=600, help="seconds for a request")
    how = parser.add_argument_group("how to solve")
    how.add_argument("--tool", action=argparse.BooleanOptionalAction, default=True, help="let it run Python")
    how.add_argument("--loop", choices=["server", "client"], default="server", help="who runs the programs")
    how.add_argument("--form", choices=["fenced", "native"], default="fenced", help="calls with --loop client")
    how.add_argument("--rounds", type=int, default=6, help="programs a solution may run, with --loop client")
    how.add_argument("--max-tokens", type=int, default=512, help="of a whole solution")
    how.add_argument("--temperature", type=number, default=0.0)
    how.add_argument("--top-p", type=number)
    how.add_argument("--samples", type=int, default=1, help="answers to each problem, for pass@k and maj@k")
    how.add_argument("--votes", type=int, default=1, metavar="K", help="each answer is the majority of K solutions")
    how.add_argument("--check", action="store_true", help="each answer is tested by another way before it counts")
    how.add_argument("--explain", action="store_true", help="each solution is explained, and the explanation tested")
    how.add_argument("--conversation", type=int, default=1, metavar="N", help="ask N problems one behind the other")
    how.add_argument("--stop-early", action="store_true", help="ask on only while the majority can still change")
    results = parser.add_argument_group("results")
    results.add_argument("--output", type=file_path, required=True, help="attempts (JSONL)")
    results.add_argument("--fresh", action="store_true", help="forget what an interrupted run left")
    results.add_argument("--name", help="what the report calls this run (default: the output's name)")
    results.add_argument("--report", type=file_path, help="also write a report (HTML, and its figures as JSON)")
    return parser.parse_args()


def main() -> None:
    args = parse_args()
    from math_solver.commands.evaluate import evaluate_endpoint

    evaluate_endpoint(args)


if __name__ == "__main__":
    run_command(main)
