"""Drafts, whose claimed outputs nobody believes: run again, and kept where the real output supports what is boxed.

Not guaranteed: that the program answers the question. Only the step from its output to the conclusion is checked;
without a gold answer the verdict stays ``unverifiable``.
"""

from __future__ import annotations

import random
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import Any, TypeVar

from ...answers import box_contents, extract_answer
from ...records import Drop, Execution, Step, Trajectory
from ..evidence import judge_conclusion
from .judging import failure, is_volatile, shares_session, verdict_on
from .proof import versions_here

__all__ = [
    "Drop",
    "Execute",
    "Validated",
    "deduplicate",
    "library_versions",
    "map_in_order",
    "select",
    "tally",
    "validate",
]

T = TypeVar("T")
U = TypeVar("U")
Execute = Callable[[str], Execution]
Validated = Trajectory | Drop


def select(items: Sequence[Validated], limit: int | None = None, seed: int | None = None) -> list[Validated]:
    """``limit`` of the items in their order: the first, or with a ``seed`` a random sample."""
    if limit is None or limit >= len(items):
        return list(items)
    if seed is None:
        return list(items[:limit])
    return [items[index] for index in sorted(random.Random(seed).sample(range(len(items)), limit))]


def deduplicate(items: Iterable[Validated]) -> Iterator[Validated]:
    """The items, each trajectory with the question and code of an earlier one dropped as ``duplicate``.

    Of one that follows another, the questions and code before it count too: "And half of that?" is asked of many.
    """
    seen: dict[tuple[Any, ...], str] = {}
    asked: dict[str, tuple[Any, ...]] = {}
    for item in items:
        if isinstance(item, Trajectory):
            follows = item.problem.follows
            before = None if follows is None else asked.get(follows, follows)
            key = before, item.problem.question, tuple(step.code for step in item.steps)
            asked.setdefault(item.problem.id, key)
            first = seen.setdefault(key, item.id)
            if first != item.id:
                item = Drop(item.id, "duplicate", f"same question and code as {first}")
        yield item


def validate(
    items: Iterable[Validated], run: Execute, *, versions: Mapping[str, str] | None = None, workers: int = 1
) -> Iterator[Validated]:
    """Run every program again and yield each trajectory with its real output, or why it was dropped.

    A ``Drop`` among the items is yielded as it is: there is one result for each item, in the same order.
    ``workers`` programs run at a time. Dropped: a trajectory without a program (``no_code``), or whose last program
    failed (``code_error``, ``code_timeout``, ...) or printed nothing (``no_output``); a notebook of several programs
    that use each other's variables (``shared_session``); one with a program that
    printed something else the second time (``not_reproducible``); one whose boxed answer is a number other than
    those printed (``conclusion_contradicts_output``) or is not found in the output (``conclusion_unsupported``).

    ``Execution.ms`` is stored as 0: it differs from run to run, and the same input must give the same bytes.
    ``meta`` gains ``versions``; ``claimed``, the output that the source claimed, where the real one differs;
    ``inexact`` where a box holds a rounded value; ``boxes``, their number, where there are several.
    """

    def executed(item: Validated) -> Validated:
        return _execute(item, run) if isinstance(item, Trajectory) else item

    for item in map_in_order(executed, items, workers):
        yield _judge(item, versions or {}) if isinstance(item, Trajectory) else item


def map_in_order(
    function: Callable[[T], U], items: Iterable[T], workers: int, most_ahead: int | None = None
) -> Iterator[U]:
    """``map`` over threads, reading only a few items ahead; on an error what has not started is cancelled.

    Args:
        most_ahead: items that wait behind a slow one (default: twice the workers).
    """
    pool = ThreadPoolExecutor(workers)
    ahead: deque[Future[U]] = deque()
    try:
        for item in items:
            ahead.append(pool.submit(function, item))
            if len(ahead) > (most_ahead or 2 * workers):
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _execute(trajectory: Trajectory, run: Execute) -> Validated:
    """The trajectory with real executions; its programs run one after the other, sharing nothing."""
    if len(trajectory.steps) > 1 and shares_session(trajectory):
        return Drop(trajectory.id, "shared_session", "its programs need one session; scripts/validate.py gives it")
    steps = tuple(_run_step(step, run) for step in trajectory.steps)
    if failed := failure(steps):
        return Drop(trajectory.id, *failed)
    for step in steps:
        if is_volatile(step.code) and _run_step(step, run) != step:
            return Drop(trajectory.id, "not_reproducible", "a second run gave another output")
    claims = [step.execution.observation for step in trajectory.steps]
    real = [step.execution.observation for step in steps]
    changed = {"claimed": "\n".join(claims)} if claims != real else {}
    return replace(trajectory, steps=steps, meta={**trajectory.meta, **changed})


def _run_step(step: Step, run: Execute) -> Step:
    return replace(step, execution=replace(run(step.code), ms=0.0))


def _judge(trajectory: Trajectory, versions: Mapping[str, str]) -> Validated:
    observations = "\n".join(step.execution.observation for step in trajectory.steps)
    support = judge_conclusion(trajectory.conclusion, observations, trajectory.problem.question)
    if support.outcome != "supported":
        return Drop(trajectory.id, f"conclusion_{support.outcome}", support.reason)
    meta: dict[str, Any] = {**trajectory.meta, "versions": dict(versions)}
    meta |= {"inexact": True} if support.inexact else {}
    number = len(box_contents(trajectory.conclusion))
    meta |= {"boxes": number} if number > 1 else {}
    predicted = extract_answer(trajectory.conclusion)
    return replace(trajectory, predicted=predicted, verdict=verdict_on(trajectory, predicted), meta=meta)


def tally(results: Iterable[Validated]) -> str:
    """How many were kept, and dropped for each reason, most frequent first, and their sum."""
    counts = Counter("kept" if isinstance(result, Trajectory) else f"dropped {result.reason}" for result in results)
    lines = [("kept", counts.pop("kept", 0)), *counts.most_common()]
    lines.append(("total", sum(number for _, number in lines)))
    width = max(len(name) for name, _ in lines)
    return "\n".join(f"{name:<{width}} {number:>7}" for name, number in lines)


def library_versions() -> dict[str, str]:
    """Those of ``versions_here`` that every row names."""
    found = versions_here()
    return {name: found[name] for name in ("python", "sympy", "numpy")}
