"""The solving loop with scripted models: what is run, what history keeps, what ends it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence

import pytest

from math_solver.protocol import Turn, render_call
from math_solver.records import Execution
from math_solver.solving.loop import (
    Budget,
    Completion,
    Executed,
    Finished,
    Generated,
    Solution,
    Wrote,
    iter_solve,
    solve,
)

QUESTION = (Turn("user", "What is 2 + 3?"),)
CALL = render_call("Add.", "print(2 + 3)")
CONCLUSION = "The sum is \\boxed{5}."


class Script:
    """A model that says its lines in order, five prompt tokens and one token a word."""

    def __init__(self, *lines: str | Completion) -> None:
        self.lines = list(lines)
        self.seen: list[tuple[Sequence[Turn], int | None]] = []

    async def __call__(
        self, turns: Sequence[Turn], *, max_tokens: int | None
    ) -> AsyncGenerator[str | Completion, None]:
        self.seen.append((turns, max_tokens))
        line = self.lines.pop(0)
        completion = line if isinstance(line, Completion) else Completion(line, "stop", 5, len(line.split()))
        for start in range(0, len(completion.text), 7):
            yield completion.text[start : start + 7]
        yield completion


class Runner:
    """An interpreter that prints the number of programs it was given."""

    def __init__(self) -> None:
        self.programs: list[str] = []

    async def __call__(self, code: str) -> Execution:
        self.programs.append(code)
        return Execution("ok", output=f"{len(self.programs)}\n")


def run_solve(script: Script, runner: Runner, budget: Budget | None = None) -> Solution:
    return asyncio.run(solve(QUESTION, script, runner, budget))


def test_a_solution_is_steps_and_a_conclusion() -> None:
    script, runner = Script(CALL, CONCLUSION), Runner()
    solution = run_solve(script, runner)
    assert runner.programs == ["print(2 + 3)"]
    assert solution.conclusion == CONCLUSION
    assert [(step.thought, step.code, step.execution.status) for step in solution.steps] == [
        ("Add.", "print(2 + 3)", "ok")
    ]
    assert solution.turns == (
        *QUESTION,
        Turn("assistant", CALL),
        Turn("observation", "1"),
        Turn("assistant", CONCLUSION),
    )
    assert solution.finish_reason == "stop"
    assert script.seen[1][0] == solution.turns[:3]


def test_events_come_as_they_happen() -> None:
    async def collect() -> list[object]:
        return [event async for event in iter_solve(QUESTION, Script(CALL, CONCLUSION), Runner())]

    events = asyncio.run(collect())
    assert [type(event) for event in events if not isinstance(event, Wrote)] == [
        Generated,
        Executed,
        Generated,
        Finished,
    ]
    written = [event for event in events if isinstance(event, Wrote)]
    assert "".join(event.text for event in written if event.round == 0 and event.kind == "code") == "print(2 + 3)"
    assert "".join(event.text for event in written if event.round == 0 and event.kind == "text") == "Add."
    assert "".join(event.text for event in written if event.round == 1) == CONCLUSION
    assert len(written) > 4


@pytest.mark.parametrize(
    ("said", "programs", "kept"),
    [
        # text after the call is dropped, as training data ends there
        (CALL + "\nso it is 5", ["print(2 + 3)"], CALL),
        # only the first of several calls is run
        (CALL + "\n" + render_call("", "print(1)"), ["print(2 + 3)"], CALL),
        # a stop string took the closing mark away
        (CALL.removesuffix("</tool_call>"), ["print(2 + 3)"], CALL),
        # raw newlines inside the JSON string
        (
            '<tool_call>{"name": "python", "arguments": {"code": "a = 1\nprint(a)"}}</tool_call>',
            ["a = 1\nprint(a)"],
            '<tool_call>{"name": "python", "arguments": {"code": "a = 1\nprint(a)"}}</tool_call>',
        ),
        # arguments encoded twice
        (
            '<tool_call>\n{"name": "python", "arguments": "{\\"code\\": \\"print(1)\\"}"}\n</tool_call>',
            ["print(1)"],
            '<tool_call>\n{"name": "python", "arguments": "{\\"code\\": \\"print(1)\\"}"}\n</tool_call>',
        ),
        # a fenced block from a model of the native form
        ("Try:\n```python\nprint(2)\n```\nand wait", ["print(2)"], "Try:\n```python\nprint(2)\n```"),
        # an invented output block after the program
        ("```python\nprint(2)\n```\n```output\n7\n```", ["print(2)"], "```python\nprint(2)\n```"),
        # an unterminated block that the model ended by itself
        ("```python\nprint(2)", ["print(2)"], "```python\nprint(2)\n```"),
        # an empty program is a program
        (render_call("", ""), [""], render_call("", "")),
    ],
)
def test_what_is_run_and_what_history_keeps(said: str, programs: list[str], kept: str) -> None:
    runner = Runner()
    solution = run_solve(Script(said, CONCLUSION), runner)
    assert runner.programs == programs
    assert solution.turns[1] == Turn("assistant", kept)
    assert solution.conclusion == CONCLUSION


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("<tool_call>\nprint(1)\n</tool_call>", "not valid JSON"),
        ('<tool_call>{"name": "search", "arguments": {"query": "x"}}</tool_call>', "only tool"),
        ('<tool_call>{"name": "python", "arguments": {"code": 3}}</tool_call>', "only tool"),
        ("<tool_call>[]</tool_call>", "only tool"),
        ("<tool_call></tool_call>", "not valid JSON"),
    ],
)
def test_a_malformed_call_is_answered_and_costs_a_round(said: str, reason: str) -> None:
    runner = Runner()
    solution = run_solve(Script(said, CONCLUSION), runner, Budget(rounds=1))
    (step,) = solution.steps
    assert runner.programs == []
    assert step.execution.status == "refused"
    assert reason in step.execution.observation
    assert solution.turns[2] == Turn("observation", step.execution.observation)
    assert solution.finish_reason == "stop"


@pytest.mark.parametrize(
    ("last", "finish", "conclusion"),
    [
        # told nothing, the model concludes after its last round
        (CONCLUSION, "stop", CONCLUSION),
        # it calls again: nothing is run and the finish reason says so
        (render_call("It is \\boxed{5}; check:", "print(5)"), "rounds", "It is \\boxed{5}; check:"),
        # the token limit of the engine cut the conclusion
        (Completion("The sum", "length", 5, 2), "length", "The sum"),
    ],
)
def test_rounds_run_out(last: str | Completion, finish: str, conclusion: str) -> None:
    runner = Runner()
    solution = run_solve(Script(CALL, CALL, last), runner, Budget(rounds=2))
    assert len(runner.programs) == len(solution.steps) == 2
    assert (solution.finish_reason, solution.conclusion) == (finish, conclusion)
    assert solution.turns[-1].role == "assistant"


def test_no_rounds_means_one_generation() -> None:
    solution = run_solve(Script(CALL), Runner(), Budget(rounds=0))
    assert (solution.steps, solution.finish_reason) == ((), "rounds")


@pytest.mark.parametrize(
    ("cut", "programs"),
    [
        ("Add.\n```python\nprint(2", []),  # half a program is not run
        ('Add.\n<tool_call>\n{"name": "python", "argu', []),
        (CALL, ["print(2 + 3)"]),  # a whole call at the very limit is
    ],
)
def test_the_token_limit_cuts_a_turn(cut: str, programs: list[str]) -> None:
    runner = Runner()
    solution = run_solve(Script(Completion(cut, "length", 5, 10)), runner, Budget(max_tokens=10))
    assert runner.programs == programs
    assert solution.finish_reason == "length"


def test_tokens_are_counted_over_the_whole_solve() -> None:
    script = Script(Completion(CALL, "stop", 7, 4), Completion(CONCLUSION, "stop", 20, 3))
    solution = run_solve(script, Runner(), Budget(max_tokens=10))
    assert [limit for _, limit in script.seen] == [10, 6]
    assert (solution.usage.prompt_tokens, solution.usage.completion_tokens) == (27, 7)
    assert solution.usage.total_tokens == 34


def test_the_fenced_form_observes_in_its_own_words() -> None:
    call = render_call("Add.", "print(2 + 3)", "fenced")
    solution = asyncio.run(solve(QUESTION, Script(call, CONCLUSION), Runner(), form="fenced"))
    assert [turn.content for turn in solution.turns[1:3]] == [call, "```output\n1\n```"]


def test_a_failure_of_ours_is_raised() -> None:
    async def broken(code: str) -> Execution:
        raise OSError("no interpreter")

    with pytest.raises(OSError, match="no interpreter"):
        asyncio.run(solve(QUESTION, Script(CALL), broken))
