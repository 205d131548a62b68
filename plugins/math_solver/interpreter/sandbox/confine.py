"""Confine the calling process, layer by layer, for good."""

from __future__ import annotations

import os
import resource
import signal
from dataclasses import dataclass

from . import landlock, seccomp
from .kernel import prctl

__all__ = ["Settings", "confine"]

_PDEATHSIG, _NO_NEW_PRIVS = 1, 38
_MIB = 1 << 20
_STACK = 64 * _MIB


@dataclass(frozen=True)
class Settings:
    """What a child is held to; a layer that the machine lacks is ``None`` or absent from ``layers``."""

    parent: int
    scratch: str
    layers: frozenset[str]
    uid: int | None
    ruleset: int | None
    filter: seccomp.Filter | None
    address_space: int
    file_size: int
    open_files: int
    tasks: int
    cpu_seconds: int


def confine(settings: Settings) -> None:
    """Apply every layer; the process must be single-threaded.

    Raises:
        OSError: a layer could not be applied; the process must not run a program then.
    """
    _set_limits(settings)
    if settings.uid is not None:
        os.setgroups([])
        os.setresgid(settings.uid, settings.uid, settings.uid)
        os.setresuid(settings.uid, settings.uid, settings.uid)
    prctl(_PDEATHSIG, signal.SIGKILL)  # a change of user clears it, so not earlier
    if os.getppid() != settings.parent:
        os._exit(1)  # the server died before the line above
    if "no_new_privs" in settings.layers:
        prctl(_NO_NEW_PRIVS, 1)
    if settings.ruleset is not None:
        landlock.restrict(settings.ruleset)
        os.close(settings.ruleset)
    if settings.filter is not None:
        settings.filter.install(os.getpid())


def _set_limits(settings: Settings) -> None:
    for kind, value in (
        (resource.RLIMIT_AS, settings.address_space),
        (resource.RLIMIT_FSIZE, settings.file_size),
        (resource.RLIMIT_NOFILE, settings.open_files),
        (resource.RLIMIT_NPROC, settings.tasks),
        (resource.RLIMIT_CPU, settings.cpu_seconds),
        (resource.RLIMIT_STACK, _STACK),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (bound, bound))
