"""Votes and checks in an evaluation: by the server, by the client's loop, and by counting samples, they agree."""

from __future__ import annotations

import runpy
import sys
import threading
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from math_solver.evaluation import Attempt, figures, read_run
from math_solver.evaluation.session import Options, evaluate
from math_solver.interpreter import Interpreter
from math_solver.records import Problem, RecordError, read_records
from math_solver.report import write_report
from math_solver.server.settings import Settings
from math_solver.solving.endpoint import Endpoint

from ..fake_endpoint import FakeEndpoint, completion, question, serving
from ..server.conftest import LOOPBACK, Served, closed_at_once
from ..server.test_disconnect import listening

ROOT = Path(__file__).parents[2]
SAMPLES = {
    "What is 0 + 1?": ["1", "2", "1", "1.0"],
    "What is 1 + 1?": ["3", "2", "3", "2"],  # a tie, of which the first is wrong
    "What is 2 + 1?": ["4", "3", r"\frac{6}{2}", "5"],
    "What is 3 + 1?": ["no", "no", "5", "no"],
    "What is 4 + 1?": ["5", "5", "5", "5"],
}
PROBLEMS = [Problem(f"sum:{n}", "sum", asked, str(n + 1)) for n, asked in enumerate(SAMPLES)]


class Same:
    """An endpoint that gives the same samples to whoever asks, in the same order."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._given: defaultdict[str, int] = defaultdict(int)

    def __call__(self, body: dict[str, Any]) -> dict[str, Any]:
        asked, last = question(body), body["messages"][-1]["content"]
        if "another method" in last:
            return completion("Test.\n```python\nprint(1)\n```")
        if "```output" in last:
            return completion("The test says \\boxed{1}.")
        with self._lock:
            sample = SAMPLES[asked][self._given[asked] % 4]
            self._given[asked] += 1
        return completion("I do not know." if sample == "no" else f"It is \\boxed{{{sample}}}.")


def run(url: str, output: Path, problems: list[Problem] = PROBLEMS, **options: Any) -> list[Attempt]:
    wanted = Options(temperature=0.7, workers=1, **options)
    return evaluate(problems, Endpoint(url, "m", 0, 120), wanted, output)


def served(interpreter: Interpreter, upstream: FakeEndpoint, **settings: Any) -> Served:
    from math_solver.server.application import build_app
    from math_solver.server.models.upstream import UpstreamModel
    from math_solver.server.settings import parse_settings

    section = {"form": "fenced", "upstream": {"base_url": upstream.url, "model": "m"}} | settings
    parsed = parse_settings(section)
    assert parsed.upstream is not None
    return Served(build_app(UpstreamModel(parsed.upstream, {}), parsed, interpreter, LOOPBACK))


pytestmark = pytest.mark.usefixtures(closed_at_once.__name__)


@pytest.fixture(scope="module")
def interpreter() -> Any:
    with Interpreter(Settings().limits) as running:
        yield running


def test_the_majority_is_the_same_by_the_server_by_the_client_and_by_counting(
    interpreter: Interpreter, tmp_path: Path
) -> None:
    with serving(Same()) as upstream:
        # One solve after the other: the endpoint's samples come in the order of the votes.
        with listening(served(interpreter, upstream, max_sessions=1)) as url:
            by_server = run(f"{url}/v1", tmp_path / "server", votes=4)
        upstream.answer = Same()
        counted = run(upstream.url, tmp_path / "samples", samples=4, tool=False)
        upstream.answer = Same()
        by_client = run(upstream.url, tmp_path / "client", votes=4, loop="client")
    right = [attempt.verdict.correct for attempt in by_server]
    assert right == [True, False, True, False, True]
    # Side by side the samples come to other solves, which changes a tie alone.
    others = [attempt.verdict.correct for attempt in by_client]
    assert [others[0], *others[2:]] == [right[0], *right[2:]]
    majority = figures(read_run(tmp_path / "samples"))["maj_at"]["4"]["value"]
    assert majority == figures(read_run(tmp_path / "server"))["accuracy"]["value"] == sum(right) / 5
    assert len(counted) == 20
    outcomes = [attempt.votes and attempt.votes["outcome"] for attempt in by_server]
    assert outcomes == ["majority", "tie", "plurality", "unanimous", "unanimous"]
    assert list(read_records(tmp_path / "server", Attempt)) == by_server


CUT, WORDS = ("The answer is 5", "length"), ("hmm", "stop")
ENDS = {
    "What is 500 + 12?": [CUT, CUT, (r"\boxed{512}", "stop"), CUT],  # half an answer is none
    "What is 501 + 12?": [WORDS, WORDS, (r"\boxed{513}", "stop"), WORDS],
    "What is 502 + 12?": [(r"\boxed{514} Let me", "length")] * 4,  # a whole box is one
}


def ends() -> Callable[[dict[str, Any]], dict[str, Any]]:
    given = {asked: iter(ends) for asked, ends in ENDS.items()}

    def answer(body: dict[str, Any]) -> dict[str, Any]:
        text, finish = next(given[question(body)])
        told = completion(text)
        told["choices"][0]["finish_reason"] = finish
        return told

    return answer


def test_half_an_answer_and_words_have_no_vote_whoever_counts(interpreter: Interpreter, tmp_path: Path) -> None:
    problems = [Problem(f"end:{n}", "sum", asked, str(n + 512)) for n, asked in enumerate(ENDS)]
    with serving(ends()) as upstream:
        with listening(served(interpreter, upstream, max_sessions=1)) as url:
            by_server = run(f"{url}/v1", tmp_path / "server", problems, votes=4)
        for stop_early in (False, True):
            upstream.answer = ends()
            output = tmp_path / f"samples-{stop_early}"
            samples = run(upstream.url, output, problems, samples=4, tool=False, stop_early=stop_early)
            assert figures(read_run(output))["maj_at"]["4"]["value"] == 1
            cut = [attempt for attempt in samples if (attempt.text, attempt.finish_reason) == CUT]
            assert {(attempt.predicted, attempt.verdict.reason) for attempt in cut} == {(None, "no answer")}
    assert [attempt.predicted for attempt in by_server] == ["512", "513", "514"]


def test_accuracy_and_tokens_of_each_way_can_be_compared(tmp_path: Path) -> None:
    with serving(Same()) as server:
        run(server.url, tmp_path / "plain", PROBLEMS[:1], tool=False)
        server.bodies.clear()
        (attempt,) = run(server.url, tmp_path / "both", PROBLEMS[:1], loop="client", votes=2, check=True)
        asked = len(server.bodies)
    assert attempt.votes is not None and attempt.check is not None
    assert attempt.completion_tokens == 3 * asked  # all of them
    for names, shown in ((["plain"], False), (["plain", "both"], True)):
        write_report(tmp_path / "r.html", [read_run(tmp_path / name) for name in names])
        page = (tmp_path / "r.html").read_text(encoding="utf-8")
        assert [text in page for text in ("<h2>Votes and checks", "<td>votes</td><td>2</td>")] == [shown, shown]


def test_the_server_is_asked_for_votes_and_checks_only_where_they_are_wanted(tmp_path: Path) -> None:
    with serving(lambda body: completion("\\boxed{1}")) as server:
        run(server.url, tmp_path / "a", PROBLEMS[:1])
        run(server.url, tmp_path / "b", PROBLEMS[:1], votes=8, check=True, explain=True)
        plain, asked = server.bodies
    assert not {"votes", "check", "explain"} & plain.keys()
    assert (asked["votes"], asked["check"], asked["explain"]) == (8, True, True)


@pytest.mark.parametrize("loop", ["server", "client"])
def test_explanations_are_counted_whoever_asks_for_them(loop: str, interpreter: Interpreter, tmp_path: Path) -> None:
    told = {0: "Add: $0 + 1 = 1$. So \\boxed{1}.", 1: "Add: $1 + 1 = 3$. So \\boxed{2}."}  # the second does not hold

    def answer(body: dict[str, Any]) -> dict[str, Any]:
        number = int(question(body).split()[2])
        asked = body["messages"][-1]["content"]
        return completion(told[number] if "xpla" in asked else f"It is \\boxed{{{number + 1}}}.")

    with serving(answer) as upstream:
        if loop == "server":
            with listening(served(interpreter, upstream)) as url:
                attempts = run(f"{url}/v1", tmp_path / "a", PROBLEMS[:2], explain=True)
        else:
            attempts = run(upstream.url, tmp_path / "a", PROBLEMS[:2], loop="client", explain=True)
    assert [attempt.explanation and attempt.explanation["given"] for attempt in attempts] == [True, False]
    assert all(attempt.verdict.correct for attempt in attempts)
    found = figures(read_run(tmp_path / "a"))["second_looks"]["explanations"]
    assert found == {"asked": 2, "given": 1, "characters": len(told[0])}
    assert list(read_records(tmp_path / "a", Attempt)) == attempts


def test_a_run_with_other_votes_does_not_mix_in(tmp_path: Path) -> None:
    with serving(lambda body: 503 if "1 + 1" in question(body) else completion("\\boxed{1}")) as server:
        run(server.url, tmp_path / "a", PROBLEMS[:2])
        with pytest.raises(RecordError, match="other inputs, options"):
            run(server.url, tmp_path / "a", PROBLEMS[:2], votes=2)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--votes", "0", "--temperature", "0.7"], "--votes is 0; it must be at least 1"),
        (["--votes", "4"], "--votes without --temperature compares the same answer"),
        (["--check", "--no-tool"], "--votes and --check compare solutions that run Python"),
        (["--explain", "--no-tool"], "--explain tests an explanation against the programs"),
    ],
)
def test_what_cannot_be_compared_is_refused_in_one_line(
    arguments: list[str], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = runpy.run_path(str(ROOT / "scripts" / "evaluate.py"))
    monkeypatch.setattr(sys, "argv", ["evaluate.py", "--input", "p", "--output", "a", *arguments])
    with pytest.raises(RecordError, match=message) as refusal:
        script["main"]()  # before it looks for the input, which is not there
    assert "\n" not in str(refusal.value)
