"""How a template writes calls and reasoning, so that replayed history is what its model was trained on."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from llamafactory.data.template import Llama2Template, ReasoningTemplate
from llamafactory.data.tool_utils import FunctionCall

from ...protocol import (
    CLOSING,
    OPENING,
    Form,
    FormChoice,
    ThoughtTags,
    ToolCall,
    Turn,
    mark_call,
    parse_call,
    read_turn,
)
from ..web.errors import StartupError

__all__ = ["check_form", "form_for", "message_of", "read_calls", "reasons", "spells_calls", "thought_tags"]

PROBE = "print('{}', \"}\")\n"
JSON_FORMATS = ("qwen", "ling")  # whose calls are written as ``render_call`` writes them
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


def thought_tags(template: Any) -> ThoughtTags:
    """The tags between which the template's model reasons.

    Where LLaMA-Factory parsed the template from the tokenizer's, its prompt may end with the opening one. (With
    ``enable_thinking`` off it closes the reasoning in the prompt as well.)
    """
    before, behind = template.thought_words
    last = template.format_user.slots[-1]
    opened = isinstance(last, str) and last.rstrip().endswith(before.strip())
    return ThoughtTags(before, behind, opened and bool(template.enable_thinking))


def reasons(template: Any) -> bool:
    """Whether the template is one of a model that reasons before it says something."""
    return isinstance(template, ReasoningTemplate) and bool(template.enable_thinking)


def message_of(turn: Turn, template: Any) -> dict[str, str]:
    """A turn as LLaMA-Factory's engines take it.

    What the model wrote is replayed as it is, its reasoning included, unless it is a call that the template would
    have written in another way (a client sent it back), or would close in another way than other turns. Reasoning
    that a client sends back apart goes between the template's tags. Whether the prompt then holds the reasoning of
    earlier turns is the template's choice: LLaMA-Factory's reasoning templates keep it in training, and leave it out
    in serving unless the YAML says ``preserve_thinking: true``.
    """
    tags = thought_tags(template)
    content = (tags.render(turn.reasoning) if turn.reasoning else "") + turn.content
    raw = {"role": str(turn.role), "content": content}
    reader = read_turn(content, fenced=False, tags=tags)
    if turn.role != "assistant" or (call := reader.call) is None:
        return raw
    before, written = content[: reader.start].strip(), content[reader.start :]
    before += "\n" if before else ""
    function = template.format_function
    alike = function.slots == template.format_assistant.slots
    neutral = _NEUTRAL.findall(written) if function.tool_format not in JSON_FORMATS or not alike else []
    try:
        calls = [json.loads(text) for text in neutral]
        functions = [_function(call["name"], {**call["arguments"]}) for call in calls]
    except NO_CALL:
        return raw  # a model's malformed call, which was answered by a refusal
    if not functions and not alike and call.error is None:
        functions = [_function(call.name, {"code": call.code})]
    if not functions:
        return raw
    if alike or (before and isinstance(template, Llama2Template)):  # which knows no text before a call
        return {"role": "assistant", "content": before + function.tool_utils.function_formatter(functions)}
    if OPENING in before:  # where the template would look for the call
        return raw
    names = [{"name": name, "arguments": json.loads(arguments)} for name, arguments in functions]
    text = json.dumps(names[0] if len(names) == 1 else names, ensure_ascii=False)
    marked = text if isinstance(template, Llama2Template) else before + mark_call(text)
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
