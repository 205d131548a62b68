"""``generate`` of the solving loop on any OpenAI-compatible endpoint, through the official client.

For endpoints that only write text or call functions, while the loop and the interpreter run here. The fenced
form is plain text and works with every chat endpoint; the native form sends the tool as a function and needs an
endpoint that takes its calls and their results back.
"""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from ..protocol import TOOL, Form, ToolCall, Turn, Watch, begin_call, end_call, read_turn
from ..records import storable
from .loop import Accepted, Completion, Part, Reasoned

if TYPE_CHECKING:
    from openai import APIError, AsyncOpenAI

__all__ = ["OpenAIGenerate", "to_messages"]

# Behind it the model would invent what its own program printed.
STOP = "```output"
# Chunks to read behind the end of a call: most endpoints stop by themselves and then report their usage.
PATIENCE = 32
REASONING = ("reasoning_content", "reasoning")


@dataclass(frozen=True)
class OpenAIGenerate:
    """Continue a conversation by one assistant turn of ``model``, streamed.

    Args:
        options: what else a request says (``temperature``, ``top_p``, ``extra_body``, ...).
        stop: strings before which the solve ends, outside of reasoning; they are looked for here, because an endpoint
            would not say that it stopped at one.
        functions: schemas of the client's own tools.
        calls: whether the turn may call ``python``; without, it is text and calls to ``functions``.

    Raises from its calls what the client raises (``openai.APIError``); 429, 5xx and lost connections are tried
    again by the client, as often as its ``max_retries`` says, until the first chunk is there. In the fenced form the
    endpoint is asked to stop at an output that the model invents; it may do so inside of reasoning too, and the turn
    then has no answer. Where the endpoint reports no usage, or was cut off, a chunk counts as a token and a prompt as
    none.
    """

    client: AsyncOpenAI
    model: str
    system: str | None
    form: Form = "native"
    options: Mapping[str, Any] = field(default_factory=dict)
    stop: tuple[str, ...] = ()
    functions: tuple[Mapping[str, Any], ...] = ()
    calls: bool = True

    async def __call__(self, turns: Sequence[Turn], *, max_tokens: int | None) -> AsyncGenerator[Part, None]:
        names = [function["name"] for function in self.functions]
        watch, written = Watch(self.stop, calls=self.calls, tools=names), _Written()
        behind = 0
        request = self._request(turns, max_tokens)
        async with await self.client.chat.completions.create(**request, stream=True) as chunks:
            yield Accepted()
            async for chunk in chunks:
                if thought := written.think(chunk):
                    yield Reasoned(thought)
                if piece := watch.feed(written.add(chunk)):
                    yield piece
                behind += watch.over
                if watch.halted or behind > PATIENCE:
                    break
            if written.finish is None and not watch.over:
                raise _cut_off(chunks.response.request)
        if piece := watch.feed(written.close()) + watch.close():
            yield piece
        yield written.completion(watch)

    def _request(self, turns: Sequence[Turn], max_tokens: int | None) -> dict[str, Any]:
        request: dict[str, Any] = {
            "model": self.model,
            "messages": to_messages(self.system, turns, self.form),
            "stream_options": {"include_usage": True},
            **self.options,
        }
        if max_tokens is not None:
            request["max_tokens"] = max_tokens
        shown = [TOOL] if self.calls and self.form == "native" else []
        if tools := [{"type": "function", "function": schema} for schema in (*shown, *self.functions)]:
            request["tools"] = tools
        if self.calls and self.form == "fenced":
            request["stop"] = [STOP]
        return request


def _cut_off(request: Any) -> APIError:
    from openai import APIError

    return APIError("the answer broke off, with no reason to finish", request, body=None)


class _Written:
    """The text of one answer, put together from its chunks; function calls become calls of the native form."""

    def __init__(self) -> None:
        self.finish: str | None = None
        self.usage: Any = None
        self.chunks = 0
        self.reasoning = ""
        self.logprobs: list[dict[str, Any]] = []
        self._text = False
        self._call: int | None = None
        self._arguments = False

    def add(self, chunk: Any) -> str:
        """The text that a chunk adds to the turn."""
        self.usage = chunk.usage or self.usage
        text = ""
        for choice in chunk.choices[:1]:
            self.finish = choice.finish_reason or self.finish
            if content := choice.delta.content:
                text += content
                self._text = True
            self.logprobs += [one.to_dict() for one in (choice.logprobs and choice.logprobs.content) or ()]
            text += "".join(self._add_call(call) for call in choice.delta.tool_calls or ())
        self.chunks += bool(text)
        return text

    def think(self, chunk: Any) -> str:
        """The reasoning that a chunk adds, under its older name (DeepSeek, SGLang) or vLLM's newer one."""
        extra = next((choice.delta.model_extra or {} for choice in chunk.choices[:1]), {})
        text = next((storable(extra[name]) for name in REASONING if isinstance(extra.get(name), str)), "")
        self.reasoning += text
        self.chunks += bool(text)
        return text

    def close(self) -> str:
        """What is left open when no more chunks come."""
        if self._call is None:
            return ""
        arguments = "" if self._arguments else "{}"
        # Without arguments that are whole the call is left open, for the loop to refuse.
        return arguments + end_call() if self.finish != "length" else ""

    def _add_call(self, call: Any) -> str:
        text = ""
        if call.index != self._call:
            text = self.close() + ("\n" if self._text or self._call is not None else "")
            text += begin_call((call.function.name if call.function else None) or "")
            self._call, self._arguments = call.index, False
        arguments = (call.function.arguments if call.function else None) or ""
        self._arguments = self._arguments or bool(arguments)
        return text + arguments

    def completion(self, watch: Watch) -> Completion:
        finish: Literal["stop", "length", "halt"] = "stop"
        if watch.halted:
            finish = "halt"
        elif self.finish == "length" and not watch.over:
            finish = "length"
        prompt, completion = (
            (self.usage.prompt_tokens, self.usage.completion_tokens) if self.usage else (0, self.chunks)
        )
        return Completion(watch.text, finish, prompt, completion, self.reasoning, tuple(self.logprobs))


def to_messages(system: str | None, turns: Sequence[Turn], form: Form) -> list[dict[str, Any]]:
    """A conversation as the chat endpoint takes it: native calls as function calls, fenced ones as text.

    The reasoning before a call goes back to the endpoint that gave it apart, since DeepSeek refuses the call without
    it (https://api-docs.deepseek.com/guides/thinking_mode); of other turns it is not wanted. What a model wrote
    between tags of its own goes back as it wrote it.
    """
    messages: list[dict[str, Any]] = [{"role": "system", "content": system}] if system else []
    pending: list[str] = []
    for turn in turns:
        before, calls = _calls(turn, form) if turn.role == "assistant" else ("", [])
        if calls:
            pending = [f"call_{len(messages)}_{index}" for index in range(len(calls))]
            called = [_function_call(name, call) for name, call in zip(pending, calls, strict=True)]
            reasoning = {"reasoning_content": turn.reasoning} if turn.reasoning else {}
            messages.append({"role": "assistant", "content": before or None, "tool_calls": called, **reasoning})
        elif turn.role == "observation" and pending:
            # Each call must have an answer; where one text answers all, the first has it.
            whole = [turn.content, *[""] * (len(pending) - 1)]
            texts = turn.results if len(turn.results) == len(pending) else whole
            messages += [
                {"role": "tool", "tool_call_id": name, "content": text}
                for name, text in zip(pending, texts, strict=True)
            ]
            pending = []
        else:
            role = "user" if turn.role == "observation" else turn.role
            if role == "user" and not turn.content:
                continue  # it only makes turns alternate, which an endpoint does not ask for
            messages.append({"role": role, "content": turn.content})
    return messages


def _calls(turn: Turn, form: Form) -> tuple[str, list[ToolCall]]:
    """What a turn says before its calls, and the calls that go as function calls: in the fenced form, whose own calls
    are text, only those to the client's tools.
    """
    said, text = turn.content[: turn.calls_at or 0], turn.content[turn.calls_at or 0 :]
    calls = list[ToolCall]()
    while not turn.calls_nothing and (reader := read_turn(text, fenced=form == "native", tools=None)).call:
        if not calls:
            said += text[: reader.start]
        if form == "native" or reader.call.arguments is not None:
            calls.append(reader.call)
        if reader.end is None:
            break
        text = text[reader.end :]
    return said.strip(), calls


def _function_call(name: str, call: ToolCall) -> dict[str, Any]:
    arguments = {"code": call.code} if call.arguments is None else call.arguments
    function = {"name": call.name, "arguments": json.dumps(arguments, ensure_ascii=False)}
    return {"id": name, "type": "function", "function": function}
