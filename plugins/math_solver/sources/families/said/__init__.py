"""What people say where a family has its own phrasings: other words, other orders, other things.

A phrasing is a template of the family's parameters; ``[a|b]`` in it is one of several words, which may be empty.
They come up where problems are worded as people write, and none of them is held out.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..family import Texts
from . import (
    advanced,
    algebra,
    analysis,
    arithmetic,
    equations,
    geometry,
    measures,
    numbers,
    refusals,
    sequences,
    shopping,
    words,
)

__all__ = ["SAID"]

SAID: Mapping[str, Texts] = {
    **advanced.SAID,
    **algebra.SAID,
    **analysis.SAID,
    **arithmetic.SAID,
    **equations.SAID,
    **geometry.SAID,
    **measures.SAID,
    **numbers.SAID,
    **refusals.SAID,
    **sequences.SAID,
    **shopping.SAID,
    **words.SAID,
}
