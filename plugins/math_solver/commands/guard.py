"""Runs a command that ends with whoever started it, by ``kill -9`` too, and all that it started with it.

    python -m math_solver.commands.guard LOCK PID COMMAND...

The lock is shared by all commands of one starter until they have ended, so that another run can wait for that
(``wait_for_ended``). Not guaranteed: that a command ends whose guard is killed itself.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import FrameType

from ..records import RecordError

__all__ = ["guarded", "wait_for_ended"]

GRACE = 30.0  # seconds to end in order
LOOK = 0.2  # seconds between two looks at whether the command is to end
_PR_SET_PDEATHSIG = 1
_ENDS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


def guarded(lock: Path) -> list[str]:
    """The words that go before a command of this process."""
    return [sys.executable, "-m", __name__, str(lock), str(os.getpid())]


def wait_for_ended(lock: Path, seconds: float = 60.0) -> None:
    """Wait for what an earlier run started and was killed before.

    Raises:
        RecordError: it does not end.
    """
    deadline = time.monotonic() + seconds
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("ab") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise RecordError(f"{lock}: what an earlier run started does not end; stop it") from None
                time.sleep(0.1)


def main(lock: str, starter: str, *words: str) -> int:
    """Run the command and return its exit code, 128 and the signal's number where one ended it."""
    ends: list[int] = []  # signals that came; a handler that raised could do so before the command is known

    def note(number: int, frame: FrameType | None) -> None:
        ends.append(number)

    for number in _ENDS:
        if number == signal.SIGTERM or signal.getsignal(number) != signal.SIG_IGN:  # nohup ignores SIGHUP
            signal.signal(number, note)
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != int(starter):  # gone before it could be asked for
        return 128 + signal.SIGTERM
    with open(lock, "ab") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        return _run(words, ends)


def _run(words: Sequence[str], ends: Sequence[int]) -> int:
    process = subprocess.Popen(words, start_new_session=True)
    while not ends:
        with suppress(subprocess.TimeoutExpired):
            code = process.wait(LOOK)
            return code if code >= 0 else 128 - code
    _stop(process)
    return 128 + signal.SIGTERM


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the command and its children: in order, and after the grace with force."""
    os.killpg(process.pid, signal.SIGTERM)
    with suppress(subprocess.TimeoutExpired):
        process.wait(GRACE)
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    process.wait()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
