"""How what a program really did differs from what is stored of it.

    stored "0.30000000000000004"           real "0.3"                    float_digits
    stored "<Foo object at 0x7f01>"        real "<Foo object at 0x...>"  address_or_path
    stored a traceback of IPython          real ours, same last line     traceback
    stored with \\r\\n                      real with \\n                   line_endings
    stored "8"                             real "9"                      differs

Texts are compared as the model sees them (``Execution.observation``), byte for byte.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import Literal

from ...records import Execution

__all__ = ["Difference", "compare", "first_difference"]

Difference = Literal[
    "differs",
    "line_endings",
    "error_instead_of_ok",
    "ok_instead_of_error",
    "timeout",
    "float_digits",
    "address_or_path",
    "traceback",
]
CLOSE = 1e-6  # relative; digits of floats that differ by more are other results

_ADDRESS = re.compile(r"\b0x(?:[0-9a-fA-F]{4,16}\b|\.\.\.)")
_PATH = re.compile(r"(?:[A-Za-z]:)?[/\\](?:[\w.@+-]+[/\\])+[\w.@+-]*|<(?:ipython-input|stdin|string)[^>]*>")
_NUMBER = re.compile(r"\d+(?:\.\d*)?(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?")
_LONGEST_NUMBER = 400  # characters; digits of a longer one are no float's


def first_difference(stored: Iterable[Execution], real: Iterable[Execution]) -> Difference | None:
    """The first difference of a trajectory's programs; what was never run has none."""
    found = (compare(one, two) for one, two in zip(stored, real, strict=True))
    return next((difference for difference in found if difference), None)


def compare(stored: Execution, real: Execution) -> Difference | None:
    """The least that explains the difference of two executions; None where the model would see the same."""
    before, after = stored.observation, real.observation
    if stored.status == "not_run" or before == after:
        return None
    if _in_lines(before) == _in_lines(after):
        return "line_endings"
    if real.status == "timeout" != stored.status:
        return "timeout"
    if (stored.status == "ok") != (real.status == "ok"):
        return "error_instead_of_ok" if stored.status == "ok" else "ok_instead_of_error"
    if _masked(before) == _masked(after):
        return "address_or_path"
    if stored.status != "ok" and _last_line(before) == _last_line(after):
        return "traceback"
    return "float_digits" if _same_but_for_digits(before, after) else "differs"


def _in_lines(text: str) -> str:
    return text.replace("\r\n", "\n").rstrip("\r\n")


def _masked(text: str) -> str:
    return _PATH.sub("PATH", _ADDRESS.sub("ADDRESS", text))


def _last_line(text: str) -> str:
    return text.rstrip().rpartition("\n")[2].strip()


def _same_but_for_digits(one: str, two: str) -> bool:
    """Whether texts are equal but for the last digits of decimals; a different integer is a different result."""
    if _NUMBER.sub("0", one) != _NUMBER.sub("0", two):
        return False
    return all(map(_close, _NUMBER.findall(one), _NUMBER.findall(two)))


def _close(one: str, two: str) -> bool:
    if one == two:
        return True
    if max(len(one), len(two)) > _LONGEST_NUMBER or not any(mark in one + two for mark in ".eE"):
        return False
    return math.isclose(float(one), float(two), rel_tol=CLOSE, abs_tol=1e-12)
