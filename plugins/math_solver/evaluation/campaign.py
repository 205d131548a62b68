"""Many problems, several samples each, with a bounded number of requests in flight."""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..records import Problem, RecordError, in_chains
from ..solving.asking import Exchange, Solve
from ..solving.together import together
from .attempting import attempt, unasked
from .records import Attempt, attempt_id
from .voting import samples_needed

__all__ = ["answered", "ask_all", "choose", "conversations"]


def choose(
    problems: Sequence[Problem], *, per_group: int | None = None, limit: int | None = None, seed: int | None = None
) -> list[Problem]:
    """At most ``per_group`` problems of each subject and ``limit`` in all, in their order.

    The first ones; with a ``seed`` a sample, the same for the same seed and problems wherever they stand in the
    file, and part of the sample that a higher limit gives. What follows a chosen problem comes with it, uncounted.
    """
    chains, left = in_chains(problems, lambda problem: problem)
    ranked = chains if seed is None else sorted(chains, key=lambda chain: _rank(chain[0].id, seed))
    taken: Counter[str | None] = Counter()
    chosen: list[Sequence[Problem]] = []
    for chain in ranked:
        if limit is not None and len(chosen) >= limit:
            break
        taken[chain[0].subject] += 1
        if per_group is None or taken[chain[0].subject] <= per_group:
            chosen.append(chain)
    names = {problem.id for chain in (*chosen, left) for problem in chain}
    return [problem for problem in problems if problem.id in names]


def _rank(problem_id: str, seed: int) -> str:
    return hashlib.sha256(f"{seed}/{problem_id}".encode()).hexdigest()


def answered(records: Iterable[Attempt]) -> dict[str, Attempt]:
    """The attempts of an earlier run that stand, by id: the last of each, without errors of the way there.

    Where no request was ever answered, none stands: it was no endpoint, or asked in a way that it does not take.
    """
    last = {record.id: record for record in records}
    if all(record.error is not None for record in last.values()):
        return {}
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

    A problem that follows another is asked right behind it, with its answer before it; where that got none, it fails.

    Args:
        stop_early: ask for further samples only while they can change the majority of a problem's answers.
        workers: requests in flight.
        conversation: questions that are asked one behind the other, each with the answers before it.
        done: attempts by id that are not asked for again.
        spare: told how many samples of a problem were not needed.

    Raises:
        RecordError: so many requests failed one after another that the endpoint must be gone.
    """
    patience = _Patience(max(20, 2 * workers), any(one.error is None for one in (done or {}).values()))
    asking = _Asking(
        solve, keep, asyncio.Semaphore(workers), patience, samples, stop_early, conversation > 1, done or {}, spare
    )
    problems = list(problems)
    chains, _ = in_chains(problems, lambda problem: problem)
    groups = conversations(problems, conversation) if conversation > 1 else chains
    await together(one for group in groups for one in asking.work(group))


def conversations(problems: Sequence[Problem], size: int) -> list[list[Problem]]:
    """The problems in groups of ``size``, the last ones smaller: of one language, and mixed, whatever their order.

    Those that follow each other are in one group, which may be larger where they are more, and smaller where the next
    ones do not fit. The same problems make the same conversations, so that runs can be compared and resumed.
    """
    chains, _ = in_chains(problems, lambda problem: problem)
    groups: list[list[Problem]] = []
    open_groups: dict[str | None, list[Problem]] = {}
    for chain in sorted(chains, key=lambda chain: _rank(chain[0].id, 0)):
        group = open_groups.get(chain[0].lang)
        if group is None or len(group) + len(chain) > size:
            group = open_groups[chain[0].lang] = []
            groups.append(group)
        group.extend(chain)
    return groups


async def _missing(have: Mapping[int, Attempt], samples: int, stop_early: bool) -> list[int]:
    """The numbers of the samples to ask for next."""
    missing = [sample for sample in range(samples) if sample not in have]
    if not stop_early or not missing:
        return missing
    ordered = [have[sample] for sample in sorted(have) if sample < samples]
    return missing[: await asyncio.to_thread(samples_needed, ordered, len(missing))]


class _Patience:
    """Raises once ``limit`` requests in a row did not get through, or failed before any was ever answered."""

    def __init__(self, limit: int, answered: bool) -> None:
        self._limit, self._row, self._answered = limit, 0, answered

    def see(self, result: Attempt) -> None:
        self._answered = self._answered or result.error is None
        failed = result.transport or (result.error is not None and not self._answered)
        self._row = self._row + 1 if failed else 0
        if self._row >= self._limit:
            raise RecordError(
                f"{self._row} requests failed one after another ({result.error}); "
                "what was answered is kept: run the same command again when the endpoint is back"
            )


@dataclass(frozen=True)
class _Asking:
    """What ``ask_all`` does, by its arguments; ``placed`` says whether attempts have places in conversations."""

    solve: Solve
    keep: Callable[[Attempt], None]
    gate: asyncio.Semaphore
    patience: _Patience
    samples: int
    stop_early: bool
    placed: bool
    done: Mapping[str, Attempt]
    spare: Callable[[int], None]

    @cached_property
    def _known(self) -> Mapping[str, Mapping[int, Attempt]]:
        """The attempts of an earlier run by problem and sample."""
        known: dict[str, dict[int, Attempt]] = {}
        for earlier in self.done.values():
            known.setdefault(earlier.problem.id, {})[earlier.sample] = earlier
        return known

    def work(self, group: Sequence[Problem]) -> list[Coroutine[Any, Any, None]]:
        if len(group) == 1 and not self.placed:
            return [self._settle(group[0])]
        return [self._talk(group, sample) for sample in range(self.samples)]

    async def _settle(self, problem: Problem) -> None:
        have = self._known.get(problem.id, {})
        while missing := await _missing(have, self.samples, self.stop_early):
            asked = await together(self._ask(problem, sample) for sample in missing)
            have = {**have, **{one.sample: one for one in asked}}
        self.spare(self.samples - len(have))

    async def _talk(self, group: Sequence[Problem], sample: int) -> None:
        before: list[Exchange] = []
        answerless = False
        for number, problem in enumerate(group):
            earlier, place = self.done.get(attempt_id(problem.id, sample)), self._place(number)
            if earlier is None and problem.follows is not None and answerless:
                result = unasked(problem, sample, place)
                self.keep(result)
            else:
                result = earlier or await self._ask(problem, sample, place, before)
            if result.transport:
                self._leave(group, number + 1, sample)
                return
            answerless = result.error is not None
            if not answerless:
                before.append(Exchange(problem.question, result.text))

    def _leave(self, group: Sequence[Problem], start: int, sample: int) -> None:
        """What stands behind a failed request needs its answer: another run goes on from here."""
        for number, left in enumerate(group[start:], start):
            if attempt_id(left.id, sample) not in self.done:
                self.keep(unasked(left, sample, self._place(number), transport=True))

    def _place(self, number: int) -> int | None:
        return number + 1 if self.placed else None

    async def _ask(
        self, problem: Problem, sample: int, position: int | None = None, before: Sequence[Exchange] = ()
    ) -> Attempt:
        result = await attempt(problem, sample, self.solve, self.gate, position=position, before=tuple(before))
        self.keep(result)
        self.patience.see(result)
        return result
