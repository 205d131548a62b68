"""Asking an OpenAI-compatible endpoint for solutions of problems, and counting the right ones."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..answers import extract_answer, verify_answer
from ..protocol import SYSTEM_PROMPTS, detect_lang
from ..records import Problem, Verdict
from .records import Attempt, attempt_id

if TYPE_CHECKING:
    from openai import AsyncOpenAI

__all__ = ["Tally", "attempts", "choose", "tally"]

CODE_INTERPRETER = {"type": "code_interpreter"}


@dataclass(frozen=True)
class Tally:
    """Right answers out of all that were asked for."""

    correct: int
    total: int

    @property
    def accuracy(self) -> float:
        return self.correct / self.total if self.total else 0.0


async def attempts(
    client: AsyncOpenAI,
    model: str,
    problems: Iterable[Problem],
    *,
    tool: bool,
    workers: int = 8,
    max_tokens: int = 512,
) -> AsyncIterator[Attempt]:
    """Yield one greedy attempt for each problem, in the order in which they end.

    Args:
        tool: ask the endpoint to run the model's programs (``tools: [{"type": "code_interpreter"}]``).
        workers: requests in flight.
        max_tokens: of the whole solution.
    """
    gate = asyncio.Semaphore(workers)

    async def guarded(problem: Problem) -> Attempt:
        async with gate:
            return await _attempt(client, model, problem, tool, max_tokens)

    tasks = [asyncio.create_task(guarded(problem)) for problem in problems]
    try:
        for task in asyncio.as_completed(tasks):
            yield await task
    finally:
        for task in tasks:
            task.cancel()


async def _attempt(client: AsyncOpenAI, model: str, problem: Problem, tool: bool, max_tokens: int) -> Attempt:
    import openai

    start = time.monotonic()
    try:
        completion = await client.chat.completions.create(
            model=model,
            messages=[
                {"role": "system", "content": SYSTEM_PROMPTS[detect_lang(problem.question)]},
                {"role": "user", "content": problem.question},
            ],
            temperature=0,
            max_tokens=max_tokens,
            extra_body={"tools": [CODE_INTERPRETER]} if tool else {"tools": []},
        )
    except openai.APIError as error:
        failed = Verdict("incorrect", "the request failed")
        return Attempt(
            attempt_id(problem.id), problem, "", None, failed, error=str(error), seconds=time.monotonic() - start
        )
    message = completion.choices[0].message
    text = message.content or ""
    predicted = extract_answer(text)
    verdict = await asyncio.to_thread(_judge, problem, predicted)
    ran = (message.model_extra or {}).get("code_interpreter") or {}
    executions = tuple(ran.get("executions") or ())
    return Attempt(
        attempt_id(problem.id), problem, text, predicted, verdict, executions, seconds=time.monotonic() - start
    )


def _judge(problem: Problem, predicted: str | None) -> Verdict:
    if predicted is None:
        return Verdict("incorrect", "no answer")
    return verify_answer(problem.answer or "", predicted, question=problem.question, kind=problem.answer_kind)


def tally(group: Sequence[Attempt], by: Callable[[Problem], str]) -> dict[str, Tally]:
    """Right answers by a key of the problem, in the order in which the keys come up; ``all`` is the last row."""
    tallies: dict[str, Tally] = {}
    for key in dict.fromkeys(by(attempt.problem) for attempt in group):
        part = [attempt for attempt in group if by(attempt.problem) == key]
        tallies[key] = Tally(sum(attempt.verdict.correct for attempt in part), len(part))
    tallies["all"] = Tally(sum(attempt.verdict.correct for attempt in group), len(group))
    return tallies


def choose(problems: Iterable[Problem], *, per_group: int | None = None, limit: int | None = None) -> list[Problem]:
    """The first ``per_group`` problems of each subject, ``limit`` in all; everything when both are None."""
    taken: Counter[str | None] = Counter()
    chosen: list[Problem] = []
    for problem in problems:
        taken[problem.subject] += 1
        if per_group is None or taken[problem.subject] <= per_group:
            chosen.append(problem)
    return chosen[:limit]
