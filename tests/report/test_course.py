"""A report on a model that was improved in rounds."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from math_solver.evaluation import Run, changes
from math_solver.records import Verdict
from math_solver.report import Course, CourseRound, write_report
from math_solver.report.course import MOST_CHANGES

from ..browser import PHONE, OpenPage
from .test_report import EVIL, Elements, attempts


def runs(number: int = 12) -> list[Run]:
    """Three runs: the second learns some and loses one, the third is worse."""
    second = attempts(9, number)
    second[0] = replace(second[0], verdict=Verdict("incorrect"), predicted=EVIL)
    return [Run("start", attempts(3, number)), Run("round 1", second), Run("round 2", attempts(2, number))]


def course(every: list[Run]) -> Course:
    first, second, third = every
    return Course(
        [
            CourseRound("round 1", "sft", "start", True, {"samples right": "8 of 16", EVIL: "3"},
                        changes(first, second)),
            CourseRound("round 2", "dpo", "round 1", False, {"samples right": "9 of 16"}, changes(second, third)),
        ],
        "round 1", f"of this: {EVIL}", "The rule.",
    )  # fmt: skip


def test_the_page_says_what_was_learned_and_lost_and_the_json_the_same(tmp_path: Path) -> None:
    every = runs()
    beside = write_report(tmp_path / "r.html", every, course=course(every))
    report = json.loads(beside.read_text(encoding="utf-8"))
    first, second = report["course"]["rounds"]
    assert first["learned"] == [f"p:{n}" for n in range(3, 9)] and first["lost"] == ["p:0"]
    assert second["learned"] == ["p:0"] and second["lost"] == [f"p:{n}" for n in range(2, 9)]
    assert (first["kept"], second["kept"], report["course"]["kept"]) == (True, False, "round 1")
    pairs = [(pair["first"], pair["second"]) for pair in report["comparisons"]]
    assert pairs == [("start", "round 1"), ("round 1", "round 2")]
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert EVIL not in page and "<td>6</td><td>1</td>" in page, "six learned, one lost"
    found = Elements(page)
    assert not found.tags & {"link", "img", "iframe", "a", "form"}
    assert not {name for name in found.attributes if name.startswith("on") or name in ("src", "href", "action")}


def test_the_start_and_what_is_kept_are_compared_where_a_round_lies_between(tmp_path: Path) -> None:
    every = [Run("start", attempts(3)), Run("round 1", attempts(6)), Run("round 2", attempts(9))]
    rounds = [
        CourseRound(after.name, "sft", before.name, True, {}, changes(before, after))
        for before, after in zip(every, every[1:], strict=False)
    ]
    shown = Course(rounds, "round 2", "all rounds are done", "The rule.")
    report = json.loads(write_report(tmp_path / "r.html", every, course=shown).read_text(encoding="utf-8"))
    assert [(pair["first"], pair["second"]) for pair in report["comparisons"]][-1] == ("start", "round 2")


def test_a_run_that_came_to_no_round_has_a_report(tmp_path: Path) -> None:
    nothing = Course([], "start", "nothing is left to learn", "The rule.")
    write_report(tmp_path / "r.html", [Run("start", attempts(12))], course=nothing)
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "nothing is left to learn" in page and "Learned and lost" not in page


def test_many_changes_are_named_in_the_json(tmp_path: Path) -> None:
    number = MOST_CHANGES + 5
    before, after = Run("start", attempts(0, number)), Run("round 1", attempts(number, number))
    shown = Course([CourseRound("round 1", "sft", "start", True, {}, changes(before, after))], "round 1", "x", "y")
    beside = write_report(tmp_path / "r.html", [before, after], course=shown)
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert f"{number - MOST_CHANGES} more in the JSON" in page
    assert len(json.loads(beside.read_text(encoding="utf-8"))["course"]["rounds"][0]["learned"]) == number


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (PHONE, True)])
def test_it_fits_the_window(width: int, dark: bool, open_page: OpenPage, tmp_path: Path) -> None:
    every = runs()
    write_report(tmp_path / "r.html", every, course=course(every))
    page = open_page((tmp_path / "r.html").as_uri(), width=width, dark=dark)
    for work in page.locator("summary").all()[:6]:
        if work.evaluate("summary => !summary.parentElement.open"):
            work.click()
    open_page.picture(page, f"course-{width}-{'dark' if dark else 'light'}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
