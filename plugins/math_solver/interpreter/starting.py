"""How the warm server's process is started: its command, its scrubbed environment, what it is told."""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .errors import InterpreterError
from .limits import Limits

__all__ = ["start_server"]

_PACKAGES = ("sympy", "numpy", "mpmath")
_BOOT = "import sys; sys.path.insert(0, sys.argv[3]); from sandbox.boot import main; main()"
_KEPT_ENVIRONMENT = ("LD_LIBRARY_PATH", "OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "NVPL_BLAS_DEBUG_CPU_TYPE")
_SYMPY_CACHE = "10000"  # entries for each function: room for the warm-up, and no end of growth


def start_server(
    limits: Limits, given: Mapping[str, Any], lock: int
) -> tuple[subprocess.Popen[bytes], tuple[socket.socket, socket.socket]]:
    """A new server that is told ``limits`` and ``given``; our ends of its control socket and of its light kin's.

    The sockets keep messages apart. The servers hold ``lock``, the descriptor of their folder, while they use that.
    """
    with contextlib.ExitStack() as stack:
        pairs = [tuple(map(stack.enter_context, socket.socketpair(type=socket.SOCK_SEQPACKET))) for _ in range(2)]
        theirs = [*(pair[1].fileno() for pair in pairs), lock]
        command = [sys.executable, "-S", "-P", "-s", "-B", "-X", "utf8", "-c", _BOOT]
        command += [",".join(map(str, theirs)), json.dumps(_config(limits, given)), str(Path(__file__).parent)]
        process = subprocess.Popen(
            command,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=theirs,
            start_new_session=True,
            cwd="/",
        )
        for _, end in pairs:
            end.close()
        stack.pop_all()
    return process, (pairs[0][0], pairs[1][0])


def _config(limits: Limits, given: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **given,
        "paths": _package_paths(),
        "memory_mb": limits.memory_mb,
        "scratch_mb": limits.scratch_mb,
        "open_files": limits.open_files,
        "threads": limits.threads,
        "shared_tasks": _tasks_of_user() + limits.running * limits.threads + limits.sessions + 2 * limits.ready,
        "cpu_seconds": int(limits.session_runs * (limits.timeout + limits.grace)) + 1,
    }


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ}
    threads = {f"{name}_NUM_THREADS": "1" for name in ("OPENBLAS", "OMP", "MKL")}
    return {
        **kept,
        **threads,
        "PYTHONHASHSEED": "0",
        "SYMPY_CACHE_SIZE": _SYMPY_CACHE,
        "MALLOC_ARENA_MAX": "1",
        "LC_ALL": "C.UTF-8",
    }


def _package_paths() -> list[str]:
    """The folders that hold SymPy and what it needs, and so everything else installed beside them."""
    folders: dict[str, None] = {}
    for package in _PACKAGES:
        spec = importlib.util.find_spec(package)
        if spec is None or spec.origin is None:
            raise InterpreterError(f"the interpreter needs {package}; pip install {package}")
        folders[str(Path(spec.origin).parent.parent)] = None
    return list(folders)


def _tasks_of_user() -> int:
    """Threads of this user on the machine, which the kernel counts against a limit on threads."""
    uid, count = os.getuid(), 0
    for entry in os.scandir("/proc"):
        if entry.name.isdecimal():
            with contextlib.suppress(OSError):  # processes end while we look
                count += len(os.listdir(f"/proc/{entry.name}/task")) if entry.stat().st_uid == uid else 0
    return count
