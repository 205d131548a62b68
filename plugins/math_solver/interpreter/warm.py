"""The host's end of the two servers: starts them, keeps children ready, and starts both again when one dies.

They are the warm one, which holds SymPy, and the light one, which the warm one forked before it did.
"""

from __future__ import annotations

import contextlib
import errno
import os
import queue
import secrets
import select
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from .child import Child
from .errors import InterpreterClosed, InterpreterError, OutOfResources
from .limits import Limits
from .sandbox.wire import dump, parse
from .scratch import ScratchWatch
from .shortage import Shortage
from .starting import start_server
from .temporary import remove_stale, temporary_folder

__all__ = ["Machine", "WarmServer"]

_START_SECONDS = 60.0
_LASTING = 10.0  # a server that lived as long is not at fault when it dies
_PAUSE, _LONGEST_PAUSE = 0.05, 2.0  # before the next server, doubled for each that did not last
_TELLING = 5.0  # the server reaps a child and answers within this, or is not told from a dead one
_SHORT_OF = frozenset({errno.EMFILE, errno.ENFILE, errno.EAGAIN, errno.ENOMEM, errno.ENOBUFS})
_TRIES = 3  # servers that die before they serve, or children that die before they run anything
_FDS = {"child": 4, "folder": 1}  # that come with a message
_MESSAGE = 65536  # bytes that the longest message of the server could have
_AGAIN = 0.25  # seconds after which a child that could not be started is asked for again
_PATIENCE = 1.2  # seconds that a caller waits while the machine has nothing for a child


class _Line:
    """To one of the two servers: its control socket while there is one, and its children that wait for programs."""

    def __init__(self) -> None:
        self.control: socket.socket | None = None
        self.ready: queue.SimpleQueue[Child] = queue.SimpleQueue()
        self.serving = False
        self.short = False  # the machine had nothing for a child, and there was none since
        self.missing = 0  # children that were asked for and could not be started; the supervisor's
        self.callers = 0  # that wait for a child
        self._lock = threading.Lock()

    def open(self, control: socket.socket) -> None:
        self.missing = 0
        with self._lock:
            self.control, self.serving = control, False

    def close(self) -> None:
        """Let go of the socket and of the children that wait."""
        with self._lock:
            if self.control is not None:
                self.control.close()
            self.control, self.serving = None, False
        with contextlib.suppress(queue.Empty):
            while True:
                self.ready.get_nowait().kill()

    @contextlib.contextmanager
    def called(self) -> Iterator[None]:
        """Somebody waits for a child meanwhile."""
        with self._lock:
            self.callers += 1
        try:
            yield
        finally:
            with self._lock:
                self.callers -= 1

    def hang_up(self) -> None:
        """Make the server end."""
        with self._lock:
            if self.control is not None:
                with contextlib.suppress(OSError):
                    self.control.shutdown(socket.SHUT_RDWR)

    def send(self, message: dict[str, Any]) -> bool:
        with self._lock:
            if self.control is None:
                return False
            try:
                self.control.sendall(dump(message))
            except OSError:
                return False
        return True

    def receive(self) -> tuple[dict[str, Any], list[int]] | None:
        """A message and the descriptors that came with it; ``None`` once the server has hung up."""
        assert self.control is not None
        try:
            data, fds, _, _ = socket.recv_fds(self.control, _MESSAGE, max(_FDS.values()), socket.MSG_CMSG_CLOEXEC)
        except ConnectionError:
            return None
        return (parse(data), fds) if data else None


@dataclass(frozen=True)
class Machine:
    """What the server found out: layers the machine lacks, why there is no jail, where the canary lies.

    ``lent`` are the names that programs find in children of the warm server only.
    """

    missing: dict[str, str] = field(default_factory=dict)
    unjailed: str | None = None
    canary: str = ""
    token: str = ""
    lent: frozenset[str] = frozenset()


class WarmServer:
    """Two processes that fork confined children on demand; both are restarted whenever one dies."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._warm, self._light = self._lines = _Line(), _Line()
        self._shortage = Shortage()
        self._lock = threading.Lock()
        self._answers: dict[tuple[str, int], queue.SimpleQueue[int | None]] = {}
        self._asking = threading.Lock()
        self._serving = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._failure: str | None = None
        self._closing = threading.Event()
        self._names = 0
        self._unjailed: str | None = None
        self._scratch = ""
        self._token = secrets.token_hex(16)
        self._block = secrets.randbelow(1 << 20)
        self.machine = Machine()
        self.generation = 0
        self._supervisor = threading.Thread(target=self._supervise, name="interpreter", daemon=True)
        self._supervisor.start()

    @property
    def pid(self) -> int | None:
        """The server's process, or the waiter in front of it; ``None`` while there is none."""
        return None if self._process is None else self._process.pid

    @property
    def obstacle(self) -> str | None:
        """Why no child can be started now; ``None`` where nothing is known to be in the way."""
        return self._failure or self._shortage.reason

    def take(self, patience: float = _PATIENCE, *, light: bool = False) -> Child:
        """A confined child that has run nothing yet, without SymPy if ``light``; a replacement is forked meanwhile.

        Raises:
            OutOfResources: the machine has refused one, and still does after ``patience`` seconds.
            InterpreterError: there is none to be had.
        """
        line = self._light if light else self._warm
        with line.called():
            return self._take(line, patience)

    def _take(self, line: _Line, patience: float) -> Child:
        began = time.monotonic()
        stillborn = 0
        while (waited := time.monotonic() - began) < _START_SECONDS and stillborn < _TRIES:
            self._check()
            try:
                child = line.ready.get(timeout=0.05)
            except queue.Empty:
                if waited > patience and line.short and (reason := self._shortage.reason) is not None:
                    raise OutOfResources(f"a child could not be started: {reason}") from None
                continue
            if child.generation == self.generation:
                self._spawn(line)
                if self._came_up(child) and not child.dead():  # as those of a server that was killed just now are
                    return child
                stillborn += not self._hung_up(child)
            child.kill()
        raise InterpreterError("the interpreter has no child that comes up; standard error may say why")

    def why(self, child: Child) -> int | None:
        """How a child that has ended did so: its exit status, a negative signal, or ``None`` if unknown."""
        return self._ask("why", child)

    def folder(self, child: Child) -> int | None:
        """A descriptor of the scratch folder of a child, for the caller to close; ``None`` once the child is gone.

        The folder is this child's alone: no other one gets it, also when this one ends meanwhile.
        """
        with self._asking:
            return self._ask("folder", child)

    def _ask(self, what: str, child: Child) -> int | None:
        answer: queue.SimpleQueue[int | None] = queue.SimpleQueue()
        self._answers[what, child.name] = answer
        try:
            line = self._light if child.light else self._warm
            if child.generation != self.generation or not line.send({"op": what, "id": child.name}):
                return None
            return answer.get(timeout=_TELLING)
        except queue.Empty:
            return None
        finally:
            del self._answers[what, child.name]

    def wait_serving(self) -> Machine:
        """Wait until the server serves, and return what it found.

        Raises:
            InterpreterError: it cannot be started.
        """
        until = time.monotonic() + _START_SECONDS
        while not self._serving.wait(0.05):
            self._check()
            if time.monotonic() > until:
                raise InterpreterError(f"the interpreter's server did not start within {_START_SECONDS:.0f} s")
        return self.machine

    def close(self) -> None:
        """End the server and every child; returns when they are gone."""
        self._closing.set()
        self._hang_up()
        self._supervisor.join()

    def _hang_up(self) -> None:
        for line in self._lines:
            line.hang_up()

    def _check(self) -> None:
        if self._closing.is_set():
            raise InterpreterClosed("the interpreter is closed")
        if self._failure is not None:
            raise InterpreterError(self._failure)

    def _came_up(self, child: Child) -> bool:
        try:
            return child.wait_ready()
        except BaseException:
            child.kill()
            raise

    def _hung_up(self, child: Child) -> bool:
        """Whether the server died, rather than the child alone."""
        time.sleep(0.05)  # the supervisor may not have seen it yet
        return child.generation != self.generation or not self._serving.is_set()

    def _supervise(self) -> None:
        """Keep a server running, with growing pauses while it does not last; give up if none ever served."""
        failures, ever = 0, False
        while not self._closing.is_set() and (ever or failures < _TRIES):
            began, known = time.monotonic(), self._unjailed
            try:
                served, reason = self._serve_in_scratch()
            except (OSError, InterpreterError, MemoryError) as error:
                served, reason = False, str(error)
                if isinstance(error, OSError) and error.errno in _SHORT_OF:
                    self._run_short(error.errno, str(error), *self._lines)
            ever = ever or served
            lasted = served and time.monotonic() - began > _LASTING
            failures = 0 if lasted or known != self._unjailed else failures + 1
            if not served and failures >= _TRIES:
                self._failure = f"the interpreter's server cannot be started: {reason}"
            if failures:
                remove_stale()  # what killed processes left may be what fills the disk
                self._closing.wait(min(_PAUSE * 2**failures, _LONGEST_PAUSE))

    def _serve_in_scratch(self) -> tuple[bool, str]:
        with temporary_folder() as (scratch, lock):
            self._scratch = scratch
            served, status = self._serve_once(scratch, lock)
        return served, f"it ended with exit status {status}; its standard error says why"

    def _serve_once(self, scratch: str, lock: int) -> tuple[bool, int]:
        """Run one server until it ends: whether it ever served, and its exit status."""
        process = self._launch(scratch, lock)
        try:
            self._read()
        finally:
            served = self._serving.is_set()
            self._serving.clear()
            self._hang_up()
            for line in self._lines:
                line.close()
            for answer in list(self._answers.values()):
                answer.put(None)
            try:
                process.wait(timeout=2.0)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        return served, process.returncode

    def _launch(self, scratch: str, lock: int) -> subprocess.Popen[bytes]:
        seen = {"scratch": scratch, "unjailed": self._unjailed, "token": self._token, "block": self._block}
        self._process, ends = start_server(self._limits, seen, lock)
        self.generation += 1
        for line, end in zip(self._lines, ends, strict=True):
            line.open(end)
        if self._closing.is_set():
            self._hang_up()
        return self._process

    def _read(self) -> None:
        """Take in messages until one server hangs up; meanwhile ask again for the children that are missing."""
        poll, lines = select.poll(), {}
        for line in self._lines:
            assert line.control is not None
            lines[line.control.fileno()] = line
            poll.register(line.control, select.POLLIN)
        while True:
            ready = poll.poll(_AGAIN * 1000 if any(line.missing for line in self._lines) else None)
            for fd, _ in ready:
                received = lines[fd].receive()
                if received is None:
                    return
                self._handle(lines[fd], *received)
            if not ready:
                self._ask_again()

    def _ask_again(self, more: _Line | None = None) -> None:
        """Ask for one of the children that are missing, and for all of them the server that has ``more``.

        What the machine has goes to those that somebody waits for, else to all.
        """
        for line in [line for line in self._lines if line.callers] or self._lines:
            asked = line.missing if line is more else min(line.missing, 1)
            line.missing -= asked
            for _ in range(asked):
                self._spawn(line)

    def _handle(self, line: _Line, message: dict[str, Any], fds: list[int]) -> None:
        if len(fds) < _FDS.get(message["op"], 0) and message.get("open", True):
            self._handle_cut(line, message, fds)
        elif message["op"] == "ready":
            self._begin(line, message)
        elif message["op"] == "unjailed":
            self._unjailed = message["reason"]
        elif message["op"] == "child":
            bounded = self.machine.unjailed is None
            watch = None if bounded else ScratchWatch(message["scratch"], self._limits.scratch_mb << 20)
            child = Child(self.generation, message["id"], fds, watch, message["scratch"], light=line is self._light)
            line.ready.put(child)
            line.short = False
            if not any(each.short for each in self._lines):
                self._shortage.end()
            self._ask_again(more=line)
        elif message["op"] == "failed":
            line.missing += 1
            self._run_short(message["errno"], message["error"], line)
        elif message["op"] == "folder":
            self._answer("folder", message["id"], fds[0] if message["open"] else None)
        else:
            self._answer("why", message["id"], message["status"])

    def _begin(self, line: _Line, message: dict[str, Any]) -> None:
        lent = frozenset(message["lent"])
        self.machine = Machine(message["missing"], message["unjailed"], message["canary"], self._token, lent)
        if self.machine.unjailed is None:
            with contextlib.suppress(OSError):
                os.rmdir(self._scratch)  # it was where the jail began, which now has a root of its own
        for _ in range(self._limits.ready):
            self._spawn(line)
        line.serving = True
        if all(each.serving for each in self._lines):
            self._failure = None
            self._serving.set()

    def _handle_cut(self, line: _Line, message: dict[str, Any], fds: list[int]) -> None:
        """Take in a message of which the kernel left descriptors out, since this process may have no more.

        A child of whose pipes nobody has the other ends finds them closed, and ends.
        """
        for fd in fds:
            os.close(fd)
        if message["op"] == "child":
            line.missing += 1
            self._run_short(errno.EMFILE, os.strerror(errno.EMFILE), line)
        else:
            self._answer("folder", message["id"], None)

    def _run_short(self, code: int | None, error: str, *lines: _Line) -> None:
        """Note that the machine refuses what the children of these servers need."""
        for line in lines:
            line.short = True
        self._shortage.begin(code, error)

    def _answer(self, what: str, name: int, value: int | None) -> None:
        answer = self._answers.get((what, name))
        if answer is not None:
            answer.put(value)
        elif what == "folder" and value is not None:
            os.close(value)  # nobody waits for it any more

    def _spawn(self, line: _Line) -> None:
        with self._lock:
            self._names += 1
            name = self._names
        line.send({"op": "spawn", "id": name})
