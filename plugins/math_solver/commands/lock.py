"""The versions that were proved together (``constraints.txt``), and what of an environment differs from them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from packaging.requirements import InvalidRequirement, Requirement

__all__ = ["LOCK", "Difference", "differences", "read_lock"]

LOCK = "constraints.txt"


@dataclass(frozen=True)
class Difference:
    """A package that is installed in another version than the locked one."""

    name: str
    installed: str
    locked: str


def read_lock(text: str, python: Mapping[str, str] | None = None) -> dict[str, Requirement]:
    """The locked packages by normalised name, as rows ``name==version``.

    Args:
        python: variables of environment markers (PEP 508), where it is not for this Python on this platform.

    Raises:
        ValueError: a line is no such row.
    """
    lines = (re.split(r"(?:^|\s)#", line)[0].strip() for line in text.splitlines())
    rows = [_row(line) for line in lines if line]
    here = {"extra": "", **(python or {})}
    return {normalised(row.name): row for row in rows if row.marker is None or row.marker.evaluate(here)}


def differences(lock: Mapping[str, Requirement], version: Callable[[str], str | None]) -> list[Difference]:
    """What is installed otherwise than locked; a package that is not installed may belong to an extra."""
    installed = {name: found for name in lock if (found := version(name)) is not None}
    return [
        Difference(name, found, str(lock[name].specifier).removeprefix("=="))
        for name, found in installed.items()
        if not lock[name].specifier.contains(found, prereleases=True)
    ]


def normalised(name: str) -> str:
    """The one spelling of a package's name (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _row(line: str) -> Requirement:
    try:
        row = Requirement(line)
    except InvalidRequirement as error:
        raise ValueError(f"{line!r} is no name==version") from error
    if not re.fullmatch(r"==[^*,]+", str(row.specifier)) or row.url or row.extras:
        raise ValueError(f"{line!r} is no name==version")
    return row
