"""How a model and the interpreter talk: tool schema, system prompts, reasoning, tool calls, truncation.

Defined once for synthesis, rendering, serving and evaluation. A solution is a list of turns: the user asks;
the model reasons and calls ``python`` in the same turn; the observation answers; the model concludes with
``\\boxed{}``. A turn may begin with reasoning between tags, in which nothing is a call. Two renderings: ``native``
tool calls in the form of LLaMA-Factory's ``function_call`` (a template turns them into its model's own tokens), and
``fenced`` code blocks as Qwen2.5-Math, ToRA and NuminaMath write them. Reading knows the forms of every template and
both renderings, whichever was asked for.
"""

from .calls import ToolCall
from .checking import check_request, decide_request, mend_request
from .explaining import explain_again_request, explain_request
from .native import CLOSING, OPENING, begin_call, end_call, mark_call, render_calls
from .prompts import SYSTEM_PROMPTS, TEXT_PROMPTS, TOOL, detect_lang, system_prompt
from .reader import Piece, PieceKind, TurnReader, call_end, parse_call, read_turn, without_thought
from .replacing import REPLACED, Replacing, replaced_line
from .syntax import CLOSERS, MARKUP
from .thoughts import THINK, ThoughtTags
from .turns import (
    Form,
    FormChoice,
    Role,
    Turn,
    call_turn,
    calls_turn,
    render_call,
    render_observation,
    render_remaining,
    render_turns,
    text_turn,
    truncate_middle,
)
from .watch import Watch

__all__ = [
    "CLOSERS",
    "CLOSING",
    "MARKUP",
    "OPENING",
    "REPLACED",
    "SYSTEM_PROMPTS",
    "TEXT_PROMPTS",
    "THINK",
    "TOOL",
    "Form",
    "FormChoice",
    "Piece",
    "PieceKind",
    "Replacing",
    "Role",
    "ThoughtTags",
    "ToolCall",
    "Turn",
    "TurnReader",
    "Watch",
    "begin_call",
    "call_end",
    "call_turn",
    "calls_turn",
    "check_request",
    "decide_request",
    "detect_lang",
    "end_call",
    "explain_again_request",
    "explain_request",
    "mark_call",
    "mend_request",
    "parse_call",
    "read_turn",
    "render_call",
    "render_calls",
    "render_observation",
    "render_remaining",
    "render_turns",
    "replaced_line",
    "system_prompt",
    "text_turn",
    "truncate_middle",
    "without_thought",
]
