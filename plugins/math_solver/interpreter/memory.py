"""How much memory a child has, read from /proc: quickly with what it shares, or slowly without."""

from __future__ import annotations

import os

from .child import Child

__all__ = ["anonymous_bytes", "own_bytes"]

_PAGE = os.sysconf("SC_PAGE_SIZE")
_PRIVATE = ("Private_Clean", "Private_Dirty", "SwapPss")
_MINOR_FAULTS = 7  # of the fields of stat behind the name


def anonymous_bytes(child: Child) -> int:
    """Anonymous bytes in memory, those shared with the warm server included; 0 if the child has ended.

    A tenth of a millisecond.
    """
    try:
        with open(f"/proc/{child.pid()}/statm", encoding="ascii") as file:
            _, resident, shared, *_ = map(int, file.read().split())
    except (OSError, ValueError):
        return 0
    return (resident - shared) * _PAGE


def own_bytes(child: Child, at_first: int) -> int:
    """Bytes that are this child's alone; ``at_first`` were its anonymous ones before it ran anything.

    Some milliseconds. Only root may read it of a confined process. For others it is estimated: a page for each fault,
    which is what a page costs that is new or no longer shared, or else what the child has gained, in huge pages.
    """
    try:
        with open(f"/proc/{child.pid()}/smaps_rollup", encoding="ascii") as file:
            fields = dict(line.split(":", 1) for line in file if ":" in line and "kB" in line)
        return sum(int(fields[name].split()[0]) for name in _PRIVATE if name in fields) << 10
    except (OSError, ValueError):
        anonymous = anonymous_bytes(child)
        return min(anonymous, max(anonymous - at_first, _faults(child) * _PAGE))


def _faults(child: Child) -> int:
    try:
        with open(f"/proc/{child.pid()}/stat", encoding="utf-8", errors="replace") as file:
            return int(file.read().rsplit(")", 1)[1].split()[_MINOR_FAULTS])
    except (OSError, ValueError):
        return 0
