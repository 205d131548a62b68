"""Run one cell in a namespace, as a notebook does: value of a last bare expression, trimmed traceback."""

from __future__ import annotations

import _thread
import ast
import inspect
import io
import linecache
import os
import sys
import textwrap
import threading
import traceback
import warnings
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from types import CodeType, TracebackType
from typing import Any, NamedTuple

from . import pools
from .source import AWAIT, NAME, Parsed, WithoutWarnings, dedented, lines_of, parse

__all__ = ["CellResult", "CellStream", "run_cell", "show_plainly"]

_TEXT_CAP = 200_000  # characters of a value or an error that leave the child
_REPEATS = 3
_NOTES, _MEMBERS, _NESTED = 5, 5, 2  # shown of an exception: notes, members of a group, groups within it
_NOTE_CHARS = 500


_exceptions = BaseExceptionGroup.__dict__["exceptions"].__get__
_name = type.__dict__["__name__"].__get__  # whatever a metaclass says


class CellResult(NamedTuple):
    """``status`` is ok, error or memory; ``value`` and ``error`` as in ``Execution``; ``last`` is the value itself."""

    status: str
    value: str | None = None
    error: str | None = None
    last: object = None


class _WholeWrites(io.FileIO):
    """Raw writes that are never short, since a text layer on top would lose the rest."""

    def write(self, data: Any, /) -> int:
        view = memoryview(data)
        size = view.nbytes
        done = super().write(view) or 0
        while done < size:
            done += super().write(view.cast("B")[done:]) or 0
        return size


class CellStream(io.TextIOWrapper):
    """Text straight to a descriptor: what was printed before a kill has been printed."""

    def __init__(self, fd: int) -> None:
        raw = _WholeWrites(fd, "w", closefd=False)
        super().__init__(raw, encoding="utf-8", errors="backslashreplace", write_through=True)

    def fileno(self) -> int:
        return 1


def run_cell(
    code: str,
    namespace: dict[str, Any],
    filename: str,
    ended: Callable[[], object] = lambda: None,
    *,
    parsed: list[Parsed] | None = None,
) -> CellResult:
    """Run ``code`` in ``namespace``; whatever it raises becomes the result.

    ``ended`` is called before the result is made, for which there may be no memory otherwise. ``parsed`` holds what
    ``parse_cell`` made of the code where that is known already; it is taken out, so that the program has its memory.
    Not guaranteed: that it returns; a program may loop, exit the process or crash it.
    """
    try:
        try:
            body, last = _compile(code, filename, parsed.pop() if parsed else None)
            _evaluate(body, namespace)
            value = None if last is None else _evaluate(last, namespace)
            shown = None if value is None else _cut(repr(value))
            _join_threads()
        finally:
            ended()
        return CellResult("ok", shown, last=value)
    except SystemExit as exit_:
        if _ends_well(exit_):
            return CellResult("ok")
        return CellResult("error", None, _describe_safely(exit_, _describe))
    except BaseException as error:
        if issubclass(type(error), KeyboardInterrupt):
            _leave_threads()
        status = "memory" if issubclass(type(error), MemoryError) else "error"  # ``__class__`` may be the program's
        return CellResult(status, None, _describe_safely(error, _trace))


def show_plainly() -> None:
    """Make warnings and stray exceptions print one line without paths or addresses."""

    def warn(message: Any, category: type[Warning], *_: Any, **__: Any) -> None:
        print(f"{category.__name__}: {message}", file=sys.stderr)

    def stray(details: Any) -> None:
        if details.exc_type is not SystemExit and details.exc_value is not None:
            print(_describe_safely(details.exc_value, _trace), file=sys.stderr)

    warnings.showwarning = warn
    threading.excepthook = stray
    sys.unraisablehook = stray


def _compile(code: str, filename: str, parsed: Parsed | None) -> tuple[CodeType, CodeType | None]:
    text = dedented(code) if parsed is None else parsed.text
    linecache.cache[filename] = (len(text), None, lines_of(text), filename)
    tree: Any = parse(text, filename) if parsed is None else parsed.tree
    last: CodeType | None = None
    with WithoutWarnings():  # "x is 5" and its like
        if tree.body and isinstance(tree.body[-1], ast.Expr):
            expression = ast.Expression(tree.body.pop().value)
            last = compile(expression, filename, "eval", AWAIT, dont_inherit=True)
        return compile(tree, filename, "exec", AWAIT, dont_inherit=True), last


class _Loop:
    """The event loop of the cells' own awaits, which tasks of an earlier cell go on in."""

    running: Any = None


def _evaluate(code: CodeType, namespace: dict[str, Any]) -> Any:
    value = eval(code, namespace)
    if not code.co_flags & inspect.CO_COROUTINE:
        return value
    import asyncio

    if _Loop.running is None or _Loop.running.is_closed():
        _Loop.running = asyncio.new_event_loop()
    return _Loop.running.run_until_complete(value)


def _join_threads() -> None:
    """Wait for the threads the cell left, as a script does at its end; those of a pool only until it has no work."""
    if not _thread._count():
        return
    for thread in _awaited_threads():
        with suppress(RuntimeError):  # another thread is about to start it
            thread.join()
    pools.wait()


def _leave_threads() -> None:
    """What is not done by the deadline of one cell is not waited for until those of all later ones, nor is what it
    starts from then on: the threads that a daemon starts are daemons too.
    """
    if not _thread._count():
        return
    with suppress(BaseException):  # threads may be the program's own, which have their own mind
        pools.forget()
        for thread in [*pools.threads(), *_awaited_threads()]:
            thread._daemonic = True  # type: ignore[attr-defined]


def _awaited_threads() -> list[threading.Thread]:
    passed_over = {*map(id, pools.threads()), id(threading.current_thread())}
    return [thread for thread in threading.enumerate() if not (thread.daemon or id(thread) in passed_over)]


def _ends_well(exit_: SystemExit) -> bool:
    """As Python has it, an exit with nothing or the number 0; its code may be any object, and hard to get at."""
    try:
        code: Any = exit_.code
    except BaseException:
        return False
    return code is None or (issubclass(type(code), int) and not int.__bool__(code))


def _describe_safely(error: BaseException, describe: Callable[[BaseException], str]) -> str:
    """A program's exception may fail to describe itself."""
    try:
        return _cut(describe(error))
    except BaseException:
        return str.__str__(_name(type(error)))


def _trace(error: BaseException) -> str:
    lines = _frames(error.__traceback__)
    if issubclass(type(error), SyntaxError):
        return "\n".join([*lines, _describe_syntax(error)])
    return "\n".join([*(["Traceback (most recent call last):"] if lines else []), *lines, _describe(error)])


def _frames(trace: TracebackType | None) -> list[str]:
    """The frames of the model's own lines, repeats collapsed."""
    shown: list[str] = []
    previous, repeats = "", 0
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_filename.startswith(NAME[:-1]):
            entry = _frame(code, trace.tb_lineno)
            repeats = repeats + 1 if entry == previous else 0
            previous = entry
            if repeats < _REPEATS:
                shown.append(entry)
            else:
                more = repeats - _REPEATS + 1
                note = f"  [Previous line repeated {more} more time{'s' if more > 1 else ''}]"
                shown[-1:] = [note] if more > 1 else [shown[-1], note]
        trace = trace.tb_next
    return shown


def _frame(code: CodeType, line: int) -> str:
    where = "" if code.co_name == "<module>" else f", in {code.co_name}"
    source = linecache.getline(code.co_filename, line).strip()
    return f'  File "{NAME}", line {line}{where}' + (f"\n    {source}" if source else "")


def _describe(error: BaseException, nested: int = 0) -> str:
    kind = type(error)
    module = "" if kind.__module__ in ("builtins", "__main__") else f"{kind.__module__}."
    message = str(error)
    head = f"{module}{kind.__qualname__}: {message}" if message else f"{module}{kind.__qualname__}"
    return "\n".join([head, *_notes(error), *_members(error, nested)])


def _notes(error: BaseException) -> list[str]:
    """What ``add_note`` added; anything else in its place is left out."""
    try:
        notes = getattr(error, "__notes__", None)
    except BaseException:
        return []
    if type(notes) is not list:
        return []
    texts = [str.__str__(note) for note in notes if issubclass(type(note), str)]
    return _first([_shortened(text) for text in texts[:_NOTES]], len(texts), "notes")


def _members(error: BaseException, nested: int) -> list[str]:
    """The exceptions of a group, each indented below it."""
    if not issubclass(type(error), BaseExceptionGroup) or nested > _NESTED:
        return []
    members = _exceptions(error)
    texts = [
        _shortened(_describe_safely(member, partial(_describe, nested=nested + 1))) for member in members[:_MEMBERS]
    ]
    return [textwrap.indent(text, "  ") for text in _first(texts, len(members), "exceptions")]


def _first(texts: list[str], count: int, things: str) -> list[str]:
    left = count - len(texts)
    return texts if left <= 0 else [*texts, f"... and {left} more {things if left > 1 else things[:-1]}"]


def _shortened(text: str) -> str:
    return text if len(text) <= _NOTE_CHARS else f"{text[:_NOTE_CHARS]}..."


def _describe_syntax(error: Any) -> str:
    if error.filename is not None and not error.filename.startswith(NAME[:-1]):
        return _describe(error)
    lines = traceback.TracebackException(type(error), error, None, compact=True).format_exception_only()
    inner = os.fspath(error.filename or NAME)
    return "".join(lines).rstrip("\n").replace(f'"{inner}"', f'"{NAME}"', 1)


def _cut(text: str) -> str:
    text = str.__str__(text)  # of a class of the program's own it may say anything of its length
    if len(text) <= _TEXT_CAP:
        return text
    half = _TEXT_CAP // 2
    return f"{text[:half]}\n... [{len(text) - 2 * half} characters left out] ...\n{text[-half:]}"
