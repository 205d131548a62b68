"""The loop behind every solution: generate, run, observe, until a conclusion or a budget ends it.

What touches the world is injected: ``generate`` asks a model for one assistant turn, ``run`` executes one
program. The server, synthesis and evaluation differ in these two only, so that what a model was trained on is
what it meets when it serves.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Collection, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol, TypeAlias

from ..interpreter import Picture
from ..protocol import (
    THINK,
    Form,
    FormChoice,
    Replacing,
    ThoughtTags,
    ToolCall,
    Turn,
    TurnReader,
    render_observation,
    render_remaining,
)
from ..records import Execution, Step
from .outcomes import Check, Explanation, Tally

__all__ = [
    "NOT_RUN",
    "Accepted",
    "Again",
    "Asked",
    "Budget",
    "Completion",
    "Demand",
    "Event",
    "Execute",
    "Executed",
    "Finish",
    "Finished",
    "Generate",
    "Generated",
    "Part",
    "Solution",
    "Reasoned",
    "Replaced",
    "Unmet",
    "Usage",
    "Wanted",
    "Wrote",
    "iter_answer",
    "iter_solve",
    "solution_of",
    "solve",
    "tokens_left",
]

Finish = Literal["stop", "length", "rounds", "tool_calls", "unmet"]
# What a turn must be where a client demands something: a call to a tool, or an answer that calls nothing.
Wanted = Literal["call", "answer"]
# How the observation of a call that was refused begins.
NOT_RUN = "The call was not run: "
_CUT = "it was cut"
_SPENT = "no more programs can be run"
_UNKNOWN = "there is no such tool"


@dataclass(frozen=True)
class Budget:
    """What one solve may spend: programs run (a malformed call counts as one) and tokens generated in all.

    ``tell`` appends to each observation how many programs are left, for models that were trained with that line.
    """

    rounds: int = 6
    max_tokens: int | None = None
    tell: bool = False

    def told(self, observation: str, run: int) -> str:
        """The observation of the last of ``run`` programs, with what is left where the model is told."""
        return f"{observation}\n{render_remaining(max(0, self.rounds - run))}" if self.tell else observation


@dataclass(frozen=True)
class Usage:
    """Tokens over all rounds of a solve; each round's whole prompt counts, as the engine read it."""

    prompt_tokens: int = 0
    completion_tokens: int = 0

    @property
    def total_tokens(self) -> int:
        return self.prompt_tokens + self.completion_tokens

    def plus(self, other: Usage | Completion) -> Usage:
        return Usage(
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
        )


@dataclass(frozen=True)
class Completion:
    """One assistant turn as the model wrote it, reasoning between tags of its own included.

    ``logprobs`` are OpenAI's objects of its tokens, where a request asks for them. ``length`` means that the token
    limit cut it, ``halt`` that it holds a string at which the client wanted the
    solve to end: nothing that it calls is run, and only what is demanded and missing is asked for again.
    """

    text: str
    finish_reason: Literal["stop", "length", "halt"] = "stop"
    prompt_tokens: int = 0
    completion_tokens: int = 0
    reasoning: str = ""
    logprobs: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class Reasoned:
    """A piece of what the model reasons before it says something: never a call, whatever it holds.

    An endpoint gives it apart from the turn, or the turn begins with it, between the tags of its model. ``said``: the
    model said it as the thought before a call, and it comes as reasoning because nothing but the answer may be text.
    """

    text: str
    said: bool = False


@dataclass(frozen=True)
class Accepted:
    """Whoever generates a turn has taken it on: what follows is the turn, or a failure on the way."""


Part: TypeAlias = str | Reasoned | Accepted | Completion


class Generate(Protocol):
    """Continue a conversation by one assistant turn of at most ``max_tokens`` tokens (``None``: no limit).

    Yields ``Accepted`` first where it knows that before there is any text, the text of the turn in pieces as it is
    generated, ``Reasoned`` where there is any apart from it, and last the ``Completion`` of the whole turn. Closing
    the generator ends the generation. ``wanted`` comes with turns of which a client demands something; a model that
    nothing can hold to it writes what it will.
    """

    def __call__(
        self, turns: Sequence[Turn], *, max_tokens: int | None, wanted: Wanted | None = None
    ) -> AsyncGenerator[Part, None]: ...


class Execute(Protocol):
    """Execute one program; what the program did wrong is in the ``Execution``, only our own failure raises."""

    async def __call__(self, code: str) -> Execution: ...


@dataclass(frozen=True)
class Wrote:
    """The model wrote a piece of a turn: of its thought or conclusion ("text"), or of a program ("code").

    What belongs to the markup of a call appears in neither, nor does reasoning. The pieces of a round join to what
    ``Generated`` says: those of "code" to ``call.code``, those of "text" to ``call.thought``, or where nothing is
    called to what ``text`` says behind its reasoning (without outer whitespace).
    """

    round: int
    kind: Literal["text", "code"]
    text: str


@dataclass(frozen=True)
class Generated:
    """The model finished a turn: ``call`` is what it asks to run, ``None`` when the turn is a conclusion.

    ``text`` is the turn as history keeps it: a call's text ends where the call ends. ``Executed`` follows a call
    unless the solve is over: tokens or rounds ran out, or another tool is called.
    """

    round: int
    text: str
    call: ToolCall | None


@dataclass(frozen=True)
class Executed:
    """The program of a round has run, or its call was refused.

    ``pictures`` are what it drew, where whoever runs it tells; the model sees none of them, and no record holds them.
    """

    round: int
    step: Step
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True)
class Solution:
    """A solve from start to end.

    ``turns`` is the whole conversation, the given turns included, each as the model wrote it; ``conclusion`` is what
    the last one says behind its reasoning. ``finish_reason`` is ``stop`` when the model
    concluded, ``length`` when the tokens ran out (``conclusion`` is then what was cut), ``rounds`` when the model
    still called after its last round, ``tool_calls`` when it called tools of the client's, which ``calls`` holds
    (``conclusion`` is then the thought before the call), and ``unmet`` when it was asked often enough for what a
    client demands: ``unmet`` says why, and there is no conclusion. ``votes``, ``check`` and ``explanation`` are
    there where several solutions were compared, its answer was tested, or it was to be explained.
    """

    steps: tuple[Step, ...]
    conclusion: str
    turns: tuple[Turn, ...]
    usage: Usage
    finish_reason: Finish
    calls: tuple[ToolCall, ...] = ()
    unmet: Unmet | None = None
    logprobs: tuple[Mapping[str, Any], ...] = ()
    votes: Tally | None = None
    check: Check | None = None
    explanation: Explanation | None = None


@dataclass(frozen=True)
class Unmet:
    """What was demanded in vain, and a sentence that says so."""

    wanted: Wanted
    reason: str


@dataclass(frozen=True)
class Asked:
    """The last turn does not stand: the model was asked again, in this user's turn, and the solve goes on."""

    text: str


@dataclass(frozen=True)
class Replaced:
    """What came so far stands no longer: another solution follows from its start, and ``line`` says so to people."""

    by: Replacing
    line: str


@dataclass(frozen=True)
class Finished:
    """The last event of a solve."""

    solution: Solution


Event: TypeAlias = Accepted | Reasoned | Wrote | Generated | Executed | Asked | Replaced | Finished


@dataclass(frozen=True)
class Again:
    """The verdict on a solution that does not stand: what the user says to it."""

    text: str


class Demand:
    """What a solve must come to before it may end; this one demands nothing. One object serves one solve."""

    def wanted(self, steps: Sequence[Step], last: bool) -> Wanted | None:
        """What the next turn must be, if that is known; ``last`` says that nothing can be called any more."""
        return None

    async def judge(self, solution: Solution) -> Solution | Again:
        """The solution with which the solve ends, or what the model is asked.

        It must come to an end by itself: neither rounds nor turns are counted here.
        """
        return solution


async def iter_solve(
    turns: Sequence[Turn],
    generate: Generate,
    run: Execute,
    budget: Budget | None = None,
    form: FormChoice = "native",
    *,
    tools: Collection[str] = (),
    tags: ThoughtTags = THINK,
    demand: Demand | None = None,
) -> AsyncGenerator[Event, None]:
    """Yield ``Reasoned`` and ``Wrote``..., ``Generated`` and ``Executed`` for each round, and ``Finished`` last.

    Only the first call of a turn is run; text after it is dropped, so that history reads as training data does.
    A call that cannot be read is answered by an observation that says why, with status ``refused``. After the
    last round the model is asked once more and nothing is run. A call to one of ``tools``, which are the client's,
    ends the solve. Closing the iterator ends the solve too. In the form ``auto`` an observation is written in the
    form of the call that it answers. ``tags`` are those between which the model reasons. Where ``demand`` does not
    let a solution stand, the model is asked again (``Asked``), within the same budget.
    """
    budget, demand = budget or Budget(), demand or Demand()
    history, steps, usage = list(turns), list[Step](), Usage()
    while True:
        remaining = tokens_left(budget.max_tokens, usage)
        if remaining is not None and remaining <= 0:
            yield Finished(Solution(tuple(steps), "", tuple(history), usage, "length"))
            return
        last = len(steps) >= budget.rounds
        reader, completion = TurnReader(tools=tools, tags=tags), None
        turn = _ask(generate, history, remaining, demand.wanted(steps, last and not tools))
        async with aclosing(_write(turn, reader, len(steps))) as parts:
            async for part in parts:
                if isinstance(part, Completion):
                    completion = part
                else:
                    yield part
        if completion is None:
            raise RuntimeError("a generation ended without its Completion")
        usage = usage.plus(completion)
        call = _checked(reader, completion)
        text = reader.closed() if call else completion.text
        calls_at = reader.start if call else len(text)
        history.append(Turn("assistant", text, completion.reasoning, calls_at))
        yield Generated(len(steps), text, call)
        written: Form = ("fenced" if reader.fenced else "native") if form == "auto" else form
        finish = _finish(call, completion, tools, last)
        if finish is not None:
            conclusion = call.thought if call else reader.said
            calls = (call,) if call and finish == "tool_calls" else ()
            verdict = await demand.judge(Solution(tuple(steps), conclusion, tuple(history), usage, finish, calls))
            if isinstance(verdict, Solution):
                yield Finished(verdict)
                return
            history.append(_reply(verdict.text, (call.error or _SPENT) if call else None, written))
            yield Asked(verdict.text)
            continue
        assert call is not None
        step = await _execute(call, run)
        steps.append(step)
        observation = budget.told(step.execution.observation, len(steps))
        history.append(Turn("observation", render_observation(observation, written)))
        yield Executed(len(steps) - 1, step)


async def iter_answer(
    turns: Sequence[Turn],
    generate: Generate,
    max_tokens: int | None = None,
    read_calls: Callable[[str], Sequence[ToolCall]] | None = None,
    *,
    tools: Collection[str] = (),
    tags: ThoughtTags = THINK,
    demand: Demand | None = None,
) -> AsyncGenerator[Event, None]:
    """Yield the events of one turn in which nothing is run: ``Reasoned`` and ``Wrote``..., and ``Finished`` last.

    ``read_calls`` finds the calls to ``tools``, which are the client's, in what a turn says behind its reasoning;
    their markup is left out of what is yielded. Without it what the turn says is text as it is, code blocks included.
    Another turn follows where ``demand`` does not let it stand (``Asked``).
    """
    demand, history, usage = demand or Demand(), list(turns), Usage()
    while True:
        remaining = tokens_left(max_tokens, usage)
        if remaining is not None and remaining <= 0:
            yield Finished(Solution((), "", tuple(history), usage, "length"))
            return
        completion = Completion("")
        reader = TurnReader(fenced=False, calls=read_calls is not None, tools=tools, tags=tags)
        turn = _ask(generate, history, remaining, demand.wanted((), not tools))
        async with aclosing(_write(turn, reader, 0)) as parts:
            async for part in parts:
                if isinstance(part, Completion):
                    completion = part
                elif isinstance(part, Accepted | Reasoned) or part.kind == "text":
                    yield part
        usage = usage.plus(completion)
        calls = tuple(read_calls(reader.said)) if read_calls else ()
        if reader.call and not calls:  # markup that is no call after all
            before = reader.said[: reader.start - (reader.begun or 0)].rstrip()
            yield Wrote(0, "text", reader.said[len(before) :])
        finish: Finish = "tool_calls" if calls else "length" if completion.finish_reason == "length" else "stop"
        conclusion = reader.call.thought if reader.call and calls else reader.said
        calls_at = None if calls else len(completion.text)
        history.append(Turn("assistant", completion.text, completion.reasoning, calls_at))
        verdict = await demand.judge(
            Solution((), conclusion, tuple(history), usage, finish, calls, logprobs=completion.logprobs)
        )
        if isinstance(verdict, Solution):
            yield Finished(verdict)
            return
        history.append(_reply(verdict.text, _UNKNOWN if calls else None, "native"))
        yield Asked(verdict.text)


async def solve(
    turns: Sequence[Turn],
    generate: Generate,
    run: Execute,
    budget: Budget | None = None,
    form: FormChoice = "native",
    *,
    tags: ThoughtTags = THINK,
) -> Solution:
    """The solution that ``iter_solve`` ends in."""
    return await solution_of(iter_solve(turns, generate, run, budget, form, tags=tags))


async def solution_of(events: AsyncGenerator[Event, None]) -> Solution:
    """The solution that a solve ends in."""
    async with aclosing(events):
        async for event in events:
            if isinstance(event, Finished):
                return event.solution
    raise AssertionError("a solve ends in Finished")


def tokens_left(max_tokens: int | None, usage: Usage) -> int | None:
    """The tokens that may still be generated; ``None``: there is no limit."""
    return None if max_tokens is None else max_tokens - usage.completion_tokens


def _ask(
    generate: Generate, turns: Sequence[Turn], max_tokens: int | None, wanted: Wanted | None
) -> AsyncGenerator[Part, None]:
    """The next turn; a model of which nothing is demanded need not know that anything can be."""
    if wanted is None:
        return generate(tuple(turns), max_tokens=max_tokens)
    return generate(tuple(turns), max_tokens=max_tokens, wanted=wanted)


def _reply(text: str, refused: str | None, form: Form) -> Turn:
    """What the user says to a turn that does not stand; the observation of a call that was ``refused`` comes first."""
    if refused is None:
        return Turn("user", text)
    return Turn("observation", render_observation(f"{NOT_RUN}{refused}.", form)).ask(text)


async def _write(
    parts: AsyncGenerator[Part, None], reader: TurnReader, number: int
) -> AsyncGenerator[Accepted | Reasoned | Wrote | Completion, None]:
    """Read a turn while it is generated; pieces that a generation left out are those of its whole text."""
    fed = 0
    async with aclosing(parts):
        async for part in parts:
            if isinstance(part, Accepted | Reasoned):
                yield part
                continue
            text = part.text[fed:] if isinstance(part, Completion) else part
            fed += len(text)
            pieces = reader.feed(text) + (reader.close() if isinstance(part, Completion) else [])
            for piece in pieces:
                yield Reasoned(piece.text) if piece.kind == "reasoning" else Wrote(number, piece.kind, piece.text)
            if isinstance(part, Completion):
                yield part


def _checked(reader: TurnReader, completion: Completion) -> ToolCall | None:
    """The call of a turn; one that the token limit or a stop string cut has an error: half a program is not run."""
    call = reader.call
    if call is None or reader.ended or completion.finish_reason == "stop":
        return call
    return replace(call, error=_CUT)


def _finish(call: ToolCall | None, completion: Completion, tools: Collection[str], last: bool) -> Finish | None:
    """Why a solve ends with this turn, if it does."""
    if completion.finish_reason == "halt":
        return "stop"
    if call is None:
        return "length" if completion.finish_reason == "length" else "stop"
    if completion.finish_reason == "length" and call.error == _CUT:
        return "length"
    if call.name in tools:
        return "tool_calls"
    return "rounds" if last else None


async def _execute(call: ToolCall, run: Execute) -> Step:
    if call.error is None:
        return Step(call.thought, call.code, await run(call.code))
    refusal = Execution("refused", error=f"{NOT_RUN}{call.error}.")
    return Step(call.thought, call.code, refusal)
