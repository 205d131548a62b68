r"""Mathematics found in text: formulas, listings and boxes, wherever a text is read or shown.

One finder for all, so that the verifier, the report and the pages agree on what a formula is::

    text    "Half of $x$:\n```python\nprint(1 / 2)\n```\nso \boxed{0.5}."

    pieces  Words("Half of ")  Formula("x")  Words(":\n")  Listing("print(1 / 2)", "python")
            Words("\nso ")  Formula("\\boxed{0.5}")  Words(".")
    boxes   "0.5"

Nothing is read or judged here: what a formula means is for ``answers``, how it looks for ``report`` and ``pages``.
All of it takes time in proportion to the text, whatever the text.
"""

from __future__ import annotations

from .boxes import BETWEEN, box_contents, boxed_answers, last_box_is_empty
from .pieces import Formula, Listing, Piece, Words, find_formulas, find_listings, find_pieces, replace_pieces

__all__ = [
    "BETWEEN",
    "Formula",
    "Listing",
    "Piece",
    "Words",
    "box_contents",
    "boxed_answers",
    "find_formulas",
    "find_listings",
    "find_pieces",
    "last_box_is_empty",
    "replace_pieces",
]
