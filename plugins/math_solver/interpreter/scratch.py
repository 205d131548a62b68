"""Watches a scratch folder that no mount bounds."""

from __future__ import annotations

import errno
import os
import time

__all__ = ["ScratchWatch"]

_ENTRIES = 1000
_EVERY = 0.05


class ScratchWatch:
    """Tells when a folder holds more than it may.

    Not guaranteed: that it never holds more; between two looks a program may write on.
    """

    def __init__(self, folder: str, size: int) -> None:
        self._folder, self._size = folder, size
        self._next = 0.0

    def due(self) -> bool:
        """Whether it is time for another look."""
        now = time.monotonic()
        if now < self._next:
            return False
        self._next = now + _EVERY
        return True

    def exceeded(self) -> bool:
        """Whether the folder holds more bytes or entries than it may."""
        total = entries = 0
        folders = [self._folder]
        while folders:
            try:
                with os.scandir(folders.pop()) as found:
                    for entry in found:
                        entries += 1
                        if entry.is_dir(follow_symlinks=False):
                            folders.append(entry.path)
                        total += entry.stat(follow_symlinks=False).st_blocks * 512
                        if total > self._size or entries > _ENTRIES:
                            return True
            except (FileNotFoundError, NotADirectoryError):
                continue  # the program removes files meanwhile
            except PermissionError:
                return True  # a folder that hides what it holds
            except OSError as error:
                if error.errno != errno.ENAMETOOLONG:
                    raise
                return True  # so deep that it can only be meant to hide something
        return False
