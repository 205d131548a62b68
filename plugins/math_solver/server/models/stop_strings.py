"""Models on vLLM's or SGLang's engine, which end at stop strings themselves and batch by themselves."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Coroutine, Mapping, Sequence
from contextlib import aclosing
from functools import partial
from typing import Any, TypeVar

from llamafactory.extras.constants import EngineName

from ...protocol import CLOSERS, FormChoice, Turn, Watch
from ...solving.loop import Accepted, Completion, Generate, Part, Wanted
from ..solve_request import SolveRequest
from ..web.errors import ApiError
from .local import LocalModel, Messages, completion

__all__ = ["StopStringModel"]

# The engines leave them out of the text; the loop closes the call again.
OUTPUT = "```output"
# The keys of the YAML that say how many tokens an engine has room for.
LENGTHS = {EngineName.VLLM: "vllm_maxlen", EngineName.SGLANG: "sglang_maxlen"}
STOP_STRINGS: Mapping[FormChoice, list[str]] = {"native": [*CLOSERS], "fenced": [OUTPUT], "auto": [*CLOSERS, OUTPUT]}
T = TypeVar("T")


class StopStringModel(LocalModel):
    """A model whose engine takes stop strings, but no penalties and seeds, and tells nothing of its tokens."""

    def __init__(self, chat_model: Any, loop: asyncio.AbstractEventLoop | None = None) -> None:
        """Streams are read on ``loop`` where the engine would hold up ours: SGLang's waits for its server without
        giving way to other tasks."""
        super().__init__(chat_model)
        self._loop = loop

    def check(self, request: SolveRequest) -> None:
        """Raise ``ApiError`` for what the engine does not take; a seed asks for nothing where nothing is sampled."""
        asked = {
            "presence_penalty": request.penalties.presence,
            "frequency_penalty": request.penalties.frequency,
            "logit_bias": request.penalties.bias,
            "logprobs": request.logprobs is not None,
            "seed": request.seed is not None and request.sampling.get("temperature") != 0,
        }
        for name, value in asked.items():
            if value:
                message = f"{name} is not supported by this server's engine; leave it out"
                raise ApiError(message, param=name, code="unsupported_value")

    def generate(self, request: SolveRequest, form: FormChoice) -> Generate:
        # Only a whole answer comes with the engine's own counts of tokens, and only in a stream can we look for the
        # client's stop strings, of which the engine would not say whether one ended the text, and for reasoning.
        streamed = request.stream or request.stop or self.template.reasons
        return partial(self._stream if streamed else self._complete, request, form)

    async def _complete(
        self,
        request: SolveRequest,
        form: FormChoice,
        turns: Sequence[Turn],
        *,
        max_tokens: int | None,
        wanted: Wanted | None = None,
    ) -> AsyncGenerator[Completion, None]:
        """The whole turn at once, with the engine's counts."""
        messages, arguments = self._messages(turns), self._arguments(request, form, max_tokens)
        limit = arguments.get("max_new_tokens")
        await self._fitting(messages, arguments)
        (response,) = await self._chat_model.achat(messages, **arguments)
        cut = response.finish_reason == "length" and (limit is None or response.response_length >= limit)
        yield Completion(
            response.response_text, "length" if cut else "stop", response.prompt_length, response.response_length
        )

    async def _stream(
        self,
        request: SolveRequest,
        form: FormChoice,
        turns: Sequence[Turn],
        *,
        max_tokens: int | None,
        wanted: Wanted | None = None,
    ) -> AsyncGenerator[Part, None]:
        """The turn as it comes; its tokens are counted by the tokenizer."""
        messages, arguments = self._messages(turns), self._arguments(request, form, max_tokens)
        watch = Watch(request.stop, calls=request.interpreter, tools=request.tools, tags=self.thought_tags)
        limit = arguments.get("max_new_tokens")
        prompt = await self._fitting(messages, arguments)
        if prompt is not None:
            yield Accepted()
        async with aclosing(self._parts(messages, arguments)) as parts:
            async for part in parts:
                if piece := watch.feed(part):
                    yield piece
                if watch.over:
                    break
        if rest := watch.close():
            yield rest
        written = await asyncio.to_thread(self._engine.tokenizer.encode, watch.text, add_special_tokens=False)
        if prompt is None:
            prompt = await asyncio.to_thread(self._prompt, messages, arguments)
        whole = watch.over or limit is None or len(written) < limit
        yield completion(watch, whole, len(prompt), len(written))

    @property
    def _context(self) -> int | None:
        args = getattr(self._engine, "model_args", None)
        length = getattr(args, LENGTHS[self._engine.name]) if args else None
        if self._engine.name == EngineName.VLLM and args and isinstance(args.vllm_config, dict):
            length = args.vllm_config.get("max_model_len", length)
        return length if isinstance(length, int) and length > 0 else None

    def _arguments(self, request: SolveRequest, form: FormChoice, max_tokens: int | None) -> dict[str, Any]:
        stop = [*request.stop, *(STOP_STRINGS[form] if request.interpreter else ())]
        if self.template.reasons:  # the engine would stop inside of reasoning too, where nothing ends a turn
            stop = []
        return super()._arguments(request, form, max_tokens) | {"stop": stop or None}

    def _parts(self, messages: Messages, arguments: Mapping[str, Any]) -> AsyncGenerator[str, None]:
        parts: AsyncGenerator[str, None] = self._chat_model.astream_chat(messages, **arguments)
        return parts if self._loop is None else _on_loop(parts, self._loop)


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
