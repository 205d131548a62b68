"""What ``scripts/build_dataset.py`` does with its command line: rows of one kind, written, registered and tried."""

from __future__ import annotations

import argparse
import os
import random
import sys
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, overload

from ..dataset.conversations import Joining
from ..dataset.feedback import Balance, turn_row, turns_of
from ..dataset.images import Pictures
from ..dataset.judged import Judged, Shelf
from ..dataset.plain import text_row
from ..dataset.preference import Gap, PairRules, pair_row, pairs_of
from ..dataset.preflight import Preflight
from ..dataset.registration import INFO, KindName, check_name, register, registered
from ..dataset.sharegpt import Rendering, build_records, reason_to_drop
from ..dataset.tokenized.showing import PLAIN, TERMINAL, show_row
from ..disk import is_storable, same_file
from ..records import RecordError, Trajectory, read_records, write_jsonl
from ..spool import Spool
from .command import folder_of

__all__ = ["build_dataset", "pair_rules", "read_inputs", "tell_balance"]

Row = dict[str, Any]


def build_dataset(args: argparse.Namespace) -> None:
    """Render, write, register, and with a recipe let LLaMA-Factory load what was written."""
    if args.show_mask and not args.recipe:
        raise RecordError("--show-mask needs --recipe, whose template says what the tokens are")
    check_name(args.name)
    output = output_of(args)
    _check_files(args, output)
    registered(args.dataset_info)  # what is no list of datasets is refused before anything is written
    preflight = Preflight(args.recipe, args.dataset_info.parent) if args.recipe else None
    job = _Job(args, preflight, folder_of(output))
    with Spool(job.folder) as spool:
        pictured = set()
        for row in _BUILDERS[args.stage](job):
            number = spool.append(row)
            if row.get("images"):
                pictured.add(number)
        rows = Shuffled(spool, args.seed, args.limit, pictured)
        job.dropped["beyond_limit"] += len(spool) - len(rows)
        _write(job, rows, output)


@dataclass(frozen=True)
class _Job:
    """What builders work by, and count by; what waits on disk waits in ``folder``."""

    args: argparse.Namespace
    preflight: Preflight | None
    folder: Path
    dropped: Counter[str] = field(default_factory=Counter)


class Shuffled(Sequence[Row]):
    """Rows on disk in an order by chance, as ``random.shuffle`` puts a list, the first of them.

    Where rows, of those whose numbers are ``pictured``, have pictures, all have that column, and one that has some
    comes first, so that it has a type.
    """

    def __init__(self, rows: Spool, seed: int, limit: int | None, pictured: Set[int] = frozenset()) -> None:
        order = array("I", range(len(rows)))
        random.Random(seed).shuffle(order)
        self._rows, self._order = rows, order[:limit]
        first = next((place for place, number in enumerate(self._order) if number in pictured), None)
        self._more: Row = {} if first is None else {"images": []}
        if first is not None:
            self._order.insert(0, self._order.pop(first))

    def __len__(self) -> int:
        return len(self._order)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> list[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | list[Row]:
        if isinstance(place, slice):
            return [self._more | self._rows[number] for number in self._order[place]]
        return self._more | self._rows[self._order[place]]


def _write(job: _Job, rows: Shuffled, output: Path) -> None:
    args, dropped, preflight = job.args, job.dropped, job.preflight
    kind: KindName = args.stage
    if not rows:
        raise RecordError(
            f"{args.input[0]}: no trajectory is fit for training ({_reasons(dropped)}); nothing was written"
        )
    note = _NOTES[kind](rows)  # refuses what no run could learn from, so before anything is written
    written = write_jsonl(output, rows)
    file_name = os.path.relpath(output, args.dataset_info.parent)
    register(args.dataset_info, args.name, file_name, kind, images="images" in rows[0])
    print(f"{output}: kept {written}, dropped {dropped.total()}", *(f"({n} {why})" for why, n in dropped.items() if n))
    for line in note:
        print(line)
    if preflight:
        _try_loading(preflight, args.dataset_info, args.name, kind)
        for row in rows[: args.show_mask]:
            marks = TERMINAL if sys.stdout.isatty() else PLAIN
            print(*show_row(preflight.encode(row, kind), preflight.tokenizer.decode, marks), sep="\n")


def output_of(args: argparse.Namespace) -> Path:
    """The file of the rows."""
    return Path(args.output or args.dataset_info.parent / "data" / f"{args.name}.jsonl")


def _check_files(args: argparse.Namespace, output: Path) -> None:
    """See that nothing that is read is replaced.

    Raises:
        RecordError: something is.
    """
    if not is_storable(str(output)):
        raise RecordError(
            f"{output}: {args.dataset_info.name} cannot hold a name that is no UTF-8; name another --output"
        )
    for path in args.input:
        if same_file(path, output) or same_file(path, args.dataset_info):
            raise RecordError(f"{path}: is an input and would be replaced; name another --output")
    read = {"--dataset-info": args.dataset_info, "--recipe": args.recipe}
    for option, path in read.items():
        if path is not None and same_file(path, output):
            raise RecordError(f"{output}: is the file of {option} and would be replaced; name another --output")
    if args.recipe is not None and args.dataset_info.name != INFO:
        raise RecordError(f"{args.dataset_info}: LLaMA-Factory reads only a file of the name {INFO}; call it so")
    if args.recipe is not None and same_file(args.recipe, args.dataset_info):
        raise RecordError(f"{args.recipe}: is named for two things, --recipe and --dataset-info")


def read_inputs(paths: Iterable[Path]) -> Iterator[Trajectory]:
    return chain.from_iterable(read_records(path, Trajectory) for path in paths)


def pair_rules(args: argparse.Namespace) -> PairRules:
    """What the options say of pairs."""
    try:
        return PairRules(args.per_problem, args.shared_calls, args.length_ratio, not args.no_repairs)
    except ValueError as error:
        raise RecordError(f"--per-problem, --shared-calls, --length-ratio: {error}") from error


def _supervised(job: _Job) -> Iterator[Row]:
    args, preflight = job.args, job.preflight
    try:
        joining = Joining(args.conversations, args.questions, args.seed)
    except ValueError as error:
        raise RecordError(f"--conversations, --questions: {error}") from error
    fits = preflight.fits if preflight else None
    rendering = Rendering(args.form, args.thoughts, args.in_words, args.text_only)
    pictures = Pictures(_media(job), output_of(args).with_suffix(".images"))
    solved = read_inputs(args.input)
    if not args.text_only:
        solved = (one for path in args.input for one in pictures.place(read_records(path, Trajectory), path.parent))
    yield from build_records(solved, rendering, job.dropped, fits=fits, joining=joining, folder=job.folder)
    job.dropped.update(pictures.dropped)


def _media(job: _Job) -> Path:
    return job.preflight.media_dir if job.preflight else job.args.dataset_info.parent


def _plain(job: _Job) -> Iterator[Row]:
    for trajectory in read_inputs(job.args.input):
        followed = "follow_up" if trajectory.problem.follows is not None else None
        if reason := followed or reason_to_drop(trajectory, "fenced", in_words=job.args.in_words):
            job.dropped[reason] += 1
        else:
            yield from _fitting([text_row(trajectory)], "pt", job)


def _pairs(job: _Job) -> Iterator[Row]:
    rules, form = pair_rules(job.args), job.args.form
    for judged in _judged(job):
        yield from _fitting((pair_row(pair, form) for pair in pairs_of(judged, form, rules, job.dropped)), "dpo", job)


def _feedback(job: _Job) -> Iterator[Row]:
    rules, form = pair_rules(job.args), job.args.form
    for judged in _judged(job):
        yield from _fitting((turn_row(turn, form) for turn in turns_of(judged, rules.most, job.dropped)), "kto", job)


def _judged(job: _Job) -> Iterator[Judged]:
    with Shelf(job.args.form, job.folder) as shelf:
        shelf.take(read_inputs(job.args.input))
        job.dropped.update(shelf.dropped)
        yield from shelf


_BUILDERS: Mapping[KindName, Callable[[_Job], Iterator[Row]]] = {
    "sft": _supervised,
    "dpo": _pairs,
    "kto": _feedback,
    "pt": _plain,
}


def _fitting(rows: Iterable[Row], kind: KindName, job: _Job) -> Iterator[Row]:
    for row in rows:
        if job.preflight is None or job.preflight.fits(row, kind):
            yield row
        else:
            job.dropped["too_long"] += 1


def _joined(rows: Sequence[Row]) -> list[str]:
    """How many solutions there are, where rows hold several."""
    solutions = sum(turn["from"] == "human" for row in rows for turn in row["conversations"])
    return [f"{len(rows)} rows hold {solutions} solutions"] if solutions > len(rows) else []


def _gap(rows: Sequence[Row]) -> list[str]:
    sides = [(len(row["chosen"]["value"]), len(row["rejected"]["value"])) for row in rows]
    return [f"{Gap.of(sides)} pairs, in characters"]


def _balance(rows: Sequence[Row]) -> list[str]:
    return tell_balance(Balance.of(row["kto_tag"] for row in rows))


def tell_balance(balance: Balance) -> list[str]:
    """What is said of judged rows.

    Raises:
        RecordError: all are right, or all are wrong.
    """
    if not (balance.right and balance.wrong):
        raise RecordError(
            f"KTO needs right and wrong solutions, and here are {balance.right} and {balance.wrong} rows"
        )
    return [str(balance)]


_NOTES: Mapping[KindName, Callable[[Sequence[Row]], list[str]]] = {
    "sft": _joined,
    "dpo": _gap,
    "kto": _balance,
    "pt": lambda rows: [],
}


def _reasons(dropped: Counter[str]) -> str:
    return ", ".join(f"{number} {reason}" for reason, number in dropped.items() if number)


def _try_loading(preflight: Preflight, dataset_info: Path, name: str, kind: KindName) -> None:
    loaded = preflight.load(dataset_info, name, kind)
    print(f"LLaMA-Factory takes {loaded.taken} of {loaded.rows} rows, the longest {loaded.longest} tokens")
    if loaded.taken != loaded.rows or (kind != "pt" and loaded.longest >= preflight.cutoff_len):
        raise RecordError(f"{name}: LLaMA-Factory dropped or cut rows; see its warnings above")
