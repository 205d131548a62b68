"""Stages that other processes open, for the tests of mapping; importable there, as a stage must be."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from math_solver.interpreter import Interpreter, Limits
from math_solver.records import RecordError

__all__ = ["Doubling", "Interpreting"]


@dataclass(frozen=True)
class Doubling:
    """Doubles numbers; ``dies_at`` kills its worker, each time, or once where ``once`` names a file to remember by."""

    log: Path
    dies_at: int | None = None
    once: Path | None = None
    refuses: str | None = None

    @contextmanager
    def __call__(self) -> Iterator[Callable[[int], int]]:
        if self.refuses:
            raise RecordError(self.refuses)
        self._note(f"opened {os.getpid()}")
        yield self._double
        self._note(f"closed {os.getpid()}")

    def _double(self, number: int) -> int:
        if number == self.dies_at and not (self.once and self.once.exists()):
            if self.once:
                self.once.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if number < 0:
            raise RecordError(f"{number} is below 0")
        return 2 * number if number != 13 else 2 * [][number]  # type: ignore[misc]

    def _note(self, line: str) -> None:
        with self.log.open("a") as log:
            log.write(f"{line}\n")


@dataclass(frozen=True)
class Interpreting:
    """Runs programs in a sandbox of the worker's own, and says which process that is."""

    @contextmanager
    def __call__(self) -> Iterator[Callable[[str], tuple[int, str, str]]]:
        with Interpreter(Limits(concurrency=1)) as interpreter:

            def run(code: str) -> tuple[int, str, str]:
                execution = interpreter.run(code)
                return os.getpid(), execution.status, execution.observation

            yield run
