"""Many generations at once on the Hugging Face engine, through transformers' continuous batching.

The engine by itself generates for one request after the other. Here one thread makes step after step, each of which
yields a token for every request in the batch; requests come and go between steps. transformers schedules, keeps the
paged cache and runs the model. The loop, the sampling and the end of each request are ours, because its own loop ends
at the first error and samples for all requests alike.

Its sharing of blocks between equal prompts stays off: when a random model was asked the same 16 prompts again, one
answer was what it had been (transformers 5.5.4; 16 without sharing).
"""

from __future__ import annotations

import asyncio
import logging
import math
import threading
import uuid
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

import torch
import transformers
from transformers import ContinuousBatchingConfig, GenerationConfig

from ...settings import SECTION
from ...web.errors import StartupError
from ..context import check_context, context_of
from ..control import Control
from .attention import Layout, use_paged
from .parity import check_parity
from .sampling import Request, Sampler

__all__ = ["Batcher"]

# For a cache in main memory; on a GPU transformers measures what is left.
BLOCK_TOKENS = 64
PROMPT_TOKENS = 1024
STEP_TOKENS = 256
JOIN_SECONDS = 5.0
# What a model whose layers are not made for it raises.
UNFIT = (ArithmeticError, AttributeError, ImportError, LookupError, MemoryError, RuntimeError, TypeError, ValueError)

T = TypeVar("T")

logger = logging.getLogger(__name__)


class Batcher:
    """Generates for up to ``size`` requests at once; more wait for a slot, in their order.

    Until ``close`` the model has the paged attention, with which its own ``generate`` yields wrong text, so that
    everything has to be generated here.

    Attributes:
        capacity: tokens that prompt and answer of one request may have together.
    """

    def __init__(self, engine: Any, size: int, blocks: int | None = None) -> None:
        """Reserve the cache (``blocks``: how large, instead of what fits), and check that a batch changes no score.

        Raises:
            StartupError: it does not, or the cache does not fit.
        """
        self._engine, self._slots = engine, asyncio.Semaphore(size)
        self._requests: dict[str, Request] = {}
        self._stops: list[int] = engine.template.get_stop_token_ids(engine.tokenizer)
        self._wake, self._closed = threading.Event(), False
        self._alone: deque[tuple[Callable[[], Any], Callable[[Any, Exception | None], object]]] = deque()
        self._thread: threading.Thread | None = None
        if engine.generating_args.get("num_beams", 1) > 1:
            raise StartupError(f"num_beams: beams are not searched in a batch; leave it out, or {SECTION}.batch_size")
        self._attention: str = engine.model.config._attn_implementation
        try:
            with torch.inference_mode():
                self._set_up(_cache_config(engine, size, blocks))
                check_parity(self._model, self._attention, engine.tokenizer, self._finish_all)
        except UNFIT as error:
            engine.model.set_attn_implementation(self._attention)
            raise _unfit(error) from error

    def _set_up(self, config: ContinuousBatchingConfig) -> None:
        # It warns of every request that leaves before its turn.
        logging.getLogger("ContinuousBatchingLogger").setLevel(logging.ERROR)
        greedy = GenerationConfig(do_sample=False, eos_token_id=self._stops)
        use_paged(self._engine.model)
        self._manager = self._engine.model.init_continuous_batching(greedy, config)
        self._model = self._manager.model
        self._manager.warmup()  # reserves the cache
        self._batch = self._manager.batch_processor
        cache = self._batch.cache
        if cache.num_sliding_attention_groups:
            raise RuntimeError("what is written beyond a sliding window differs in a batch")
        # One block less than there is, because the scheduler may take one too many.
        room = (cache.num_blocks // cache.num_groups - 1) * cache.block_size
        self.capacity: int = min(room, context_of(self._model) or room)
        if self.capacity <= _new_tokens(self._engine):
            raise MemoryError(f"the cache has room for {self.capacity} tokens, which is less than one answer may have")
        self._batch.output_router = _OutputRouter(self._requests)
        self._sampler = Sampler(self._requests, self._in_batch, self._stops[0])

    def _in_batch(self) -> list[str]:
        """The requests that have a token in this step."""
        states = self._batch.inputs_and_outputs.requests_in_batch
        return [one.state.request_id for one in states if one.has_new_token]

    def _finish_all(self, requests: Iterable[Request]) -> None:
        """Generate in this thread, before that of the batch has started."""
        for request in requests:
            self._add(uuid.uuid4().hex, request)
        while self._step():
            pass

    async def generate(
        self,
        messages: list[dict[str, str]],
        arguments: Mapping[str, Any],
        control: Control,
        template: Any = None,
    ) -> int:
        """Generate under a control; the number of the prompt's tokens. ``template`` stands in for the engine's own.

        Raises:
            ApiError: 400, the prompt leaves no room in the cache.
        """
        loop = asyncio.get_running_loop()
        ended = loop.create_future()

        def end(error: Exception | None) -> None:
            loop.call_soon_threadsafe(_settle, ended, error)

        request = await asyncio.to_thread(self._request, messages, arguments, control, end, template)
        key = uuid.uuid4().hex
        async with self._slots:
            try:
                self._add(key, request)
                self._run_steps()
                await ended
            finally:
                if self._requests.pop(key, None):
                    self._manager.cancel_request(key)
        return len(request.prompt)

    async def alone(self, work: Callable[[], T]) -> T:
        """What ``work`` returns, done between two steps while the model has its own attention."""
        loop = asyncio.get_running_loop()
        ended: asyncio.Future[T] = loop.create_future()

        self._alone.append((work, lambda result, error: loop.call_soon_threadsafe(_settle, ended, error, result)))
        self._wake.set()
        self._run_steps()
        return await ended

    def _work_alone(self) -> None:
        """Do what is waiting to be done between two steps."""
        if not self._alone:
            return
        paged = self._model.config._attn_implementation
        self._model.set_attn_implementation(self._attention)
        try:
            while self._alone:
                work, tell = self._alone.popleft()
                try:
                    tell(work(), None)
                except Exception as error:
                    tell(None, error)
        finally:
            self._model.set_attn_implementation(paged)

    def _request(
        self, messages: list[dict[str, str]], arguments: Mapping[str, Any], control: Control, end: Any, template: Any
    ) -> Request:
        """A request as the engine itself reads it."""
        engine, model = self._engine, self._model
        arguments = dict(arguments)
        texts = {name: arguments.pop(name) for name in ("system", "tools")}
        given, length = engine._process_args(
            model,
            engine.tokenizer,
            engine.processor,
            template or engine.template,
            engine.generating_args,
            messages,
            **texts,
            input_kwargs=arguments,
        )
        prompt = given["inputs"]
        config, _ = model._prepare_generation_config(given["generation_config"])
        model._prepare_special_tokens(config, True, device=prompt.device)
        processors = model._get_logits_processor(
            config,
            input_ids_seq_length=length,
            encoder_input_ids=prompt,
            logits_processor=control.processors(length),
            device=prompt.device,
        )
        return Request(
            prompt[0].tolist(),
            self._max_new_tokens(length, config),
            control,
            end,
            device=prompt.device,
            processors=processors,
            samples=config.do_sample,
        )

    def _max_new_tokens(self, length: int, config: GenerationConfig) -> int:
        """How many tokens may follow a prompt: what was asked for, or what the cache has left."""
        asked = config.max_new_tokens or config.max_length - length
        check_context(length, self.capacity)
        most: int = min(asked, self.capacity - length)
        return most

    def _add(self, key: str, request: Request) -> None:
        self._requests[key] = request
        self._manager.add_request(request.prompt, key, max_new_tokens=request.max_new_tokens, eos_token_id=self._stops)
        self._wake.set()

    def _run_steps(self) -> None:
        if self._closed:
            raise RuntimeError("the batch is closed")
        if self._thread is None or not self._thread.is_alive():
            # Not of the kind that a process waits for at its end.
            self._thread = threading.Thread(target=self._run, name="batch", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        with torch.inference_mode():
            self._run_until_closed()

    def _run_until_closed(self) -> None:
        broken = False
        while not self._closed:
            self._wake.wait()
            self._wake.clear()
            try:
                if broken:
                    self._batch.reset()
                while not self._closed and self._step():
                    self._work_alone()
                self._work_alone()
                broken = False
            except Exception as error:
                logger.exception("a step of the batch failed")
                broken = True
                self._fail(error)

    def _step(self) -> bool:
        """A token for each request that is ready for one; whether there is more to do."""
        batch = self._batch
        if not batch.scheduler.active_requests:
            # Set while the cache is full and until a request is finished, which a cancelled one never is.
            batch.scheduler.block_new_requests = False
        if batch.prepare_next_batch():
            batch.cache.layout = Layout.of(batch.inputs_and_outputs.get_model_kwargs())
            if self._model.device.type == "cuda":
                torch.cuda.current_stream(self._model.device).synchronize()  # the model runs in a stream of its own
            batch._generation_step(self._model, self._sampler)
            batch.update_batch()
        more: bool = batch.has_pending_requests()
        return more

    def _fail(self, error: Exception) -> None:
        for key in list(self._requests):
            if request := self._requests.pop(key, None):
                request.fail(error)
        while self._alone:
            _, tell = self._alone.popleft()
            tell(None, error)

    def close(self) -> None:
        """End the thread and what is still generated, and give the model its own attention back."""
        self._closed = True
        self._wake.set()
        if self._thread is not None:
            self._thread.join(JOIN_SECONDS)
        self._fail(RuntimeError("the server is shutting down"))
        self._model.set_attn_implementation(self._attention)


class _OutputRouter:
    """In the place of transformers' own: tells each request that it is finished or failed."""

    def __init__(self, requests: dict[str, Request]) -> None:
        self._requests = requests

    def deliver(self, output: Any) -> None:
        request = self._requests.pop(output.request_id, None)
        if request is None:
            return
        if output.is_finished():
            request.finish()
        else:
            request.fail(RuntimeError(output.error))

    def deliver_batch(self, outputs: list[Any]) -> None:
        for output in outputs:
            self.deliver(output)


def _settle(ended: asyncio.Future[Any], error: Exception | None, result: Any = None) -> None:
    if ended.done():
        return
    if error is None:
        ended.set_result(result)
    else:
        ended.set_exception(error)


def _cache_config(engine: Any, size: int, blocks: int | None) -> ContinuousBatchingConfig:
    config = ContinuousBatchingConfig(allow_block_sharing=False, use_async_batching=False, use_cuda_graph=False)
    if blocks is None and engine.model.device.type == "cpu":
        blocks = math.ceil(size * (PROMPT_TOKENS + _new_tokens(engine)) / BLOCK_TOKENS)
    if blocks is not None:
        config.num_blocks, config.block_size, config.max_batch_tokens = blocks, BLOCK_TOKENS, STEP_TOKENS
    return config


def _new_tokens(engine: Any) -> int:
    """How many tokens the YAML lets an answer have."""
    args = engine.generating_args
    return int(args.get("max_new_tokens") or args["max_length"])


def _unfit(error: Exception) -> StartupError:
    why = " ".join(f"{type(error).__name__}: {error}".split())
    return StartupError(
        f"{SECTION}.batch_size: this model cannot be batched ({why}); make it smaller or leave it out "
        f"(transformers {transformers.__version__}; the batch was built on 5.5.4)"
    )
