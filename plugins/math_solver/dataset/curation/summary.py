"""What a curation did, for people and for programs: how many rows each filter took, and how the kept ones spread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.table import Table

from .curating import Curation, Options
from .entries import BALANCED, Entries

__all__ = ["notes", "show", "summarise"]

SHOWN = 12  # values of a key on the terminal


def summarise(curation: Curation, training: int, validation: int, inputs: Sequence[str]) -> dict[str, Any]:
    """Counts that add up: rows read are rows kept and rows dropped, by filter and reason."""
    benchmarks, entries = curation.benchmarks, curation.entries
    return {
        "inputs": {name: curation.read[part] for part, name in enumerate(inputs)},
        "read": curation.read.total(),
        "kept": training + validation,
        "training": training,
        "validation": validation,
        "dropped": [
            {"filter": name, "reason": reason, "rows": rows} for (name, reason), rows in _ordered(curation.dropped)
        ],
        "questions": {"kept": entries.questions(), "too_short_for_near": curation.questions.too_short},
        "pass_rates": dict(entries.rates.described()),
        "benchmarks": None if benchmarks is None else asdict(benchmarks.coverage()),
        "not_judged_for_rewording": dict(curation.unjudged),
        "kept_by": {key: entries.spread(key) for key in BALANCED},
        "undone": list(_undone(curation.options, entries, inputs)),
    }


def _undone(options: Options, entries: Entries, inputs: Sequence[str]) -> Iterator[str]:
    """Shares that were asked for and do not hold: the rows did not allow it, or a later choice took some of them."""
    for key, ratio in options.balance.items():
        counts = entries.spread(key).values()
        if counts and max(counts) > ratio * min(counts):
            yield f"--balance {key}={ratio:g}: the most frequent is {max(counts) / min(counts):.2f} times the rarest"
    kinds, rows = entries.spread("kind"), len(entries)
    for kind, share in options.caps.items():
        if kinds.get(kind, 0) > share * rows:
            yield f"--cap-kind {kind}={share:g}: they are {kinds[kind] / rows:.3f} of the rows"
    parts = entries.spread("part")
    for part, weight in enumerate(options.weights or ()):
        wanted, count = weight / sum(options.weights or ()), parts.get(str(part), 0)
        if abs(count - wanted * rows) > 1:
            yield f"--input {inputs[part]}={weight:g}: it is {count / rows:.1%} of the rows, not {wanted:.1%}"


def _ordered(dropped: Counter[tuple[str, str]]) -> list[tuple[tuple[str, str], int]]:
    order = ("verdict", "quality", "decontamination", "duplicates", "judge", "selection")
    return sorted(dropped.items(), key=lambda found: (order.index(found[0][0]), -found[1], found[0]))


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
    for line in notes(summary):
        console.print(line, highlight=False, markup=False, soft_wrap=True)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else ""


def notes(summary: Mapping[str, Any]) -> list[str]:
    """What the rows were checked against, and what no check could judge."""
    benchmarks = summary["benchmarks"]
    undone = [f"{told}: the rows do not allow it, or a later choice took some" for told in summary["undone"]]
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
