"""Remove what a program left behind."""

from __future__ import annotations

import errno
import os
import stat
from itertools import count

__all__ = ["empty_folder", "empty_open_folder"]


def empty_folder(folder: str) -> None:
    """Remove what lies in ``folder``, however deep, without recursion and without following links."""
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        empty_open_folder(fd)
    finally:
        os.close(fd)


def empty_open_folder(fd: int) -> None:
    """``empty_folder`` for a folder that is open."""
    names = count()
    while entries := os.listdir(fd):
        for entry in entries:
            _remove_or_flatten(fd, entry, names)


def _remove_or_flatten(fd: int, entry: str, names: count[int]) -> None:
    """Unlink a file; of a folder, move what it holds one level up and remove it."""
    if not stat.S_ISDIR(os.stat(entry, dir_fd=fd, follow_symlinks=False).st_mode):
        os.unlink(entry, dir_fd=fd)
        return
    os.chmod(entry, 0o700, dir_fd=fd)
    inner = os.open(entry, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=fd)
    try:
        for name in os.listdir(inner):
            try:
                os.rename(name, f"\n{next(names)}", src_dir_fd=inner, dst_dir_fd=fd)
            except OSError as error:
                if error.errno not in (errno.EEXIST, errno.ENOTEMPTY, errno.EISDIR, errno.ENOTDIR):
                    raise
    finally:
        os.close(inner)
    try:
        os.rmdir(entry, dir_fd=fd)
    except OSError as error:
        if error.errno != errno.ENOTEMPTY:
            raise
