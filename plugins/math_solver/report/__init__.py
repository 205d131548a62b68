"""Reports of evaluations: one self-contained HTML file, and the same figures as JSON beside it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ..disk import parse_json, read_whole, storable, write_text
from ..evaluation import Decision, Run, compare, comparisons, decided, figures
from ..records import RecordError
from .course import Course, CourseRound, course_facts
from .page import render_page
from .ways import ways_as_text

__all__ = ["Course", "CourseRound", "figures_path", "read_figures", "ways_as_text", "write_report"]


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
    """Write the page to ``path`` and its figures to ``figures_path`` beside it, which is returned.

    Args:
        earlier: figures of runs from other reports (``read_figures``), to compare with; they have no examples.
        decisions: verdicts of people, which replace the verifier's.
        seed: of the bootstrap.
        course: the rounds in which a model was improved, whose runs these are, the start first.
    """
    beside = figures_path(path)
    every = _distinct([*earlier, *(figures(run, decisions, seed) for run in runs)])
    report = {
        "title": title or _title(every),
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "runs": every,
        "comparisons": _of_course(every, course, seed) if course else comparisons(every, seed),
        **({"course": course_facts(course)} if course else {}),
    }
    judged = [replace(run, attempts=list(decided(run.attempts, decisions))) for run in runs]
    write_text(path, storable(render_page(report, judged, course)))
    write_text(beside, storable(json.dumps(report, ensure_ascii=False, indent=1)) + "\n")
    return beside


def figures_path(page: Path) -> Path:
    """Where the figures of a page go.

    Raises:
        RecordError: into the place of the page.
    """
    if page.suffix == ".json":
        raise RecordError(f"{page}: is the page; name it .html, its figures go to the .json beside it")
    return page.with_suffix(".json")


def read_figures(path: Path) -> list[dict[str, Any]]:
    """The figures of the runs in a report's JSON file.

    Raises:
        RecordError: the file is missing or no report, or a figure is of no type that it can have; it is named.
    """
    if not path.is_file():
        raise RecordError(f"{path}: no such file; check the path or run scripts/evaluate.py --report")
    from .reading import odd_figure  # what only writes reports needs no pydantic

    try:
        report = parse_json(read_whole(path))
    except (OSError, ValueError) as error:
        raise RecordError(f"{path}: not the JSON file of a report ({type(error).__name__}: {error})") from error
    if odd := odd_figure(report):
        raise RecordError(f"{path}: not the JSON file of a report ({odd})")
    runs: list[dict[str, Any]] = report["runs"]
    try:
        for run in runs:
            _show(run)
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError) as error:
        raise RecordError(f"{path}: not the JSON file of a report ({type(error).__name__}: {error})") from error
    return runs


def _show(run: Mapping[str, Any]) -> None:
    """Make a page of figures from outside, alone and compared, which is all that they are for."""
    again = {**run, "name": f"{run['name']} again"}
    report = {"title": "", "made": "", "runs": [run, again], "comparisons": comparisons([run, again], 0)}
    render_page(report, [])
    json.dumps(report)


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
