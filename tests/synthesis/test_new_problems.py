"""Whole runs against a real endpoint that writes problems and solves them: what is kept, and what it costs."""

from __future__ import annotations

import json
import os
import random
import re
import runpy
import signal
import subprocess
import sys
import time
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from math_solver.commands.propose import Repeats, propose_problems
from math_solver.database import Scratch
from math_solver.dataset.curation.decontamination import Decontaminator
from math_solver.dataset.curation.novelty import Novelty
from math_solver.interpreter import Interpreter
from math_solver.records import Problem, RecordError, Trajectory, read_jsonl, read_records, write_jsonl
from math_solver.synthesis import session
from math_solver.synthesis.agreement import Quorum
from math_solver.synthesis.new_problems import Goal, Grown, propose
from math_solver.synthesis.proposing import Brief
from math_solver.synthesis.session import Files
from math_solver.synthesis.spending import SPENT
from math_solver.synthesis.steering import Policy

from ..fake_endpoint import completion, serving
from .run import plan
from .teacher import called, fingerprint

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "scripts" / "propose_problems.py"
STORY = "A baker fills {} trays with {} rolls each and sells {} of the rolls before noon. How many rolls are left?"
EXAMPLES = [
    Problem("e1", "s", STORY.format(12, 30, 95), "265"),
    *(Problem(f"e{n}", "s", f"Evaluate {n} - {n * n}.", str(n - n * n)) for n in range(2, 9)),
    *(Problem(f"z{n}", "s", f"计算 {n} * 4 + 5。", str(4 * n + 5), lang="zh") for n in range(100, 108)),
]  # enough that no two requests are the same
BRIEF, SIX = Brief(EXAMPLES, ("en", "zh"), each=5), Goal(6, 20)
BENCHMARK = Problem("b:7", "bench", "Compute 90 * 90 + 90 for me.", "8190")
NAMES = (["Ann ", "Bo ", "Cid ", "Dan ", "Eve ", "Flo ", "Gus "], 3), ("天地玄黄宇宙洪荒日月", 3)  # too few to be near
SUM = re.compile(r"(\d+) \* (\d+) \+ (\d+)")


def proposals(body: dict[str, Any]) -> str:
    """Problems that hang on the request, and everything that is to be refused."""
    chance = random.Random(fingerprint(body))
    chinese = "编写" in body["messages"][1]["content"]
    form = "计算 {} * {} + {}，{}。" if chinese else "Compute {} * {} + {} for {}."
    numbers = [[chance.randrange(2, 99) for _ in range(3)] for _ in range(3)]
    good = [form.format(*three, "".join(chance.sample(*NAMES[chinese]))) for three in numbers]
    refused = "求 2 + 2。\n答：4" if chinese else STORY.format(14, 40, 7)
    return "".join(f"<problem>{text}</problem>\n" for text in (*good, refused)) + "<problem>Compute"


def solve(body: dict[str, Any]) -> dict[str, Any]:
    last = body["messages"][-1]["content"]
    if "```output" in last:
        printed = last.removeprefix("```output\n").removesuffix("\n```").strip()
        return completion(f"It is \\boxed{{{printed}}}.")
    found = SUM.search(last)
    assert found is not None
    one, two, three = map(int, found.groups())
    if (one + two) % 5 == 0:  # of these it knows nothing
        return called("", f"print({int(body['temperature'] * 10)})", False)
    return called("", f"print({one} * {two} + {three})", False)


def teach(body: dict[str, Any]) -> Any:
    if "<problem>" not in body["messages"][-1]["content"]:
        return solve(body)
    return {**completion(proposals(body)), "usage": {"prompt_tokens": 500, "completion_tokens": 2000}}


def grow(
    url: str,
    files: Files,
    interpreter: Interpreter,
    brief: Brief = BRIEF,
    goal: Goal = SIX,
    **more: Any,
) -> Grown:
    with Scratch() as texts:
        novelty = Novelty(texts, 0.7, Decontaminator([BENCHMARK]))
        for example in brief.examples:
            novelty.remember(example)
        return propose(brief, goal, Quorum(3, 1.0), plan(url, **more), Repeats(novelty), files, interpreter)


def test_problems_are_kept_where_their_solutions_agree(tmp_path: Path, interpreter: Interpreter) -> None:
    files = Files.beside(tmp_path / "new.jsonl")
    with serving(teach) as server:
        grown = grow(server.url, files, interpreter)
    rows = [row for _, row in read_jsonl(files.output)]
    assert len(rows) == len(grown.kept) == 6 and {row["lang"] for row in rows} == {"en", "zh"}
    for row in rows:
        one, two, three = map(int, SUM.search(row["question"]).groups())  # type: ignore[union-attr]
        assert row["answer"] == str(one * two + three) and (one + two) % 5
        assert row["answer_from"] == "vote" and row["votes"] == {"asked": 3, "agreed": 3} and row["teacher"] == "m"
    dropped = [row for _, row in read_jsonl(files.failed)]
    reasons = Counter(row["reason"] for row in dropped)
    assert reasons["not_closed"] and reasons["near_duplicate"] and reasons["answer_in_text"]
    assert next(row for row in dropped if row["reason"] == "near_duplicate")["detail"].startswith(
        "e1: similarity 1.00"
    )
    assert reasons == grown.reasons == json.loads(files.summary.read_text())["dropped"]
    assert len(rows) + len(dropped) == 5 * grown.requests  # every item is somewhere


def test_what_disagrees_is_counted_with_its_votes_and_paid_no_further(
    tmp_path: Path, interpreter: Interpreter
) -> None:
    files = Files.beside(tmp_path / "new.jsonl")

    def teach(body: dict[str, Any]) -> Any:
        if "<problem>" not in body["messages"][-1]["content"]:
            return solve(body)
        return completion("<problem>Compute 2 * 3 + 4.</problem><problem>Add 4: 5 * 3 + 4.</problem>")

    with serving(teach) as server:
        grow(server.url, files, interpreter, Brief(EXAMPLES[:1], each=2), Goal(2, 1))
    (drop,) = [row for _, row in read_jsonl(files.failed)]
    assert drop["reason"] == "no_agreement" and drop["question"] == "Compute 2 * 3 + 4."
    assert drop["detail"] == "of 3: 3 (1), 7 (1), 10 (1)"
    assert [row["answer"] for _, row in read_jsonl(files.output)] == ["19"]
    assert len(server.bodies) == 1 + 2 * 3 * 2


@pytest.mark.parametrize(
    ("texts", "reasons"),
    [
        # twice the same, also in other words for a number that is no number
        (["Compute 2 * 4 + 4.", "compute 2*4 + 4"], ["duplicate"]),
        (["Compute 2 * 4 + 4.", "Compute 7 * 9 + 1."], ["near_duplicate"]),
        (["Compute 90 * 90 + 90 for me!"], ["benchmark"]),
        (["As shown in the figure, compute 2 * 4 + 4."], ["picture_needed"]),
        # each other, with other numbers
        (
            [f"Tom walks {n} miles * 1 + 0 to the old harbour town and back again. 2 * {n} + 0?" for n in (6, 7)],
            ["near_duplicate"],
        ),
    ],
)
def test_what_is_not_new_is_refused_before_it_costs_anything(
    texts: list[str], reasons: list[str], tmp_path: Path, interpreter: Interpreter
) -> None:
    files = Files.beside(tmp_path / "new.jsonl")

    def teach(body: dict[str, Any]) -> Any:
        if "<problem>" in body["messages"][-1]["content"]:
            return completion("".join(f"<problem>{text}</problem>" for text in texts))
        return solve(body)

    with serving(teach) as server:
        grow(server.url, files, interpreter, Brief(EXAMPLES, each=3), Goal(2, 1))
    assert [row["reason"] for _, row in read_jsonl(files.failed)] == reasons
    solved = {body["messages"][1]["content"] for body in server.bodies} & set(texts)
    assert len(solved) == len(texts) - len(reasons)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [("proof", "not_an_answer"), ("8190", "benchmark")],
)
def test_an_answer_may_give_a_problem_away(answer: str, reason: str, tmp_path: Path, interpreter: Interpreter) -> None:
    """With its answer a rewording of a benchmark item is known by its numbers; before, nobody could tell."""
    item = Problem(
        "b:8", "bench", "Ninety sheep graze on each of 91 hills while 17 goats watch from the meadow below.", "8190"
    )
    text = "A library owns 91 shelves, ninety books stand upon every shelf and 17 lamps burn: count all books."

    def teach(body: dict[str, Any]) -> Any:
        last = body["messages"][-1]["content"]
        if "<problem>" in last:
            return completion(f"<problem>{text}</problem>")
        return completion(f"\\boxed{{{answer}}}") if "```output" in last else called("", "print(1)", False)

    files = Files.beside(tmp_path / "new.jsonl")
    with serving(teach) as server, Scratch() as texts:
        others = [Problem(f"o{n}", "bench", f"Word{n} asks {n} and {n * n}?", str(n)) for n in range(50)]
        gate = Repeats(Novelty(texts, 0.7, Decontaminator([item, *others])))
        brief = Brief(EXAMPLES[:1], each=1)
        grown = propose(brief, Goal(1, 1), Quorum(2, 1.0), plan(server.url), gate, files, interpreter)
    assert grown.reasons == {reason: 1}, grown.dropped


@pytest.mark.parametrize("status", [400, 500])
def test_a_teacher_that_fails_loses_items_and_comes_to_an_end(
    status: int, tmp_path: Path, interpreter: Interpreter
) -> None:
    files = Files.beside(tmp_path / "new.jsonl")
    with serving(lambda body: status if body["temperature"] == 1.0 else solve(body)) as server:
        grown = grow(server.url, files, interpreter, goal=Goal(5, 4))
    assert (grown.requests, grown.reasons, len(grown.kept)) == (4, {"failed": 4}, 0)
    assert files.output.read_bytes() == b""


def test_a_budget_is_never_overshot_and_more_of_it_goes_on(tmp_path: Path, interpreter: Interpreter) -> None:
    files, alone = Files.beside(tmp_path / "new.jsonl"), Files.beside(tmp_path / "alone.jsonl")
    with serving(teach) as server:
        cap, goal = Decimal("0.009"), Goal(8, 20)  # two requests for proposals, and their problems
        short = grow(server.url, files, interpreter, goal=goal, max_cost=cap, concurrency=2)
        assert short.spent.spent.money <= cap and short.reasons[SPENT] == 1 and 0 < len(short.kept) < 8
        grow(server.url, files, interpreter, goal=goal)
        assert max(Counter(map(fingerprint, server.bodies)).values()) <= 1
        grow(server.url, alone, interpreter, goal=goal)
    assert [one.read_bytes() for one in (files.output, files.failed)] == [
        one.read_bytes() for one in (alone.output, alone.failed)
    ]
    again = grow("http://127.0.0.1:9/v1", files, interpreter, goal=goal)
    assert again.sent == 0 and len(again.kept) == 8


def test_solutions_of_new_problems_are_paid_once(tmp_path: Path, interpreter: Interpreter) -> None:
    files = Files.beside(tmp_path / "new.jsonl")
    with serving(teach) as server:
        grow(server.url, files, interpreter)
        asked = len(server.bodies)
        problems = list(read_records(files.output, Problem))
        solved = Files.beside(tmp_path / "t.jsonl", ledger=files.ledger)
        result = session.synthesize(problems, plan(server.url, policy=Policy(3, 3, 3)), solved, interpreter)
    assert len(server.bodies) == asked and result.sent == 0 and result.figures.solved == 6
    for row in read_records(solved.output, Trajectory):
        assert row.problem.answer_from == "vote" and row.verdict is not None and row.verdict.correct


def test_more_problems_later_pay_only_for_those(tmp_path: Path, interpreter: Interpreter) -> None:
    files, alone = Files.beside(tmp_path / "new.jsonl"), Files.beside(tmp_path / "alone.jsonl")
    with serving(teach) as server:
        few = grow(server.url, files, interpreter, goal=Goal(2, 20))
        more = grow(server.url, files, interpreter)
        assert len(few.kept) == 2 and len(more.kept) == 6
        assert max(Counter(map(fingerprint, server.bodies)).values()) == 1
        grow(server.url, alone, interpreter)
    assert files.output.read_bytes() == alone.output.read_bytes()
    assert json.loads(files.summary.read_text())["brief"]["langs"] == ["en", "zh"]


def test_a_cold_solver_agrees_with_itself(tmp_path: Path, interpreter: Interpreter) -> None:
    from math_solver.synthesis.variety import Variety

    with pytest.raises(RecordError, match="at temperature 0"):
        grow("http://127.0.0.1:9/v1", Files.beside(tmp_path / "n.jsonl"), interpreter, variety=Variety((0.0,)))


def arguments(url: str, output: Path) -> list[str]:
    return [
        str(SCRIPT), "--examples", str(output.parent / "examples.jsonl"), "--new-problems", "8", "--langs", "en,zh",
        "--each", "5", "--samples", "3", "--agree", "1", "--temperatures", "0.3,0.7,1.0",
        "--propose-temperature", "0.9",
        "--benchmarks", str(output.parent / "bench.jsonl"), "--output", str(output), "--endpoint", url, "--model", "m",
        "--max-cost", "5", "--price-in", "1", "--price-out", "2", "--workers", "2", "--concurrency", "4",
    ]  # fmt: skip


def run(monkeypatch: pytest.MonkeyPatch, url: str, output: Path, interpreter: Interpreter) -> None:
    monkeypatch.setattr(sys, "argv", arguments(url, output))
    propose_problems(runpy.run_path(str(SCRIPT))["parse_args"](), interpreter)


def test_killed_it_writes_the_same_bytes(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    interpreter: Interpreter,
) -> None:
    write_jsonl(tmp_path / "examples.jsonl", EXAMPLES)
    write_jsonl(tmp_path / "bench.jsonl", [BENCHMARK])
    killed, alone = Files.beside(tmp_path / "killed.jsonl"), Files.beside(tmp_path / "alone.jsonl")

    def slow(body: dict[str, Any]) -> Any:
        time.sleep(0.03)
        return teach(body)

    with serving(slow) as server:
        command = [sys.executable, *arguments(server.url, killed.output)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
            while len(server.bodies) < 20 and process.poll() is None:
                time.sleep(0.005)
            assert process.poll() is None, process.communicate()[1]
            os.kill(process.pid, signal.SIGKILL)
            process.communicate()
        assert not killed.output.exists() and killed.ledger.exists()
        run(monkeypatch, server.url, killed.output, interpreter)
        again = Counter(map(fingerprint, server.bodies))
        assert len(again) > 20 and sum(again.values()) - len(again) <= 4  # what was in flight
        run(monkeypatch, server.url, alone.output, interpreter)
    assert killed.output.read_bytes() == alone.output.read_bytes()
    assert killed.failed.read_bytes() == alone.failed.read_bytes()
    assert len(list(read_records(killed.output, Problem))) == 8
    assert "8 problems, their answers by vote" in capsys.readouterr().out
