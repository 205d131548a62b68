"""Make asyncio and multiprocessing's threads work in a process that has no sockets and may have no children.

An event loop wakes itself through a pair of sockets, for which a pipe does as well. Locks that processes share live in
files of shared memory; with one process, those of its threads are the same. What starts a process is still refused.
"""

from __future__ import annotations

import os
import threading
from typing import Any

from .importing import Around, then

__all__ = ["ALONE"]


class _PipeEnd:
    """As much of a socket as an event loop asks of the two with which it wakes itself."""

    def __init__(self, descriptor: int) -> None:
        os.set_blocking(descriptor, False)
        self._descriptor = descriptor

    def fileno(self) -> int:
        return self._descriptor

    def setblocking(self, flag: bool) -> None:
        os.set_blocking(self._descriptor, flag)

    def recv(self, size: int) -> bytes:
        return os.read(self._descriptor, size)

    def send(self, data: bytes) -> int:
        return os.write(self._descriptor, data)

    def close(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)
        self._descriptor = -1


def _wake_by_pipe(module: Any) -> None:
    def make_self_pipe(loop: Any) -> None:
        loop._ssock, loop._csock = map(_PipeEnd, os.pipe())
        loop._internal_fds += 1
        loop._add_reader(loop._ssock.fileno(), loop._read_from_self)

    module.BaseSelectorEventLoop._make_self_pipe = make_self_pipe


def _share_with_threads(module: Any) -> None:
    """Give multiprocessing the locks of threads; a context passes itself as ``ctx``."""

    def of_threads(kind: Any) -> Any:
        def make(*values: Any, ctx: Any = None, **named: Any) -> Any:
            return kind(*values, **named)

        return make

    for name in ("Lock", "RLock", "Semaphore", "BoundedSemaphore", "Condition", "Event", "Barrier"):
        setattr(module, name, of_threads(getattr(threading, name)))


def _share_in_scratch(module: Any) -> None:
    """Keep ``multiprocessing.Value`` in a file of the program's own folder; there is no folder of shared memory."""
    module.Arena._dir_candidates = []


ALONE: dict[str, Around] = {
    "asyncio.selector_events": then(_wake_by_pipe),
    "multiprocessing.heap": then(_share_in_scratch),
    "multiprocessing.synchronize": then(_share_with_threads),
}
