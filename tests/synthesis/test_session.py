"""Whole runs against a real endpoint: what they leave, what they never do, and that only the answers decide."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from math_solver.interpreter import Interpreter
from math_solver.protocol import detect_lang, system_prompt
from math_solver.records import Drop, Problem, RecordError, Trajectory, read_records, write_jsonl
from math_solver.solving.completions import STOP
from math_solver.sources.families import EMBEDDED, generate
from math_solver.synthesis import session
from math_solver.synthesis.session import Files, Plan, Result
from math_solver.synthesis.steering import Policy
from math_solver.synthesis.variety import Variety

from ..fake_endpoint import FakeEndpoint, completion, question, serving
from .run import plan
from .teacher import Teacher, called

ROOT = Path(__file__).parents[2]
RUNNING: list[Interpreter] = []
SUFFIXES = ("", ".rejected", ".failed")


@pytest.fixture(scope="module", autouse=True)
def interpreter() -> Iterator[None]:
    """One for all runs of this process; it takes seconds to start."""
    with Interpreter() as running:
        RUNNING.append(running)
        yield
    RUNNING.clear()


def synthesize(problems: list[Problem], plan: Plan, files: Files) -> Result:
    return session.synthesize(problems, plan, files, RUNNING[0])


def problems(number: int) -> list[Problem]:
    return [Problem(f"sum:{n}", "sum", f"What is {n} + 1000?", str(n + 1000)) for n in range(number)]


def outputs(output: Path) -> list[bytes]:
    """The bytes of everything that a run says of its samples."""
    return [output.with_name(f"{output.stem}{suffix}.jsonl").read_bytes() for suffix in SUFFIXES]


def accepted(output: Path) -> list[Trajectory]:
    return list(read_records(output, Trajectory))


def said(body: dict[str, Any]) -> str | None:
    """What the last program printed."""
    last = body["messages"][-1]
    content = last["content"] or ""
    return (
        content.removeprefix("```output\n").removesuffix("\n```")
        if last["role"] == "tool" or "```output" in content
        else None
    )


def add(body: dict[str, Any]) -> dict[str, Any]:
    """A teacher that adds: another program at each temperature."""
    if (printed := said(body)) is not None:
        return completion(f"It is \\boxed{{{printed}}}.")
    n = int(question(body).split()[2])
    program = {0.3: f"print({n} + 1000)", 0.7: f"x = {n}\nprint(x + 1000)", 1.0: f"print(sum([{n}, 1000]))"}
    return called("I add.", program[body["temperature"]], "tools" in body)


def test_rows_are_verified_trajectories_in_the_order_of_the_problems(tmp_path: Path) -> None:
    with serving(add) as server:
        result = synthesize(problems(5), plan(server.url), Files.beside(tmp_path / "t.jsonl"))
    rows = accepted(tmp_path / "t.jsonl")
    assert [row.id for row in rows] == [f"sum:{n}#{sample}" for n in range(5) for sample in range(2)]
    first = rows[0]
    assert (first.steps[0].thought, first.steps[0].code) == ("I add.", "print(0 + 1000)")
    assert (first.steps[0].execution.output, first.steps[0].execution.ms) == ("1000\n", 0.0)
    assert (first.conclusion, first.predicted) == ("It is \\boxed{1000}.", "1000")
    assert first.verdict is not None and first.verdict.correct
    assert first.meta == {
        "teacher": "m", "sample": 0, "temperature": 0.3, "variant": "plain", "form": "fenced", "finish_reason": "stop",
        "versions": {"python": "3"}, "usage": {"prompt_tokens": 14, "completion_tokens": 6},
        "samples": {"asked": 2, "failed": 0, "correct": 2},
    }  # fmt: skip
    assert result.sent == 20 and result.spent.spent.tokens == 200
    summary = json.loads((tmp_path / "t.jsonl.run.json").read_text())
    assert summary["figures"]["accepted"] == 10 and summary["spent"]["spent"]["tokens"] == 200


@pytest.mark.parametrize("form", ["fenced", "native"])
def test_requests_are_those_of_serving_and_never_hold_the_answer(form: Any, tmp_path: Path) -> None:
    asked = [
        Problem("en", "x", "What is 12 + 34?", "SECRET-46", subject="sums"),
        Problem("zh", "x", "12 加 34 等于多少？", "SECRET-46", lang="zh"),
    ]

    def answer(body: dict[str, Any]) -> dict[str, Any]:
        if said(body) is not None:
            return completion("It is \\boxed{46}.")
        return called("Add.", "print(12 + 34)", form == "native")

    with serving(answer) as server:
        synthesize(asked, plan(server.url, form=form), Files.beside(tmp_path / "t.jsonl"))
    assert "SECRET" not in json.dumps(server.bodies)
    for body in server.bodies:
        system, user = body["messages"][:2]
        assert system["content"] == system_prompt(user["content"])
        assert detect_lang(user["content"]) == detect_lang(system["content"])
        assert ("tools" in body) == (form == "native") and ("stop" in body) == (form == "fenced")
        assert body.get("stop", [STOP]) == [STOP] and not body.get("stream")
    (later,) = {json.dumps(body["messages"][3]) for body in server.bodies if len(body["messages"]) > 3}
    assert json.loads(later)["role"] == ("tool" if form == "native" else "user")


def test_errors_and_their_repairs_stay_in_the_trajectory(tmp_path: Path) -> None:
    def answer(body: dict[str, Any]) -> dict[str, Any]:
        match said(body):
            case None:
                return called("Add.", "a = 1000\nprint(b)", False)
            case text if "NameError" in text:
                return called("It is a.", "print(a)", False)  # the variable of the first program
            case text:
                return completion(f"It is \\boxed{{{text}}}.")

    with serving(answer) as server:
        synthesize(problems(1), plan(server.url, policy=Policy(1, 1, 1)), Files.beside(tmp_path / "t.jsonl"))
    (row,) = accepted(tmp_path / "t.jsonl")
    assert [step.execution.status for step in row.steps] == ["error", "ok"]
    assert row.steps[1].execution.output == "1000\n"


def test_what_is_not_accepted_is_kept_with_its_reason(tmp_path: Path) -> None:
    def answer(body: dict[str, Any]) -> Any:
        n, printed = int(question(body).split()[2]), said(body)
        if n == 0:
            return completion("It is \\boxed{1000}.")  # without a program
        if n == 1:
            return 400
        if printed is None:
            return called("Add.", f"print({n} + 1000)", False)
        if n == 2:
            return completion("It is \\boxed{7}.")
        if n == 3:
            whole = completion("It is \\boxed{1003}. And")
            return {**whole, "choices": [{**whole["choices"][0], "finish_reason": "length"}]}
        return completion(f"It is \\boxed{{{printed}}}.")

    with serving(answer) as server:
        result = synthesize(problems(5), plan(server.url, policy=Policy(2, 2, 1)), Files.beside(tmp_path / "t.jsonl"))
    assert [row.id for row in accepted(tmp_path / "t.jsonl")] == ["sum:4#0"]
    rejected = list(read_records(tmp_path / "t.rejected.jsonl", Trajectory))
    assert [(row.id, row.meta["rejected"]) for row in rejected] == [
        ("sum:2#0", "incorrect"),
        ("sum:3#0", "unfinished"),
    ]
    drops = list(read_records(tmp_path / "t.failed.jsonl", Drop))
    assert [(drop.id, drop.reason) for drop in drops] == [
        ("sum:0#0", "no_code"), ("sum:1#0", "failed"), ("sum:4#1", "duplicate"),
    ]  # fmt: skip
    assert drops[1].detail.startswith("status 400") and drops[2].detail == "the program of sum:4#0"
    assert result.figures.dropped == {"no_code": 1, "failed": 1, "duplicate": 1}


def test_solutions_without_a_program_where_they_are_wanted(tmp_path: Path) -> None:
    with serving(lambda body: completion("It is \\boxed{1000}.")) as server:
        wanted = plan(server.url, policy=Policy(2, 2, 2), text=True)
        synthesize(problems(1), wanted, Files.beside(tmp_path / "t.jsonl"))
    assert len(accepted(tmp_path / "t.jsonl")) == 1  # the other says the same


def test_reasoning_is_kept_apart(tmp_path: Path) -> None:
    def answer(body: dict[str, Any]) -> dict[str, Any]:
        if said(body) is None:
            return completion("Add.\n```python\nprint(1000)\n```", reasoning_content="Perhaps \\boxed{7}.")
        return completion("<think>\nSo.\n</think>\n\nIt is \\boxed{1000}.")

    with serving(answer) as server:
        synthesize(problems(1), plan(server.url, policy=Policy(1, 1, 1)), Files.beside(tmp_path / "t.jsonl"))
    (row,) = accepted(tmp_path / "t.jsonl")
    assert row.meta["reasoning"] == ["Perhaps \\boxed{7}.", "So."]
    assert row.steps[0].thought == "Add." and row.conclusion == "It is \\boxed{1000}."


def test_each_problem_gets_what_its_own_results_ask_for(tmp_path: Path) -> None:
    """Sample 0 solves every second problem; of the others, those divisible by 3 are hopeless."""

    def answer(body: dict[str, Any]) -> dict[str, Any]:
        n = int(question(body).split()[2])
        if said(body) is None and n % 2 and (n % 3 == 0 or body["temperature"] == 0.3):
            return called("I guess.", "print(7)", False)
        return add(body)

    with serving(answer) as server:
        wanted = plan(server.url, policy=Policy(samples=6, accept=1, give_up=4))
        synthesize(problems(12), wanted, Files.beside(tmp_path / "t.jsonl"))
    first = Counter(question(body) for body in server.bodies if len(body["messages"]) == 2)
    got = {n: first[f"What is {n} + 1000?"] for n in range(12)}
    assert got == {n: 1 if n % 2 == 0 else 4 if n % 3 == 0 else 2 for n in range(12)}
    assert {row.id for row in accepted(tmp_path / "t.jsonl")} == {
        f"sum:{n}#{n % 2}" for n in range(12) if n % 2 == 0 or n % 3
    }


def test_more_samples_later_pay_only_for_those(tmp_path: Path) -> None:
    files = Files.beside(tmp_path / "t.jsonl")
    with serving(add) as server:
        synthesize(problems(4), plan(server.url, policy=Policy(1, 1, 1)), files)
        assert len(server.bodies) == 8
        elsewhere = Files.beside(tmp_path / "other.jsonl", ledger=files.ledger)
        synthesize(problems(5), plan(server.url, policy=Policy(3, 3, 3)), elsewhere)
    assert len(server.bodies) == 2 * 3 * 5
    assert len(accepted(tmp_path / "other.jsonl")) == 15


def test_a_finished_run_needs_no_endpoint_and_gives_the_same_bytes(tmp_path: Path) -> None:
    with serving(add) as server:
        synthesize(problems(4), plan(server.url), Files.beside(tmp_path / "t.jsonl"))
    synthesize(
        problems(4),
        plan("http://127.0.0.1:9/v1"),
        Files.beside(tmp_path / "u.jsonl", ledger=tmp_path / "t.jsonl.ledger"),
    )
    assert outputs(tmp_path / "t.jsonl") == outputs(tmp_path / "u.jsonl")


def test_a_program_that_a_clock_decides_is_not_run_again(tmp_path: Path) -> None:
    """Its second output would make another request of the next turn; a later program still finds its variables."""

    def answer(body: dict[str, Any]) -> Any:
        rounds = sum("```output" in (message["content"] or "") for message in body["messages"])
        if rounds == 0:
            return called("", "import time\nstart = time.time_ns()\nprint(start)", False)
        if rounds == 1:
            return called("", "print(start - start + 1000)", False) if open_ else 500
        return completion("It is \\boxed{1000}.")

    open_: list[int] = []
    with serving(answer) as server:
        once = plan(server.url, policy=Policy(1, 1, 1))
        synthesize(problems(1), once, Files.beside(tmp_path / "t.jsonl"))
        open_.append(1)
        assert len(server.bodies) == 1 + 4
        retry = plan(server.url, policy=Policy(1, 1, 1), retry_failed=True)
        synthesize(problems(1), retry, Files.beside(tmp_path / "t.jsonl"))
    assert len(server.bodies) == 1 + 4 + 2
    (row,) = accepted(tmp_path / "t.jsonl")
    assert row.steps[0].execution.output.strip() in json.dumps(server.bodies[1])
    assert row.steps[1].execution.output == "1000\n"


def test_a_budget_goes_to_first_samples_first_and_is_never_overshot(tmp_path: Path) -> None:
    with serving(add) as server:
        cap = Decimal("0.002")
        result = synthesize(
            problems(40), plan(server.url, max_cost=cap, concurrency=1), Files.beside(tmp_path / "t.jsonl")
        )
        assert 0 < result.spent.spent.money <= cap
        assert result.figures.dropped["not asked: the budget is spent"] > 0
        assert {row.meta["sample"] for row in accepted(tmp_path / "t.jsonl")} == {0}
        first = outputs(tmp_path / "t.jsonl")
        again = synthesize(problems(40), plan(server.url, max_cost=cap), Files.beside(tmp_path / "t.jsonl"))
        assert again.sent == 0 and outputs(tmp_path / "t.jsonl") == first
        more = synthesize(problems(40), plan(server.url, max_cost=Decimal(1)), Files.beside(tmp_path / "t.jsonl"))
    assert more.figures.accepted == 80
    assert max(Counter(json.dumps(body) for body in server.bodies).values()) == 1


def test_results_do_not_hang_on_time_or_concurrency(tmp_path: Path) -> None:
    chance = random.Random(1)

    def answer(body: dict[str, Any]) -> Any:
        time.sleep(chance.random() * 0.03)
        return teacher(body)

    found = list(problem_set(8))
    for name, concurrency in (("a", 1), ("b", 5), ("c", 64)):
        teacher = Teacher(found)
        with serving(answer) as server:
            synthesize(found, plan(server.url, concurrency=concurrency), Files.beside(tmp_path / f"{name}.jsonl"))
    assert outputs(tmp_path / "a.jsonl") == outputs(tmp_path / "b.jsonl") == outputs(tmp_path / "c.jsonl")
    assert len(accepted(tmp_path / "a.jsonl")) > 4


def problem_set(number: int) -> Iterator[Problem]:
    """Problems in English and Chinese, with answers of several kinds."""
    drafts = list(generate(1 + number // 20, 0, names=EMBEDDED))
    random.Random(0).shuffle(drafts)
    yield from (draft.problem for draft in drafts[:number])


@contextmanager
def misbehaving(found: list[Problem], faults: float) -> Iterator[tuple[FakeEndpoint, Teacher]]:
    teacher = Teacher(found, faults, 0.02)
    with serving(teacher) as server:
        yield server, teacher


def trial(tmp_path: Path, number: int, faults: float, kills: int) -> tuple[Result, dict[str, Any]]:
    """A real process is killed so many times and goes on; another run of the same is left alone."""
    found = list(problem_set(number))
    write_jsonl(tmp_path / "p.jsonl", found)
    cap = Decimal(number) / 50
    rows, chance = tmp_path / "killed.jsonl", random.Random(2)
    with misbehaving(found, faults) as (server, teacher):
        command = [
            sys.executable,
            "-m",
            "tests.synthesis.run",
            server.url,
            str(tmp_path / "p.jsonl"),
            str(rows),
            str(cap),
        ]
        for kill in range(1, kills + 1):
            with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
                goal = sum(teacher.answered.values()) + max(6, number // (kills + 1)) * chance.uniform(0.7, 1.3)
                while sum(teacher.answered.values()) < goal and process.poll() is None:
                    time.sleep(0.005)
                assert process.poll() is None, f"it was over before kill {kill}"
                os.kill(process.pid, signal.SIGKILL)
                process.communicate()
            assert not rows.exists()
            assert_within(rows.with_name("killed.jsonl.ledger"), cap)
        result = synthesize(found, plan(server.url, max_cost=cap), Files.beside(rows))
        received = len(server.bodies)
    assert_within(rows.with_name("killed.jsonl.ledger"), cap)
    with misbehaving(found, faults) as (server, teacher):
        undisturbed = synthesize(found, plan(server.url, max_cost=cap), Files.beside(tmp_path / "alone.jsonl"))
    assert outputs(rows) == outputs(tmp_path / "alone.jsonl")
    unknown = attempts(rows.with_name("killed.jsonl.ledger"), received)
    assert kills <= unknown <= kills * 32
    assert result.figures.accepted == undisturbed.figures.accepted > number / 3
    return result, {"unknown": unknown, "received": received, "alone": undisturbed.spent, "sent": undisturbed.sent}


def attempts(ledger: Path, received: int) -> int:
    """How many attempts nobody knows the end of; all that the endpoint received are known, none behind an answer."""
    with sqlite3.connect(ledger) as connection:
        (number,) = connection.execute("SELECT COUNT(*) FROM attempts").fetchone()
        (unknown,) = connection.execute("SELECT COUNT(*) FROM attempts WHERE state = 'unknown'").fetchone()
        (again,) = connection.execute(
            "SELECT COUNT(*) FROM attempts AS first JOIN attempts AS later"
            " ON first.key = later.key AND first.outcome = 'answered' AND later.id > first.id"
        ).fetchone()
    connection.close()
    assert again == 0
    assert number - unknown <= received <= number
    return int(unknown)


def assert_within(ledger: Path, cap: Decimal) -> None:
    """The ledger as it was left, read by SQLite alone: whole, and within the cap."""
    with sqlite3.connect(ledger) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        spent = sum(Decimal(money) for (money,) in connection.execute("SELECT money FROM attempts"))
        answers = connection.execute("SELECT COUNT(*) FROM requests WHERE answer IS NOT NULL").fetchone()
        paid = connection.execute("SELECT COUNT(DISTINCT key) FROM attempts WHERE outcome = 'answered'").fetchone()
        times = connection.execute("SELECT COUNT(*) FROM attempts WHERE outcome = 'answered'").fetchone()
    connection.close()
    assert spent <= cap
    assert answers == paid == times


@pytest.mark.slow
def test_killed_three_times_it_writes_the_same_bytes(tmp_path: Path) -> None:
    trial(tmp_path, 16, 0.08, 3)


@pytest.mark.slow
def test_the_whole_trial(tmp_path: Path) -> None:
    result, figures = trial(tmp_path, 200, 0.2, 3)
    print(*result.lines(), figures, sep="\n")


@contextmanager
def started(tmp_path: Path, server: FakeEndpoint) -> Iterator[subprocess.Popen[str]]:
    write_jsonl(tmp_path / "p.jsonl", problems(30))
    command = [
        sys.executable, "scripts/synthesize.py", "--input", str(tmp_path / "p.jsonl"), "--output",
        str(tmp_path / "t.jsonl"), "--endpoint", server.url, "--model", "m", "--concurrency", "4",
        "--temperatures", "0.3,0.7,1.0", "--samples", "1", "--max-cost", "5", "--price-in", "1", "--price-out", "2",
    ]  # fmt: skip
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        yield process


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
def test_stopped_it_says_how_to_go_on_and_does(number: signal.Signals, tmp_path: Path) -> None:
    gate = threading.Event()

    def answer(body: dict[str, Any]) -> Any:
        return add(body) if len(server.bodies) < 21 or gate.wait(240) else 500

    with serving(answer) as server:
        with started(tmp_path, server) as process:
            wait_until(lambda: server.in_flight == 4)
            os.killpg(process.pid, number)
            _, stderr = process.communicate(timeout=240)
        gate.set()
        assert process.returncode == 2
        assert stderr.splitlines() == [
            "synthesize.py: interrupted; what was written is whole, run the same command again to go on"
        ]
        assert sorted(path.name for path in tmp_path.iterdir()) == ["p.jsonl", "t.jsonl.ledger"]
        if number is signal.SIGTERM:
            return
        before = len(server.bodies)
        with started(tmp_path, server) as process:
            stdout, stderr = process.communicate(timeout=240)
    assert process.returncode == 0, stderr
    assert "accepted 30, rejected 0, dropped 0" in stdout
    assert len(server.bodies) - before == 60 - 20  # the four in flight are asked again


def test_two_runs_do_not_share_an_output_or_a_ledger(tmp_path: Path) -> None:
    gate = threading.Event()
    with serving(lambda body: add(body) if gate.wait(240) else 500) as server:
        with started(tmp_path, server) as process:
            wait_until(lambda: server.in_flight == 4)
            with pytest.raises(RecordError, match="another run is writing this output"):
                synthesize(
                    problems(1), plan(server.url), Files.beside(tmp_path / "t.jsonl", ledger=tmp_path / "other")
                )
            elsewhere = Files.beside(tmp_path / "u.jsonl", ledger=tmp_path / "t.jsonl.ledger")
            with pytest.raises(RecordError, match="another run is using this ledger"):
                synthesize(problems(1), plan(server.url), elsewhere)
            gate.set()
            assert process.wait(240) == 0
    assert len(accepted(tmp_path / "t.jsonl")) == 30


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ([], "there are no problems"),
        (problems(2) + problems(1), "2 problems have the id 'sum:0'"),
        ([Problem("x", "x", "What?")], "problem 'x' has no gold answer"),
        ([Problem("x", "x", "What?", "  ")], "problem 'x' has no gold answer"),
    ],
)
def test_what_cannot_be_solved_is_refused(given: list[Problem], complaint: str, tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=complaint):
        synthesize(given, plan("http://127.0.0.1:9/v1"), Files.beside(tmp_path / "t.jsonl"))
    assert not list(tmp_path.iterdir())


def test_a_cold_teacher_is_not_asked_twice(tmp_path: Path) -> None:
    cold = plan("http://127.0.0.1:9/v1", variety=Variety((0.0,)))
    with pytest.raises(RecordError, match="at temperature 0"):
        synthesize(problems(1), cold, Files.beside(tmp_path / "t.jsonl"))


@pytest.mark.parametrize(
    "names",
    [
        {"output": "p.jsonl"},
        {"output": "t.jsonl", "ledger": "p.jsonl"},
        {"output": "t.jsonl", "ledger": "t.jsonl"},
        {"output": "t.jsonl", "rejected": "t.jsonl"},
        {"output": "t.jsonl", "rejected": "p.jsonl"},
        {"output": "link.jsonl"},
        {"output": "hard.jsonl"},
        {"output": "t.jsonl", "ledger": "folder/../p.jsonl"},
        {"output": "t.jsonl", "ledger": "t.jsonl.run.json"},
        {"output": "folder"},
        {"output": "/dev/full"},
        {"output": "t.jsonl", "ledger": "/dev/null"},
        # what SQLite writes beside the ledger
        {"output": "x-wal", "ledger": "x"},
    ],
)
def test_no_file_is_written_over_another(names: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "p.jsonl").write_text("problems")
    (tmp_path / "link.jsonl").symlink_to(tmp_path / "p.jsonl")
    os.link(tmp_path / "p.jsonl", tmp_path / "hard.jsonl")
    (tmp_path / "folder").mkdir()
    paths = {name: tmp_path / place for name, place in names.items()}
    files = Files.beside(paths.pop("output"), **paths)
    with pytest.raises(RecordError, match="is named twice|is a folder;|is a device or pipe;"):
        files.check([tmp_path / "p.jsonl"])


def test_other_files_are_fine(tmp_path: Path) -> None:
    Files.beside(tmp_path / "t.jsonl").check([tmp_path / "p.jsonl"])


def test_a_damaged_or_foreign_ledger_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / "t.jsonl.ledger").write_text("my notes\n" * 200)
    with serving(add) as server:
        with pytest.raises(RecordError, match="is no ledger of this program"):
            synthesize(problems(1), plan(server.url), Files.beside(tmp_path / "t.jsonl"))
    assert not server.bodies and (tmp_path / "t.jsonl.ledger").read_text().startswith("my notes")


def test_a_copy_of_the_ledger_is_as_good(tmp_path: Path) -> None:
    with serving(add) as server:
        synthesize(problems(3), plan(server.url), Files.beside(tmp_path / "t.jsonl"))
        shutil.copy(tmp_path / "t.jsonl.ledger", tmp_path / "u.jsonl.ledger")
        result = synthesize(problems(3), plan(server.url), Files.beside(tmp_path / "u.jsonl"))
    assert result.sent == 0 and outputs(tmp_path / "t.jsonl") == outputs(tmp_path / "u.jsonl")


def wait_until(condition: Any, seconds: float = 240) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.02)
