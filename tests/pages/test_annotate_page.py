from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from math_solver.records import write_jsonl

from ..browser import PHONE, OpenPage
from ..test_records import TRAJECTORY
from .conftest import ROOT, Start

QUESTION = "一根绳子长 $\\frac{7}{2}$ 米，平均分成 5 段，每段长多少米？"


def field(page: Page, name: str) -> Locator:
    return page.locator(f"#{name} textarea, #{name} input").first


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def says(page: Page, text: str) -> None:
    expect(page.locator("#ready")).to_contain_text(text)


def kept(journal: Path, name: str, text: str) -> None:
    """Wait for it: the page says the same of each draft, so that what it says may be of the one before."""
    deadline = time.monotonic() + 30
    while rows(journal)[-1][name] != text and time.monotonic() < deadline:
        time.sleep(0.05)
    assert rows(journal)[-1][name] == text


def annotate(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "scripts/annotate.py", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


def write_solution(page: Page) -> None:
    field(page, "question-text").press_sequentially(QUESTION)
    field(page, "answer-text").fill("\\frac{7}{10}")
    field(page, "thought-1").fill("用有理数计算。")
    field(page, "code-1").press_sequentially("length = Rational(7, 2)\nfor parts in [5]:\n")
    page.keyboard.press("Tab")
    page.keyboard.type("print(length / parts)")
    field(page, "conclusion-text").fill("每段长 $\\boxed{\\frac{7}{10}}$ 米。")


def test_a_solution_is_written_run_saved_and_replaced(start: Start, open_page: OpenPage, tmp_path: Path) -> None:
    dataset, journal = tmp_path / "t.jsonl", tmp_path / "t.jsonl.drafts.jsonl"
    script = start("annotate.py", "--output", dataset)
    page = open_page(script.url)
    says(page, "")
    write_solution(page)
    expect(page.locator("#checks")).to_contain_text("the conclusion holds \\boxed{}: \\frac{7}{10}")
    last = rows(journal)[-1]
    assert (last["question"], last["answer"], last["conclusion"][:3]) == (QUESTION, "\\frac{7}{10}", "每段长")
    assert last["steps"][0]["code"] == "length = Rational(7, 2)\nfor parts in [5]:\n    print(length / parts)"
    page.click("#save")
    says(page, "still missing: the programs have run since the last change: press Run")
    assert rows(dataset) == []
    page.click("#run")
    says(page, "All programs have run")
    expect(page.locator("#output-1")).to_contain_text("7/10")
    expect(page.locator("#checks li.open")).to_have_count(0)
    open_page.picture(page, "annotate_1280")
    page.click("#save")
    says(page, f"Saved into {dataset}")
    (entry,) = rows(dataset)
    assert entry["verdict"]["outcome"] == "correct" and entry["problem"]["lang"] == "zh"
    assert entry["steps"][0]["execution"]["output"] == "7/10\n"
    field(page, "thought-1").fill("")
    says(page, "Draft kept at")
    page.click("#save")
    says(page, "is in t.jsonl already: tick Replace")
    page.locator("#replace input").check()
    page.click("#save")
    says(page, "Saved into")
    assert [entry["steps"][0]["thought"] for entry in rows(dataset)] == [""]
    field(page, "code-1").fill("import time\ntime.sleep(2)\nprint(Rational(7, 10))")
    page.click("#run")
    field(page, "conclusion-text").fill("written while the program ran")
    kept(journal, "conclusion", "written while the program ran")
    expect(field(page, "conclusion-text")).to_have_value("written while the program ran")
    expect(page.locator("#output-1")).to_contain_text("7/10")
    built = subprocess.run(
        [sys.executable, "scripts/build_dataset.py", "--input", dataset, "--name", "x",
         "--dataset-info", tmp_path / "info.json"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "kept 1, dropped 0" in built.stdout, built.stderr
    page.close()
    code, output, errors = script.end()
    assert (code, errors) == (0, "") and "1 entries, 1 open drafts" in output


def test_an_answer_that_misses_its_stream_is_collected(start: Start, open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page(start("annotate.py", "--output", tmp_path / "t").url)
    says(page, "")
    # As when the server closes the stream at the moment when the page sends an event.
    closed = {"content_type": "text/event-stream", "body": 'data: {"msg": "close_stream"}\n\n'}
    page.route("**/queue/data?*", lambda route: route.fulfill(**closed), times=1)
    field(page, "conclusion-text").fill("one")
    says(page, "Draft kept at")
    field(page, "conclusion-text").fill("two")
    expect(page.locator("#conclusion-shown")).to_contain_text("two")


def test_what_was_typed_outlives_kill_9_and_a_second_tab(start: Start, open_page: OpenPage, tmp_path: Path) -> None:
    dataset = tmp_path / "t.jsonl"
    write_jsonl(dataset, [TRAJECTORY])
    script = start("annotate.py", "--output", dataset)
    page = open_page(script.url)
    says(page, "")
    field(page, "question-text").press_sequentially("Calculate 6 × 7.")
    says(page, "Draft kept at")  # no person is faster; the preview that comes with it moves the button
    page.click("#add")
    says(page, "Step added")
    field(page, "code-2").fill("print(6*7)")
    says(page, "Draft kept at")
    refused = annotate("--output", dataset, "--port", "0")
    assert refused.returncode == 2 and "another page is writing it" in refused.stderr
    page.reload()
    says(page, "Your last draft, as you left it.")
    expect(field(page, "code-2")).to_have_value("print(6*7)")
    script.end(signal.SIGKILL)
    page.close()
    open_page.errors.clear()  # the page lost its server

    script = start("annotate.py", "--output", dataset)
    assert "1 entries, 1 open drafts" in script.greeting
    page = open_page(script.url)
    says(page, "Your last draft, as you left it.")
    expect(field(page, "question-text")).to_have_value("Calculate 6 × 7.")
    expect(field(page, "code-2")).to_have_value("print(6*7)")
    other = page.context.new_page()
    other.goto(script.url)
    says(other, "Your last draft, as you left it.")
    field(page, "answer-text").fill("42")
    says(page, "Draft kept at")
    field(other, "answer-text").fill("43")
    says(other, "changed elsewhere meanwhile; what you write here is kept as a draft of its own")
    assert sorted(row["answer"] for row in rows(tmp_path / "t.jsonl.drafts.jsonl")[-2:]) == ["42", "43"]
    other.click("#entry input")
    other.get_by_role("option", name=re.compile(f"saved · {TRAJECTORY.id}")).click()
    expect(field(other, "question-text")).to_have_value(TRAJECTORY.problem.question)
    expect(field(other, "id-text")).to_have_value(TRAJECTORY.id)


def test_a_hostile_model_is_read_as_text_on_a_phone(
    start: Start, open_page: OpenPage, tmp_path: Path, endpoint: str
) -> None:
    script = start("annotate.py", "--output", tmp_path / "t", "--base-url", endpoint, "--model", "hostile")
    page = open_page(script.url, width=PHONE, dark=True)
    says(page, "")
    field(page, "question-text").fill("Which?")
    page.tap("#solve")
    expect(field(page, "question-text")).to_be_disabled()  # the solution will take the place of the texts
    says(page, "The model's solution; its programs have run here.")
    expect(field(page, "question-text")).to_be_enabled()
    expect(page.locator("#output-1")).to_contain_text("<script>x</script>")
    expect(page.locator("#conclusion-shown")).to_contain_text("<script>document.title='owned'</script>")
    assert page.title() == "Annotate"
    assert page.locator(".typeset").locator("script, img, iframe, style, a, .mermaid").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    for button in ("run", "save"):
        expect(page.locator(f"#{button}")).to_be_in_viewport(ratio=1)
    open_page.picture(page, "annotate_390")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--output", "{tmp}/bad"], "bad:1: not a Trajectory"),
        (["--output", "{tmp}/t", "--drafts", "{tmp}/bad"], "bad:1: not a Draft"),
        (["--output", "{tmp}/t", "--timeout", "0"], "--timeout must be above 0"),
        (["--output", "{tmp}/t", "--host", "nowhere.invalid"], "set PAGE_PASSWORD"),
    ],
)
def test_what_the_user_can_mend_is_one_line(tmp_path: Path, arguments: list[str], complaint: str) -> None:
    (tmp_path / "bad").write_text("[1]\n")
    result = annotate(*(argument.format(tmp=tmp_path) for argument in arguments))
    assert result.returncode == 2, result.stderr
    assert complaint in result.stderr.strip().splitlines()[-1], result.stderr
    assert "Traceback" not in result.stderr
