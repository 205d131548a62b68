"""Landlock: the files a child may reach, by folder, whoever it runs as."""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Iterable

from .kernel import call

__all__ = ["abi", "build_ruleset", "restrict"]

_EXECUTE, _WRITE, _READ, _READ_DIR = 1, 2, 4, 8
_FILESYSTEM = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: (1 << 16) - 1}  # ABI: all rights
_TRUNCATE, _NETWORK, _SCOPES = 1 << 14, 0b11, 0b11
_SPECIAL_FILES = 1 << 6 | 1 << 9 | 1 << 10 | 1 << 11  # making devices, sockets and pipes
_IOCTL = 1 << 15
_VERSION, _PATH_BENEATH = 1, 1


def abi() -> int:
    """The kernel's Landlock version, from 1.

    Raises:
        OSError: the kernel has none, or it is switched off.
    """
    return call("landlock_create_ruleset", None, 0, _VERSION)


def build_ruleset(readable: Iterable[str], devices: Iterable[str], writable: Iterable[str]) -> int:
    """A descriptor for ``restrict``: read below ``readable``, read and write ``devices``, all but special
    files and execution below ``writable``, and nothing else; no TCP, no signals and no abstract sockets to
    the outside where the kernel knows them.
    """
    version = abi()
    rights = _FILESYSTEM[max(v for v in _FILESYSTEM if v <= version)]
    fields = (rights, _NETWORK, _SCOPES)[: 3 if version >= 6 else 2 if version >= 4 else 1]
    attributes = struct.pack(f"={len(fields)}Q", *fields)
    ruleset = call("landlock_create_ruleset", ctypes.c_char_p(attributes), len(attributes), 0)
    try:
        for path in readable:
            _allow(ruleset, path, (_READ | _READ_DIR) if os.path.isdir(path) else _READ)
        for path in devices:
            _allow(ruleset, path, (_READ | _WRITE | _TRUNCATE) & rights)
        for path in writable:
            _allow(ruleset, path, rights & ~(_SPECIAL_FILES | _EXECUTE | _IOCTL))
    except OSError:
        os.close(ruleset)
        raise
    return ruleset


def restrict(ruleset: int) -> None:
    """Hold the calling single-threaded process to a ruleset for good; it must have ``no_new_privs``."""
    call("landlock_restrict_self", ruleset, 0)


def _allow(ruleset: int, path: str, rights: int) -> None:
    fd = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        rule = struct.pack("=Qi", rights, fd)
        call("landlock_add_rule", ruleset, _PATH_BENEATH, ctypes.c_char_p(rule), 0)
    finally:
        os.close(fd)
