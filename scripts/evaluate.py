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
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from math_solver.commands.command import number, run_command

if TYPE_CHECKING:
    from math_solver.records import Problem


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
    results.add_argument("--output", type=Path, required=True, help="attempts (JSONL)")
    results.add_argument("--fresh", action="store_true", help="forget what an interrupted run left")
    results.add_argument("--name", help="what the report calls this run (default: the output's name)")
    results.add_argument("--report", type=Path, help="also write a report (HTML, and its figures as JSON)")
    return parser.parse_args()


def main() -> None:
    args = parse_args()
    from math_solver.evaluation import choose, figures, read_run, tally
    from math_solver.evaluation.session import Options, evaluate
    from math_solver.solving.endpoint import Endpoint

    check(args)
    problems = choose(read(args), per_group=args.per_subject, limit=args.limit, seed=args.seed)
    endpoint = Endpoint(args.base_url, args.model, args.retries, args.timeout)
    options = Options(**{name: getattr(args, name) for name in Options.__dataclass_fields__})
    about = {"name": args.name or args.output.stem, "problems_from": args.benchmark or str(args.input)}
    chosen = {"seed": args.seed, "limit": args.limit, "per_subject": args.per_subject}
    attempts = evaluate(problems, endpoint, options, args.output, about | chosen, fresh=args.fresh)
    for name, row in tally(attempts, lambda problem: problem.subject or problem.source).items():
        print(f"{name:24} {row.correct:4} of {row.total:4}  {row.accuracy:6.1%}")
    if args.conversation > 1 or any(problem.follows or problem.unanswerable for problem in problems):
        for label, share in more_of(figures(read_run(args.output))):
            low, high, number = share["low"], share["high"], share["n"]
            print(f"{label:24} {share['value']:20.1%}  ({low:.1%} to {high:.1%}, {number} problems)")
    if args.report:
        from math_solver.report import write_report

        write_report(args.report, [read_run(args.output)])
        print(f"{args.report}: open it in a browser")


def more_of(found: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Shares beside the accuracy: by place in a conversation, and of refusals."""
    for row in found["breakdown"]["position"] + found["breakdown"]["reference"]:
        yield row["key"], row
    for kind, share in found.get("refusals", {}).items():
        yield f"refused, {kind}", share


def check(args: argparse.Namespace) -> None:
    from math_solver.records import RecordError

    for name in ("workers", "samples", "max_tokens", "rounds", "conversation", "votes"):
        if getattr(args, name) < 1:
            raise RecordError(f"--{name.replace('_', '-')} is {getattr(args, name)}; it must be at least 1")
        if getattr(args, name) > 10**6:
            raise RecordError(f"--{name.replace('_', '-')} is {getattr(args, name)}; it must be at most {10**6}")
    if args.samples > 1 and not args.temperature:
        raise RecordError("--samples without --temperature asks for the same answer again; add --temperature 0.7")
    if args.votes > 1 and not args.temperature:
        raise RecordError("--votes without --temperature compares the same answer; add --temperature 0.7")
    if (args.votes > 1 or args.check) and not args.tool:
        raise RecordError("--votes and --check compare solutions that run Python; leave out --no-tool")
    if args.explain and not args.tool:
        raise RecordError("--explain tests an explanation against the programs; leave out --no-tool")
    if args.stop_early and args.conversation > 1:
        raise RecordError("--stop-early asks on for single problems; leave it out, or --conversation")
    if args.benchmark_file and not args.benchmark:
        raise RecordError("--benchmark-file needs --benchmark to say how to read it")


def read(args: argparse.Namespace) -> list[Problem]:
    from math_solver.records import Problem, read_records
    from math_solver.sources.benchmarks import load

    return load(args.benchmark, args.benchmark_file) if args.benchmark else list(read_records(args.input, Problem))


if __name__ == "__main__":
    run_command(main)
