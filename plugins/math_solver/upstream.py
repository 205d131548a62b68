"""``generate`` of the solving loop on any OpenAI-compatible endpoint, through the official client.

For endpoints that only write text or call functions, while the loop and the interpreter run here. The fenced
form is plain text and works with every chat endpoint; the native form sends the tool as a function and needs an
endpoint that takes its calls and their results back.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .protocol import TOOL, Form, Turn, parse_call, render_call
from .solving import Completion

if TYPE_CHECKING:
    from openai import AsyncOpenAI

__all__ = ["OpenAIGenerate", "to_messages"]

# The model would go on to invent the output of its own program.
STOP: Mapping[Form, list[str]] = {"native": [], "fenced": ["```output"]}
FUNCTION = {"type": "function", "function": TOOL}


@dataclass(frozen=True)
class OpenAIGenerate:
    """Continue a conversation by one assistant turn of ``model``.

    Args:
        options: what else a request says (``temperature``, ``top_p``, ``extra_body``, ...).

    Raises from its calls what the client raises (``openai.APIError``); 429, 5xx and lost connections are tried
    again by the client, as often as its ``max_retries`` says. Token counts are 0 where the endpoint reports none.
    """

    client: AsyncOpenAI
    model: str
    system: str
    form: Form = "native"
    options: Mapping[str, Any] = field(default_factory=dict)

    async def __call__(self, turns: Sequence[Turn], *, max_tokens: int | None) -> Completion:
        answer = await self.client.chat.completions.create(**self._request(turns, max_tokens), stream=False)
        choice = answer.choices[0]
        calls = [(call.function.name, call.function.arguments) for call in choice.message.tool_calls or ()]
        return _completion(choice.message.content or "", calls, choice.finish_reason, answer.usage)

    async def stream(self, turns: Sequence[Turn], *, max_tokens: int | None) -> AsyncIterator[str | Completion]:
        """Yield the text of the turn as it comes, and the whole ``Completion`` last."""
        request = self._request(turns, max_tokens) | {"stream_options": {"include_usage": True}}
        text, finish, usage, calls = "", "stop", None, dict[int, list[str]]()
        async with await self.client.chat.completions.create(**request, stream=True) as chunks:
            async for chunk in chunks:
                usage = chunk.usage or usage
                for choice in chunk.choices[:1]:
                    finish = choice.finish_reason or finish
                    _gather(calls, choice.delta.tool_calls or ())
                    if piece := choice.delta.content:
                        text += piece
                        yield piece
        completion = _completion(text, [(name, arguments) for name, arguments in calls.values()], finish, usage)
        if tail := completion.text[len(text) :]:
            yield tail
        yield completion

    def _request(self, turns: Sequence[Turn], max_tokens: int | None) -> dict[str, Any]:
        request = {"model": self.model, "messages": to_messages(self.system, turns, self.form), **self.options}
        if max_tokens is not None:
            request["max_tokens"] = max_tokens
        if self.form == "native":
            request["tools"] = [FUNCTION]
        elif STOP[self.form]:
            request["stop"] = STOP[self.form]
        return request


def to_messages(system: str, turns: Sequence[Turn], form: Form) -> list[dict[str, Any]]:
    """A conversation as the chat endpoint takes it: calls as function calls (native) or as text (fenced)."""
    messages: list[dict[str, Any]] = [{"role": "system", "content": system}]
    for turn in turns:
        call = parse_call(turn.content) if turn.role == "assistant" and form == "native" else None
        if call is not None:
            function = {"name": TOOL["name"], "arguments": json.dumps({"code": call.code}, ensure_ascii=False)}
            calls = [{"id": f"call_{len(messages)}", "type": "function", "function": function}]
            messages.append({"role": "assistant", "content": call.thought, "tool_calls": calls})
        elif turn.role == "observation" and "tool_calls" in messages[-1]:
            name = messages[-1]["tool_calls"][0]["id"]
            messages.append({"role": "tool", "tool_call_id": name, "content": turn.content})
        else:
            role = "user" if turn.role == "observation" else turn.role
            messages.append({"role": role, "content": turn.content})
    return messages


def _gather(calls: dict[int, list[str]], deltas: Iterable[Any]) -> None:
    """Join the pieces of streamed function calls: name and arguments by the index of the call."""
    for delta in deltas:
        call = calls.setdefault(delta.index, ["", ""])
        if delta.function is not None:
            call[0] += delta.function.name or ""
            call[1] += delta.function.arguments or ""


def _completion(text: str, calls: Sequence[tuple[str, str]], finish: str | None, usage: Any) -> Completion:
    return Completion(
        text=_with_call(text, *calls[0]) if calls else text,
        finish_reason="length" if finish == "length" else "stop",
        prompt_tokens=usage.prompt_tokens if usage else 0,
        completion_tokens=usage.completion_tokens if usage else 0,
    )


def _with_call(thought: str, name: str, arguments: str) -> str:
    """The turn as training data writes it; what cannot be read stays as it is, for the loop to refuse."""
    raw = json.dumps({"name": name, "arguments": arguments}, ensure_ascii=False)
    text = f"{thought}\n<tool_call>\n{raw}\n</tool_call>" if thought else f"<tool_call>\n{raw}\n</tool_call>"
    call = parse_call(text)
    return render_call(thought, call.code) if call is not None and call.error is None else text
