"""Reports in headless Chromium, at desktop and phone width, light and dark."""

from __future__ import annotations

from pathlib import Path

import pytest

from math_solver.report import write_report

from ..browser import PHONE, OpenPage
from .test_report import runs


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, PHONE])
def test_a_report_fits_the_window_and_runs_nothing(
    width: int, dark: bool, open_page: OpenPage, tmp_path: Path
) -> None:
    write_report(tmp_path / "r.html", runs())
    page = open_page((tmp_path / "r.html").as_uri(), width=width, dark=dark)
    for work in page.locator("summary").all():
        if work.evaluate("summary => !summary.parentElement.open"):
            work.click()
    open_page.picture(page, f"report-{width}-{'dark' if dark else 'light'}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("details[open]").count() == page.locator("details").count() > 5
    formula = page.locator("mfrac").first.bounding_box()
    assert formula is not None and formula["height"] > 12, "formulas are typeset, not source"
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper == ("rgb(20, 23, 26)" if dark else "rgb(252, 252, 250)")


def test_a_report_prints_with_its_examples(open_page: OpenPage, tmp_path: Path) -> None:
    write_report(tmp_path / "r.html", runs())
    page = open_page((tmp_path / "r.html").as_uri(), dark=True)
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    closed = page.locator("details:not([open]) .work").first
    assert closed.bounding_box(), "closed examples are on paper"
    assert len(page.pdf(format="A4")) > 10_000
