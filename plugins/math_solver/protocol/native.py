"""Native calls in the one form in which we write them: a JSON object between ``<tool_call>`` marks, as Qwen's.

The engine turns them into its template's own form, and ``syntax`` reads this form and all others.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

__all__ = ["CLOSING", "OPENING", "begin_call", "end_call", "mark_call", "render_calls"]

OPENING, CLOSING = "<tool_call>", "</tool_call>"


def begin_call(name: str) -> str:
    """A call up to its arguments, which are to follow as JSON."""
    return f'{OPENING}\n{{"name": {_dump(name)}, "arguments": '


def end_call() -> str:
    """What follows the arguments of a call."""
    return f"}}\n{CLOSING}"


def mark_call(body: str) -> str:
    """A JSON text between the marks of a call: one call, or a list of them, as LLaMA-Factory's records hold it."""
    return f"{OPENING}\n{body}\n{CLOSING}"


def render_calls(calls: Iterable[tuple[str, Any]]) -> str:
    """Calls to any tools, by name and arguments, one below the other."""
    return "\n".join(begin_call(name) + _dump(arguments) + end_call() for name, arguments in calls)


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
