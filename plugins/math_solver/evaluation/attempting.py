"""One attempt at a problem: an answer from an endpoint, judged."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from ..answers import judge_unanswerable, verify_answer
from ..disk import storable
from ..records import Problem, Verdict
from ..solving.asking import Exchange, NoCompletion, NoEndpoint, Reply, Solve
from ..solving.stating import stated
from .records import Attempt, attempt_id, stated_in

__all__ = ["attempt", "unasked"]

# The request itself is at fault, so that asking again gives the same answer.
FAULTY_REQUEST = (400, 413, 422)


async def attempt(
    problem: Problem,
    sample: int,
    solve: Solve,
    gate: asyncio.Semaphore,
    *,
    position: int | None = None,
    before: Sequence[Exchange] = (),
) -> Attempt:
    """One answer, judged; a failed request is an attempt with an ``error``, and wrong.

    ``gate`` bounds the requests in flight; an answer is judged when its request has left it. ``before`` is the
    conversation in which the problem is asked, at ``position``.
    """
    named = partial(Attempt, attempt_id(problem.id, sample), problem, sample=sample, position=position)
    async with gate:
        start = time.monotonic()
        reply = await _request(problem, before, solve)
        seconds = time.monotonic() - start
    if isinstance(reply, _Failed):
        verdict = Verdict("incorrect", "the request failed")
        return named("", None, verdict, error=reply.reason, transport=reply.transport, seconds=seconds)
    conclusion = stated_in(reply.text, reply.conclusion)
    predicted, verdict = await asyncio.to_thread(_judge, problem, conclusion, reply.finish_reason)
    return named(
        reply.text,
        predicted,
        verdict,
        reply.executions,
        seconds=seconds,
        prompt_tokens=reply.prompt_tokens,
        completion_tokens=reply.completion_tokens,
        finish_reason=reply.finish_reason,
        conclusion=reply.conclusion,
        votes=reply.votes,
        check=reply.check,
        explanation=reply.explanation,
    )


def unasked(problem: Problem, sample: int, position: int | None = None, *, transport: bool = False) -> Attempt:
    """The attempt at a problem that comes behind one without an answer: wrong; ``transport`` as in ``Attempt``."""
    reason, verdict = "the question before it got no answer", Verdict("incorrect", "the request failed")
    return Attempt(
        attempt_id(problem.id, sample),
        problem,
        "",
        None,
        verdict,
        sample=sample,
        position=position,
        error=reason,
        transport=transport,
    )


@dataclass(frozen=True)
class _Failed:
    """A request without an answer; ``transport`` as in ``Attempt``."""

    reason: str
    transport: bool


async def _request(problem: Problem, before: Sequence[Exchange], solve: Solve) -> Reply | _Failed:
    import openai

    try:
        return await solve(problem, before)
    except openai.APIError as error:
        cause = f" ({error.__cause__})" if error.__cause__ and str(error.__cause__) else ""
        reason = storable(" ".join(f"{error}{cause}".split())[:500])
        return _Failed(reason, getattr(error, "status_code", None) not in FAULTY_REQUEST)
    except NoCompletion as error:  # of a model the same comes again; what is none may be mended
        return _Failed(storable(str(error)), isinstance(error, NoEndpoint))


def _judge(problem: Problem, conclusion: str, finish_reason: str | None) -> tuple[str | None, Verdict]:
    """The answer that a conclusion states, as a vote reads it, and the verdict on it."""
    found = stated(conclusion, finish_reason)
    if problem.unanswerable:
        predicted, verdict = judge_unanswerable(conclusion)
        return predicted if found else None, verdict
    if found is None:
        return None, Verdict("incorrect", "no answer")
    kind = problem.answer_kind
    return found.answer, verify_answer(problem.answer or "", found.answer, question=problem.question, kind=kind)
