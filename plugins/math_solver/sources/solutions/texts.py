r"""A solution in one text.

Let's compute.\n```python\nprint(2)\n```\n```output\n2\n```\nThe answer is $\boxed{2}$.
Let's compute.\n<llm-code>\n1 + 1\n</llm-code>\n<llm-code-output>\n2\n</llm-code-output>\nThus \boxed{2}.
print(2)
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ...mathematics import find_listings
from ...protocol import TurnReader
from ..refusals import Refused
from .solution import SHARED, Builder, Solution

__all__ = ["add_text", "read_bare", "read_text"]

_TAGGED = re.compile(r"<llm-code>\n?(.*?)(</llm-code>|\Z)|<llm-code-output>\n?(.*?)(</llm-code-output>|\Z)", re.DOTALL)
_PYTHON = frozenset(("python", "py", "python3", "tool_code"))
_OUTPUT = frozenset(("output", "out", "tool_output"))
_CLOSED = re.compile(r"\n[ \t]*`{3,}\Z|`{3,}[ \t]*\Z")


def read_text(text: str, meta: Mapping[str, Any] | None = None) -> Solution:
    """The solution that a text holds; programs between tags ran in one session.

    Raises:
        Refused: it holds no program, is cut, or runs on.
    """
    builder = Builder()
    if "<llm-code>" in text:
        _add_tagged(builder, text)
        return builder.finish({**SHARED, **(meta or {})})
    add_text(builder, text)
    return builder.finish(meta)


def read_bare(code: str) -> Solution:
    """The solution that is a program and no more: nobody has run it, and nothing is concluded of it.

    Raises:
        Refused: it is empty.
    """
    builder = Builder()
    builder.run(code)
    return builder.finish(bare=True)


def add_text(builder: Builder, text: str) -> None:
    """Add the words, the fenced programs and the fenced outputs of a text.

    Listings of other languages are words. A fence without a language behind a program, as some write outputs, is one.

    Raises:
        Refused: a program's fence, or reasoning between tags, never closes.
    """
    text = text.replace("\r\n", "\n")  # a fence ends with its line
    at, begun, expects_output = 0, _begun(text), False
    for listing in find_listings(text[begun:]):
        start, end = begun + listing.start, begun + listing.end
        language = listing.language.lower()
        is_output = language in _OUTPUT or (not language and expects_output and not text[at:start].strip())
        if language not in _PYTHON and not is_output:
            continue
        builder.say(text[at:start])
        at = end
        expects_output = not is_output
        if is_output:
            builder.show(listing.text)
        elif end == len(text) and not _CLOSED.search(listing.source):
            raise Refused("truncated", "the text ends inside a program")
        else:
            builder.run(listing.text)
    builder.say(text[at:])


def _begun(text: str) -> int:
    """Where the reasoning between tags ends with which a text may begin; a program in it is a thought."""
    reader = TurnReader(calls=False)
    reader.feed(text)
    reader.close()
    if reader.begun is None and text.strip():
        raise Refused("thought_without_end", "its reasoning is not closed")
    return reader.begun or 0


def _add_tagged(builder: Builder, text: str) -> None:
    at = 0
    for found in _TAGGED.finditer(text):
        code, closed, output, closed_output = found.groups()
        builder.say(text[at : found.start()])
        at = found.end()
        if not (closed or closed_output):
            raise Refused("truncated", "the text ends inside a program or its output")
        if code is not None:
            builder.run(code)
        else:
            builder.show(output)
    builder.say(text[at:])
