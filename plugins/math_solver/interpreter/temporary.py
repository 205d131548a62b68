"""The temporary folder of a warm server, locked by whoever uses it: a later start knows which ones nobody does.

The lock is ``flock`` on the folder itself. It ends with the last process that has the descriptor, however that process
ends, and unlike a process id it is nobody else's afterwards.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import tempfile
from collections.abc import Iterator
from itertools import islice

from .sandbox.folders import empty_open_folder

__all__ = ["remove_stale", "temporary_folder"]

_PREFIX = "math_solver-interpreter-"  # folders of other names are not known to be locked
_MOST = 1000  # removed at one start
_OPEN = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


@contextlib.contextmanager
def temporary_folder() -> Iterator[tuple[str, int]]:
    """A new folder that others may pass through, and the descriptor with its lock; removed afterwards.

    Where it cannot be removed now, a later start does.
    """
    path, lock = _make()
    try:
        yield path, lock
    finally:
        with contextlib.suppress(OSError):
            _remove(path, lock)
        os.close(lock)


def remove_stale() -> None:
    """Remove this user's folders whose processes were all killed; never one in use, nor what a link leads to."""
    with contextlib.suppress(OSError):
        with os.scandir(tempfile.gettempdir()) as entries:
            ours = (entry.path for entry in entries if entry.name.startswith(_PREFIX))
            found = list(islice(ours, _MOST))
        for path in found:
            with contextlib.suppress(OSError):
                _remove_unused(path)


def _make() -> tuple[str, int]:
    while True:
        path = tempfile.mkdtemp(prefix=_PREFIX)
        lock = os.open(path, _OPEN)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if _is_at(path, lock):
                os.fchmod(lock, 0o711)
                return path, lock
        except BaseException:
            os.close(lock)
            raise
        os.close(lock)  # another start took it for a stale one before it was locked


def _remove_unused(path: str) -> None:
    lock = os.open(path, _OPEN)
    try:
        if os.fstat(lock).st_uid == os.geteuid():
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _is_at(path, lock):
                _remove(path, lock)
    finally:
        os.close(lock)


def _remove(path: str, lock: int) -> None:
    with contextlib.suppress(FileNotFoundError):
        empty_open_folder(lock)
        os.rmdir(path)


def _is_at(path: str, fd: int) -> bool:
    """Whether an open folder is the one of that name still."""
    try:
        return os.path.samestat(os.lstat(path), os.fstat(fd))
    except FileNotFoundError:
        return False
