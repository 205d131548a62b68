"""Ways to an answer side by side, on the page and in a terminal."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from math_solver.evaluation import Run
from math_solver.report import read_figures, ways_as_text, write_report

from .test_report import EVIL, attempts

TOLD = "The product is \\boxed{408}.\n\nFirst 12 · 34 = 408, so it is \\boxed{408}."
WAYS: dict[str, dict[str, Any]] = {
    "one solution": {},
    "checked": {"check": True},
    "8 votes": {"votes": 8},
    "8 votes, checked": {"votes": 8, "check": True},
}


def run(name: str, right: int, **fields: Any) -> Run:
    made = [replace(attempt, **fields) for attempt in attempts(right)]
    return Run(name, made, {"model": "m", **WAYS.get(name, {})})


def test_four_ways_are_one_table_in_the_order_given(tmp_path: Path) -> None:
    outcome = {"outcome": "majority", "confidence": 0.75}
    given = [
        run("one solution", 3),
        run("checked", 6, completion_tokens=90, check={"status": "corrected"}),
        run("8 votes", 9, completion_tokens=320, votes=outcome),
        run("8 votes, checked", 12, completion_tokens=2400, seconds=20.25, votes=outcome, check={"status": "agreed"}),
    ]
    head, *rows = ways_as_text(read_figures(write_report(tmp_path / "r.html", given)))
    assert head.split("  ")[0] == "run" and "95 % interval" in head
    cells = [[cell.strip() for cell in row.split("  ") if cell.strip()] for row in rows]
    assert [row[:2] for row in cells] == [[name, name] for name in WAYS]
    assert [row[2] for row in cells] == ["25.0 %", "50.0 %", "75.0 %", "100.0 %"]
    assert [row[4:] for row in cells] == [["40", "1.5"], ["90", "1.5"], ["320", "1.5"], ["2\u202f400", "20.2"]]
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "<td>8 votes, checked</td><td>100.0 %</td>" in page and "<td>75.0 %</td><td>0</td>" in page
    assert "<th>explained</th>" not in page


def test_runs_without_second_looks_have_no_section_and_a_table_all_the_same(tmp_path: Path) -> None:
    beside = write_report(tmp_path / "r.html", [run("one solution", 3), run("other", 6)])
    assert "Votes and checks" not in (tmp_path / "r.html").read_text(encoding="utf-8")
    assert len(ways_as_text(read_figures(beside))) == 3


@pytest.mark.parametrize(
    ("conclusion", "explanation", "share", "characters"),
    [
        (TOLD, {"given": True}, "100.0 %", str(len(TOLD.partition("\n\n")[2]))),
        (TOLD, {"given": False, "reason": "17 is neither given nor worked out"}, "0.0 %", "–"),
        ("It is \\boxed{408}.", {"given": True}, "100.0 %", "–"),  # of whose length nothing is known
        (None, {"given": True}, "100.0 %", "–"),
        (TOLD, {"given": "yes"}, "0.0 %", "–"),  # of another's making
    ],
)
def test_the_share_of_explanations_that_agree_and_their_length(
    tmp_path: Path, conclusion: str | None, explanation: dict[str, Any], share: str, characters: str
) -> None:
    given = run("one solution", 12, conclusion=conclusion, explanation=explanation)
    beside = write_report(tmp_path / "r.html", [given])
    head, row = ways_as_text(read_figures(beside))
    assert head.split()[-2:] == ["explained", "characters"] and row.split("  ")[-1].strip() == characters
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert f"<td>{share}</td><td>{characters}</td></tr>" in page


def test_what_outsiders_wrote_is_text(tmp_path: Path) -> None:
    evil = run(EVIL, 3, votes={"outcome": EVIL, "confidence": EVIL}, check={"status": EVIL})
    evil = replace(evil, circumstances={"votes": EVIL, "check": EVIL})
    beside = write_report(tmp_path / "r.html", [evil])
    assert "<script>alert" not in (tmp_path / "r.html").read_text(encoding="utf-8").replace("&lt;", "")
    assert ways_as_text(read_figures(beside))[1].split("  ")[1] == "checked"
