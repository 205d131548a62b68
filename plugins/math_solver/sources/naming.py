"""Finding what there is by its name, and saying what is spelt like a name that there is not."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import TypeVar

from ..records import RecordError

__all__ = ["find_named"]

T = TypeVar("T")


def find_named(name: str, known: Mapping[str, T], what: str, remedy: str) -> T:
    """What is called so.

    Raises:
        RecordError: nothing is; the message names what is spelt like it, or else the ``remedy``.
    """
    if name in known:
        return known[name]
    near = difflib.get_close_matches(name.casefold().replace("-", "_"), known, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else remedy
    raise RecordError(f"unknown {what} {name!r}; {hint}")
