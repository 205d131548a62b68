"""Make the standard library work in a process that has no sockets, no children and no rights to change.

An event loop wakes itself through a pair of sockets, for which a pipe does as well. Locks that processes share live in
files of shared memory; with one process, those of its threads are the same. Files are copied without their modes,
which nobody may set here. What starts a process is still refused.
"""

from __future__ import annotations

import errno
import os
import pwd  # noqa: F401 built in, so it can only be changed once it is there
import threading
from functools import partial
from types import SimpleNamespace
from typing import Any, NoReturn

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

    class Semaphore(threading.Semaphore):
        """With what queues ask of the semaphore beneath a semaphore."""

        _value: int

        def get_value(self) -> int:
            return self._value

        @property
        def _semlock(self) -> Any:
            return SimpleNamespace(_get_value=self.get_value, _is_zero=lambda: not self._value)

    class BoundedSemaphore(Semaphore, threading.BoundedSemaphore):
        """Queues let so many in with one."""

    kinds = {name: getattr(threading, name) for name in ("Lock", "RLock", "Condition", "Event", "Barrier")}
    for name, kind in {**kinds, "Semaphore": Semaphore, "BoundedSemaphore": BoundedSemaphore}.items():
        setattr(module, name, of_threads(kind))


def _share_in_scratch(module: Any) -> None:
    """Keep ``multiprocessing.Value`` in a file of the program's own folder; there is no folder of shared memory."""
    module.Arena._dir_candidates = []


def _pipe_both_ways(module: Any) -> None:
    """Make a connection for both ways of two pipes, for want of a pair of sockets."""
    one_way = module.Pipe

    class Connection(module.Connection):  # type: ignore[misc]
        def __init__(self, reader: Any, writer: Any) -> None:
            super().__init__(os.dup(reader.fileno()))
            reader.close()
            self._writer = writer

        def _send_bytes(self, data: Any) -> None:
            self._writer._send_bytes(data)

        def _close(self) -> None:
            self._writer.close()
            super()._close()

    def make(duplex: bool = True) -> tuple[Any, Any]:
        (first, to_first), (second, to_second) = one_way(False), one_way(False)
        if duplex:
            return Connection(first, to_second), Connection(second, to_first)
        second.close()
        to_second.close()
        return first, to_first

    module.Pipe = make


def _share_memory_in_scratch(module: Any) -> None:
    """Keep blocks of shared memory in the program's own folder, under names that do not differ from run to run."""
    from multiprocessing import resource_tracker

    module._posixshmem = SimpleNamespace(
        shm_open=lambda name, flags, mode: os.open(f".{name.strip('/')}", flags, mode),
        shm_unlink=lambda name: os.unlink(f".{name.strip('/')}"),
    )
    module.secrets = SimpleNamespace(token_hex=lambda size: next(_names)[: 2 * size])
    vars(resource_tracker).update(register=_forget, unregister=_forget)


def _forget(name: str, kind: str) -> None:
    """A process that removes what is left over: the folder is removed as a whole."""


_names = (f"{number:08x}" for number in range(1 << 32))


def _copy_without_modes(module: Any) -> None:
    def keep(source: Any, target: Any, *, follow_symlinks: bool = True) -> None:
        """Who may use the copy, and when it was changed, stays as it is."""

    module.copymode = module.copystat = keep


def _make_without_modes(module: Any) -> None:
    module._Database._chmod = lambda database, file: None


def _name_the_user(module: Any) -> None:
    """The user of a program is another one each time, and has no name."""
    module.getuser = lambda: "user"


def _house_the_user(module: Any) -> None:
    """The user of a program lives in its folder, where ``~`` leads."""
    find = module.getpwuid

    def getpwuid(uid: Any, /) -> Any:
        if uid != os.getuid():
            return find(uid)
        return module.struct_passwd(("user", "x", uid, os.getgid(), "", ".", ""))

    module.getpwuid = getpwuid


def _name_alike(module: Any) -> None:
    """Give temporary files the same names in every run: nobody else makes any in a program's folder."""
    module._Random = partial(module._Random, 0)


def _tell_no_time(module: Any) -> None:
    """Have a test run take no time, so that its report is the same each time."""
    module.time = SimpleNamespace(perf_counter=lambda: 0.0)


def _refuse_shells(module: Any) -> None:
    """``os.system`` only has a status to say that there is no shell, which nobody looks at."""

    def system(command: Any) -> NoReturn:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    module.system = system


ALONE: dict[str, Around] = {
    "asyncio.selector_events": then(_wake_by_pipe),
    "getpass": then(_name_the_user),
    "dbm.dumb": then(_make_without_modes),
    "multiprocessing.connection": then(_pipe_both_ways),
    "multiprocessing.heap": then(_share_in_scratch),
    "multiprocessing.shared_memory": then(_share_memory_in_scratch),
    "multiprocessing.synchronize": then(_share_with_threads),
    "pwd": then(_house_the_user),
    "os": then(_refuse_shells),
    "tempfile": then(_name_alike),
    "shutil": then(_copy_without_modes),
    "unittest.runner": then(_tell_no_time),
}
