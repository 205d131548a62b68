"""Sessions: children kept between calls, how many, how long, and what becomes of a lost one."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Sequence

from .child import Child
from .limits import Limits
from .memory import anonymous_bytes, own_bytes

__all__ = ["Session", "Sessions"]

_NOTES = 4096  # lost sessions remembered, so that their next call is told


class Session:
    """One session; its lock is held by the call that runs in it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lock = threading.Lock()
        self.child: Child | None = None
        self.lost: str | None = None
        self.runs = 0
        self.users = 0
        self.used = time.monotonic()
        self.size = 0  # bytes, when it last came to rest: at most what is its own, and just that once measured
        self.plain: Sequence[str] = ()  # all programs of it, where they are known and look plain
        self._measured = False
        self._at_first = 0

    def begin(self, child: Child) -> Child:
        """Take a child that has run nothing yet."""
        self.child, self._at_first = child, anonymous_bytes(child)
        return child

    def look(self, generation: int) -> str | None:
        """Why the session's variables are gone without a call having said so; told once."""
        self.refresh(generation)
        reason, self.lost = self.lost, None
        return reason

    def refresh(self, generation: int) -> None:
        """Let go of a child that is of no use any more; the next call is told why."""
        if self.child is not None and self.child.generation != generation:
            self.lose("the interpreter was restarted")
        elif self.child is not None and self.child.dead():
            self.lose("its process ended between calls")

    def rest(self) -> None:
        """Stop the child until the next call."""
        if self.child is not None:
            self.child.freeze()
            self.size, self._measured = anonymous_bytes(self.child), False

    def measure(self) -> None:
        """Find out what is its own while it rests, once."""
        if self.child is not None and not self._measured:
            self.size, self._measured = own_bytes(self.child, self._at_first), True

    def lose(self, reason: str) -> None:
        """Kill the child, and tell the next call why."""
        if self.child is not None:
            self.lost = reason
        self.drop()

    def drop(self) -> None:
        """Kill the child, if there is one."""
        if self.child is not None:
            self.child.kill()
            self.child = None
        self.size = 0


class Sessions:
    """All sessions of an interpreter. Sessions that a call runs in, or waits for, are never ended here."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._lock = threading.Lock()
        self._live: dict[str, Session] = {}
        self._notes: OrderedDict[str, str] = OrderedDict()

    def claim(self, name: str) -> Session | None:
        """The session of that name, made if need be; ``None`` when there are too many and all are in use."""
        with self._lock:
            session = self._live.get(name)
            if session is None:
                if len(self._live) >= self._limits.sessions and not self._end_idlest(
                    "other sessions needed its place"
                ):
                    return None
                session = self._live[name] = Session(name)
                session.lost = self._notes.pop(name, None)
            session.users += 1
            return session

    def find(self, name: str) -> Session | None:
        """The session of that name, if there is one; like ``claim``, it must be released."""
        with self._lock:
            session = self._live.get(name)
            if session is not None:
                session.users += 1
            return session

    def release(self, session: Session) -> None:
        """A call is over; sessions beyond the total memory end, the longest idle first."""
        with self._lock:
            session.users -= 1
            session.used = time.monotonic()
            if not session.users:
                self._settle(session)
            while self._is_beyond_memory():
                if not self._end_idlest("the sessions together used too much memory"):
                    break

    def _is_beyond_memory(self) -> bool:
        """Whether the sessions have too much together; what is their own is measured only where it decides."""
        budget = self._limits.session_memory_mb << 20
        total = sum(live.size for live in self._live.values())
        for session in self._live.values():
            if total <= budget:
                return False
            if not session.users:
                before = session.size
                session.measure()
                total += session.size - before
        return total > budget

    def _settle(self, session: Session) -> None:
        """Nobody uses a session any more: it stays if it is still the one of its name and has begun."""
        if self._live.get(session.name) is not session:
            session.drop()  # ended meanwhile, and then a call that had waited began it anew
        elif not session.runs and session.child is None and session.lost is None:
            del self._live[session.name]  # its only call was cancelled before it ran

    def expire(self) -> None:
        """End sessions that were idle for too long."""
        until = time.monotonic() - self._limits.session_idle
        with self._lock:
            for session in list(self._live.values()):
                if not session.users and session.used < until:
                    self._end(session, f"it was idle for more than {self._limits.session_idle:g} s")

    def end(self, name: str | None = None) -> None:
        """End a session at its owner's wish, or all; a call that runs in it is stopped."""
        with self._lock:
            names = list(self._live) if name is None else [name]
            for key in names:
                session = self._live.pop(key, None)
                if session is not None and session.child is not None:
                    session.child.cancel()
                    if not session.users:
                        session.drop()

    def end_idlest(self, reason: str) -> bool:
        """End the session that was idle longest; whether there was one."""
        with self._lock:
            return self._end_idlest(reason)

    def names(self) -> list[str]:
        """The sessions that have variables now."""
        with self._lock:
            return [name for name, session in self._live.items() if session.child is not None]

    def _end_idlest(self, reason: str) -> bool:
        idle = [session for session in self._live.values() if not session.users]
        if idle:
            self._end(min(idle, key=lambda session: session.used), reason)
        return bool(idle)

    def _end(self, session: Session, reason: str) -> None:
        del self._live[session.name]
        if session.child is not None:
            session.drop()
            self._notes[session.name] = reason
            while len(self._notes) > _NOTES:
                self._notes.popitem(last=False)
