"""Problems asked one behind the other, as the questions of a conversation."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from math_solver.evaluation import Attempt, figures, read_run
from math_solver.evaluation.campaign import conversations
from math_solver.evaluation.session import Options, evaluate
from math_solver.records import Problem, read_records, write_jsonl
from math_solver.solving.endpoint import Endpoint

from ..fake_endpoint import FakeEndpoint, completion, serving
from .test_session import problems

CODE = "I add.\n```python\nprint({})\n```"


def asked(body: dict[str, Any]) -> str:
    text: str = next(message["content"] for message in reversed(body["messages"]) if message["role"] == "user")
    return text


def right(body: dict[str, Any]) -> dict[str, Any]:
    return completion(f"It is \\boxed{{{int(asked(body).split()[2]) + 1}}}.")


def run(server: FakeEndpoint, output: Path, number: int = 7, **options: Any) -> list[Attempt]:
    return evaluate(
        problems(number), Endpoint(server.url, "m", 0, 60), Options(**{"conversation": 3} | options), output
    )


def test_each_question_comes_with_the_answers_before_it(tmp_path: Path) -> None:
    with serving(right) as server:
        attempts = run(server, tmp_path / "a", samples=2, temperature=0.5)
    assert [attempt.id for attempt in attempts] == [f"sum:{n}#{s}" for n in range(7) for s in range(2)]
    assert all(attempt.verdict.correct for attempt in attempts)
    groups = conversations(problems(7), 3)
    assert sorted(map(len, groups)) == [1, 3, 3]
    place = {problem.id: at for group in groups for at, problem in enumerate(group, 1)}
    assert {attempt.problem.id: attempt.position for attempt in attempts} == place
    for group in groups:
        history: list[dict[str, str]] = []
        for problem in group:
            (first, *_) = [body for body in server.bodies if asked(body) == problem.question]
            assert first["messages"][1:] == [*history, {"role": "user", "content": problem.question}]
            text = next(attempt.text for attempt in attempts if attempt.problem.id == problem.id)
            history = [*first["messages"][1:], {"role": "assistant", "content": text}]
    breakdown = figures(read_run(tmp_path / "a"))["breakdown"]["position"]
    assert [(row["key"], row["value"], row["n"]) for row in breakdown] == [
        ("question 1", 1.0, 3),
        ("question 2", 1.0, 2),
        ("question 3", 1.0, 2),
    ]
    assert list(read_records(tmp_path / "a", Attempt)) == attempts


def test_a_conversation_is_of_one_language_and_the_same_in_every_run() -> None:
    mixed = [
        Problem(f"{lang}:{n}", "s", "?", "1", subject=f"s{n // 4}", lang=lang)
        for lang in ("zh", "en")
        for n in range(8)
    ]
    groups = conversations(mixed, 4)
    assert groups == conversations(mixed[::-1], 4)
    assert all(len({problem.lang for problem in group}) == 1 for group in groups)
    assert any(len({problem.subject for problem in group}) > 1 for group in groups)


def test_what_follows_a_lost_request_is_asked_by_the_next_run(tmp_path: Path) -> None:
    (group,) = conversations(problems(3), 3)
    ailing = {group[1].question: 503}
    with serving(lambda body: ailing.get(asked(body)) or right(body)) as server:
        first = run(server, tmp_path / "a", 3)
        assert [attempt.error is None for attempt in first if attempt.position == 1] == [True]
        assert [attempt.error is None for attempt in first if attempt.position == 2] == [False] and len(first) == 3
        ailing.clear()
        server.bodies.clear()
        second = run(server, tmp_path / "a", 3)
    assert [asked(body) for body in server.bodies] == [group[1].question, group[2].question]
    assert len(server.bodies[-1]["messages"]) == 6
    assert all(attempt.verdict.correct for attempt in second) and len(second) == 3


def test_a_request_that_is_refused_leaves_no_trace_in_the_history(tmp_path: Path) -> None:
    (group,) = conversations(problems(3), 3)
    with serving(lambda body: 400 if asked(body) == group[1].question else right(body)) as server:
        attempts = run(server, tmp_path / "a", 3)
    assert sorted((attempt.position, attempt.verdict.correct) for attempt in attempts) == [
        (1, True),
        (2, False),
        (3, True),
    ]
    assert [message["content"] for message in server.bodies[-1]["messages"] if message["role"] == "user"] == [
        group[0].question,
        group[2].question,
    ]


@pytest.mark.parametrize("form", ["native", "fenced"])
def test_a_loop_here_sends_earlier_solutions_as_their_turns(form: Any, tmp_path: Path) -> None:
    def answer(body: dict[str, Any]) -> dict[str, Any]:
        last = body["messages"][-1]
        if last["role"] == "user" and not last["content"].startswith("```output"):
            return completion(CODE.format(asked(body).removeprefix("What is ").removesuffix("?")))
        ran = last["content"].replace("```output", "").replace("```", "").strip()
        return completion(f"It is \\boxed{{{ran}}}.")

    with serving(answer) as server:
        attempts = run(server, tmp_path / "a", 2, loop="client", form=form)
    assert all(attempt.verdict.correct for attempt in attempts)
    second, third, fourth = (body["messages"] for body in server.bodies[1:])
    said = {"role": "assistant", "content": attempts[0 if attempts[0].position == 1 else 1].conclusion}

    def without_ids(messages: list[dict[str, Any]]) -> Any:
        return [
            {key: value for key, value in json.loads(json.dumps(message)).items() if key != "tool_call_id"}
            | ({"tool_calls": [call["function"] for call in message["tool_calls"]]} if "tool_calls" in message else {})
            for message in messages
        ]

    assert without_ids(third)[: len(second) + 1] == without_ids([*second, said])
    assert len(fourth) == len(third) + 2


def test_stopping_early_is_for_single_problems(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "p.jsonl", problems(2))
    arguments = ["--input", tmp_path / "p.jsonl", "--output", tmp_path / "a", "--conversation", "2"]
    arguments += ["--stop-early", "--samples", "3", "--temperature", "1"]
    command = [sys.executable, "scripts/evaluate.py", *map(str, arguments)]
    ended = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parents[2], timeout=120)
    assert ended.returncode == 2 and "leave it out, or --conversation" in ended.stderr
