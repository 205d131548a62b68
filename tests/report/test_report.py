from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from math_solver.evaluation import (
    Attempt,
    Decision,
    Run,
    attempt_id,
    circumstances_path,
    comparisons,
    figures,
    write_circumstances,
)
from math_solver.records import Problem, RecordError, Verdict, write_jsonl
from math_solver.report import read_figures, write_report
from math_solver.report.examples import choose_examples
from math_solver.report.page import render_page

ROOT = Path(__file__).parents[2]
EVIL = "</script><script>alert(1)</script><img src=http://evil/x onerror=alert(2)>\"'&$\\text{<b>}$"


class Elements(HTMLParser):
    """The elements of a page and the names of their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


def attempts(right: int, number: int = 12, samples: int = 1, tool: bool = True) -> list[Attempt]:
    group = []
    for n in range(number):
        subject = ("面积计算", "Algebra & more", EVIL)[n % 3]
        problem = Problem(
            f"p:{n}", "test", f"计算 $\\frac{{{n}}}{{2}}$ 的值。", "1", None, f"Level {n % 5}", subject, "zh"
        )
        for sample in range(samples):
            outcome = "correct" if n < right else ("incorrect", "unverifiable")[n % 2]
            ran = {"thought": "I try **it**.", "code": "print(1 < 2)", "output": EVIL, "status": "ok", "ms": 2.0}
            group.append(
                Attempt(
                    attempt_id(problem.id, sample),
                    problem,
                    f"{EVIL} so \\boxed{{1}}",
                    EVIL if n == number - 1 else "1",
                    Verdict(outcome, EVIL if n == number - 1 else "because"),  # type: ignore[arg-type]
                    (ran,) if tool else (),
                    seconds=1.5,
                    sample=sample,
                    completion_tokens=40,
                    conclusion="so $$\\boxed{1}$$" if tool else None,
                )
            )
    return group


def runs() -> list[Run]:
    about = {"model": "tiny", "problems_from": "data/problems.jsonl", "tool": True, "versions": {"python": "3"}}
    return [
        Run("off", attempts(3, tool=False), about | {"tool": False}),
        Run("on", attempts(9), about | {"server": {"interpreter": {"tier": "strong"}}}),
        Run("eight", attempts(9, samples=4), about | {"samples": 4}),
    ]


def test_the_page_stands_alone_and_says_what_the_json_says(tmp_path: Path) -> None:
    beside = write_report(tmp_path / "r.html", runs())
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "url(" not in page and "@import" not in page
    found = Elements(page)
    assert not found.tags & {"link", "img", "iframe", "object", "embed", "audio", "video", "form", "a"}
    assert not {name for name in found.attributes if name.startswith("on") or name in ("src", "href", "action")}
    scripts = re.findall(r"<script[^>]*>(.*?)</script>", page, re.DOTALL)
    assert len(scripts) == 1
    report = json.loads(beside.read_text(encoding="utf-8"))
    assert json.loads(scripts[0]) == report
    for run in report["runs"]:
        assert f"{100 * run['accuracy']['value']:.1f} %" in page
    assert "面积计算" in page and "strong" in page and "tiny on problems" in page
    assert "alert(1)&lt;/script&gt;" in page


def test_examples_are_of_other_subjects_and_problems_first() -> None:
    chosen = choose_examples(runs()[2])
    right = [attempt for attempt in chosen if attempt.verdict.correct]
    assert [attempt.problem.subject for attempt in right] == ["面积计算", "Algebra & more", EVIL]
    wrong = [attempt.id for attempt in chosen if attempt.verdict.outcome == "unverifiable"]
    assert wrong == ["p:9#0", "p:11#0"]


def test_reports_can_be_compared_by_their_json(tmp_path: Path) -> None:
    first, second = (write_report(tmp_path / f"{run.name}.html", [run]) for run in runs()[:2])
    result = report_script("--input", first, second, "--output", tmp_path / "both.html")
    assert result.returncode == 0, result.stderr
    found = json.loads((tmp_path / "both.json").read_text(encoding="utf-8"))
    (pair,) = found["comparisons"]
    assert (pair["first"], pair["second"], pair["only_second"], pair["problems"]) == ("off", "on", 6, 12)
    assert pair["difference"]["value"] == 0.5 and pair["p_value"] == pytest.approx(2 / 2**6)
    page = (tmp_path / "both.html").read_text(encoding="utf-8")
    assert "on minus off" in page and "+50.0" in page and "Worked examples" not in page


def test_the_script_reads_attempts_and_decisions(tmp_path: Path) -> None:
    group = attempts(6)
    write_jsonl(tmp_path / "a.jsonl", group)
    write_circumstances(tmp_path / "a.jsonl", {"name": "mine", "model": "m", "tool": True})
    open_one = next(attempt for attempt in group if attempt.verdict.outcome == "unverifiable")
    decision = Decision(open_one.id, "1", open_one.predicted, "", "unverifiable", "correct", "fine")
    write_jsonl(tmp_path / "d.jsonl", [decision])
    result = report_script(
        "--input", tmp_path / "a.jsonl", "--decisions", tmp_path / "d.jsonl", "--output", tmp_path / "r.html"
    )
    assert result.returncode == 0, result.stderr
    (run,) = read_figures(tmp_path / "r.json")
    assert run["name"] == "mine"
    assert run["people"]["before"]["value"] == 0.5
    assert run["accuracy"]["value"] == run["people"]["after"]["value"] == pytest.approx(7 / 12)
    assert "After people decided" in (tmp_path / "r.html").read_text(encoding="utf-8")


def test_the_same_attempts_give_the_same_figures(tmp_path: Path) -> None:
    found = [json.loads(write_report(tmp_path / f"{n}.html", runs()).read_text(encoding="utf-8")) for n in "ab"]
    assert found[0]["runs"] == found[1]["runs"] and found[0]["comparisons"] == found[1]["comparisons"]


def test_runs_of_one_name_are_told_apart(tmp_path: Path) -> None:
    same = [replace(run, name="run") for run in runs()[:2]]
    assert [run["name"] for run in read_figures(write_report(tmp_path / "r.html", same))] == ["run", "run (2)"]


def test_broken_circumstances_are_named(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "a.jsonl", attempts(1))
    circumstances_path(tmp_path / "a.jsonl").write_text("{", encoding="utf-8")
    result = report_script("--input", tmp_path / "a.jsonl", "--output", tmp_path / "r.html")
    assert result.returncode == 2 and "a.jsonl.run.json: cannot be read" in result.stderr


def test_only_reports_are_read(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text('{"runs": [{"name": 1}]}', encoding="utf-8")
    with pytest.raises(RecordError, match="not the JSON file of a report"):
        read_figures(tmp_path / "x.json")


def report_script(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "scripts/report.py", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)


def figure_places(value: Any, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every place in a JSON value; of a list the first."""
    yield at
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from figure_places(inner, (*at, name))
    elif isinstance(value, list) and value:
        yield from figure_places(value[0], (*at, 0))


def with_value(value: Any, at: tuple[str | int, ...], new: Any) -> Any:
    copy = inner = json.loads(json.dumps(value))
    for name in at[:-1]:
        inner = inner[name]
    inner[at[-1]] = new
    if new is ...:
        del inner[at[-1]]
    return copy


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """A report that has every figure that there is."""
    folder = tmp_path_factory.mktemp("told")
    votes = {"votes": {"outcome": "majority", "confidence": 0.5}, "check": {"status": "agreed"}}
    explained = [replace(one, **votes, explanation={"given": True}) for one in attempts(5, 3, samples=2)]  # type: ignore[arg-type]
    decision = Decision("p:0#0", "1", "1", "?", "correct", "incorrect")
    known = {"versions": {"python": "3"}, "server": {"interpreter": {"tier": "full"}}}
    run = Run("one", explained, {**known, "samples": 2})
    beside = write_report(folder / "r.html", [run], decisions=[decision])
    found: dict[str, Any] = json.loads(beside.read_text(encoding="utf-8"))
    found["runs"][0]["by_problem"] = dict(list(found["runs"][0]["by_problem"].items())[:1])
    return found


@pytest.mark.parametrize(
    "value",
    [..., None, -1, 1.5, True, "x", [], [1], {}, {"x": 1}, float("nan"), 10**400],
    ids=lambda one: f"{one!r:.9}",
)
def test_figures_of_other_types_can_be_shown_beside_any_others_or_are_refused(
    value: Any, told: dict[str, Any], tmp_path: Path
) -> None:
    """What a page of this report alone does not show may be shown beside another one."""
    other = figures(Run("two", attempts(6, 12, samples=3)))
    source, refused = tmp_path / "odd.json", 0
    for at in list(figure_places(told["runs"][0]))[1:]:
        source.write_text(json.dumps(with_value(told, ("runs", 0, *at), value)), encoding="utf-8")
        try:
            (run,) = read_figures(source)
        except RecordError as error:
            refused += 1
            assert str(error).startswith(f"{source}: not the JSON file of a report (") and "\n" not in str(error)
            continue
        render_page({"title": "", "made": "", "runs": [run, other], "comparisons": comparisons([run, other])}, [])
    assert refused > 20


@pytest.mark.parametrize("report", ['{"runs": []}', '{"runs": {}}', "{}", "[]", "1", "null"])
def test_a_report_without_runs_is_none(report: str, tmp_path: Path) -> None:
    (tmp_path / "r.json").write_text(report)
    with pytest.raises(RecordError, match=r"r\.json: not the JSON file of a report \("):
        read_figures(tmp_path / "r.json")


@pytest.mark.parametrize(
    ("at", "value", "named"),
    [
        (("breakdown", "subject", 0, "key"), -1, "runs.0.breakdown.subject.0.key is -1"),
        (("failures", 0, "meaning"), None, "runs.0.failures.0.meaning is None"),
        (("accuracy", "low"), "0.5", "runs.0.accuracy.low is '0.5'"),
        (("effort", "seconds", "p95"), [], "runs.0.effort.seconds.p95 is []"),
        (("pass_at",), {"x": {}}, "runs.0.pass_at.x"),
        (("by_problem", "p:0", "first"), 1, "runs.0.by_problem.p:0.first is 1"),
        (("by_problem", "a\n\x1b[2J"), None, "runs.0.by_problem.a??[2J is None"),
    ],
)
def test_a_figure_that_is_refused_is_named(
    at: tuple[str | int, ...], value: Any, named: str, told: dict[str, Any], tmp_path: Path
) -> None:
    source = tmp_path / "odd.json"
    source.write_text(json.dumps(with_value(told, ("runs", 0, *at), value)), encoding="utf-8")
    with pytest.raises(RecordError, match=re.escape(f"odd.json: not the JSON file of a report ({named}")):
        read_figures(source)
