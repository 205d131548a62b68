"""Runs the programs of trajectories: those of one in one session and in order, equal ones once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Protocol

from ...records import Execution
from .proof import Circumstances, key_of

__all__ = ["Executions", "Kept", "RunAll", "Runs"]

Runs = list[tuple[Execution, ...]]
RunAll = Callable[[Sequence[str]], Sequence[Execution]]


class Kept(Protocol):
    """Where runs are kept; used by several threads."""

    def find_runs(self, key: str) -> Runs: ...

    def keep_runs(self, key: str, runs: Runs) -> None: ...


class Executions:
    """``run`` from any thread; trajectories with the same programs share their executions.

    Attributes:
        ran: how often programs of a trajectory were run; ``shared``: how often they had been before.
    """

    def __init__(self, run: RunAll, kept: Kept, circumstances: Circumstances) -> None:
        self._run, self._kept, self._circumstances = run, kept, circumstances
        self._lock = threading.Lock()
        self._busy: dict[str, tuple[threading.Lock, int]] = {}
        self.ran = self.shared = 0

    def run(self, programs: Sequence[str], times: int = 1) -> Runs:
        """What the programs did, so many times; ``Execution.ms`` is 0, as it is stored.

        No more than asked for, so that a row says the same of itself whichever rows came before it.
        """
        key = key_of(tuple(programs), self._circumstances)
        with self._alone(key):
            runs = self._kept.find_runs(key)
            missing = max(0, times - len(runs))
            if missing:
                runs += [self._once(programs) for _ in range(missing)]
                self._kept.keep_runs(key, runs)
        with self._lock:
            self.ran += missing
            self.shared += not missing
        return runs[:times]

    def _once(self, programs: Sequence[str]) -> tuple[Execution, ...]:
        return tuple(replace(execution, ms=0.0) for execution in self._run(programs))

    @contextmanager
    def _alone(self, key: str) -> Iterator[None]:
        """Hold a key, so that whoever has the same programs waits for their result."""
        with self._lock:
            lock, users = self._busy.get(key, (threading.Lock(), 0))
            self._busy[key] = lock, users + 1
        try:
            with lock:
                yield
        finally:
            with self._lock:
                lock, users = self._busy.pop(key)
                if users > 1:
                    self._busy[key] = lock, users - 1
