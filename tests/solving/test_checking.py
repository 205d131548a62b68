"""Checks of scripted solves: agreement, correction, dispute, what is tested without a model, what a failure leaves."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Sequence

import pytest

from math_solver.answers import extract_answer
from math_solver.protocol import REPLACED, Turn, call_turn, text_turn
from math_solver.records import Execution, Step
from math_solver.solving import checking, stating
from math_solver.solving.checking import checked
from math_solver.solving.loop import Event, Finished, Replaced, Solution, Usage, Wrote
from math_solver.solving.outcomes import Check

Line = str | Exception | None


class Model:
    """Says its lines, an answer each, with a program before it; one in brackets comes without. ``None``: no tokens."""

    def __init__(self, *lines: Line) -> None:
        self.lines = list(lines)
        self.asked: list[tuple[Turn, ...]] = []

    def again(self, turns: Sequence[Turn], spent: Usage) -> AsyncGenerator[Event, None] | None:
        assert spent.completion_tokens == 10 * len(self.asked)
        return None if self.lines[0] is None else self.solve(turns)

    async def solve(self, turns: Sequence[Turn]) -> AsyncGenerator[Event, None]:
        self.asked.append(tuple(turns))
        line = self.lines.pop(0)
        if isinstance(line, Exception):
            raise line
        assert line is not None
        runs, answer = not line.startswith("("), line.strip("()")
        conclusion = f"It is \\boxed{{{answer}}}." if answer != "?" else "Who knows."
        conclusion = line[1:] if line.startswith("=") else conclusion  # in its own words
        steps = (Step("", "print(1)", Execution("ok", answer)),) if runs else ()
        own = [call_turn("", "print(1)"), Turn("observation", answer)] if runs else []
        yield Wrote(0, "text", conclusion)
        turns = (*turns, *own, text_turn(conclusion))
        yield Finished(Solution(steps, conclusion, turns, Usage(1, 10), "stop"))


def run(model: Model, *, live: bool = False, question: str = "What is 3 + 4?") -> list[Event]:
    given = (Turn("user", question),)

    async def collect() -> list[Event]:
        return [event async for event in checked(model.solve(given), model.again, given, question, live=live)]

    return asyncio.run(collect())


def solution_of(events: Sequence[Event]) -> Solution:
    assert isinstance(events[-1], Finished)
    return events[-1].solution


def check_of(events: Sequence[Event]) -> Check:
    check = solution_of(events).check
    assert check is not None
    return check


@pytest.mark.parametrize(
    ("lines", "status", "answer", "reason"),
    [
        (["7", "7"], "agreed", "7", ""),
        (["1/2", "0.5"], "agreed", "1/2", ""),  # by meaning
        (["7", "(7)"], "unknown", "7", "the check ran no program"),  # saying it again tests nothing
        (["6", "(7)", "(7)"], "unknown", "6", "the check ran no program"),
        (["6", "(7)", "(6)"], "unknown", "6", "the check ran no program"),
        (["7", "?"], "unknown", "7", "the check came to no answer"),
        (["7", None], "unknown", "7", "no tokens were left"),
        (["6", "7", "7"], "corrected", "7", ""),
        (["6", "(7)", "7"], "corrected", "7", ""),  # one of the two ran one
        (["6", "7", "(7)"], "corrected", "7", ""),
        (["6", "7", "6"], "agreed", "6", ""),  # two of three ways
        (["6", "7", "8"], "disputed", "6", "all answers differ"),
        (["6", "7", "?"], "disputed", "6", "nothing decided between the two answers"),
        (["7", RuntimeError("died")], "unknown", "7", "the check failed: RuntimeError"),  # the answer is there
        (["6", "7", RuntimeError("died")], "unknown", "6", "the check failed: RuntimeError"),
    ],
)
@pytest.mark.parametrize("live", [False, True])
def test_two_ways_that_agree_are_a_checked_answer(
    lines: list[Line], status: str, answer: str, reason: str, live: bool
) -> None:
    model = Model(*lines)
    events = run(model, live=live)
    check = check_of(events)
    assert (check.status, check.method, check.reason) == (status, "model", reason)
    assert f"{{{answer}}}" in solution_of(events).conclusion
    assert solution_of(events).usage.completion_tokens == 10 * (len(model.asked) - isinstance(lines[-1], Exception))
    replaced = [event for event in events if isinstance(event, Replaced)]
    assert [event.line for event in replaced] == [REPLACED["check"]["en"]] * (live and status == "corrected")


def test_a_model_that_calls_all_three_ways_different_things_is_asked_no_more() -> None:
    model = Model("6", "7", "8", "9")
    run(model)
    assert model.lines == ["9"]


def test_history_holds_the_solution_that_stands_and_nothing_of_what_was_asked_about_it() -> None:
    for lines, own in ((["7", "7"], "7"), (["6", "7", "7"], "7")):
        turns = solution_of(run(Model(*lines))).turns
        assert [turn.role for turn in turns] == ["user", "assistant", "observation", "assistant"]
        assert turns[2].content == own


def test_the_request_is_in_the_language_of_the_question_and_has_both_answers_in_view() -> None:
    model = Model("6", "7", "7")
    run(model, question="3 加 4 等于几？")
    check, decide = (turns[-1].content for turns in model.asked[1:])
    assert "另一种方法" in check
    assert "6" in decide and "7" in decide and "不同" in decide


@pytest.mark.parametrize(
    ("lines", "status", "method"),
    [
        (["3"], "agreed", "substitution"),  # nobody is asked
        (["4", "3"], "corrected", "substitution"),
        (["4", "5"], "disputed", "substitution"),
        (["4", "?"], "disputed", "substitution"),
    ],
)
def test_what_can_be_tested_without_a_model_is(lines: list[Line], status: str, method: str) -> None:
    model = Model(*lines)
    check = check_of(run(model, question="Solve $2x = 6$."))
    assert (check.status, check.method, model.lines) == (status, method, [])


@pytest.mark.parametrize(
    ("second", "status", "answer"),
    [
        ("2, 3", "corrected", "2, 3"),
        ("2", "unknown", "2"),  # it holds, and may not be all: better than what is known to be wrong
        ("a", "unknown", "a"),  # nothing that can be put in
        ("4, 2", "disputed", "2, 4"),
        ("2, 4 apples", "disputed", "2, 4"),  # cannot be put in, and means what is known to be wrong
        (None, "disputed", "2, 4"),
    ],
)
def test_only_an_answer_that_holds_corrects_one_that_does_not(second: str | None, status: str, answer: str) -> None:
    events = run(Model("2, 4", second), live=True, question="Solve $x^2 - 5x + 6 = 0$.")
    check = check_of(events)
    assert (check.status, check.method, check.reason != "") == (status, "substitution", status != "corrected")
    assert f"{{{answer}}}" in solution_of(events).conclusion
    assert any(isinstance(event, Replaced) for event in events) == (answer == second)


@pytest.mark.parametrize(
    ("lines", "question", "status", "answers"),
    [
        # Talk about the first answer is no answer, whatever it can be read as.
        (["3", "=The previous answer is correct."], "Solve $2x - 4 = 0.$", "disputed", []),
        (["3", "=hmm"], "Solve $2x - 4 = 0.$", "disputed", []),
        (["3", "=The answer is 2."], "Solve $2x - 4 = 0.$", "corrected", ["2"]),  # a value is one
        (["7", "=The previous answer is correct."], "What is 3 + 4?", "unknown", []),
        (["6", "7", "=The check is right."], "What is 3 + 4?", "disputed", ["7"]),
        (["yes", "=So the answer is yes."], "Is 7 prime?", "agreed", ["yes"]),  # the same as the first
        (
            ["=The answer is Sunday.", "=The answer is Monday.", "=The answer is Monday."],
            "?",
            "corrected",
            ["Monday"] * 2,
        ),
    ],
)
def test_words_about_an_answer_do_not_take_its_place(
    lines: list[Line], question: str, status: str, answers: list[str]
) -> None:
    model = Model(*lines)
    events = run(model, question=question, live=True)
    check = check_of(events)
    assert (check.status, list(check.answers), model.lines) == (status, answers, [])
    assert any(isinstance(event, Replaced) for event in events) == (status == "corrected")


def test_a_test_that_fails_by_itself_leaves_the_solution(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object) -> None:
        raise RecursionError

    for module, part in ((checking, "holds"), (stating, "extract_answer")):
        with monkeypatch.context() as patched:
            patched.setattr(module, part, fail)
            events = run(Model("7", "7"))
        assert check_of(events) == Check("unknown", "model", reason="the check failed: RecursionError")
        assert "{7}" in solution_of(events).conclusion


def test_an_answer_is_looked_for_once_and_beside_the_event_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    looked = list[tuple[str, bool]]()

    def look(conclusion: str) -> str | None:
        looked.append((conclusion, threading.current_thread() is threading.main_thread()))
        return extract_answer(conclusion)

    monkeypatch.setattr(stating, "extract_answer", look)
    assert check_of(run(Model("6", "7", "7"))).status == "corrected"
    assert looked == [(f"It is \\boxed{{{answer}}}.", False) for answer in (6, 7, 7)]


@pytest.mark.parametrize(
    ("lines", "status", "answer", "reason"),
    [
        (["50"], "agreed", "50", ""),  # nobody is asked
        (["58", "50"], "corrected", "50", ""),
        (["58", "60"], "disputed", "58", "neither answer is the number that is counted"),
        (["58", "?"], "disputed", "58", "it is not the number that is counted"),
        (["58", "many of them"], "unknown", "many of them", "the first answer is not the number that is counted"),
        (["58", RuntimeError("died")], "unknown", "58", "the check failed: RuntimeError"),
    ],
)
def test_what_can_be_counted_is(lines: list[Line], status: str, answer: str, reason: str) -> None:
    model = Model(*lines)
    events = run(model, question="How many integers from 1 to 200 are divisible by 6 or 8?")
    check = check_of(events)
    method = "model" if "failed" in reason else "enumeration"
    assert (check.status, check.method, model.lines) == (status, method, [])
    assert check.reason.startswith(reason) and f"{{{answer}}}" in solution_of(events).conclusion


def test_a_solve_without_an_answer_is_not_checked() -> None:
    model = Model("?", "7")
    assert solution_of(run(model)).check is None
    assert model.lines == ["7"]
