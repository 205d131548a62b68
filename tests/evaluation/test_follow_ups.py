"""Problems that refer back: asked right behind what they follow, and told apart in the figures."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from math_solver.evaluation import Attempt, choose, figures, read_run
from math_solver.evaluation.campaign import conversations
from math_solver.evaluation.session import Options, evaluate
from math_solver.records import Problem, RecordError, read_records, write_jsonl
from math_solver.report import write_report
from math_solver.solving.endpoint import Endpoint

from ..fake_endpoint import FakeEndpoint, completion, serving
from .test_session import problems

ROOT = Path(__file__).parents[2]
HALF = "And half of that?"


def half(followed: str, answer: int, name: str = "half") -> Problem:
    return Problem(f"{followed}>{name}", "sum", HALF, f"{answer}/2", subject="sums", follows=followed)


def chained(number: int) -> list[Problem]:
    """Sums, each second one with a follow-up, and the first with one more behind that."""
    firsts = problems(number)
    return [
        *firsts,
        *(half(f"sum:{n}", n + 1) for n in range(0, number, 2)),
        replace(half("sum:0>half", 1), answer="1/4"),
    ]


def asked(body: dict[str, Any]) -> list[str]:
    return [message["content"] for message in body["messages"] if message["role"] == "user"]


def right(body: dict[str, Any]) -> dict[str, Any]:
    """The answer to the last question, read off the conversation alone."""
    value = 0.0
    for question in asked(body):
        value = value / 2 if question == HALF else int(question.split()[2]) + 1
    return completion(f"It is \\boxed{{{value}}}.")


def run(server: FakeEndpoint, output: Path, some: list[Problem], **options: Any) -> list[Attempt]:
    return evaluate(some, Endpoint(server.url, "m", 0, 60), Options(**options), output)


@pytest.mark.parametrize("options", [{}, {"samples": 2, "temperature": 0.5}, {"conversation": 2}, {"conversation": 5}])
def test_a_follow_up_is_asked_right_behind_what_it_follows(options: dict[str, Any], tmp_path: Path) -> None:
    some = chained(5)
    with serving(right) as server:
        attempts = run(server, tmp_path / "a", some, **options)
    assert [attempt.problem for attempt in attempts[:: options.get("samples", 1)]] == some
    assert all(attempt.verdict.correct for attempt in attempts)
    assert list(read_records(tmp_path / "a", Attempt)) == attempts
    questions = [asked(body) for body in server.bodies]
    assert all(before[-1] != HALF for before in questions if len(before) == 1)
    if "conversation" not in options:
        assert {len(before) for before in questions} == {1, 2, 3}
        assert not any(attempt.position for attempt in attempts)
    else:
        assert all(attempt.position for attempt in attempts)
    breakdown = figures(read_run(tmp_path / "a"))["breakdown"]["reference"]
    assert [(row["key"], row["n"]) for row in breakdown] == [("asked by itself", 5), ("follow-up", 4)]


@pytest.mark.parametrize("size", [2, 3, 4, 7])
def test_chains_stay_together_in_conversations(size: int) -> None:
    some = chained(9)
    groups = conversations(some, size)
    assert groups == conversations(some[::-1], size)
    assert sorted(problem.id for group in groups for problem in group) == sorted(problem.id for problem in some)
    assert max(map(len, groups)) <= max(size, 3)
    for group in groups:
        for before, problem in zip([None, *group], group, strict=False):
            assert problem.follows is None or (before is not None and problem.follows == before.id)


def test_without_follow_ups_nothing_is_said_of_them(tmp_path: Path) -> None:
    with serving(right) as server:
        run(server, tmp_path / "a", problems(3))
    assert figures(read_run(tmp_path / "a"))["breakdown"]["reference"] == []


def test_the_report_tells_them_apart(tmp_path: Path) -> None:
    with serving(lambda body: 400 if asked(body)[-1] == HALF else right(body)) as server:
        run(server, tmp_path / "a", chained(3))
    write_report(tmp_path / "r.html", [read_run(tmp_path / "a")])
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "By whether the question refers back" in page and "follow-up" in page
    assert "follows sum:0 ·" in page


def test_what_follows_a_refused_question_fails_unasked(tmp_path: Path) -> None:
    some = chained(3)
    with serving(lambda body: 400 if asked(body)[-1] == some[0].question else right(body)) as server:
        attempts = {attempt.problem.id: attempt for attempt in run(server, tmp_path / "a", some)}
    failed = [attempts[name] for name in ("sum:0>half", "sum:0>half>half")]
    assert {attempt.error for attempt in failed} == {"the question before it got no answer"}
    assert not any(attempt.verdict.correct or attempt.transport for attempt in failed)
    assert attempts["sum:2>half"].verdict.correct and len(server.bodies) == 4


def test_what_follows_a_lost_question_is_asked_by_the_next_run(tmp_path: Path) -> None:
    some, ailing = chained(3), [503]
    with serving(lambda body: ailing[0] if ailing and asked(body)[-1] == some[0].question else right(body)) as server:
        first = run(server, tmp_path / "a", some)
        lost = [attempt.problem.id for attempt in first if attempt.transport]
        assert sorted(lost) == ["sum:0", "sum:0>half", "sum:0>half>half"] and len(first) == len(chained(3))
        ailing.clear()
        server.bodies.clear()
        second = run(server, tmp_path / "a", some)
    assert sorted(len(asked(body)) for body in server.bodies) == [1, 2, 3]
    assert all(attempt.verdict.correct for attempt in second) and len(second) == len(some)


def test_a_wrong_answer_is_no_reason_not_to_ask_on(tmp_path: Path) -> None:
    with serving(lambda body: completion("It is \\boxed{8}.") if len(asked(body)) == 1 else right(body)) as server:
        attempts = run(server, tmp_path / "a", chained(1))
    assert [attempt.verdict.correct for attempt in attempts] == [False, True, True]
    history = server.bodies[-1]["messages"]
    assert "\\boxed{8}" in next(message["content"] for message in history if message["role"] == "assistant")


@pytest.mark.parametrize(
    ("some", "error"),
    [
        ([half("sum:0", 1)], "'sum:0>half' follows 'sum:0', which is not among the problems"),
        (
            [*problems(1), half("sum:0", 1), half("sum:0", 1, "more")],
            "'sum:0>more' follows 'sum:0', .*or is followed by",
        ),
        ([*problems(1), replace(half("sum:0", 1), follows="sum:0>half")], "follows 'sum:0>half'"),  # itself
        ([*problems(1), replace(half("sum:0", 1), answer=None)], "has no gold answer"),
    ],
)
def test_what_cannot_be_asked(some: list[Problem], error: str, tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=error):
        evaluate(some, Endpoint("http://127.0.0.1:9", "m", 0, 1), Options(), tmp_path / "a")


def test_stopping_early_is_for_single_problems(tmp_path: Path) -> None:
    options = Options(stop_early=True, samples=3, temperature=1.0)
    with pytest.raises(RecordError, match="--stop-early asks on for single problems"):
        evaluate(chained(1), Endpoint("http://127.0.0.1:9", "m", 0, 1), options, tmp_path / "a")


def test_another_chain_is_another_job(tmp_path: Path) -> None:
    """What follows what is not in the text form of a problem, of which a job's fingerprint is made."""
    some = [*problems(2), half("sum:0", 1)]
    with serving(lambda body: 503 if asked(body)[-1] == HALF else right(body)) as server:
        run(server, tmp_path / "a", some)
        with pytest.raises(RecordError, match="other inputs"):
            run(server, tmp_path / "a", [*some[:2], replace(some[2], follows="sum:1")])


@pytest.mark.parametrize(
    ("chosen", "ids"),
    [
        ({"limit": 1}, ["sum:0", "sum:0>half", "sum:0>half>half"]),
        ({"limit": 2}, ["sum:0", "sum:1", "sum:0>half", "sum:0>half>half"]),
        ({"per_group": 1}, ["sum:0", "sum:0>half", "sum:0>half>half"]),
        ({}, ["sum:0", "sum:1", "sum:2", "sum:0>half", "sum:2>half", "sum:0>half>half"]),
    ],
)
def test_what_follows_a_chosen_problem_comes_with_it(chosen: dict[str, int], ids: list[str]) -> None:
    assert [problem.id for problem in choose(chained(3), **chosen)] == ids


def test_what_follows_nothing_is_not_lost_without_a_word() -> None:
    """The evaluation then says that its first is missing."""
    assert [problem.id for problem in choose([half("sum:9", 1), *problems(2)], limit=1)] == ["sum:9>half", "sum:0"]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_sample_is_of_whole_chains_and_part_of_a_larger_one(seed: int) -> None:
    some = chained(9)
    small, large = (choose(some, limit=limit, seed=seed) for limit in (3, 5))
    names = {problem.id for problem in small}
    assert names < {problem.id for problem in large}
    assert {problem.follows for problem in small if problem.follows} <= names
    assert sum(problem.follows is None for problem in small) == 3
    assert all(problem.id in names for problem in some if problem.follows in names)


def test_the_command_prints_both(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "p", chained(3))
    with serving(right) as server:
        arguments = ["--input", tmp_path / "p", "--output", tmp_path / "a", "--base-url", server.url]
        command = [sys.executable, "scripts/evaluate.py", *map(str, arguments)]
        ended = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=240)
    assert ended.returncode == 0, ended.stderr
    lines = [line.split() for line in ended.stdout.splitlines()]
    assert ["follow-up", "100.0%"] in [line[:2] for line in lines]
    assert ["asked", "by", "itself", "100.0%"] in [line[:4] for line in lines]
