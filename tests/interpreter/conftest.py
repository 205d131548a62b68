"""An interpreter for the tests that need no limits of their own, and a check that nothing outlives it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from math_solver.interpreter import Interpreter, Limits


@pytest.fixture(scope="package")
def interpreter(nothing_left: None) -> Iterator[Interpreter]:
    with Interpreter(Limits(timeout=3.0)) as running:
        yield running


@pytest.fixture(scope="package", autouse=True)
def nothing_left(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No process, descriptor or temporary folder outlives the tests."""
    others, before = set(psutil.Process().children()), len(os.listdir("/proc/self/fd"))
    folder, tempfile.tempdir = tempfile.tempdir, str(tmp_path_factory.mktemp("scratch"))
    os.chmod(tempfile.tempdir, 0o711)
    for parent in Path(tempfile.tempdir).parents[:2]:
        parent.chmod(0o711)
    yield
    assert os.listdir(tempfile.tempdir) == []
    tempfile.tempdir = folder
    assert newcomers(others) == []
    assert len(os.listdir("/proc/self/fd")) <= before


def newcomers(others: set[psutil.Process]) -> list[psutil.Process]:
    """Children that are not of ``others``, and everything below them; other packages' tests keep children too."""
    children = [child for child in psutil.Process().children() if child not in others]
    return children + [process for child in children for process in child.children(recursive=True)]
