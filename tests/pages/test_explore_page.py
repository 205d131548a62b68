"""The explorer's page in the browser, and its handlers without one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import gradio
import httpx
import pytest
from playwright.sync_api import Page, expect

from math_solver.pages.explore_page import PAGE, View, _Desk
from math_solver.pages.exploring.explorer import Explorer
from math_solver.records import as_row

from ..browser import PHONE, OpenPage
from .conftest import Start
from .exploring.rows import TRAJECTORIES, VICTIMS, write_dataset
from .test_review_page import assert_talks_to_nobody

COPIES = 9  # of six rows: three pages of a list


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[_Desk]:
    with Explorer([tmp_path / "curated.jsonl"], tmp_path) as explorer:
        for record in TRAJECTORIES * COPIES:
            explorer.take(None, record, "curated.jsonl")
        for victim in VICTIMS:
            explorer.take(None, victim, "curated.victims.jsonl")
        explorer.finish()
        yield _Desk(explorer)


def act(desk: _Desk, view: Any, *messages: str) -> list[Any]:
    shown = desk.first() if view is None else [view]
    for message in messages:
        shown = desk.act(shown[0], f"1:{message}")
    return shown


def test_buttons_lead_from_view_to_view(desk: _Desk) -> None:
    assert act(desk, None, "page:2")[0].page == 2
    assert act(desk, None, "page:2", "toggle:8:0")[0].page == 0  # a filter begins at the beginning
    assert act(desk, None, "open:5", "close")[0] == View()
    assert act(desk, None, "part:1", "open:0", "go:1", "open:2", "close")[0] == View("left_out", row=0)
    assert act(desk, None, "open:1", "part:0")[0] == View()
    assert act(desk, None, "toggle:8:0", "toggle:8:0")[0] == View()
    assert act(desk, None, "toggle:8:0", "clear")[0] == View()
    assert desk.search(View(), "eggs")[0].choice.query == "eggs"
    assert act(desk, desk.search(View(), "eggs")[0], "forget")[0] == View()


def test_only_what_changes_the_words_replaces_what_is_typed(desk: _Desk) -> None:
    searched = desk.search(View(), "eggs")
    assert searched[-1] == "eggs"
    assert act(desk, searched[0], "forget")[-1] == act(desk, searched[0], "clear")[-1] == ""
    assert act(desk, searched[0], "toggle:8:0")[-1] == act(desk, searched[0], "page:1")[-1] == gradio.skip()


@pytest.mark.parametrize(
    "message",
    ["", ":", "1", "1:", "1:page", "1:page:x", "1:page:-1", "1:open:99999", "1:open:-1", "1:toggle:99:0",
     "1:toggle:0:99", "1:toggle:-1:0", "1:part:9", "1:part:-9", "1:nothing:1", "1:page:1:2", "1:wide:10",
     "1:__class__", "1:open:" + "9" * 30],
)  # fmt: skip
def test_what_cannot_be_meant_changes_nothing_that_counts(desk: _Desk, message: str) -> None:
    shown = desk.act(None, message)
    assert len(re.findall('class="card"', shown[4])) == PAGE and shown[0].choice.filters == {} and shown[0].row is None


def test_there_is_a_last_page(desk: _Desk) -> None:
    assert act(desk, None, "page:" + "9" * 30)[0].page == 2


def test_a_tab_of_an_earlier_server_begins_anew(desk: _Desk) -> None:
    assert desk.act(None, "5:page:1")[0] == View(page=1) and desk.search(None, "")[0] == View()


def test_a_row_says_what_its_problem_and_its_steps_say(desk: _Desk) -> None:
    body = act(desk, None, "open:2")[4]
    for said in ("Question", "Gold answer", "Predicted", "because incorrect", "Step 1", "Program 1", "no result",
                 "Output 1 · error", "Conclusion", "Other rows of this problem, 9 of 27 samples correct"):  # fmt: skip
        assert said in body, said


def test_a_contamination_hit_stands_beside_its_item(desk: _Desk) -> None:
    body = act(desk, None, "part:1", "open:2")[4]
    assert "Benchmark item: gsm8k:test:7" in body and "Ann <mark>has 48 red and 36 blue marbles" in body
    assert "Its whole row is not here" in body
    duplicate = act(desk, None, "part:1", "open:0")[4]
    assert 'value="go:1">t1<' in act(desk, None, "part:2", "open:0")[4]  # of a cluster, to what is here
    assert "Kept before it: t2" in duplicate and 'value="go:2"' in duplicate and "Conclusion" in duplicate


def test_a_row_without_end_is_shown_to_an_end(tmp_path: Path) -> None:
    endless = replace(TRAJECTORIES[0], steps=TRAJECTORIES[0].steps * 3000, conclusion="so " * 100_000)
    with Explorer([], tmp_path) as explorer:
        explorer.take(None, endless, "a.jsonl")
        explorer.finish()
        body = act(_Desk(explorer), None, "open:0")[4]
    assert len(body) < 200_000 and "2,950 more programs" in body


def test_a_row_that_is_nested_too_deep_costs_itself(tmp_path: Path) -> None:
    deep: Any = "x"
    for _ in range(850):
        deep = [deep]

    def below(depth: int) -> tuple[str, str]:
        """Asked from far down, as a server with many layers does."""
        if depth:
            return below(depth - 1)
        desk = _Desk(explorer)
        return desk.first()[4], act(desk, None, "open:0")[4]

    with Explorer([], tmp_path) as explorer:
        explorer.take({**as_row(TRAJECTORIES[0]), "meta": {"deep": deep}}, TRAJECTORIES[0], "a.jsonl")
        explorer.take(None, TRAJECTORIES[1], "a.jsonl")
        explorer.finish()
        list_, row = below(100)
    assert "nested too deep" in list_ and "How many eggs" in list_ and "nested too deep" in row


def test_nothing_of_a_dataset_is_markup(desk: _Desk) -> None:
    """Whatever a row holds, the only tags are ours, and no button's value comes from a row."""
    tag = re.compile(
        r"<(?!/?(?:div|span|h1|h2|p|br|code|pre|button|mark|section|ul|li|nav|strong|em|details|summary)[ >])"
    )
    for messages in (["part:0"], ["open:5"], ["part:1"], ["part:1", "open:3"], ["part:2"], ["part:2", "open:0"]):
        shown = act(desk, None, *messages)
        for html in shown[1:6]:
            assert not tag.search(html), tag.search(html)
            assert all(re.fullmatch(r"[a-z]+(:\d+)*", value) for value in re.findall(r' value="([^"]*)"', html))
            assert not re.search(r"<[^>]*\son\w+=|<[^>]*(?:href|src)=", html)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("explored")


def placed(page: Page, place: str) -> None:
    expect(page.locator("#place")).to_have_attribute("data-place", place)


def test_a_person_looks_around(start: Start, open_page: OpenPage, folder: Path) -> None:
    dataset = write_dataset(folder, COPIES)
    before = dataset.read_bytes()
    script = start("explore.py", dataset, "--output", folder)
    assert "54 rows of 4 problems; 4 rows that curation left out; 1 clusters" in script.greeting
    page = open_page(script.url)
    chooses(page)
    opens(page)
    looks_at_what_was_left_out(page, open_page)
    saves(page, folder)
    assert dataset.read_bytes() == before
    on_a_phone(open_page, script.url)
    assert_talks_to_nobody(script)
    assert httpx.get(script.url, headers={"Host": "elsewhere.example"}).status_code == 400
    assert "default-src 'self'" in httpx.get(script.url).headers["Content-Security-Policy"]
    page.close()
    assert script.end()[::2] == (0, "")


def chooses(page: Page) -> None:
    """Bars, words, pages, and the way back from each."""
    count = page.locator("#count")
    expect(count).to_have_text("54 rows · 4 problems")
    page.get_by_role("button", name="incorrect 9", exact=True).click()
    expect(count).to_have_text("9 of 54 rows · 1 problem")
    page.get_by_role("button", name="unverifiable 9", exact=True).click()  # of one facet, either will do
    expect(count).to_have_text("18 of 54 rows · 1 problem")
    expect(page.get_by_role("button", name="ape210k")).to_have_count(0)  # none of these
    page.locator(".chip", has_text="incorrect").click()
    expect(count).to_have_text("9 of 54 rows · 1 problem")
    page.get_by_role("button", name="unverifiable 9", exact=True).click()
    page.fill("#words textarea, #words input", "left EGGS")
    page.keyboard.press("Enter")
    expect(count).to_have_text("27 of 54 rows · 1 problem")
    page.locator("#pager button", has_text="2").click()
    placed(page, "rows:1:")
    expect(page.locator("#rows .card")).to_have_count(7)
    page.locator(".chip").click()
    expect(page.locator("#words textarea, #words input")).to_have_value("")
    expect(count).to_have_text("54 rows · 4 problems")


def opens(page: Page) -> None:
    """A row by mouse, its neighbours by keys, and the browser's own way back."""
    page.evaluate("scrollTo(0, 1500)")
    page.get_by_role("button", name="MIT 45").click()  # stands beside the list, which begins anew
    expect(page.locator("#count")).to_contain_text("45 of 54")
    expect(page.locator("#count")).to_be_in_viewport()
    page.locator(".chip").click()
    expect(page.locator("#count")).to_have_text("54 rows · 4 problems")
    page.evaluate("scrollTo(0, 300)")
    page.locator("#rows .card").nth(4).click()
    placed(page, "rows::4")
    expect(page.locator("#rows .katex").first).to_be_visible()
    page.keyboard.press("ArrowRight")
    placed(page, "rows::5")  # the hostile one
    page.wait_for_timeout(500)  # for what must not come
    assert page.title() == "Explore"
    assert page.evaluate("getComputedStyle(document.body).display") != "none"
    assert page.locator("#rows :is(script, iframe, img, a, style)").count() == 0
    page.keyboard.press("ArrowLeft")
    placed(page, "rows::4")
    page.go_back()
    placed(page, "rows:0:")
    page.locator("#rows .open").first.focus()
    page.keyboard.press("Enter")
    placed(page, "rows::0")
    page.keyboard.press("Escape")
    placed(page, "rows:0:")


def looks_at_what_was_left_out(page: Page, open_page: OpenPage) -> None:
    page.get_by_role("button", name="Left out 4").click()
    placed(page, "left_out:0:")
    page.get_by_role("button", name="decontamination 1").click()
    expect(page.locator("#rows mark").first).to_contain_text("48 red and 36 blue marbles")
    page.locator("#rows .open").click()
    placed(page, "left_out::2")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Clusters 1").click()
    placed(page, "clusters:0:")
    expect(page.locator("#rows .members li")).to_have_count(2)
    expect(page.locator("#rows .members mark")).to_have_text(["today"])
    page.get_by_role("button", name="Rows 54").click()
    placed(page, "rows:0:")


def saves(page: Page, folder: Path) -> None:
    page.get_by_role("button", name="ape210k").click()
    expect(page.locator("#count")).to_contain_text("9 of 54")
    page.get_by_role("button", name="Save this selection").click()
    page.fill("#name textarea, #name input", "curated.jsonl")
    page.locator("#keep").click()
    expect(page.locator("#saved [role=alert]")).to_contain_text("is an input")
    page.fill("#name textarea, #name input", "chinese")
    page.locator("#keep").click()
    expect(page.locator("#saved [role=status]")).to_contain_text("chinese.jsonl: 9 rows")
    rows = [json.loads(line) for line in (folder / "chinese.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in rows] == ["t4"] * 9


def on_a_phone(open_page: OpenPage, url: str) -> None:
    page = open_page(url, width=PHONE, height=844, dark=True)
    placed(page, "rows:0:")
    expect(page.locator(".facet").first).to_be_hidden()
    page.get_by_role("button", name="Filters").click()
    page.get_by_role("button", name="incorrect 9", exact=True).click()
    expect(page.locator("#count")).to_contain_text("9 of 54")
    expect(page.locator(".facet").first).to_be_visible()  # stays open for the next one
    for place in ("rows:0:", "rows::2"):
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), place
        page.locator("#rows .card .open").first.click() if place == "rows:0:" else page.close()
