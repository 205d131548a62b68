"""Answers of ``/v1/chat/completions`` as an endpoint streams them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

__all__ = ["Chunks", "calls", "chunk", "says", "sent", "thinks"]

Chunks = list[dict[str, Any]]
USAGE = {"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10}


def chunk(delta: dict[str, Any], finish: str | None = None) -> dict[str, Any]:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}


def says(text: str, finish: str = "stop", usage: dict[str, int] | None = USAGE) -> Chunks:
    """An answer of text, three characters a chunk."""
    chunks = [chunk({"content": text[at : at + 3]}) for at in range(0, len(text), 3)] + [chunk({}, finish)]
    return chunks + ([chunk({}) | {"choices": [], "usage": usage}] if usage else [])


def thinks(text: str, name: str = "reasoning_content") -> Chunks:
    """Reasoning before an answer, in a field of its own whose ``name`` endpoints spell in two ways."""
    return [chunk({"content": None, name: text[at : at + 3]}) for at in range(0, len(text), 3)]


def calls(thought: str, *functions: tuple[str, str]) -> Chunks:
    """An answer that calls functions, the arguments in pieces."""
    chunks = [chunk({"content": thought})]
    for index, (name, arguments) in enumerate(functions):
        head = {"index": index, "id": f"c{index}", "type": "function", "function": {"name": name, "arguments": ""}}
        pieces = [arguments[at : at + 4] for at in range(0, len(arguments), 4)]
        chunks += [chunk({"tool_calls": [head]})]
        chunks += [chunk({"tool_calls": [{"index": index, "function": {"arguments": piece}}]}) for piece in pieces]
    return [*chunks, chunk({}, "tool_calls")]


def sent(chunks: Chunks) -> Iterator[bytes]:
    """The chunks as server-sent events."""
    for part in chunks:
        yield f"data: {json.dumps(part)}\n\n".encode()
    yield b"data: [DONE]\n\n"
