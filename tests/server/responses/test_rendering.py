"""A solve's events as a response's, from hand-made events: every way in which a solve can go."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from typing import Any, Literal

import pytest

from math_solver.protocol import ToolCall, Turn, render_call
from math_solver.records import Execution, Step
from math_solver.server.responses.rendering import ResponseRendering, public_event
from math_solver.solving.loop import (
    Budget,
    Completion,
    Event,
    Executed,
    Finish,
    Finished,
    Generated,
    Solution,
    Usage,
    Wrote,
    iter_solve,
)

from .responses_check import check_events

FIELDS: Any = {"model": "m", "parallel_tool_calls": True, "tool_choice": "auto", "tools": []}
CUT = "it was cut"


def text(*pieces: str, number: int = 0) -> list[Event]:
    return [Wrote(number, "text", piece) for piece in pieces]


def code(*pieces: str, number: int = 0) -> list[Event]:
    return [Wrote(number, "code", piece) for piece in pieces]


def called(thought: str, program: str, error: str | None = None, number: int = 0) -> Event:
    return Generated(number, "as written", ToolCall(thought, program, error))


def ran(program: str, status: Any = "ok", output: str = "5", number: int = 0) -> Event:
    return Executed(number, Step("", program, Execution(status, output)))


def over(finish: Finish = "stop", *calls: ToolCall) -> Event:
    return Finished(Solution((), "", (Turn("user", "q"),), Usage(10, 4), finish, calls))


ROUND = [*text("Add", " them."), *code("2 ", "+ 3"), called("Add them.", "2 + 3"), ran("2 + 3")]
ENDING = [*text("It is ", "5.", number=1), Generated(1, "It is 5.", None)]


def render(events: list[Event], *, rounds: int = 6, functions: Any = (), with_outputs: bool = True) -> list[Any]:
    rendering = ResponseRendering(FIELDS, "cntr_1", rounds, functions)
    rendered = list(rendering.start())
    for event in events:
        rendered += rendering.add(event)
    return [public_event(event, with_outputs=with_outputs) for event in rendered]


def outline(response: Any) -> list[tuple[str, str, str]]:
    """Type, status and text of each item."""
    return [(item.type, item.status, getattr(item, "code", None) or said(item)) for item in response.output]


def said(item: Any) -> str:
    text: str = item.content[0].text if hasattr(item, "content") else getattr(item, "arguments", "")
    return text


def test_a_solve_is_a_comment_a_call_and_an_answer() -> None:
    events = render([*ROUND, *ENDING, over()])
    response = check_events(events)
    assert outline(response) == [
        ("message", "completed", "Add them.\n\n"),
        ("code_interpreter_call", "completed", "2 + 3"),
        ("message", "completed", "It is 5."),
    ]
    assert response.output_text == "Add them.\n\nIt is 5."
    thought, call, answer = response.output
    assert (thought.phase, answer.phase) == ("commentary", "final_answer")  # type: ignore[union-attr]
    assert call.outputs[0].logs == "5"  # type: ignore[union-attr]
    assert response.usage is not None and response.usage.total_tokens == 14
    assert [event["type"].removeprefix("response.") for event in events] == [
        "created",
        "in_progress",
        "output_item.added",
        "content_part.added",
        "output_text.delta",
        "output_text.delta",
        "output_text.delta",
        "output_text.done",
        "content_part.done",
        "output_item.done",
        "output_item.added",
        "code_interpreter_call.in_progress",
        "code_interpreter_call_code.delta",
        "code_interpreter_call_code.delta",
        "code_interpreter_call_code.done",
        "code_interpreter_call.interpreting",
        "code_interpreter_call.completed",
        "output_item.done",
        "output_item.added",
        "content_part.added",
        "output_text.delta",
        "output_text.delta",
        "output_text.done",
        "content_part.done",
        "output_item.done",
        "completed",
    ]


@pytest.mark.parametrize(
    ("events", "status", "reason", "items"),
    [
        # the model ends at once: an answer is there, if an empty one
        ([Generated(0, "", None), over()], "completed", None, [("message", "completed", "")]),
        # the answer is cut
        (
            [*text("It is"), Generated(0, "It is", None), over("length")],
            "incomplete",
            "max_output_tokens",
            [("message", "incomplete", "It is")],
        ),
        # the program is cut: it is shown and was not run
        (
            [*text("Add."), *code("2 +"), called("Add.", "2 +", CUT), over("length")],
            "incomplete",
            "max_output_tokens",
            [("message", "completed", "Add.\n\n"), ("code_interpreter_call", "incomplete", "2 +")],
        ),
        # no tokens are left for an answer
        (
            [*code("2"), called("", "2"), ran("2"), over("length")],
            "incomplete",
            "max_output_tokens",
            [("code_interpreter_call", "completed", "2")],
        ),
        # the rounds are spent: the last call was not run
        (
            [*code("2"), called("", "2"), ran("2"), *code("3", number=1), called("", "3", number=1), over("rounds")],
            "incomplete",
            "max_messages",
            [("code_interpreter_call", "completed", "2"), ("code_interpreter_call", "incomplete", "3")],
        ),
        # a call that cannot be read, and what was read of one
        (
            [called("", "", "not JSON"), ran("", "refused"), over()],
            "completed",
            None,
            [("code_interpreter_call", "failed", ""), ("message", "completed", "")],
        ),
        (
            [*code("2"), called("", "2", "not JSON"), ran("", "refused"), *ENDING, over()],
            "completed",
            None,
            [("code_interpreter_call", "failed", "2"), ("message", "completed", "It is 5.")],
        ),
        # a program that raised ran to its end; one that was stopped did not
        (
            [*code("1/0"), called("", "1/0"), ran("1/0", "error"), *ENDING, over()],
            "completed",
            None,
            [("code_interpreter_call", "completed", "1/0"), ("message", "completed", "It is 5.")],
        ),
        (
            [*code("wait()"), called("", "wait()"), ran("wait()", "timeout"), *ENDING, over()],
            "completed",
            None,
            [("code_interpreter_call", "failed", "wait()"), ("message", "completed", "It is 5.")],
        ),
    ],
)
def test_every_way_to_end(events: list[Event], status: str, reason: str | None, items: list[Any]) -> None:
    response = check_events(render(events, rounds=1))
    assert (response.status, outline(response)) == (status, items)
    assert (response.incomplete_details and response.incomplete_details.reason) == reason


LOOKUP = ToolCall("Look it up.", "", "the only tool", "lookup", {"word": "π"})


@pytest.mark.parametrize("generated", [[Generated(0, "as written", LOOKUP)], []])
def test_calls_of_the_clients_functions_end_the_response(generated: list[Event]) -> None:
    events = render([*text("Look it up."), *generated, over("tool_calls", LOOKUP, LOOKUP)], functions=("lookup",))
    response = check_events(events)
    assert response.status == "completed"
    assert outline(response) == [
        ("message", "completed", "Look it up.\n\n"),
        ("function_call", "completed", '{"word": "π"}'),
        ("function_call", "completed", '{"word": "π"}'),
    ]
    first, second = response.output[1:]
    assert first.name == "lookup" and first.call_id != second.call_id  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "before",
    [
        [],
        text("It is"),
        code("2 +"),
        [*code("2"), called("", "2")],
        [*ROUND],
        [*code("2"), called("", "2", CUT)],
    ],
)
def test_a_failure_leaves_nothing_open(before: list[Event]) -> None:
    rendering = ResponseRendering(FIELDS, "cntr_1", 6)
    rendered = list(rendering.start())
    for event in before:
        rendered += rendering.add(event)
    response = check_events([*rendered, *rendering.fail("The server failed: RuntimeError.")])
    assert response.status == "failed"
    assert response.error is not None and response.error.code == "server_error"


def test_outputs_are_shown_only_where_asked_for() -> None:
    response = check_events(render([*ROUND, *ENDING, over()], with_outputs=False))
    assert response.output[1].outputs is None  # type: ignore[union-attr]


class Lines:
    """A model that says its lines in order, in pieces of a size; a token a line."""

    def __init__(self, *lines: Completion, size: int = 1000) -> None:
        self.lines, self.size = list(lines), size

    async def __call__(
        self, turns: Sequence[Turn], *, max_tokens: int | None
    ) -> AsyncGenerator[str | Completion, None]:
        line = self.lines.pop(0)
        for start in range(0, len(line.text), self.size):
            yield line.text[start : start + self.size]
        yield line


async def prints_five(code: str) -> Execution:
    return Execution("ok", "5")


def solved(*lines: Completion, size: int = 1000, max_tokens: int | None = None) -> list[Event]:
    """The events of a real solve."""

    async def collect() -> list[Event]:
        budget = Budget(max_tokens=max_tokens)
        solve = iter_solve((Turn("user", "q"),), Lines(*lines, size=size), prints_five, budget)
        return [event async for event in solve]

    return asyncio.run(collect())


THOUGHT = "<think>\nHm, <b> & </thin.\n\nAdd.\n</think>\n\nAdd them."


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_what_a_model_thinks_is_reasoning(size: int) -> None:
    lines = (render_call(THOUGHT, "2 + 3"), "<think>\n\n</think>\n\nIt is 5.")
    response = check_events(render(solved(*map(Completion, lines), size=size)))
    assert outline(response) == [
        ("reasoning", "completed", "Hm, <b> & </thin.\n\nAdd."),
        ("message", "completed", "Add them.\n\n"),
        ("code_interpreter_call", "completed", "2 + 3"),
        ("message", "completed", "It is 5."),
    ]


@pytest.mark.parametrize(
    ("written", "finish", "items"),
    [
        # cut while thinking, cut in a mark, and text that only begins like one
        ("<think>\nHm </th", "length", [("reasoning", "incomplete", "Hm </th")]),
        ("<thi", "length", [("message", "incomplete", "<thi")]),
        ("<this> is", "stop", [("message", "completed", "<this> is")]),
        # nothing but thought
        ("<think>Hm</think>", "stop", [("reasoning", "completed", "Hm"), ("message", "completed", "")]),
        # a mark in the middle is text
        ("So <think>x</think>", "stop", [("message", "completed", "So <think>x</think>")]),
    ],
)
def test_thoughts_that_are_cut_or_none(written: str, finish: Literal["stop", "length"], items: list[Any]) -> None:
    for size in (4, 10):
        response = check_events(render(solved(Completion(written, finish), size=size)))
        assert outline(response) == items


def test_a_program_may_follow_a_thought_at_once() -> None:
    call = Completion("<think>Add.</think>" + render_call("", "2"), completion_tokens=1)
    assert outline(check_events(render(solved(call, max_tokens=1)))) == [
        ("reasoning", "completed", "Add."),
        ("code_interpreter_call", "completed", "2"),
    ]
