"""What the tests of synthesis share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from math_solver.interpreter import Interpreter


@pytest.fixture(scope="session")
def interpreter() -> Iterator[Interpreter]:
    """One for all runs of this process; it takes seconds to start."""
    with Interpreter() as running:
        yield running
