"""What ``scripts/validate.py`` does with its command line: read any dataset, run it again, write what was found."""

from __future__ import annotations

import argparse
import json
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from ..answers import extract_answer
from ..dataset.metamorphic import check as metamorphic
from ..dataset.validation.drafts import map_in_order
from ..dataset.validation.executions import Executions, RunAll, Runs
from ..dataset.validation.proof import PROOF, Circumstances, Standing, standing, versions_here
from ..dataset.validation.store import Store, StoredRow
from ..dataset.validation.validating import Finding, Validator, reproduces
from ..disk import digest_of, storable, write_text
from ..interpreter import Interpreter, InterpreterClosed, InterpreterError, Limits
from ..mapping import Cluster, cores, mapped
from ..records import Drop, Execution, RecordError, Trajectory, as_row, read_record, write_jsonl
from ..sources.files import find_files
from ..sources.reading import Reading
from .command import beside_output, check_paths
from .own_rows import TRAJECTORY, kind_of, own_rows

__all__ = ["check", "limits_of", "validate"]

OPTIONS = ("source", "refresh", "runs", "limit", "metamorphic", "variants", "seed")  # that decide what is found
AHEAD = 32  # rows a worker that wait behind a slow one
CHUNK = 16  # rows that an actor gets at a time, and that are lost with it
SHOWN = 5  # rows that could not be read, and rows that fail a check, named as they come

Item = tuple[Mapping[str, Any] | None, Trajectory | Drop]


def validate(args: argparse.Namespace) -> None:
    """Validate one dataset; everything is checked before anything is opened."""
    inputs = find_files(args.input)
    files = files_of(args)
    check_paths(inputs, files.values())
    limits = limits_of(args)
    circumstances = Circumstances(versions_here(), limits.decisive)
    job = {
        "inputs": [[path.name, digest_of(path)] for path in inputs],  # ids hold names, not folders
        "options": {name: getattr(args, name) for name in OPTIONS},
        **circumstances.as_dict(),
    }
    begun = time.monotonic()
    seed = args.seed if args.metamorphic or args.variants else None
    how = Validating(limits, circumstances, args.refresh, args.runs, seed, args.variants)
    with Store(files["store"], job) as store:
        done = len(store)
        items = islice(read(inputs, args.source), done, args.limit)
        counts = Counter(ran=0, shared=0)
        with progress(store) as shown:
            if args.ray:
                results = over_ray(how, items, Cluster(args.ray, args.workers), counts)
            else:
                results = in_threads(how, items, store, counts)
            for row, variants in results:
                store.add(row, variants)
                shown(row)
        report: dict[str, Any] = {
            "rows": len(store),
            **_counted(store),
            "executions": dict(counts),
            "seconds": round(time.monotonic() - begun, 1),
            "rows_of_an_earlier_run": done,
            **job,
        }
        report["by_stored"] = dict(write_rows(store, files, report))
        if "report" in files:
            write_text(files["report"], storable(json.dumps(report, ensure_ascii=False, indent=2)) + "\n")
        store.delete()
    show(report, Console())
    print(f"{args.output}: {report['by_part'].get('output', 0)} rows; others beside it: {_others(files, report)}")


@dataclass(frozen=True)
class Validating:
    """How rows are validated; ``mapping``'s stage where that is not this process."""

    limits: Limits
    circumstances: Circumstances
    refresh: bool = False
    runs: int = 1
    seed: int | None = None
    variants: int = 0

    def work(self, executions: Executions) -> Work:
        validator = Validator(executions, self.circumstances, self.refresh, self.runs)
        return Work(validator, self.seed, self.variants)

    @contextmanager
    def __call__(self) -> Iterator[Callable[[Item], tuple[Worked, Counted]]]:
        """A worker's own sandbox, for one program at a time.

        Raises:
            RecordError: what is installed there would print something else.
        """
        if other := dict(versions_here().items() ^ self.circumstances.versions.items()):
            raise RecordError(
                f"has other versions of {', '.join(sorted(other))}; install there what is installed here"
            )
        with running(replace(self.limits, concurrency=1)) as run:
            executions = Executions(run, Recent(), self.circumstances)
            work = self.work(executions)

            def counted(item: Item) -> tuple[Worked, Counted]:
                ran, shared = executions.ran, executions.shared
                return work(item), {"ran": executions.ran - ran, "shared": executions.shared - shared}

            yield counted


Worked = tuple[StoredRow, Sequence[Mapping[str, Any]]]  # a row, and what was derived of it
Counted = Mapping[str, int]


def in_threads(how: Validating, items: Iterator[Item], store: Store, counts: Counter[str]) -> Iterator[Worked]:
    """The rows that are found of items, in order; equal programs run once, and a killed run keeps what they did."""
    workers = how.limits.running
    with running(how.limits) as run:
        executions = Executions(run, store, how.circumstances)
        yield from map_in_order(how.work(executions), items, workers, AHEAD * workers)
        counts.update(ran=executions.ran, shared=executions.shared)


def over_ray(how: Validating, items: Iterator[Item], cluster: Cluster, counts: Counter[str]) -> Iterator[Worked]:
    """The same over a cluster; equal programs run once for each of its actors."""
    for worked, counted in mapped(how, items, cluster, CHUNK):
        counts.update(counted)
        yield worked


def files_of(args: argparse.Namespace) -> dict[str, Path]:
    """All files that a run writes, by what they hold."""
    output: Path = args.output
    beside = {name: beside_output(output, f"{name}.jsonl") for name in ("invalid", "unreadable")}
    store = output.with_name(f"{output.name}.unfinished")
    named = {"report": args.report, "variants": args.output_variants}
    if bool(args.variants) != bool(args.output_variants) or args.variants < 0:
        raise RecordError("--variants and --output-variants: name a number above 0 and the file that they go to")
    return {"output": output, **beside, "store": store, **{name: path for name, path in named.items() if path}}


def limits_of(args: argparse.Namespace) -> Limits:
    """The interpreter's limits that the options say.

    Raises:
        RecordError: one is out of its bounds.
    """
    for name in ("workers", "runs"):
        if (number := getattr(args, name)) is not None and number < 1:
            raise RecordError(f"--{name} is {number}; it must be 1 or more")
    workers = args.workers or cores()
    try:
        return Limits(
            timeout=args.timeout,
            memory_mb=args.memory_mb,
            output_chars=args.output_chars,
            concurrency=workers,
            sessions=max(64, 2 * workers),
        )
    except ValueError as error:
        raise RecordError(f"--timeout, --memory-mb, --output-chars: {error}") from error


def read(inputs: Sequence[Path], source: str | None) -> Iterator[Item]:
    """The rows of all files, each a trajectory or why it is none; canonical ones with the object they were read from.

    Raises:
        RecordError: a file is damaged as a whole, or of no form that is known.
    """
    for path in inputs:
        if source is None and kind_of(path, TRAJECTORY):
            yield from own_rows(path, _canonical)
        else:
            reading = Reading([path], source, allow_benchmarks=True, stated=extract_answer)
            yield from ((None, item) for _, item in reading.trajectories())


def _canonical(row: Mapping[str, Any], where: str) -> tuple[Mapping[str, Any], Trajectory]:
    row = _with_executions(row)
    return row, read_record(row, Trajectory, where)


def _with_executions(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """The row, its steps without an execution as programs that were not run."""
    steps = row.get("steps")
    if not isinstance(steps, list):
        return row
    missing = {"execution": as_row(Execution("not_run"))}
    return {
        **row,
        "steps": [{**s, **missing} if isinstance(s, Mapping) and not s.get("execution") else s for s in steps],
    }


class Work:
    """What is done with one row, in a thread of its own."""

    def __init__(self, validator: Validator, seed: int | None = None, variants: int = 0) -> None:
        self._validator, self._seed, self._variants = validator, seed, variants

    def __call__(self, item: Item) -> Worked:
        raw, record = item
        if isinstance(record, Drop):
            return StoredRow("unreadable", "unreadable", as_row(record), record.reason), ()
        finding = self._validator.validate(record)
        if finding.status == "invalid":
            return self._row("invalid", raw, finding, finding.trajectory), ()
        if self._seed is None:
            return self._row("output", raw, finding, finding.trajectory), ()
        judged = metamorphic(finding.trajectory, self._run, seed=self._seed, variants=self._variants)
        marked = replace(finding.trajectory, meta={**finding.trajectory.meta, "metamorphic": judged.as_dict()})
        told = judged.verdict + (f": {judged.reason}" if judged.reason else "")
        return self._row("output", raw, finding, marked, told), judged.variants

    def _run(self, programs: Sequence[str]) -> Sequence[Execution]:
        return self._validator.executions.run(programs)[0]

    @staticmethod
    def _row(
        part: str, raw: Mapping[str, Any] | None, finding: Finding, final: Trajectory, told: str | None = None
    ) -> StoredRow:
        return StoredRow(part, finding.status, merged(raw, final), finding.reason, finding.difference, told)


def merged(raw: Mapping[str, Any] | None, trajectory: Trajectory) -> Mapping[str, Any]:
    """The row of a trajectory, with whatever else the row that it was read from says."""
    row = as_row(trajectory)
    if raw is None:
        return row
    steps = [{**before, **after} for before, after in zip(raw["steps"], row["steps"], strict=True)]
    return {**raw, **row, "problem": {**row["problem"], **raw["problem"]}, "steps": steps}


@contextmanager
def running(limits: Limits) -> Iterator[RunAll]:
    """Runs the programs of a trajectory, in a session that ends with them.

    Raises:
        RecordError: the interpreter fails.
    """
    stopped = threading.Event()
    try:
        with Interpreter(limits) as interpreter:

            def run(programs: Sequence[str]) -> list[Execution]:
                executions = interpreter.run_all(programs)
                if stopped.is_set():  # they may have been killed by the end of this run, which is nothing of theirs
                    raise InterpreterClosed("the run has ended")
                return executions

            try:
                yield run
            finally:
                stopped.set()
    except InterpreterError as error:
        raise RecordError(f"not finished: {error}; scripts/doctor.py says more") from error


@contextmanager
def progress(store: Store) -> Iterator[Callable[[StoredRow], None]]:
    """Shows counts by status while the block runs, and names the first rows that could not be read."""
    counts = {status: number for (status,), number in store.counts("status").items()}
    console = Console(stderr=True, highlight=False)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("starting")

        def note(row: StoredRow) -> None:
            counts[row.status] = number = counts.get(row.status, 0) + 1
            if row.status == "unreadable" and number <= SHOWN:
                print(f"left out: {row.content['detail']}", file=sys.stderr)
            bar.update(
                task, description=f"{sum(counts.values())} rows  " + "  ".join(f"{n} {s}" for s, n in counts.items())
            )

        yield note


def _counted(store: Store) -> dict[str, Any]:
    def by(column: Any) -> dict[str, int]:
        return {str(value): number for (value,), number in store.counts(column).items() if value is not None}

    columns = {f"by_{name}": by(name) for name in ("status", "reason", "difference", "metamorphic", "part")}
    return {**columns, "by_stored": {}}  # known once they are written


def write_rows(store: Store, files: Mapping[str, Path], report: Mapping[str, Any]) -> Counter[str]:
    """Put the rows into their files, which take the places of earlier ones once they are complete.

    Returns what their sources said of their programs: in how many rows they were not run, or share a session.
    """
    stored = Counter(not_run=0, shared_session=0)
    for part in ("invalid", "unreadable"):
        if report["by_part"].get(part):
            write_jsonl(files[part], _noting(store.rows(part), stored))
        else:
            files[part].unlink(missing_ok=True)  # an earlier run's
    write_jsonl(files["output"], _noting(store.rows("output"), stored))
    if "variants" in files:
        write_jsonl(files["variants"], store.derived())
    return +stored


def _noting(rows: Iterable[Mapping[str, Any]], stored: Counter[str]) -> Iterator[Mapping[str, Any]]:
    for row in rows:
        meta = row.get("meta", {})  # of a row that could not be read there is none
        stored["not_run"] += PROOF in meta and "not_run" in meta[PROOF]
        stored["shared_session"] += meta.get("session") == "shared"
        yield row


def _others(files: Mapping[str, Path], report: Mapping[str, Any]) -> str:
    parts = [part for part in ("invalid", "unreadable") if report["by_part"].get(part)]
    return ", ".join(f"{files[part]} ({report['by_part'][part]})" for part in parts) or "none"


def show(report: Mapping[str, Any], console: Console) -> None:
    """Print how many rows are of each status and reason; they add up to the rows read."""
    table = Table(title="Validation", title_justify="left")
    table.add_column("found")
    table.add_column("rows", justify="right")
    table.add_column("share", justify="right")
    rows = report["rows"]
    for title in ("status", "reason", "difference", "metamorphic", "stored"):
        for name, number in report[f"by_{title}"].items():
            table.add_row(f"{title}: {name}", str(number), f"{100 * number / rows:.1f} %")
        table.add_section()
    table.add_row("all", str(rows), "", style="bold")
    console.print(table)
    ran = report["executions"]
    console.print(f"ran {ran['ran']} times; {ran['shared']} rows share what ran before", highlight=False)


class Recent:
    """Runs of late, so that equal rows near each other run once."""

    MOST = 10_000

    def __init__(self) -> None:
        self._runs: dict[str, Runs] = {}
        self._lock = threading.Lock()

    def find_runs(self, key: str) -> Runs:
        return list(self._runs.get(key, ()))

    def keep_runs(self, key: str, runs: Runs) -> None:
        with self._lock:
            if len(self._runs) >= self.MOST:
                del self._runs[next(iter(self._runs))]
            self._runs[key] = runs


def check(args: argparse.Namespace) -> int:
    """Prove the rows of a validated file again; the exit code is 1 where one is not proved."""
    if args.ray:
        raise RecordError("--ray: --check proves rows on this machine; leave it out")
    limits = limits_of(args)
    here = Circumstances(versions_here(), limits.decisive)
    items = islice(read(find_files([args.check]), None), args.limit)
    counts: dict[str, int] = {}
    with running(limits) if args.execute else nullcontext() as run:
        executions = Executions(run, Recent(), here) if run else None
        for name, outcome in map_in_order(
            lambda item: _proved_again(item, executions, here),
            items,
            limits.running,
            AHEAD * limits.running,
        ):
            counts[outcome] = counts.get(outcome, 0) + 1
            if outcome in FAILED and counts[outcome] <= SHOWN:
                print(f"{args.check}: {name}: {FAILED[outcome]}", file=sys.stderr)
    for outcome, number in counts.items():
        print(f"{outcome:<16}{number:>8}")
    return int(not counts or any(outcome in FAILED for outcome in counts))


FAILED = {
    "altered": "was changed after its validation; validate it again",
    "unproved": "was never validated; run scripts/validate.py on it",
    "unreadable": "cannot be read; mend or delete the row",
    "not_reproduced": "its programs print something else today; validate it again",
    "other_limits": "was validated under other limits; give them with --timeout, --memory-mb, --output-chars",
}


def _proved_again(item: Item, executions: Executions | None, here: Circumstances) -> tuple[str, str]:
    """The name of a row, and what came of it; a row that was found invalid is no failure, and is not run."""
    _, record = item
    if isinstance(record, Drop):
        return record.id, "unreadable"
    found: Standing = standing(record)
    if found != "proved" or executions is None:
        return record.id, found
    if record.meta[PROOF].get("limits") != here.limits:
        return record.id, "other_limits"
    if not reproduces(record, executions):
        return record.id, "not_reproduced"
    return record.id, "reproduced"
