"""What a curation did, for people and for programs: how many rows each filter took, and how the kept ones spread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.table import Table

from .curating import Curation, Options
from .selection import BALANCED, Entry, describe_rates

__all__ = ["show", "summarise"]

SHOWN = 12  # values of a key on the terminal


def summarise(
    curation: Curation, training: Sequence[Entry], validation: Sequence[Entry], inputs: Sequence[str]
) -> dict[str, Any]:
    """Counts that add up: rows read are rows kept and rows dropped, by filter and reason."""
    entries = [*training, *validation]
    benchmarks = curation.benchmarks
    return {
        "inputs": {name: curation.read[part] for part, name in enumerate(inputs)},
        "read": curation.read.total(),
        "kept": len(entries),
        "training": len(training),
        "validation": len(validation),
        "dropped": [
            {"filter": name, "reason": reason, "rows": rows} for (name, reason), rows in _ordered(curation.dropped)
        ],
        "questions": {
            "kept": len({entry.group for entry in entries}),
            "too_short_for_near": curation.questions.too_short,
        },
        "pass_rates": dict(describe_rates(curation.rates)),
        "benchmarks": None if benchmarks is None else asdict(benchmarks.coverage()),
        "not_judged_for_rewording": dict(curation.unjudged),
        "kept_by": {key: _spread(entries, place) for place, key in enumerate(BALANCED)},
        "undone": list(_undone(curation.options, entries, inputs)),
    }


def _undone(options: Options, entries: Sequence[Entry], inputs: Sequence[str]) -> Iterator[str]:
    """Shares that were asked for and do not hold any more: a choice took rows behind the one that made them hold."""
    for key, ratio in options.balance.items():
        counts = _spread(entries, BALANCED.index(key)).values()
        if counts and max(counts) > ratio * min(counts):
            yield f"--balance {key}={ratio:g}: the most frequent is {max(counts) / min(counts):.2f} times the rarest"
    kinds = _spread(entries, BALANCED.index("kind"))
    for kind, share in options.caps.items():
        if kinds.get(kind, 0) > share * len(entries):
            yield f"--cap-kind {kind}={share:g}: they are {kinds[kind] / len(entries):.3f} of the rows"
    parts = Counter(entry.part for entry in entries)
    for part, weight in enumerate(options.weights or ()):
        wanted = weight / sum(options.weights or ())
        if abs(parts[part] - wanted * len(entries)) > 1:
            share = parts[part] / len(entries)
            yield f"--input {inputs[part]}={weight:g}: it is {share:.1%} of the rows, not {wanted:.1%}"


def _ordered(dropped: Counter[tuple[str, str]]) -> list[tuple[tuple[str, str], int]]:
    order = ("verdict", "quality", "decontamination", "duplicates", "selection")
    return sorted(dropped.items(), key=lambda found: (order.index(found[0][0]), -found[1], found[0]))


def _spread(entries: Sequence[Entry], place: int) -> dict[str, int]:
    return dict(Counter(entry.keys[place] for entry in entries).most_common())


def show(summary: Mapping[str, Any], console: Console) -> None:
    """Print the tables: filters, then how the kept rows spread, then what was not judged."""
    table = Table(title="Curation", title_justify="left")
    for heading in ("filter", "reason", "rows", "share"):
        table.add_column(heading, justify="right" if heading in ("rows", "share") else "left")
    table.add_row("", "read", str(summary["read"]), "")
    for drop in summary["dropped"]:
        table.add_row(drop["filter"], drop["reason"], f"-{drop['rows']}", _share(drop["rows"], summary["read"]))
    table.add_row("", "kept", str(summary["kept"]), _share(summary["kept"], summary["read"]), style="bold")
    if summary["validation"]:
        table.add_row(
            "", "of them validation", str(summary["validation"]), _share(summary["validation"], summary["kept"])
        )
    console.print(table)
    spread = Table(title="Kept rows", title_justify="left", show_header=False)
    for key, counts in summary["kept_by"].items():
        listed = [f"{value} {rows}" for value, rows in list(counts.items())[:SHOWN]]
        spread.add_row(key, ", ".join(listed) + (f", and {len(counts) - SHOWN} more" if len(counts) > SHOWN else ""))
    console.print(spread)
    for line in _notes(summary):
        console.print(line, highlight=False, markup=False, soft_wrap=True)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else ""


def _notes(summary: Mapping[str, Any]) -> list[str]:
    benchmarks = summary["benchmarks"]
    undone = [f"{told}: a later choice took rows" for told in summary["undone"]]
    if benchmarks is None:
        return [*undone, "not decontaminated: no --benchmarks were given"]
    names = ", ".join(f"{name} {items}" for name, items in benchmarks["by_benchmark"].items())
    unjudged = ", ".join(f"{rows} {reason}" for reason, rows in summary["not_judged_for_rewording"].items()) or "none"
    return [
        *undone,
        f"checked against {benchmarks['items']} benchmark items ({names})",
        f"of these, {benchmarks['short']} are too short for masked n-grams and {benchmarks['without_signature']} have "
        f"no numbers or answer; {benchmarks['verbatim_only']} are both, and only found verbatim",
        f"rows that could only be judged by their text, not for rewording or translation: {unjudged}",
    ]
