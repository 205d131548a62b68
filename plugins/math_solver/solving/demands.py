"""What a client may demand of a solve: that a tool is called, and that the answer is JSON of a schema.

A model is not held to either while it writes. What it concludes with is judged instead, and a model that did something
else is asked again, a few times; a solution that still does not do is no answer (``Solution.unmet``).
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import replace

from ..records import Step
from .json_answers import AnswerFormat, find_answer
from .loop import (
    Accepted,
    Again,
    Asked,
    Demand,
    Event,
    Executed,
    Finished,
    Generated,
    Reasoned,
    Solution,
    Unmet,
    Wanted,
    Wrote,
)

__all__ = ["TRIES", "AllOf", "AnswerDemand", "CallDemand", "has_called", "hold"]

# How often a model is asked again for one thing.
TRIES = 3


class AllOf(Demand):
    """Several demands, in order: a later one judges what the earlier ones let stand."""

    def __init__(self, *demands: Demand) -> None:
        self._demands = demands

    def wanted(self, steps: Sequence[Step], last: bool) -> Wanted | None:
        return next((wanted for demand in self._demands if (wanted := demand.wanted(steps, last))), None)

    async def judge(self, solution: Solution) -> Solution | Again:
        for demand in self._demands:
            verdict = await demand.judge(solution)
            if isinstance(verdict, Again) or verdict.unmet:
                return verdict
            solution = verdict
        return solution


class CallDemand(Demand):
    """A tool must be called: one of the client's, or the interpreter by a program that is run.

    Without ``required`` none need be, but a call to any other tool does not stand either way.
    """

    def __init__(self, *, interpreter: bool, tools: Sequence[str] = (), required: bool = True) -> None:
        self._interpreter, self._tools, self._required = interpreter, tools, required
        self._ways = ", or ".join(["run a Python program"] * interpreter + [f"call the tool {name}" for name in tools])
        self._tries = TRIES

    def wanted(self, steps: Sequence[Step], last: bool) -> Wanted | None:
        return "call" if self._required and not has_called(steps) else None

    async def judge(self, solution: Solution) -> Solution | Again:
        if other := next((call.name for call in solution.calls if call.name not in self._tools), None):
            ask = f"The tool {other} cannot be called. You can {self._ways}."
        elif self._required and not self._is_met(solution):
            ask = f"Do not answer yet: first {self._ways}."
        else:
            return solution
        if self._tries:
            self._tries -= 1
            return Again(ask)
        reason = f"The model did not do what tool_choice demands, asked {TRIES + 1} times: {self._ways}."
        return _unmet(solution, Unmet("call", reason))

    def _is_met(self, solution: Solution) -> bool:
        spent = solution.finish_reason == "rounds" and self._interpreter
        return spent or solution.finish_reason == "tool_calls" or has_called(solution.steps)


class AnswerDemand(Demand):
    """The answer must be JSON of a format; a conclusion that only holds such JSON becomes that JSON.

    An answer that the client's own limit of tokens cuts is none: the solve ends with ``length`` and says nothing.
    """

    def __init__(self, format: AnswerFormat) -> None:
        self._format = format
        self._tries, self._asked = TRIES, False

    def wanted(self, steps: Sequence[Step], last: bool) -> Wanted | None:
        return "answer" if last or self._asked else None

    async def judge(self, solution: Solution) -> Solution | Again:
        if solution.finish_reason == "tool_calls":
            return solution
        if solution.finish_reason == "rounds":
            problem = "it calls a tool, and no more can be called"
        else:
            found = await find_answer(solution.conclusion, self._format)
            if found.answer is not None:
                return replace(solution, conclusion=found.answer, finish_reason="stop")
            problem = found.problem
        if self._tries:
            self._tries, self._asked = self._tries - 1, True
            return Again(f"{self._format.instruction}\n\nYour last message does not do: {problem}.")
        reason = f"The model gave no answer in the demanded format, asked {TRIES + 1} times: {problem}."
        return _unmet(solution, Unmet("answer", reason))


def has_called(steps: Sequence[Step]) -> bool:
    """Whether a program was run; a call that could not be read is none."""
    return any(step.execution.status != "refused" for step in steps)


def _unmet(solution: Solution, unmet: Unmet) -> Solution:
    return replace(solution, conclusion="", finish_reason="unmet", calls=(), unmet=unmet)


async def hold(events: AsyncGenerator[Event, None], *, answer_only: bool) -> AsyncGenerator[Event, None]:
    """The events of a solve of which something is demanded, without what does not stand.

    What a turn says is held back until a call shows that it was a thought, or the end of the solve that it stands:
    until a program has run, where a call is demanded. With ``answer_only`` it is always held back, a thought comes as
    reasoning, and the one text is the answer.
    """
    held, free = list[Event](), False
    async with aclosing(events):
        async for event in events:
            if isinstance(event, Accepted | Reasoned):
                yield event
            elif not free and _may_fall(event):
                held.append(event)
            else:
                for before in _answer(held, event) if answer_only else _standing(held, event):
                    yield before
                yield event
                held = []
                free = not answer_only and (free or (isinstance(event, Executed) and has_called([event.step])))


def _may_fall(event: Event) -> bool:
    """Whether an event tells of a turn that may yet be refused."""
    match event:
        case Wrote(kind="text") | Generated(call=None):
            return True
    return False


def _standing(held: list[Event], event: Event) -> list[Event]:
    """What was held back, where the event that follows lets it stand."""
    fell = isinstance(event, Asked) or (isinstance(event, Finished) and event.solution.unmet)
    return [] if fell else held


def _answer(held: list[Event], event: Event) -> list[Event]:
    """The answer at the end, and before a call the thought as reasoning."""
    if isinstance(event, Finished) and not event.solution.calls:
        answer = event.solution.conclusion
        return [Wrote(len(event.solution.steps), "text", answer)] if answer else []
    thought = "".join(before.text for before in _standing(held, event) if isinstance(before, Wrote)).strip()
    return [Reasoned(thought, said=True)] if thought else []
