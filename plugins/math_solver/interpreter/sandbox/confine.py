"""Confine the calling process, layer by layer, for good."""

from __future__ import annotations

import os
import resource
import signal
from typing import NamedTuple

from . import landlock, seccomp
from .kernel import NO_NEW_PRIVS, PDEATHSIG, prctl

__all__ = ["Settings", "bounds", "confine"]

_MIB = 1 << 20
_STACK = 64 * _MIB


class Settings(NamedTuple):
    """What a child is held to; a layer that the machine lacks is ``None`` or absent from ``layers``.

    ``ruleset`` is a descriptor, which is closed once it holds; ``limits`` are as ``bounds`` gives them.
    """

    parent: int
    scratch: str
    layers: frozenset[str]
    uid: int | None
    ruleset: int | None
    filter: seccomp.Filter | None
    limits: tuple[tuple[int, int], ...]


def confine(settings: Settings) -> None:
    """Apply every layer; the process must be single-threaded.

    Raises:
        OSError: a layer could not be applied; the process must not run a program then.
    """
    for kind, bound in settings.limits:
        resource.setrlimit(kind, (bound, bound))
    if settings.uid is not None:
        os.setgroups([])
        os.setresgid(settings.uid, settings.uid, settings.uid)
        os.setresuid(settings.uid, settings.uid, settings.uid)
    prctl(PDEATHSIG, signal.SIGKILL)  # a change of user clears it, so not earlier
    if os.getppid() != settings.parent:
        os._exit(1)  # the server died before the line above
    if "no_new_privs" in settings.layers:
        prctl(NO_NEW_PRIVS, 1)
    if settings.ruleset is not None:
        landlock.restrict(settings.ruleset)
        os.close(settings.ruleset)
    if settings.filter is not None:
        settings.filter.install(os.getpid())


def bounds(
    *, address_space: int, file_size: int, open_files: int, tasks: int, cpu_seconds: int
) -> tuple[tuple[int, int], ...]:
    """Each kind of limit and its value, as far as this process may set it; children need not find that out."""
    wanted = (
        (resource.RLIMIT_AS, address_space),
        (resource.RLIMIT_FSIZE, file_size),
        (resource.RLIMIT_NOFILE, open_files),
        (resource.RLIMIT_NPROC, tasks),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_STACK, _STACK),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
    )
    return tuple((kind, _within(resource.getrlimit(kind)[1], value)) for kind, value in wanted)


def _within(hard: int, value: int) -> int:
    return value if hard == resource.RLIM_INFINITY else min(value, hard)
