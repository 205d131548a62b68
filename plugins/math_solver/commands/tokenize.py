"""What ``scripts/tokenize_dataset.py`` does with its command line: a set of token ids for ``tokenized_path``."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from typing import Any

from ..dataset.feedback import Balance
from ..dataset.judged import Shelf
from ..dataset.preference import Gap, PairRules
from ..dataset.preflight import Preflight
from ..dataset.tokenized.encoding import IGNORED, Encoder
from ..dataset.tokenized.origin import changes, origin_of, read_origin
from ..dataset.tokenized.rows import Part, Row, SetRules, feedback_rows, pair_rows, supervised_rows
from ..dataset.tokenized.showing import PLAIN, TERMINAL, show_row
from ..dataset.tokenized.writing import Stage, write_set
from ..records import RecordError
from .build import pair_rules, read_inputs, tell_balance
from .command import folder_of

__all__ = ["tokenize_dataset"]


def tokenize_dataset(args: argparse.Namespace) -> int:
    """Write the set unless what is there is the same; with ``--check`` only say whether it is."""
    parts, pairing = _parts(args), pair_rules(args)
    if not 0 <= args.validation < 1:
        raise RecordError(f"--validation is {args.validation}; give a share from 0 to below 1")
    preflight = Preflight(args.recipe)
    if said := [key for key in ("mask_history", "train_on_prompt") if preflight.settings.get(key)]:
        raise RecordError(f"{args.recipe}: says {', '.join(said)}, which a set of tokens decides itself; use --parts")
    origin = origin_of(preflight, args.stage, args.input, _options(args))
    changed = changes(args.output, origin) if args.output.is_dir() and any(args.output.iterdir()) else ["no set yet"]
    if args.check:
        print(f"{args.output}: {'stale: ' + ', '.join(changed) if changed else 'up to date'}")
        return 1 if changed else 0
    if changed:
        rules = SetRules(preflight.cutoff_len, args.validation, args.seed)
        _write(args, _Work(Encoder(preflight), rules, parts, pairing), origin)
    else:
        print(f"{args.output}: up to date, {_counted(read_origin(args.output)['rows'])}")
    for line in _shown(args, preflight):
        print(line)
    print(f"stage: {args.stage}\ntokenized_path: {args.output}")
    return 0


@dataclass(frozen=True)
class _Work:
    encoder: Encoder
    rules: SetRules
    parts: Sequence[Part]
    pairing: PairRules


def _write(args: argparse.Namespace, work: _Work, origin: Mapping[str, Any]) -> None:
    stage: Stage = args.stage
    dropped: Counter[str] = Counter()
    trajectories = islice(read_inputs(args.input), args.limit)
    with ExitStack() as stack:
        if stage == "sft":
            rows = supervised_rows(trajectories, work.parts, work.encoder, work.rules, dropped, folder_of(args.output))
        else:
            shelf = stack.enter_context(Shelf(args.form, folder_of(args.output)))
            shelf.take(trajectories)
            if stage == "dpo":
                rows = pair_rows(shelf, work.pairing, work.encoder, work.rules, dropped)
            else:
                rows = feedback_rows(shelf, work.encoder, work.rules, dropped)
            dropped.update(shelf.dropped)
        notes: list[str] = []
        counts = write_set(args.output, stage, _noted(rows, stage, notes), origin)
    reasons = (f"({number} {reason})" for reason, number in dropped.items() if number)
    print(f"{args.output}: kept {_counted(counts)}, dropped {dropped.total()}", *reasons)
    for note in notes:
        print(note)


def _noted(rows: Iterable[Row], stage: Stage, notes: list[str]) -> Iterator[Row]:
    """The rows, and behind the last what is to be said of all.

    Raises:
        RecordError: nothing can be learned from them.
    """
    sides: list[tuple[int, int]] = []
    tags: Counter[bool] = Counter()
    trained = total = 0
    for split, row in rows:
        if stage == "dpo":
            sides.append((len(row["chosen_input_ids"]), len(row["rejected_input_ids"])))
        elif stage == "kto":
            tags[row["kto_tags"]] += 1
        else:
            trained += sum(label != IGNORED for label in row["labels"])
            total += len(row["labels"])
        yield split, row
    if stage == "dpo":
        notes.append(f"{Gap.of(sides)} pairs, in tokens")
    elif stage == "kto":
        notes += tell_balance(Balance(tags[True], tags[False]))
    elif total:
        notes.append(f"{total} tokens, {trained / total:.1%} of them trained")


def _parts(args: argparse.Namespace) -> list[Part]:
    try:
        return [Part.parse(text) for text in args.parts]
    except ValueError as error:
        raise RecordError(f"--parts: {error}") from error


def _options(args: argparse.Namespace) -> dict[str, Any]:
    names = ["seed", "limit", "validation"]
    names += ["parts"] if args.stage == "sft" else ["form"]
    names += ["per_problem", "length_ratio"] if args.stage == "dpo" else []
    return {name: getattr(args, name) for name in names}


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{number} {split}" for split, number in counts.items())


def _shown(args: argparse.Namespace, preflight: Preflight) -> Iterator[str]:
    """The first rows, with what is trained marked."""
    if not args.show_mask:
        return
    from datasets import load_from_disk

    marks = TERMINAL if sys.stdout.isatty() else PLAIN
    rows = load_from_disk(str(args.output))["train"]
    for number in range(min(args.show_mask, len(rows))):
        yield from show_row(rows[number], preflight.tokenizer.decode, marks)
