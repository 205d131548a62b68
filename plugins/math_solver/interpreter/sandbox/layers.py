"""Which layers this machine can enforce, found by trying them in a child that is thrown away."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping

from . import landlock, seccomp
from .kernel import NO_NEW_PRIVS, prctl
from .visible import blocked_for_others

__all__ = ["Identity", "missing_layers", "read_identity"]

_NEEDED = {"CAP_CHOWN": 0, "CAP_KILL": 5, "CAP_SETGID": 6, "CAP_SETUID": 7}
_PREFERRED_UID, _BLOCK = 0x40000000, 1024


class Identity:
    """Who the server is: effective user, capabilities, and the first user id that children may take."""

    def __init__(self, root: bool, capabilities: int, first_uid: int) -> None:
        self.root, self.capabilities, self.first_uid = root, capabilities, first_uid


def read_identity(block: int) -> Identity:
    """Read it from /proc; ``block`` (below 2**20) keeps the ids of two servers apart."""
    with open("/proc/self/status", encoding="ascii", errors="replace") as file:
        status = dict(line.split(":\t", 1) for line in file if ":\t" in line)
    with open("/proc/self/uid_map", encoding="ascii") as file:
        ranges = [(int(inside), int(length)) for inside, _, length in map(str.split, file)]
    return Identity(os.geteuid() == 0, int(status["CapEff"], 16), _first_uid(ranges, block))


def missing_layers(identity: Identity, shared_paths: Iterable[str]) -> dict[str, str]:
    """Each layer the machine lacks, and why; ``shared_paths`` are what a child of another user must reach."""
    attempts: Mapping[str, Callable[[], object]] = {
        "no_new_privs": lambda: prctl(NO_NEW_PRIVS, 1),
        "landlock": landlock.abi,
        "seccomp": _filter_calls,
    }
    reasons = {name: _try(attempt) for name, attempt in attempts.items()}
    reasons["uid"] = _uid_obstacle(identity, shared_paths)
    return {name: reason for name, reason in reasons.items() if reason is not None}


def _uid_obstacle(identity: Identity, shared_paths: Iterable[str]) -> str | None:
    """Why children of root cannot be other users; for others the layer does not apply."""
    if not identity.root:
        return None
    for name, bit in _NEEDED.items():
        if not identity.capabilities >> bit & 1:
            return f"root without {name} cannot run programs as another user; run as an ordinary user"
    blocked = blocked_for_others(shared_paths)
    if blocked is not None:
        return f"only root may enter {blocked}, where Python lies; chmod a+rx it, or run as an ordinary user"
    return _try(lambda: os.setresuid(identity.first_uid, identity.first_uid, identity.first_uid))


def _filter_calls() -> None:
    prctl(NO_NEW_PRIVS, 1)
    seccomp.Filter().install(os.getpid())


def _try(attempt: Callable[[], object]) -> str | None:
    """``None`` if ``attempt`` works in a forked child, else its error."""
    out, into = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            attempt()
        except OSError as error:
            os.write(into, (str(error) or "failed").encode()[:400])
        finally:
            os._exit(0)
    os.close(into)
    with os.fdopen(out, "rb") as pipe:
        reason = pipe.read().decode("utf-8", "replace")
    _, status = os.waitpid(pid, 0)
    return reason or (None if status == 0 else f"the attempt ended with status {status}")


def _first_uid(ranges: list[tuple[int, int]], block: int) -> int:
    """Ids that belong to nobody: far up, or near the end of the largest range this namespace maps."""
    wanted = _PREFERRED_UID + block * _BLOCK
    if any(start <= wanted and wanted + _BLOCK <= start + length for start, length in ranges):
        return wanted
    start, length = max(ranges, key=lambda pair: pair[1])
    return start + length - _BLOCK - 1 if length > 2 * _BLOCK else start
