"""The host's end of one child: it sends programs, reads hostile bytes, and kills.

Everything read here was written by a process that may be under the control of the program it ran: lengths
are capped, JSON is parsed strictly, and a reply that is not one ends the child.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from .errors import InterpreterError
from .limits import Limits
from .sandbox.wire import HEADER, WireError, pack, parse
from .scratch import ScratchWatch

__all__ = ["Reply", "Child"]

_FRAME_CAP = 8 << 20
_CHUNK = 1 << 16
_BUSY = 1 << 15  # a read of this much means that more is on its way
# Between looks at the output: a wake-up for each print would cost more than the print. It grows while nothing comes.
_PAUSE, _LONGEST_PAUSE = 0.005, 0.04
_READY_SECONDS = 30.0
_FOREVER = 1 << 62
_STATUSES = ("ok", "error", "memory")
_UNSUITED = "unsuited"  # what a light child says of programs that it was asked about
_FIELDS = ("status", "value", "error", "pictures")

End = Literal["reply", "unsuited", "timeout", "output_limit", "scratch_limit", "died", "broken", "cancelled"]


@dataclass(frozen=True)
class Reply:
    """How a call ended, and what came back; ``alive`` says whether the child can run another.

    ``pictures`` are what the child says they are: see ``read_pictures``. ``folder`` is where it ran.
    """

    end: End
    alive: bool
    output: bytes
    status: str = ""
    value: str | None = None
    error: str | None = None
    pictures: object = ()
    folder: str = ""


class _Call:
    """One call: bytes still to send, bytes received, and how it ends."""

    def __init__(self, name: int, code: str, suited: Sequence[str], cap: int) -> None:
        self.name, self.cap, self.kept = name, cap, cap
        self.asked = bool(suited)
        self.unsent = memoryview(pack({"id": name, "code": code} | ({"suited": suited} if suited else {})))
        self.output = bytearray()
        self.frame = bytearray()
        self.end: End | None = None
        self.reply: dict[str, Any] = {}

    def feed(self, data: bytes) -> None:
        """Take in bytes of the result pipe; sets ``end`` once they are a reply or cannot become one."""
        self.frame += data
        size = int.from_bytes(self.frame[:HEADER], "big") if len(self.frame) >= HEADER else None
        if size is None:
            return
        if size > _FRAME_CAP or len(self.frame) > HEADER + size:
            self.end = "broken"
        elif len(self.frame) == HEADER + size:
            self._accept()

    def _accept(self) -> None:
        try:
            reply = parse(bytes(self.frame[HEADER:]))
        except WireError:
            self.end = "broken"
            return
        if self.asked and reply == {"id": self.name, "status": _UNSUITED}:
            self.end = "unsuited"
            return
        texts = (reply.get("value"), reply.get("error"))
        known = reply.get("id") == self.name and reply.get("status") in _STATUSES
        if known and all(text is None or isinstance(text, str) for text in texts):
            self.end, self.reply = "reply", reply
        else:
            self.end = "broken"


class Child:
    """A confined child, one program at a time; ``scratch`` is watched where the kernel does not bound it.

    A ``light`` one has no SymPy; ``folder`` is where it runs.
    """

    def __init__(
        self,
        generation: int,
        name: int,
        fds: list[int],
        scratch: ScratchWatch | None,
        folder: str = "",
        *,
        light: bool = False,
    ) -> None:
        self.generation, self.name, self.folder, self.light = generation, name, folder, light
        self._request, self._output, self._result, self._pidfd = fds
        self.scratch = scratch
        self._calls = 0
        self._lock = threading.Lock()
        self._open = True
        self._frozen = self._cancelled = False
        for fd in fds[:3]:
            os.set_blocking(fd, False)

    def wait_ready(self) -> bool:
        """Wait until the child is confined; whether it is.

        Raises:
            InterpreterError: it neither came up nor ended.
        """
        poll = select.poll()
        poll.register(self._result, select.POLLIN)
        hello = bytearray()
        until = time.monotonic() + _READY_SECONDS
        while len(hello) < len(_HELLO):
            if not poll.poll(max(0.0, until - time.monotonic()) * 1000):
                raise InterpreterError(f"a child was not ready within {_READY_SECONDS:.0f} s")
            data = os.read(self._result, len(_HELLO) - len(hello))
            if not data:
                return False
            hello += data
        return hello == _HELLO

    @property
    def fresh(self) -> bool:
        """Whether it was sent nothing yet."""
        return not self._calls

    def execute(self, code: str, limits: Limits, suited: Sequence[str] = ()) -> Reply:
        """Run one program until its reply, its deadline or its death, whichever is first.

        A light child is asked first whether ``suited`` may all run in it; ``unsuited`` if not, and nothing was run.
        """
        self._thaw()
        self._calls += 1
        call = _Call(self._calls, code, suited, limits.output_bytes)
        self._drain(call)  # what threads of an earlier call printed since
        call.output.clear()
        self._converse(call, time.monotonic() + limits.timeout)
        alive = call.end == "reply"
        if call.end in ("timeout", "output_limit"):
            alive = self._interrupt(call, limits)
        self._drain(call)
        if call.end == "reply" and len(call.output) > call.cap:
            call.end = "output_limit"
        if call.end == "unsuited" and call.output:
            call.end = "broken"  # a program has run, and says so in place of the child
        if call.end == "reply" and self.scratch is not None and self.scratch.exceeded():
            call.end, alive = "scratch_limit", False
        output = bytes(call.output[: call.cap])
        return Reply(call.end or "died", alive, output, folder=self.folder, **_said(call))

    def freeze(self) -> None:
        """Stop the child between calls, whatever threads a program left in it."""
        self._frozen = True
        self.signal(signal.SIGSTOP)

    def cancel(self) -> None:
        """End a call that another thread waits for."""
        self._cancelled = True
        self.signal(signal.SIGKILL)

    def signal(self, number: int) -> None:
        """Send a signal to the child, if it still lives."""
        with self._lock:
            if self._open:
                with contextlib.suppress(ProcessLookupError):
                    signal.pidfd_send_signal(self._pidfd, number)

    def kill(self) -> None:
        """Kill the child and close its pipes; returns at once, idempotent."""
        self.signal(signal.SIGKILL)
        with self._lock:
            if self._open:
                self._open = False
                for fd in (self._request, self._output, self._result, self._pidfd):
                    os.close(fd)

    def dead(self, seconds: float = 0.0) -> bool:
        """Whether the process has ended, waiting up to ``seconds`` for it."""
        poll = select.poll()
        poll.register(self._pidfd, select.POLLIN)
        return bool(poll.poll(seconds * 1000))

    def pid(self) -> int:
        """The child's process id as this process sees it; -1 once it has ended."""
        with open(f"/proc/self/fdinfo/{self._pidfd}", encoding="ascii") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("Pid:"))

    def _thaw(self) -> None:
        if self._frozen:
            self._frozen = False
            self.signal(signal.SIGCONT)

    def _converse(self, call: _Call, deadline: float) -> None:
        """Move bytes both ways until ``call.end`` is set."""
        busy, pause = True, _PAUSE
        while call.end is None:
            left = deadline - time.monotonic()
            if left <= 0:
                call.end = "timeout"
                return
            ready = self._poll(call, left if busy and self.scratch is None else min(left, pause), busy)
            if self._result in ready:
                self._receive(call)
            if self._request in ready:
                self._send(call)
            size = self._read_output(call) if self._output in ready or not busy else 0
            busy, pause = size >= _BUSY, _PAUSE if size else min(pause * 2, _LONGEST_PAUSE)
            if call.end is None and len(call.output) > call.cap:
                call.end = "output_limit"
            if call.end is None and self.scratch is not None and self.scratch.due() and self.scratch.exceeded():
                call.end = "scratch_limit"

    def _poll(self, call: _Call, wait: float, busy: bool) -> set[int]:
        poll = select.poll()
        poll.register(self._result, select.POLLIN)
        if call.unsent:
            poll.register(self._request, select.POLLOUT)
        if busy:
            poll.register(self._output, select.POLLIN)
        return {fd for fd, _ in poll.poll(wait * 1000)}

    def _send(self, call: _Call) -> None:
        try:
            call.unsent = call.unsent[os.write(self._request, call.unsent) :]
        except BlockingIOError:
            return
        except BrokenPipeError:
            call.unsent = memoryview(b"")
            call.end = call.end or "died"

    def _receive(self, call: _Call) -> None:
        try:
            data = os.read(self._result, _CHUNK)
        except BlockingIOError:
            return
        if data:
            call.feed(data)
        else:
            call.end = "cancelled" if self._cancelled else "died"

    def _interrupt(self, call: _Call, limits: Limits) -> bool:
        """Ask the program to stop; whether it did so within the grace."""
        why, call.end = call.end, None
        shown = bytes(call.output[: call.cap])
        call.cap = _FOREVER
        self.signal(signal.SIGINT)
        self._converse(call, time.monotonic() + limits.grace)
        alive = call.end == "reply"
        call.end, call.cap = why, call.kept
        if why == "output_limit":
            call.output[:] = shown
        return alive

    def _read_output(self, call: _Call) -> int:
        try:
            data = os.read(self._output, _CHUNK)
        except BlockingIOError:
            return 0
        if len(call.output) <= call.kept:
            call.output += data
        return len(data)

    def _drain(self, call: _Call) -> None:
        """Read what lies in the pipe, and no more than it can hold however fast it is filled."""
        for _ in range(64):
            if len(call.output) > call.cap or not self._read_output(call):
                return


_HELLO = pack({"id": 0})


def _said(call: _Call) -> dict[str, Any]:
    return {name: call.reply[name] for name in _FIELDS if name in call.reply} if call.end == "reply" else {}
