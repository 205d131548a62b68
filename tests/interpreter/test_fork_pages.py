"""Memory that children copy ahead of need."""

from __future__ import annotations

import ctypes
import mmap
import os
from array import array

import pytest

from math_solver.interpreter.sandbox import fork_pages as pages

PAGE = os.sysconf("SC_PAGE_SIZE")


def test_touched_tells_the_pages_written_to() -> None:
    memory = mmap.mmap(-1, 8 * PAGE, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    memory[:] = bytes([1]) * len(memory)
    window = ctypes.c_char.from_buffer(memory)
    start = ctypes.addressof(window)

    def write() -> None:
        memory[2 * PAGE] = memory[5 * PAGE] = 2

    proc = os.open("/proc", os.O_PATH)
    try:
        found = pages.touched(write, proc)
    finally:
        os.close(proc)
    if not found:
        pytest.skip("this kernel does not tell")
    assert [page for page in found if start <= page < start + 8 * PAGE] == [start + 2 * PAGE, start + 5 * PAGE]
    assert memory[2 * PAGE] == 1
    del window
    memory.close()


def test_a_failure_tells_nothing() -> None:
    proc = os.open("/proc/self", os.O_PATH)  # there is no self/maps in it
    try:
        assert list(pages.touched(lambda: None, proc)) == []
    finally:
        os.close(proc)


def test_hot_is_what_two_samples_share() -> None:
    samples = [array("Q", [place * PAGE for place in places]) for places in ((1, 2, 4, 20), (1, 4, 9), (2, 9, 30))]
    assert list(pages.hot_ranges(samples)) == [PAGE, 4 * PAGE, 9 * PAGE, PAGE]


def test_populating_what_is_gone_is_harmless() -> None:
    memory = mmap.mmap(-1, 4 * PAGE, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    window = ctypes.c_char.from_buffer(memory)
    start = ctypes.addressof(window)
    memory[0] = 7
    pages.populate(array("Q", [start, 2 * PAGE]))
    assert memory[0] == 7
    del window
    memory.close()
    pages.populate(array("Q", [start, 2 * PAGE, 1 << 46, PAGE]))
