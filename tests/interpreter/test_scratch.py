"""The watch on a folder that no mount bounds."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from math_solver.interpreter.scratch import ScratchWatch


@pytest.mark.parametrize(
    ("depth", "size", "exceeded"),
    [
        (0, 0, False),  # nothing in it
        (1, 1 << 20, True),  # a file beyond the limit, of which there is half as much
        (1, 1 << 10, False),
        (17, 0, True),  # so deep that its path is longer than the system lets one be
    ],
)
def test_watch(tmp_path: Path, depth: int, size: int, exceeded: bool) -> None:
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(depth):
        os.mkdir("d" * 250, dir_fd=here)
        inner = os.open("d" * 250, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    if size:
        file = os.open("file", os.O_WRONLY | os.O_CREAT, dir_fd=here)
        os.write(file, bytes(size))
        os.close(file)
    os.close(here)
    assert ScratchWatch(str(tmp_path), 1 << 19).exceeded() == exceeded
