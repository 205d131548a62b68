"""How LLaMA-Factory's templates write tool calls and reasoning, so that replayed history is as in training."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from llamafactory.data.template import TEMPLATES, Llama2Template, ReasoningTemplate
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

__all__ = ["TemplateCalls", "check_form", "form_for", "read_calls"]

PROBE = "print('{}', \"}\")\n"
JSON_FORMATS = ("qwen", "ling")  # they write calls as ``render_call`` does
# What reading a call raises over JSON that is none.
NO_CALL = (TypeError, KeyError, ValueError, AttributeError, RecursionError)
_NEUTRAL = re.compile(rf"{OPENING}\s*(\{{.*?\}})\s*{CLOSING}", re.DOTALL)


@dataclass(frozen=True)
class TemplateCalls:
    """The tool calls and the reasoning of a ``Template`` of LLaMA-Factory."""

    template: Any

    @property
    def thought_tags(self) -> ThoughtTags:
        """The tags between which its model reasons; templates of models that do not reason name some as well.

        Where LLaMA-Factory parsed the template from the tokenizer's, its prompt may end with the opening one. (With
        ``enable_thinking`` off it closes the reasoning in the prompt as well.)
        """
        before, behind = self.template.thought_words
        last = self.template.format_user.slots[-1]
        opened = isinstance(last, str) and last.rstrip().endswith(before.strip())
        return ThoughtTags(before, behind, opened and bool(self.template.enable_thinking))

    @property
    def reasons(self) -> bool:
        """Whether it is one of a model that reasons before it says something."""
        return isinstance(self.template, ReasoningTemplate) and bool(self.template.enable_thinking)

    @property
    def is_readable(self) -> bool:
        """Whether a call as the template writes it can be told from text, and read."""
        written = self.template.format_function.tool_utils.function_formatter([_function("python", {"code": PROBE})])
        call = parse_call(f"Think.\n{written}", fenced=False)
        return call is not None and call.error is None and call.code.strip("\n") == PROBE.strip("\n")

    def message(self, turn: Turn) -> dict[str, str]:
        """A turn as LLaMA-Factory's engines take it.

        What the model wrote is replayed as it is, its reasoning included, unless it is a call that the template would
        have written in another way (a client sent it back), or would close in another way than other turns. Reasoning
        that a client sends back apart goes between the template's tags. Whether the prompt then holds the reasoning
        of earlier turns is the template's choice: LLaMA-Factory's reasoning templates keep it in training, and leave
        it out in serving unless the YAML says ``preserve_thinking: true``.
        """
        tags = self.thought_tags
        content = (tags.render(turn.reasoning) if turn.reasoning else "") + turn.content
        raw = {"role": str(turn.role), "content": content}
        if turn.role != "assistant" or turn.calls_nothing:
            return raw
        known = 0 if turn.calls_at is None else len(content) - len(turn.content) + turn.calls_at
        reader = read_turn(content[known:], fenced=False, tools=None, tags=tags)
        if (call := reader.call) is None:
            return raw
        at = known + reader.start
        before, written = content[:at].strip(), content[at:]
        try:
            functions = self._neutral_calls(written)
        except NO_CALL:
            return raw  # a model's malformed call, which was answered by a refusal
        if not functions and not self._ends_alike and call.error is None:
            functions = [_function(call.name, {"code": call.code})]
        return self._called(before, functions) or raw if functions else raw

    def extract(self, text: str) -> tuple[ToolCall, ...] | None:
        """The calls that the template finds; ``None`` where it finds none, or stumbles over JSON of another shape."""
        try:
            found = self.template.extract_tool(text)
            if not isinstance(found, list) or not all(isinstance(name, str) for name, _ in found):
                return None
            return tuple(ToolCall("", "", None, name, _object(arguments)) for name, arguments in found)
        except NO_CALL:
            return None

    @property
    def _ends_alike(self) -> bool:
        """Whether a turn with a call is closed as other turns are."""
        return bool(self.template.format_function.slots == self.template.format_assistant.slots)

    def _neutral_calls(self, text: str) -> list[FunctionCall]:
        """The calls in the form of ``render_call``, where the template would write them in another."""
        if self.template.format_function.tool_format in JSON_FORMATS and self._ends_alike:
            return []
        calls = [json.loads(written) for written in _NEUTRAL.findall(text)]
        return [_function(call["name"], {**call["arguments"]}) for call in calls]

    def _called(self, before: str, functions: list[FunctionCall]) -> dict[str, str] | None:
        """A turn of these calls: as the template writes it, or as a training row holds it for the template.

        ``None`` where the text before them holds the mark at which the template would look for a call.
        """
        bare = isinstance(self.template, Llama2Template)  # which knows no text before a call
        before += "\n" if before else ""
        if self._ends_alike or (before and bare):
            written = self.template.format_function.tool_utils.function_formatter(functions)
            return {"role": "assistant", "content": before + written}
        if OPENING in before:
            return None
        named = [{"name": name, "arguments": json.loads(arguments)} for name, arguments in functions]
        text = json.dumps(named[0] if len(named) == 1 else named, ensure_ascii=False)
        return {"role": "function", "content": text if bare else before + mark_call(text)}


# The form of ``render_call``, in which calls stand where no template writes them.
NEUTRAL = TemplateCalls(TEMPLATES["qwen"])


def check_form(form: FormChoice, template: TemplateCalls | None) -> None:
    """Raise ``StartupError`` when the YAML asks for native calls that cannot be read."""
    if form == "native" and template is not None and not template.is_readable:
        raise StartupError("this template's tool calls cannot be told from text; set code_interpreter.form: fenced")


def form_for(form: FormChoice, template: TemplateCalls | None) -> Form:
    """The form in which calls that a client sends back are written; an endpoint without a template takes fences."""
    if form == "auto":
        return "native" if template is not None and template.is_readable else "fenced"
    return form


def read_calls(
    text: str, template: TemplateCalls | None, tools: Collection[str] | None = None
) -> tuple[ToolCall, ...]:
    """The calls to a client's tools in a turn: those that the template finds, or one that is read leniently.

    JSON without marks around it that names none of ``tools`` is text; ``None`` stands for any tool.
    """
    found = (template or NEUTRAL).extract(text)
    call = parse_call(text, fenced=False, tools=tools)
    if found is not None:
        return found if call or tools is None or all(named.name in tools for named in found) else ()
    if call is not None and call.error is None:  # the client's tool has the name and the argument of ours
        call = ToolCall(call.thought, "", None, call.name, {"code": call.code})
    return (call,) if call and call.arguments is not None else ()


def _function(name: str, arguments: Mapping[str, Any]) -> FunctionCall:
    return FunctionCall(name, json.dumps(arguments, ensure_ascii=False))


def _object(text: str) -> Mapping[str, Any]:
    value = json.loads(text)
    return value if isinstance(value, dict) else {"arguments": value}
