"""Run model-written Python in confined, warm children."""

from __future__ import annotations

import asyncio
import os
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from itertools import count
from types import TracebackType
from typing import Self

from ..records import Execution
from .child import Child, Reply
from .errors import InterpreterClosed, OutOfResources, SessionsInUse, WeakIsolation
from .folder import Folder
from .gate import Gate
from .limits import Limits
from .pictures import Show, read_pictures
from .render import render
from .report import Report, Tier
from .sandbox.plain import looks_plain
from .selftest import examine
from .sessions import Session, Sessions
from .temporary import remove_stale
from .warm import WarmServer

__all__ = ["Interpreter"]

_ASYNC_CALLS = 64  # threads that wait for asynchronous calls
_CANCELLED = Execution("killed", error="Killed: the call was cancelled before the program began")
_PLACES, _SOON = 3, 0.3  # sessions that end for a child, and the seconds after which the next one does
_DYING = 1.0  # a child that closed its pipes by ending has ended within this many seconds


class _Ticket:
    """Lets the waiter of a call stop it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._child: Child | None = None
        self._cancelled = False

    def board(self, child: Child) -> None:
        with self._lock:
            self._child = child
            if self._cancelled:
                child.cancel()

    @property
    def cancelled(self) -> bool:
        return self._cancelled

    def cancel(self) -> None:
        with self._lock:
            self._cancelled = True
            if self._child is not None:
                self._child.cancel()


@contextmanager
def _needing_a_thread() -> Iterator[None]:
    try:
        yield
    except RuntimeError as error:
        raise OutOfResources(f"a thread could not be started: {error}") from error


class Interpreter:
    """Runs programs like notebook cells, each in a process of its own that cannot reach out.

    Without a session every program starts from the same fresh state; with one, programs see the variables of
    earlier ones. Methods may be called from any thread. Whatever a program does becomes an ``Execution``;
    only the interpreter's own failures raise, as ``InterpreterError``.

    Not promised: safety against a flaw in the kernel, or that a program cannot tell where it runs. See
    SECURITY.md for what to put around it.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._gate = Gate(self.limits.running)
        self._sessions = Sessions(self.limits)
        self._lock, self._closing = threading.Lock(), threading.Lock()
        self._server: WarmServer | None = None
        self._report: Report | None = None
        self._threads = ThreadPoolExecutor(_ASYNC_CALLS, thread_name_prefix="interpreter-call")
        self._closed = threading.Event()
        self._owner = os.getpid()
        self._numbers = count()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def report(self) -> Report:
        """How programs are isolated here; starts the interpreter if need be."""
        self.start()
        assert self._report is not None
        return self._report

    @property
    def tier(self) -> Tier:
        """``report.tier``."""
        return self.report.tier

    @property
    def sessions(self) -> list[str]:
        """The sessions that have variables now."""
        return self._sessions.names()

    @property
    def obstacle(self) -> str | None:
        """Why no other child can be started now, and what to do; ``None`` where nothing is known to be in the way."""
        return None if self._server is None else self._server.obstacle

    def start(self) -> None:
        """Start the warm server and try the attacks, if that has not happened; the first call does so too.

        Raises:
            WeakIsolation: a layer does not hold and ``Limits.allow_missing`` does not name it.
            InterpreterError: the server cannot be started.
        """
        self._started()

    def run(self, code: str, session: str | None = None, *, show: Show | None = None) -> Execution:
        """Run a program and return what it did; blocks while ``Limits.concurrency`` others run.

        ``show`` is given each picture that it drew, before this returns; they are no part of the record, and whoever
        wants none gets the same one.

        Raises:
            OutOfResources: the machine has nothing left for another program.
            InterpreterError: the interpreter cannot run anything (closed, or the machine refuses it).
            TypeError: ``code`` is not a string.
        """
        return self._run(code, session, _Ticket(), show)

    def run_all(self, programs: Sequence[str]) -> list[Execution]:
        """Run programs in a session of their own that ends with them, and return what each did.

        Like ``run`` with a session, but cheaper where none of them needs SymPy, which only a caller that knows them
        all can tell.

        Raises:
            InterpreterError: as ``run``.
            TypeError: one of them is not a string.
        """
        lent = self._started().machine.lent
        name = f"\0{next(self._numbers)}"  # of no other session
        session = self._sessions.claim(name)
        try:
            if session is not None and all(isinstance(code, str) and looks_plain(code, lent) for code in programs):
                session.plain = programs
            return [self.run(code, name) for code in programs]
        finally:
            self.end_session(name)  # first, or it would be one that idles and count for the memory of all
            if session is not None:
                self._sessions.release(session)

    async def arun(self, code: str, session: str | None = None, *, show: Show | None = None) -> Execution:
        """``run`` for asyncio; cancelling it stops the program, and with it the session.

        ``show`` is called in another thread.
        A program that has not begun when it is cancelled never does, and its session keeps its variables.
        """
        if self._closed.is_set():
            raise InterpreterClosed("the interpreter is closed")
        ticket = _Ticket()
        loop = asyncio.get_running_loop()
        try:
            with _needing_a_thread():  # the pool starts them when they are needed
                future = loop.run_in_executor(self._threads, self._run, code, session, ticket, show)
        except OutOfResources as error:
            ticket.cancel()  # it waits for one all the same
            if self._closed.is_set():
                raise InterpreterClosed("the interpreter is closed") from error
            raise
        try:
            return await future
        except asyncio.CancelledError:
            ticket.cancel()
            raise

    @contextmanager
    def folder(self, session: str, *, begin: bool = False) -> Iterator[Folder | None]:
        """The working folder of a session; ``None`` while there is none.

        ``begin`` starts a session that has none, as its first program would, and waits for a program that runs in it;
        without, a folder may be read while a program writes to it. A folder ends with the variables of its session.

        Raises:
            SessionsInUse: no other session can begin.
            InterpreterError: as ``run``.
        """
        server = self._started()
        found = self._sessions.claim(session) if begin else self._sessions.find(session)
        if found is None and begin:
            raise SessionsInUse(f"all {self.limits.sessions} sessions are in use")
        if found is None:
            yield None
            return
        try:
            if begin:
                self._begin(found, server)
            with self._folder_of(found.child, server) as folder:
                yield folder
        finally:
            self._sessions.release(found)

    def _begin(self, session: Session, server: WarmServer) -> None:
        with session.lock:
            session.refresh(server.generation)
            if session.child is None:
                session.begin(self._take(server))

    def _take(self, server: WarmServer, *, light: bool = False) -> Child:
        """A child; where the machine has nothing for one, the sessions idle longest end for it."""
        for _ in range(_PLACES):
            try:
                return server.take(_SOON, light=light)
            except OutOfResources:
                if not self._sessions.end_idlest("the machine had nothing left for another program"):
                    break
        return server.take(light=light)

    @contextmanager
    def _folder_of(self, child: Child | None, server: WarmServer) -> Iterator[Folder | None]:
        fd = None if child is None or child.dead() else server.folder(child)
        if child is None or fd is None:
            yield None
            return
        try:
            yield Folder(fd, self.limits.scratch_mb << 20, child.scratch)
        finally:
            os.close(fd)

    def start_threads(self) -> None:
        """Start the threads of asynchronous calls before the first; under load a start blocks the loop for long."""
        together = threading.Barrier(_ASYNC_CALLS + 1)
        try:
            with _needing_a_thread():
                for _ in range(_ASYNC_CALLS):
                    self._threads.submit(together.wait)
        except OutOfResources:
            together.abort()  # or those that did start would wait for ever
            raise
        together.wait()

    def end_session(self, session: str) -> None:
        """Forget a session and its variables, stopping what runs in it; unknown names are fine."""
        if self._owner == os.getpid():
            self._sessions.end(session)

    def close(self) -> None:
        """End every child and the server; calls under way come back as ``killed``. Idempotent."""
        if self._owner != os.getpid():
            return
        with self._closing:
            with self._lock:
                self._closed.set()
                server, self._server = self._server, None
            self._sessions.end()
            if server is not None:
                server.close()
            self._threads.shutdown()

    def _started(self) -> WarmServer:
        with self._lock:
            if self._closed.is_set():
                raise InterpreterClosed("the interpreter is closed")
            if self._owner != os.getpid():
                raise InterpreterClosed("the interpreter belongs to the process this one was forked from; make one")
            if self._server is None:
                self._server = self._start_server()
            return self._server

    def _start_server(self) -> WarmServer:
        with _needing_a_thread():
            server = WarmServer(self.limits)
        try:
            machine = server.wait_serving()
            with ExitStack() as stack:
                children = [server.take(), server.take(light=True)]
                for child in children:
                    stack.callback(child.kill)
                self._report = examine(children, machine, self.limits)
            weak = {name: why for name, why in self._report.missing.items() if name not in self.limits.allow_missing}
            if weak:
                reasons = "; ".join(f"{name}: {why}" for name, why in weak.items())
                raise WeakIsolation(
                    f"isolation is {self._report.tier} on this machine ({reasons}). Run elsewhere, or accept it with "
                    f"Limits(allow_missing={tuple(self._report.missing)!r}) and isolate the host process itself"
                )
            with _needing_a_thread():
                threading.Thread(target=self._expire, name="interpreter-idle", daemon=True).start()
        except BaseException:
            server.close()
            raise
        return server

    def _expire(self) -> None:
        remove_stale()  # here, where nobody waits for it
        while not self._closed.wait(min(30.0, self.limits.session_idle / 4)):
            self._sessions.expire()

    def _run(self, code: str, name: str | None, ticket: _Ticket, show: Show | None) -> Execution:
        if not isinstance(code, str):
            raise TypeError(f"code must be a string, not {type(code).__name__}")
        server = self._started()
        if len(code) > self.limits.code_chars:
            return Execution(
                "refused", error=f"Refused: the program is longer than {self.limits.code_chars} characters"
            )
        if name is None:
            with self._gate:
                return _CANCELLED if ticket.cancelled else self._run_alone(server, code, ticket, show)
        session = self._sessions.claim(name)
        if session is None:
            return Execution("refused", error=f"Refused: all {self.limits.sessions} sessions are in use")
        try:
            with session.lock, self._gate:
                return _CANCELLED if ticket.cancelled else self._run_in(server, session, code, ticket, show)
        finally:
            self._sessions.release(session)

    def _run_alone(self, server: WarmServer, code: str, ticket: _Ticket, show: Show | None) -> Execution:
        if looks_plain(code, server.machine.lent):
            reply, execution = self._run_once(server, code, ticket, show, light=True)
            if reply.end != "unsuited":
                return execution
        return self._run_once(server, code, ticket, show)[1]

    def _run_once(
        self, server: WarmServer, code: str, ticket: _Ticket, show: Show | None, *, light: bool = False
    ) -> tuple[Reply, Execution]:
        child = self._take(server, light=light)
        try:
            return self._call(server, child, code, ticket, show, suited=(code,) if light else ())
        finally:
            child.kill()

    def _run_in(
        self, server: WarmServer, session: Session, code: str, ticket: _Ticket, show: Show | None
    ) -> Execution:
        lost = session.look(server.generation)
        if lost is not None:
            error = f"SessionLost: {lost}; the variables of this session are gone and the program was not run"
            return Execution("killed", error=error)
        if session.runs >= self.limits.session_runs:
            return Execution("refused", error=f"Refused: this session has run {session.runs} programs, its limit")
        child = session.child or session.begin(self._take(server, light=bool(session.plain)))
        suited = session.plain if child.light and child.fresh else ()
        session.runs += 1
        try:
            reply, execution = self._call(server, child, code, ticket, show, suited=suited, session=True)
        except BaseException:  # the host was interrupted while the program runs
            session.lose("a call in it was interrupted")
            raise
        if reply.end == "unsuited":  # nothing was run
            session.drop()
            session.plain, session.runs = (), session.runs - 1
            return self._run_in(server, session, code, ticket, show)
        if reply.alive:
            session.rest()
        else:
            session.drop()
        return execution

    def _call(
        self,
        server: WarmServer,
        child: Child,
        code: str,
        ticket: _Ticket,
        show: Show | None,
        *,
        suited: Sequence[str] = (),
        session: bool = False,
    ) -> tuple[Reply, Execution]:
        ticket.board(child)
        start = time.perf_counter()
        try:
            reply = child.execute(code, self.limits, suited)
        except OSError as error:  # of our own side: what the program does to its pipes ends the call
            raise OutOfResources(f"a program could not be watched: {error}") from error
        ms = (time.perf_counter() - start) * 1000
        ended = server.why(child) if reply.end == "died" and child.dead(_DYING) else None
        if show is not None:
            for picture in read_pictures(reply.pictures):
                show(picture)
        return reply, render(reply, self.limits, ms, ended, session=session)
