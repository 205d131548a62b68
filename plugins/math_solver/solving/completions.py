"""``generate`` of the solving loop on any OpenAI-compatible endpoint, through the official client.

For endpoints that only write text or call functions, while the loop and the interpreter run here. The fenced
form is plain text and works with every chat endpoint; the native form sends the tool as a function and needs an
endpoint that takes its calls and their results back.
"""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from ..disk import storable
from ..protocol import TOOL, Form, ToolCall, Turn, Watch, begin_call, end_call, read_turn
from .loop import Accepted, Completion, Part, Reasoned, Wanted
from .replies import NoCompletion, NoEndpoint, as_count, longest_turn, plain_object
from .wire import came

if TYPE_CHECKING:
    from openai import AsyncOpenAI

__all__ = ["OpenAIGenerate", "read_answer", "to_messages", "write_request"]

# Behind it the model would invent what its own program printed.
STOP = "```output"
# Chunks to read behind the end of a call: most endpoints stop by themselves and then report their usage.
PATIENCE = 32
UNANSWERED = "The call was not run."
REASONING = ("reasoning_content", "reasoning")
COUNTS = ("prompt_tokens", "completion_tokens")


@dataclass(frozen=True)
class OpenAIGenerate:
    """Continue a conversation by one assistant turn of ``model``, streamed.

    Args:
        options: what else a request says (``temperature``, ``top_p``, ``extra_body``, ...).
        stop: strings before which the solve ends, outside of reasoning; they are looked for here, because an endpoint
            would not say that it stopped at one.
        functions: schemas of the client's own tools.
        calls: whether the turn may call ``python``; without, it is text and calls to ``functions``.
        response_format: the format of a turn that is wanted as an answer.

    An endpoint is asked in its own words for what is wanted of a turn, and without them where it refuses those.
    Raises from its calls what the client raises (``openai.APIError``), and ``NoCompletion`` where something else comes
    than an answer; 429, 5xx and lost connections are tried
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
    response_format: Mapping[str, Any] | None = None

    async def __call__(
        self, turns: Sequence[Turn], *, max_tokens: int | None, wanted: Wanted | None = None
    ) -> AsyncGenerator[Part, None]:
        names = [function["name"] for function in self.functions]
        watch, written = Watch(self.stop, calls=self.calls, tools=names), _Written()
        behind = 0
        request = self._request(turns, max_tokens)
        most = longest_turn(max_tokens)
        async with await self._open(request, self._wanted(wanted, "tools" in request)) as chunks:
            yield Accepted()
            async with aclosing(_deltas(chunks)) as deltas:
                async for delta in deltas:
                    if thought := written.think(delta):
                        yield Reasoned(thought)
                    if piece := watch.feed(written.add(delta)):
                        yield piece
                    behind += watch.over
                    if written.length > most:
                        written.finish = "length"  # of an endpoint that does not keep to it
                    if watch.halted or behind > PATIENCE or written.length > most:
                        break
            if written.finish is None and not watch.over:
                raise _cut_off(chunks.response, written.seen)
        if piece := watch.feed(written.close()) + watch.close():
            yield piece
        yield written.completion(watch)

    async def _open(self, request: Mapping[str, Any], wanted: Mapping[str, Any]) -> Any:
        import openai

        create = self.client.chat.completions.create
        try:
            return await create(**request, **wanted, stream=True)
        except (openai.BadRequestError, openai.UnprocessableEntityError):
            if not wanted:
                raise
        return await create(**request, stream=True)

    def _wanted(self, wanted: Wanted | None, tools: bool) -> dict[str, Any]:
        """What is wanted of a turn, where the endpoint's parameters mean the same."""
        if wanted == "call" and tools and not (self.calls and self.form == "fenced"):
            return {"tool_choice": "required"}
        if wanted == "answer" and self.response_format is not None:
            return {"response_format": self.response_format, **({"tool_choice": "none"} if tools else {})}
        return {}

    def _request(self, turns: Sequence[Turn], max_tokens: int | None) -> dict[str, Any]:
        request = write_request(
            self.model,
            to_messages(self.system, turns, self.form),
            self.form,
            max_tokens=max_tokens,
            options=self.options,
            functions=self.functions,
            calls=self.calls,
        )
        return {"stream_options": {"include_usage": True}, **request}


def write_request(
    model: str,
    messages: Sequence[Mapping[str, Any]],
    form: Form,
    *,
    max_tokens: int | None,
    options: Mapping[str, Any] = MappingProxyType({}),
    functions: Sequence[Mapping[str, Any]] = (),
    calls: bool = True,
) -> dict[str, Any]:
    """The request for one assistant turn; arguments as for ``OpenAIGenerate``."""
    request: dict[str, Any] = {"model": model, "messages": list(messages), **options}
    if max_tokens is not None:
        request["max_tokens"] = max_tokens
    shown = [TOOL] if calls and form == "native" else []
    if tools := [{"type": "function", "function": schema} for schema in (*shown, *functions)]:
        request["tools"] = tools
    if calls and form == "fenced":
        request["stop"] = [STOP]
    return request


def read_answer(choice: Mapping[str, Any]) -> Completion:
    """The turn of an answer that came as a whole, as if it had been streamed; tokens are not counted.

    ``choice`` is what an endpoint wrote: nothing of its shape is taken for granted.

    Raises:
        ValueError: it is no assistant's message.
    """
    message = choice.get("message")
    if not isinstance(message, Mapping):
        raise ValueError("the choice has no message")
    content, called = message.get("content"), message.get("tool_calls") or ()
    if not (content is None or isinstance(content, str)) or not isinstance(called, Sequence):
        raise ValueError("the message is not text and calls")
    finish = choice.get("finish_reason")
    written, watch = _Written(), Watch()
    written.finish = finish if isinstance(finish, str) else None
    written.reasoning = _reasoning(message)
    watch.feed(written.text(storable(content or "")))
    for index, call in enumerate(called):
        function = _field(call, "function")
        name, arguments = (_field(function, key) for key in ("name", "arguments"))
        if not isinstance(name, str) or not isinstance(arguments, str | None):
            raise ValueError("a call is no function call")
        watch.feed(written.call(index, storable(name), storable(arguments or "")))
    watch.feed(written.close())
    watch.close()
    return written.completion(watch)


def _field(value: Any, name: str) -> Any:
    return value.get(name) if isinstance(value, Mapping) else None


def _reasoning(fields: Mapping[str, Any]) -> str:
    """What an endpoint gives apart from the turn, under its older name (DeepSeek, SGLang) or vLLM's newer one."""
    return next((storable(fields[name]) for name in REASONING if isinstance(fields.get(name), str)), "")


def _cut_off(response: Any, seen: bool) -> Exception:
    from openai import APIError

    if not seen and (said := came(response)):
        return NoEndpoint(f"the answer is no stream of completions: {said}")
    return APIError("the answer broke off, with no reason to finish", response.request, body=None)


@dataclass(frozen=True)
class _Delta:
    """What a chunk of a stream adds: every field is of its type."""

    content: str = ""
    reasoning: str = ""
    calls: tuple[tuple[int | None, str, str], ...] = ()
    finish: str | None = None
    usage: tuple[int, int] | None = None
    logprobs: tuple[dict[str, Any], ...] = ()


async def _deltas(chunks: Any) -> AsyncGenerator[_Delta, None]:
    """The chunks of a stream as the official client reads them, of which it promises no shape.

    Raises:
        NoCompletion: one is something else.
    """
    while True:
        try:
            chunk = await anext(chunks, None)
            delta = _read_chunk(chunk) if chunk is not None else None
        except (ValueError, TypeError, AttributeError, LookupError, RecursionError) as error:
            raise NoCompletion(f"a chunk of the answer is none ({str(error)[:200]})") from error
        if delta is None:
            return
        yield delta


def _read_chunk(chunk: Any) -> _Delta:
    usage = None
    if chunk.usage is not None:
        prompt, completion = (as_count(getattr(chunk.usage, name, None)) for name in COUNTS)
        usage = None if prompt is None or completion is None else (prompt, completion)
    for choice in (chunk.choices or ())[:1]:
        delta, finish = choice.delta, choice.finish_reason
        told = (choice.logprobs and choice.logprobs.content) or ()
        return _Delta(
            storable(delta.content or delta.refusal or ""),  # which is then all that is said
            _reasoning(delta.model_extra or {}),
            tuple(map(_read_call, delta.tool_calls or ())),
            finish if isinstance(finish, str) and finish else None,
            usage,
            tuple(plain_object(one.to_dict()) for one in told),
        )
    return _Delta(usage=usage)


def _read_call(call: Any) -> tuple[int | None, str, str]:
    function, index = call.function, call.index
    if index is not None and type(index) is not int:
        raise TypeError("the place of a call is no number")
    name, arguments = (function.name, function.arguments) if function else (None, None)
    return index, storable(name or ""), storable(arguments or "")


class _Written:
    """The text of one answer, put together from its chunks; function calls become calls of the native form."""

    def __init__(self) -> None:
        self.finish: str | None = None
        self.usage: tuple[int, int] | None = None
        self.chunks = 0
        self.length = 0
        self.seen = False
        self.reasoning = ""
        self.logprobs: list[dict[str, Any]] = []
        self._text = False
        self._call: int | None = None
        self._arguments = False

    def add(self, delta: _Delta) -> str:
        """The text that a chunk adds to the turn."""
        self.seen = True
        self.usage = delta.usage or self.usage
        self.finish = delta.finish or self.finish
        text = self.text(delta.content)
        self.logprobs += delta.logprobs
        text += "".join(self._add_call(*call) for call in delta.calls)
        self.chunks += bool(text)
        self.length += len(text)
        return text

    def think(self, delta: _Delta) -> str:
        """The reasoning that a chunk adds."""
        self.reasoning += delta.reasoning
        self.chunks += bool(delta.reasoning)
        self.length += len(delta.reasoning)
        return delta.reasoning

    def text(self, content: str) -> str:
        """Content, which is part of the turn as it is."""
        self._text = self._text or bool(content)
        return content

    def call(self, index: int, name: str, arguments: str) -> str:
        """A piece of the call that has this place among the calls of the turn."""
        text = ""
        if index != self._call:
            text = self.close() + ("\n" if self._text or self._call is not None else "")
            text += begin_call(name)
            self._call, self._arguments = index, False
        self._arguments = self._arguments or bool(arguments)
        return text + arguments

    def close(self) -> str:
        """What is left open when no more chunks come."""
        if self._call is None:
            return ""
        arguments = "" if self._arguments else "{}"
        # Without arguments that are whole the call is left open, for the loop to refuse.
        return arguments + end_call() if self.finish != "length" else ""

    def _add_call(self, index: int | None, name: str, arguments: str) -> str:
        if index is None:  # an endpoint that numbers nothing: a name begins the next one
            index = (0 if self._call is None else self._call) + bool(name and self._call is not None)
        return self.call(index, name, arguments)

    def completion(self, watch: Watch) -> Completion:
        finish: Literal["stop", "length", "halt"] = "stop"
        if watch.halted:
            finish = "halt"
        elif self.finish == "length" and not watch.over:
            finish = "length"
        prompt, completion = self.usage or (0, self.chunks)
        return Completion(watch.text, finish, prompt, completion, self.reasoning, tuple(self.logprobs))


def to_messages(system: str | None, turns: Sequence[Turn], form: Form) -> list[dict[str, Any]]:
    """A conversation as the chat endpoint takes it: native calls as function calls, fenced ones as text.

    The reasoning before a call goes back to the endpoint that gave it apart, since DeepSeek refuses the call without
    it (https://api-docs.deepseek.com/guides/thinking_mode), also where there was none before one of several calls; of
    other turns it is not wanted. What a model wrote
    between tags of its own goes back as it wrote it. A call without an answer, with which endpoints refuse a
    conversation, is told that it was not run.
    """
    messages: list[dict[str, Any]] = [{"role": "system", "content": system}] if system else []
    pending: list[str] = []
    reasons = any(turn.reasoning for turn in turns)
    for turn in turns:
        if turn.role != "observation":
            messages += _results(pending, [UNANSWERED] * len(pending))
            pending = []
        before, calls = _calls(turn, form) if turn.role == "assistant" else ("", [])
        if calls:
            pending = [f"call_{len(messages)}_{index}" for index in range(len(calls))]
            called = [_function_call(name, call) for name, call in zip(pending, calls, strict=True)]
            reasoning = {"reasoning_content": turn.reasoning} if reasons else {}
            messages.append({"role": "assistant", "content": before or None, "tool_calls": called, **reasoning})
        elif turn.role == "observation" and pending:
            # Each call must have an answer; where one text answers all, the first has it.
            whole = [turn.observed, *[""] * (len(pending) - 1)]
            texts = turn.results if len(turn.results) == len(pending) else whole
            messages += _results(pending, texts)
            messages += [{"role": "user", "content": turn.asked}] if turn.asked else []
            pending = []
        else:
            role = "user" if turn.role == "observation" else turn.role
            if role == "user" and not turn.content:
                continue  # it only makes turns alternate, which an endpoint does not ask for
            messages.append({"role": role, "content": turn.content})
    return messages + _results(pending, [UNANSWERED] * len(pending))


def _results(names: Sequence[str], texts: Sequence[str]) -> list[dict[str, Any]]:
    """The answers to the calls of those names."""
    return [{"role": "tool", "tool_call_id": name, "content": text} for name, text in zip(names, texts, strict=True)]


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
