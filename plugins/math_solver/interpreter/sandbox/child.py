"""A forked child: it takes off what it inherited, confines itself, and runs cells until it is killed."""

from __future__ import annotations

import base64
import dataclasses
import fcntl
import gc
import os
import random
import select
import signal
import sys
from array import array
from dataclasses import dataclass
from typing import Any

from . import confine, fork_pages
from .cell import NAME, CellResult, CellStream, run_cell
from .kernel import flush_c
from .pictures import PICTURES
from .wire import pack, read_frame, write_all

__all__ = ["Pipes", "live"]

_OUTPUT, _REQUEST, _RESULT, _RULESET, _FIRST_FREE = 1, 3, 4, 5, 6
_HIGH, _OPEN_MAX = 16, 1 << 20
_STEP = 128  # numbers, two to a range: about a fifth of a millisecond
_RECURSION = 1005  # five frames lie between the child and a program
# Touches what most programs touch, so that the pages are the child's own before a program waits for them.
_FIRST_STEPS = "x = symbols('x')\nx/2 + 1"
_encode = base64.b64encode  # kept: a program may replace the module's own


@dataclass(frozen=True)
class Pipes:
    """The child's ends: programs come in, output and results go out."""

    request: int
    output: int
    result: int


class _Running:
    """Whether a cell runs, since an interrupt is for it alone, and whether there was one."""

    flag = interrupted = False


def live(
    pipes: Pipes, settings: confine.Settings, namespace: dict[str, Any], spare: dict[str, Any], hot: array[int]
) -> None:
    """Become a confined child, say so, and run cells; returns when the host closes the request pipe.

    ``namespace`` is for the cells, ``spare`` a second one for the child's first steps; neither is copied,
    since a copy would touch, and so duplicate, the memory of a thousand objects. ``hot`` are the ranges of memory
    that most programs write to.
    """
    settings = _settle_descriptors(pipes, settings)
    os.chdir(settings.scratch)
    sys.path.append(settings.scratch)  # a program may import what it wrote; nothing installed is hidden by it
    gc.enable()
    sys.setrecursionlimit(_RECURSION + _depth())
    random.seed(0)  # a fork seeds it anew; NumPy's and SymPy's are as the server left them
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    confine.confine(settings)
    run_cell(_FIRST_STEPS, spare, "<cell first steps>")
    write_all(_RESULT, pack({"id": 0}))
    _wait_usefully(hot)
    _serve(namespace)


def _wait_usefully(hot: array[int]) -> None:
    """Copy the pages that a program would have to wait for, until there is one."""
    request = select.poll()
    request.register(_REQUEST, select.POLLIN)
    for start in range(0, len(hot), _STEP):
        if request.poll(0):
            return
        fork_pages.populate(hot[start : start + _STEP])


def _serve(namespace: dict[str, Any]) -> None:
    count = 0
    while (request := read_frame(_REQUEST)) is not None:
        count += 1
        result = _run(request["code"], namespace, NAME if count == 1 else f"{NAME[:-1]} {count}>")
        reply = {"id": request["id"], "status": result.status, "value": result.value, "error": result.error}
        reply["pictures"] = [_encode(picture).decode("ascii") for picture in PICTURES.found()]
        write_all(_RESULT, pack(reply))


def _run(code: str, namespace: dict[str, Any], filename: str) -> CellResult:
    signal.signal(signal.SIGINT, _interrupt)
    sys.stdout = sys.stderr = sys.__stdout__ = sys.__stderr__ = CellStream(_OUTPUT)  # type: ignore[misc]
    sys.stdin = sys.__stdin__ = open(0, closefd=False)  # type: ignore[misc]
    PICTURES.begin()
    try:
        _Running.flag, _Running.interrupted = True, False
        result = run_cell(code, namespace, filename)
        _finish_pictures(result)
        return result
    finally:
        _Running.flag = False
        flush_c()
        signal.setitimer(signal.ITIMER_REAL, 0)


def _finish_pictures(result: CellResult) -> None:
    """Draw what was left open, until the deadline at most: a program that was interrupted has no time for it."""
    try:
        PICTURES.finish(result.last, draw=not _Running.interrupted)
    except BaseException:  # the deadline, or whatever a program put in the place of what draws
        return


def _depth() -> int:
    """Frames below the caller, so that a program may recurse as deep as a script, wherever it was forked."""
    frame, depth = sys._getframe(1), 0
    while frame.f_back is not None:
        frame, depth = frame.f_back, depth + 1
    return depth


def _interrupt(_number: int, _frame: object) -> None:
    if _Running.flag:
        _Running.interrupted = True
        raise KeyboardInterrupt


def _settle_descriptors(pipes: Pipes, settings: confine.Settings) -> confine.Settings:
    """0 is at its end, 1 and 2 the output, 3 programs, 4 results, 5 the ruleset; nothing else stays open."""
    ended, into = os.pipe()  # unlike /dev/null, an event loop may wait for it
    os.close(into)
    places = [(ended, 0), (pipes.output, 1), (pipes.output, 2), (pipes.request, _REQUEST), (pipes.result, _RESULT)]
    if settings.ruleset is not None:
        places.append((settings.ruleset, _RULESET))
    high = [(fcntl.fcntl(source, fcntl.F_DUPFD_CLOEXEC, _HIGH), target) for source, target in places]
    for source, target in high:
        os.dup2(source, target, inheritable=False)
    os.closerange(_FIRST_FREE if settings.ruleset is not None else _RULESET, _OPEN_MAX)
    return settings if settings.ruleset is None else dataclasses.replace(settings, ruleset=_RULESET)
