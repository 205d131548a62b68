"""A solution with an explanation behind its conclusion, for whoever wants to learn from it.

The model is asked for it once the answer stands, in the language of the question. Its numbers and equations are
tested against the question, the programs and their outputs (``answers.agreement``), and its answer must be the
solution's. One that does not agree is asked for once more; where that does not either, the solution stays as it is,
and says so.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import replace

from ..answers import extract_answer, verify_answer
from ..answers.agreement import objection
from ..protocol import Turn, explain_again_request, explain_request
from .checking import Again
from .loop import Event, Finished, Generated, Solution, Usage, Wrote, solution_of
from .outcomes import Explanation

__all__ = ["explained"]

_ASIDE = "\n\n"
_TRIES = 2
logger = logging.getLogger(__name__)


async def explained(events: AsyncGenerator[Event, None], again: Again, question: str) -> AsyncGenerator[Event, None]:
    """The same events; where there is an explanation the conclusion goes on with it, and ``Finished`` tells of it.

    ``again`` continues a conversation in which nothing can be run.
    """
    ended: Generated | None = None
    async with aclosing(events):
        async for event in events:
            if ended is not None and not isinstance(event, Finished):
                yield ended
                ended = None
            if isinstance(event, Generated) and event.call is None:
                ended = event  # the conclusion may go on
            elif isinstance(event, Finished):
                solution = await _explain(event.solution, again, question)
                if added := solution.conclusion.removeprefix(event.solution.conclusion):
                    yield Wrote(len(solution.steps), "text", added)
                if ended is not None:
                    yield replace(ended, text=ended.text + added)
                yield Finished(solution)
            else:
                yield event


async def _explain(solution: Solution, again: Again, question: str) -> Solution:
    """The solution with its explanation, or with the reason why there is none."""
    try:
        answer = await _answer(solution)
        if answer is None:
            return replace(solution, explanation=Explanation(False, "there is no answer to explain"))
    except Exception as error:  # whatever it is: the solution is there
        return replace(solution, explanation=Explanation(False, _failure(error)))
    text, usage, problem = await _ask(solution, answer, again, question)
    if problem is not None:
        return replace(solution, usage=usage, explanation=Explanation(False, problem))
    conclusion = f"{solution.conclusion}{_ASIDE}{text}"
    *before, last = solution.turns
    told = replace(last, content=f"{last.content}{_ASIDE}{text}", calls_at=len(last.content) + len(_ASIDE + text))
    return replace(solution, conclusion=conclusion, turns=(*before, told), usage=usage, explanation=Explanation(True))


async def _answer(solution: Solution) -> str | None:
    """What it concludes with, looked for beside the event loop; ``None`` where it was cut or states nothing."""
    if solution.finish_reason != "stop":
        return None
    return await asyncio.to_thread(extract_answer, solution.conclusion)


async def _ask(solution: Solution, answer: str, again: Again, question: str) -> tuple[str, Usage, str | None]:
    """The explanation, the tokens of it all, and what is wrong with it."""
    turns: Sequence[Turn] = (*solution.turns, Turn("user", explain_request(question)))
    usage, text, problem = solution.usage, "", "no tokens were left"
    try:
        for _ in range(_TRIES):
            events = again(turns, usage)
            if events is None:
                break
            told = await solution_of(events)
            usage = usage.plus(told.usage)
            text = told.conclusion.strip()
            found = await asyncio.to_thread(_problem, told, text, solution, answer, question)
            if found is None:
                return text, usage, None
            problem = found
            turns = (*told.turns, Turn("user", explain_again_request(question, problem)))
    except Exception as error:  # whatever a model fails with: what it wrote before counts
        problem = _failure(error)
    return text, usage, problem


def _failure(error: Exception) -> str:
    logger.warning("an explanation failed", exc_info=error)
    return f"it failed: {type(error).__name__}"


def _problem(told: Solution, text: str, solution: Solution, answer: str, question: str) -> str | None:
    """Why an explanation does not do."""
    if told.finish_reason != "stop" or not text:
        return "it is not whole" if told.finish_reason == "length" else "it calls a program"
    stated = extract_answer(text)
    if stated is None or not verify_answer(answer, stated, question=question).correct:
        return f"its answer is not {answer}"
    ran = [part for step in solution.steps for part in (step.code, step.execution.observation)]
    return objection(text, (question, *ran, solution.conclusion))
