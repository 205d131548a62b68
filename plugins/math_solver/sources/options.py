"""What the scripts that read corpora have in common: their options, and the way from those to files and counts."""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, get_args

from ..disk import replacing, same_file
from ..records import AnswerFrom, Drop, RecordError, as_row

if TYPE_CHECKING:
    from .reading import Reading, Stated
    from .tally import Tally

__all__ = ["add_options", "check_outputs", "kept", "print_sources", "reading", "report"]

T = TypeVar("T")
_SHOWN = 5  # broken rows that are named as they come


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options that say what is read, and what of it is taken."""
    parser.add_argument("--list", action="store_true", help="print the sources and exit")
    parser.add_argument(
        "--input", nargs="+", type=Path, default=[], help="files, or folders of them; default: the hub"
    )
    parser.add_argument("--source", help="name of a source; default: told by the rows of each file")
    parser.add_argument(
        "--columns", nargs="+", metavar="PART=COLUMN", help="rows of your own: question=a answer=b.0.c"
    )
    parser.add_argument("--licence", help="with --columns: the SPDX licence of the rows")
    parser.add_argument("--answer-from", choices=get_args(AnswerFrom), default="gold", help="with --columns")
    parser.add_argument("--licences", help="take rows of these licences only: MIT,Apache-2.0,permissive,...")
    parser.add_argument("--allow-benchmarks", action="store_true", help="take rows of benchmarks' test sets too")
    parser.add_argument("--refused", type=Path, help="write the refused rows, each with its reason (JSONL)")
    parser.add_argument("--limit", type=int, help="take this many: the first, or a sample with --seed")
    parser.add_argument("--seed", type=int, help="seed of the sample that --limit takes")


def reading(args: argparse.Namespace, stated: Stated) -> Reading:
    """What the options say.

    Raises:
        RecordError: they contradict each other, or the output would replace an input.
    """
    from .corpora.columns import by_columns
    from .licences import gate
    from .reading import Reading

    if args.output is None:
        raise RecordError("--output is missing: name the file that gets the rows")
    if args.columns and args.source:
        raise RecordError("--columns and --source: a row has one form; leave one of them out")
    if (args.licence or args.answer_from != "gold") and not args.columns:
        raise RecordError("--licence and --answer-from are of rows read by --columns; sources know their own")
    if args.columns and not args.input:
        raise RecordError("--columns: name the files with --input")
    if args.limit is not None and args.limit < 1:
        raise RecordError(f"--limit {args.limit}: take at least one row")
    check_outputs(args.input, args.output, args.refused)
    custom = by_columns(args.columns, args.licence, args.answer_from) if args.columns else None
    own = [args.licence] if args.licence else []
    return Reading(args.input, args.source, custom, gate(args.licences, own), args.allow_benchmarks, stated)


def check_outputs(inputs: Iterable[Path], output: Path, refused: Path | None = None) -> None:
    """See that no output replaces an input, or the other one.

    Raises:
        RecordError: one does, or is a folder; an input is missing.
    """
    from .files import find_files

    outputs = [path for path in (output, refused) if path is not None]
    if refused is not None and same_file(output, refused):
        raise RecordError(f"{output}: is both --output and --refused; name two files")
    for path in outputs:
        if path.is_dir():
            raise RecordError(f"{path}: is a folder; name a file")
    for path in find_files(list(inputs)):
        if any(same_file(path, output) for output in outputs):
            raise RecordError(f"{path}: is an input and would be replaced; name another --output")


def kept(results: Iterable[tuple[str, T | Drop]], args: argparse.Namespace, tally: Tally) -> Iterator[T]:
    """The records among the results, each result counted; with ``--limit`` and ``--seed`` a sample, in its order.

    Broken rows are named on stderr, the first of them.

    Raises:
        RecordError: there is no record; so an earlier file of them stays.
    """
    taken = 0
    with _refusals(args.refused) as refuse:
        for record in _limited(_counted(results, refuse, tally), args, tally):
            taken += 1
            yield record
    if not taken:
        report(tally)
        raise RecordError(f"{args.output}: no row was taken; nothing was written")


def _limited(counted: Iterable[tuple[str, T]], args: argparse.Namespace, tally: Tally) -> Iterator[T]:
    if args.limit is None or args.seed is None:
        yield from (record for _, record in islice(counted, args.limit))
    else:
        yield from _sample(counted, args.limit, random.Random(args.seed), tally)


def _counted(
    results: Iterable[tuple[str, T | Drop]], refuse: Callable[[Drop], object], tally: Tally
) -> Iterator[tuple[str, T]]:
    broken = 0
    for source, result in results:
        tally.add(source, result)
        if not isinstance(result, Drop):
            yield source, result
            continue
        refuse(result)
        if result.reason == "broken_row":
            broken += 1
            if broken <= _SHOWN:
                print(f"left out: {result.detail}", file=sys.stderr)
    if broken > _SHOWN:
        print(f"left out: {broken - _SHOWN} more broken rows", file=sys.stderr)


@contextmanager
def _refusals(path: Path | None) -> Iterator[Callable[[Drop], object]]:
    """Takes refused rows, whose file is in its place once all of them are written."""
    if path is None:
        yield lambda drop: None
        return
    import jsonlines

    with replacing(path) as temporary, jsonlines.open(temporary, "w") as lines:
        yield lambda drop: lines.write(as_row(drop))


def _sample(records: Iterable[tuple[str, T]], size: int, chance: random.Random, tally: Tally) -> Iterator[T]:
    """A sample of known size of a stream of unknown length (Vitter's algorithm R)."""
    chosen: dict[int, tuple[int, str, T]] = {}
    for number, (source, record) in enumerate(records):
        place = number if number < size else chance.randrange(number + 1)
        if place >= size:
            tally.leave_out(source)
            continue
        if place in chosen:
            tally.leave_out(chosen[place][1])
        chosen[place] = number, source, record
    yield from (record for _, _, record in sorted(chosen.values(), key=lambda entry: entry[0]))


def report(tally: Tally) -> None:
    """Print what was read, kept and refused, and what the reasons mean."""
    from rich.console import Console

    console = Console(highlight=False, markup=False)  # names of files may hold brackets
    console.print(tally.table())
    for line in tally.meanings():
        console.print(f"  {line}", style="dim", soft_wrap=True)


def print_sources() -> None:
    """Print the table of sources."""
    from rich.console import Console
    from rich.table import Table

    from .corpora import CORPORA

    table = Table("name", "what", "licence", "rows give", "hub", box=None, pad_edge=False)
    for name, corpus in CORPORA.items():
        licence = "by row" if callable(corpus.licence) else corpus.licence or "unknown"
        table.add_row(name, corpus.title, licence, corpus.kinds, corpus.hub.repository if corpus.hub else "-")
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = 200
    console.print(table)
