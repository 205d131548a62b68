"""``generate`` of the solving loop on top of LLaMA-Factory's ``ChatModel``, whichever engine is behind it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Coroutine, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from llamafactory.extras.constants import EngineName

from ...protocol import CLOSERS, TOOL, FormChoice, ThoughtTags, Turn, Watch
from ...solving.loop import Completion, Generate
from ..solve_request import Penalties, SolveRequest
from ..web.errors import ApiError
from .batching.batcher import Batcher
from .generation import Control, TokenText, context_of
from .template_calls import message_of, reasons, spells_calls, thought_tags
from .upstream import UpstreamModel

__all__ = ["EngineGenerate", "check_engine", "generate_for"]

TOOLS = json.dumps([TOOL], ensure_ascii=False)
# vLLM and SGLang honour stop strings and leave them out of the text; the loop closes the call again.
OUTPUT = "```output"
STOP_STRINGS: Mapping[FormChoice, list[str]] = {"native": [*CLOSERS], "fenced": [OUTPUT], "auto": [*CLOSERS, OUTPUT]}
Messages = list[dict[str, str]]
T = TypeVar("T")

_abandoned = set[asyncio.Task[Any]]()


@dataclass(frozen=True)
class EngineGenerate:
    """Continue a conversation by one assistant turn.

    Earlier turns are replayed as the raw text that the model wrote, observations in their own role, and the
    schema of the tool goes to the template as in training, so that prompts are token for token those that the
    model was trained on.

    Attributes:
        system: the system prompt; ``None`` leaves the template's own.
        sampling: what the engine takes by name.
        stop: strings before which the solve ends.
        tools: the schemas that the template shows (JSON); ``None`` shows none.
        calls: end a turn behind its first call.
        stream: yield text as it is generated, where that costs exact counts.
        penalties, seed: for the Hugging Face engine only.
        batcher: where the Hugging Face engine generates for several requests at once.
    """

    chat_model: Any
    system: str | None
    form: FormChoice = "native"
    sampling: Mapping[str, Any] = field(default_factory=dict)
    stop: tuple[str, ...] = ()
    tools: str | None = TOOLS
    calls: bool = True
    stream: bool = True
    penalties: Penalties = field(default_factory=Penalties)
    seed: int | None = None
    batcher: Batcher | None = None

    def __call__(self, turns: Sequence[Turn], *, max_tokens: int | None) -> AsyncGenerator[str | Completion, None]:
        limit = self._limit(max_tokens)
        arguments = {"system": self.system, "tools": self.tools, **self.sampling}
        if limit is not None:
            arguments["max_new_tokens"] = limit
        messages = [message_of(turn, self.chat_model.engine.template) for turn in turns]
        if self.chat_model.engine.name == EngineName.HF:
            return self._controlled(messages, arguments)
        # An engine would stop at them inside of reasoning too, where nothing ends a turn.
        stop = [] if self._reasons else [*self.stop, *(STOP_STRINGS[self.form] if self.calls else ())]
        return self._elsewhere(messages, arguments | {"stop": stop or None}, limit)

    @property
    def _tags(self) -> ThoughtTags:
        return thought_tags(self.chat_model.engine.template)

    @property
    def _reasons(self) -> bool:
        return reasons(self.chat_model.engine.template)

    async def _controlled(
        self, messages: Messages, arguments: dict[str, Any]
    ) -> AsyncGenerator[str | Completion, None]:
        """Generate on the Hugging Face engine, whose thread (or the batch's) hands over the text token by token."""
        engine, loop = self.chat_model.engine, asyncio.get_running_loop()
        pieces = asyncio.Queue[str | None]()
        watch = Watch(self.stop, calls=self.calls, tags=self._tags)
        control = Control(
            TokenText(engine.tokenizer, engine.generating_args.get("skip_special_tokens", True), self._tags),
            watch,
            lambda text: loop.call_soon_threadsafe(pieces.put_nowait, text),
            stop_ids=engine.template.get_stop_token_ids(engine.tokenizer),
            penalties=self.penalties,
            seed=self.seed,
            context=context_of(engine.model),
        )
        generate = self.batcher.generate if self.batcher else self._generate
        task = loop.create_task(generate(messages, arguments, control), context=control.context())
        task.add_done_callback(lambda _: pieces.put_nowait(None))
        try:
            while (piece := await pieces.get()) is not None:
                if piece:
                    yield piece
            prompt_tokens = await task
        finally:
            await _give_up(task, control)
        whole = control.stopped or watch.over
        yield Completion(watch.text, _finish(watch, whole), prompt_tokens, control.tokens)

    async def _generate(self, messages: Messages, arguments: dict[str, Any], control: Control) -> int:
        """Let the engine generate alone, the control being in its context; the number of the prompt's tokens."""
        (response,) = await self.chat_model.achat(messages, **arguments)
        length: int = response.prompt_length
        return length

    async def _elsewhere(
        self, messages: Messages, arguments: dict[str, Any], limit: int | None
    ) -> AsyncGenerator[str | Completion, None]:
        """Generate on an engine that ends at stop strings itself; streamed text is counted by the tokenizer."""
        if not (self.stream or self.stop or self._reasons):
            (response,) = await self.chat_model.achat(messages, **arguments)
            cut = response.finish_reason == "length" and (limit is None or response.response_length >= limit)
            yield Completion(
                response.response_text, "length" if cut else "stop", response.prompt_length, response.response_length
            )
            return
        watch, engine = Watch(self.stop, calls=self.calls, tags=self._tags), self.chat_model.engine
        parts = self.chat_model.astream_chat(messages, **arguments)
        if engine.name == EngineName.SGLANG:  # it waits for its server without giving way to other tasks
            parts = _on_loop(parts, self.chat_model._loop)
        async with aclosing(parts):
            async for part in parts:
                if piece := watch.feed(part):
                    yield piece
                if watch.over:
                    break
        if rest := watch.close():
            yield rest
        written = len(engine.tokenizer.encode(watch.text, add_special_tokens=False))
        paired = [*messages, {"role": "assistant", "content": ""}]
        prompt, _ = engine.template.encode_oneturn(engine.tokenizer, paired, self.system, arguments["tools"])
        whole = watch.over or limit is None or written < limit
        yield Completion(watch.text, _finish(watch, whole), len(prompt), written)

    def _limit(self, max_tokens: int | None) -> int | None:
        """The tokens of one round: what is left of the solve, at most the YAML's ``max_new_tokens``."""
        configured = self.chat_model.engine.generating_args.get("max_new_tokens")
        return min((limit for limit in (max_tokens, configured) if limit), default=None)


def check_engine(chat_model: Any, request: SolveRequest) -> None:
    """Refuse what the engine behind a model cannot honour."""
    if isinstance(chat_model, UpstreamModel):
        return
    if chat_model.engine.name == EngineName.HF:
        _check_bias(request.penalties, len(chat_model.engine.tokenizer))
        return
    asked = {
        "presence_penalty": request.penalties.presence,
        "frequency_penalty": request.penalties.frequency,
        "logit_bias": request.penalties.bias,
        "seed": request.seed is not None and request.sampling.get("temperature") != 0,
    }
    for name, value in asked.items():
        if value:
            message = f"{name} is not supported by this server's engine; leave it out"
            raise ApiError(message, param=name, code="unsupported_value")


def _check_bias(penalties: Penalties, vocabulary: int) -> None:
    for token in penalties.bias:
        if not 0 <= token < vocabulary:
            message = f"logit_bias: there is no token {token}; give 0 to {vocabulary - 1}"
            raise ApiError(message, param="logit_bias", code="invalid_value")


def generate_for(chat_model: Any, request: SolveRequest, form: FormChoice, batcher: Batcher | None = None) -> Generate:
    """The ``generate`` of one request."""
    if isinstance(chat_model, UpstreamModel):
        return chat_model.generate(request, form)
    shown = form == "native" or (form == "auto" and spells_calls(chat_model.engine.template))
    schemas = [*([TOOL] if request.interpreter and shown else []), *request.functions]
    return EngineGenerate(
        chat_model,
        request.system,
        form,
        request.sampling,
        request.stop,
        tools=json.dumps(schemas, ensure_ascii=False) if schemas else None,
        calls=request.interpreter,
        stream=request.stream,
        penalties=request.penalties,
        seed=request.seed,
        batcher=batcher,
    )


def _finish(watch: Watch, whole: bool) -> Literal["stop", "length", "halt"]:
    if watch.halted:
        return "halt"
    return "stop" if whole else "length"


async def _give_up(task: asyncio.Task[Any], control: Control) -> None:
    """End a generation: at once while it waits for its turn, at its next token once it runs."""
    if task.done():
        return
    control.cancel()
    if not control.running:
        task.cancel()
    _abandoned.add(task)  # a loop keeps weak references only, and our caller may be cancelled again meanwhile
    task.add_done_callback(_forget)
    await asyncio.wait({task})


def _forget(task: asyncio.Task[Any]) -> None:
    _abandoned.discard(task)
    if not task.cancelled():
        task.exception()  # nobody else will look


async def _on_loop(parts: AsyncGenerator[str, None], loop: asyncio.AbstractEventLoop) -> AsyncGenerator[str, None]:
    """Iterate on another event loop, which runs in a thread of its own."""

    def there(step: Coroutine[Any, Any, T]) -> asyncio.Future[T]:
        return asyncio.wrap_future(asyncio.run_coroutine_threadsafe(step, loop))

    async def step() -> str | None:
        return await anext(parts, None)

    try:
        while (part := await there(step())) is not None:
            yield part
    finally:
        await there(parts.aclose())
