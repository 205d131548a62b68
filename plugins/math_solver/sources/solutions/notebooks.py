r"""Solutions in notebook blocks, as MathCoder stores them::

    [{"role": "text", "content": "Let's calculate 451^{1/10}."},
     {"role": "code", "content": "root = 451 ** (1/10)\nroot"},
     {"role": "execution", "content": "1.8425430944949364"},
     {"role": "text", "content": "It is \\( \\boxed{2} \\)."},
     {"role": "text", "content": "2"}]

A block shows the value of its last expression and keeps its variables for the blocks behind it. The last text often
repeats the answer alone, for the scorer; it is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..refusals import Refused
from .solution import SHARED, Builder, Solution

__all__ = ["read_blocks"]

_MOST_TEXTS = 2  # behind the last program; a generation that has lost its way writes dozens


def read_blocks(blocks: Iterable[Any], answer: str | None = None) -> Solution:
    """The solution that blocks hold, each with its ``role`` (or ``type``) and ``content``.

    Args:
        answer: what the last text repeats.

    Raises:
        Refused: a block is none, there is no program, or it does not end with a conclusion.
    """
    builder = Builder()
    last = ""
    for block in blocks:
        kind, content = _block(block)
        match kind:
            case "text":
                builder.say(content)
                last = content.strip()
            case "code":
                builder.run(content)
            case "execution":
                builder.show(content)
            case "system" | "user":
                continue
            case _:
                raise Refused("other_form", f"a block is {kind!r}, not text, code or execution")
    if answer is not None and builder.concluding > 1 and last == answer.strip():
        builder.drop_last()
    if builder.concluding > _MOST_TEXTS:
        raise Refused("run_on", f"{builder.concluding} texts behind the last program")
    return builder.finish(SHARED)


def _block(block: Any) -> tuple[str, str]:
    kind = block.get("role", block.get("type")) if isinstance(block, Mapping) else None
    content = block.get("content") if isinstance(block, Mapping) else None
    if not isinstance(kind, str) or not isinstance(content, str):
        raise Refused("other_form", "a block has no role or no text as its content")
    return kind, content
