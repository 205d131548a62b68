"""What ``scripts/verify_export.py`` does with its command line: a merged model beside the adapter it was merged of."""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..dataset.exported import AnswerPair, Export, compare_answers, mean_divergence, template_differences
from ..evaluation.session import Options, check_options, check_problems
from ..records import Problem, RecordError, read_records
from .checkpoints import solve_served

__all__ = ["verify_export"]

DIFFERENT_HALVED = 0.25  # the share of first turns that rounding to 16 bits may change


def verify_export(args: argparse.Namespace) -> None:
    """Print what agrees and refuse a model that is worse than its adapter.

    Raises:
        RecordError: a check failed; all of them are named.
    """
    if args.limit < 1:
        raise RecordError(f"--limit is {args.limit}; it must be at least 1")
    if args.serve and not args.serve.is_file():
        raise RecordError(f"{args.serve}: no such YAML; see examples/inference")
    export = Export.read(args.recipe)
    problems = [problem for problem in read_records(args.input, Problem) if problem.follows is None]
    problems = problems[:: max(1, len(problems) // args.limit)][: args.limit]
    if not problems:
        raise RecordError(f"{args.input}: holds no problems to ask")
    options = Options(max_tokens=args.solution_tokens, workers=args.workers)
    if args.serve:
        check_options(options)
        check_problems(problems, options)
    failures = list(_template(export, args.trained_by)) if args.template else []
    failures += _answers(export, problems, args)
    if args.serve:
        failures += _solutions(export, problems, options, args)
    if failures:
        raise RecordError(f"{export.folder}: {'; '.join(failures)}")


def _template(export: Export, trained_by: Path | None) -> Iterator[str]:
    """Whether the saved chat template and tokenizer spell what was trained."""
    if trained_by is not None:
        yield from export.unlike(trained_by)
    training = trained_by or export.recipe
    found = list(template_differences(export.folder, training))
    print(f"{'other' if found else 'the same'} tokens by the saved chat template as by the template of {training}")
    if found:
        yield (
            f"{found[0]}; mend its chat_template.jinja, or leave this out (--no-template) "
            "if it is only ever served by llamafactory-cli api, which brings its own"
        )


def _answers(export: Export, problems: Sequence[Problem], args: argparse.Namespace) -> Iterator[str]:
    """Whether next tokens and first turns are the adapter's."""
    pairs = compare_answers(export, [problem.question for problem in problems], args.max_tokens)
    divergence = mean_divergence(pairs)
    tokens, same = sum(pair.tokens for pair in pairs), sum(pair.same for pair in pairs)
    print(
        f"next tokens: {divergence:.2g} nats from the adapter's (at most {args.max_divergence:g}), "
        f"the likeliest the same at {same} of {tokens}"
    )
    different = [pair for pair in pairs if pair.adapter != pair.merged]
    print(f"{len(pairs) - len(different)} of {len(pairs)} answers of the merged model equal the adapter's")
    if not divergence <= args.max_divergence:
        yield f"its next tokens are {divergence:.2g} nats from the adapter's, more than {args.max_divergence:g}"
    allowed = DIFFERENT_HALVED if export.halved else 0.0
    if len(different) > allowed * len(pairs):
        yield _example(different[0])


def _example(pair: AnswerPair) -> str:
    return f"{pair.question!r}: adapter {pair.adapter!r}, merged {pair.merged!r}"


def _solutions(
    export: Export, problems: Sequence[Problem], options: Options, args: argparse.Namespace
) -> Iterator[str]:
    """Whether whole solutions, programs run, are right as often."""
    folder = Path(tempfile.mkdtemp(prefix="verify_export_"))  # left where a server fails, whose log lies there
    right = [
        solve_served(args.serve, model, problems, options, folder / f"{name}.jsonl", {"name": name})
        for name, model in (("adapter", export.adapter), ("merged", export.merged))
    ]
    shutil.rmtree(folder)
    before, after = right
    print(f"right answers: {after} of {len(problems)}, and {before} of the adapter's")
    if before - after > args.lost * len(problems):
        yield f"it answers {after} of {len(problems)} problems right, and its adapter {before}"
