"""Pools of threads that a program leaves open: its end waits for their work, not for their threads.

A script's end tells the threads to stop; here a later cell may still use the pool.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterable
from typing import Any
from weakref import ref

from .importing import Around, then

__all__ = ["POOLS", "forget", "threads", "wait"]

_futures: set[ref[Any]] = set()


class _Forgotten:
    """Whether there was work that nobody waits for any more."""

    any = False


def threads() -> Iterable[threading.Thread]:
    """The threads of all pools."""
    module = sys.modules.get("concurrent.futures.thread")
    return [] if module is None else list(module._threads_queues)


def wait() -> None:
    """Wait until the pools have no work."""
    while pending := [future for each in _futures.copy() if (future := each()) is not None and not future.done()]:
        sys.modules["concurrent.futures"].wait(pending)


def forget() -> None:
    """Have nobody wait for the work that there is now, nor for what daemons submit from now on."""
    _Forgotten.any = True
    _futures.clear()


def _remember_work(module: Any) -> None:
    class WorkItem(module._WorkItem):  # type: ignore[misc]
        def __init__(self, future: Any, *rest: Any) -> None:
            super().__init__(future, *rest)
            if not (_Forgotten.any and threading.current_thread().daemon):
                _futures.add(ref(future, _futures.discard))

    module._WorkItem = WorkItem


POOLS: dict[str, Around] = {"concurrent.futures.thread": then(_remember_work)}
