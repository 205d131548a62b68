"""Charts as HTML with small SVGs in percentages: they follow the page's width, colours and fonts.

Labels are HTML text, so that Chinese needs no font of ours, long ones wrap, and readers can copy them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

__all__ = ["bar_rows", "colour", "curve", "interval_rows", "legend", "percent", "short_number", "signed", "split_bar"]

Estimate = Mapping[str, Any]
COLOURS = 6  # of the style sheet
STEP = 14  # pixels from one series to the next, and a line of the values beside them


def percent(value: float, digits: int = 1) -> str:
    return f"{100 * value:.{digits}f} %"


def short_number(value: float) -> str:
    """An amount in a table, short, with thin spaces between thousands."""
    if value >= 1000 or float(value).is_integer():
        return f"{value:,.0f}".replace(",", "\u202f")
    return f"{value:.3g}" if value < 10 else f"{value:.1f}"


def signed(value: float) -> str:
    """A difference in percentage points with a sign that is as wide as a digit."""
    return f"{100 * value:+.1f}".replace("-", "\u2212")


def colour(number: int) -> str:
    """The class that colours the series of a number."""
    return f"s{number % COLOURS}"


def legend(names: Mapping[int, str]) -> str:
    """The colours of the runs; empty where there is only one."""
    if len(names) < 2:
        return ""
    items = (f'<li><i class="dot {colour(number)}"></i>{escape(name)}</li>' for number, name in names.items())
    return f'<ul class="legend">{"".join(items)}</ul>'


def interval_rows(rows: Sequence[tuple[str, Mapping[int, Estimate]]]) -> str:
    """A row for each label: a point with its 95 % interval for each series, on a scale of 0 to 100 %."""
    return f'<div class="rows">{"".join(_interval_row(*row) for row in rows)}{_axis()}</div>'


def _interval_row(label: str, series: Mapping[int, Estimate]) -> str:
    height = STEP * len(series) + 14
    marks = "".join(_mark(line, *entry) for line, entry in enumerate(series.items()))
    grid = "".join(f'<line class="grid" x1="{x}%" x2="{x}%" y1="0" y2="{height}"/>' for x in (0, 25, 50, 75, 100))
    values = "".join(f'<span class="{colour(number)}">{percent(e["value"])}</span>' for number, e in series.items())
    problems = max((estimate["n"] for estimate in series.values()), default=0)
    return (
        f'<div class="row"><div class="label">{escape(label)}<small>{problems}</small></div>'
        f'<svg class="track" height="{height}" role="img" aria-label="{escape(_spoken(label, series))}">'
        f'{grid}{marks}</svg><div class="value">{values}</div></div>'
    )


def _mark(line: int, number: int, estimate: Estimate) -> str:
    y = STEP * line + 14
    low, high, value = (100 * estimate[name] for name in ("low", "high", "value"))
    return (
        f'<g class="{colour(number)}"><line class="whisker" x1="{low:.2f}%" x2="{high:.2f}%" y1="{y}" y2="{y}"/>'
        f'<circle cx="{value:.2f}%" cy="{y}" r="4.5"/></g>'
    )


def _spoken(label: str, series: Mapping[int, Estimate]) -> str:
    spans = (f"{percent(e['value'])} ({percent(e['low'])} to {percent(e['high'])})" for e in series.values())
    return f"{label}: {'; '.join(spans)}"


def _axis() -> str:
    ticks = "".join(f'<span style="left:{x}%">{x}</span>' for x in (0, 25, 50, 75, 100))
    return f'<div class="row axis"><div></div><div class="ticks">{ticks}</div><div></div></div>'


def bar_rows(rows: Sequence[tuple[str, str, Sequence[tuple[str, float]], str]], whole: float) -> str:
    """A row for each ``(label, hint, [(class, amount), ...], value)``: stacked bars against ``whole``."""
    lines = []
    for label, hint, parts, value in rows:
        x, bars = 0.0, []
        for kind, amount in parts:
            width = 100 * amount / whole if whole else 0.0
            bars.append(f'<rect class="{kind}" x="{x:.2f}%" width="{width:.2f}%" y="4" height="14"/>')
            x += width
        title = f' title="{escape(hint)}"' if hint else ""
        lines.append(
            f'<div class="row"><div class="label"{title}>{escape(label)}</div>'
            f'<svg class="track" height="22" role="img" aria-label="{escape(f"{label}: {value}")}">'
            f'<rect class="empty" x="0" width="100%" y="4" height="14"/>{"".join(bars)}</svg>'
            f'<div class="value"><span>{escape(value)}</span></div></div>'
        )
    return f'<div class="rows">{"".join(lines)}</div>'


def split_bar(parts: Sequence[tuple[str, str, int]]) -> str:
    """One bar of ``(class, name, number)`` parts with their names below."""
    whole, x, bars = sum(number for _, _, number in parts), 0.0, []
    for kind, _, number in parts:
        width = 100 * number / whole if whole else 0.0
        bars.append(f'<rect class="{kind}" x="{x:.2f}%" width="{width:.2f}%" y="0" height="22"/>')
        x += width
    names = "".join(
        f'<li><i class="dot {kind}"></i>{escape(name)} <b>{number}</b></li>' for kind, name, number in parts
    )
    spoken = escape(", ".join(f"{name} {number}" for _, name, number in parts))
    return (
        f'<svg class="split" height="22" role="img" aria-label="{spoken}">{"".join(bars)}</svg>'
        f'<ul class="legend">{names}</ul>'
    )


def curve(lines: Sequence[tuple[int, str, Mapping[str, Estimate]]]) -> str:
    """Accuracy over the number of samples for each ``(series, dash, {k: estimate})``, k in steps of equal width."""
    sizes = sorted({int(k) for _, _, points in lines for k in points})
    place = {k: 46 + 340 * index / max(1, len(sizes) - 1) for index, k in enumerate(sizes)}
    drawn = "".join(_line(number, dash, points, place) for number, dash, points in lines)
    grid = "".join(
        f'<line class="grid" x1="40" x2="400" y1="{_height(y)}" y2="{_height(y)}"/>'
        f'<text x="34" y="{_height(y) + 4}" text-anchor="end">{round(100 * y)}</text>'
        for y in (0, 0.25, 0.5, 0.75, 1)
    )
    marks = "".join(f'<text x="{x}" y="222" text-anchor="middle">{k}</text>' for k, x in place.items())
    return (
        '<svg class="curve" viewBox="0 0 410 240" role="img" aria-label="accuracy by number of samples">'
        f'{grid}{marks}{drawn}<text x="220" y="238" text-anchor="middle">samples</text></svg>'
    )


def _line(number: int, dash: str, points: Mapping[str, Estimate], place: Mapping[int, float]) -> str:
    spots = [(place[int(k)], _height(points[k]["value"])) for k in sorted(points, key=int)]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>' for x, y in spots)
    whiskers = "".join(
        f'<line class="whisker" x1="{place[int(k)]:.1f}" x2="{place[int(k)]:.1f}" '
        f'y1="{_height(e["low"]):.1f}" y2="{_height(e["high"]):.1f}"/>'
        for k, e in points.items()
    )
    return f'<g class="{colour(number)}">{whiskers}<polyline class="{dash}" points="{path}"/>{dots}</g>'


def _height(share: float) -> float:
    return 202 - 190 * share
