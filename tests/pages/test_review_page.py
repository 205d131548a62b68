from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
from playwright.sync_api import Page, expect

from math_solver.evaluation import Attempt, Decision, decided
from math_solver.records import read_records, write_jsonl

from ..browser import PHONE, OpenPage
from .conftest import ROOT, Script, Start
from .examples import ATTEMPTS

OPEN = [attempt for attempt in ATTEMPTS if attempt.verdict.outcome == "unverifiable"]


@pytest.fixture
def attempts(tmp_path: Path) -> Path:
    write_jsonl(tmp_path / "attempts.jsonl", ATTEMPTS)
    return tmp_path / "attempts.jsonl"


@pytest.fixture
def decisions(tmp_path: Path) -> Path:
    return tmp_path / "decisions.jsonl"


def shows(page: Page, index: int | None) -> None:
    """Wait for an answer, or for the word that none is left."""
    place = "" if index is None else str(index)
    expect(page.locator("#place")).to_have_attribute("data-index", place)


def rows(path: Path) -> list[tuple[str, str]]:
    return [(row["attempt_id"], row["decision"]) for row in map(json.loads, path.read_text().splitlines())]


def review(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "scripts/review.py", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


def test_one_key_decides_and_each_decision_is_in_the_file(
    start: Start, open_page: OpenPage, attempts: Path, decisions: Path
) -> None:
    script = start("review.py", "--input", attempts, "--output", decisions, "--include", "all")
    assert "7 answers to decide about, 0 of them decided" in script.greeting
    page = open_page(script.url)
    shows(page, 0)
    page.keyboard.press("1")
    shows(page, 1)
    assert rows(decisions) == [("p:0#0", "correct")]
    page.keyboard.press("x")
    shows(page, 2)
    assert rows(decisions)[1:] == [("p:1#0", "incorrect")]
    page.keyboard.press("s")
    shows(page, 3)
    assert rows(decisions)[2:] == [("p:2#0", "skip")]
    page.keyboard.press("n")
    page.keyboard.type("1 per cent, x")  # in the note, keys are letters
    page.keyboard.press("Escape")
    page.keyboard.press("2")
    shows(page, 4)
    assert rows(decisions)[3:] == [("p:3#0", "incorrect"), ("p:3#1", "incorrect")]  # two attempts, one answer
    page.keyboard.press("ArrowLeft")
    shows(page, 3)
    expect(page.locator("#note textarea, #note input")).to_have_value("1 per cent, x")
    expect(page.locator("#place .state")).to_have_text("incorrect")
    page.keyboard.press("c")  # a second thought: the last decision holds
    shows(page, 4)
    for index in (5, 6, None):
        page.keyboard.press("1")
        shows(page, index)
    expect(page.locator("#standing")).to_contain_text("7 of 7 decided · 5 correct, 1 incorrect, 1 skipped")
    expect(page.locator("#standing")).to_contain_text("agrees with 1 of the 3 that it had decided")
    open_page.picture(page, "review_done")
    assert_talks_to_nobody(script)
    assert httpx.get(script.url, headers={"Host": "elsewhere.example"}).status_code == 400  # DNS rebinding
    assert "default-src 'self'" in httpx.get(script.url).headers["Content-Security-Policy"]
    page.close()
    code, output, errors = script.end()
    assert (code, errors) == (0, "") and "7 of 7 decided" in output
    judged = decided(read_records(attempts, Attempt), read_records(decisions, Decision))
    assert [attempt.verdict.outcome for attempt in judged] == [
        "correct", "incorrect", "unverifiable", "correct", "correct", "correct", "correct", "correct",
    ]  # fmt: skip


def assert_talks_to_nobody(script: Script) -> None:
    connections = psutil.Process(script.process.pid).net_connections()
    assert connections and all(c.laddr.ip == "127.0.0.1" for c in connections)
    assert all(c.raddr.ip == "127.0.0.1" for c in connections if c.raddr)


def test_nothing_is_lost_by_kill_9_and_a_key_acts_on_what_is_seen(
    start: Start, open_page: OpenPage, attempts: Path, decisions: Path
) -> None:
    script = start("review.py", "--input", attempts, "--output", decisions)
    page = open_page(script.url)
    shows(page, 0)
    page.keyboard.press("1")
    shows(page, 1)
    refused = review("--input", attempts, "--output", decisions, "--port", "0")
    assert refused.returncode == 2 and "another page is writing it" in refused.stderr
    page.evaluate("stop()")
    script.end(signal.SIGKILL)
    page.close()
    open_page.errors.clear()  # the page lost its server
    with decisions.open("a") as file:
        file.write('{"attempt_id": "p:1#0", "go')  # as if the kill had come in the middle of a line
    script = start("review.py", "--input", attempts, "--output", decisions)
    assert "4 answers to decide about, 1 of them decided" in script.greeting
    page = open_page(script.url)
    shows(page, 1)
    assert rows(decisions) == [("p:0#0", "correct")]
    only_on_what_is_seen(page, script.url, decisions)


def only_on_what_is_seen(page: Page, url: str, decisions: Path) -> None:
    """Impatient fingers and a second tab, both on the second answer."""
    other = page.context.new_page()
    other.goto(url)
    shows(other, 1)
    press = "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: '1', bubbles: true}))"
    page.evaluate(f"for (let n = 0; n < 3; n++) {press}")  # faster than the page can follow
    shows(page, 2)
    page.evaluate("for (let n = 0; n < 3; n++) document.getElementById('skip').click()")
    shows(page, 3)
    page.wait_for_timeout(1000)  # for what must not come
    shows(page, 3)
    assert rows(decisions)[1:] == [("p:1#0", "correct"), ("p:2#0", "skip")]
    other.keyboard.press("2")
    expect(other.locator("#warning")).to_contain_text("Decided as correct in another tab")
    assert ("p:1#0", "incorrect") not in rows(decisions)
    other.keyboard.press("2")
    expect(other.locator("#warning")).to_have_count(0)
    assert rows(decisions)[-1] == ("p:1#0", "incorrect")


def test_hostile_text_stays_text_at_every_width(
    start: Start, open_page: OpenPage, decisions: Path, tmp_path: Path
) -> None:
    write_jsonl(tmp_path / "a", ATTEMPTS[2:4])
    script = start("review.py", "--input", tmp_path / "a", "--output", decisions)
    assert_well_shown(open_page(script.url), open_page, dark=False)
    page = open_page(script.url, width=PHONE, dark=True)
    assert_well_shown(page, open_page, dark=True)
    page.tap("#correct")
    shows(page, 1)
    assert rows(decisions) == [("p:2#0", "correct")]


def assert_well_shown(page: Page, open_page: OpenPage, *, dark: bool) -> None:
    shows(page, 0)
    page.click("#text button")
    page.click("#programs button")
    expect(page.locator("#text .typeset")).to_contain_text("<script>document.title='owned'</script>")
    expect(page.locator("#question")).to_contain_text("![](http://example.org/pixel.png) [click](javascript:alert(1))")
    expect(page.locator("#question")).to_contain_text("%%%LATEX_BLOCK_7%%% &lt;b&gt;")
    expect(page.locator("#programs")).to_contain_text("print(solve(x**2 - 8, x))")
    expect(page.locator(".katex")).not_to_have_count(0)
    assert page.title() == "Review"
    inside = page.locator(".typeset").locator("script, img, iframe, style, a, svg.mermaid, .mermaid")
    assert inside.count() == 0
    width = page.evaluate("innerWidth")
    open_page.picture(page, f"review_{width}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for button in ("correct", "incorrect", "skip", "back"):
        expect(page.locator(f"#{button}")).to_be_in_viewport(ratio=1)  # however long the answer
    colour = page.evaluate("getComputedStyle(document.querySelector('#place h1')).color")
    assert (sum(map(int, re.findall(r"\d+", colour)[:3])) > 400) is dark  # light letters on dark


def test_a_page_on_ipv6_is_as_guarded(
    start: Start, open_page: OpenPage, attempts: Path, decisions: Path, ipv6: str
) -> None:
    script = start("review.py", "--input", attempts, "--output", decisions, "--host", ipv6)
    assert script.url.startswith("http://[::1]:")
    page = open_page(script.url)
    shows(page, 0)
    page.keyboard.press("1")
    shows(page, 1)
    assert rows(decisions) == [("p:0#0", "correct")]
    assert httpx.get(script.url, headers={"Host": "elsewhere.example"}).status_code == 400
    page.close()
    assert script.end()[0] == 0


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--output", "{tmp}/d"], "--input is needed"),
        (["--input", "nowhere.jsonl", "--output", "{tmp}/d"], "nowhere.jsonl: no such file"),
        (["--input", "{tmp}/bad", "--output", "{tmp}/d"], "bad:1: not a Attempt"),
        (["--input", "{tmp}/attempts.jsonl", "--output", "{tmp}/bad"], "bad:1: not a Decision"),
        (["--input", "{tmp}/attempts.jsonl", "--output", "{tmp}"], "is a folder; name a file"),
        (["--input", "{tmp}/attempts.jsonl", "--output", "{tmp}/d", "--port", "70000"], "choose another --port"),
        (["--input", "{tmp}/attempts.jsonl", "--output", "{tmp}/d", "--host", "0.0.0.0"], "set PAGE_PASSWORD"),
        (["--input", "{tmp}/settled", "--output", "{tmp}/d"], "no answer to decide about"),
        (["--output", "{tmp}/nothing", "--export-pairs", "{tmp}/p"], "nothing: no such file"),
    ],
)
def test_what_the_user_can_mend_is_one_line(
    attempts: Path, tmp_path: Path, arguments: list[str], complaint: str
) -> None:
    (tmp_path / "bad").write_text('{"no": "attempt"}\n')
    write_jsonl(tmp_path / "settled", [a for a in ATTEMPTS if a.verdict.correct])
    result = review(*(argument.format(tmp=tmp_path) for argument in arguments))
    assert result.returncode == 2, result.stderr
    assert re.search(complaint, result.stderr.strip().splitlines()[-1]), result.stderr
    assert "Traceback" not in result.stderr


def test_decisions_are_exported_as_test_rows(tmp_path: Path) -> None:
    def row(number: int, **changes: Any) -> dict[str, Any]:
        held = {"attempt_id": f"p:{number}#0", "gold": "20", "predicted": f"{number} cups", "question": "?",
                "verifier": "unverifiable", "decision": "correct"}  # fmt: skip
        return held | changes

    write_jsonl(tmp_path / "d", [row(1), row(2), row(2, decision="incorrect"), row(3, decision="skip")])
    result = review("--output", tmp_path / "d", "--export-pairs", tmp_path / "pairs.txt")
    assert result.returncode == 0, result.stderr
    assert "2 rows, left out 1 (1 skipped)" in result.stdout
    assert (tmp_path / "pairs.txt").read_text() == "## decided by people\n+ 20 :: 1 cups\n- 20 :: 2 cups\n"
