"""Evaluations against a real HTTP server: flight, retries, resuming, errors, voting."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock

import pytest

from math_solver.evaluation import Attempt, read_run
from math_solver.evaluation.session import Options, _Progress, evaluate
from math_solver.protocol import call_end
from math_solver.records import Problem, RecordError, Verdict, read_records, write_jsonl
from math_solver.solving.endpoint import Endpoint

from ..fake_endpoint import FakeEndpoint, completion, question, serving

ROOT = Path(__file__).parents[2]


def problems(number: int) -> list[Problem]:
    return [Problem(f"sum:{n}", "sum", f"What is {n} + 1?", str(n + 1), subject="sums") for n in range(number)]


def right(body: dict[str, Any]) -> dict[str, Any]:
    return completion(f"It is \\boxed{{{int(question(body).split()[2]) + 1}}}.")


def run(server: FakeEndpoint, output: Path, number: int = 4, retries: int = 3, **options: Any) -> list[Attempt]:
    return evaluate(problems(number), Endpoint(server.url, "m", retries, 300), Options(**options), output)


def script(*arguments: str | Path) -> list[str]:
    return [sys.executable, "scripts/evaluate.py", *map(str, arguments)]


def test_hundreds_of_requests_are_in_flight_at_once(tmp_path: Path) -> None:
    full, seen = threading.Event(), []

    def answer(body: dict[str, Any]) -> dict[str, Any]:
        with server.lock:
            seen.append(body)
            if len(seen) >= 200:
                full.set()
        assert full.wait(240), "no more requests came while these waited"
        return right(body)

    with serving(answer) as server:
        attempts = run(server, tmp_path / "a", 300, workers=200, tool=False)
    assert [attempt.verdict.outcome for attempt in attempts] == ["correct"] * 300
    assert server.most_in_flight == 200
    assert [attempt.id for attempt in attempts] == [f"sum:{n}#0" for n in range(300)]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_passing_failures_are_tried_again(status: int, tmp_path: Path) -> None:
    with serving(lambda body: right(body) if server.asked[question(body)] > 2 else status) as server:
        attempts = run(server, tmp_path / "a", 2)
    assert [attempt.verdict.correct for attempt in attempts] == [True, True]
    assert set(server.asked.values()) == {3}


def test_errors_stay_in_the_denominator_and_only_those_of_the_way_are_asked_again(tmp_path: Path) -> None:
    ailing = {"What is 1 + 1?": 500, "What is 2 + 1?": 400}
    with serving(lambda body: ailing.get(question(body)) or right(body)) as server:
        first = run(server, tmp_path / "a", retries=0)
        assert [attempt.verdict.correct for attempt in first] == [True, False, False, True]
        assert [attempt.error is None for attempt in first] == [True, False, False, True]
        ailing.clear()
        server.asked.clear()
        second = run(server, tmp_path / "a", retries=0)
    assert server.asked == {"What is 1 + 1?": 1}  # 400 is the request's own fault and would come again
    assert [attempt.verdict.correct for attempt in second] == [True, True, False, True]
    assert not (tmp_path / "a.journal").exists()


def test_an_endpoint_that_went_away_ends_the_run_and_keeps_what_was_answered(tmp_path: Path) -> None:
    with serving(lambda body: right(body) if len(server.bodies) <= 5 else 503) as server:
        with pytest.raises(RecordError, match="20 requests failed one after another"):
            run(server, tmp_path / "a", 100, retries=0, workers=1)
        server.answer = right
        server.asked.clear()
        assert all(attempt.verdict.correct for attempt in run(server, tmp_path / "a", 100, workers=1))
    assert len(server.asked) == 95


@pytest.mark.parametrize(
    ("refused", "complaint"), [(range(6), "every request failed"), (range(3, 6), "is no endpoint any more")]
)
def test_earlier_attempts_stay_where_a_run_ends_in_an_error(refused: range, complaint: str, tmp_path: Path) -> None:
    output = tmp_path / "a"
    with serving(right) as server:
        run(server, output, 6)
        before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
        server.answer = lambda body: (
            "<html>Log in</html>" if int(question(body).split()[2]) in refused else right(body)
        )
        with pytest.raises(RecordError, match=complaint):
            run(server, output, 6, retries=0, workers=1)
        assert before.items() <= {path.name: path.read_bytes() for path in tmp_path.iterdir()}.items()
        server.answer = right
        assert all(attempt.verdict.correct for attempt in run(server, output, 6))
    assert not (tmp_path / "a.journal").exists()


@pytest.mark.parametrize(
    "reply", [{"detail": "hello"}, "<html>hello</html>", "{broken", {"choices": []}, {"choices": [{"message": None}]}]
)
def test_what_is_no_completion_is_an_error_not_a_crash(reply: Any, tmp_path: Path) -> None:
    with serving(lambda body: reply if "1 + 1" in question(body) else right(body)) as server:
        attempts = run(server, tmp_path / "a", 2)
    assert attempts[0].verdict.correct
    assert attempts[1].error and not attempts[1].verdict.correct


def test_what_no_file_could_hold_does_not_end_the_run(tmp_path: Path) -> None:
    ran = {"executions": [{"code": "1\ud800", "output": None}, {"status": "error", "ms": "7"}], "conclusion": "\ud800"}
    with serving(lambda body: completion("half \udc00 \\boxed{1}", code_interpreter=ran)) as server:
        attempts = run(server, tmp_path / "a", 1)
    assert attempts[0].text == "half ? \\boxed{1}"
    assert [(ran["code"], ran["status"], ran["ms"]) for ran in attempts[0].executions] == [
        ("1?", "", 0.0),
        ("", "error", 7.0),
    ]
    assert list(read_records(tmp_path / "a", Attempt)) == attempts


def test_a_fresh_run_asks_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with serving(lambda body: 503 if "3 + 1" in question(body) else right(body)) as server:
        run(server, tmp_path / "a", retries=0)
        run(server, tmp_path / "a", retries=0)
        assert "going on with 3 answers of an earlier run" in capsys.readouterr().err
        assert server.asked["What is 0 + 1?"] == 1
        evaluate(problems(4), Endpoint(server.url, "m", 0), Options(), tmp_path / "a", fresh=True)
        assert server.asked["What is 0 + 1?"] == 2


@pytest.mark.parametrize(("stop_early", "said"), [(True, "right 50.0%"), (False, "right 75.0%")])
def test_where_voting_stops_early_the_bar_counts_first_samples(
    stop_early: bool, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    bar = MagicMock(n=4)
    monkeypatch.setattr("tqdm.tqdm", lambda **how: bar)
    options = Options(samples=3, temperature=0.7, stop_early=stop_early)
    attempts = [
        Attempt(
            f"{problem.id}#{sample}", problem, "", "1", Verdict("correct" if right else "incorrect"), sample=sample
        )
        for problem, results in zip(problems(2), [(True,), (False, True, True)], strict=True)
        for sample, right in enumerate(results)
    ]
    progress = _Progress(6, {one.id: one for one in attempts[:3]}, options)
    progress.add(attempts[3])
    bar.set_postfix_str.assert_called_once_with(said, refresh=False)


def test_a_fresh_run_leaves_one_that_is_still_asking_alone(tmp_path: Path) -> None:
    journal, seen = tmp_path / "a.journal", []

    def kept() -> int:
        return journal.read_text(encoding="utf-8").count('"Attempt"')

    def answer(body: dict[str, Any]) -> dict[str, Any]:
        if "1 + 1" in question(body):
            wait_until(lambda: kept() == 1)
            with pytest.raises(RecordError, match="another run is writing it; wait for it or stop it"):
                evaluate(problems(2), Endpoint("http://127.0.0.1:9", "m"), Options(), tmp_path / "a", fresh=True)
            seen.append(kept())
        return right(body)

    with serving(answer) as server:
        assert all(attempt.verdict.correct for attempt in run(server, tmp_path / "a", 2, workers=1))
    assert seen == [1]


def test_killed_it_goes_on_without_asking_again(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "p", problems(60))
    gate = threading.Event()

    def answer(body: dict[str, Any]) -> dict[str, Any]:
        if server.asked.total() > 30:
            gate.wait(400)
        return right(body)

    with serving(answer) as server:
        command = script("--input", tmp_path / "p", "--output", tmp_path / "a", "--base-url", server.url, "--no-tool")
        command += ["--report", str(tmp_path / "r.html")]
        with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL) as process:
            wait_until(lambda: server.in_flight == 8 and server.asked.total() == 38)
            process.kill()
        journal = (tmp_path / "a.journal").read_text(encoding="utf-8").splitlines()
        answered = [json.loads(line)["Attempt"]["problem"]["question"] for line in journal[1:]]
        assert len(answered) == 30
        gate.set()
        server.asked.clear()
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=400, check=False)
    assert done.returncode == 0, done.stderr
    assert "60 of   60  100.0%" in done.stdout
    assert "100.0 %" in (tmp_path / "r.html").read_text(encoding="utf-8") and (tmp_path / "r.json").exists()
    assert not set(answered) & set(server.asked)
    assert server.asked.total() == 30
    assert [attempt.id for attempt in read_records(tmp_path / "a", Attempt)] == [f"sum:{n}#0" for n in range(60)]


def test_ctrl_c_is_one_line_and_loses_nothing(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "p", problems(20))
    gate = threading.Event()
    with serving(lambda body: right(body) if len(server.bodies) < 7 or gate.wait(300) else 500) as server:
        command = script("--input", tmp_path / "p", "--output", tmp_path / "a", "--base-url", server.url)
        with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, start_new_session=True) as process:
            wait_until(lambda: server.in_flight == 8 and len(server.bodies) == 14)
            os.killpg(process.pid, signal.SIGINT)
            _, stderr = process.communicate(timeout=240)
        gate.set()
    assert process.returncode == 2
    assert stderr.splitlines() == [f"evaluate.py: {INTERRUPTED}"]
    assert len((tmp_path / "a.journal").read_text(encoding="utf-8").splitlines()) == 1 + 6
    assert not (tmp_path / "a").exists()


INTERRUPTED = "interrupted; what was written is whole, run the same command again to go on"


def test_a_run_with_other_options_does_not_mix_in(tmp_path: Path) -> None:
    with serving(lambda body: 503 if "3 + 1" in question(body) else right(body)) as server:
        run(server, tmp_path / "a", retries=0)
        with pytest.raises(RecordError, match="other inputs, options"):
            run(server, tmp_path / "a", max_tokens=9)


def test_samples_are_asked_only_while_the_vote_is_open(tmp_path: Path) -> None:
    said = {"What is 0 + 1?": [1, 1, 1, 1, 1], "What is 1 + 1?": [2, 3, 2, 3, 2], "What is 2 + 1?": [4, 4, 4, 3, 3]}

    def answer(body: dict[str, Any]) -> dict[str, Any]:
        with server.lock:
            return completion(f"\\boxed{{{said[question(body)].pop(0)}}}")

    with serving(answer) as server:
        attempts = run(server, tmp_path / "a", 3, samples=5, stop_early=True, temperature=0.7, workers=1)
    assert server.asked == {"What is 0 + 1?": 3, "What is 1 + 1?": 5, "What is 2 + 1?": 3}
    assert Counter(attempt.problem.id for attempt in attempts) == {"sum:0": 3, "sum:1": 5, "sum:2": 3}
    assert {body["temperature"] for body in server.bodies} == {0.7}


def test_the_loop_on_the_client_runs_the_programs_here(tmp_path: Path) -> None:
    def answer(body: dict[str, Any]) -> dict[str, Any]:
        last = body["messages"][-1]["content"]
        if "```output" in last:
            return completion(f"So it is \\boxed{{{last.split()[1]}}}.")
        return completion("I add.\n```python\nn = 2\nprint(n + 1)\n```\n")

    with serving(answer) as server:
        attempts = run(server, tmp_path / "a", 3, loop="client", form="fenced")
    assert [attempt.predicted for attempt in attempts] == ["3", "3", "3"]
    ran = attempts[2].executions[0]
    assert (ran["thought"], ran["code"], ran["output"], ran["status"]) == ("I add.", "n = 2\nprint(n + 1)", "3", "ok")
    assert attempts[2].completion_tokens == 6
    assert "stop" in server.bodies[0] and "tools" not in server.bodies[0]
    assert server.bodies[-1]["messages"][-2]["content"].endswith("```")


@pytest.mark.parametrize(
    ("text", "predicted"),
    [
        ("<think>\nPerhaps \\boxed{1}.\n</think>\n\nIt is \\boxed{2}.", "2"),
        # the prompt opened the reasoning
        ("Perhaps \\boxed{1}.\n</think>\n\nIt is \\boxed{2}.", "2"),
        # the tokens ran out before anything was concluded
        ("<think>\nPerhaps \\boxed{2}. But wait", None),
    ],
)
@pytest.mark.parametrize("loop", ["server", "client"])
def test_an_answer_is_what_follows_the_reasoning(tmp_path: Path, text: str, predicted: str | None, loop: Any) -> None:
    """Of endpoints that leave it in the text; the loop here cannot know that a prompt opened it, the judging can."""
    with serving(lambda body: completion(text)) as server:
        (attempt,) = run(server, tmp_path / "a", 1, loop=loop)
    assert attempt.predicted == predicted
    if loop == "server":
        assert attempt.text == text


def test_native_calls_go_as_functions_and_their_results_as_tool_messages(tmp_path: Path) -> None:
    def answer(body: dict[str, Any]) -> dict[str, Any]:
        last = body["messages"][-1]
        if last["role"] == "tool":
            assert last["tool_call_id"] == body["messages"][-2]["tool_calls"][0]["id"]
            return completion(f"So it is \\boxed{{{last['content']}}}.")
        function = {"name": "python", "arguments": json.dumps({"code": "1 + 1"})}
        call = {"id": "x", "type": "function", "function": function}
        return completion("I add.", tool_calls=[call])

    with serving(answer) as server:
        attempts = run(server, tmp_path / "a", 2, loop="client", form="native")
    assert [attempt.predicted for attempt in attempts] == ["2", "2"]
    assert attempts[1].verdict.correct
    assert server.bodies[0]["tools"][0]["function"]["name"] == "python"
    assert call_end(attempts[0].text) is not None


def test_the_circumstances_lie_beside_the_attempts(tmp_path: Path) -> None:
    with serving(right) as server:
        run(server, tmp_path / "a.jsonl", tool=False)
    found = read_run(tmp_path / "a.jsonl")
    assert found.circumstances["server"] == {"status": "ok", "tier": "strong"}
    assert found.circumstances["model"] == "m" and not found.tool
    assert "sympy" in found.circumstances["versions"]


def wait_until(condition: Any, seconds: float = 300) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.05)


def test_what_cannot_be_solved_is_right_where_the_model_says_so(tmp_path: Path) -> None:
    asked = [Problem(f"u:{n}", "test", f"Who is number {n}?", None, "unanswerable") for n in range(3)]
    said = {0: "I cannot answer this.", 1: "That is \\boxed{5}.", 2: "I cannot tell; my guess is \\boxed{7}."}
    with serving(lambda body: completion(said[int(question(body).split()[-1][0])])) as server:
        attempts = evaluate(asked, Endpoint(server.url, "m", 0, 60), Options(), tmp_path / "a")
    told = [(attempt.verdict.outcome, attempt.predicted) for attempt in attempts]
    assert told == [("correct", None), ("incorrect", "5"), ("incorrect", "7")]
    assert list(read_records(tmp_path / "a", Attempt)) == attempts
