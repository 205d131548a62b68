"""The loop behind every solution: generate, run, observe, until a conclusion or a budget ends it.

What touches the world is injected: ``generate`` asks a model for one assistant turn, ``run`` executes one
program. The server, synthesis and evaluation differ in these two only, so that what a model was trained on is
what it meets when it serves.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

from .protocol import Form, ToolCall, Turn, call_end, close_call, parse_call, render_observation
from .records import Execution, Step

__all__ = [
    "Budget",
    "Completion",
    "Event",
    "Executed",
    "Finish",
    "Finished",
    "Generate",
    "Generated",
    "Run",
    "Solution",
    "Usage",
    "iter_solve",
    "solve",
]

Finish = Literal["stop", "length", "rounds"]


@dataclass(frozen=True)
class Budget:
    """What one solve may spend: programs run (a malformed call counts as one) and tokens generated in all."""

    rounds: int = 6
    max_tokens: int | None = None


@dataclass(frozen=True)
class Usage:
    """Tokens over all rounds of a solve; each round's whole prompt counts, as the engine read it."""

    prompt_tokens: int = 0
    completion_tokens: int = 0

    @property
    def total_tokens(self) -> int:
        return self.prompt_tokens + self.completion_tokens

    def plus(self, completion: Completion) -> Usage:
        return Usage(
            self.prompt_tokens + completion.prompt_tokens,
            self.completion_tokens + completion.completion_tokens,
        )


@dataclass(frozen=True)
class Completion:
    """One assistant turn as the model wrote it; ``length`` means that the token limit cut it."""

    text: str
    finish_reason: Literal["stop", "length"] = "stop"
    prompt_tokens: int = 0
    completion_tokens: int = 0


class Generate(Protocol):
    """Continue a conversation by one assistant turn of at most ``max_tokens`` tokens (``None``: no limit)."""

    async def __call__(self, turns: Sequence[Turn], *, max_tokens: int | None) -> Completion: ...


class Run(Protocol):
    """Execute one program; what the program did wrong is in the ``Execution``, only our own failure raises."""

    async def __call__(self, code: str) -> Execution: ...


@dataclass(frozen=True)
class Generated:
    """The model finished a turn: ``call`` is what it asks to run, ``None`` when the turn is a conclusion.

    ``text`` is the turn as history keeps it: a call's text ends where the call ends.
    """

    round: int
    text: str
    call: ToolCall | None


@dataclass(frozen=True)
class Executed:
    """The program of a round has run, or its call was refused."""

    round: int
    step: Step


@dataclass(frozen=True)
class Solution:
    """A solve from start to end.

    ``turns`` is the whole conversation, the given turns included. ``finish_reason`` is ``stop`` when the model
    concluded, ``length`` when the tokens ran out (``conclusion`` is then what was cut), ``rounds`` when the
    model still called after its last round (``conclusion`` is then the thought before that call).
    """

    steps: tuple[Step, ...]
    conclusion: str
    turns: tuple[Turn, ...]
    usage: Usage
    finish_reason: Finish


@dataclass(frozen=True)
class Finished:
    """The last event of a solve."""

    solution: Solution


Event: TypeAlias = Generated | Executed | Finished


async def iter_solve(
    turns: Sequence[Turn],
    generate: Generate,
    run: Run,
    budget: Budget | None = None,
    form: Form = "native",
) -> AsyncGenerator[Event, None]:
    """Yield ``Generated`` and ``Executed`` in turn for each round, and ``Finished`` last.

    Only the first call of a turn is run; text after it is dropped, so that history reads as training data does.
    A call that cannot be read is answered by an observation that says why, with status ``refused``. After the
    last round the model is asked once more and nothing is run. Closing the iterator ends the solve.
    """
    budget = budget or Budget()
    history, steps, usage = list(turns), list[Step](), Usage()
    while True:
        remaining = None if budget.max_tokens is None else budget.max_tokens - usage.completion_tokens
        if remaining is not None and remaining <= 0:
            yield Finished(Solution(tuple(steps), "", tuple(history), usage, "length"))
            return
        completion = await generate(tuple(history), max_tokens=remaining)
        usage = usage.plus(completion)
        call = _call_to_run(completion)
        text = close_call(completion.text) if call else completion.text
        history.append(Turn("assistant", text))
        yield Generated(len(steps), text, call)
        if call is None or len(steps) >= budget.rounds:
            conclusion = call.thought if call else completion.text
            finish: Finish = "rounds" if call else completion.finish_reason
            yield Finished(Solution(tuple(steps), conclusion, tuple(history), usage, finish))
            return
        step = await _execute(call, run)
        steps.append(step)
        history.append(Turn("observation", render_observation(step.execution.observation, form)))
        yield Executed(len(steps) - 1, step)


async def solve(
    turns: Sequence[Turn],
    generate: Generate,
    run: Run,
    budget: Budget | None = None,
    form: Form = "native",
) -> Solution:
    """The solution that ``iter_solve`` ends in."""
    async for event in iter_solve(turns, generate, run, budget, form):
        if isinstance(event, Finished):
            return event.solution
    raise AssertionError("a solve ends in Finished")


def _call_to_run(completion: Completion) -> ToolCall | None:
    """The call of a turn, unless the token limit cut it: half a program is not run."""
    if completion.finish_reason == "length" and call_end(completion.text) is None:
        return None
    return parse_call(completion.text)


async def _execute(call: ToolCall, run: Run) -> Step:
    if call.error is None:
        return Step(call.thought, call.code, await run(call.code))
    refusal = Execution("refused", error=f"The call was not run: {call.error}.")
    return Step(call.thought, call.code, refusal)
