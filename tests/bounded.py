"""Calls with a bound on their time: what hangs fails its test, not the whole run."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from multiprocessing.pool import Pool
from typing import ParamSpec, TypeVar

import pytest

__all__ = ["Bounded", "bounded"]

P = ParamSpec("P")
T = TypeVar("T")
SECONDS = 60.0  # a loaded machine is slow, and the first call starts the process


class Bounded:
    """``bounded(function, argument)`` calls it in another process, which is ended where it takes too long."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self._pool: Pool | None = None

    def __call__(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        if self._pool is None:
            self._pool = multiprocessing.get_context("spawn").Pool(1)
        try:
            return self._pool.apply_async(function, args, kwargs).get(self.seconds)
        except multiprocessing.TimeoutError:
            self.close()
            pytest.fail(f"{function.__name__} took more than {self.seconds:.0f} s over {str(args)[:80]}")

    def close(self) -> None:
        if self._pool is not None:
            self._pool.terminate()
            self._pool.join()
        self._pool = None


@pytest.fixture(scope="module")
def bounded() -> Iterator[Bounded]:
    calling = Bounded()
    yield calling
    calling.close()
