"""Typed fields of a JSON body; one that does not fit is refused with its name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ...disk import is_storable
from .errors import ApiError

__all__ = [
    "MOST_LOGPROBS",
    "SAMPLING",
    "Body",
    "is_unicode",
    "is_writable",
    "read",
    "read_number",
    "read_sampling",
    "read_whole",
]

Body = Mapping[str, Any]
MOST_LOGPROBS = 20  # tokens told at each place
MOST_NESTED = 100  # levels; what copies and renders a value goes deeper than reading it does


@dataclass(frozen=True)
class Range:
    """The numbers that a parameter takes."""

    least: float
    most: float
    whole: bool = False


# Sampling parameters handed to the engine as they are. The last two are not OpenAI's.
SAMPLING: Mapping[str, Range] = {
    "temperature": Range(0.0, 2.0),
    "top_p": Range(0.0, 1.0),
    "top_k": Range(0, 1_000_000, whole=True),
    "repetition_penalty": Range(0.01, 10.0),
}


def read(body: Body, name: str, kind: type[Any], default: Any, where: str = "") -> Any:
    """A field of one type, or the default when it is absent or null; ``where`` is the path of ``body``."""
    value = body.get(name)
    if value is None:
        return default
    if not isinstance(value, kind):
        message = f"{where}{name} must be of type {kind.__name__}, not {value!r}"
        raise ApiError(message, param=where + name, code="invalid_type")
    return value


def read_number(body: Body, name: str, least: float, most: float) -> int | float | None:
    """A number from ``least`` to ``most``, or ``None`` when it is absent or null."""
    value = body.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ApiError(f"{name} must be a number, not {value!r}", param=name, code="invalid_type")
    if not least <= value <= most:
        message = f"{name}={value!r} is out of range; give {least} to {most}"
        raise ApiError(message, param=name, code="invalid_value")
    return value


def read_whole(body: Body, name: str, least: float, most: float) -> int | None:
    """A whole number from ``least`` to ``most``, or ``None`` when it is absent or null."""
    value = read_number(body, name, least, most)
    if isinstance(value, float):
        raise ApiError(f"{name} must be a whole number, not {value!r}", param=name, code="invalid_type")
    return value


def read_sampling(body: Body, several: bool = False) -> dict[str, int | float]:
    """The parameters of ``SAMPLING`` that a body has.

    A temperature above 0, or ``several`` answers without one, also turns sampling on (``do_sample``), whatever the
    YAML says.
    """
    if body.get("top_k") == -1:  # as vLLM's clients say that there is no limit
        body = {**body, "top_k": 0}
    values = {
        name: (read_whole if takes.whole else read_number)(body, name, takes.least, takes.most)
        for name, takes in SAMPLING.items()
    }
    # JSON writes 1.0 as 1, which transformers refuses where it takes a float.
    given = {
        name: value if SAMPLING[name].whole else float(value) for name, value in values.items() if value is not None
    }
    if given.get("temperature", several):
        given["do_sample"] = True
    return given


def is_unicode(text: str) -> bool:
    """Whether a text is free of half surrogate pairs, which JSON can hold and no tokenizer takes."""
    return is_storable(text)


def is_writable(value: object) -> bool:
    """Whether a value can stand in a prompt as JSON: all its texts are Unicode, and it is not nested too deeply."""
    return _is_flat(value) and is_unicode(json.dumps(value, ensure_ascii=False))


def _is_flat(value: object) -> bool:
    level = [value]
    for _ in range(MOST_NESTED):
        inner = [list(one.values()) if isinstance(one, dict) else one for one in level if isinstance(one, dict | list)]
        level = [one for several in inner for one in several]
        if not level:
            return True
    return False
