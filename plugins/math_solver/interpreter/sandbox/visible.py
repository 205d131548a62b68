"""The paths a child needs: the standard library, the packages, and the shared libraries below them."""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Iterable

__all__ = ["DEVICES", "blocked_for_others", "import_paths", "readable_paths"]

DEVICES = ("/dev/null", "/dev/zero", "/dev/urandom")
_LINKER = ("/etc/ld.so.cache", "/lib64", "/usr/lib64")
_OTHERS_ENTER, _OTHERS_READ = 0o001, 0o005


def import_paths(packages: Iterable[str]) -> list[str]:
    """``sys.path`` for children: the standard library and the folders of packages, resolved."""
    paths = dict.fromkeys(os.path.realpath(path) for path in [*sys.path, *packages])
    return [path for path in paths if os.path.exists(path)]


def readable_paths(imports: Iterable[str]) -> list[str]:
    """What a child may read: import paths, the loader's cache, and folders of shared libraries.

    A path is given as it is looked up, so it may pass through symbolic links; none lies below another.
    """
    multiarch = sysconfig.get_config_var("MULTIARCH") or ""
    system = [f"{root}/{multiarch}" for root in ("/lib", "/usr/lib") if multiarch]
    candidates = [*imports, *system, *_LINKER, *_mapped_folders()]
    found = sorted({path for path in candidates if os.path.exists(path)}, key=len)
    kept: list[str] = []
    for path in found:
        if not any(path == other or path.startswith(other + "/") for other in kept):
            kept.append(path)
    return kept


def blocked_for_others(paths: Iterable[str]) -> str | None:
    """The first folder on the way to ``paths`` that other users may not enter or read; ``None`` if all may."""
    for path in paths:
        if not os.path.isdir(path):
            continue
        if os.stat(path).st_mode & _OTHERS_READ != _OTHERS_READ:
            return path
        parent = os.path.dirname(path)
        while parent != "/":
            if not os.stat(parent).st_mode & _OTHERS_ENTER:
                return parent
            parent = os.path.dirname(parent)
    return None


def _mapped_folders() -> set[str]:
    """Folders of the shared libraries this process has loaded."""
    with open("/proc/self/maps", encoding="utf-8", errors="surrogateescape") as maps:
        files = {line.split(maxsplit=5)[-1].strip() for line in maps if ".so" in line}
    return {os.path.dirname(file) for file in files if file.startswith("/")}
