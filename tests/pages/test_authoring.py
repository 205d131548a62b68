from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from math_solver.dataset.sharegpt import build
from math_solver.interpreter import Interpreter
from math_solver.pages.annotating import MOST_STEPS, Bench, Texts
from math_solver.pages.authoring import Teacher, checks, read_solution, run_steps, trajectory
from math_solver.pages.drafts import Draft, Drafts, DraftStep
from math_solver.pages.store import Store
from math_solver.records import Execution, RecordError, Trajectory
from math_solver.solving.endpoint import Endpoint

CLAIMED = Execution("ok", output="41\n")
STEPS = (DraftStep("Set up.", "x = 6 * 7"), DraftStep("Print.", "print(x)", CLAIMED))
DRAFT = replace(Draft.new(), question="Calculate 6 × 7.", answer="42", steps=STEPS, conclusion="It is \\boxed{42}.")


@pytest.fixture(scope="module")
def interpreter() -> Iterator[Interpreter]:
    with Interpreter() as running:
        yield running


@pytest.fixture
def bench(tmp_path: Path, interpreter: Interpreter) -> Iterator[Bench]:
    with Store(tmp_path / "t", Trajectory) as dataset, Drafts(tmp_path / "d") as drafts:
        yield Bench(dataset, drafts, interpreter, None)


def test_programs_run_in_one_session_and_a_claimed_output_goes(interpreter: Interpreter) -> None:
    ran = run_steps(DRAFT, interpreter)
    assert [step.execution for step in ran.steps] == [Execution("ok"), Execution("ok", output="42\n")]
    assert run_steps(ran, interpreter) is ran
    assert interpreter.sessions == []


def test_a_checked_draft_is_a_trajectory_that_build_dataset_takes(interpreter: Interpreter) -> None:
    ran = run_steps(DRAFT, interpreter)
    assert all(check.met for check in checks(ran)), checks(ran)
    made = trajectory(ran)
    assert made.verdict is not None and made.verdict.correct and made.predicted == "42"
    assert made.meta["teacher"] == "human" and made.problem.source == "people"
    assert Trajectory.from_dict(json.loads(json.dumps(_row(made)))) == made
    records, dropped = build([made])
    assert len(records) == 1 and not dropped
    without_gold = trajectory(replace(ran, answer=""))
    assert without_gold.problem.answer is None and len(build([without_gold])[0]) == 1


def _row(made: Trajectory) -> Any:
    import dataclasses

    return dataclasses.asdict(made)


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"question": " "}, "the question is written"),
        ({"steps": (DraftStep("thought only", ""),)}, "every step has a program; none in step 1"),
        ({"steps": (DraftStep("", "print(1/0)"),)}, r"the last program ended well \(status error\)"),
        ({"conclusion": "It is 42."}, r"the conclusion holds \\boxed"),
        ({"conclusion": "\\boxed{43}", "answer": "43"}, "the output shows the boxed answer: boxed 43, printed .*42"),
        ({"conclusion": "\\boxed{\\text{even}}", "answer": ""}, "the output shows the boxed answer: boxed .text.even"),
        ({"answer": "43"}, "the verifier finds it equal to the gold answer"),
        ({"id": " "}, "the entry has an id"),
        ({"conclusion": "<tool_call> \\boxed{42}"}, "no dataset would take it: a text holds a chat or tool-call mark"),
    ],
)
def test_what_is_missing_is_said(interpreter: Interpreter, changes: dict[str, Any], missing: str) -> None:
    with pytest.raises(RecordError, match=missing):
        trajectory(run_steps(replace(DRAFT, **changes), interpreter))


def test_a_draft_that_has_not_run_is_not_saved() -> None:
    with pytest.raises(RecordError, match="press Run"):
        trajectory(DRAFT)


def test_a_changed_program_voids_its_output_and_those_after_it() -> None:
    ran = replace(DRAFT, steps=tuple(DraftStep("", code, CLAIMED) for code in ("a", "b", "c")))
    edited = ran.edit({"answer": "1"}, (("", "a"), ("", "B"), ("", "c")))
    assert [step.execution for step in edited.steps] == [CLAIMED, None, None]
    assert ran.edit({"answer": "1"}, (("t", "a"), ("", "b"), ("", "c"))).has_run
    assert ran.edit({"answer": ran.answer}, (("", "a"), ("", "b"), ("", "c"))) is ran


def test_steps_come_and_go(bench: Bench) -> None:
    draft = bench.add_step(DRAFT, 1)
    assert [step.code for step in draft.steps] == ["x = 6 * 7", "", "print(x)"]
    draft = bench.remove_step(bench.remove_step(draft, 0), 0)
    assert [step.code for step in draft.steps] == ["print(x)"] and not draft.has_run
    assert bench.remove_step(draft, 0).steps == (DraftStep(),)  # a draft has a step
    with pytest.raises(RecordError, match="12 steps are the most"):
        bench.add_step(replace(draft, steps=(DraftStep(),) * 12), 0)


def test_a_page_older_than_the_server_loses_nothing(bench: Bench) -> None:
    values = ["id", "q", "", "", *["t1", "", "t3"], *[""] * (MOST_STEPS - 3), *["c1"], *[""] * (MOST_STEPS - 1)]
    kept = bench.keep(None, Texts.of(values))
    assert [(step.thought, step.code) for step in kept.steps] == [("t1", "c1"), ("", ""), ("t3", "")]
    assert bench.drafts.open == [kept] and (kept.id, kept.question) == ("id", "q")


def test_the_same_id_is_replaced_only_where_that_is_asked_for(bench: Bench) -> None:
    saved = bench.save(bench.run(bench.drafts.keep(DRAFT)), replace_saved=False)
    assert saved.saved and bench.drafts.open == []
    again = bench.run(bench.drafts.keep(replace(saved, conclusion="So \\boxed{42}.", saved=False)))
    with pytest.raises(RecordError, match=f"{DRAFT.id} is in t already: tick Replace, or change the id"):
        bench.save(again, replace_saved=False)
    assert bench.dataset.records[0].conclusion == "It is \\boxed{42}."
    bench.save(again, replace_saved=True)
    assert [made.conclusion for made in bench.dataset.records] == ["So \\boxed{42}."]
    assert trajectory(bench.reopen(DRAFT.id)) == bench.dataset.records[0]
    (step,) = bench.dataset.records[0].steps[1:]
    bench.dataset.append(replace(bench.dataset.records[0], id="long", steps=(step,) * 13))
    with pytest.raises(RecordError, match="long has 13 steps; 12 are the most"):
        bench.reopen("long")
    bench.dataset.append(replace(bench.dataset.records[0], id="empty", steps=()))
    assert not checks(bench.reopen("empty"))[1].met


def test_drafts_come_back_and_two_writers_both_keep_their_words(tmp_path: Path) -> None:
    with Drafts(tmp_path / "d") as drafts:
        first = drafts.keep(DRAFT)
        one = drafts.keep(replace(first, answer="one"))
        two = drafts.keep(replace(first, answer="two"))  # from the version before
        assert two.key != one.key
        drafts.keep(Draft.new())  # a blank one is nothing to come back to
        done = drafts.keep(replace(DRAFT, key="done"))
        drafts.keep(replace(done, saved=True))
    with Drafts(tmp_path / "d") as drafts:
        assert drafts.open == [two, one]
    assert len((tmp_path / "d").read_text().splitlines()) == 2  # shortened to what is open


@pytest.mark.parametrize(
    ("text", "steps", "conclusion"),
    [
        ("Just \\boxed{1}.", [], "Just \\boxed{1}."),
        (
            "First.\n```python\nprint(1)\n```\n```output\n2\n```\nThen.\n```python\nprint(3)\n```\nSo \\boxed{3}.",
            [("First.", "print(1)"), ("Then.", "print(3)")],
            "So \\boxed{3}.",
        ),
        ("```python\nopen", [], "```python\nopen"),
        # reasoning between tags, whatever it holds
        ("<think>\n```python\n0\n```\n</think>\n\nA\n```python\nx\n```\nC", [("A", "x")], "C"),
        # an output without a program: what it claims is left out, what is said before it stays
        ("A\n```output\n2\n```\nB\n```python\nx\n```\nC\n```output\n2\n```", [("A\n\nB", "x")], "C"),
    ],
)
def test_a_worked_solution_is_read(text: str, steps: list[tuple[str, str]], conclusion: str) -> None:
    found, end = read_solution(text)
    assert [(step.thought, step.code) for step in found] == steps and end == conclusion


@pytest.mark.parametrize("name", ["plugin", "plain"])
def test_a_model_solves_and_its_programs_run_here(bench: Bench, endpoint: str, name: str) -> None:
    bench.model = Teacher(Endpoint(endpoint, name, retries=1), max_tokens=100)
    empty = replace(Draft.new(), question=DRAFT.question, answer="42")
    solved = bench.solve(bench.drafts.keep(empty))
    assert solved.key == empty.key and solved.teacher == name
    assert solved.steps == (DraftStep("Think.", "print(6*7)", Execution("ok", output="42\n")),)
    edited = bench.run(solved.edit({"conclusion": "So \\boxed{42}."}, (("Think.", "print(6*7)"),)))
    assert trajectory(edited).meta["teacher"] == name and trajectory(edited).meta["edited"] is True
    other = bench.solve(bench.drafts.keep(replace(DRAFT, key="by-hand")))
    assert other.key != "by-hand" and bench.drafts.get("by-hand") is not None  # what was written is not lost


GARBLED = ("a? \x00b", "print('?\x00')", "So \\boxed{4?2\x00}.")


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("garbled", GARBLED),
        ("garbled-text", GARBLED),
        ("endless", ("x" * 100_000, f"print(6*7)  # {'x' * 100_000}", "y" * 100_000)),
    ],
)
def test_whatever_a_model_writes_is_kept_and_comes_back(
    tmp_path: Path, bench: Bench, endpoint: str, name: str, texts: tuple[str, str, str]
) -> None:
    bench.model = Teacher(Endpoint(endpoint, name, retries=1), max_tokens=100)
    solved = bench.solve(replace(Draft.new(), question=DRAFT.question))
    (step,) = solved.steps
    assert (step.thought, step.code, solved.conclusion) == texts
    assert step.execution is not None and step.execution.status == ("ok" if name == "endless" else "error")
    assert checks(solved)
    bench.drafts.__exit__()
    with Drafts(tmp_path / "d") as reopened:
        assert reopened.open == [solved]


def test_a_solution_too_long_for_the_page_is_refused_and_the_draft_stays(bench: Bench, endpoint: str) -> None:
    bench.model = Teacher(Endpoint(endpoint, "tireless", retries=1), max_tokens=100)
    draft = bench.drafts.keep(replace(Draft.new(), question="?"))
    with pytest.raises(RecordError, match="the model's solution has 13 steps; 12 are the most that this page takes"):
        bench.solve(draft)
    assert bench.drafts.open == [draft]


def test_two_threads_lose_no_words(tmp_path: Path) -> None:
    """Both change one draft, each from the version that it saw last, as two tabs do."""

    def write(words: range) -> Draft:
        mine = first
        for word in words:
            start.wait(60)
            mine = drafts.keep(replace(mine, conclusion=f"{mine.conclusion} {word}"))
        return mine

    start = Barrier(2)
    with Drafts(tmp_path / "d") as drafts, ThreadPoolExecutor(2) as threads:
        first = drafts.keep(DRAFT)
        ends = list(threads.map(write, (range(50), range(50, 100))))
        assert ends[0].key != ends[1].key and first.key in (ends[0].key, ends[1].key)
        for end, words in zip(ends, (range(50), range(50, 100)), strict=True):
            assert end.conclusion == " ".join([DRAFT.conclusion, *map(str, words)])
            assert drafts.get(end.key) == end
    with Drafts(tmp_path / "d") as drafts:
        assert sorted(draft.key for draft in drafts.open) == sorted(end.key for end in ends)


@pytest.mark.parametrize(
    ("base_url", "complaint"),
    [(None, "the model gave no solution .*no entry"), ("http://127.0.0.1:9/v1", "127.0.0.1:9/v1: the model gave no")],
)
def test_an_endpoint_that_gives_nothing_is_named(
    bench: Bench, endpoint: str, base_url: str | None, complaint: str
) -> None:
    bench.model = Teacher(Endpoint(base_url or endpoint, "broken", retries=1), max_tokens=100)
    with pytest.raises(RecordError, match=complaint):
        bench.solve(bench.drafts.keep(replace(Draft.new(), question="?")))
