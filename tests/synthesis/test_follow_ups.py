"""Questions that refer back: asked behind the chosen solution of what they follow, or not at all."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from math_solver.dataset.sharegpt import build, render_conversation
from math_solver.interpreter import Interpreter
from math_solver.protocol import Form, system_prompt
from math_solver.records import Drop, Problem, Trajectory, read_records
from math_solver.synthesis import session
from math_solver.synthesis.session import Files, Plan, Result
from math_solver.synthesis.steering import Policy

from ..fake_endpoint import completion, serving
from .run import plan
from .teacher import called

ONE = Policy(samples=1, accept=1, give_up=1)
NUMBER = re.compile(r"\\boxed\{(\d+)\}")


def chain(n: int, lang: str = "en", links: int = 2) -> list[Problem]:
    """A sum, and questions that double what came of it."""
    first, more = ("What is {} + 1000?", "Double that.") if lang == "en" else ("{} 加 1000 等于多少？", "Double = ?")
    found = [Problem(f"{lang}:{n}", "s", first.format(n), str(n + 1000), lang=lang)]
    for link in range(1, links + 1):
        answer = str((n + 1000) * 2**link)
        found.append(Problem(f"{lang}:{n}>{link}", "s", more, answer, lang=lang, follows=found[-1].id))
    return found


def teach(body: dict[str, Any]) -> dict[str, Any]:
    """Adds and doubles what the conversation says; of 13 it knows nothing, and its first sums by 0.3 are wrong."""
    native = "tools" in body
    *before, last = body["messages"]
    content = last["content"] or ""
    if last["role"] == "tool" or "```output" in content:
        printed = content.removeprefix("```output\n").removesuffix("\n```").strip()
        return completion(f"It is \\boxed{{{printed}}}.")
    if found := re.match(r"(?:What is )?(\d+)", content):
        number = int(found[1])
        if number == 13 or (number == 7 and body["temperature"] == 0.3):
            return called("I guess.", "print(5)", native)
        return called("I add.", f"print({number} + 1000)", native)
    said = [found[1] for message in before for found in NUMBER.finditer(message.get("content") or "")]
    return called("I double.", f"print(2 * {said[-1]})", native)


def run(problems: list[Problem], plan: Plan, files: Files, interpreter: Interpreter) -> Result:
    return session.synthesize(problems, plan, files, interpreter)


def drops(files: Files) -> dict[str, str]:
    return {drop.id: drop.reason for drop in read_records(files.failed, Drop)}


@pytest.mark.parametrize("form", ["fenced", "native"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_teacher_meets_what_a_student_is_trained_on(
    form: Form, lang: str, tmp_path: Path, interpreter: Interpreter
) -> None:
    files = Files.beside(tmp_path / "t.jsonl")
    with serving(teach) as server:
        run(chain(4, lang), plan(server.url, form=form, policy=ONE), files, interpreter)
    rows = list(read_records(files.output, Trajectory))
    assert [row.predicted for row in rows] == ["1004", "2008", "4016"]
    assert [row.meta.get("behind") for row in rows] == [None, [f"{lang}:4#0"], [f"{lang}:4#0", f"{lang}:4>1#0"]]
    last = max(server.bodies, key=lambda body: len(body["messages"]))["messages"]
    trained = render_conversation(rows, form)
    assert last[0]["content"] == trained["system"] == system_prompt(rows[0].problem.question)
    asked = [message for message in trained["conversations"][:-1]]
    if form == "fenced":
        assert [message["content"] for message in last[1:]] == [message["value"] for message in asked]
    else:  # calls go as function calls, in the same places
        assert len(last) - 1 == len(asked)
        called_at = [place for place, message in enumerate(last[1:]) if message.get("tool_calls")]
        assert called_at == [place for place, message in enumerate(asked) if message["from"] == "function_call"]
    records, dropped = build(rows, form)
    assert len(records) == 1 and not dropped.total()


def test_a_chain_whose_first_answer_failed_does_not_pay_for_its_second(
    tmp_path: Path, interpreter: Interpreter
) -> None:
    files = Files.beside(tmp_path / "t.jsonl")
    with serving(teach) as server:
        result = run(chain(13) + chain(2), plan(server.url, policy=Policy(2, 1, 2)), files, interpreter)
    questions = Counter(body["messages"][-1]["content"] for body in server.bodies)
    assert questions["Double that."] == 2  # of the other chain
    assert drops(files) == {"en:13>1": "first_unsolved", "en:13>2": "first_unsolved"}
    assert result.figures.problems == 6 and result.figures.solved == 3
    assert result.figures.dropped == {"first_unsolved": 2}


def test_the_first_accepted_solution_is_the_one_that_is_asked_behind(tmp_path: Path, interpreter: Interpreter) -> None:
    files = Files.beside(tmp_path / "t.jsonl")
    with serving(teach) as server:
        run(chain(7, links=1), plan(server.url, policy=Policy(3, 1, 3)), files, interpreter)
    rows = list(read_records(files.output, Trajectory))
    assert [row.id for row in rows] == ["en:7#1", "en:7>1#0"] and rows[1].meta["behind"] == ["en:7#1"]


def test_what_nothing_leads_to_is_left_out_by_name(tmp_path: Path, interpreter: Interpreter) -> None:
    """One follows a problem that is not there, two each other, one itself; nothing of them is asked."""
    lost = [
        Problem("a", "s", "And half?", "1", follows="gone"),
        Problem("b", "s", "And half?", "1", follows="c"),
        Problem("c", "s", "And half?", "1", follows="b"),
        Problem("d", "s", "And half?", "1", follows="d"),
        Problem("e", "s", "And half?", "1", follows="a"),
    ]
    files = Files.beside(tmp_path / "t.jsonl")
    with serving(teach) as server:
        result = run([*lost, *chain(1, links=0)], plan(server.url, policy=ONE), files, interpreter)
    assert drops(files) == dict.fromkeys("abcde", "nothing_to_follow")
    assert len(server.bodies) == 2 and result.figures.problems == 6


def test_two_that_follow_one_are_both_asked(tmp_path: Path, interpreter: Interpreter) -> None:
    first, second = chain(3, links=1)
    twin = Problem("twin", "s", "Double that, please.", "2006", follows=first.id)
    files = Files.beside(tmp_path / "t.jsonl")
    with serving(teach) as server:
        run([twin, second, first], plan(server.url, policy=ONE), files, interpreter)
    assert [row.id for row in read_records(files.output, Trajectory)] == ["twin#0", "en:3>1#0", "en:3#0"]


def test_pictures_are_not_sent(tmp_path: Path, interpreter: Interpreter) -> None:
    pictured = Problem("p", "s", "What is it?", "1", images=("p.png",))
    behind = Problem("q", "s", "Double that.", "2", follows="p")
    files = Files.beside(tmp_path / "t.jsonl")
    with serving(teach) as server:
        run([pictured, behind, *chain(1, links=0)], plan(server.url, policy=ONE), files, interpreter)
    assert drops(files) == {"p": "images", "q": "first_unsolved"} and len(server.bodies) == 2


def test_a_long_chain_is_no_deep_recursion(tmp_path: Path, interpreter: Interpreter) -> None:
    long = [Problem("0", "s", "13?", "1")]
    long += [Problem(str(n), "s", "Double that.", "1", follows=str(n - 1)) for n in range(1, 3000)]
    files = Files.beside(tmp_path / "t.jsonl")
    with serving(teach) as server:
        result = run(long, plan(server.url, policy=ONE), files, interpreter)
    assert result.figures.dropped == {"first_unsolved": 2999}


def test_a_chain_goes_on_from_its_ledger(tmp_path: Path, interpreter: Interpreter) -> None:
    """A budget that ends within the chain, then one that does not: nothing is asked twice."""
    files, alone = Files.beside(tmp_path / "t.jsonl"), Files.beside(tmp_path / "alone.jsonl")
    problems = [problem for n in range(4) for problem in chain(n)]
    with serving(teach) as server:
        short = run(
            problems, plan(server.url, policy=ONE, max_cost=Decimal("0.0018"), concurrency=2), files, interpreter
        )
        assert 0 < short.figures.accepted < 12
        assert short.figures.accepted + short.figures.dropped.total() == 12
        run(problems, plan(server.url, policy=ONE), files, interpreter)
        assert len(server.bodies) == 24
        run(problems, plan(server.url, policy=ONE), alone, interpreter)
    assert files.output.read_bytes() == alone.output.read_bytes()
    again = run(problems, plan("http://127.0.0.1:9/v1", policy=ONE), files, interpreter)
    assert again.sent == 0 and again.figures.accepted == 12
