"""Ways to an answer side by side: one solution, checked, a vote of several, both; what each brings and costs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

from .charts import percent, short_number

__all__ = ["second_looks", "ways_as_text"]

Figures = Mapping[str, Any]
UNKNOWN = "–"


def way_of(run: Figures) -> str:
    """How a run comes to an answer: "one solution", "checked", "8 votes", "8 votes, checked"."""
    known = run["circumstances"]
    votes = known.get("votes")
    voted = [f"{votes} votes"] if isinstance(votes, int) and votes > 1 else []
    checked = ["checked"] if known.get("check") else []
    return ", ".join(voted + checked) or "one solution"


def _interval(run: Figures) -> str:
    return f"{percent(run['accuracy']['low'])} to {percent(run['accuracy']['high'])}"


def _mean(kind: str) -> Callable[[Figures], str]:
    return lambda run: short_number(run["effort"][kind]["mean"]) if kind in run["effort"] else UNKNOWN


def _looks(run: Figures) -> Mapping[str, Any]:
    return run.get("second_looks") or {}


def _confidence(run: Figures) -> str:
    share = _looks(run).get("confidence")
    return UNKNOWN if share is None else percent(share)


def _count(kind: str, status: str) -> Callable[[Figures], str]:
    def cell(run: Figures) -> str:
        counted = _looks(run).get(kind)
        return str(counted.get(status, 0)) if counted else UNKNOWN

    return cell


def _explained(run: Figures) -> str:
    found = _looks(run).get("explanations")
    return percent(found["given"] / found["asked"]) if found else UNKNOWN


def _length(run: Figures) -> str:
    found = _looks(run).get("explanations")
    return short_number(round(found["characters"])) if found and found["characters"] is not None else UNKNOWN


Columns = Mapping[str, Callable[[Figures], str]]
WAYS: Columns = {
    "run": lambda run: str(run["name"]),
    "way": way_of,
    "right": lambda run: percent(run["accuracy"]["value"]),
    "95 % interval": _interval,
    "tokens of an answer": _mean("completion tokens"),
    "seconds of an answer": _mean("seconds"),
}
OUTCOMES: Columns = {
    "votes that agree": _confidence,
    "ties": _count("outcomes", "tie"),
    "checked": _count("checks", "agreed"),
    "corrected": _count("checks", "corrected"),
    "disputed": _count("checks", "disputed"),
}
EXPLAINED: Columns = {"explained": _explained, "characters": _length}


def second_looks(runs: Sequence[Figures]) -> str:
    """The section of a page; empty where no run has votes, checks or explanations."""
    if not any(map(_looks, runs)):
        return ""
    explained = _explained_in(runs)
    head, *rows = _table(runs, {**WAYS, **OUTCOMES, **explained})
    note = (
        "An answer is the most frequent of several solutions, or tested by another way. Tokens are those of all "
        "solutions and tests; the votes that agree are the winner’s share."
    )
    if explained:
        note += (
            " Explained are answers behind which an explanation stands whose numbers agree with the programs’, "
            "of so many characters on average."
        )
    lines = [_line("th", head), *(_line("td", row) for row in rows)]
    return (
        f'<h2>Votes and checks</h2><p class="note">{note}</p><div class="scroll"><table>{"".join(lines)}</table></div>'
    )


def ways_as_text(runs: Sequence[Figures]) -> list[str]:
    """The lines of a table of all runs, for a terminal."""
    rows = _table(runs, {**WAYS, **_explained_in(runs)})
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]


def _explained_in(runs: Sequence[Figures]) -> Columns:
    """The columns of explanations, where any run asked for them."""
    return EXPLAINED if any("explanations" in _looks(run) for run in runs) else {}


def _table(runs: Sequence[Figures], columns: Columns) -> list[list[str]]:
    return [list(columns), *([cell(run) for cell in columns.values()] for run in runs)]


def _line(tag: str, cells: Sequence[str]) -> str:
    return f"<tr>{''.join(f'<{tag}>{escape(cell)}</{tag}>' for cell in cells)}</tr>"
