"""How a model and the interpreter talk: tool schema, system prompts, tool calls, truncation.

Defined once for synthesis, rendering, serving and evaluation. A solution is a list of turns: the user asks;
the model reasons and calls ``python`` in the same turn; the observation answers; the model concludes with
``\\boxed{}``. Two renderings: ``native`` tool calls in the form of LLaMA-Factory's ``function_call`` (a
template turns them into its model's own tokens), and ``fenced`` code blocks as Qwen2.5-Math, ToRA and
NuminaMath write them.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, Literal

from .records import Trajectory

__all__ = [
    "SYSTEM_PROMPTS",
    "TOOL",
    "Form",
    "Role",
    "ToolCall",
    "Turn",
    "call_end",
    "close_call",
    "detect_lang",
    "parse_call",
    "render_call",
    "render_observation",
    "render_turns",
    "truncate_middle",
]

Form = Literal["native", "fenced"]
Role = Literal["user", "assistant", "observation"]

TOOL: dict[str, Any] = {
    "name": "python",
    "description": "Run Python (SymPy and NumPy are at hand) and return what it prints.",
    "parameters": {
        "type": "object",
        "properties": {"code": {"type": "string", "description": "The program."}},
        "required": ["code"],
    },
}

SYSTEM_PROMPTS = {
    "en": (
        "Solve the problem step by step. Use Python for every calculation and keep values exact "
        "(SymPy Rational, sqrt, pi). Put the final answer in \\boxed{}."
    ),
    "zh": (
        "请一步一步解题。用 Python 完成计算，保持精确值（SymPy 的 Rational、sqrt、pi）。最后把答案写在 \\boxed{} 中。"
    ),
}

_CJK = re.compile(r"[\u4e00-\u9fff]")
_NATIVE_CALL = re.compile(r"<tool_call>\s*(.*?)\s*(?:</tool_call>|$)", re.DOTALL)
_FENCED_CALL = re.compile(r"```python[ \t]*\n(.*?)(?:\n?```|$)", re.DOTALL)
_CLOSERS = {_NATIVE_CALL: "</tool_call>", _FENCED_CALL: "```"}


@dataclass(frozen=True)
class Turn:
    """One turn of a conversation, the text exactly as the model wrote or sees it."""

    role: Role
    content: str


@dataclass(frozen=True)
class ToolCall:
    """A program the model asks to run; ``error`` says why a call could not be read (``code`` is then empty)."""

    thought: str
    code: str
    error: str | None = None


def detect_lang(text: str) -> Literal["en", "zh"]:
    """``zh`` when the text holds a Chinese character, else ``en``."""
    return "zh" if _CJK.search(text) else "en"


def truncate_middle(text: str, limit: int) -> str:
    """Keep at most ``limit`` characters, cutting the middle, with a marker that says how many."""
    if len(text) <= limit:
        return text
    marker = f"\n... [{len(text) - limit} characters left out] ...\n"
    head = max(0, limit - len(marker)) // 2 + max(0, limit - len(marker)) % 2
    tail = max(0, limit - len(marker)) // 2
    return (text[:head] + marker + (text[-tail:] if tail else ""))[:limit]


def render_call(thought: str, code: str, form: Form = "native") -> str:
    """The assistant turn that reasons and then calls ``python`` with ``code``."""
    if form == "fenced":
        call = f"```python\n{code}\n```"
    else:
        arguments = json.dumps({"name": TOOL["name"], "arguments": {"code": code}}, ensure_ascii=False)
        call = f"<tool_call>\n{arguments}\n</tool_call>"
    return f"{thought}\n{call}" if thought else call


def render_observation(observation: str, form: Form = "native") -> str:
    """The observation turn; a template wraps the native form in its own tokens."""
    return f"```output\n{observation}\n```" if form == "fenced" else observation


def render_turns(trajectory: Trajectory, form: Form = "native") -> list[Turn]:
    """The whole solution as turns, from the question to the conclusion."""
    turns = [Turn("user", trajectory.problem.question)]
    for step in trajectory.steps:
        turns.append(Turn("assistant", render_call(step.thought, step.code, form)))
        turns.append(Turn("observation", render_observation(step.execution.observation, form)))
    turns.append(Turn("assistant", trajectory.conclusion))
    return turns


def parse_call(text: str) -> ToolCall | None:
    """The first call to ``python`` in a model's turn, native or fenced; ``None`` when the turn calls nothing.

    Lenient to what models write: raw newlines in the JSON string, text after the call, an unterminated block.
    """
    call = _first_call(text)
    if call is None:
        return None
    thought = text[: call.start()].strip()
    if call.re is _NATIVE_CALL:
        return _parse_native(thought, call.group(1))
    return ToolCall(thought, call.group(1).strip("\n"))


def call_end(text: str) -> int | None:
    """The offset just past the first call in a model's turn; ``None`` while no call is complete."""
    call = _first_call(text)
    return call.end() if call and call.group().endswith(_CLOSERS[call.re]) else None


def close_call(text: str) -> str:
    """The turn up to the end of its first call, which is what history keeps.

    A call that the model left open, or that a stop string cut, gets its closing mark; a turn without a call
    comes back as it is.
    """
    end, call = call_end(text), _first_call(text)
    if end is not None:
        return text[:end]
    return text.rstrip() + "\n" + _CLOSERS[call.re] if call else text


def _first_call(text: str) -> re.Match[str] | None:
    calls = [call for call in (_NATIVE_CALL.search(text), _FENCED_CALL.search(text)) if call]
    return min(calls, key=lambda call: call.start(), default=None)


def _parse_native(thought: str, body: str) -> ToolCall:
    try:
        call, _ = json.JSONDecoder(strict=False).raw_decode(body)
    except json.JSONDecodeError as error:
        return ToolCall(thought, "", f"the tool call is not valid JSON: {error}")
    arguments = call.get("arguments") if isinstance(call, dict) else None
    if isinstance(arguments, str):  # some models encode the arguments twice
        arguments = _decode_object(arguments)
    code = arguments.get("code") if isinstance(arguments, dict) else None
    if _call_name(call) != TOOL["name"] or not isinstance(code, str):
        return ToolCall(thought, "", 'the only tool is "python" with one string argument "code"')
    return ToolCall(thought, code)


def _call_name(call: Any) -> str | None:
    """The tool that a decoded call names, if it is one."""
    name = call.get("name") if isinstance(call, dict) else None
    return name if isinstance(name, str) else None


def _decode_object(text: str) -> Any:
    try:
        return json.loads(text, strict=False)
    except json.JSONDecodeError:
        return None
