"""How a template spells calls, so that replayed history is what its model was trained on."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from llamafactory.data.template import Llama2Template
from llamafactory.data.tool_utils import FunctionCall

from ...protocol import CLOSING, OPENING, Form, FormChoice, ToolCall, Turn, mark_call, parse_call
from ..web.errors import StartupError

__all__ = ["check_form", "form_for", "message_of", "read_calls", "spells_calls"]

PROBE = "print('{}', \"}\")\n"
JSON_FORMATS = ("qwen", "ling")  # whose calls are spelled as ``render_call`` spells them
# What reading a call raises over JSON that is none.
NO_CALL = (TypeError, KeyError, ValueError, AttributeError, RecursionError)
_NEUTRAL = re.compile(rf"{OPENING}\s*(\{{.*?\}})\s*{CLOSING}", re.DOTALL)


def spells_calls(template: Any) -> bool:
    """Whether a call as the template writes it can be told from text, and read."""
    written = template.format_function.tool_utils.function_formatter([_function("python", {"code": PROBE})])
    call = parse_call(f"Think.\n{written}", fenced=False)
    return call is not None and call.error is None and call.code.strip("\n") == PROBE.strip("\n")


def check_form(form: FormChoice, template: Any) -> None:
    """Raise ``StartupError`` when the YAML asks for native calls that cannot be read."""
    if form == "native" and not spells_calls(template):
        raise StartupError("this template's tool calls cannot be told from text; set code_interpreter.form: fenced")


def form_for(form: FormChoice, template: Any | None) -> Form:
    """The form in which calls that a client sends back are written; an endpoint without a template takes fences."""
    if form == "auto":
        return "native" if template is not None and spells_calls(template) else "fenced"
    return form


def message_of(turn: Turn, template: Any) -> dict[str, str]:
    """A turn as LLaMA-Factory's engines take it.

    What the model wrote is replayed as it is, unless it is a call that the template would have spelled in
    another way (a client sent it back), or would close in another way than other turns.
    """
    raw = {"role": str(turn.role), "content": turn.content}
    if turn.role != "assistant" or (call := parse_call(turn.content, fenced=False)) is None:
        return raw
    function = template.format_function
    alike = function.slots == template.format_assistant.slots
    neutral = _NEUTRAL.findall(turn.content) if function.tool_format not in JSON_FORMATS or not alike else []
    try:
        calls = [json.loads(text) for text in neutral]
        functions = [_function(call["name"], {**call["arguments"]}) for call in calls]
    except NO_CALL:
        return raw  # a model's malformed call, which was answered by a refusal
    thought = f"{call.thought}\n" if call.thought else ""
    if not functions and not alike and call.error is None:
        functions = [_function(call.name, {"code": call.code})]
    if not functions:
        return raw
    if alike or (thought and isinstance(template, Llama2Template)):  # which knows no text before a call
        return {"role": "assistant", "content": thought + function.tool_utils.function_formatter(functions)}
    names = [{"name": name, "arguments": json.loads(arguments)} for name, arguments in functions]
    text = json.dumps(names[0] if len(names) == 1 else names, ensure_ascii=False)
    marked = text if isinstance(template, Llama2Template) else thought + mark_call(text)
    return {"role": "function", "content": marked}


def read_calls(text: str, template: Any) -> tuple[ToolCall, ...]:
    """The calls in a turn: those that the template finds, or one that is read leniently."""
    found = _extract(text, template)
    if found is not None:
        return found
    call = parse_call(text, fenced=False)
    if call is not None and call.error is None:  # the client's tool has the name and the argument of ours
        call = ToolCall(call.thought, "", None, call.name, {"code": call.code})
    return (call,) if call and call.arguments is not None else ()


def _extract(text: str, template: Any) -> tuple[ToolCall, ...] | None:
    """The calls that the template finds; ``None`` where it finds none, or stumbles over JSON of another shape."""
    try:
        found = template.extract_tool(text)
        if not isinstance(found, list) or not all(isinstance(name, str) for name, _ in found):
            return None
        return tuple(ToolCall("", "", None, name, _object(arguments)) for name, arguments in found)
    except NO_CALL:
        return None


def _function(name: str, arguments: Mapping[str, Any]) -> FunctionCall:
    return FunctionCall(name, json.dumps(arguments, ensure_ascii=False))


def _object(text: str) -> Mapping[str, Any]:
    value = json.loads(text)
    return value if isinstance(value, dict) else {"arguments": value}
