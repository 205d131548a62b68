"""Many problems, several samples each, with a bounded number of requests in flight."""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from ..records import Problem, RecordError
from ..solving.asking import Exchange, Solve
from .attempting import attempt
from .records import Attempt, attempt_id
from .voting import classes_of, still_needed

__all__ = ["answered", "ask_all", "choose", "conversations"]

T = TypeVar("T")


def choose(
    problems: Sequence[Problem], *, per_group: int | None = None, limit: int | None = None, seed: int | None = None
) -> list[Problem]:
    """At most ``per_group`` problems of each subject and ``limit`` in all, in their order.

    The first ones; with a ``seed`` a sample, the same for the same seed and problems wherever they stand in the
    file, and part of the sample that a higher limit gives.
    """
    ranked = problems if seed is None else sorted(problems, key=lambda problem: _rank(problem.id, seed))
    taken: Counter[str | None] = Counter()
    chosen: set[str] = set()
    for problem in ranked:
        if limit is not None and len(chosen) >= limit:
            break
        taken[problem.subject] += 1
        if per_group is None or taken[problem.subject] <= per_group:
            chosen.add(problem.id)
    return [problem for problem in problems if problem.id in chosen]


def _rank(problem_id: str, seed: int) -> str:
    return hashlib.sha256(f"{seed}/{problem_id}".encode()).hexdigest()


def answered(records: Iterable[Attempt]) -> dict[str, Attempt]:
    """The attempts of an earlier run that stand, by id: the last of each, without errors of the way there."""
    last = {record.id: record for record in records}
    return {name: record for name, record in last.items() if not record.transport}


async def ask_all(
    problems: Iterable[Problem],
    solve: Solve,
    keep: Callable[[Attempt], None],
    *,
    samples: int = 1,
    stop_early: bool = False,
    workers: int = 8,
    conversation: int = 1,
    done: Mapping[str, Attempt] | None = None,
    spare: Callable[[int], None] = lambda number: None,
) -> None:
    """Hand each attempt to ``keep`` as it ends, ``samples`` of each problem.

    Args:
        stop_early: ask for further samples only while they can change the majority of a problem's answers.
        workers: requests in flight.
        conversation: questions that are asked one behind the other, each with the answers before it.
        done: attempts by id that are not asked for again.
        spare: told how many samples of a problem were not needed.

    Raises:
        RecordError: so many requests failed one after another that the endpoint must be gone.
    """
    gate, patience = asyncio.Semaphore(workers), _Patience(max(20, 2 * workers))
    known: dict[str, dict[int, Attempt]] = {}
    for earlier in (done or {}).values():
        known.setdefault(earlier.problem.id, {})[earlier.sample] = earlier

    async def ask(
        problem: Problem, sample: int, position: int | None = None, before: Sequence[Exchange] = ()
    ) -> Attempt:
        result = await attempt(problem, sample, solve, gate, position=position, before=before)
        keep(result)
        patience.see(result)
        return result

    async def settle(problem: Problem) -> None:
        have = known.get(problem.id, {})
        while missing := await _missing(have, samples, stop_early):
            have = have | {a.sample: a for a in await _together(ask(problem, sample) for sample in missing)}
        spare(samples - len(have))

    async def talk(group: Sequence[Problem], sample: int) -> None:
        before: list[Exchange] = []
        for position, problem in enumerate(group, 1):
            earlier = (done or {}).get(attempt_id(problem.id, sample))
            result = earlier or await ask(problem, sample, position, tuple(before))
            if result.transport:
                return  # what follows needs its answer: another run goes on from here
            if result.error is None:
                before.append(Exchange(problem.question, result.text))

    if conversation == 1:
        await _together(settle(problem) for problem in problems)
    else:
        groups = conversations(list(problems), conversation)
        await _together(talk(group, sample) for group in groups for sample in range(samples))


def conversations(problems: Sequence[Problem], size: int) -> list[list[Problem]]:
    """The problems in groups of ``size``, the last ones smaller: of one language, and mixed, whatever their order.

    The same problems make the same conversations, so that runs can be compared and resumed.
    """
    by_language: dict[str | None, list[Problem]] = {}
    for problem in sorted(problems, key=lambda problem: _rank(problem.id, 0)):
        by_language.setdefault(problem.lang, []).append(problem)
    return [same[at : at + size] for same in by_language.values() for at in range(0, len(same), size)]


async def _missing(have: Mapping[int, Attempt], samples: int, stop_early: bool) -> list[int]:
    """The numbers of the samples to ask for next."""
    missing = [sample for sample in range(samples) if sample not in have]
    if not stop_early or not missing:
        return missing
    ordered = [have[sample] for sample in sorted(have) if sample < samples]
    classes = await asyncio.to_thread(classes_of, ordered)
    return missing[: still_needed(classes, len(missing))]


async def _together(work: Iterable[Coroutine[Any, Any, T]]) -> list[T]:
    """All results; the first failure, or being cancelled, ends the rest before it is passed on."""
    tasks = [asyncio.create_task(one) for one in work]
    try:
        return await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


class _Patience:
    """Raises once ``limit`` requests in a row did not get through."""

    def __init__(self, limit: int) -> None:
        self._limit, self._row = limit, 0

    def see(self, result: Attempt) -> None:
        self._row = self._row + 1 if result.transport else 0
        if self._row >= self._limit:
            raise RecordError(
                f"{self._row} requests failed one after another ({result.error}); "
                "what was answered is kept: run the same command again when the endpoint is back"
            )
