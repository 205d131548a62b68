"""What was found, as text for a terminal, as a page of HTML, and as JSON."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.text import Text

from ..dataset.tokenized.showing import SIDES, printable, runs
from .case import Case
from .checking import Checked
from .plan import PROCESSES, Plan, Space
from .rows import Read

__all__ = ["as_html", "as_json", "show"]

STYLES = {"error": "bold red", "warning": "yellow", "note": "dim"}
GB = 1e9
ITS_BASE = "model_name_or_path=NAME behind the recipe asks for those of a model that is here or known by name"


def show(checked: Checked, console: Console, masks: bool = False) -> None:
    """Print what is said of a recipe; text of rows and files is printed as text, whatever it holds."""
    console.print(Text(printable(str(checked.path)), style="bold"))
    if checked.case is not None:
        for line in _facts(checked, checked.case):
            console.print(line)
        if masks:
            for part in _masks(checked.case):
                console.print(part)
    for line in _findings(checked):
        console.print(line)
    console.print()


def _facts(checked: Checked, case: Case) -> Iterator[RenderableType]:
    for read in case.reads:
        yield Text(f"  {read.name}: " + ", ".join(_row_facts(read)))
    if case.plan is not None:
        yield from (Text(f"  {line}") for line in _plan_facts(case.plan, case.recipe.packs))
    if case.space is not None:
        yield Text("  " + _memory_facts(case.space))
        yield Text("  " + _terms(case.space), style="dim")
    elif case.model.name:
        yield Text(f"  memory: not known, as the sizes of {printable(case.model.name)} are not ({ITS_BASE})")
    yield from (Text(f"  {line}") for line in _hour_facts(checked))


def _row_facts(read: Read) -> Iterator[str]:
    yield f"{read.taken} of {read.rows} rows taken"
    if read.asked is not None:
        yield f"{read.used} of them drawn (num_samples)"
    yield from (f"{number} dropped ({reason})" for reason, number in read.dropped.items())
    if read.broken_number:
        yield f"{read.broken_number} would end the run"
    if not read.sampled:
        yield "tokens not counted"
        return
    if read.sampled < read.taken:
        yield f"tokens of {read.sampled} drawn by chance"
    yield f"longest {read.longest} tokens"
    yield f"{read.trained / max(sum(read.lengths), 1):.0%} of tokens trained"
    if read.cut:
        yield f"{read.cut} cut"


def _plan_facts(plan: Plan, packs: bool) -> Iterator[str]:
    batch = plan.batch
    yield (
        f"{plan.rows} rows an epoch, {plan.steps} steps of {batch.micro} × {batch.accumulation} × {batch.processes}"
        + (f" = {batch.rows} rows")
    )
    if plan.tokens is not None and plan.padded:
        yield f"{plan.tokens:,} tokens an epoch, {plan.padded:,} with padding ({plan.tokens / plan.padded:.0%} useful)"
        other = plan.unpacked if packs else plan.packed
        if other and other[0]:
            how = "without packing" if packs else "packed"
            yield f"{how}: {other[0]} rows, {other[1]:,} tokens ({plan.tokens / other[1]:.0%} useful)"
    yield "same batch on other numbers of GPUs: " + ", ".join(_accumulations(plan))


def _accumulations(plan: Plan) -> Iterator[str]:
    for processes in PROCESSES:
        if processes != plan.batch.processes:
            accumulation = plan.batch.same_on(processes)
            changed = plan.batch.micro * plan.batch.accumulation * processes
            if accumulation:
                yield f"{processes}: accumulation {accumulation}"
            else:
                yield f"{processes}: not alike ({changed} rows as it is)"


def _memory_facts(space: Space) -> str:
    total = space.memory.total / GB
    if space.capacity is None:
        return f"memory: about {total:.1f} GB on a GPU (none here; --gpus 8x80 compares)"
    verdict, margin = "fits" if space.fits else "does not fit", space.memory.margin
    return (
        f"memory: about {total:.1f} GB on a GPU of {space.capacity / GB:.0f}: {verdict} with {margin:.0%} kept free;"
        f" largest per_device_train_batch_size: {space.largest}"
    )


def _terms(space: Space) -> str:
    return "  ".join(f"{name} {value / GB:.2f}" for name, value in space.memory.terms.items())


def _hour_facts(checked: Checked) -> Iterator[str]:
    plan = checked.case.plan if checked.case else None
    if plan is None or not plan.padded:
        yield "hours: not known, as no tokens were counted"
    elif not checked.hours:
        yield "hours: not known (no published speed for this size and --gpus; --tokens-per-second takes your own)"
    for hours in checked.hours:
        yield f"hours: {hours.hours:.2g} at {hours.tokens_per_second:,.0f} tokens/s/GPU ({hours.source})"


def _findings(checked: Checked) -> Iterator[Text]:
    """A line for each, its remedy on a line of its own."""
    if not checked.findings:
        yield Text("  nothing found", style="green")
    for finding in checked.findings:
        line = Text(f"  {finding.level:<7}  ", style=STYLES[finding.level])
        yield line.append(f"{printable(finding.found)}  [{finding.trap}]", style="default")
        if finding.remedy:
            yield Text(f"           -> {printable(finding.remedy)}", style="dim")


def _masks(case: Case) -> Iterator[RenderableType]:
    """The first rows; what carries loss is green."""
    for title, pieces in _shown(case):
        text = Text(f"  {title}\n", style="bold")
        for trained, words in pieces:
            text.append(printable(words), style="green" if trained else "dim")
        yield Group(text, Text(""))


def _shown(case: Case) -> Iterator[tuple[str, Iterator[tuple[bool, str]]]]:
    """The sequences of each dataset's first rows: a title, and the pieces with whether they carry loss."""
    if case.model.tokenizer is None:
        return
    for read in case.reads:
        for number, columns in enumerate(read.shown, 1):
            for side in SIDES:
                if (ids := columns.get(f"{side}input_ids")) is not None:
                    labels = columns.get(f"{side}labels", ids)
                    title = f"{read.name}, row {number} {side.rstrip('_')}"
                    yield title, runs(ids, labels, case.model.tokenizer.decode)


PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Recipes checked</title><style>
body{{font:15px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}}
pre{{white-space:pre-wrap;overflow-wrap:anywhere;background:#f6f6f6;padding:1rem;border-radius:.4rem}}
mark{{background:#c9f2c7}} .error{{color:#a40000}} .warning{{color:#8a5a00}} .note{{color:#555}} li small{{color:#555}}
</style><h1>Recipes checked</h1><p>What carries loss is <mark>marked</mark>.</p>
{body}</html>
"""


def as_html(checked: Sequence[Checked]) -> str:
    """A page that stands alone: findings, and the first rows with what carries loss marked."""
    return PAGE.format(body="\n".join(part for each in checked for part in _page_parts(each)))


def _page_parts(checked: Checked) -> Iterator[str]:
    yield f"<h2>{_escaped(str(checked.path))}</h2>"
    if checked.findings:
        items = (
            f'<li class="{finding.level}">{finding.level}: {_escaped(finding.found)}'
            f"<br><small>{_escaped(finding.remedy)} [{finding.trap}]</small></li>"
            for finding in checked.findings
        )
        yield f"<ul>{''.join(items)}</ul>"
    else:
        yield "<p>Nothing found.</p>"
    for title, pieces in _shown(checked.case) if checked.case else ():
        yield f"<h3>{_escaped(title)}</h3><pre>{''.join(_marked(pieces))}</pre>"


def _marked(pieces: Iterator[tuple[bool, str]]) -> Iterator[str]:
    for trained, words in pieces:
        yield f"<mark>{_escaped(words)}</mark>" if trained else _escaped(words)


def _escaped(text: str) -> str:
    return html.escape(printable(text))


def as_json(checked: Checked) -> dict[str, Any]:
    """What machines read; numbers that are not known are null."""
    case = checked.case
    return {
        "path": str(checked.path),
        "findings": [asdict(finding) for finding in checked.findings],
        "data": {read.name: _read_json(read) for read in case.reads} if case else {},
        "plan": asdict(case.plan) if case and case.plan else None,
        "memory": _space_json(case.space) if case and case.space else None,
        "hours": [asdict(hours) for hours in checked.hours],
    }


def _read_json(read: Read) -> dict[str, Any]:
    return {
        "rows": read.rows,
        "taken": read.taken,
        "used": read.used,
        "dropped": dict(read.dropped),
        "broken": read.broken_number,
        "spoiled": read.spoiled_number,
        "sampled": read.sampled,
        "cut": read.cut,
        "longest": read.longest or None,
        "trained_share": read.trained / sum(read.lengths) if sum(read.lengths) else None,
    }


def _space_json(space: Space) -> dict[str, Any]:
    return {
        "bytes": space.memory.total,
        "terms": dict(space.memory.terms),
        "capacity": space.capacity,
        "fits": space.fits,
        "largest_batch": space.largest,
    }
