"""What ``scripts/evaluate.py`` does with its command line: problems asked, attempts kept, figures shown."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from typing import Any

from ..evaluation import choose, circumstances_path, figures, journal_path, read_run, tally
from ..evaluation.session import Options, check_options, evaluate
from ..records import Problem, RecordError, read_records
from ..solving.endpoint import Endpoint
from .command import check_paths

__all__ = ["evaluate_endpoint"]


def evaluate_endpoint(args: argparse.Namespace) -> None:
    """Print accuracy by subject, and write a report where one is asked for.

    Raises:
        RecordError: an option does not fit, an output would replace what is read, or no answer came.
    """
    options = Options(**{name: getattr(args, name) for name in Options.__dataclass_fields__})
    check_options(options)
    if args.benchmark_file and not args.benchmark:
        raise RecordError("--benchmark-file needs --benchmark to say how to read it")
    _check_files(args)
    problems = choose(_read(args), per_group=args.per_subject, limit=args.limit, seed=args.seed)
    endpoint = Endpoint(args.base_url, args.model, args.retries, args.timeout)
    about = {"name": args.name or args.output.stem, "problems_from": args.benchmark or str(args.input)}
    chosen = {"seed": args.seed, "limit": args.limit, "per_subject": args.per_subject}
    attempts = evaluate(problems, endpoint, options, args.output, about | chosen, fresh=args.fresh)
    rows = tally(attempts, lambda problem: problem.subject or problem.source, options.stop_early)
    for name, row in rows.items():
        print(f"{name:24} {row.correct:4} of {row.total:4}  {row.accuracy:6.1%}")
    if args.conversation > 1 or any(problem.follows or problem.unanswerable for problem in problems):
        for label, share in _more_of(figures(read_run(args.output))):
            low, high = share["low"], share["high"]
            print(f"{label:24} {share['value']:20.1%}  ({low:.1%} to {high:.1%}, {share['n']} problems)")
    if args.report:
        from ..report import write_report

        write_report(args.report, [read_run(args.output)])
        print(f"{args.report}: open it in a browser")


def _check_files(args: argparse.Namespace) -> None:
    """See that nothing is written over what is read, or over each other, reports and what lies beside included."""
    from ..report import figures_path
    from ..sources.files import find_files

    copies = find_files([args.benchmark_file]) if args.benchmark_file else []
    pages = [args.report, figures_path(args.report)] if args.report else []
    written = [args.output, circumstances_path(args.output), journal_path(args.output), *pages]
    check_paths([*copies, *([args.input] if args.input else [])], written)


def _read(args: argparse.Namespace) -> list[Problem]:
    from ..sources.benchmarks import load

    return load(args.benchmark, args.benchmark_file) if args.benchmark else list(read_records(args.input, Problem))


def _more_of(found: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Shares beside the accuracy: by place in a conversation, and of refusals."""
    for row in found["breakdown"]["position"] + found["breakdown"]["reference"]:
        yield row["key"], row
    for kind, share in found.get("refusals", {}).items():
        yield f"refused, {kind}", share
