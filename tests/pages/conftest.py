"""The scripts as processes of their own, on free ports."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

ROOT = Path(__file__).parents[2]


class Script:
    """A running page: its address, and how to end it."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.greeting = ""
        self.url = self._wait_for_url(self.process.stdout)

    def end(self, how: signal.Signals = signal.SIGINT) -> tuple[int, str, str]:
        """The exit code, what was printed since the address, and what went to stderr."""
        os.killpg(self.process.pid, how)
        output, errors = self.process.communicate(timeout=60)
        return self.process.returncode, output, errors

    def _wait_for_url(self, output: IO[str] | None) -> str:
        assert output is not None
        for line in output:
            if line.startswith("http://"):
                return line.strip()
            self.greeting += line
        _, errors = self.process.communicate()
        raise AssertionError(f"{self.greeting}{errors}")


class Start:
    """``start("review.py", "--input", path, ...)`` runs a page on a free port; all end with the test."""

    def __init__(self) -> None:
        self.running: list[Script] = []

    def __call__(self, script: str, *arguments: str | Path, **environment: str) -> Script:
        command = [sys.executable, f"scripts/{script}", *map(str, arguments), "--port", "0"]
        self.running.append(Script(command, environment))
        return self.running[-1]


@pytest.fixture
def start() -> Iterator[Start]:
    starting = Start()
    yield starting
    for script in starting.running:
        if script.process.poll() is None:
            script.end(signal.SIGKILL)
