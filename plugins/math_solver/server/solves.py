"""The solves in progress: each with its own session of the interpreter, limited in number."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing, contextmanager
from dataclasses import replace
from functools import partial

from ..interpreter import Interpreter
from ..solving.loop import Event, Execute, iter_answer, iter_solve
from .models.model import Model
from .models.template_calls import read_calls
from .settings import Settings
from .solve_request import SolveRequest
from .web.errors import ApiError
from .web.metrics import Metrics

__all__ = ["Solves"]


class Solves:
    """Starts solves on one model and one interpreter, at most ``settings.max_sessions`` at a time."""

    def __init__(self, model: Model, settings: Settings, interpreter: Interpreter) -> None:
        self._model, self._settings, self._interpreter = model, settings, interpreter
        self.active = 0
        self.metrics = Metrics(lambda: self.active, lambda: len(interpreter.sessions))

    def check_room(self, count: int = 1) -> None:
        """Raise 429 when there are not places for so many more solves."""
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

    async def events(
        self, request: SolveRequest, *, run: Execute | None = None, rounds: int | None = None
    ) -> AsyncGenerator[Event, None]:
        """The events of one solve, for which the caller holds a place (``room``); closing the iterator stops it.

        Programs run in a session of the solve's own, unless ``run`` says where.
        """
        parts = self._solve(request, run, rounds) if request.interpreter else self._answer(request)
        async with aclosing(self.metrics.watch(parts)) as events:
            async for event in events:
                yield event

    def check(self, request: SolveRequest) -> None:
        """Raise ``ApiError`` for what cannot be honoured of a request."""
        if request.logprobs is not None and (request.interpreter or request.functions):
            message = "logprobs are told of plain answers only; leave them out, or the tools"
            raise ApiError(message, param="logprobs", code="unsupported_value")
        self._model.check(request)

    def _answer(self, request: SolveRequest) -> AsyncGenerator[Event, None]:
        read = partial(read_calls, template=self._model.template, tools=request.tools) if request.functions else None
        generate = self._model.generate(request, self._settings.form)
        tags = self._model.thought_tags
        return iter_answer(request.turns, generate, request.max_tokens, read, tools=request.tools, tags=tags)

    async def _solve(
        self, request: SolveRequest, run: Execute | None, rounds: int | None
    ) -> AsyncGenerator[Event, None]:
        settings, session = self._settings, f"solve-{uuid.uuid4().hex}"
        budget = settings.budget(request.max_tokens)
        if rounds is not None:
            budget = replace(budget, rounds=rounds)
        generate = self._model.generate(request, settings.form)
        mine = partial(self._interpreter.arun, session=session)
        try:
            tags = self._model.thought_tags
            solve = iter_solve(
                request.turns, generate, run or mine, budget, settings.form, tools=request.tools, tags=tags
            )
            async with aclosing(solve) as events:
                async for event in events:
                    yield event
        finally:
            if run is None:
                # Waits for a program to be stopped, so not here on the event loop.
                asyncio.get_running_loop().run_in_executor(None, self._interpreter.end_session, session)
