"""What an endpoint sends back, before anything is made of it: nothing of its shape, type or size is taken for granted.

b'{"choices": [{"message": {"content": "It is 5."}}], "usage": ...}'    a completion
b'{"choices": [null]}', b'{"choices": [[[[...'                          NoCompletion
b'<title>Log in</title>', b'{"error": "no such model"}'                 NoEndpoint
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

from ..disk import DEEPEST, is_too_deep, storable

__all__ = [
    "NoCompletion",
    "NoEndpoint",
    "as_count",
    "excerpt",
    "first_choice",
    "longest_turn",
    "message_of",
    "plain_object",
    "read_reply",
]

LONGEST = 1 << 20  # characters of a turn, whoever wrote it
TOKEN = 64  # bytes of a token, with what JSON makes of them
SLACK = 4096  # of a turn of few tokens
SHOWN = 200  # characters of what came instead
COUNTABLE = 10**12
DEEP = DEEPEST // 2  # brackets in brackets: an object goes into a record, and that into a row


class NoCompletion(Exception):
    """An endpoint answered with something else."""


class NoEndpoint(NoCompletion):
    """What answered does not speak of completions at all: a web page, or an error under status 200."""


def longest_turn(max_tokens: int | None) -> int:
    """The characters that a turn of at most so many tokens may have before nobody reads on."""
    return LONGEST if max_tokens is None else min(LONGEST, SLACK + TOKEN * max_tokens)


def read_reply(data: bytes) -> dict[str, Any]:
    """The JSON object of a reply; numbers that are none are null.

    Raises:
        NoCompletion: it is none that could be read.
        NoEndpoint: it is not even meant to be.
    """
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise NoCompletion("the answer is not UTF-8") from error
    try:
        found = json.loads(text, parse_constant=lambda name: None)
    except (ValueError, RecursionError) as error:
        if text.strip() and text.lstrip()[0] not in "{[":
            raise NoEndpoint(f"the answer is not JSON: {excerpt(text)}") from error
        raise NoCompletion("the answer is not JSON") from error
    if not isinstance(found, dict):
        raise NoEndpoint(f"the answer is no JSON object: {excerpt(text)}")
    return found


def first_choice(found: Mapping[str, Any]) -> Mapping[str, Any]:
    """The first choice of a completion.

    Raises:
        NoCompletion: it has none.
        NoEndpoint: it knows nothing of choices.
    """
    choices = found.get("choices")
    if choices is None:
        said = found["error"] if found.get("error") else found
        raise NoEndpoint(f"the answer has no choices: {message_of(said)}" if said else "the answer has no choices")
    if not isinstance(choices, list) or not choices or not isinstance(choices[0], dict):
        raise NoCompletion("the answer has no choices")
    return choices[0]


def message_of(error: Any) -> str:
    """What an endpoint says of its refusal, for people to read."""
    said = error.get("message") if isinstance(error, Mapping) and error.get("message") else error
    try:
        return excerpt(str(said))
    except (RecursionError, ValueError):  # ValueError: a number of more digits than Python writes
        return ""


def excerpt(text: str) -> str:
    """The beginning of a text, on one line."""
    return storable(" ".join(text[: 4 * SHOWN].split())[:SHOWN])


def as_count(value: Any) -> int | None:
    """A number of tokens; ``None`` where it is none that could be true."""
    return value if type(value) is int and 0 <= value <= COUNTABLE else None


def plain_object(value: Any) -> dict[str, Any]:
    """An object that any file can hold and any client read: half surrogate pairs mended, numbers that are none null.

    Raises:
        NoCompletion: it is no object, or deeper than a file holds around which there are other brackets.
    """
    if not isinstance(value, dict) or is_too_deep(value, DEEP):
        raise NoCompletion("an object of the answer is none")
    read: dict[str, Any] = json.loads(storable(json.dumps(_finite(value), ensure_ascii=False)))
    return read


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _finite(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_finite(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
