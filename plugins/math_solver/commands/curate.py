"""What ``scripts/curate.py`` does with its command line: read it, refuse what cannot be meant, run, write."""

from __future__ import annotations

import argparse
import dataclasses
import json
import math
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from rich.console import Console

from ..database import Scratch
from ..dataset.curation.curating import Curation, Examined, Examiner, Options
from ..dataset.curation.decontamination import Decontaminator
from ..dataset.curation.entries import BALANCED
from ..dataset.curation.quality import CHECKS, ON_REQUEST, Bounds
from ..dataset.curation.rows import Given, read_given
from ..dataset.curation.summary import show, summarise
from ..disk import storable, write_text
from ..log import held
from ..mapping import Cluster, Here, Where, cores, mapped
from ..records import Problem, RecordError, write_jsonl
from ..sources.benchmarks.collecting import Collected, collect
from ..spool import Spool
from .command import beside_output, check_paths
from .judging import judge_files, judge_of

__all__ = ["curate"]

FEW = 4 << 20  # bytes of input, for which other processes would only be started


def curate(args: argparse.Namespace) -> None:
    """Run one curation; everything is checked before anything is written."""
    inputs, weights = split_weights(args.input)
    options = read_options(args, weights)
    beside = {name: beside_output(args.output, name) for name in ("victims.jsonl", "report.json", "validation.jsonl")}
    judge, judged = judge_of(args), None
    benchmarks = collect(args.benchmarks) if args.benchmarks else None
    opinions = beside_output(args.output, "judged.jsonl")
    given = [*inputs, *_files(benchmarks)]
    if missing := next((path for path in given if not path.exists()), None):
        raise RecordError(f"{missing}: no such file; check --input and --benchmarks")
    outputs = [args.output, *beside.values(), *judge_files(judge, opinions)]
    check_paths(given, outputs, replaced="would overwrite an input; name another --output")
    where = where_of(args, inputs)
    folder = args.output.parent
    with held(args.output), Spool(folder) as rows, Scratch(folder) as scratch, Spool(folder) as victims:
        curation = Curation(
            options,
            rows,
            scratch,
            lambda victim: victims.append(dataclasses.asdict(victim)),
            Decontaminator(benchmarks.items) if benchmarks else None,
            asked=judge is not None,
        )
        take_all(curation, read_inputs(inputs, args.limit), where)
        if judge is not None:
            judged = judge.ask(curation)
            curation.settle(judged.opinions)
        training, validation = curation.finish()
        kept, apart = len(training), len(validation)
        summary = summarise(curation, kept, apart, list(map(str, inputs)))
        summary |= {"options": dataclasses.asdict(options), "benchmark_files": _described(benchmarks)}
        summary |= {"limit": args.limit} if args.limit else {}
        if judge and judged:
            summary["judge"] = judged.summary(judge)
            write_jsonl(opinions, judged.told())
        report = json.dumps(summary, ensure_ascii=False, indent=2) + "\n"
        write_jsonl(beside["victims.jsonl"], victims)
        if options.validation:
            write_jsonl(beside["validation.jsonl"], curation.rows(validation))
        write_text(beside["report.json"], storable(report))  # names of files may be no UTF-8
        write_jsonl(args.output, curation.rows(training))
    show(summary, Console(markup=False))  # subjects may hold brackets
    if judge and judged:
        print(f"{judged.line(judge)}; opinions: {opinions}")
    elif opinions.exists():
        print(f"{opinions}: left by an earlier run; no judge was asked now")
    if options.validation and kept and not apart:
        print(f"{beside['validation.jsonl']}: no row, because every family has more rows than the share allows")
    for line in _closing(args.output, beside, benchmarks, kept, bool(options.validation)):
        print(line)


def where_of(args: argparse.Namespace, inputs: Sequence[Path]) -> Where:
    """Who examines rows: a cluster, this process for a few, else as many processes as there are processors."""
    if args.ray:
        return Cluster(args.ray, args.workers)
    few = sum(path.stat().st_size for path in inputs if path.is_file()) < FEW
    return Here(1 if few else args.workers or cores())


def take_all(curation: Curation, rows: Iterator[Given], where: Where) -> None:
    """Examine rows wherever, and take them in order."""
    waiting: deque[Given] = deque()

    def noted() -> Iterator[Given]:
        for given in rows:
            waiting.append(given)
            yield given

    def at_once(given: Given) -> Examined:
        return curation.examine(given.parse())

    items = curation.benchmarks.items if curation.benchmarks else None
    others = Examining(curation.options, items, curation.examine.asked)
    stage = (lambda: nullcontext(at_once)) if where == Here(1) else others
    for examined in mapped(stage, noted(), where):
        given = waiting.popleft()
        curation.add(given.raw, given.part, examined)


@dataclass(frozen=True)
class Examining:
    """The part of a curation that needs no other rows, for other processes; each has an index of its own."""

    options: Options
    items: Sequence[Problem] | None
    asked: bool

    @contextmanager
    def __call__(self) -> Iterator[Callable[[Given], Examined]]:
        benchmarks = Decontaminator(self.items) if self.items is not None else None
        examine = Examiner(self.options, benchmarks, self.asked)
        yield lambda given: examine(given.parse())


def _files(benchmarks: Collected | None) -> list[Path]:
    return [path for _, path in benchmarks.files if path is not None] if benchmarks else []


def _described(benchmarks: Collected | None) -> dict[str, Any] | None:
    if benchmarks is None:
        return None
    read: dict[str, list[str]] = {}
    for name, path in benchmarks.files:
        read.setdefault(name, []).append(str(path or "hub"))
    return {
        "read": {name: paths[0] if len(paths) == 1 else paths for name, paths in read.items()},
        "not_given": list(benchmarks.missing),
        "left_out": list(map(str, benchmarks.left_out)),
    }


def _closing(
    output: Path, beside: dict[str, Path], benchmarks: Collected | None, rows: int, validation: bool
) -> Iterator[str]:
    if benchmarks and benchmarks.missing:
        yield f"not checked against: {', '.join(benchmarks.missing)}"
    if benchmarks and benchmarks.left_out:
        yield f"no benchmarks by their names: {', '.join(map(str, benchmarks.left_out))}"
    if not validation and beside["validation.jsonl"].exists():
        yield f"{beside['validation.jsonl']}: left by an earlier run; its rows may be in {output} now"
    yield f"{output}: {rows} rows; left out: {beside['victims.jsonl']}; counts: {beside['report.json']}"


def split_weights(given: Sequence[str]) -> tuple[list[Path], list[float] | None]:
    """Paths and weights of ``FILE`` or ``FILE=WEIGHT``; no weights at all mean that every row is taken.

    Raises:
        RecordError: a weight is not a positive number, or only some files have one.
    """
    paths, weights = [], []
    for text in given:
        name, weighted, number = text.rpartition("=")
        if weighted and not Path(text).exists():
            paths.append(Path(name))
            weights.append(_number(number, f"--input {text}: the weight", least=0.0, above=True))
        else:
            paths.append(Path(text))
    if weights and len(weights) < len(paths):
        raise RecordError("--input: some files have a weight and some have none; give FILE=WEIGHT for all or none")
    return paths, weights or None


def _number(text: str, what: str, least: float, most: float = math.inf, above: bool = False) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not least <= value <= most or math.isinf(value) or (above and value == least):
        bounds = f"more than {least:g}" if above else f"from {least:g}" + ("" if math.isinf(most) else f" to {most:g}")
        raise RecordError(f"{what} is {text!r}, not a number {bounds}")
    return value


def read_options(args: argparse.Namespace, weights: Sequence[float] | None) -> Options:
    """The options of a command line.

    Raises:
        RecordError: one is out of its bounds, or names what there is not.
    """
    for name, least, most in (("near", 0, 1), ("validation", 0, 0.9), ("max_pass_rate", 0, 1)):
        if (value := getattr(args, name)) is not None:
            _number(str(value), f"--{name.replace('_', '-')}", least, most)
    for name in ("max_chars", "max_rounds", "solutions", "variants", "min_samples", "limit"):
        if (value := getattr(args, name)) is not None:
            _number(str(value), f"--{name.replace('_', '-')}", 1)
    if args.by_difficulty and args.solutions is None:
        raise RecordError("--by-difficulty: says how many of --solutions a problem keeps; add --solutions")
    if args.repaired and args.solutions is None:
        raise RecordError("--repaired: keeps one beside those of --solutions; add --solutions")
    checks = [] if args.checks == ["none"] else args.checks or list(CHECKS)
    _known(checks, {**CHECKS, **ON_REQUEST}, "--checks")
    caps = _pairs(args.cap_kind, "--cap-kind", lambda text, what: _number(text, what, 0, 1))
    balance = _pairs(args.balance, "--balance", lambda text, what: _number(text, what, 1), default="1")
    _known(balance, BALANCED, "--balance")
    return Options(
        checks=checks,
        bounds=Bounds(args.max_chars, args.max_rounds),
        verdicts=args.verdicts,
        near=args.near,
        solutions=args.solutions,
        by_difficulty=args.by_difficulty,
        repaired=args.repaired,
        max_pass_rate=args.max_pass_rate,
        least_samples=args.min_samples,
        variants=args.variants,
        caps=caps,
        weights=weights,
        balance=balance,
        validation=args.validation,
        seed=args.seed,
    )


def _known(names: Sequence[str] | dict[str, Any], known: Any, option: str) -> None:
    unknown = [name for name in names if name not in known]
    if unknown:
        raise RecordError(f"{option}: there is no {unknown[0]!r}; there are {', '.join(known)}")


def _pairs(
    given: Sequence[str], option: str, read: Callable[[str, str], float], default: str | None = None
) -> dict[str, float]:
    pairs = {}
    for text in given:
        name, separated, number = text.rpartition("=")
        if not separated and default is not None:
            name, number = text, default
        if not name:
            raise RecordError(f"{option} {text}: write NAME=NUMBER")
        pairs[name] = read(number, f"{option} {name}: its value")
    return pairs


def read_inputs(inputs: Sequence[Path], limit: int | None) -> Iterator[Given]:
    """The rows of all inputs, which are all of problems or all of trajectories, and not empty."""
    kind: type | None = None
    for part, path in enumerate(inputs):
        row = None
        for row in islice(read_given(path, part), limit):
            kind = kind or row.kind
            if row.kind is not kind:
                raise RecordError(f"{path}: holds {row.kind.__name__} rows, {inputs[0]} {kind.__name__} rows")
            yield row
        if row is None:
            raise RecordError(f"{path}: holds no row")
