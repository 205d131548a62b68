"""One solution from an OpenAI-compatible endpoint: the loop runs there, or here."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from ..disk import storable
from ..interpreter import Interpreter
from ..protocol import Form, Turn, system_prompt
from ..records import Problem
from .checking import checked
from .completions import OpenAIGenerate
from .explaining import explained
from .history import replay
from .interpreter_field import read_execution, read_field, write_execution
from .loop import Budget, Event, Generate, Solution, Usage, iter_solve, solution_of, tokens_left
from .metering import Meter
from .replies import NoCompletion, NoEndpoint, as_count, first_choice, longest_turn, read_reply
from .voting import Unlimited, voted
from .worked import Worked, write_worked

if TYPE_CHECKING:
    from openai import AsyncOpenAI

__all__ = ["CODE_INTERPRETER", "ClientLoop", "Exchange", "NoCompletion", "NoEndpoint", "Reply", "ServerLoop", "Solve"]

CODE_INTERPRETER = {"type": "code_interpreter"}


@dataclass(frozen=True)
class Reply:
    """What came back for one problem, before it is judged."""

    text: str
    conclusion: str | None = None
    executions: tuple[Mapping[str, Any], ...] = ()
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    finish_reason: str | None = None
    votes: Mapping[str, Any] | None = None
    check: Mapping[str, Any] | None = None
    explanation: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Exchange:
    """An earlier question of a conversation, and the text that came back: what a client keeps of it."""

    question: str
    text: str


class Solve(Protocol):
    """Solve a problem once more, in the conversation ``before`` it.

    Raises ``openai.APIError`` or ``NoCompletion`` where the endpoint fails.
    """

    async def __call__(self, problem: Problem, before: Sequence[Exchange] = ()) -> Reply: ...


@dataclass(frozen=True)
class ServerLoop:
    """One request a solution: the endpoint runs the programs itself, or writes text only.

    Args:
        tools: sent as it is: the code interpreter, an empty list (a plugin that runs it by default leaves it
            off), or None to leave the field out, for endpoints that know nothing of it.
        options: temperature, max_tokens and the like.
        optional: where the endpoint refuses the request with its tools, ask without them.
        looks: ``votes``, ``check`` and ``explain``, which this project's server takes.
    """

    client: AsyncOpenAI
    model: str
    tools: list[dict[str, Any]] | None
    options: Mapping[str, Any] = field(default_factory=dict)
    optional: bool = False
    looks: Mapping[str, Any] = field(default_factory=dict)

    async def __call__(self, problem: Problem, before: Sequence[Exchange] = ()) -> Reply:
        import openai

        messages = _messages(problem, before)
        try:
            answer = await self._ask(messages, self.tools)
        except (openai.BadRequestError, openai.UnprocessableEntityError):
            if not self.optional or self.tools is None:
                raise
            answer = await self._ask(messages, None)
        return read_solution(answer)

    async def _ask(self, messages: list[Any], tools: list[dict[str, Any]] | None) -> bytes:
        extra = {**self.looks, **({} if tools is None else {"tools": tools})}
        create = self.client.chat.completions.with_raw_response.create
        answer = await create(model=self.model, messages=messages, extra_body=extra, **self.options)
        content: bytes = answer.content
        return content


def _messages(problem: Problem, before: Sequence[Exchange]) -> list[Any]:
    messages = [{"role": "system", "content": system_prompt(problem.question)}]
    for exchange in before:
        messages.append({"role": "user", "content": exchange.question})
        messages.append({"role": "assistant", "content": exchange.text})
    return [*messages, {"role": "user", "content": problem.question}]


def read_solution(data: bytes) -> Reply:
    """The solution that the body of a chat completion holds.

    Raises:
        NoCompletion: it holds something else.
    """
    found = read_reply(data)
    choice = first_choice(found)
    message, usage, finish = choice.get("message"), found.get("usage"), choice.get("finish_reason")
    try:
        if not isinstance(message, Mapping):
            raise ValueError("it has no message")
        ran, text = read_field(message), storable(message.get("content") or "")
    except (AttributeError, TypeError, ValueError, OverflowError) as error:
        raise NoCompletion(f"the reply is no chat completion ({error})") from error
    if len(text) > longest_turn(None):
        raise NoCompletion("the answer is too long")
    counted = usage if isinstance(usage, Mapping) else {}
    return Reply(
        text=text,
        conclusion=ran.conclusion,
        executions=ran.executions,
        prompt_tokens=as_count(counted.get("prompt_tokens")),
        completion_tokens=as_count(counted.get("completion_tokens")),
        finish_reason=ran.finish_reason or (storable(finish) if isinstance(finish, str) else None),
        votes=ran.votes,
        check=ran.check,
        explanation=ran.explanation,
    )


@dataclass(frozen=True)
class ClientLoop:
    """The loop and the interpreter run here; the endpoint only continues conversations.

    Of several ``votes`` the most frequent answer is the reply, ``check`` tests an answer by another way, and
    ``explain`` has the solution that stands explained.
    """

    client: AsyncOpenAI
    model: str
    interpreter: Interpreter
    form: Form = "fenced"
    budget: Budget = field(default_factory=Budget)
    options: Mapping[str, Any] = field(default_factory=dict)
    votes: int = 1
    check: bool = False
    explain: bool = False

    async def __call__(self, problem: Problem, before: Sequence[Exchange] = ()) -> Reply:
        system = system_prompt(problem.question)
        turns: list[Turn] = []
        for exchange in before:
            turns += [Turn("user", exchange.question), *replay(exchange.text, self.form, self.budget)]
        turns.append(Turn("user", problem.question))
        meter = Meter()
        generate = meter.watch(OpenAIGenerate(self.client, self.model, system, self.form, self.options))
        one = _OnClient(self, problem.question, turns, generate)
        return replace(
            _reply(await solution_of(one.events())),
            prompt_tokens=meter.usage.prompt_tokens or None,
            completion_tokens=meter.usage.completion_tokens or None,
        )


@dataclass(frozen=True)
class _OnClient:
    """The solves of one problem, each with a session of the interpreter of its own."""

    loop: ClientLoop
    question: str
    turns: Sequence[Turn]
    generate: Generate

    def events(self) -> AsyncGenerator[Event, None]:
        """Those of the solution that stands, and of its explanation."""
        events = self._voted() if self.loop.votes > 1 else self.solve(0)
        return explained(events, partial(self._go_on, rounds=0), self.question) if self.loop.explain else events

    def _voted(self) -> AsyncGenerator[Event, None]:
        # As many places as it likes: the endpoint's own limits hold.
        return voted(self.solve, self.loop.votes, self.question, places=Unlimited(), live=False)

    def solve(self, number: int) -> AsyncGenerator[Event, None]:
        events = self._stage(self.turns, self.loop.budget)
        if not self.loop.check:
            return events
        return checked(events, self._go_on, self.turns, self.question, live=False)

    def _go_on(
        self, turns: Sequence[Turn], spent: Usage, *, rounds: int | None = None
    ) -> AsyncGenerator[Event, None] | None:
        left = tokens_left(self.loop.budget.max_tokens, spent)
        if left is not None and left <= 0:
            return None
        budget = self.loop.budget
        return self._stage(turns, replace(budget, max_tokens=left, rounds=budget.rounds if rounds is None else rounds))

    async def _stage(self, turns: Sequence[Turn], budget: Budget) -> AsyncGenerator[Event, None]:
        interpreter, session = self.loop.interpreter, f"evaluate-{uuid.uuid4().hex}"
        run = partial(interpreter.arun, session=session)
        try:
            async with aclosing(iter_solve(turns, self.generate, run, budget, self.loop.form)) as events:
                async for event in events:
                    yield event
        finally:
            asyncio.get_running_loop().run_in_executor(None, interpreter.end_session, session)


def _reply(solution: Solution) -> Reply:
    return Reply(
        text=storable(write_worked(Worked.of(solution.steps, solution.conclusion))),
        conclusion=storable(solution.conclusion),
        executions=tuple(read_execution(write_execution(step)) for step in solution.steps),
        finish_reason=solution.finish_reason,
        votes=solution.votes.as_json() if solution.votes else None,
        check=solution.check.as_json() if solution.check else None,
        explanation=solution.explanation.as_json() if solution.explanation else None,
    )
