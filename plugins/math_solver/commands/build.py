"""What ``scripts/build_dataset.py`` does with its command line: rows of one kind, written, registered and tried."""

from __future__ import annotations

import argparse
import os
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from ..dataset.conversations import Joining
from ..dataset.feedback import Balance, turn_row, turns_of
from ..dataset.judged import Shelf
from ..dataset.plain import text_row
from ..dataset.preference import Gap, PairRules, pair_row, pairs_of
from ..dataset.preflight import Preflight
from ..dataset.registration import INFO, KindName, check_name, register, registered
from ..dataset.sharegpt import Rendering, build, reason_to_drop
from ..dataset.tokenized.showing import PLAIN, TERMINAL, show_row
from ..records import RecordError, Trajectory, is_storable, read_records, same_file, write_jsonl

__all__ = ["build_dataset", "pair_rules", "read_inputs", "tell_balance"]

Row = dict[str, Any]
Built = tuple[list[Row], Counter[str]]


def build_dataset(args: argparse.Namespace) -> None:
    """Render, write, register, and with a recipe let LLaMA-Factory load what was written."""
    kind: KindName = args.stage
    if args.show_mask and not args.recipe:
        raise RecordError("--show-mask needs --recipe, whose template says what the tokens are")
    check_name(args.name)
    output = args.output or args.dataset_info.parent / "data" / f"{args.name}.jsonl"
    _check_files(args, output)
    registered(args.dataset_info)  # what is no list of datasets is refused before anything is written
    preflight = Preflight(args.recipe) if args.recipe else None
    rows, dropped = _BUILDERS[kind](args, preflight)
    random.Random(args.seed).shuffle(rows)
    dropped["beyond_limit"] += len(rows) - len(rows[: args.limit])
    rows = rows[: args.limit]
    if not rows:
        raise RecordError(
            f"{args.input[0]}: no trajectory is fit for training ({_reasons(dropped)}); nothing was written"
        )
    note = _NOTES[kind](rows)  # refuses what no run could learn from, so before anything is written
    written = write_jsonl(output, rows)
    register(args.dataset_info, args.name, os.path.relpath(output, args.dataset_info.parent), kind)
    print(f"{output}: kept {written}, dropped {dropped.total()}", *(f"({n} {why})" for why, n in dropped.items() if n))
    for line in note:
        print(line)
    if preflight:
        _try_loading(preflight, args.dataset_info, args.name, kind)
        for row in rows[: args.show_mask]:
            marks = TERMINAL if sys.stdout.isatty() else PLAIN
            print(*show_row(preflight.encode(row, kind), preflight.tokenizer.decode, marks), sep="\n")


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


def _supervised(args: argparse.Namespace, preflight: Preflight | None) -> Built:
    try:
        joining = Joining(args.conversations, args.questions, args.seed)
    except ValueError as error:
        raise RecordError(f"--conversations, --questions: {error}") from error
    fits = preflight.fits if preflight else None
    rendering = Rendering(args.form, args.thoughts, args.in_words)
    return build(read_inputs(args.input), rendering, fits=fits, joining=joining)


def _plain(args: argparse.Namespace, preflight: Preflight | None) -> Built:
    dropped: Counter[str] = Counter()
    rows = []
    for trajectory in read_inputs(args.input):
        followed = "follow_up" if trajectory.problem.follows is not None else None
        if reason := followed or reason_to_drop(trajectory, "fenced", in_words=args.in_words):
            dropped[reason] += 1
        else:
            rows.append(text_row(trajectory))
    return _fitting(rows, "pt", preflight, dropped)


def _pairs(args: argparse.Namespace, preflight: Preflight | None) -> Built:
    rules = pair_rules(args)
    dropped: Counter[str] = Counter()
    with Shelf(args.form) as shelf:
        shelf.take(read_inputs(args.input))
        rows = (pair_row(pair, args.form) for judged in shelf for pair in pairs_of(judged, args.form, rules, dropped))
        dropped.update(shelf.dropped)
        return _fitting(rows, "dpo", preflight, dropped)  # which fills while the rows are made


def _feedback(args: argparse.Namespace, preflight: Preflight | None) -> Built:
    rules = pair_rules(args)
    dropped: Counter[str] = Counter()
    with Shelf(args.form) as shelf:
        shelf.take(read_inputs(args.input))
        rows = (turn_row(turn, args.form) for judged in shelf for turn in turns_of(judged, rules.most, dropped))
        dropped.update(shelf.dropped)
        return _fitting(rows, "kto", preflight, dropped)  # which fills while the rows are made


_BUILDERS: Mapping[KindName, Callable[[argparse.Namespace, Preflight | None], Built]] = {
    "sft": _supervised,
    "dpo": _pairs,
    "kto": _feedback,
    "pt": _plain,
}


def _fitting(rows: Iterable[Row], kind: KindName, preflight: Preflight | None, dropped: Counter[str]) -> Built:
    kept = []
    for row in rows:
        if preflight is None or preflight.fits(row, kind):
            kept.append(row)
        else:
            dropped["too_long"] += 1
    return kept, dropped


def _joined(rows: list[Row]) -> list[str]:
    """How many solutions there are, where rows hold several."""
    solutions = sum(turn["from"] == "human" for row in rows for turn in row["conversations"])
    return [f"{len(rows)} rows hold {solutions} solutions"] if solutions > len(rows) else []


def _gap(rows: list[Row]) -> list[str]:
    sides = [(len(row["chosen"]["value"]), len(row["rejected"]["value"])) for row in rows]
    return [f"{Gap.of(sides)} pairs, in characters"]


def _balance(rows: list[Row]) -> list[str]:
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


_NOTES: Mapping[KindName, Callable[[list[Row]], list[str]]] = {
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
