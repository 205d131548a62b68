"""Programs of a solution, from the ledger where they ran before, else in a session as in serving."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, replace
from typing import Any

from ..disk import parse_json
from ..records import Execution, read_record
from .ledger import Ledger

__all__ = ["RunIn", "Runner"]

RunIn = Callable[[str, str], Awaitable[Execution]]
"""Runs a program in the session of that name."""
_LOST = "SessionLost"


class Runner:
    """``run`` of the solving loop for one solution.

    What a program did is kept, so that a run that goes on asks what the first one asked, whatever a clock or a
    crowded machine would make of a second execution. The variables of programs that did not run here are made anew
    only when a further program needs them.

    Args:
        turn: names the request whose answer calls the program.
        versions: of what decides what a program prints; with others it is run again.
    """

    def __init__(
        self, run: RunIn, session: str, ledger: Ledger, turn: Callable[[], str], versions: Mapping[str, Any]
    ) -> None:
        self._run, self._session, self._ledger = run, session, ledger
        self._turn, self._versions = turn, versions
        self._behind: list[str] = []  # programs whose variables this session lacks
        self._before: list[str] = []

    async def __call__(self, code: str) -> Execution:
        key = self._key(code)
        kept = await self._ledger.execution(key)
        if kept is not None:
            self._behind.append(code)
            self._before.append(code)
            return self._parse(kept)
        # The same input must give the same bytes, so that the time it took is not kept.
        execution = replace(await self._execute(code), ms=0.0)
        self._before.append(code)
        await self._ledger.keep(key, json.dumps(asdict(execution)))
        return execution

    def _parse(self, kept: str) -> Execution:
        try:
            return read_record(parse_json(kept), Execution, "")
        except ValueError as error:
            raise self._ledger.damaged("executions.execution") from error

    async def _execute(self, code: str) -> Execution:
        await self._catch_up()
        execution = await self._run(code, self._session)
        if execution.status == "killed" and (execution.error or "").startswith(_LOST):
            self._behind = list(self._before)  # it made room for others; its programs make it again
            await self._catch_up()
            execution = await self._run(code, self._session)
        return execution

    async def _catch_up(self) -> None:
        for program in self._behind:
            await self._run(program, self._session)
        self._behind = []

    def _key(self, code: str) -> str:
        said = json.dumps([self._turn(), code, dict(self._versions)], sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()
