"""What the scripts that read corpora have in common: their options, and the way from those to files and counts."""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Generator, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, get_args

from ..records import AnswerFrom, Drop, RecordError, same_file

if TYPE_CHECKING:
    from .reading import Reading, Stated
    from .tally import Tally

__all__ = ["add_options", "kept", "print_sources", "reading", "report"]

T = TypeVar("T")
Counted: TypeAlias = Generator[tuple[str, T], None, None]
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
    _check_outputs(args.input, args.output, args.refused)
    custom = by_columns(args.columns, args.licence, args.answer_from) if args.columns else None
    own = [args.licence] if args.licence else []
    return Reading(args.input, args.source, custom, gate(args.licences, own), args.allow_benchmarks, stated)


def _check_outputs(inputs: Iterable[Path], output: Path, refused: Path | None) -> None:
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
    for record in _limited(_counted(results, args, tally), args, tally):
        taken += 1
        yield record
    if not taken:
        report(tally)
        raise RecordError(f"{args.output}: no row was taken; nothing was written")


def _limited(counted: Counted[T], args: argparse.Namespace, tally: Tally) -> Iterator[T]:
    if args.limit is None:
        yield from (record for _, record in counted)
    elif args.seed is None:
        for number, (_, record) in enumerate(counted, 1):
            yield record
            if number == args.limit:
                counted.close()  # the refusals so far are written
                return
    else:
        yield from _sample(counted, args.limit, random.Random(args.seed), tally)


def _counted(results: Iterable[tuple[str, T | Drop]], args: argparse.Namespace, tally: Tally) -> Counted[T]:
    broken = 0
    with _Refusals(args.refused) as refusals:
        for source, result in results:
            tally.add(source, result)
            if not isinstance(result, Drop):
                yield source, result
                continue
            refusals.add(result)
            if result.reason == "broken_row":
                broken += 1
                if broken <= _SHOWN:
                    print(f"left out: {result.detail}", file=sys.stderr)
    if broken > _SHOWN:
        print(f"left out: {broken - _SHOWN} more broken rows", file=sys.stderr)


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


class _Refusals:
    """The file of refused rows, in its place once all of them are written."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._beside = path and path.with_name(f".{path.name}.tmp")

    def __enter__(self) -> _Refusals:
        if self._path and self._beside:
            import jsonlines

            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._lines: Any = jsonlines.open(self._beside, "w")
        return self

    def add(self, drop: Drop) -> None:
        if self._path:
            self._lines.write(asdict(drop))

    def __exit__(self, kind: object, *rest: object) -> None:
        if not (self._path and self._beside):
            return
        self._lines.close()
        if kind is None or kind is GeneratorExit:  # a reader that had enough closes the generator
            self._beside.replace(self._path)
        else:
            self._beside.unlink(missing_ok=True)


def report(tally: Tally) -> None:
    """Print what was read, kept and refused, and what the reasons mean."""
    from rich.console import Console

    console = Console(highlight=False)
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
