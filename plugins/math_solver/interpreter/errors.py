"""What the interpreter itself may raise; a program's failure is an ``Execution``, never one of these."""

from __future__ import annotations

__all__ = ["InterpreterClosed", "InterpreterError", "OutOfResources", "SessionsInUse", "WeakIsolation"]


class InterpreterError(RuntimeError):
    """The interpreter failed, not the program."""


class InterpreterClosed(InterpreterError):
    """Used after ``close()``, or in a forked copy of the process that started it."""


class OutOfResources(InterpreterError):
    """The machine has no descriptors, processes or memory for another program; later it may have some again."""


class SessionsInUse(InterpreterError):
    """No other session can begin: programs run in all that there may be."""


class WeakIsolation(InterpreterError):
    """The machine lacks a layer of isolation that ``Limits.allow_missing`` does not name."""
