"""One solution from an OpenAI-compatible endpoint, judged: the loop runs on the server or here."""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from ..answers import extract_answer, verify_answer
from ..interpreter import Interpreter
from ..protocol import Form, Turn, system_prompt
from ..records import Problem, Step, Verdict, storable
from ..solving.generation import OpenAIGenerate
from ..solving.loop import Budget, Solution, solve
from .records import Attempt, attempt_id

if TYPE_CHECKING:
    from openai import AsyncOpenAI

__all__ = ["ClientLoop", "Reply", "ServerLoop", "Solve", "attempt"]

CODE_INTERPRETER = {"type": "code_interpreter"}
# The request itself is at fault, so that asking again gives the same answer.
FAULTY_REQUEST = (400, 413, 422)


@dataclass(frozen=True)
class Reply:
    """What came back for one problem, before it is judged."""

    text: str
    conclusion: str | None = None
    executions: tuple[Mapping[str, Any], ...] = ()
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    finish_reason: str | None = None


class Solve(Protocol):
    """Solve a problem once more; raises ``openai.APIError`` or ``NoCompletion`` where the endpoint fails."""

    async def __call__(self, problem: Problem) -> Reply: ...


@dataclass(frozen=True)
class ServerLoop:
    """One request a solution: the endpoint runs the programs itself, or writes text only.

    Args:
        tools: sent as it is: the code interpreter, an empty list (a plugin that runs it by default leaves it
            off), or None to leave the field out, for endpoints that know nothing of it.
        options: temperature, max_tokens and the like.
    """

    client: AsyncOpenAI
    model: str
    tools: list[dict[str, Any]] | None
    options: Mapping[str, Any] = field(default_factory=dict)

    async def __call__(self, problem: Problem) -> Reply:
        answer = await self.client.chat.completions.create(
            model=self.model,
            messages=[
                {"role": "system", "content": system_prompt(problem.question)},
                {"role": "user", "content": problem.question},
            ],
            extra_body={} if self.tools is None else {"tools": self.tools},
            **self.options,
        )
        try:
            return _read(answer)
        except (AttributeError, TypeError, ValueError, IndexError) as error:
            # The client hands on whatever came: a page of HTML as a string, a completion without choices as None.
            raise NoCompletion(f"the reply is no chat completion ({error})") from error


class NoCompletion(Exception):
    """An endpoint answered with something else."""


def _read(answer: Any) -> Reply:
    message, usage = answer.choices[0].message, answer.usage
    ran = (message.model_extra or {}).get("code_interpreter") or {}
    return Reply(
        text=storable(message.content or ""),
        conclusion=None if ran.get("conclusion") is None else storable(ran["conclusion"]),
        executions=tuple(map(_read_execution, ran.get("executions") or ())),
        prompt_tokens=usage.prompt_tokens if usage else None,
        completion_tokens=usage.completion_tokens if usage else None,
        finish_reason=ran.get("finish_reason") or answer.choices[0].finish_reason,
    )


@dataclass(frozen=True)
class ClientLoop:
    """The loop and the interpreter run here; the endpoint only continues conversations."""

    client: AsyncOpenAI
    model: str
    interpreter: Interpreter
    form: Form = "fenced"
    budget: Budget = field(default_factory=Budget)
    options: Mapping[str, Any] = field(default_factory=dict)

    async def __call__(self, problem: Problem) -> Reply:
        system = system_prompt(problem.question)
        generate = OpenAIGenerate(self.client, self.model, system, self.form, self.options)
        session = f"evaluate-{uuid.uuid4().hex}"
        run = partial(self.interpreter.arun, session=session)
        try:
            solution = await solve((Turn("user", problem.question),), generate, run, self.budget, self.form)
        finally:
            asyncio.get_running_loop().run_in_executor(None, self.interpreter.end_session, session)
        return _reply(solution)


def _reply(solution: Solution) -> Reply:
    usage = solution.usage
    return Reply(
        text=storable("\n\n".join([*map(_worked, solution.steps), solution.conclusion])),
        conclusion=storable(solution.conclusion),
        executions=tuple(_execution(step) for step in solution.steps),
        prompt_tokens=usage.prompt_tokens or None,
        completion_tokens=usage.completion_tokens or None,
        finish_reason=solution.finish_reason,
    )


def _worked(step: Step) -> str:
    return f"{step.thought}\n\n```python\n{step.code}\n```\n\n```output\n{step.execution.observation}\n```".strip()


def _execution(step: Step) -> dict[str, Any]:
    """As the server's message lists it."""
    ran = step.execution
    return _read_execution(
        {"thought": step.thought, "code": step.code, "output": ran.observation, "status": ran.status, "ms": ran.ms}
    )


def _read_execution(row: Mapping[str, Any]) -> dict[str, Any]:
    texts = {name: storable(row.get(name) or "") for name in ("thought", "code", "output", "status")}
    return {**texts, "ms": round(float(row.get("ms") or 0.0), 3)}


async def attempt(problem: Problem, sample: int, solve: Solve, gate: asyncio.Semaphore) -> Attempt:
    """One answer, judged; a failed request is an attempt with an ``error``, and wrong.

    ``gate`` bounds the requests in flight; an answer is judged when its request has left it.
    """
    named = partial(Attempt, attempt_id(problem.id, sample), problem, sample=sample)
    async with gate:
        start = time.monotonic()
        reply = await _request(problem, solve)
        seconds = time.monotonic() - start
    if isinstance(reply, _Failed):
        verdict = Verdict("incorrect", "the request failed")
        return named("", None, verdict, error=reply.reason, transport=reply.transport, seconds=seconds)
    predicted = extract_answer(reply.text if reply.conclusion is None else reply.conclusion)
    return named(
        reply.text,
        predicted,
        await asyncio.to_thread(_judge, problem, predicted),
        reply.executions,
        seconds=seconds,
        prompt_tokens=reply.prompt_tokens,
        completion_tokens=reply.completion_tokens,
        finish_reason=reply.finish_reason,
        conclusion=reply.conclusion,
    )


@dataclass(frozen=True)
class _Failed:
    """A request without an answer; ``transport`` as in ``Attempt``."""

    reason: str
    transport: bool


async def _request(problem: Problem, solve: Solve) -> Reply | _Failed:
    import openai

    try:
        return await solve(problem)
    except openai.APIError as error:
        cause = f" ({error.__cause__})" if error.__cause__ and str(error.__cause__) else ""
        reason = storable(" ".join(f"{error}{cause}".split())[:500])
        return _Failed(reason, getattr(error, "status_code", None) not in FAULTY_REQUEST)
    except (NoCompletion, json.JSONDecodeError) as error:  # the client passes on that a body is no JSON
        return _Failed(storable(str(error)), False)


def _judge(problem: Problem, predicted: str | None) -> Verdict:
    if predicted is None:
        return Verdict("incorrect", "no answer")
    return verify_answer(problem.answer or "", predicted, question=problem.question, kind=problem.answer_kind)
