"""One call, read from its JSON or tags: a program for ``python``, another tool, or something that cannot be read.

Where a call stands in a turn, fenced or native, is found by ``reader``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .prompts import TOOL
from .syntax import Body, Syntax

__all__ = ["ToolCall", "read_call"]

_WRONG = 'the only tool is "python" with one string argument "code"'
_BEFORE_JSON = re.compile(r"(?:<[^>]+>|Action:\s*[\w.-]+\s*Action Input:)?[\s`]*(?:json\s)?\s*")


@dataclass(frozen=True)
class ToolCall:
    """What a turn calls: mostly a program that the model asks to run.

    ``error`` says why a call could not be read: ``code`` is then what was written of a program, and ``name`` and
    ``arguments`` are those of the other tool that it names, if it names one.
    """

    thought: str
    code: str
    error: str | None = None
    name: str = TOOL["name"]
    arguments: Mapping[str, Any] | None = None


def read_call(thought: str, text: str, syntax: Syntax) -> ToolCall:
    """A call that does not begin like a call to ``python``: in another order, encoded twice, or to another tool.

    ``text`` is the call from its opening mark to its closing mark, that one left out.
    """
    error: str | None = None
    for body in syntax.bodies:
        try:
            name, arguments = _read_json(text, body) if body.escaped else _read_tags(text, body)
        except (json.JSONDecodeError, RecursionError) as wrong:
            error = f"the tool call is not valid JSON: {wrong}"
            continue
        if name is not None:
            return _call(thought, name, arguments)
    return ToolCall(thought, "", error or _WRONG)


def _call(thought: str, name: str, arguments: Any) -> ToolCall:
    code = arguments.get("code") if isinstance(arguments, dict) else None
    if name != TOOL["name"]:
        return ToolCall(thought, "", _WRONG, name, arguments if isinstance(arguments, dict) else {})
    return ToolCall(thought, code) if isinstance(code, str) else ToolCall(thought, "", _WRONG)


def _read_tags(text: str, body: Body) -> tuple[str | None, Any]:
    """The name and the arguments between tags; arguments that read as JSON are, but for a program."""
    if body.name is None or body.parameters is None or not (named := body.name.match(text)):
        return None, None
    name = named.group(1).strip()
    assert body.last is not None
    end = text.rfind(body.last) + len(body.last)  # behind it each opening tag would be followed to the end in vain
    found = {key.strip(): value.strip("\n") for key, value in body.parameters.findall(text, named.end(), end)}
    return name, found if name == TOOL["name"] else {key: _decode(value) for key, value in found.items()}


def _read_json(text: str, body: Body) -> tuple[str | None, Any]:
    before = _BEFORE_JSON.match(text)
    value, _ = json.JSONDecoder(strict=False).raw_decode(text, before.end() if before else 0)
    if isinstance(value, list) and value:
        value = value[0]
    if body.name and (named := body.name.match(text)):
        return named.group(1), _decode(value)
    if not isinstance(value, dict) or not isinstance(value.get("name"), str):
        return None, None
    return value["name"], _decode(value["arguments"] if "arguments" in value else value.get("parameters"))


def _decode(value: Any) -> Any:
    """A value that was encoded once more than it should be, decoded; others as they are."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value, strict=False)
    except (json.JSONDecodeError, RecursionError):
        return value
