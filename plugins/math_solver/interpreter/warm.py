"""The host's end of the warm server: starts it, keeps children ready, and starts it again when it dies."""

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


@dataclass(frozen=True)
class Machine:
    """What the server found out: layers the machine lacks, why there is no jail, where the canary lies."""

    missing: dict[str, str] = field(default_factory=dict)
    unjailed: str | None = None
    canary: str = ""
    token: str = ""


class WarmServer:
    """A process that forks confined children on demand; restarted whenever it dies."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._ready: queue.SimpleQueue[Child] = queue.SimpleQueue()
        self._shortage = Shortage()
        self._missing = 0  # children that were asked for and could not be started; the supervisor's
        self._lock = threading.Lock()
        self._answers: dict[tuple[str, int], queue.SimpleQueue[int | None]] = {}
        self._asking = threading.Lock()
        self._serving = threading.Event()
        self._control: socket.socket | None = None
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

    def take(self, patience: float = _PATIENCE) -> Child:
        """A confined child that has run nothing yet; a replacement is forked meanwhile.

        Raises:
            OutOfResources: the machine has refused one, and still does after ``patience`` seconds.
            InterpreterError: there is none to be had.
        """
        began = time.monotonic()
        stillborn = 0
        while (waited := time.monotonic() - began) < _START_SECONDS and stillborn < _TRIES:
            self._check()
            try:
                child = self._ready.get(timeout=0.05)
            except queue.Empty:
                if waited > patience and (reason := self._shortage.reason) is not None:
                    raise OutOfResources(f"a child could not be started: {reason}") from None
                continue
            if child.generation == self.generation:
                self._spawn()
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
            if child.generation != self.generation or not self._send({"op": what, "id": child.name}):
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
        with self._lock:
            if self._control is not None:
                with contextlib.suppress(OSError):
                    self._control.shutdown(socket.SHUT_RDWR)
        self._supervisor.join()

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
        remove_stale()
        failures, ever = 0, False
        while not self._closing.is_set() and (ever or failures < _TRIES):
            began, known = time.monotonic(), self._unjailed
            try:
                served, reason = self._serve_in_scratch()
            except (OSError, InterpreterError, MemoryError) as error:
                served, reason = False, str(error)
                if isinstance(error, OSError) and error.errno in _SHORT_OF:
                    self._shortage.begin(error.errno, str(error))
            ever = ever or served
            lasted = served and time.monotonic() - began > _LASTING
            failures = 0 if lasted or known != self._unjailed else failures + 1
            if not served and failures >= _TRIES:
                self._failure = f"the interpreter's server cannot be started: {reason}"
            if failures:
                self._closing.wait(min(_PAUSE * 2**failures, _LONGEST_PAUSE))

    def _serve_in_scratch(self) -> tuple[bool, str]:
        with temporary_folder() as (scratch, lock):
            self._scratch = scratch
            served, status = self._serve_once(scratch, lock)
        return served, f"it ended with exit status {status}; its standard error says why"

    def _serve_once(self, scratch: str, lock: int) -> tuple[bool, int]:
        """Run one server until it ends: whether it ever served, and its exit status."""
        process, control = self._launch(scratch, lock)
        try:
            self._read(control)
        finally:
            served = self._serving.is_set()
            self._serving.clear()
            with self._lock:
                self._control = None
                control.close()
            self._empty_ready()
            for answer in list(self._answers.values()):
                answer.put(None)
            try:
                process.wait(timeout=2.0)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        return served, process.returncode

    def _launch(self, scratch: str, lock: int) -> tuple[subprocess.Popen[bytes], socket.socket]:
        seen = {"scratch": scratch, "unjailed": self._unjailed, "token": self._token, "block": self._block}
        process, ours = start_server(self._limits, seen, lock)
        with self._lock:
            self._control, self._process = ours, process
            self.generation += 1
            if self._closing.is_set():
                ours.shutdown(socket.SHUT_RDWR)
        return process, ours

    def _read(self, control: socket.socket) -> None:
        """Take in messages until the server hangs up; meanwhile ask again for the children that are missing."""
        self._missing = 0
        poll = select.poll()
        poll.register(control, select.POLLIN)
        while True:
            if not poll.poll(_AGAIN * 1000 if self._missing else None):
                self._ask_again()
                continue
            try:
                data, fds, _, _ = socket.recv_fds(control, _MESSAGE, max(_FDS.values()), socket.MSG_CMSG_CLOEXEC)
            except ConnectionError:
                return
            if not data:
                return
            self._handle(parse(data), fds)

    def _ask_again(self, most: int = 1) -> None:
        """Ask for one of the missing children; for the others once there is one."""
        asked = min(self._missing, most)
        self._missing -= asked
        for _ in range(asked):
            self._spawn()

    def _handle(self, message: dict[str, Any], fds: list[int]) -> None:
        if len(fds) < _FDS.get(message["op"], 0) and message.get("open", True):
            self._handle_cut(message, fds)
        elif message["op"] == "ready":
            self.machine = Machine(message["missing"], message["unjailed"], message["canary"], self._token)
            if self.machine.unjailed is None:
                with contextlib.suppress(OSError):
                    os.rmdir(self._scratch)  # it was where the jail began, which now has a root of its own
            for _ in range(self._limits.ready):
                self._spawn()
            self._failure = None
            self._serving.set()
        elif message["op"] == "unjailed":
            self._unjailed = message["reason"]
        elif message["op"] == "child":
            bounded = self.machine.unjailed is None
            watch = None if bounded else ScratchWatch(message["scratch"], self._limits.scratch_mb << 20)
            self._ready.put(Child(self.generation, message["id"], fds, watch, message["scratch"]))
            self._shortage.end()
            self._ask_again(self._missing)
        elif message["op"] == "failed":
            self._missing += 1
            self._shortage.begin(message["errno"], message["error"])
        elif message["op"] == "folder":
            self._answer("folder", message["id"], fds[0] if message["open"] else None)
        else:
            self._answer("why", message["id"], message["status"])

    def _handle_cut(self, message: dict[str, Any], fds: list[int]) -> None:
        """Take in a message of which the kernel left descriptors out, since this process may have no more.

        A child of whose pipes nobody has the other ends finds them closed, and ends.
        """
        for fd in fds:
            os.close(fd)
        self._shortage.begin(errno.EMFILE, os.strerror(errno.EMFILE))
        if message["op"] == "child":
            self._missing += 1
        else:
            self._answer("folder", message["id"], None)

    def _answer(self, what: str, name: int, value: int | None) -> None:
        answer = self._answers.get((what, name))
        if answer is not None:
            answer.put(value)
        elif what == "folder" and value is not None:
            os.close(value)  # nobody waits for it any more

    def _spawn(self) -> None:
        with self._lock:
            self._names += 1
            name = self._names
        self._send({"op": "spawn", "id": name})

    def _send(self, message: dict[str, Any]) -> bool:
        with self._lock:
            if self._control is None:
                return False
            try:
                self._control.sendall(dump(message))
            except OSError:
                return False
        return True

    def _empty_ready(self) -> None:
        with contextlib.suppress(queue.Empty):
            while True:
                self._ready.get_nowait().kill()
