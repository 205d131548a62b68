"""How every script ends: results on stdout, one clear line on stderr and exit code 2 for what the user can mend.

What is imported here is imported before Ctrl-C can be one line, so that it is next to nothing.
"""

from __future__ import annotations

import argparse
import errno
import io
import math
import os
import re
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import TextIO

__all__ = ["beside_output", "check_paths", "count", "file_path", "folder_of", "number", "run_command"]

INTERRUPTED = "interrupted; what was written is whole, run the same command again to go on"
_REMEDIES = {
    errno.EMFILE: "raise `ulimit -n`",
    errno.ENFILE: "end programs that hold files open, or raise fs.file-max",
}
_ENDS = (signal.SIGTERM, signal.SIGHUP)


def run_command(main: Callable[[], int | None]) -> None:
    """Run a script's ``main`` and exit with its code.

    A ``RecordError``, a failing interpreter, an error of the system (a full disk, a folder that cannot be written) and
    Ctrl-C, SIGTERM or SIGHUP become one line and exit code 2; a closed pipe (``| head``) ends quietly with exit code
    1. Other exceptions are our own mistakes and keep their traceback.
    """
    try:
        with _ended_in_order():
            # argparse makes a list of such a value
            empty = next((word for word in sys.argv[1:] if re.fullmatch("--[^=]+=--", word)), None)
            code = _complain(f"{empty}: is no value; write one behind the sign") if empty else main() or 0
            sys.stdout.flush()  # what cannot be printed is to be noticed here, not behind the end
    except KeyboardInterrupt:
        code = _complain(INTERRUPTED)
    except BrokenPipeError:
        code = 1
    except Exception as error:
        line = _line_of(error)
        if line is None:
            raise
        code = _complain(line)
    for stream in (sys.stdout, sys.stderr):
        _let_go_of(stream)
    sys.exit(code)


def _line_of(error: Exception) -> str | None:
    """What to tell of an error that the user can mend."""
    from ..interpreter.errors import InterpreterError
    from ..records import RecordError

    if isinstance(error, RecordError | InterpreterError):
        return str(error)
    if isinstance(error, OSError) and error.errno is not None:  # the system's
        remedy = _REMEDIES.get(error.errno, "make room for it, or mend the path")
        return f"{error.filename or 'not finished'}: {error.strerror}; {remedy}"
    return None


def count(text: str) -> int:
    """A whole number from 1, of a command line.

    Raises:
        argparse.ArgumentTypeError: it is none.
    """
    value = int(text) if text.strip().isdecimal() and len(text) < 19 else 0
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1")
    return value


def number(text: str) -> float:
    """A number of a command line; each comparison with one that is none (nan) is false, and nothing lasts for ever.

    Raises:
        argparse.ArgumentTypeError: it is none, or has no end.
    """
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise argparse.ArgumentTypeError(f"{text!r} is no finite number")
    return value


def file_path(text: str) -> Path:
    """A path whose last part can be a file's name, of a command line.

    Raises:
        argparse.ArgumentTypeError: it is none.
    """
    path = Path(text)
    if path.name in ("", ".."):
        raise argparse.ArgumentTypeError(f"{text!r} names no file")
    return path


def folder_of(output: Path) -> Path:
    """The folder that an output goes to, or the nearest one above it that is there: what waits on disk waits in it."""
    return next(parent for parent in output.absolute().parents if parent.is_dir())


def beside_output(output: Path, name: str) -> Path:
    """What a command leaves beside its output: ``out.report.json`` of ``out.jsonl``."""
    return output.with_name(f"{output.name.removesuffix('.jsonl')}.{name}")


def check_paths(
    inputs: Iterable[Path],
    outputs: Iterable[Path],
    *,
    replaced: str = "is an input and would be replaced; name another file",
) -> None:
    """See that no output replaces an input or another output, by whatever name.

    Raises:
        RecordError: one does, for an input in the words of ``replaced``; or it is a folder, a device or a pipe.
    """
    from ..disk import check_replaceable, same_file
    from ..records import RecordError

    taken = dict.fromkeys(inputs, replaced)
    for path in outputs:
        if same := next((other for other in taken if same_file(path, other)), None):
            raise RecordError(f"{path}: {taken[same]}")
        check_replaceable(path)
        taken[path] = "is named for two things; name another file"


@contextmanager
def _ended_in_order() -> Iterator[None]:
    """Have signals that end a process end it as Ctrl-C does; print what is not in the terminal's alphabet."""
    _stand_in()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    ours = [number for number in _ENDS if signal.getsignal(number) == signal.SIG_DFL]  # nohup ignores SIGHUP
    for number in ours:
        signal.signal(number, _interrupt)
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, signal.SIG_DFL)


def _stand_in() -> None:
    """Put nothing in the place of closed streams, lest the next file has their number and gets what is printed."""
    while (number := os.open(os.devnull, os.O_RDWR)) <= 2:
        os.set_inheritable(number, True)
    os.close(number)
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "r" if name == "stdin" else "w", encoding="utf-8"))


def _interrupt(number: int, frame: FrameType | None) -> None:
    """As Ctrl-C, whoever handles that; a shell's background processes ignore it, and must end all the same."""
    handler = signal.getsignal(signal.SIGINT)
    if callable(handler):
        handler(signal.SIGINT, frame)
    else:
        raise KeyboardInterrupt


def _let_go_of(stream: TextIO) -> None:
    """Python flushes it once more at its end, and would complain of what was complained of already."""
    try:
        stream.flush()
    except OSError:
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _complain(line: str) -> int:
    with suppress(OSError):  # nobody listens
        print(f"{os.path.basename(sys.argv[0])}: {line}", file=sys.stderr)
    return 2
