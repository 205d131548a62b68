"""The web page of a report, put together from its sections."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from ..evaluation import Run
from . import sections
from .course import Course, render_changes, render_rounds
from .examples import choose_examples, render_example
from .style import STYLE
from .ways import second_looks

__all__ = ["render_page"]

# Nothing on the page may run or be fetched, whatever a model wrote into it.
POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def render_page(report: Mapping[str, Any], runs: Sequence[Run], course: Course | None = None) -> str:
    """HTML of a whole report; ``runs`` are those whose attempts are at hand for examples."""
    every = report["runs"]
    body = "".join(
        [
            sections.cards(every),
            render_rounds(course, every, report["comparisons"]) if course else "",
            sections.comparison(report["comparisons"], every),
            render_changes(course) if course else "",
            sections.people(every),
            sections.breakdowns(every),
            sections.refusals(every),
            sections.sampling(every),
            second_looks(every),
            sections.rounds(every),
            sections.failures(every),
            sections.effort(every),
            _examples(runs),
            sections.environment(every),
        ]
    )
    title = escape(report["title"])
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{STYLE}</style></head><body>"
        f'<header class="top"><h1>{title}</h1><p class="lead">{escape(_lead(every))}</p></header>'
        f"<main>{body}</main><footer><p>Made by math_solver, {escape(report['made'][:16].replace('T', ' '))} UTC. "
        "Intervals resample problems (percentile bootstrap, 10,000 times; Wilson’s where all problems agree). "
        "Failed requests count as wrong.</p></footer>"
        f'<script type="application/json" id="figures">{_data(report)}</script></body></html>\n'
    )


def _lead(runs: Sequence[Mapping[str, Any]]) -> str:
    numbers = sorted({run["problems"] for run in runs})
    attempts = sum(run["attempts"] for run in runs)
    of = f"{numbers[0]:,}" if len(numbers) == 1 else f"{numbers[0]:,} to {numbers[-1]:,}"
    ran = "a run" if len(runs) == 1 else f"{len(runs)} runs"
    return f"{ran.capitalize()} over {of} problems, {attempts:,} answers, each judged by the verifier."


def _examples(runs: Sequence[Run]) -> str:
    parts: list[str] = []
    for run in runs:
        chosen = choose_examples(run)
        opened = not parts
        rendered = (render_example(attempt, run.tool, opened and not index) for index, attempt in enumerate(chosen))
        heading = f"<h3>{escape(run.name)}</h3>" if len(runs) > 1 else ""
        parts.append(heading + "".join(rendered))
    return f"<h2>Worked examples</h2>{''.join(parts)}" if parts else ""


def _data(report: Mapping[str, Any]) -> str:
    """JSON for a script element, which no text in it can close."""
    return json.dumps(report, ensure_ascii=False).replace("<", "\\u003c")
