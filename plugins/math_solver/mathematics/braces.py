"""Which brace closes which."""

from __future__ import annotations

import re

__all__ = ["matching_braces"]

_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)


def matching_braces(text: str) -> dict[int, int]:
    r"""Return the place of each ``{`` that closes, with the place of its ``}``; ``\{`` and ``\}`` do not count."""
    opened: list[int] = []
    pairs: dict[int, int] = {}
    for found in _BRACE.finditer(text):
        if found.group() == "{":
            opened.append(found.start())
        elif found.group() == "}" and opened:
            pairs[opened.pop()] = found.start()
    return pairs
