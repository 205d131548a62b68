"""Several solves of one problem, of which the most frequent answer wins.

Answers vote by what they mean (``answers.vote``). A call to a client's tool, and an answer in a format of the
client's, vote as they are written. A solve without an answer votes for nothing, nor does one that failed; where all
fail, the first failure is raised. Half an answer is none, and words do not win against boxes (``stating``). The vote
ends as soon as the solves that are left cannot change the winner, and these are given up. Of as many votes each, the
answer wins of which more solutions were checked; where these are as many too it is a tie, and the solve that was
started first is given: so the same samples have the same majority as in an evaluation, in whatever order they come.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Protocol

from ..answers import AnswerClass, Grouping, is_settled
from ..protocol import replaced_line
from .loop import Event, Executed, Finished, Generated, Reasoned, Replaced, Solution, Wrote
from .outcomes import Group, Tally, VoteOutcome
from .stating import Stated, eligible, may_fall, stated

__all__ = ["Places", "Start", "Unlimited", "voted"]

# Begins the solve of that number, from 0.
Start = Callable[[int], AsyncGenerator[Event, None]]
logger = logging.getLogger(__name__)
_COMPARING = 10.0  # seconds in which a vote compares answers; what is not compared by then counts as different


class Places(Protocol):
    """Where further solves of a vote may run, beside the one for which there always is a place."""

    def take(self) -> bool:
        """Take a place, where there is one to spare now."""

    def give(self) -> None:
        """Give one back."""


class Unlimited:
    """A place for every solve."""

    def take(self) -> bool:
        return True

    def give(self) -> None:
        pass


async def voted(
    start: Start, count: int, question: str, *, places: Places, live: bool, formatted: bool = False
) -> AsyncGenerator[Event, None]:
    """The events of the solution that wins, whose ``Finished`` has the tally.

    Args:
        live: pass on the first solve as it comes. Where its answer loses, or it is too late, ``Replaced`` and the
            events of the winner follow; one whose conclusion is shown, and only checked yet, is waited for.
            Otherwise the reply is the shortest clean solution with the winning answer, and comes at the end.
        formatted: answers are in a format of the client's.

    Closing the iterator ends all solves.
    """
    vote = _Vote(start, count, question, places=places, live=live, formatted=formatted)
    shown = False
    async with aclosing(vote.run()) as events:
        async for event in events:
            if live:
                shown = shown or isinstance(event, Reasoned | Wrote | Executed)
                yield event
    winner, tally = vote.decide(shown=0 if shown else None)
    if not (live and winner == 0):
        if shown:
            yield Replaced("vote", replaced_line("vote", question))
        for event in _standing(vote.seats[winner].events):
            yield event
    solution = vote.seats[winner].solution
    assert solution is not None
    yield Finished(replace(solution, votes=tally))


def _concludes(events: Sequence[Event]) -> bool:
    """Whether the last turn so far is a conclusion."""
    last = next((event for event in reversed(events) if isinstance(event, Generated)), None)
    return last is not None and last.call is None


def _standing(events: Sequence[Event]) -> Sequence[Event]:
    """The events behind the last that puts another solution in the place of what came before it."""
    last = max((place for place, event in enumerate(events) if isinstance(event, Replaced)), default=-1)
    return events[last + 1 :]


@dataclass
class _Seat:
    """One solve: what came of it so far, and how it ended."""

    events: list[Event] = field(default_factory=list)
    solution: Solution | None = None
    failure: Exception | None = None

    @property
    def ended(self) -> bool:
        return self.solution is not None or self.failure is not None

    @cached_property
    def stated(self) -> Stated | None:
        """The answer in words and formulas; to be asked for once the solve has ended."""
        return _stated(self.solution)

    @property
    def is_checked(self) -> bool:
        return self.solution is not None and self.solution.check is not None and self.solution.check.stands


@dataclass(frozen=True)
class _Ended:
    """The end of a solve."""

    solution: Solution | None = None
    failure: Exception | None = None


class _Vote:
    """The solves of one vote, and what they have come to."""

    def __init__(
        self, start: Start, count: int, question: str, *, places: Places, live: bool, formatted: bool
    ) -> None:
        self._start, self._count, self._question, self._places = start, count, question, places
        self._live, self._formatted = live, formatted
        self.seats = [_Seat() for _ in range(count)]
        self._happened = asyncio.Queue[tuple[int, Event | _Ended]]()
        self._running: dict[int, asyncio.Task[None]] = {}
        self._begun, self._is_free = 0, True  # the place that the vote has of its own
        self._grouping = Grouping(question=question, within=_COMPARING)
        self._classes: list[AnswerClass] = []
        self._outvoted: list[AnswerClass] = []  # by boxes, until one of them says the same
        self._may_fall = False  # the leader, to a box that is still to come

    async def run(self) -> AsyncGenerator[Event, None]:
        """The events of the first solve as they come, until the vote is over."""
        over = False  # once it is, for good: with the first answer, which is waited for, it may look open again
        try:
            while True:
                self._fill()
                if not self._running:
                    return
                number, happened = await self._happened.get()
                if isinstance(happened, _Ended):
                    over = await self._is_over(number, happened) or over
                    if over and not self._waits_for_first():
                        return
                else:
                    yield happened
        finally:
            await self._give_up()

    def _fill(self) -> None:
        """Begin as many solves as there are places for; one may always run."""
        while self._begun < self._count and (self._is_free or self._places.take()):
            task = asyncio.create_task(self._solve(self._begun))
            # Called however it ends, and whatever becomes of us.
            task.add_done_callback(partial(self._leave, own=self._is_free))
            self._running[self._begun] = task
            self._begun, self._is_free = self._begun + 1, False

    def _leave(self, task: asyncio.Task[None], *, own: bool) -> None:
        """Give the place of a solve back."""
        if own:
            self._is_free = True
        else:
            self._places.give()

    async def _solve(self, number: int) -> None:
        seat, end = self.seats[number], _Ended(failure=RuntimeError("a solve ended without its solution"))
        try:
            async with aclosing(self._start(number)) as events:
                async for event in events:
                    if isinstance(event, Finished):
                        end = _Ended(event.solution)
                        continue
                    seat.events.append(event)
                    if number == 0:
                        self._happened.put_nowait((0, event))
        except Exception as error:  # whatever a model fails with: the others go on
            end = _Ended(failure=error)
        self._happened.put_nowait((number, end))

    async def _is_over(self, number: int, end: _Ended) -> bool:
        """Take the end of a solve in; whether those that are left can no longer change the winner."""
        seat = self.seats[number]
        seat.solution, seat.failure = end.solution, end.failure
        await self._running.pop(number)
        await asyncio.sleep(0)  # until its place is given back
        ended = sum(one.ended for one in self.seats)
        if 2 * ended <= self._count:  # even if they all agree
            return False
        self._classes = await asyncio.to_thread(self._grouped)
        waiting = [index for index, one in enumerate(self.seats) if not one.ended]
        if waiting and self._may_fall:
            return False
        # A tie is to be told.
        return is_settled([*self._classes, *self._outvoted], waiting, ties_go_to_first=False)

    def _waits_for_first(self) -> bool:
        """Whether the first solve has shown its conclusion and is only checked yet; the others are ended then."""
        first = self.seats[0]
        if not self._live or first.ended or not _concludes(first.events):
            return False
        self._begun = self._count
        for number, task in self._running.items():
            if number:
                task.cancel()
        return True

    async def _give_up(self) -> None:
        """End what still runs."""
        for task in self._running.values():
            task.cancel()
        await asyncio.gather(*self._running.values(), return_exceptions=True)

    def _grouped(self) -> list[AnswerClass]:
        """The answers so far by what they mean, the most frequent first; ties in the order of the solves."""
        solutions = [seat.solution for seat in self.seats]
        if self._formatted:
            return _alike([_written(solution) for solution in solutions])
        answers = [seat.stated if seat.ended else None for seat in self.seats]
        classes = self._grouping.classes(one.answer if one else None for one in answers)
        calls = _alike([_called(solution) for solution in solutions])
        may_win = eligible(classes, answers)
        self._outvoted = [one for one in classes if one not in may_win]
        found = sorted([*may_win, *calls], key=lambda one: (-one.votes, one.members[0]))
        self._may_fall = may_fall(found, answers)
        return found

    def decide(self, shown: int | None) -> tuple[int, Tally]:
        """The solve that is the reply, and the tally; ``shown`` is preferred among those that give the answer.

        Raises the failure of the first solve where all failed.
        """
        leaders = [one for one in self._classes if one.votes == self._classes[0].votes]
        checked = [self._checked(one) for one in leaders]
        ahead = [one for one, count in zip(leaders, checked, strict=True) if count == max(checked)]
        winner = ahead[0] if ahead else None
        reply = self._reply(winner.members if winner else self._answerless(), shown)
        self._log_failures()
        outcome = self._outcome(leaders, ahead)
        groups = [*ahead[:1], *(one for one in self._classes if one is not winner)]
        return reply, Tally(
            asked=self._count,
            outcome=outcome,
            groups=tuple(Group(one.answer, one.votes, self._checked(one)) for one in groups),
            without_answer=sum(one.solution is not None for one in self.seats) - sum(one.votes for one in groups),
            failed=sum(one.failure is not None for one in self.seats),
            not_needed=sum(not one.ended for one in self.seats),
            unsure=any(one.unsure for one in groups),
            solution=reply,
        )

    def _checked(self, answers: AnswerClass) -> int:
        return sum(self.seats[member].is_checked for member in answers.members)

    def _answerless(self) -> list[int]:
        """The first solve that came to an end, where none gave an answer."""
        ended = [number for number, seat in enumerate(self.seats) if seat.solution is not None]
        if not ended:
            raise next(seat.failure for seat in self.seats if seat.failure is not None)
        return ended[:1]

    def _log_failures(self) -> None:
        for number, seat in enumerate(self.seats):
            if seat.failure is not None:
                logger.warning("solve %d of a vote failed", number, exc_info=seat.failure)

    def _reply(self, members: Sequence[int], shown: int | None) -> int:
        """The solve that is shown already, or the shortest of the clean ones."""
        if shown in members:
            return shown  # type: ignore[return-value]
        return min(members, key=lambda number: (*_effort(self.seats[number].solution), number))

    def _outcome(self, leaders: Sequence[AnswerClass], ahead: Sequence[AnswerClass]) -> VoteOutcome:
        if not leaders:
            return "none"
        if len(self._classes) == 1:
            return "unanimous"
        if len(leaders) == 1:
            ended = sum(seat.ended for seat in self.seats)
            return "majority" if 2 * leaders[0].votes > ended else "plurality"
        return "checked" if len(ahead) == 1 else "tie"


def _effort(solution: Solution | None) -> tuple[bool, int]:
    """Whether a solution is not clean (it was cut, or a program failed), and how much there is to read of it."""
    assert solution is not None
    clean = solution.finish_reason in ("stop", "tool_calls") and all(
        step.execution.status == "ok" for step in solution.steps
    )
    written = (len(step.thought) + len(step.code) + len(step.execution.observation) for step in solution.steps)
    return not clean, sum(written) + len(solution.conclusion)


def _stated(solution: Solution | None) -> Stated | None:
    """The answer of a solution in words and formulas."""
    if solution is None or solution.unmet or solution.calls:
        return None
    return stated(solution.conclusion, solution.finish_reason)


def _called(solution: Solution | None) -> str | None:
    """The calls to the client's tools in which a solution ends, in one spelling."""
    if solution is None or not solution.calls:
        return None
    calls = [[call.name, call.arguments] for call in solution.calls]
    return json.dumps(calls, ensure_ascii=False, sort_keys=True)


def _written(solution: Solution | None) -> str | None:
    """The answer in a format of the client's, in one spelling."""
    if solution is None or solution.unmet or solution.finish_reason != "stop":
        return _called(solution)
    return json.dumps(json.loads(solution.conclusion), ensure_ascii=False, sort_keys=True)


def _alike(texts: Sequence[str | None]) -> list[AnswerClass]:
    """Texts by their spelling alone, the most frequent first."""
    found: dict[str, list[int]] = {}
    for index, text in enumerate(texts):
        if text is not None:
            found.setdefault(text, []).append(index)
    classes = [AnswerClass(text, tuple(members)) for text, members in found.items()]
    return sorted(classes, key=lambda one: -one.votes)
