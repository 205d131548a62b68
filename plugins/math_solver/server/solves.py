"""The solves in progress: each with its own session of the interpreter, bounded in number."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncGenerator
from contextlib import aclosing
from functools import partial
from typing import Any

from ..interpreter import Interpreter
from ..solving import Event, iter_solve
from .chat_request import SolveRequest
from .engine import EngineGenerate
from .errors import ApiError
from .settings import Settings

__all__ = ["Solves"]


class Solves:
    """Starts solves on one model and one interpreter, at most ``settings.max_sessions`` at a time."""

    def __init__(self, chat_model: Any, settings: Settings, interpreter: Interpreter) -> None:
        self._chat_model, self._settings, self._interpreter = chat_model, settings, interpreter
        self.active = 0

    def check_room(self) -> None:
        """Raise 429 when one more solve would be too many."""
        if self.active >= self._settings.max_sessions:
            raise ApiError("All solving sessions are in use; try again later.", status=429, code="sessions_in_use")

    async def events(self, request: SolveRequest) -> AsyncGenerator[Event, None]:
        """The events of one solve; closing the iterator stops its generation and its program."""
        self.check_room()
        session = f"solve-{uuid.uuid4().hex}"
        generate = EngineGenerate(self._chat_model, request.system, self._settings.form, request.sampling)
        run = partial(self._interpreter.arun, session=session)
        budget = self._settings.budget(request.max_tokens)
        self.active += 1
        try:
            async with aclosing(iter_solve(request.turns, generate, run, budget, self._settings.form)) as events:
                async for event in events:
                    yield event
        finally:
            self.active -= 1
            # Waits for a program to be stopped, so not here on the event loop.
            asyncio.get_running_loop().run_in_executor(None, self._interpreter.end_session, session)
