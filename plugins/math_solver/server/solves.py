"""The solves in progress: each with its own session of the interpreter, bounded in number."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing, contextmanager
from dataclasses import replace
from functools import partial
from typing import Any

from ..interpreter import Interpreter
from ..solving.loop import Event, Execute, iter_answer, iter_solve
from .models.batching.batcher import Batcher
from .models.engine import generate_for
from .models.template_calls import read_calls, thought_tags
from .settings import Settings
from .solve_request import SolveRequest
from .web.errors import ApiError
from .web.metrics import Metrics

__all__ = ["Solves"]


class Solves:
    """Starts solves on one model and one interpreter, at most ``settings.max_sessions`` at a time."""

    def __init__(
        self, chat_model: Any, settings: Settings, interpreter: Interpreter, batcher: Batcher | None = None
    ) -> None:
        self._chat_model, self._settings, self._interpreter = chat_model, settings, interpreter
        self.batcher = batcher
        self.active = 0
        self.metrics = Metrics(lambda: self.active, lambda: len(interpreter.sessions))

    def check_room(self, count: int = 1) -> None:
        """Raise 429 when so many solves more would be too many."""
        if self.active + count > self._settings.max_sessions:
            raise ApiError("All solving sessions are in use; try again later.", status=429, code="sessions_in_use")

    @contextmanager
    def room(self, count: int = 1) -> Iterator[None]:
        """The places of so many solves; raise 429 when there are not as many."""
        self.check_room(count)
        self.active += count
        try:
            yield
        finally:
            self.active -= count

    async def events(
        self, request: SolveRequest, *, run: Execute | None = None, rounds: int | None = None
    ) -> AsyncGenerator[Event, None]:
        """The events of one solve, in a place of ``room``; closing the iterator stops its generation and its program.

        Programs run in a session of the solve's own, unless ``run`` says where.
        """
        parts = self._solve(request, run, rounds) if request.interpreter else self._answer(request)
        async with aclosing(self.metrics.watch(parts)) as events:
            async for event in events:
                yield event

    def _answer(self, request: SolveRequest) -> AsyncGenerator[Event, None]:
        template = self._chat_model.engine.template
        read = partial(read_calls, template=template) if request.functions else None
        generate = generate_for(self._chat_model, request, self._settings.form, self.batcher)
        return iter_answer(request.turns, generate, request.max_tokens, read, tags=thought_tags(template))

    async def _solve(
        self, request: SolveRequest, run: Execute | None, rounds: int | None
    ) -> AsyncGenerator[Event, None]:
        settings, session = self._settings, f"solve-{uuid.uuid4().hex}"
        budget = settings.budget(request.max_tokens)
        if rounds is not None:
            budget = replace(budget, rounds=rounds)
        generate = generate_for(self._chat_model, request, settings.form, self.batcher)
        tools = {function["name"] for function in request.functions}
        mine = partial(self._interpreter.arun, session=session)
        try:
            tags = thought_tags(self._chat_model.engine.template)
            solve = iter_solve(request.turns, generate, run or mine, budget, settings.form, tools=tools, tags=tags)
            async with aclosing(solve) as events:
                async for event in events:
                    yield event
        finally:
            if run is None:
                # Waits for a program to be stopped, so not here on the event loop.
                asyncio.get_running_loop().run_in_executor(None, self._interpreter.end_session, session)
