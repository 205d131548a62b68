"""From a child's reply to the ``Execution`` that the model and the caller see."""

from __future__ import annotations

import re
import signal
import sysconfig
from pathlib import Path

from ..protocol import truncate_middle
from ..records import Execution, Status
from .child import Reply
from .limits import Limits

__all__ = ["render"]

# What differs from run to run, or from machine to machine: addresses, also as numbers, and where Python is installed.
_CHANGING = (
    (" at 0x", re.compile(r" at 0x[0-9a-fA-F]{6,16}(?=>|[;:,] )"), " at 0x..."),
    ("hread 0x", re.compile(r"\b([Tt]hread) 0x[0-9a-f]{16} \("), r"\1 0x... ("),
    (", started ", re.compile(r"(<\w+\([^()<>]*, started (?:daemon )?)\d{8,}\)>"), r"\1...)>"),
    (" id='", re.compile(r"(<\w*Mock\b[^<>]* id=')\d{8,}'"), r"\1...'"),
)
_PLACES = sorted({*map(sysconfig.get_path, ("stdlib", "platlib", "purelib")), str(Path(__file__).parent)}, key=len)[
    ::-1
]
_GONE = "; the variables of this session are gone"


def render(
    reply: Reply, limits: Limits, ms: float, exit_status: int | None = None, *, session: bool = False
) -> Execution:
    """The record of one call; the same program gives the same text, whatever the machine."""
    status, error = _outcome(reply, limits, exit_status)
    if error is not None and session and not reply.alive:
        error += _GONE
    output = _clean(reply.output.decode("utf-8", "replace"), reply.folder)
    value = None if reply.value is None else _clean(reply.value, reply.folder)
    error = None if error is None else _clean(error, reply.folder)
    output, value, error = _fit(output, value, error, limits.output_chars)
    return Execution(status, output, value, error, round(ms, 3))


def _outcome(reply: Reply, limits: Limits, exit_status: int | None) -> tuple[Status, str | None]:
    if reply.end == "reply":
        status: Status = "memory" if reply.status == "memory" else "ok" if reply.status == "ok" else "error"
        return status, reply.error
    if reply.end == "timeout":
        return "timeout", f"TimeoutError: the program was stopped after {limits.timeout:g} s"
    if reply.end == "output_limit":
        return "output_limit", f"OutputLimit: the program was stopped after {limits.output_bytes} bytes of output"
    if reply.end == "scratch_limit":
        return "killed", f"ScratchLimit: the program was stopped after filling its {limits.scratch_mb} MiB of files"
    if reply.end == "broken":
        return "killed", "Killed: the program broke the interpreter's channel"
    if reply.end == "cancelled":
        return "killed", "Killed: the call was cancelled"
    return "killed", f"Killed: {_death(exit_status)}"


def _death(exit_status: int | None) -> str:
    if exit_status is None:
        return "the process of the program is gone"
    if exit_status >= 0:
        return f"the program ended its process with exit status {exit_status}"
    return f"the process of the program died of {_signal_name(-exit_status)}"


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:  # a real-time signal: only the first and the last have a name
        return f"signal {number}"


def _clean(text: str, folder: str) -> str:
    """Encodable text without what differs from run to run; the folder of the program is its own place, ``.``."""
    text = text.encode("utf-8", "backslashreplace").decode("utf-8")
    for sign, pattern, plain in _CHANGING:
        if sign in text:
            text = pattern.sub(plain, text)
    if folder and folder in text:
        text = re.sub(rf"{re.escape(folder)}(?!\w)", ".", text)
    for place in _PLACES:
        text = text.replace(f"{place}/", "")
    return text


def _fit(output: str, value: str | None, error: str | None, limit: int) -> tuple[str, str | None, str | None]:
    """Cut the parts so that the observation, line breaks included, has at most ``limit`` characters."""
    detail = len(value or "") + len(error or "")
    if len(output) + detail + 1 <= limit:
        return output, value, error
    share = max(limit // 2, limit - len(output) - 1)
    value = None if value is None else truncate_middle(value, share)
    error = None if error is None else truncate_middle(error, share)
    detail = len(value or "") + len(error or "")
    return truncate_middle(output, limit - detail - 1 if detail else limit), value, error
