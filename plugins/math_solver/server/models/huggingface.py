"""Models on LLaMA-Factory's Hugging Face engine: one generation after the other, or several in a batch."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any

from starlette.responses import Response

from ...protocol import FormChoice, ThoughtTags, Turn, Watch
from ...solving.loop import Accepted, Completion, Generate, Part, Wanted
from ..solve_request import Penalties, SolveRequest
from ..web.errors import ApiError
from .batching.batcher import Batcher
from .context import check_context, context_of
from .control import Control, TokenText, install_control
from .local import LocalModel, Messages, completion
from .model import AnswerMedia
from .raw_text import Continued, ContinueText, RawRequest
from .scoring import Score, TokenBytes, chat_logprobs, legacy_logprobs, score_tokens

__all__ = ["BatchedModel", "HuggingFaceModel"]

# Text that is continued as it is has no reasoning: a stop string ends it wherever it stands.
NO_THOUGHTS = ThoughtTags("\0", "\0")
_abandoned = set[asyncio.Task[Any]]()


@dataclass(frozen=True)
class _Generated:
    """What the engine has written: the tokens, and whether the model or what watched it ended them."""

    prompt_tokens: int
    tokens: tuple[int, ...]
    ended: bool

    def completion(self, watch: Watch) -> Completion:
        return completion(watch, self.ended, self.prompt_tokens, len(self.tokens))


class RawTemplate:
    """A template whose prompts are given tokens; all else is the model's own."""

    def __init__(self, template: Any, prompt: list[int]) -> None:
        self._template, self._prompt = template, prompt

    def __getattr__(self, name: str) -> Any:
        return getattr(self._template, name)

    def encode_oneturn(self, *args: Any, **kwargs: Any) -> tuple[list[int], list[int]]:
        return self._prompt, []


class HuggingFaceModel(LocalModel):
    """A model whose engine generates for one request at a time (LLaMA-Factory's ``MAX_CONCURRENT``: in threads)."""

    def __init__(self, chat_model: Any) -> None:
        super().__init__(chat_model)
        install_control(self._engine)

    def check(self, request: SolveRequest) -> None:
        """Raise ``ApiError`` for a bias on a token that the vocabulary does not have."""
        self._check_bias(request.penalties)
        if request.logprobs is not None and self.template.reasons:
            message = "logprobs are not told by a model that reasons first"
            raise ApiError(message, param="logprobs", code="unsupported_value")

    def _check_bias(self, penalties: Penalties) -> None:
        for token in penalties.bias:
            if not 0 <= token < self.vocabulary:
                message = f"logit_bias: there is no token {token}; give 0 to {self.vocabulary - 1}"
                raise ApiError(message, param="logit_bias", code="invalid_value")

    def generate(self, request: SolveRequest, form: FormChoice) -> Generate:
        return partial(self._generate, request, form)

    async def _generate(
        self,
        request: SolveRequest,
        form: FormChoice,
        turns: Sequence[Turn],
        *,
        max_tokens: int | None,
        wanted: Wanted | None = None,
    ) -> AsyncGenerator[Part, None]:
        """Generate in the engine's thread (or the batch's), which hands over the text token by token."""
        messages, arguments = self._messages(turns), self._arguments(request, form, max_tokens)
        prompt = await self._fitting(messages, arguments)
        if prompt is not None:
            yield Accepted()
        watch = Watch(request.stop, calls=request.interpreter, tools=request.tools, tags=self.thought_tags)
        asked = partial(self._run, messages, arguments)
        async with aclosing(self._written(watch, request.penalties, request.seed, asked)) as parts:
            async for part in parts:
                if isinstance(part, str):
                    yield part
                    continue
                told = []
                if request.logprobs is not None:
                    if prompt is None:
                        prompt = await asyncio.to_thread(self._prompt, messages, arguments)
                    told = await self._told(prompt, part, watch.text, request.logprobs)
                yield replace(part.completion(watch), logprobs=tuple(told))

    async def _told(self, prompt: list[int], written: _Generated, text: str, top: int) -> list[dict[str, Any]]:
        """OpenAI's objects of the tokens of a text, without the special ones that it does not show."""
        scores = await self._score([*prompt, *written.tokens], len(prompt), top)
        return chat_logprobs(scores, self._token_bytes, text, set(self._engine.tokenizer.all_special_ids))

    @cached_property
    def _token_bytes(self) -> TokenBytes:
        return TokenBytes(self._engine.tokenizer)

    async def _written(
        self, watch: Watch, penalties: Penalties, seed: int | None, run: Callable[[Control], Awaitable[int]]
    ) -> AsyncGenerator[str | _Generated, None]:
        """What ``run`` lets the engine write under a control, piece by piece."""
        loop, pieces = asyncio.get_running_loop(), asyncio.Queue[str | None]()
        control = self._control(
            penalties, seed, watch, lambda text: loop.call_soon_threadsafe(pieces.put_nowait, text)
        )
        task = loop.create_task(_coroutine(run(control)), context=control.context())
        task.add_done_callback(lambda _: pieces.put_nowait(None))
        try:
            while (piece := await pieces.get()) is not None:
                if piece:
                    yield piece
            prompt_tokens = await task
        finally:
            await _give_up(task, control)
        yield _Generated(prompt_tokens, tuple(control.written), control.stopped or watch.over)

    @property
    def _context(self) -> int | None:
        return context_of(self._engine.model)

    @property
    def continue_text(self) -> ContinueText:
        return self._continue

    async def _continue(self, request: RawRequest) -> AsyncGenerator[Accepted | str | Continued, None]:
        """Generate from a prompt's tokens as they are, and score them where that is asked for."""
        self._check_bias(request.penalties)
        prompt = await asyncio.to_thread(self._prompt_tokens, request.prompt)
        if self._context is not None:
            check_context(len(prompt), self._context, "prompt")
        yield Accepted()
        if request.echo:
            yield request.prompt if isinstance(request.prompt, str) else self._decode(prompt)
        watch = Watch(request.stop, calls=False, tags=NO_THOUGHTS)
        written = _Generated(len(prompt), (), ended=False)
        if request.max_tokens:
            arguments = {**request.sampling, "max_new_tokens": request.max_tokens}
            run = partial(self._run_raw, prompt, arguments)
            async with aclosing(self._written(watch, request.penalties, request.seed, run)) as parts:
                async for part in parts:
                    if isinstance(part, _Generated):
                        written = part
                    else:
                        yield part
        logprobs = None
        if request.logprobs is not None:
            first = 0 if request.echo else len(prompt)
            scores = await self._score([*prompt, *written.tokens], first, request.logprobs)
            logprobs = legacy_logprobs(scores, self._token_bytes)
        yield Continued("stop" if written.ended else "length", len(prompt), len(written.tokens), logprobs)

    def _prompt_tokens(self, prompt: str | tuple[int, ...]) -> list[int]:
        return list(self._engine.tokenizer.encode(prompt) if isinstance(prompt, str) else prompt)

    def _decode(self, tokens: Sequence[int]) -> str:
        text: str = self._engine.tokenizer.decode(tokens, clean_up_tokenization_spaces=False)
        return text

    async def _run_raw(self, prompt: list[int], arguments: dict[str, Any], control: Control) -> int:
        """Let the engine generate from these tokens, which it would else put into its template."""
        engine = self._engine
        given = (engine.model, engine.tokenizer, engine.processor, RawTemplate(engine.template, prompt))
        chat = partial(engine._chat, *given, engine.generating_args, messages=[], input_kwargs=arguments)
        async with engine.semaphore:
            await asyncio.to_thread(chat)
        return len(prompt)

    async def _score(self, tokens: list[int], first: int, top: int) -> list[Score]:
        async with self._engine.semaphore:
            return await asyncio.to_thread(score_tokens, self._engine.model, tokens, first, top)

    def _control(self, penalties: Penalties, seed: int | None, watch: Watch, show: Callable[[str], object]) -> Control:
        engine = self._engine
        return Control(
            TokenText(engine.tokenizer, engine.generating_args.get("skip_special_tokens", True), self.thought_tags),
            watch,
            show,
            stop_ids=engine.template.get_stop_token_ids(engine.tokenizer),
            penalties=penalties,
            seed=seed,
            context=self._context,
        )

    async def _run(self, messages: Messages, arguments: dict[str, Any], control: Control) -> int:
        """Let the engine generate, under the control in this context; the number of the prompt's tokens."""
        (response,) = await self._chat_model.achat(messages, **arguments)
        length: int = response.prompt_length
        return length


class BatchedModel(HuggingFaceModel):
    """A model that generates for several requests at once; ``close`` ends the batch."""

    def __init__(self, chat_model: Any, batcher: Batcher) -> None:
        super().__init__(chat_model)
        self._batcher = batcher

    @property
    def media(self) -> AnswerMedia:
        return _refuse_media

    @property
    def _context(self) -> int:
        return self._batcher.capacity

    async def _run(self, messages: Messages, arguments: dict[str, Any], control: Control) -> int:
        return await self._batcher.generate(messages, arguments, control)

    async def _run_raw(self, prompt: list[int], arguments: dict[str, Any], control: Control) -> int:
        template = RawTemplate(self._engine.template, prompt)
        return await self._batcher.generate([], {"system": None, "tools": None} | arguments, control, template)

    async def _score(self, tokens: list[int], first: int, top: int) -> list[Score]:
        return await self._batcher.alone(partial(score_tokens, self._engine.model, tokens, first, top))

    async def close(self) -> None:
        self._batcher.close()


async def _coroutine(work: Awaitable[int]) -> int:
    return await work


async def _refuse_media(body: Mapping[str, Any]) -> Response:
    message = "Images, videos and audio are not read in a batch; ask a server without batch_size."
    raise ApiError(message, param="messages", code="unsupported_value")


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
