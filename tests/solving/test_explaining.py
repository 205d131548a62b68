"""Explanations of a scripted model: given, asked for once more, or left out with the reason."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence

import pytest

from math_solver.protocol import Turn, text_turn
from math_solver.records import Execution, Step
from math_solver.solving import explaining
from math_solver.solving.explaining import explained
from math_solver.solving.loop import Event, Finished, Generated, Solution, Usage, Wrote
from math_solver.solving.outcomes import Explanation
from math_solver.solving.worked import Worked, Writer, write_worked

QUESTION = "Three boxes of 4 pens: how many pens?"
STEP = Step("Multiply.", "print(3 * 4)", Execution("ok", "12"))
PLAIN = "It is \\boxed{12}."
GOOD = "Each box has 4 pens and there are three, so $3 \\cdot 4 = 12$. The answer is \\boxed{12}."


class Model:
    """Solves, and then explains with its lines in order."""

    def __init__(self, *lines: str | Exception | None) -> None:
        self.lines = list(lines)
        self.asked: list[str] = []

    async def solve(self, conclusion: str = PLAIN) -> AsyncGenerator[Event, None]:
        yield Wrote(1, "text", conclusion)
        yield Generated(1, conclusion, None)
        turns = (Turn("user", QUESTION), text_turn(conclusion))
        yield Finished(Solution((STEP,), conclusion, turns, Usage(1, 10), "stop"))

    def again(self, turns: Sequence[Turn], spent: Usage) -> AsyncGenerator[Event, None] | None:
        self.asked.append(turns[-1].content)
        return None if self.lines[0] is None else self._explain(turns)

    async def _explain(self, turns: Sequence[Turn]) -> AsyncGenerator[Event, None]:
        line = self.lines.pop(0)
        if isinstance(line, Exception):
            raise line
        assert line is not None
        finish = "length" if line == "cut" else "stop"
        yield Finished(Solution((), line, (*turns, text_turn(line)), Usage(1, 10), finish))  # type: ignore[arg-type]


def run(model: Model, conclusion: str = PLAIN) -> tuple[str, Solution]:
    """What a client reads of the conclusion, and the solution."""

    async def collect() -> list[Event]:
        return [event async for event in explained(model.solve(conclusion), model.again, QUESTION)]

    events = asyncio.run(collect())
    assert isinstance(events[-1], Finished)
    writer = Writer()
    written = "".join(map(writer.add, events))
    assert written == write_worked(Worked((), events[-1].solution.conclusion))
    return written, events[-1].solution


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ([GOOD], None),
        (["There are 17 pens, so \\boxed{12}.", GOOD], None),  # asked for once more
        (["$3 \\cdot 4 = 13$, so \\boxed{12}."] * 2, "3 \\cdot 4 = 13 does not hold"),
        (["It is \\boxed{13}."] * 2, "its answer is not 12"),
        (["No answer at all."] * 2, "its answer is not 12"),
        (["cut"] * 2, "it is not whole"),
        ([None], "no tokens were left"),
        ([RuntimeError("died")], "it failed: RuntimeError"),
        (["It is \\boxed{13}.", RuntimeError("died")], "it failed: RuntimeError"),
    ],
)
def test_an_explanation_stands_behind_the_conclusion_where_it_agrees(
    lines: list[str | Exception | None], reason: str | None
) -> None:
    written, solution = run(Model(*lines))
    told = solution.explanation
    assert told is not None and (told.given, told.reason) == (reason is None, reason or "")
    assert solution.conclusion == (PLAIN if reason else f"{PLAIN}\n\n{GOOD}")
    told_whole = sum(isinstance(line, str) for line in lines)
    assert solution.usage == Usage(1 + told_whole, 10 + 10 * told_whole)  # also of tries before one that failed
    assert solution.turns[-1].content == solution.conclusion
    assert solution.turns[0].content == QUESTION and len(solution.turns) == 2


def test_an_answer_that_cannot_be_looked_for_leaves_the_solution(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(conclusion: str) -> None:
        raise RecursionError

    monkeypatch.setattr(explaining, "extract_answer", fail)
    written, solution = run(Model(GOOD))
    assert written.startswith("It is")
    assert solution.explanation == Explanation(False, "it failed: RecursionError")


def test_it_is_asked_for_in_the_language_of_the_question_and_told_what_was_wrong() -> None:
    model = Model("There are 17 pens, so \\boxed{12}.", GOOD)
    run(model)
    assert "step by step" in model.asked[0]
    assert "17 is neither given nor worked out" in model.asked[1]


def test_a_solution_without_an_answer_is_not_explained() -> None:
    model = Model(GOOD)
    _, solution = run(model, "Who knows.")
    assert solution.explanation is not None and not solution.explanation.given
    assert model.lines == [GOOD]
