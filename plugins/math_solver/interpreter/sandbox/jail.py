"""Namespaces around the warm server, entered once: no network, no other processes, no other files.

Children are forked inside, so the jail costs nothing per call. It is an extra: where the machine refuses
it (a container, a hardened kernel), the layers of ``confine`` hold on their own.
"""

from __future__ import annotations

import ctypes
import os
import signal
import struct
from collections.abc import Iterable

from .kernel import DUMPABLE, PDEATHSIG, call, prctl

__all__ = ["enter_namespaces", "mount_scratch", "swap_root"]

_NEWNS, _NEWUTS, _NEWIPC, _NEWUSER, _NEWPID, _NEWNET = (
    0x20000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000,
)  # fmt: skip
_ALL = _NEWNS | _NEWUTS | _NEWIPC | _NEWPID | _NEWNET
_NOSUID, _NODEV, _NOEXEC, _BIND, _REC, _PRIVATE = 2, 4, 8, 4096, 16384, 1 << 18
_DETACH = 2
_ATTR_READ_ONLY, _ATTR_NOSUID, _AT_FDCWD, _AT_RECURSIVE = 1, 2, -100, 0x8000


def enter_namespaces() -> None:
    """Go on inside new namespaces, as process 1 of its own.

    The calling process stays outside as a waiter that holds no descriptors and ends with the same status.

    Raises:
        OSError: the machine refuses; the process is of no further use.
    """
    _unshare()
    outside = os.getpid()
    inside = os.fork()
    if inside:
        os.closerange(3, 1 << 20)
        prctl(DUMPABLE, 0)
        _, status = os.waitpid(inside, 0)
        os._exit(min(abs(os.waitstatus_to_exitcode(status)), 255))
    prctl(PDEATHSIG, signal.SIGKILL)
    if not os.path.exists(f"/proc/{outside}"):
        os._exit(1)


def swap_root(root: str, readable: Iterable[str], devices: Iterable[str]) -> None:
    """Make ``root`` (an empty folder) the root, with ``readable`` mounted read-only at their own paths.

    Raises:
        OSError: a mount was refused.
    """
    _mount(None, "/", None, _REC | _PRIVATE)
    _mount("tmpfs", root, "tmpfs", _NOSUID | _NODEV, "mode=755,size=1m,nr_inodes=4096")
    for path in readable:
        _show(root, path)
        _read_only(root + os.path.realpath(path))
    for path in devices:
        _show(root, path)
    os.chdir(root)
    call("pivot_root", ctypes.c_char_p(b"."), ctypes.c_char_p(b"."))
    call("umount2", ctypes.c_char_p(b"."), _DETACH)
    os.chdir("/")


def mount_scratch(path: str, size_mb: int, uid: int, gid: int) -> None:
    """Put a new, empty folder of bounded size at ``path``, in place of an earlier one."""
    if os.path.ismount(path):
        call("umount2", ctypes.c_char_p(os.fsencode(path)), _DETACH)
    options = f"mode=700,size={size_mb}m,nr_inodes=1024,uid={uid},gid={gid}"
    _mount("tmpfs", path, "tmpfs", _NOSUID | _NODEV | _NOEXEC, options)


def _unshare() -> None:
    """New namespaces; for an ordinary user, in a user namespace that maps nobody else.

    Root without the right to namespaces stays outside: a user namespace would cost it the other user ids.
    """
    uid, gid = os.geteuid(), os.getegid()
    call("unshare", _ALL if uid == 0 else _ALL | _NEWUSER)
    if uid == 0:
        return
    for name, text in (("setgroups", "deny"), ("uid_map", f"{uid} {uid} 1"), ("gid_map", f"{gid} {gid} 1")):
        with open(f"/proc/self/{name}", "w", encoding="ascii") as file:
            file.write(text)


def _show(root: str, path: str) -> None:
    """Bind ``path`` below ``root``, and the symbolic links that lead to it."""
    real = os.path.realpath(path)
    if os.path.isdir(real):
        os.makedirs(root + real, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(root + real), exist_ok=True)
        with open(root + real, "w", encoding="ascii"):
            pass
    _mount(real, root + real, None, _BIND | _REC)
    prefix = path
    while prefix != "/":
        if os.path.islink(prefix) and not os.path.lexists(root + prefix):
            os.makedirs(os.path.dirname(root + prefix), exist_ok=True)
            os.symlink(os.readlink(prefix), root + prefix)
        prefix = os.path.dirname(prefix)


def _read_only(path: str) -> None:
    attributes = struct.pack("=4Q", _ATTR_READ_ONLY | _ATTR_NOSUID, 0, 0, 0)
    place = ctypes.c_char_p(os.fsencode(path))
    call("mount_setattr", _AT_FDCWD, place, _AT_RECURSIVE, ctypes.c_char_p(attributes), len(attributes))


def _mount(source: str | None, target: str, kind: str | None, flags: int, options: str | None = None) -> None:
    texts = [None if text is None else ctypes.c_char_p(os.fsencode(text)) for text in (source, target, kind)]
    data = None if options is None else ctypes.c_char_p(options.encode("ascii"))
    call("mount", *texts, flags, data)
