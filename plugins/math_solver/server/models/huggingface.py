"""Models on LLaMA-Factory's Hugging Face engine: one generation after the other, or several in a batch."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from functools import partial
from typing import Any

from starlette.responses import Response

from ...protocol import FormChoice, Turn, Watch
from ...solving.loop import Accepted, Generate, Part
from ..solve_request import SolveRequest
from ..web.errors import ApiError
from .batching.batcher import Batcher
from .context import context_of
from .control import Control, TokenText, install_control
from .local import LocalModel, Messages, completion
from .model import AnswerMedia

__all__ = ["BatchedModel", "HuggingFaceModel"]

_abandoned = set[asyncio.Task[Any]]()


class HuggingFaceModel(LocalModel):
    """A model whose engine generates for one request at a time (LLaMA-Factory's ``MAX_CONCURRENT``: in threads)."""

    def __init__(self, chat_model: Any) -> None:
        super().__init__(chat_model)
        install_control(self._engine)

    def check(self, request: SolveRequest) -> None:
        """Raise ``ApiError`` for a bias on a token that the vocabulary does not have."""
        vocabulary = len(self._engine.tokenizer)
        for token in request.penalties.bias:
            if not 0 <= token < vocabulary:
                message = f"logit_bias: there is no token {token}; give 0 to {vocabulary - 1}"
                raise ApiError(message, param="logit_bias", code="invalid_value")

    def generate(self, request: SolveRequest, form: FormChoice) -> Generate:
        return partial(self._generate, request, form)

    async def _generate(
        self, request: SolveRequest, form: FormChoice, turns: Sequence[Turn], *, max_tokens: int | None
    ) -> AsyncGenerator[Part, None]:
        """Generate in the engine's thread (or the batch's), which hands over the text token by token."""
        messages, arguments = self._messages(turns), self._arguments(request, form, max_tokens)
        if await self._fits(messages, arguments):
            yield Accepted()
        loop, pieces = asyncio.get_running_loop(), asyncio.Queue[str | None]()
        watch = Watch(request.stop, calls=request.interpreter, tools=request.tools, tags=self.thought_tags)
        control = self._control(request, watch, lambda text: loop.call_soon_threadsafe(pieces.put_nowait, text))
        task = loop.create_task(self._run(messages, arguments, control), context=control.context())
        task.add_done_callback(lambda _: pieces.put_nowait(None))
        try:
            while (piece := await pieces.get()) is not None:
                if piece:
                    yield piece
            prompt_tokens = await task
        finally:
            await _give_up(task, control)
        yield completion(watch, control.stopped or watch.over, prompt_tokens, control.tokens)

    @property
    def _context(self) -> int | None:
        return context_of(self._engine.model)

    def _control(self, request: SolveRequest, watch: Watch, show: Callable[[str], object]) -> Control:
        engine = self._engine
        return Control(
            TokenText(engine.tokenizer, engine.generating_args.get("skip_special_tokens", True), self.thought_tags),
            watch,
            show,
            stop_ids=engine.template.get_stop_token_ids(engine.tokenizer),
            penalties=request.penalties,
            seed=request.seed,
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

    async def close(self) -> None:
        self._batcher.close()


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
