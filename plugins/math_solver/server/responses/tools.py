"""The tools of a request: the code interpreter with its container, and functions of the client's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...protocol import TOOL
from ..containers.request import read_container
from ..solve_request import TOOL_TYPE
from ..web.errors import ApiError
from ..web.fields import Body, is_writable

__all__ = ["Tools", "read_tools"]

Json = dict[str, Any]


@dataclass(frozen=True)
class Tools:
    """What a model may call.

    Attributes:
        listed: the tools as the response repeats them.
        interpreter: programs are run.
        container: the id of the container that the client names; ``None`` for one of the server's choice.
        param: where the client names it.
        functions: the schemas of the client's functions, as templates take them.
    """

    listed: tuple[Json, ...] = ()
    interpreter: bool = False
    container: str | None = None
    param: str = "tools"
    functions: tuple[Mapping[str, Any], ...] = ()


def read_tools(tools: object, *, default_on: bool, memory_mb: int) -> Tools:
    """The checked tools, with the interpreter where it is on by default; an empty list leaves it off.

    Raises:
        ApiError: 400 that names the tool.
    """
    if tools is None:
        tools = [{"type": TOOL_TYPE}] if default_on else []
    if not isinstance(tools, list):
        raise ApiError("tools must be a list", param="tools", code="invalid_type")
    listed = [_read_tool(tool, f"tools[{index}]", memory_mb) for index, tool in enumerate(tools)]
    if default_on and listed and not any(tool["type"] == TOOL_TYPE for tool in listed):
        listed.append(_read_tool({"type": TOOL_TYPE}, f"tools[{len(listed)}]", memory_mb))
    names = [tool.get("name", TOOL["name"]) for tool in listed]
    _check_names(names)
    functions = tuple(_schema(tool) for tool in listed if tool["type"] == "function")
    for index, tool in enumerate(listed):
        if tool["type"] == TOOL_TYPE:
            container = tool["container"] if isinstance(tool["container"], str) else None
            return Tools(tuple(listed), True, container, f"tools[{index}].container", functions)
    return Tools(tuple(listed), functions=functions)


def _check_names(names: Sequence[str]) -> None:
    for index, name in enumerate(names):
        if name in names[:index]:
            message = f"tools[{index}]: there is a tool {name!r} already (that is the code interpreter's own name)"
            raise ApiError(message, param=f"tools[{index}]", code="invalid_value")


def _read_tool(tool: object, where: str, memory_mb: int) -> Json:
    kind = tool.get("type") if isinstance(tool, Mapping) else None
    if isinstance(tool, Mapping) and kind == TOOL_TYPE:
        container = read_container(tool.get("container"), f"{where}.container", memory_mb)
        return {"type": TOOL_TYPE, "container": container}
    if isinstance(tool, Mapping) and kind == "function":
        return _read_function(tool, where)
    message = f"{where}: only tools of type {TOOL_TYPE} and function are supported"
    raise ApiError(message, param=where, code="unsupported_value")


def _read_function(tool: Body, where: str) -> Json:
    name, parameters = tool.get("name"), tool.get("parameters")
    if not isinstance(name, str) or not name:
        raise ApiError(f"{where}.name must be text", param=f"{where}.name", code="invalid_type")
    if not is_writable(tool):
        raise ApiError(f"{where} must be text that UTF-8 can carry", param=where, code="invalid_type")
    if not isinstance(parameters, Mapping | None):
        raise ApiError(f"{where}.parameters must be an object", param=f"{where}.parameters", code="invalid_type")
    return {
        "type": "function",
        "name": name,
        "description": str(tool.get("description") or ""),
        "parameters": {"type": "object", "properties": {}} | dict(parameters or {}),
        "strict": False,  # whatever was asked for: no engine here is held to a schema
    }


def _schema(function: Json) -> Json:
    return {name: function[name] for name in ("name", "description", "parameters")}
