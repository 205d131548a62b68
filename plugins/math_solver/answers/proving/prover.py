"""Proofs by SymPy in a process of their own, which is killed when it is late.

Works from any thread: each call takes an idle process or starts one, up to a limit. ``seconds`` holds for the
request: the process kills the child that works on it, nobody here waits longer, and a process that then stays silent
gets SIGKILL. Waiting for a process while others use them all counts; starting one (about a second, once) does not.
Processes end with this one, also when it is killed, because their stdin closes.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from ..values.operators import OPERATORS
from ..values.tree import Const, Expr, Num, Sym

__all__ = ["ProverPool", "shared_provers"]

_PROGRAM = Path(__file__).with_name("sympy_process.py")
_START_LIMIT = 60.0
_GRACE = 0.05  # seconds that a process has to reply after it killed its child; later replies are thrown away
_LATE_LIMIT = 1.0  # seconds that the next request waits for a process with a late reply before it is killed
_MOST_PROCESSES = 4
_LARGEST_REQUEST = 60_000
_CHUNK = 1 << 16
_SYMPY_NAMES = json.dumps({row.name: row.sympy for row in OPERATORS.values() if row.sympy}).encode() + b"\n"


class ProverPool:
    """SymPy processes that prove equalities, started as they are needed."""

    def __init__(self, most: int = _MOST_PROCESSES) -> None:
        self._most = threading.BoundedSemaphore(most)
        self._lock = threading.Lock()
        self._idle: list[_ProverProcess] = []

    def prove_equal(self, first: Expr, second: Expr, seconds: float) -> tuple[bool | None, str]:
        """Return whether two expressions are equal, or None, and the reason."""
        return self._ask({"job": "equal", "first": _plain(first), "second": _plain(second)}, seconds)

    def compare_latex(self, gold: str, predicted: str, seconds: float) -> tuple[bool | None, str]:
        """Return whether two LaTeX texts are equal by math-verify and by numbers, or None, and the reason."""
        return self._ask({"job": "latex", "gold": gold, "predicted": predicted}, seconds)

    def close(self) -> None:
        """End all idle processes; later calls start new ones."""
        with self._lock:
            idle, self._idle = self._idle, []
        for process in idle:
            process.end()

    def _ask(self, request: dict[str, Any], seconds: float) -> tuple[bool | None, str]:
        if seconds <= 0.02:
            return None, "no time left"
        if len(_line_of(request, seconds)) > _LARGEST_REQUEST:
            return None, "too large for SymPy"
        until = time.monotonic() + seconds
        if not self._most.acquire(timeout=seconds):
            return None, "no process was free within the time"
        try:
            reply = self._reply(request, until - time.monotonic())
        finally:
            self._most.release()
        if reply is None:
            return None, "no proof within the time"
        return reply["result"], str(reply["reason"])

    def _reply(self, request: dict[str, Any], seconds: float) -> dict[str, Any] | None:
        line = _line_of(request, max(seconds, _GRACE))
        process = self._take()
        try:
            reply = process.ask(line, seconds + _GRACE)
            if reply is None and process.has_died():  # killed by somebody else while idle: one more try
                process.end()
                process = _ProverProcess()
                reply = process.ask(line, seconds + _GRACE)
        except BaseException:  # Ctrl-C: what the process still sends would answer the next request
            process.end()
            raise
        with self._lock:
            self._idle.append(process)
        return reply

    def _take(self) -> _ProverProcess:
        with self._lock:
            while self._idle:
                process = self._idle.pop()
                if process.is_ready():
                    return process
                process.end()
        return _ProverProcess()


def _line_of(request: dict[str, Any], seconds: float) -> bytes:
    return json.dumps({**request, "seconds": round(seconds, 3)}).encode() + b"\n"


class _ProverProcess:
    """One process that runs ``sympy_process.py``; it gets the operators' SymPy names as its first line.

    Raises:
        RuntimeError: it did not start; SymPy or math-verify is missing from the environment.
    """

    def __init__(self) -> None:
        self._closed = self._late = False
        self._popen = subprocess.Popen(
            [sys.executable, "-I", "-B", str(_PROGRAM)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "OMP_NUM_THREADS": "1"},
            start_new_session=True,
        )
        if not self._send(_SYMPY_NAMES) or self._line(_START_LIMIT) is None:
            self.end()
            raise RuntimeError(
                "math_solver.answers: the SymPy process did not start; check that "
                f"`{sys.executable} -c 'import sympy, math_verify'` works"
            )

    def is_ready(self) -> bool:
        """Whether the process lives and has no reply outstanding, after waiting a moment for a late one."""
        if self._popen.poll() is not None:
            return False
        if self._late and self._line(_LATE_LIMIT) is not None:
            self._late = False
        return not self._late

    def has_died(self) -> bool:
        """Whether the process ended by itself; call after ``ask`` returned None."""
        return self._closed and self._popen.wait() is not None

    def ask(self, line: bytes, seconds: float) -> dict[str, Any] | None:
        """Send a request and return the reply, or None when there is none in time."""
        if not self._send(line):
            return None
        reply = self._line(seconds)
        self._late = reply is None
        return reply

    def end(self) -> None:
        """Kill the process and its child, and close the pipes."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._popen.pid, signal.SIGKILL)
        self._popen.wait()
        for stream in (self._popen.stdin, self._popen.stdout):
            if stream is not None:
                with contextlib.suppress(BrokenPipeError):
                    stream.close()

    def _send(self, line: bytes) -> bool:
        """Whether the process still reads what it is sent."""
        assert self._popen.stdin is not None
        try:
            self._popen.stdin.write(line)
            self._popen.stdin.flush()
        except BrokenPipeError:
            self._closed = True
        return not self._closed

    def _line(self, seconds: float) -> dict[str, Any] | None:
        assert self._popen.stdout is not None
        until = time.monotonic() + seconds
        descriptor = self._popen.stdout.fileno()
        data = b""
        while not data.endswith(b"\n"):
            poller = select.poll()
            poller.register(descriptor, select.POLLIN | select.POLLHUP)
            if not poller.poll(max(0.0, until - time.monotonic()) * 1_000):
                return None
            chunk = os.read(descriptor, _CHUNK)
            if not chunk:
                self._closed = True
                return None
            data += chunk
        reply: dict[str, Any] = json.loads(data)
        return reply


def _plain(expression: Expr) -> list[Any]:
    """Write a tree as nested lists."""
    if isinstance(expression, Num):
        return ["num", str(expression.value)]
    if isinstance(expression, Const):
        return ["const", expression.name]
    if isinstance(expression, Sym):
        return ["sym", expression.name]
    return [expression.name, *(_plain(argument) for argument in expression.args)]


_shared: ProverPool | None = None
_shared_lock = threading.Lock()
_inherited: list[ProverPool | None] = []  # whose pipes belong to the process that we were forked from


def shared_provers() -> ProverPool:
    """Return the pool that all callers of this process share; it is closed at exit, and a fork gets its own."""
    global _shared
    with _shared_lock:
        if _shared is None:
            _shared = ProverPool()
            atexit.register(_shared.close)
            if not _inherited:
                os.register_at_fork(after_in_child=_start_afresh)
        return _shared


def _start_afresh() -> None:
    """In a fork: forget the parent's processes, and the lock, which one of its threads may hold."""
    global _shared, _shared_lock
    if _shared is not None:
        atexit.unregister(_shared.close)
    _inherited.append(_shared)
    _shared, _shared_lock = None, threading.Lock()
