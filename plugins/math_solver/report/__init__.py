"""Reports of evaluations: one self-contained HTML file, and the same figures as JSON beside it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ..evaluation import Decision, Run, compare, comparisons, decided, figures
from ..records import RecordError, write_text
from .course import Course, CourseRound, course_facts
from .page import render_page

__all__ = ["Course", "CourseRound", "read_figures", "write_report"]


def write_report(
    path: Path,
    runs: Sequence[Run],
    *,
    earlier: Iterable[Mapping[str, Any]] = (),
    decisions: Sequence[Decision] = (),
    title: str | None = None,
    seed: int = 0,
    course: Course | None = None,
) -> Path:
    """Write the page to ``path`` and its figures to the JSON file beside it, whose path is returned.

    Args:
        earlier: figures of runs from other reports (``read_figures``), to compare with; they have no examples.
        decisions: verdicts of people, which replace the verifier's.
        seed: of the bootstrap.
        course: the rounds in which a model was improved, whose runs these are, the start first.
    """
    every = _distinct([*earlier, *(figures(run, decisions, seed) for run in runs)])
    report = {
        "title": title or _title(every),
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "runs": every,
        "comparisons": _of_course(every, course, seed) if course else comparisons(every, seed),
        **({"course": course_facts(course)} if course else {}),
    }
    judged = [replace(run, attempts=list(decided(run.attempts, decisions))) for run in runs]
    write_text(path, render_page(report, judged, course))
    beside = path.with_suffix(".json")
    write_text(beside, json.dumps(report, ensure_ascii=False, indent=1) + "\n")
    return beside


def read_figures(path: Path) -> list[dict[str, Any]]:
    """The figures of the runs in a report's JSON file.

    Raises:
        RecordError: the file is missing or no report.
    """
    if not path.is_file():
        raise RecordError(f"{path}: no such file; check the path or run scripts/evaluate.py --report")
    try:
        runs: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["runs"]
        for run in runs:
            run["name"], run["by_problem"], run["accuracy"]["value"]
    except (ValueError, KeyError, TypeError) as error:
        raise RecordError(f"{path}: not the JSON file of a report ({error!r})") from error
    return runs


def _of_course(runs: Sequence[Mapping[str, Any]], course: Course, seed: int) -> list[dict[str, Any]]:
    named = {run["name"]: run for run in runs}
    return [compare(named[first], named[second], seed) for first, second in course.pairs(str(runs[0]["name"]))]


def _distinct(runs: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The runs, with a number behind a name that an earlier run has."""
    seen: dict[str, int] = {}
    named = []
    for run in runs:
        number = seen[run["name"]] = seen.get(run["name"], 0) + 1
        named.append({**run, "name": run["name"] if number == 1 else f"{run['name']} ({number})"})
    return named


def _title(runs: Sequence[Mapping[str, Any]]) -> str:
    models = dict.fromkeys(str(run["circumstances"].get("model") or run["name"]) for run in runs)
    sources = dict.fromkeys(str(run["circumstances"].get("problems_from") or "") for run in runs)
    on = " and ".join(Path(source).stem for source in sources if source)
    return " against ".join(models) + (f" on {on}" if on else "")
