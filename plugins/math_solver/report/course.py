"""The sections of a report on a model that was improved in rounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from ..evaluation import Change
from .charts import percent, signed
from .prose import answer, headline
from .sections import p_value

__all__ = ["Course", "CourseRound", "course_facts", "render_changes", "render_rounds"]

CHANGED = ("problem", "family", "gold answer", "before", "now")
MOST_CHANGES = 40  # of each kind that a page names


@dataclass(frozen=True)
class CourseRound:
    """A round: whose model it began from, whether its own took that one's place, and what was learned and lost.

    ``counts`` are what it was trained on, by what a table calls them.
    """

    name: str
    stage: str
    before: str
    kept: bool
    counts: Mapping[str, str]
    changes: Sequence[Change]


@dataclass(frozen=True)
class Course:
    """All rounds, the name of the run whose model is kept, and in words why it ended and by what rule."""

    rounds: Sequence[CourseRound]
    kept: str
    ended: str
    rule: str

    def pairs(self, start: str) -> list[tuple[str, str]]:
        """Which runs are compared: each round with what it began from, and the start with what is kept."""
        pairs = [(one.before, one.name) for one in self.rounds]
        whole = (start, self.kept)
        return pairs if start == self.kept or whole in pairs else [*pairs, whole]


def course_facts(course: Course) -> dict[str, Any]:
    """What the figures of a report say of a course."""
    rounds = [
        {
            "name": one.name,
            "stage": one.stage,
            "before": one.before,
            "kept": one.kept,
            "counts": dict(one.counts),
            "learned": [change.after.problem.id for change in one.changes if change.learned],
            "lost": [change.after.problem.id for change in one.changes if not change.learned],
        }
        for one in course.rounds
    ]
    return {"kept": course.kept, "ended": course.ended, "rule": course.rule, "rounds": rounds}


def render_rounds(course: Course, runs: Sequence[Mapping[str, Any]], pairs: Sequence[Mapping[str, Any]]) -> str:
    """A table of the rounds, with what each gained on the model that it began from."""
    figures = {run["name"]: run for run in runs}
    gains = {(pair["first"], pair["second"]): pair for pair in pairs}
    counts = list(dict.fromkeys(name for one in course.rounds for name in one.counts))
    names = ("round", "", "from", *counts, "right", "gained", "learned", "lost", "p")
    head = "".join(f"<th>{escape(name)}</th>" for name in names)
    start = _cells(escape(runs[0]["name"]), "", "", *[""] * len(counts), _right(runs[0]), *[""] * 4)
    rows = "".join(_row(one, figures[one.name], gains[one.before, one.name], counts) for one in course.rounds)
    return (
        f'<h2>Round after round</h2><p class="note">{escape(course.rule)} The run ended because '
        f"{escape(course.ended)}; the model of <b>{escape(course.kept)}</b> is kept. Problems that choose among "
        "models flatter the one that they choose: tell its accuracy on others.</p>"
        f'<div class="scroll"><table><tr>{head}</tr>{start}{rows}</table></div>'
    )


def _right(run: Mapping[str, Any]) -> str:
    found = run["accuracy"]
    return f"{percent(found['value'])}<br><small>{percent(found['low'])} to {percent(found['high'])}</small>"


def _row(one: CourseRound, run: Mapping[str, Any], gain: Mapping[str, Any], counts: Sequence[str]) -> str:
    difference = gain["difference"]
    interval = f"<small>{signed(difference['low'])} to {signed(difference['high'])}</small>"
    return _cells(
        f"{escape(one.name)} <small>{escape(one.stage)}</small>",
        '<span class="verdict good">kept</span>' if one.kept else '<span class="verdict">not kept</span>',
        escape(one.before),
        *(escape(one.counts.get(name, "")) for name in counts),
        _right(run),
        f"{signed(difference['value'])}<br>{interval}",
        str(gain["only_second"]),
        str(gain["only_first"]),
        p_value(gain["p_value"]),
    )


def _cells(*cells: str) -> str:
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def render_changes(course: Course) -> str:
    """The problems that were learned and lost in each round."""
    parts = [part for one in course.rounds if (part := _changes_of(one))]
    return f"<h2>Learned and lost</h2>{''.join(parts)}" if parts else ""


def _changes_of(one: CourseRound) -> str:
    learned = [change for change in one.changes if change.learned]
    lost = [change for change in one.changes if not change.learned]
    lists = _listed("learned", "wrong before, right now", learned) + _listed("lost", "right before, wrong now", lost)
    return f"<h3>{escape(one.name)} after {escape(one.before)}</h3>{lists}" if lists else ""


def _listed(name: str, meaning: str, changes: Sequence[Change]) -> str:
    if not changes:
        return ""
    tone = "good" if name == "learned" else "bad"
    rows = "".join(map(_change, changes[:MOST_CHANGES]))
    more = len(changes) - MOST_CHANGES
    left = f'<p class="note">{more} more in the JSON.</p>' if more > 0 else ""
    return (
        f'<details><summary><span class="question">{name}: {meaning}</span>'
        f'<span class="verdict {tone}">{len(changes)}</span></summary><div class="work"><div class="scroll">'
        f'<table class="changes"><tr>{"".join(f"<th>{name}</th>" for name in CHANGED)}</tr>'
        f"{rows}</table></div>{left}</div></details>"
    )


def _change(change: Change) -> str:
    problem = change.after.problem
    return _cells(
        f'<span lang="{escape(problem.lang)}">{headline(problem.question, 160)}</span>',
        escape(problem.subject or problem.source),
        answer(problem.answer),
        answer(change.before.predicted),
        answer(change.after.predicted),
    )
