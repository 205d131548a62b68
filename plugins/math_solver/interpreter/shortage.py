"""What the machine has run out of, so that no child can be started: for the log, for health, for whoever asks."""

from __future__ import annotations

import errno
import logging
import resource
import time
from collections.abc import Callable

__all__ = ["Shortage"]

logger = logging.getLogger(__name__)
_QUIET = 60.0  # seconds between two notices


class Shortage:
    """Begins with a refusal of the machine and ends with the next child; each is a line in the log, once a minute.

    One thread begins and ends it; any may read the reason.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._told = -_QUIET
        self._telling = False
        self.reason: str | None = None

    def begin(self, code: int | None, error: str) -> None:
        """The machine refused something: ``code`` is the errno, ``error`` what it said."""
        self.reason = f"{error}; {_remedy(code)}"
        now = self._clock()
        if now - self._told < _QUIET:
            return
        self._told, self._telling = now, True
        logger.error("no program can be run: %s", self.reason)

    def end(self) -> None:
        """There is a child again."""
        if self.reason is None:
            return
        self.reason = None
        telling, self._telling = self._telling, False
        if telling:
            logger.warning("programs can be run again")


def _remedy(code: int | None) -> str:
    """What an operator does about an errno."""
    if code == errno.EMFILE:
        soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
        return f"a process may open {soft} files here: raise that (ulimit -n), or allow fewer sessions and connections"
    if code == errno.ENFILE:
        return "the machine has no more open files for anybody: raise fs.file-max"
    if code == errno.EAGAIN:
        return "the user or the container has no more processes: raise that limit (ulimit -u, pids.max)"
    if code in (errno.ENOMEM, errno.ENOBUFS):
        return "the machine has no memory left: give it more, or allow fewer sessions"
    return "standard error may say more"
