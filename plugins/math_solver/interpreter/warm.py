"""The host's end of the two servers: starts them, keeps children ready, and starts both again when one dies.

They are the warm one, which holds SymPy, and the light one, which the warm one forked before it did.
"""

from __future__ import annotations

import contextlib
import os
import queue
import secrets
import select
import socket
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from .child import Child
from .errors import InterpreterClosed, InterpreterError
from .limits import Limits
from .sandbox.folders import empty_folder
from .sandbox.wire import HEADER, pack, parse
from .scratch import ScratchWatch
from .starting import start_server

__all__ = ["Machine", "WarmServer"]

_START_SECONDS = 60.0
_LASTING = 10.0  # a server that lived as long is not at fault when it dies
_PAUSE, _LONGEST_PAUSE = 0.05, 2.0  # before the next server, doubled for each that did not last
_TELLING = 5.0  # the server reaps a child and answers within this, or is not told from a dead one
_TRIES = 3  # servers that die before they serve, or children that die before they run anything
_FDS = 4  # that come with a child


class _Line:
    """To one of the two servers: its control socket while there is one, and its children that wait for programs."""

    def __init__(self) -> None:
        self.control: socket.socket | None = None
        self.ready: queue.SimpleQueue[Child | InterpreterError] = queue.SimpleQueue()
        self.serving = False
        self._lock = threading.Lock()
        self._buffer = bytearray()
        self.fds: list[int] = []

    def open(self, control: socket.socket) -> None:
        with self._lock:
            self.control, self.serving = control, False
            self._buffer, self.fds = bytearray(), []

    def close(self) -> None:
        """Let go of the socket and of the children that wait."""
        with self._lock:
            if self.control is not None:
                self.control.close()
            self.control, self.serving = None, False
        for fd in self.fds:
            os.close(fd)
        self.fds = []
        with contextlib.suppress(queue.Empty):
            while True:
                child = self.ready.get_nowait()
                if isinstance(child, Child):
                    child.kill()

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
                self.control.sendall(pack(message))
            except OSError:
                return False
        return True

    def receive(self) -> list[dict[str, Any]] | None:
        """The messages that have come whole; ``None`` once the server has hung up."""
        assert self.control is not None
        try:
            data, fds, _, _ = socket.recv_fds(self.control, 65536, 64)
        except ConnectionError:
            return None
        self._buffer += data
        self.fds += fds
        messages = []
        while (size := _frame_size(self._buffer)) is not None:
            messages.append(parse(bytes(self._buffer[HEADER:size])))
            del self._buffer[:size]
        return messages if data else None


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
        self._warm, self._light = _Line(), _Line()
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

    def take(self, *, light: bool = False) -> Child:
        """A confined child that has run nothing yet, without SymPy if ``light``; a replacement is forked meanwhile.

        Raises:
            InterpreterError: there is none to be had.
        """
        until = time.monotonic() + _START_SECONDS
        stillborn, line = 0, self._light if light else self._warm
        while time.monotonic() < until and stillborn < _TRIES:
            self._check()
            try:
                child = line.ready.get(timeout=0.05)
            except queue.Empty:
                continue
            if isinstance(child, InterpreterError):
                self._spawn(line)
                raise child
            if child.generation == self.generation:
                self._spawn(line)
                if self._came_up(child):
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
        for line in (self._warm, self._light):
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
            except (OSError, InterpreterError) as error:
                served, reason = False, str(error)
            ever = ever or served
            lasted = served and time.monotonic() - began > _LASTING
            failures = 0 if lasted or known != self._unjailed else failures + 1
            if not served and failures >= _TRIES:
                self._failure = f"the interpreter's server cannot be started: {reason}"
            if failures:
                self._closing.wait(min(_PAUSE * 2**failures, _LONGEST_PAUSE))

    def _serve_in_scratch(self) -> tuple[bool, str]:
        scratch = tempfile.mkdtemp(prefix="math_solver-")
        os.chmod(scratch, 0o711)  # children of another user pass through
        self._scratch = scratch
        try:
            served, status = self._serve_once(scratch)
        finally:
            _remove(scratch)
        return served, f"it ended with exit status {status}; its standard error says why"

    def _serve_once(self, scratch: str) -> tuple[bool, int]:
        """Run one server until it ends: whether it ever served, and its exit status."""
        process = self._launch(scratch)
        try:
            self._read()
        finally:
            served = self._serving.is_set()
            self._serving.clear()
            self._hang_up()
            for line in (self._warm, self._light):
                line.close()
            for answer in list(self._answers.values()):
                answer.put(None)
            try:
                process.wait(timeout=2.0)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        return served, process.returncode

    def _launch(self, scratch: str) -> subprocess.Popen[bytes]:
        seen = {"scratch": scratch, "unjailed": self._unjailed, "token": self._token, "block": self._block}
        self._process, ends = start_server(self._limits, seen)
        self.generation += 1
        for line, end in zip((self._warm, self._light), ends, strict=True):
            line.open(end)
        if self._closing.is_set():
            self._hang_up()
        return self._process

    def _read(self) -> None:
        """Take in messages until one of the servers hangs up."""
        poll, lines = select.poll(), {}
        for line in (self._warm, self._light):
            assert line.control is not None
            lines[line.control.fileno()] = line
            poll.register(line.control, select.POLLIN)
        while True:
            for fd, _ in poll.poll():
                messages = lines[fd].receive()
                if messages is None:
                    return
                for message in messages:
                    self._handle(lines[fd], message)

    def _handle(self, line: _Line, message: dict[str, Any]) -> None:
        if message["op"] == "ready":
            self._begin(line, message)
        elif message["op"] == "unjailed":
            self._unjailed = message["reason"]
        elif message["op"] == "child":
            bounded = self.machine.unjailed is None
            watch = None if bounded else ScratchWatch(message["scratch"], self._limits.scratch_mb << 20)
            fds, line.fds = line.fds[:_FDS], line.fds[_FDS:]
            line.ready.put(Child(self.generation, message["id"], fds, watch, light=line is self._light))
        elif message["op"] == "failed":
            line.ready.put(InterpreterError(f"a child could not be started: {message['error']}"))
        elif message["op"] == "folder":
            self._answer("folder", message["id"], line.fds.pop(0) if message["open"] else None)
        else:
            self._answer("why", message["id"], message["status"])

    def _begin(self, line: _Line, message: dict[str, Any]) -> None:
        lent = frozenset(message["lent"])
        self.machine = Machine(message["missing"], message["unjailed"], message["canary"], self._token, lent)
        if self.machine.unjailed is None:
            _remove(self._scratch)  # it was where the jail began, which now has a root of its own
        for _ in range(self._limits.ready):
            self._spawn(line)
        line.serving = True
        if self._warm.serving and self._light.serving:
            self._failure = None
            self._serving.set()

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


def _frame_size(buffer: bytearray) -> int | None:
    """The length of the first frame, if all of it is there."""
    size = HEADER + int.from_bytes(buffer[:HEADER], "big")
    return size if len(buffer) >= max(size, HEADER) else None


def _remove(folder: str) -> None:
    """Remove a scratch folder that the server has not removed itself."""
    with contextlib.suppress(FileNotFoundError):
        empty_folder(folder)
        os.rmdir(folder)
