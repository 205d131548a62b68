"""A forked child: it takes off what it inherited, confines itself, and runs cells until it is killed."""

from __future__ import annotations

import _signal  # type: ignore[import-not-found]
import _thread
import base64
import faulthandler
import gc
import mmap
import os
import select
import signal
import sys
from array import array
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from io import BufferedWriter, BytesIO, TextIOWrapper
from typing import Any, NamedTuple

from . import confine, fork_pages
from .cell import CellResult, CellStream, run_cell
from .kernel import flush_c
from .pictures import PICTURES
from .source import NAME, Parsed
from .wire import pack, read_frame, write_all

__all__ = ["FIRST_FREE", "Equipment", "Pipes", "Streams", "let_recurse", "live"]

_INPUT, _OUTPUT, _ERRORS, _REQUEST, _RESULT, _SPARE, FIRST_FREE = range(7)  # the spare is the output's too
_OUTPUTS = _OUTPUT, _ERRORS, _SPARE
_OPEN_MAX = 1 << 20
_RESERVE = 16 << 20
_map = partial(mmap.mmap, -1, _RESERVE, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, prot=0)  # kept, as below
_STEP = 128  # numbers, two to a range: about a fifth of a millisecond
_RECURSION = 1005  # five frames lie between the child and a program
# The C function itself: each function of Python that a child calls is pages that it has to copy.
_set_handler, _set_timer = _signal.signal, _signal.setitimer
_end_watchdog = faulthandler.cancel_dump_traceback_later
_TIMERS = int(signal.ITIMER_REAL), int(signal.ITIMER_VIRTUAL), int(signal.ITIMER_PROF)
_SIGCHLD, _SIGINT, _BY_DEFAULT = int(signal.SIGCHLD), int(signal.SIGINT), int(signal.SIG_DFL)
_READY = pack({"id": 0})
_OPENING = ("open", "TextIOWrapper", "BufferedWriter")
_GIVEN, _SHOWN = ("stdin", "__stdin__"), ("stdout", "stderr", "__stdout__", "__stderr__")
_names = vars(sys)  # which hold whatever class a program gives to sys
_count_threads = _thread._count
_objects = gc.get_objects  # those that the server had are frozen, and none of these
_encode = base64.b64encode  # kept: a program may replace the module's own
_stat = os.fstat  # of which the second and third tell one file from all others


class Pipes(NamedTuple):
    """The child's ends: programs come in, output and results go out, ``ended`` is its input, of which nothing comes.

    Their numbers are ``FIRST_FREE`` or higher.
    """

    ended: int
    request: int
    output: int
    result: int


class Streams:
    """Standard input and output of a child's first cell, made ahead by the server, on its own descriptors 0 and 1.

    They are used by number: what these mean is settled in the child. They are pipes here too, since a stream asks at
    once whether it can go back in them.
    """

    def __init__(self) -> None:
        for place in (_INPUT, _OUTPUT):
            ends = os.pipe()
            os.dup2(ends[place], place)
            for end in ends:
                os.close(end)
        self.input, self.output = open(_INPUT, closefd=False), CellStream(_OUTPUT)


class Reserve:
    """Address space that a program cannot take, so that a child whose memory is full can still say so."""

    def __init__(self) -> None:
        self._space: mmap.mmap | None = None
        self.keep()

    def keep(self) -> None:
        """Take it, if there is as much."""
        if self._space is None:
            with suppress(OSError, MemoryError):
                self._space = _map()

    def release(self) -> None:
        if self._space is not None:
            self._space.close()
            self._space = None


@dataclass(frozen=True)
class Equipment:
    """What the children of a server find, apart from its memory.

    Attributes:
        namespace: of the cells; ``spare``: a second one for ``first_steps``. Neither is copied, since a copy would
            touch, and so duplicate, the memory of a thousand objects.
        first_steps: a program that touches what most programs touch, so that those pages are the child's own before
            a program waits for them.
        suits: what was parsed of a program for that, if it may run here where not every one may.
        streams: of its first cell.
        reserve: kept while a cell runs.
    """

    namespace: dict[str, Any]
    spare: dict[str, Any]
    first_steps: str
    suits: Callable[[str], Parsed | None]
    streams: Streams
    reserve: Reserve = field(default_factory=Reserve)


class _Running:
    """Whether a cell runs, since an interrupt is for it alone, whether there was one, whether any cell so far may have
    opened a stream, and the streams of cells that left threads: ``print`` and ``input`` hold none of their own while
    they use it, and one that went away meanwhile would take the process with it. Also what the output is, and the
    number of the input and what that is.
    """

    flag = interrupted = opened = False
    streams: list[object] = []
    output: tuple[int, ...] = ()
    given: tuple[int, tuple[int, ...] | None] = _INPUT, None


def _file(descriptor: int) -> tuple[int, ...] | None:
    """What tells the file that lies there from all others, if any does."""
    try:
        return _stat(descriptor)[1:3]
    except OSError:
        return None


def _find_output() -> int:
    """A number of the output, which is put back where an earlier cell closed it; what has one of them now keeps it."""
    kept = next(filter(_is_output, _OUTPUTS), _OUTPUT)
    for place in (_OUTPUT, _ERRORS):
        if _file(place) is None:
            os.dup2(kept, place, inheritable=False)
    return next(filter(_is_output, _OUTPUTS), _OUTPUT)


def _is_output(descriptor: int) -> bool:
    return _file(descriptor) == _Running.output


def _open_input() -> TextIOWrapper:
    """The input, in whose place any other does that has ended, as ``open(0).read()`` closes it."""
    number, file = _Running.given
    if _file(number) != file:
        try:
            number, into = os.pipe()
        except OSError:  # the program has taken all there are
            return TextIOWrapper(BytesIO())
        os.close(into)
        _Running.given = number, _file(number)
    return open(number, closefd=False)


def live(pipes: Pipes, settings: confine.Settings, equipment: Equipment, hot: array[int]) -> None:
    """Become a confined child, say so, and run cells; returns when the host closes the request pipe.

    ``hot`` are the ranges of memory that most programs write to.
    """
    _place_descriptors(pipes)
    _Running.given, _Running.output = (_INPUT, _stat(_INPUT)[1:3]), _stat(_OUTPUT)[1:3]
    os.chdir(settings.scratch)
    sys.path.append(settings.scratch)  # a program may import what it wrote; nothing installed is hidden by it
    gc.enable()
    _set_handler(_SIGCHLD, _BY_DEFAULT)
    confine.confine(settings)
    os.closerange(FIRST_FREE, _OPEN_MAX)
    if equipment.first_steps:
        run_cell(equipment.first_steps, equipment.spare, "<cell first steps>")
    write_all(_RESULT, _READY)
    if hot:
        _wait_usefully(hot)
    _serve(equipment)


def _wait_usefully(hot: array[int]) -> None:
    """Copy the pages that a program would have to wait for, until there is one."""
    request = select.poll()
    request.register(_REQUEST, select.POLLIN)
    for start in range(0, len(hot), _STEP):
        if request.poll(0):
            return
        fork_pages.populate(hot[start : start + _STEP])


def _serve(equipment: Equipment) -> None:
    count = 0
    while (request := read_frame(_REQUEST)) is not None:
        parsed = _judge(request.get("suited", ()), request["code"], equipment)
        if parsed is None:
            write_all(_RESULT, pack({"id": request["id"], "status": "unsuited"}))
            return
        count += 1
        if count == 1:
            streams, filename = (equipment.streams.input, equipment.streams.output), NAME
        else:
            _leave_streams(streams[1])
            streams, filename = (_open_input(), CellStream(_find_output())), f"{NAME[:-1]} {count}>"
            equipment.reserve.keep()
        result = _run(request["code"], equipment, filename, streams, parsed)
        reply = {"id": request["id"], "status": result.status, "value": result.value, "error": result.error}
        reply["pictures"] = [_encode(picture).decode("ascii") for picture in PICTURES.found()]
        write_all(_RESULT, pack(reply))


def _judge(programs: Iterable[str], code: str, equipment: Equipment) -> list[Parsed] | None:
    """``None`` if one of the programs does not suit, or else what was parsed of ``code`` for that, if anything."""
    parsed: list[Parsed] = []
    for program in programs:
        found = equipment.suits(program)
        if found is None:
            return None
        if program == code:
            parsed = [found]
    return parsed


def _run(
    code: str,
    equipment: Equipment,
    filename: str,
    streams: tuple[TextIOWrapper, CellStream],
    parsed: list[Parsed],
) -> CellResult:
    _set_handler(_SIGINT, _interrupt)
    _put_streams(*streams)
    _Running.opened = _Running.opened or any(map(code.__contains__, _OPENING))
    PICTURES.begin()
    try:
        _Running.flag, _Running.interrupted = True, False
        result = run_cell(code, equipment.namespace, filename, equipment.reserve.release, parsed=parsed)
        _flush(streams[1])
        _finish_pictures(result)
        return result
    finally:
        _Running.flag = False
        flush_c()
        for timer in _TIMERS:
            _set_timer(timer, 0)
        _end_watchdog()


def _leave_streams(own: CellStream) -> None:
    """Let those of the last cell go, which close what they were opened on; where threads use them, they stay, and stay
    in place until there are others.
    """
    if _count_threads():
        _Running.streams += [own, *map(_names.get, (*_GIVEN, *_SHOWN))]
    else:
        _put_streams(None, None)


def _put_streams(given: TextIOWrapper | None, shown: CellStream | None) -> None:
    _names.update(dict.fromkeys(_GIVEN, given), **dict.fromkeys(_SHOWN, shown))


def _flush(own: CellStream) -> None:
    """Print what streams to the output hold back, ours too where a program set it so, as the end of a script does."""
    try:
        interrupted = _Running.interrupted
        for stream in (own, _names.get("stdout"), _names.get("stderr"), *_opened()):
            try:
                stream.flush()
            except BaseException:  # anything may stand there
                pass
            if _Running.interrupted is not interrupted:  # the deadline came: nothing else has time
                return
    except BaseException:  # the deadline, or no memory to look for them
        return


def _opened() -> list[Any]:
    """Streams that lead to the output; not looked for before a cell had a word for how to make one."""
    objects = _objects() if _Running.opened else []
    streams = [each for each in objects if type(each) is TextIOWrapper or type(each) is BufferedWriter]
    return [stream for stream in streams if _leads_to_output(stream)]


def _leads_to_output(stream: Any) -> bool:
    with suppress(BaseException):  # what lies below it may be the program's own
        return _is_output(stream.fileno())
    return False


def _finish_pictures(result: CellResult) -> None:
    """Draw what was left open, until the deadline at most: a program that was interrupted has no time for it."""
    try:
        PICTURES.finish(result.last, draw=not _Running.interrupted)
    except BaseException:  # the deadline, or whatever a program put in the place of what draws
        return


def let_recurse(frames: int) -> None:
    """Let programs recurse as deep as a script; their ``live`` is called ``frames`` above the caller."""
    frame, depth = sys._getframe(1), frames
    while frame.f_back is not None:
        frame, depth = frame.f_back, depth + 1
    sys.setrecursionlimit(_RECURSION + depth)


def _interrupt(_number: int, _frame: object) -> None:
    if _Running.flag:
        _Running.interrupted = True
        raise KeyboardInterrupt


def _place_descriptors(pipes: Pipes) -> None:
    """0 is at its end, 1, 2 and 5 the output, 3 programs, 4 results."""
    places = (
        (pipes.ended, _INPUT),
        (pipes.output, _OUTPUT),
        (pipes.output, _ERRORS),
        (pipes.output, _SPARE),
        (pipes.request, _REQUEST),
        (pipes.result, _RESULT),
    )
    for source, target in places:
        os.dup2(source, target, False)
