"""A variant's process, seen from outside."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from speed.figures import Result

CHILD = Path(__file__).with_name("child.py")
GRACE = 10.0  # seconds to end the step at work and to keep what was counted


class Process:
    """A run in a process of its own, which waits for ``go`` once its libraries are loaded.

    Its memory is its own, and what Liger puts into transformers' classes ends with it. ``hidden`` keeps GPUs from it.
    """

    def __init__(self, planned: Result, work: Path, number: int, hidden: bool, **measuring: Any) -> None:
        self._planned = planned
        task, log = work / f"task_{number}.json", work / f"log_{number}.txt"
        self._figures, self._log = work / f"figures_{number}.json", log
        told = {"settings": dict(planned.settings), "figures": str(self._figures), **measuring}
        task.write_text(json.dumps(told), encoding="utf-8")
        environment = {"CUDA_VISIBLE_DEVICES": "0", **os.environ, **({"CUDA_VISIBLE_DEVICES": ""} if hidden else {})}
        environment |= {"HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}
        with log.open("wb") as output:
            self._process = subprocess.Popen(
                [sys.executable, str(CHILD), "train", str(task)],
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=environment,
                start_new_session=True,
            )

    def go(self) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(b"go\n")
            self._process.stdin.close()
        except BrokenPipeError:
            pass  # it has ended already; its log says why

    def result(self, limit: float) -> Result:
        """What it measured within ``limit`` seconds, or until somebody interrupts."""
        try:
            self._process.wait(limit)
        except subprocess.TimeoutExpired:
            return self._stopped(f"stopped after {limit:.0f} s")
        return self._measured("")

    def interrupted(self) -> Result:
        """What it measured so far; it is over."""
        return self._stopped("interrupted")

    def _stopped(self, problem: str) -> Result:
        self._process.terminate()
        try:
            self._process.wait(GRACE)
        except subprocess.TimeoutExpired:
            pass  # ``end`` does it
        return self._measured(problem)

    def _measured(self, problem: str) -> Result:
        self.end()
        figures = json.loads(self._figures.read_text(encoding="utf-8")) if self._figures.exists() else {}
        if not problem and self._process.returncode:
            problem = failure(self._log.read_text(encoding="utf-8", errors="replace"), self._process.returncode)
        elif not figures.get("steps"):
            problem = problem or "ended before a step was counted"
        return replace(self._planned, problem=problem, **figures)

    def end(self) -> None:
        """Its loaders end with it."""
        try:
            os.killpg(self._process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self._process.wait()


def failure(log: str, code: int) -> str:
    """Why a process ended, in its own last words."""
    if "OutOfMemoryError" in log or "CUDA out of memory" in log:
        return "out of memory"
    errors = [text.strip() for text in log.splitlines() if text[:1].isalpha() and "Error" in text.partition(":")[0]]
    return errors[-1][:90] if errors else f"ended with code {code}"
