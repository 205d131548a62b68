"""The solves in progress: each with its own session of the interpreter, limited in number."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from contextlib import aclosing, contextmanager
from dataclasses import replace
from functools import partial
from typing import TypeVar

from ..interpreter import Interpreter, InterpreterError, Picture
from ..protocol import Turn
from ..records import Execution
from ..solving.checking import checked
from ..solving.demands import AllOf, AnswerDemand, CallDemand, has_called, hold
from ..solving.explaining import explained
from ..solving.json_answers import AnswerFormat, check_format
from ..solving.loop import Demand, Event, Executed, Finished, Generate, Usage, iter_answer, iter_solve, tokens_left
from ..solving.metering import Meter
from ..solving.voting import voted
from .models.model import Model
from .models.template_calls import read_calls
from .settings import Settings
from .solve_request import Run, SolveRequest, last_question, numbered_seed
from .web.errors import ApiError, unavailable
from .web.metrics import Metrics

__all__ = ["Album", "Solves", "final_once_run"]

ALBUM_BYTES = 8 << 20
T = TypeVar("T")


class Album:
    """What the programs of one solve draw: no more than ``ALBUM_BYTES`` together, since a client gets all at once."""

    def __init__(self) -> None:
        self._left = ALBUM_BYTES
        self._new: list[Picture] = []

    def add(self, picture: Picture) -> None:
        """Put a picture in, if it fits."""
        if len(picture.data) <= self._left:
            self._left -= len(picture.data)
            self._new.append(picture)

    def take(self) -> tuple[Picture, ...]:
        """Those that have come since the last time."""
        new, self._new = tuple(self._new), []
        return new


class Solves:
    """Starts solves on one model and one interpreter, at most ``settings.max_sessions`` at a time.

    A request with votes holds one place as any other, and runs further solves while there are places to spare:
    ``take`` gives no more than half of all to such, so that single requests always find some, and a request that gets
    none runs its solves one after the other.
    """

    def __init__(self, model: Model, settings: Settings, interpreter: Interpreter) -> None:
        self._model, self._settings, self._interpreter = model, settings, interpreter
        self.active = self._spared = 0
        self.metrics = Metrics(lambda: self.active, lambda: len(interpreter.sessions))

    def check_room(self, count: int = 1) -> None:
        """Raise 429 when there are not places for so many more solves, 400 where there never are."""
        if count > (most := self._settings.max_sessions):
            message = f"n={count} is more than the {most} solves that this server has places for"
            raise ApiError(message, param="n", code="invalid_value")
        if self.active + count > self._settings.max_sessions:
            raise ApiError("All solving sessions are in use; try again later.", status=429, code="sessions_in_use")

    @contextmanager
    def room(self, count: int = 1) -> Iterator[None]:
        """Hold places for so many solves; raise 429 when there are fewer."""
        self.check_room(count)
        self.active += count
        try:
            yield
        finally:
            self.active -= count

    def take(self) -> bool:
        """Take a place for a further solve of a vote, where there is one to spare."""
        most = self._settings.max_sessions
        if self._spared >= most // 2 or self.active >= most:
            return False
        self._spared += 1
        self.active += 1
        return True

    def give(self) -> None:
        """Give such a place back."""
        self._spared -= 1
        self.active -= 1

    async def events(
        self, request: SolveRequest, *, run: Run | None = None, rounds: int | None = None
    ) -> AsyncGenerator[Event, None]:
        """The events of one solve, for which the caller holds a place (``room``); closing the iterator stops it.

        Programs run in a session of the solve's own, unless ``run`` says where. What does not meet the demands of the
        request is left out; a solve that never met them ends in a solution that says so. What fails behind a program
        that has run is final. Of several solves that vote, and of a check, what stands comes; a stream shows the
        first solve as it comes (``solving.voting``).
        """
        one = _One(self, request, run, rounds)
        try:
            async with aclosing(one.events()) as events:
                async for event in events:
                    if isinstance(event, Finished):
                        event = one.end(event)
                    yield event
        except ApiError as error:
            error.final = error.final or one.has_run
            raise

    def stage(
        self, request: SolveRequest, meter: Meter | None, run: Run | None, rounds: int | None
    ) -> AsyncGenerator[Event, None]:
        """The events of a single solve, or of a part of one that is checked."""
        parts = self._solve(request, meter, run, rounds) if request.interpreter else self._answer(request)
        watched = self.metrics.watch(parts)
        if _may_be_asked_again(request):
            watched = hold(watched, answer_only=request.answer_format is not None)
        return watched

    def check(self, request: SolveRequest) -> None:
        """Raise ``ApiError`` for what cannot be honoured of a request."""
        shaped = request.interpreter or request.functions or request.answer_format
        if request.logprobs is not None and shaped:
            message = "logprobs are told of plain answers only; leave them out, or the tools and the format"
            raise ApiError(message, param="logprobs", code="unsupported_value")
        if request.call_required and not self._runs(request) and not request.functions:
            message = "tool_choice demands a call, and this server runs no program (code_interpreter.rounds is 0)"
            raise ApiError(message, param="tool_choice", code="invalid_value")
        self._model.check(request)

    def _runs(self, request: SolveRequest) -> bool:
        """Whether a program of the model can be run at all."""
        return request.interpreter and self._settings.rounds > 0

    async def check_format(self, answer_format: AnswerFormat | None, param: str) -> None:
        """Raise 400 for a schema that cannot be used, 429 where there is no place to find out."""
        if answer_format is None:
            return
        with self.room():
            try:
                problem = await check_format(answer_format)
            except OSError as error:  # it is checked in a process of its own
                raise unavailable(error) from error
        if problem is not None:
            raise ApiError(f"{param}: {problem}", param=param, code="invalid_json_schema")

    def _demand(self, request: SolveRequest) -> Demand:
        """What a request demands of its solve."""
        demands = list[Demand]()
        if request.call_required or request.calls_limited:
            runs, required = self._runs(request), request.call_required
            demands.append(CallDemand(interpreter=runs, tools=request.tools, required=required))
        if request.answer_format:
            demands.append(AnswerDemand(request.answer_format))
        return AllOf(*demands)

    def _answer(self, request: SolveRequest) -> AsyncGenerator[Event, None]:
        if request.answer_format:
            # No program comes between: the model can be told at once. (A solve is first solved as in training.)
            told = (request.system, request.answer_format.instruction)
            request = replace(request, system="\n\n".join(filter(None, told)))
        read = partial(read_calls, template=self._model.template, tools=request.tools) if request.functions else None
        generate = self._model.generate(request, self._settings.form)
        tags, demand = self._model.thought_tags, self._demand(request)
        return iter_answer(
            request.turns, generate, request.max_tokens, read, tools=request.tools, tags=tags, demand=demand
        )

    async def _solve(
        self, request: SolveRequest, meter: Meter | None, run: Run | None, rounds: int | None
    ) -> AsyncGenerator[Event, None]:
        settings, session = self._settings, f"solve-{uuid.uuid4().hex}"
        budget = settings.budget(request.max_tokens)
        if rounds is not None:
            budget = replace(budget, rounds=rounds)
        generate: Generate = self._model.generate(request, settings.form)
        if meter is not None:
            generate = meter.watch(generate)
        album = Album()
        run_here = partial(run or partial(self._interpreter.arun, session=session), show=album.add)

        async def shown(code: str) -> Execution:
            try:
                return await run_here(code)
            except InterpreterError as error:  # a stream has begun by now, so it is told in its last chunk
                raise unavailable(error) from error

        try:
            tags = self._model.thought_tags
            solve = iter_solve(
                request.turns,
                generate,
                shown,
                budget,
                settings.form,
                tools=request.tools,
                tags=tags,
                demand=self._demand(request),
            )
            async with aclosing(solve) as events:
                async for event in events:
                    if isinstance(event, Executed):
                        event = replace(event, pictures=album.take())
                    yield event
        finally:
            if run is None:
                # Waits for a program to be stopped, so not here on the event loop.
                asyncio.get_running_loop().run_in_executor(None, self._interpreter.end_session, session)


class _One:
    """One request, however many solves it takes."""

    def __init__(self, solves: Solves, request: SolveRequest, run: Run | None, rounds: int | None) -> None:
        self._solves, self._request, self._run, self._rounds = solves, request, run, rounds
        self._meter = Meter() if request.votes > 1 or request.check or request.explain else None
        self.has_run = False  # a program, in whichever of its solves

    def events(self) -> AsyncGenerator[Event, None]:
        """Those of the solution that stands, and of its explanation."""
        request = self._request
        events = self.voted() if request.votes > 1 else self.solve(0, live=request.stream)
        if not request.explain:
            return events
        return explained(events, partial(self._go_on, request, rounds=0), last_question(request.turns))

    def voted(self) -> AsyncGenerator[Event, None]:
        request = self._request
        live = request.stream and request.answer_format is None
        return voted(
            lambda number: self.solve(number, live=live and number == 0),
            request.votes,
            last_question(request.turns),
            places=self._solves,
            live=live,
            formatted=request.answer_format is not None,
        )

    def solve(self, number: int, *, live: bool) -> AsyncGenerator[Event, None]:
        """The solve of that number; with a seed each has one of its own."""
        request = replace(self._request, seed=numbered_seed(self._request.seed, number))
        events = self._stage(request, self._rounds)
        if not request.check:
            return events
        question = last_question(request.turns)
        return checked(events, partial(self._go_on, request), request.turns, question, live=live)

    def _go_on(
        self, request: SolveRequest, turns: Sequence[Turn], spent: Usage, *, rounds: int | None = None
    ) -> AsyncGenerator[Event, None] | None:
        """A conversation that goes on behind a solve: it demands nothing and has no tools of the client's."""
        left = tokens_left(request.max_tokens, spent)
        if left is not None and left <= 0:
            return None
        free = replace(request, turns=tuple(turns), max_tokens=left, functions=(), calls_limited=False)
        return self._stage(replace(free, call_required=False), self._rounds if rounds is None else rounds)

    async def _stage(self, request: SolveRequest, rounds: int | None) -> AsyncGenerator[Event, None]:
        """A single solve, or a part of one, of which it is noted that a program has run."""
        async with aclosing(self._solves.stage(request, self._meter, self._run, rounds)) as events:
            async for event in events:
                self.has_run = self.has_run or _has_run(event)
                yield event

    def end(self, event: Finished) -> Finished:
        """The end of the request, with the tokens of all solves; what came of votes and checks is counted."""
        solution = event.solution
        self._solves.metrics.count(solution)
        return event if self._meter is None else Finished(replace(solution, usage=self._meter.usage))


async def final_once_run(items: AsyncGenerator[T, None], event_of: Callable[[T], Event]) -> AsyncGenerator[T, None]:
    """The same items of several requests that are one to the client; an error behind a program of any is final."""
    ran = False
    async with aclosing(items):
        try:
            async for item in items:
                ran = ran or _has_run(event_of(item))
                yield item
        except ApiError as error:
            error.final = error.final or ran
            raise


def _has_run(event: Event) -> bool:
    """Whether an event tells that a program has run."""
    return isinstance(event, Executed) and has_called([event.step])


def _may_be_asked_again(request: SolveRequest) -> bool:
    """Whether a turn may not stand; where programs run, a call to what is not allowed is refused and no end."""
    misled = request.calls_limited and not request.interpreter
    return request.call_required or misled or request.answer_format is not None
