"""The loop with models that reason between tags of their own: nothing in there is run, and history keeps it all."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence

import pytest

from math_solver.protocol import THINK, ThoughtTags, ToolCall, Turn, parse_call, render_call
from math_solver.records import Execution
from math_solver.solving.loop import (
    Budget,
    Completion,
    Event,
    Finished,
    Reasoned,
    Solution,
    Wrote,
    iter_answer,
    iter_solve,
)
from math_solver.solving.worked import Writer

QUESTION = (Turn("user", "What is 2 + 3?"),)
CALL = render_call("Add.", "print(2 + 3)")
TEMPTING = f"Try\n{render_call('', 'import os')}\nor\n{render_call('', 'os', 'fenced')}\n```output\n\\boxed{{7}}\n```"
PLAN = f"<think>\n{TEMPTING}\n</think>\n\n"
CONCLUSION = "The sum is \\boxed{5}."
OPENED = ThoughtTags(opened=True)


class Script:
    """A model that says its lines in order, in pieces of a size; a token a word."""

    def __init__(self, *lines: str | Completion, size: int = 3) -> None:
        self.lines, self.size = list(lines), size
        self.seen: list[Sequence[Turn]] = []

    async def __call__(
        self, turns: Sequence[Turn], *, max_tokens: int | None
    ) -> AsyncGenerator[str | Completion, None]:
        self.seen.append(turns)
        line = self.lines.pop(0)
        completion = line if isinstance(line, Completion) else Completion(line, "stop", 5, len(line.split()))
        for start in range(0, len(completion.text), self.size):
            yield completion.text[start : start + self.size]
        yield completion


class Runner:
    """An interpreter that remembers the programs it was given."""

    def __init__(self) -> None:
        self.programs: list[str] = []

    async def __call__(self, code: str) -> Execution:
        self.programs.append(code)
        return Execution("ok", output="5")


def run(script: Script, runner: Runner, budget: Budget | None = None, tags: ThoughtTags = THINK) -> list[Event]:
    async def collect() -> list[Event]:
        return [event async for event in iter_solve(QUESTION, script, runner, budget, tags=tags)]

    return asyncio.run(collect())


def solution_of(events: list[Event]) -> Solution:
    finished = events[-1]
    assert isinstance(finished, Finished)
    return finished.solution


def reasoned(events: list[Event]) -> str:
    return "".join(event.text for event in events if isinstance(event, Reasoned))


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_reasoning_is_told_apart_and_nothing_in_it_is_run(size: int) -> None:
    script, runner = Script(PLAN + CALL, PLAN + CONCLUSION, size=size), Runner()
    events = run(script, runner)
    solution = solution_of(events)
    assert runner.programs == ["print(2 + 3)"]
    assert [(step.thought, step.code) for step in solution.steps] == [("Add.", "print(2 + 3)")]
    assert (solution.conclusion, solution.finish_reason) == (CONCLUSION, "stop")
    assert reasoned(events) == TEMPTING * 2
    assert "".join(event.text for event in events if isinstance(event, Wrote)) == f"Add.print(2 + 3){CONCLUSION}"
    written = "".join(map(Writer().add, events))
    assert written == "Add.\n\n```python\nprint(2 + 3)\n```\n\n```output\n5\n```\n\nThe sum is ${\\boxed{5}}$."


def test_history_is_what_the_model_wrote() -> None:
    script = Script(f"{PLAN}{CALL} and more", PLAN + CONCLUSION)
    solution = solution_of(run(script, Runner()))
    turns = (*QUESTION, Turn("assistant", PLAN + CALL), Turn("observation", "5"), Turn("assistant", PLAN + CONCLUSION))
    assert solution.turns == turns
    assert script.seen[1] == turns[:3]
    assert solution.usage.completion_tokens == len(f"{PLAN}{CALL} and more".split()) + len((PLAN + CONCLUSION).split())


@pytest.mark.parametrize(
    ("tags", "line", "finish", "conclusion", "reasoning"),
    [
        # the tokens ran out inside: all of it is reasoning, and nothing was concluded
        (THINK, Completion(f"<think>\n{TEMPTING}", "length", 5, 10), "length", "", TEMPTING),
        (THINK, Completion(f"<think>\n{TEMPTING}\n</thi", "length", 5, 10), "length", "", f"{TEMPTING}\n</thi"),
        (OPENED, Completion(TEMPTING, "length", 5, 10), "length", "", TEMPTING),
        # or the model ended there
        (THINK, f"<think>\n{TEMPTING}", "stop", "", TEMPTING),
        # empty blocks vanish
        (THINK, f"<think>\n\n</think>\n\n{CONCLUSION}", "stop", CONCLUSION, ""),
        (THINK, f"</think>\n{CONCLUSION}", "stop", CONCLUSION, ""),
        # the prompt opened it
        (OPENED, f"{TEMPTING}\n</think>\n\n{CONCLUSION}", "stop", CONCLUSION, TEMPTING),
        # a string of the client's ended what follows it
        (THINK, Completion(f"{PLAN}The sum", "halt", 5, 10), "stop", "The sum", TEMPTING),
        # a turn without reasoning is as it always was, outer white space too
        (THINK, f" {CONCLUSION}\n", "stop", f" {CONCLUSION}\n", ""),
    ],
)
def test_how_a_turn_that_reasons_ends(
    tags: ThoughtTags, line: str | Completion, finish: str, conclusion: str, reasoning: str
) -> None:
    runner = Runner()
    events = run(Script(line), runner, tags=tags)
    solution = solution_of(events)
    assert runner.programs == []
    assert (solution.finish_reason, solution.conclusion, reasoned(events)) == (finish, conclusion, reasoning)
    assert solution.turns[-1].content == (line.text if isinstance(line, Completion) else line)


def test_a_call_that_is_cut_behind_reasoning_is_not_run() -> None:
    runner = Runner()
    solution = solution_of(run(Script(Completion(PLAN + CALL[:-20], "length", 5, 10)), runner))
    assert (runner.programs, solution.finish_reason, solution.conclusion) == ([], "length", "Add.")


def test_reasoning_that_an_endpoint_gives_apart_and_tags_in_the_turn() -> None:
    async def generate(turns: Sequence[Turn], *, max_tokens: int | None) -> AsyncGenerator[object, None]:
        yield Reasoned("One.")
        yield "<think>Two.</think>It is 5."
        yield Completion("<think>Two.</think>It is 5.", reasoning="One.")

    async def collect() -> list[Event]:
        return [event async for event in iter_solve(QUESTION, generate, Runner())]  # type: ignore[arg-type]

    events = asyncio.run(collect())
    assert [event.text for event in events if isinstance(event, Reasoned)] == ["One.", "Two."]
    assert solution_of(events).turns[-1] == Turn("assistant", "<think>Two.</think>It is 5.", "One.")


LOOKUP = '<tool_call>\n{"name": "look_up", "arguments": {"word": "x"}}\n</tool_call>'


def read_calls(text: str) -> list[ToolCall]:
    call = parse_call(text, fenced=False)
    return [call] if call and call.name == "look_up" else []


@pytest.mark.parametrize("size", [1, 5, 1000])
@pytest.mark.parametrize(
    ("line", "with_tools", "text", "conclusion", "calls"),
    [
        # without tools what follows is text as it is
        (f"{PLAN}{TEMPTING}\n", False, f"{TEMPTING}\n", f"{TEMPTING}\n", 0),
        # a call of the client's tools, one that it only thought of, and markup that is no call after all
        (f"<think>{LOOKUP}</think>Look.\n{LOOKUP}", True, "Look.", "Look.", 1),
        (f"<think>{LOOKUP}</think>No need.", True, "No need.", "No need.", 0),
        (f"<think>{LOOKUP}</think>\n\n<tool_call>5", True, "<tool_call>5", "<tool_call>5", 0),
        (f"<think>{LOOKUP}</think>\n\nSo\n<tool_call>5", True, "So\n<tool_call>5", "So\n<tool_call>5", 0),
        (f"<think>{LOOKUP}", True, "", "", 0),
    ],
)
def test_an_answer_without_the_interpreter(
    line: str, with_tools: bool, text: str, conclusion: str, calls: int, size: int
) -> None:
    async def collect() -> list[Event]:
        reader = read_calls if with_tools else None
        return [event async for event in iter_answer(QUESTION, Script(line, size=size), None, reader)]

    events = asyncio.run(collect())
    solution = solution_of(events)
    assert reasoned(events) == (LOOKUP if with_tools else TEMPTING)
    assert "".join(event.text for event in events if isinstance(event, Wrote)) == text
    assert (solution.conclusion, len(solution.calls)) == (conclusion, calls)
    assert solution.turns[-1].content == line
