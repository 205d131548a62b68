"""Demands on a solve with scripted models: what stands, what is asked again, and what is held back meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from typing import Any

import pytest

from math_solver.protocol import THINK, ToolCall, Turn, render_call
from math_solver.records import Step
from math_solver.solving.demands import TRIES, AllOf, AnswerDemand, CallDemand, hold
from math_solver.solving.json_answers import AnswerFormat
from math_solver.solving.loop import (
    Again,
    Asked,
    Budget,
    Completion,
    Demand,
    Event,
    Executed,
    Finished,
    Generated,
    Reasoned,
    Solution,
    Wanted,
    Wrote,
    iter_answer,
    iter_solve,
)

from .test_loop import CALL, CONCLUSION, QUESTION, Runner, Script

ANSWER = '{"sum": 5}'
BROKEN = '<tool_call>\n{"name": "python", "arguments": 1}\n</tool_call>'


class Held(Script):
    """A script that remembers what was wanted of each turn."""

    def __init__(self, *lines: str | Completion) -> None:
        super().__init__(*lines)
        self.wanted: list[Wanted | None] = []

    async def __call__(
        self, turns: Sequence[Turn], *, max_tokens: int | None, wanted: Wanted | None = None
    ) -> AsyncGenerator[str | Completion, None]:
        self.wanted.append(wanted)
        async for part in super().__call__(turns, max_tokens=max_tokens):
            yield part


def answering() -> Demand:
    return AllOf(AnswerDemand(AnswerFormat()))


def calling() -> Demand:
    return AllOf(CallDemand(interpreter=True))


def run(
    script: Held, demand: Demand, answer_only: bool | None = None, form: Any = "native", **budget: Any
) -> list[Event]:
    """The events of a solve, held back or not."""

    async def collect() -> list[Event]:
        events = iter_solve(QUESTION, script, Runner(), Budget(**budget), form, tools=("look_up",), demand=demand)
        shown = events if answer_only is None else hold(events, answer_only=answer_only)
        return [event async for event in shown]

    return asyncio.run(collect())


def solution_of(events: Sequence[Event]) -> Solution:
    last = events[-1]
    assert isinstance(last, Finished)
    return last.solution


def text_of(events: Sequence[Event]) -> str:
    return "".join(event.text for event in events if isinstance(event, Wrote) and event.kind == "text")


def test_nothing_is_demanded_of_a_plain_solve() -> None:
    script = Script(CALL, CONCLUSION)  # which knows no ``wanted``

    async def collect() -> list[Event]:
        return [event async for event in iter_solve(QUESTION, script, Runner())]

    assert solution_of(asyncio.run(collect())).conclusion == CONCLUSION


def test_a_conclusion_that_does_not_stand_is_answered_and_the_solve_goes_on() -> None:
    script = Held(CALL, CONCLUSION, CALL, ANSWER)
    events = run(script, answering())
    solution = solution_of(events)
    assert solution.conclusion == ANSWER and len(solution.steps) == 2
    roles = [turn.role for turn in solution.turns]
    assert roles == ["user", "assistant", "observation", "assistant", "user", "assistant", "observation", "assistant"]
    assert [event.text for event in events if isinstance(event, Asked)] == [solution.turns[4].content]
    assert [event.round for event in events if isinstance(event, Executed)] == [0, 1]
    assert solution.usage.prompt_tokens == 20
    assert script.wanted == [None, None, "answer", "answer"]


def test_the_budget_of_programs_is_one_for_all() -> None:
    # no tool of the client's here, so that nothing can be called behind the last program
    script = Held(CALL, CONCLUSION, CALL, ANSWER)

    async def collect() -> list[Event]:
        solve = iter_solve(QUESTION, script, Runner(), Budget(rounds=1), demand=answering())
        return [event async for event in solve]

    events = asyncio.run(collect())
    solution = solution_of(events)
    assert len(solution.steps) == 1 and solution.conclusion == ANSWER
    assert script.wanted == [None, "answer", "answer", "answer"]
    told = solution.turns[-2]
    assert told.role == "observation" and told.content.startswith("The call was not run: no more programs can be run.")


@pytest.mark.parametrize("form", ["fenced", "auto"])
def test_a_call_that_is_not_run_is_answered_in_its_form(form: Any) -> None:
    fenced = render_call("Add.", "print(2 + 3)", "fenced")
    told = solution_of(run(Held(fenced, ANSWER), answering(), form=form, rounds=0)).turns[-2]
    assert told.content.startswith("```output\nThe call was not run: no more programs can be run.\n```\n\nGive the")


@pytest.mark.parametrize(
    ("lines", "tokens", "finish", "conclusion"),
    [
        # the client's limit is spent: a cut answer is none
        ([Completion("The sum", "length", 5, 10)], 10, "length", ""),
        # only the turn was cut
        ([Completion("The sum", "length", 5, 8), ANSWER], 10, "stop", ANSWER),
        # cut, and whole all the same
        ([Completion(f"```json\n{ANSWER}\n```\nThat", "length", 5, 10)], 10, "stop", ANSWER),
        # cut inside of its JSON
        ([Completion('{"a": {"b": 1}, "c', "length", 5, 10)], 10, "length", ""),
        # a stop string came before the answer, and behind it
        ([Completion("So ", "halt", 5, 1), ANSWER], 10, "stop", ANSWER),
        ([Completion(ANSWER, "halt", 5, 1)], 10, "stop", ANSWER),
        # cut inside of a call
        ([Completion(CALL[:-20], "length", 5, 5), ANSWER], 10, "stop", ANSWER),
    ],
)
def test_turns_that_are_cut(lines: list[Any], tokens: int, finish: str, conclusion: str) -> None:
    events = run(Held(*lines), answering(), True, max_tokens=tokens)
    solution = solution_of(events)
    assert (solution.finish_reason, solution.conclusion, text_of(events)) == (finish, conclusion, conclusion)


def test_what_never_stands_is_unmet_and_counted() -> None:
    solution = solution_of(run(Held(*["No."] * (TRIES + 1)), answering()))
    assert (solution.finish_reason, solution.conclusion) == ("unmet", "")
    assert solution.unmet and solution.unmet.wanted == "answer"
    assert solution.usage.prompt_tokens == 5 * (TRIES + 1)


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        ([CALL, "Five."], ["call", None]),
        (["Four.", CALL, "Five."], ["call", "call", None]),
        # a call that could not be read runs nothing
        ([BROKEN, "Four.", CALL, "Five."], ["call", "call", "call", None]),
    ],
)
def test_a_program_is_demanded(lines: list[str], wanted: list[Wanted | None]) -> None:
    script = Held(*lines)
    events = run(script, calling(), False)
    assert script.wanted == wanted
    assert solution_of(events).conclusion == "Five." and "Four." not in text_of(events)
    assert text_of(events).endswith("Five.")


def test_text_runs_freely_once_a_program_has_run() -> None:
    events = run(Held(CALL, CONCLUSION), calling(), False)
    ran = next(index for index, event in enumerate(events) if isinstance(event, Executed))
    assert len([event for event in events[ran:] if isinstance(event, Wrote)]) > 1


def test_held_events_are_those_of_the_solve() -> None:
    """Nothing is lost, and the order of a turn stays what it was."""
    plain, shown = (run(Held(CALL, CONCLUSION), calling(), held) for held in (None, False))
    assert shown == plain


def test_only_the_answer_is_text() -> None:
    thinking = THINK.render("Hm.") + CALL
    events = run(Held(thinking, CONCLUSION, CALL, ANSWER), answering(), True)
    assert text_of(events) == ANSWER
    reasoned = [event.text for event in events if isinstance(event, Reasoned)]
    assert reasoned == ["Hm.", "Add.", "Add."]
    # a thought comes before its program, and the answer last
    kinds = [type(event) for event in events if not isinstance(event, Wrote) or event.kind == "text"]
    assert kinds[-2:] == [Wrote, Finished]
    assert kinds.count(Generated) == 2  # of conclusions nothing is told


def test_a_tool_that_there_is_not_does_not_stand() -> None:
    lines = ["other", "look_up"]

    def read(text: str) -> list[ToolCall]:
        return [ToolCall("", "", None, text, {})] if text in ("other", "look_up") else []

    async def collect() -> list[Event]:
        demand = CallDemand(interpreter=False, tools=["look_up"], required=False)
        return [
            event async for event in iter_answer(QUESTION, Held(*lines), None, read, tools=["look_up"], demand=demand)
        ]

    solution = solution_of(asyncio.run(collect()))
    assert [call.name for call in solution.calls] == ["look_up"]
    assert solution.turns[-2].role == "observation" and "there is no such tool" in solution.turns[-2].content


class Check(Demand):
    """Has every answer checked once, by another method."""

    def __init__(self) -> None:
        self.checked = False

    async def judge(self, solution: Solution) -> Solution | Again:
        if self.checked:
            return solution
        self.checked = True
        return Again("Check it by another method.")


def test_any_demand_can_reopen_a_solve() -> None:
    solution = solution_of(run(Held(CALL, CONCLUSION, CALL, "It holds.", ANSWER), AllOf(Check(), answering())))
    assert solution.turns[4].content == "Check it by another method."
    assert (len(solution.steps), solution.conclusion) == (2, ANSWER)


def test_the_first_demand_says_what_a_turn_must_be() -> None:
    both = AllOf(CallDemand(interpreter=True), AnswerDemand(AnswerFormat()))
    step = Step("", "", None)  # type: ignore[arg-type]
    assert both.wanted((), True) == "call"
    assert AllOf().wanted([step], True) is None
