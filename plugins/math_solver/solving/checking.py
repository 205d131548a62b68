"""A solve whose answer is tested by another way before it stands.

First without any model, where the question states an equation that the answer solves or does not
(``answers.substitution``), or a count that can be made (``answers.counting``). Where that tells nothing, the model is
asked to come to the answer by another method, with a program. Two ways that agree are a checked answer. Where they
differ, the model decides in one more turn with both in view: what two of the three say is the answer, and where all
differ the first one stands, disputed.

A check costs tokens and its programs rounds of their own; it never costs an answer: where it fails or the tokens run
out, the solution stands unchecked.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from functools import cached_property

from ..answers import same_answer
from ..answers.counting import counts_right
from ..answers.substitution import holds
from ..protocol import Turn, check_request, decide_request, mend_request, replaced_line
from ..records import Step
from .loop import Event, Finished, Replaced, Solution, Usage
from .outcomes import Check, CheckStatus, Method
from .stating import Stated, is_whole, stated

__all__ = ["Again", "checked"]

# The solve of a conversation that goes on where an earlier one ended, with what is left of its tokens.
Again = Callable[[Sequence[Turn], Usage], AsyncGenerator[Event, None] | None]
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Refuted:
    """Why a test without a model refutes one answer, or both, or one in whose place another comes that is untested."""

    alone: str
    both: str
    untested: str


_REFUTED: Mapping[Method, _Refuted] = {
    "substitution": _Refuted(
        "it does not hold in the question's equation",
        "neither answer holds in the question's equation",
        "the first answer does not hold in the question's equation, and whether this one does cannot be told",
    ),
    "enumeration": _Refuted(
        "it is not the number that is counted",
        "neither answer is the number that is counted",
        "the first answer is not the number that is counted, and whether this one is cannot be told",
    ),
}


async def checked(
    events: AsyncGenerator[Event, None], again: Again, turns: Sequence[Turn], question: str, *, live: bool
) -> AsyncGenerator[Event, None]:
    """The events of a solve, whose ``Finished`` says what the check of its answer came to.

    Args:
        again: continues a conversation; ``None`` from it says that no tokens are left.
        turns: the conversation that the solve was given.
        live: pass the events on as they come; where the check puts another solution in the place of the first,
            ``Replaced`` comes before its events. Otherwise only those of the solution that stands come, at the end.
    """
    first = _Recorded(turns)
    async with aclosing(first.record(events)) as recorded:
        async for event in recorded:
            if live and not isinstance(event, Finished):
                yield event
    check = _Checking(again, question, first)
    stands = await check.run()
    if stands is not first and live:
        yield Replaced("check", replaced_line("check", question))
    if stands is not first or not live:
        for event in stands.shown:
            yield event
    yield Finished(check.result(stands))


class _Recorded:
    """The events of one solve, the conversation that it was given, and the solution that it ended in."""

    def __init__(self, given: Sequence[Turn]) -> None:
        self.given = tuple(given)
        self.shown: list[Event] = []
        self._solution: Solution | None = None

    @property
    def solution(self) -> Solution:
        assert self._solution is not None, "a solve ends in Finished"
        return self._solution

    @cached_property
    def stated(self) -> Stated | None:
        """What it concludes with; ``None`` where it was cut, calls a tool of the client's or states nothing.

        Looking for it takes time the first time: not on the event loop.
        """
        finish = self.solution.finish_reason
        return stated(self.solution.conclusion, finish) if is_whole(finish) else None

    async def record(self, events: AsyncGenerator[Event, None]) -> AsyncGenerator[Event, None]:
        async with aclosing(events):
            async for event in events:
                if isinstance(event, Finished):
                    self._solution = event.solution
                else:
                    self.shown.append(event)
                yield event


@dataclass(frozen=True)
class _Way:
    """A solve that tests the answer of the first, and the answer that it comes to."""

    recorded: _Recorded
    answer: str | None


@dataclass
class _Ways:
    """What the tests of an answer have come to so far."""

    answers: list[str]
    steps: list[Step]


class _Checking:
    """The check of one solution."""

    def __init__(self, again: Again, question: str, first: _Recorded) -> None:
        self._again, self._question, self._first = again, question, first
        self._ways = _Ways([], [])
        self._usage = first.solution.usage
        self._check: Check | None = None

    async def run(self) -> _Recorded:
        """The solution that stands."""
        try:
            return await self._test()
        except Exception as error:  # whatever a model fails with: the solution is there
            logger.warning("a check failed", exc_info=error)
            return self._end("unknown", "model", self._first, f"the check failed: {type(error).__name__}")

    async def _test(self) -> _Recorded:
        first = await _read(self._first)
        if first is None:
            return self._first
        answer = first.answer
        method, found = await self._without_model(answer)
        if found:
            return self._end("agreed", method, self._first)
        return await (self._mend(answer, method) if found is False else self._ask(answer))

    async def _without_model(self, answer: str) -> tuple[Method, bool | None]:
        """Whether an answer stands the test that the question allows for, and which that is."""
        if (found := await asyncio.to_thread(holds, self._question, answer)) is not None:
            return "substitution", found
        return "enumeration", await asyncio.to_thread(counts_right, self._question, answer)

    async def _answer(self, following: _Recorded) -> str | None:
        """The answer of a solve that follows: words that only talk about the first one are none."""
        first, found = self._first.stated, await _read(following)
        assert first is not None
        if found is None:
            return None
        counts = found.firm or not first.firm or await self._same(first.answer, found.answer)
        return found.answer if counts else None

    def result(self, stands: _Recorded) -> Solution:
        """The solution with what the check came to, and all that it took."""
        own = stands.solution.turns[len(stands.given) :]
        turns = (*self._first.given, *own)
        return replace(stands.solution, turns=turns, usage=self._usage, check=self._check)

    async def _mend(self, answer: str, method: Method) -> _Recorded:
        """Another solution, where the first answer is refuted without a model."""
        refuted = _REFUTED[method]
        second = await self._go_on(self._first, mend_request(self._question, answer))
        if second is None or second.answer is None:
            return self._end("disputed", method, self._first, refuted.alone)
        _, found = await self._without_model(second.answer)
        if found:
            return self._end("corrected", method, second.recorded)
        if found is None and not await self._same(answer, second.answer):
            # The better of the two: that the other is wrong is known.
            return self._end("unknown", method, second.recorded, refuted.untested)
        return self._end("disputed", method, self._first, refuted.both)

    async def _ask(self, answer: str) -> _Recorded:
        """Another way to the answer, and where it leads elsewhere a decision."""
        second = await self._go_on(self._first, check_request(self._question))
        if second is None or second.answer is None:
            reason = "no tokens were left" if second is None else "the check came to no answer"
            return self._end("unknown", "model", self._first, reason)
        if await self._same(answer, second.answer):
            return self._agree("agreed", self._first)
        third = await self._go_on(second.recorded, decide_request(self._question, answer, second.answer))
        last = third.answer if third else None
        if third is None or last is None:
            return self._end("disputed", "model", self._first, "nothing decided between the two answers")
        if await self._same(answer, last):
            return self._agree("agreed", self._first)
        if await self._same(second.answer, last):
            return self._agree("corrected", (second if second.recorded.solution.steps else third).recorded)
        return self._end("disputed", "model", self._first, "all answers differ")

    def _agree(self, status: CheckStatus, stands: _Recorded) -> _Recorded:
        """The end of a check in which two ways agree; who only says an answer again has tested nothing."""
        if not _has_run(self._ways.steps):
            return self._end("unknown", "model", self._first, "the check ran no program")
        return self._end(status, "model", stands)

    async def _go_on(self, before: _Recorded, request: str) -> _Way | None:
        """The solve that answers a request behind another."""
        turns = (*before.solution.turns, Turn("user", request))
        events = self._again(turns, self._usage)
        if events is None:
            return None
        following = _Recorded(turns)
        async for _ in following.record(events):
            pass
        self._usage = self._usage.plus(following.solution.usage)
        self._ways.steps += following.solution.steps
        answer = await self._answer(following)
        self._ways.answers += filter(None, [answer])
        return _Way(following, answer)

    async def _same(self, first: str, second: str) -> bool:
        return bool(await asyncio.to_thread(same_answer, first, second, question=self._question))

    def _end(self, status: CheckStatus, method: Method, stands: _Recorded, reason: str = "") -> _Recorded:
        self._check = Check(status, method, tuple(self._ways.answers), tuple(self._ways.steps), reason)
        return stands


def _has_run(steps: Sequence[Step]) -> bool:
    """Whether a program has run to its end."""
    return any(step.execution.status == "ok" for step in steps)


async def _read(recorded: _Recorded) -> Stated | None:
    """Its answer, looked for beside the event loop."""
    return await asyncio.to_thread(lambda: recorded.stated)
