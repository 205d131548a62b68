"""What a program may use, and which missing layers of isolation an operator accepts: the figures alone.

``sandbox/confine`` makes the kernel hold a program to them; ``sessions`` and ``gate`` hold what is counted outside it.
"""

from __future__ import annotations

import math
import os
from dataclasses import dataclass
from typing import Any

__all__ = ["LAYERS", "Limits"]

LAYERS = ("seccomp", "landlock", "rlimits", "no_new_privs", "uid")
_SECONDS = ("timeout", "grace", "session_idle")
_OF_THE_HOST = {"concurrency", "spares", "sessions", "session_idle", "session_memory_mb", "allow_missing"}


@dataclass(frozen=True)
class Limits:
    """Limits of an ``Interpreter``; sizes in MiB or characters, times in seconds.

    Attributes:
        timeout: wall-clock seconds for one program; the authority over everything a program does.
        grace: seconds between the interrupt at the deadline and the kill; a session survives the interrupt.
        memory_mb: address space a program may add to the warm baseline.
        output_chars: length of the observation; longer text loses its middle.
        output_bytes: a program that prints more than this is stopped.
        code_chars: longer programs are refused.
        scratch_mb: size of the working folder, and of each file in it.
        open_files: descriptors; ``threads``: threads of one program.
        sessions: live sessions; a new one beyond them ends the one idle longest.
        session_idle: seconds without a call after which a session ends.
        session_runs: programs one session may run.
        session_memory_mb: resident memory of all sessions together, beyond which the longest idle ends.
        concurrency: programs that run at once (default: the processors this process may use).
        spares: children of each kind forked ahead of need (default: as ``concurrency``).
        allow_missing: layers of ``LAYERS`` without which the interpreter may start all the same.
    """

    timeout: float = 5.0
    grace: float = 0.25
    memory_mb: int = 1024
    output_chars: int = 2000
    output_bytes: int = 4 << 20
    code_chars: int = 200_000
    scratch_mb: int = 16
    open_files: int = 64
    threads: int = 32
    sessions: int = 64
    session_idle: float = 900.0
    session_runs: int = 256
    session_memory_mb: int = 4096
    concurrency: int | None = None
    spares: int | None = None
    allow_missing: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            if name == "allow_missing" or value is None:
                continue
            fits = (int, float) if name in _SECONDS else (int,)
            if isinstance(value, bool) or not isinstance(value, fits) or not 0 < value < math.inf:
                kind = "number" if name in _SECONDS else "whole number"
                raise ValueError(f"Limits.{name} is {value!r}; it must be a {kind} above 0")
        object.__setattr__(self, "allow_missing", tuple(self.allow_missing))
        for layer in self.allow_missing:
            if layer not in LAYERS:
                raise ValueError(f"Limits.allow_missing names {layer!r}; the layers are {', '.join(LAYERS)}")

    @property
    def decisive(self) -> dict[str, Any]:
        """Those that decide what a program does; the others are of the machine that it runs on."""
        return {name: value for name, value in vars(self).items() if name not in _OF_THE_HOST}

    @property
    def running(self) -> int:
        """Programs that run at once."""
        return self.concurrency or len(os.sched_getaffinity(0))

    @property
    def ready(self) -> int:
        """Children of each kind kept forked ahead of need."""
        return self.spares or self.running
