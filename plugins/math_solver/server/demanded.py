"""What a client may demand, as both endpoints read it: ``tool_choice`` and a format of the answer.

``solving.demands`` sees to it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..solving.json_answers import AnswerFormat
from ..solving.loop import Unmet, Wanted
from .solve_request import TOOL_TYPE
from .web.errors import ApiError
from .web.fields import MOST_NESTED, Body, is_unicode, is_writable, read

__all__ = ["ToolChoice", "read_answer_format", "read_tool_choice", "unmet_error", "write_tool_choice"]

PARAM = "tool_choice"
MOST_SCHEMA = 100_000  # characters: the model reads it as well
# As another server of open models names them.
CODES: Mapping[Wanted, str] = {"call": "tool_use_failed", "answer": "json_validate_failed"}
_NAME = re.compile(r"[a-zA-Z0-9_-]{1,64}")


@dataclass(frozen=True)
class ToolChoice:
    """The tools of a request that its model may call, whether they are named, and whether it must call one."""

    interpreter: bool
    functions: tuple[Mapping[str, Any], ...]
    limited: bool = False
    required: bool = False


def read_tool_choice(choice: object, interpreter: bool, functions: Sequence[Mapping[str, Any]]) -> ToolChoice:
    """What ``tool_choice`` leaves of the tools; a tool that it names is the only one.

    Functions are named as either endpoint does: ``{"function": {"name": ...}}``, or ``{"name": ...}``.

    Raises:
        ApiError: 400 for what is no choice, or names a tool that there is not.
    """
    offered = ToolChoice(interpreter, tuple(functions))
    if choice in (None, "auto"):
        return offered
    if choice == "none":
        return ToolChoice(False, ())
    if choice == "required":
        return _required(offered, interpreter or bool(functions))
    if not isinstance(choice, Mapping):
        raise _unknown(choice, PARAM)
    if choice.get("type") != "allowed_tools":
        return _required(_allowed([choice], offered, [PARAM]))
    allowed = choice.get("allowed_tools", choice)
    if not isinstance(allowed, Mapping) or not isinstance(allowed.get("tools"), list) or not allowed["tools"]:
        raise ApiError(f"{PARAM}: allowed_tools wants a list of tools", param=PARAM, code="invalid_type")
    if allowed.get("mode") not in ("auto", "required"):
        message = f"{PARAM}: mode={allowed.get('mode')!r} is not known; give 'auto' or 'required'"
        raise ApiError(message, param=PARAM, code="invalid_value")
    left = _allowed(allowed["tools"], offered, [f"{PARAM}.tools[{index}]" for index in range(len(allowed["tools"]))])
    return _required(left) if allowed["mode"] == "required" else left


def _required(left: ToolChoice, any_left: bool = True) -> ToolChoice:
    if not any_left:
        raise ApiError(f"{PARAM}: there is no tool to call; name some in tools", param=PARAM, code="invalid_value")
    return replace(left, limited=True, required=True)


def _allowed(named: Sequence[object], offered: ToolChoice, places: Sequence[str]) -> ToolChoice:
    """The tools that are named, in the order in which they are offered."""
    known = {function["name"] for function in offered.functions}
    names, interpreter = set[str](), False
    for tool, where in zip(named, places, strict=True):
        kind = tool.get("type") if isinstance(tool, Mapping) else None
        name = _name(tool) if kind == "function" and isinstance(tool, Mapping) else None
        if kind == TOOL_TYPE and offered.interpreter:
            interpreter = True
        elif name is not None and name in known:
            names.add(name)
        else:
            raise _unknown(tool, where)
    functions = tuple(function for function in offered.functions if function["name"] in names)
    return ToolChoice(interpreter, functions, limited=True)


def write_tool_choice(choice: Any) -> str | dict[str, Any]:
    """A choice that was read, as a response repeats it."""
    if not isinstance(choice, Mapping):
        return choice or "auto"
    if choice["type"] != "allowed_tools":
        return _reference(choice)
    allowed = choice.get("allowed_tools", choice)
    return {"type": "allowed_tools", "mode": allowed["mode"], "tools": [_reference(tool) for tool in allowed["tools"]]}


def _reference(tool: Body) -> dict[str, Any]:
    return {"type": "function", "name": _name(tool)} if tool["type"] == "function" else {"type": tool["type"]}


def _name(tool: Body) -> str | None:
    function = tool.get("function", tool)
    name = function.get("name") if isinstance(function, Mapping) else None
    return name if isinstance(name, str) else None


def _unknown(choice: object, where: str) -> ApiError:
    message = (
        f"{where}={choice!r} is not supported; give 'auto', 'none', 'required', allowed_tools, or one of the "
        "request's tools"
    )
    return ApiError(message, param=PARAM, code="unsupported_value")


def read_answer_format(value: object, where: str) -> AnswerFormat | None:
    """A format that is demanded of the answer; ``None`` for plain text.

    The schema stands beside the type, or in ``json_schema``, as either endpoint has it. Whether it can be used is not
    looked at here.

    Raises:
        ApiError: 400 that names the place.
    """
    if value is None:
        return None
    kind = value.get("type") if isinstance(value, Mapping) else None
    if kind == "text":
        return None
    if kind == "json_object":
        return AnswerFormat()
    if kind != "json_schema" or not isinstance(value, Mapping):
        message = f"{where}={value!r} is not supported; give the type text, json_object or json_schema"
        raise ApiError(message, param=where, code="unsupported_value")
    named, at = (value["json_schema"], f"{where}.json_schema") if "json_schema" in value else (value, where)
    if not isinstance(named, Mapping):
        raise ApiError(f"{at} must be an object", param=at, code="invalid_type")
    return _named_format(named, at)


def _named_format(named: Body, where: str) -> AnswerFormat:
    name: str = read(named, "name", str, "", f"{where}.")
    if not _NAME.fullmatch(name):
        message = f"{where}.name must be 1 to 64 letters, digits, underscores and dashes"
        raise ApiError(message, param=f"{where}.name", code="invalid_value")
    description = read(named, "description", str, None, f"{where}.")
    if not is_unicode(description or ""):
        raise ApiError(f"{where}.description must be text", param=f"{where}.description", code="invalid_type")
    schema = read(named, "schema", dict, None, f"{where}.")
    if schema is None:
        raise ApiError(f"{where}.schema is missing", param=f"{where}.schema", code="missing_required_parameter")
    if not is_writable(schema) or not _is_standard(schema):
        message = (
            f"{where}.schema must be JSON that UTF-8 can carry, nested at most {MOST_NESTED} deep, of at most "
            f"{MOST_SCHEMA} characters"
        )
        raise ApiError(message, param=f"{where}.schema", code="invalid_value")
    return AnswerFormat(schema, name, description, read(named, "strict", bool, None, f"{where}."))


def _is_standard(schema: Body) -> bool:
    """Whether every reader of JSON takes it: Python's also lets ``NaN`` and numbers without end through."""
    try:
        return len(json.dumps(schema, allow_nan=False)) <= MOST_SCHEMA
    except ValueError:
        return False


def unmet_error(unmet: Unmet, format_param: str) -> ApiError:
    """The error of a solve that did not come to what was demanded; the client's prompt or schema may mend it."""
    param = PARAM if unmet.wanted == "call" else format_param
    return ApiError(unmet.reason, status=422, param=param, code=CODES[unmet.wanted])
