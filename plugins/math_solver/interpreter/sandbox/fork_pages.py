"""The warm server's memory pages, laid out so that forks of it are cheap. Limits are set in ``confine``.

Most of what a short program costs is memory: the page tables that a fork copies and an exit takes down, and the
pages that a child writes to (reference counts) and so must copy one fault at a time. Huge pages spare the first;
for the second the server learns which pages programs touch, and children copy those before they are asked.
"""

from __future__ import annotations

import os
from array import array
from collections import Counter
from collections.abc import Callable, Iterable

from .kernel import DUMPABLE, advise, prctl

__all__ = ["collapse", "hot_ranges", "populate", "touched"]

_POPULATE_WRITE, _COLLAPSE = 23, 25  # Linux 5.14 and 6.1; older kernels refuse, and nothing is lost but time
_HUGE = 2 << 20
_PAGE = os.sysconf("SC_PAGE_SIZE")
_PRESENT, _FILE, _EXCLUSIVE = 63, 61, 56  # bits of an entry in pagemap
_GAP = 2 * _PAGE  # ranges so close are populated together


def collapse(proc: int) -> None:
    """Gather this process's own memory in huge pages; ``proc`` is a descriptor of /proc."""
    for start, end in _writable(proc):
        for place in range(-(-start // _HUGE) * _HUGE, end - _HUGE + 1, _HUGE):
            advise(place, _HUGE, _COLLAPSE)


def touched(work: Callable[[], object], proc: int) -> array[int]:
    """Addresses of the pages that ``work`` makes a fork of this process write to; none if that cannot be told."""
    out, into = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            regions = _writable(proc)
            work()
            prctl(DUMPABLE, 1)  # its own entries in /proc are somebody else's otherwise
            os.close(out)
            with os.fdopen(into, "wb") as pipe:
                pipe.write(_own_pages(regions, proc).tobytes())
        finally:
            os._exit(0)
    os.close(into)
    with os.fdopen(out, "rb") as pipe:
        pages = array("Q", pipe.read())
    os.waitpid(pid, 0)
    return pages


def hot_ranges(samples: Iterable[array[int]]) -> array[int]:
    """Start, size, start, size, ... of what at least two of ``samples`` hold."""
    counts = Counter(page for sample in samples for page in sample)
    ranges = array("Q")
    for page in sorted(page for page, count in counts.items() if count > 1):
        if ranges and page - (ranges[-2] + ranges[-1]) < _GAP:
            ranges[-1] = page + _PAGE - ranges[-2]
        else:
            ranges.extend((page, _PAGE))
    return ranges


def populate(ranges: array[int]) -> None:
    """Give this process pages of its own there; what is no longer mapped is left alone."""
    for place in range(0, len(ranges), 2):
        advise(ranges[place], ranges[place + 1], _POPULATE_WRITE)


def _writable(proc: int) -> list[tuple[int, int]]:
    """Private, writable regions of this process."""
    with open(os.open("self/maps", os.O_RDONLY, dir_fd=proc), encoding="utf-8", errors="surrogateescape") as maps:
        fields = [line.split(maxsplit=5) for line in maps]
    regions = [(area, rights) for area, rights, *_ in fields if rights.startswith("rw") and rights.endswith("p")]
    bounds = [area.split("-") for area, _ in regions]
    return [(int(start, 16), int(end, 16)) for start, end in bounds]


def _own_pages(regions: list[tuple[int, int]], proc: int) -> array[int]:
    import numpy

    pages = array("Q")
    pagemap = os.open("self/pagemap", os.O_RDONLY, dir_fd=proc)
    for start, end in regions:
        entries = numpy.frombuffer(os.pread(pagemap, (end - start) // _PAGE * 8, start // _PAGE * 8), numpy.uint64)
        flags = [(entries >> numpy.uint64(bit)) & numpy.uint64(1) for bit in (_PRESENT, _EXCLUSIVE, _FILE)]
        found = numpy.nonzero((flags[0] & flags[1]) > flags[2])[0]
        pages.extend(start + int(index) * _PAGE for index in found)
    return pages
