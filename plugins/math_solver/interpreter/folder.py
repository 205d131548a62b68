"""The working folder of a session as the host sees it: what lies in it was put there by hostile programs.

Files are reached by one name in an open folder, never by a path, and only plain files that belong to the folder's
owner count: what a program links, nests or hides is not there.
"""

from __future__ import annotations

import errno
import os
import secrets
import stat
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice

from .scratch import ScratchWatch

__all__ = ["File", "Folder", "FolderFull", "is_file_name"]

_ENTRIES = 4096  # looked at; a program cannot make as many
_NAME_BYTES = 255
_UNWRITABLE = frozenset({"Cc", "Cs", "Zl", "Zp"})  # control characters, half surrogate pairs, breaks of lines
_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_SHORTAGE = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOMEM})  # which says nothing of a file
_CHUNK = 1 << 20


class FolderFull(OSError):
    """The folder has no room for a file."""


@dataclass(frozen=True)
class File:
    """A file: its size in bytes, and when it was last changed, in nanoseconds since 1970.

    Two are equal only if nobody has written to the file in between: programs cannot set its time.
    """

    name: str
    size: int
    changed: int
    inode: int


def is_file_name(name: str) -> bool:
    """Whether a file of a session can have this name: one that can be written in a line, and means no folder."""
    if not name or name in (".", "..") or "/" in name:
        return False
    if any(unicodedata.category(character) in _UNWRITABLE for character in name):
        return False
    return len(name.encode()) <= _NAME_BYTES


class Folder:
    """One folder, by a descriptor that the caller closes; ``watch`` where the kernel does not bound it.

    Every method takes its names and bytes as they are at that moment; a program may change them meanwhile.
    """

    def __init__(self, fd: int, size: int, watch: ScratchWatch | None = None) -> None:
        self._fd, self._size, self._watch = fd, size, watch
        self._owner = os.fstat(fd)

    def files(self) -> list[File]:
        """The plain files in it, but not those in folders of its own; by their names."""
        with os.scandir(self._fd) as entries:
            names = [entry.name for entry in islice(entries, _ENTRIES)]
        found = (self._look(name) for name in sorted(names) if is_file_name(name))
        return [file for file in found if file is not None]

    def read(self, name: str) -> bytes | None:
        """What a file holds; ``None`` where there is no plain file of that name."""
        with self._opened(name) as fd:
            return None if fd is None else _read_all(fd, self._size)

    def write(self, name: str, data: bytes) -> File:
        """Put a file there at once, in place of one of that name.

        Raises:
            FolderFull: it does not fit.
            IsADirectoryError: a program has made a folder of that name.
            ValueError: no file can have that name.
        """
        if not is_file_name(name):
            raise ValueError(f"no file can be named {name!r}")
        unfinished = f".{secrets.token_hex(16)}"
        try:
            status = self._fill(unfinished, data)
            os.replace(unfinished, name, src_dir_fd=self._fd, dst_dir_fd=self._fd)
        except OSError as error:
            if error.errno in _FULL:
                raise FolderFull(error.errno, os.strerror(error.errno)) from error
            raise
        finally:
            with suppress(FileNotFoundError):
                os.unlink(unfinished, dir_fd=self._fd)
        return _file(name, status)

    def remove(self, name: str) -> bool:
        """Remove a plain file; whether there was one."""
        if self._look(name) is None:
            return False
        with suppress(FileNotFoundError):
            os.unlink(name, dir_fd=self._fd)
        return True

    def _look(self, name: str) -> File | None:
        with self._opened(name) as fd:
            return None if fd is None else _file(name, os.fstat(fd))

    @contextmanager
    def _opened(self, name: str) -> Iterator[int | None]:
        """A descriptor of a plain file that can be read; ``None`` for anything else."""
        fd = self._open(name) if is_file_name(name) else None
        try:
            yield fd if fd is not None and self._is_plain(os.fstat(fd)) else None
        finally:
            if fd is not None:
                os.close(fd)

    def _open(self, name: str) -> int | None:
        try:
            # Before it is opened: to open a device may do something.
            if not self._is_plain(os.stat(name, dir_fd=self._fd, follow_symlinks=False)):
                return None
            return os.open(name, _READ, dir_fd=self._fd)
        except OSError as error:
            if error.errno in _SHORTAGE:
                raise
            return None  # gone meanwhile, or its program wants nobody to read it

    def _is_plain(self, status: os.stat_result) -> bool:
        """A file of one name, in this file system, that belongs to the owner of the folder, of a possible size."""
        return (
            stat.S_ISREG(status.st_mode)
            and status.st_nlink == 1
            and (status.st_dev, status.st_uid) == (self._owner.st_dev, self._owner.st_uid)
            and status.st_size <= self._size
        )

    def _fill(self, name: str, data: bytes) -> os.stat_result:
        if len(data) > self._size:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
        fd = os.open(name, _NEW, 0o644, dir_fd=self._fd)
        try:
            if self._owner.st_uid != os.geteuid():
                os.fchown(fd, self._owner.st_uid, self._owner.st_gid)
            view = memoryview(data)
            while view:
                view = view[os.write(fd, view[:_CHUNK]) :]
            if self._watch is not None and self._watch.exceeded():
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return os.fstat(fd)
        finally:
            os.close(fd)


def _file(name: str, status: os.stat_result) -> File:
    return File(name, status.st_size, status.st_mtime_ns, status.st_ino)


def _read_all(fd: int, most: int) -> bytes:
    """At most ``most`` bytes, however fast a program appends."""
    data = bytearray()
    while len(data) < most and (chunk := os.read(fd, min(_CHUNK, most - len(data)))):
        data += chunk
    return bytes(data)
