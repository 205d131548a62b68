"""Many generations at once on the Hugging Face engine: each one as if it were alone."""

from __future__ import annotations

import asyncio
import copy
import time
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing, closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
import torch
from llamafactory.chat import ChatModel
from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM, GPTJConfig, MambaConfig, MistralConfig

from math_solver.interpreter import Interpreter
from math_solver.protocol import TOOL, Turn, render_call
from math_solver.server.application import build_app
from math_solver.server.models.batching.batcher import Batcher
from math_solver.server.models.control import install_control
from math_solver.server.models.huggingface import BatchedModel, HuggingFaceModel
from math_solver.server.models.loading import model_on
from math_solver.server.settings import Settings
from math_solver.server.solve_request import Penalties, SolveRequest
from math_solver.server.web.errors import ApiError, StartupError
from math_solver.solving.loop import Accepted, Completion, Part

from ..conftest import LOOPBACK, Serve, loaded

BASE = Path(__file__).parents[3] / "examples" / "tiny_base"
SAMPLED = {"do_sample": True, "temperature": 1.0, "top_p": 0.95, "top_k": 40}
LONG = Penalties(bias={2: -100})  # no end of a turn
DEADLINE = 60

Ask = dict[str, Any]
PROGRAMS: Ask = {"interpreter": True, "functions": ()}
# What requests may ask for, each beside all the others.
ASKS: list[Ask] = [
    *({"question": f"Calculate {7 * i} plus {i}." + " Please." * i} for i in range(6)),
    *({"question": f"What is {i} times 12?", "penalties": LONG} for i in range(4)),
    {"penalties": LONG, "max_tokens": 1},
    {"penalties": LONG, "max_tokens": 33},
    {"penalties": LONG, "stop": ("a", "e")},
    {"penalties": Penalties(bias={2: -100, 300: 100}), "max_tokens": 5},
    {"penalties": Penalties(frequency=1.5, presence=0.5, bias={2: -100})},
    {"penalties": LONG, "sampling": {"repetition_penalty": 1.5}},
    *({"penalties": LONG, "sampling": SAMPLED, "seed": seed} for seed in (1, 2, -3)),
    {"sampling": SAMPLED | {"temperature": 0.5, "repetition_penalty": 1.2}, "seed": 1, "penalties": LONG},
    {"sampling": {"temperature": 0.0}, "seed": 1},
    {"question": "Program.", "penalties": LONG, **PROGRAMS},
]


class Script(Penalties):
    """Puts a line on the model's lips, token by token."""

    def __init__(self, tokens: list[int]) -> None:
        super().__init__(presence=1.0)
        object.__setattr__(self, "tokens", tokens)

    def apply(self, prompt_length: int, input_ids: Any, scores: Any) -> Any:
        scores = scores.clone()
        scores[:, self.tokens[input_ids.shape[1] - prompt_length]] = 1e6  # type: ignore[attr-defined]
        return scores


@pytest.fixture(scope="module")
def chat_model() -> Iterator[ChatModel]:
    with loaded(BASE, max_new_tokens=64) as model:
        install_control(model.engine)
        yield model


@pytest.fixture
def batched(chat_model: ChatModel) -> Iterator[Callable[..., Batcher]]:
    """Make a batcher: ``batched(size, blocks)``."""
    made: list[Batcher] = []

    def make(*args: Any) -> Batcher:
        made.append(Batcher(chat_model.engine, *args))
        return made[-1]

    yield make
    for batcher in made:
        batcher.close()
        assert not (batcher._thread and batcher._thread.is_alive())


@pytest.fixture(scope="module")
def alone(chat_model: ChatModel) -> list[Completion]:
    """What the engine writes for one request after the other."""
    return asyncio.run(one_by_one(chat_model, ASKS))


def engine_of(chat_model: ChatModel, model: Any) -> Any:
    """The same engine on another model."""
    engine = copy.copy(chat_model.engine)
    engine.model = model
    return engine


def start(model: Any, batcher: Batcher | None, ask: Ask) -> AsyncGenerator[Part, None]:
    # The tool is shown in any case, and a request without the interpreter writes on behind a call.
    fields: Ask = {"interpreter": False, "functions": (TOOL,)} | ask
    turns = (Turn("user", fields.pop("question", "Calculate 3 plus 4.")),)
    max_tokens = fields.pop("max_tokens", None)
    served = BatchedModel(model, batcher) if batcher else HuggingFaceModel(model)
    return served.generate(SolveRequest("m", "Solve.", turns, **fields), "native")(turns, max_tokens=max_tokens)


async def complete(model: Any, batcher: Batcher | None, ask: Ask) -> Completion:
    *pieces, last = [part async for part in start(model, batcher, ask) if not isinstance(part, Accepted)]
    assert isinstance(last, Completion)
    assert "".join(map(str, pieces)) == last.text
    return last


async def one_by_one(model: Any, asks: list[Ask]) -> list[Completion]:
    return [await complete(model, None, ask) for ask in asks]


async def together(model: Any, batcher: Batcher, asks: list[Ask]) -> list[Any]:
    wanted = asyncio.gather(*(complete(model, batcher, ask) for ask in asks), return_exceptions=True)
    return await asyncio.wait_for(wanted, DEADLINE)


def wait_for(batcher: Batcher, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make no step before so many requests are there, however slow the machine is."""
    step, deadline = batcher._step, time.monotonic() + DEADLINE

    def gathered() -> bool:
        while len(batcher._requests) < count and time.monotonic() < deadline:
            time.sleep(0.01)
        monkeypatch.setattr(batcher, "_step", step)
        return step()

    monkeypatch.setattr(batcher, "_step", gathered)


def is_empty(batcher: Batcher) -> bool:
    cache, scheduler = batcher._batch.cache, batcher._batch.scheduler
    return cache.get_num_free_blocks() == cache.num_blocks and not scheduler.has_pending_requests()


async def emptied(batcher: Batcher) -> None:
    deadline = time.monotonic() + DEADLINE
    while not is_empty(batcher):
        assert time.monotonic() < deadline
        await asyncio.sleep(0.01)


@pytest.mark.parametrize("size", [32, 3])
def test_each_request_is_answered_as_if_it_were_alone(
    chat_model: ChatModel, batched: Callable[..., Batcher], alone: list[Completion], size: int
) -> None:
    batcher = batched(size)
    assert asyncio.run(together(chat_model, batcher, ASKS)) == alone
    assert sum(one.completion_tokens > 50 for one in alone) >= 8, "long enough to differ"
    assert {one.finish_reason for one in alone} == {"stop", "length", "halt"}
    assert is_empty(batcher)


def test_a_seed_settles_one_request_and_no_other(chat_model: ChatModel, batched: Callable[..., Batcher]) -> None:
    free: Ask = {"penalties": LONG, "sampling": SAMPLED}
    asks = [free | {"seed": 7}, free, free | {"seed": 7}, free]
    one, two, three, four = asyncio.run(together(chat_model, batched(4), asks))
    assert one == three
    assert len({one.text, two.text, four.text}) == 3


def test_a_turn_ends_at_its_call_and_keeps_every_space(
    chat_model: ChatModel, batched: Callable[..., Batcher], alone: list[Completion]
) -> None:
    call = render_call("Multiply.", "print(' '.join(['数' , '34']) , 12 * 34 )")
    tokens = chat_model.engine.tokenizer.encode(call + " and a long story", add_special_tokens=False)
    batcher = batched(32)
    asks = [*ASKS, {"penalties": Script(tokens), **PROGRAMS}]
    *others, called = asyncio.run(together(chat_model, batcher, asks))
    assert (called.text, called.finish_reason) == (call, "stop")
    assert called.completion_tokens < len(tokens)
    assert others == alone
    assert is_empty(batcher)


def test_more_than_the_cache_holds(
    chat_model: ChatModel, batched: Callable[..., Batcher], monkeypatch: pytest.MonkeyPatch
) -> None:
    asks: list[Ask] = [
        {
            "question": f"Calculate {i} plus {9 - i}." + " Please." * 12,
            "penalties": LONG,
            "sampling": sampling,
            "seed": i,
        }
        for i in range(5)
        for sampling in ({}, SAMPLED)
    ]
    own = asyncio.run(one_by_one(chat_model, asks))
    batcher, offloaded = batched(32, 6), []
    wait_for(batcher, len(asks), monkeypatch)
    offload = batcher._batch.soft_reset_one_request
    monkeypatch.setattr(batcher._batch, "soft_reset_one_request", lambda: offloaded.append(offload()))
    assert asyncio.run(together(chat_model, batcher, asks)) == own
    assert offloaded
    assert is_empty(batcher)


def test_leaving_makes_room(chat_model: ChatModel, batched: Callable[..., Batcher], alone: list[Completion]) -> None:
    batcher, asks = batched(4, 12), [{"penalties": LONG}] * 8

    async def leave(ask: Ask, pieces: int) -> None:
        async with aclosing(start(chat_model, batcher, ask)) as parts:
            for _ in range(pieces):
                await anext(parts)

    async def main() -> None:
        leavers = [asyncio.ensure_future(leave(ask, place)) for place, ask in enumerate(asks)]
        waiting = [asyncio.ensure_future(complete(chat_model, batcher, ask)) for ask in asks]
        await asyncio.wait_for(asyncio.gather(*leavers), DEADLINE)
        for task in waiting[1:]:  # in the batch, or waiting for a place
            task.cancel()
        assert (await asyncio.wait_for(waiting[0], DEADLINE)).finish_reason == "length"
        await asyncio.wait(waiting)
        await emptied(batcher)

    asyncio.run(main())
    assert not batcher._requests
    # offloading had barred new requests, and the last one left before it was finished
    batcher._batch.scheduler.block_new_requests = True
    assert asyncio.run(together(chat_model, batcher, ASKS[:3])) == alone[:3]


def test_what_does_not_fit_is_refused_and_what_nearly_fits_is_cut(
    chat_model: ChatModel, batched: Callable[..., Batcher], alone: list[Completion]
) -> None:
    batcher = batched(4, 6)
    asks: list[Ask] = [ASKS[0], *({"question": "5 " * words, "penalties": LONG} for words in (5000, 120))]
    fits, refused, cut = asyncio.run(together(chat_model, batcher, asks))
    assert fits == alone[0]
    assert isinstance(refused, ApiError)
    assert (refused.status, refused.code) == (400, "context_length_exceeded")
    assert cut.finish_reason == "length" and 0 < cut.completion_tokens < 64
    assert is_empty(batcher)


def test_an_error_of_the_model_ends_what_is_in_the_batch_and_no_more(
    chat_model: ChatModel, batched: Callable[..., Batcher], alone: list[Completion], monkeypatch: pytest.MonkeyPatch
) -> None:
    batcher, forward, steps = batched(32), chat_model.engine.model.forward, []

    def failing(*args: Any, **kwargs: Any) -> Any:
        steps.append(1)
        if len(steps) == 3:
            raise RuntimeError("out of memory")
        return forward(*args, **kwargs)

    wait_for(batcher, 3, monkeypatch)
    monkeypatch.setattr(chat_model.engine.model, "forward", failing)
    failed = asyncio.run(together(chat_model, batcher, [{"penalties": LONG}] * 3))
    assert {str(error) for error in failed} == {"out of memory"}
    assert asyncio.run(together(chat_model, batcher, ASKS)) == alone


def test_an_error_of_a_step_ends_what_waits_to_be_done_behind_it(
    chat_model: ChatModel, batched: Callable[..., Batcher], monkeypatch: pytest.MonkeyPatch
) -> None:
    batcher = batched(32)

    def failing() -> bool:
        raise RuntimeError("out of memory")

    monkeypatch.setattr(batcher, "_step", failing)

    async def wait() -> int:
        return await asyncio.wait_for(batcher.alone(lambda: 1), DEADLINE)

    with pytest.raises(RuntimeError, match="out of memory"):
        asyncio.run(wait())


def test_an_error_of_one_request_is_its_own(
    chat_model: ChatModel, batched: Callable[..., Batcher], alone: list[Completion]
) -> None:
    asks = [*ASKS, {"penalties": Penalties(bias={10**9: 1.0})}]
    *others, failed = asyncio.run(together(chat_model, batched(32), asks))
    assert isinstance(failed, IndexError)
    assert others == alone


def test_an_adapter_that_is_not_merged_applies(chat_model: ChatModel, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = chat_model.engine
    base = engine.model
    adapted = get_peft_model(
        base, LoraConfig(r=4, lora_alpha=64, target_modules=["q_proj", "v_proj"], init_lora_weights=False)
    ).eval()
    try:
        asks = [ASKS[6], ASKS[18]]
        monkeypatch.setattr(engine, "model", adapted)
        monkeypatch.delattr(base, "generate")
        install_control(engine)
        own = asyncio.run(one_by_one(chat_model, asks))
        with closing(Batcher(engine, 4)) as batcher:
            assert asyncio.run(together(chat_model, batcher, asks)) == own
    finally:
        adapted.unload()
    monkeypatch.undo()
    assert asyncio.run(one_by_one(chat_model, asks)) != own


def test_requests_over_http(chat_model: ChatModel) -> None:
    """The whole application: choices, an error in OpenAI's form, and what a batch does not read."""
    text = {"model": "m", "messages": [{"role": "user", "content": "Calculate 27316 + 60541."}]}
    image = [{"type": "image_url", "image_url": {"url": "data:image/png;base64,"}}]
    bodies: list[dict[str, Any]] = [
        text
        | {
            "messages": [{"role": "user", "content": "What do you think of that"}],  # on which the base is unsure
            "n": 3,
            "seed": 1,
            "temperature": 2.0,
            "top_p": 1.0,
            "do_sample": True,
            "logit_bias": {"2": -100},
            "max_tokens": 9,
        },
        text | {"messages": [{"role": "user", "content": "5 " * 5000}]},
        text | {"messages": [{"role": "user", "content": image}]},
        text | {"tools": [{"type": "code_interpreter"}], "max_tokens": 20},
    ]

    async def main() -> list[httpx.Response]:
        with Interpreter(Settings().limits) as interpreter:
            app = build_app(model_on(chat_model, 4), Settings(batch_size=4), interpreter, LOOPBACK)
            transport = httpx.ASGITransport(app, raise_app_exceptions=False)
            async with (
                app.router.lifespan_context(app),
                httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client,
            ):
                posts = [client.post("/v1/chat/completions", json=body) for body in bodies]
                return await asyncio.wait_for(asyncio.gather(*posts), DEADLINE)

    choices, long, media, solved = asyncio.run(main())
    texts = [choice["message"]["content"] for choice in choices.json()["choices"]]
    assert len(texts) == len({*texts}) == 3
    assert choices.json()["usage"]["completion_tokens"] == 27
    assert (long.status_code, long.json()["error"]["code"]) == (400, "context_length_exceeded")
    assert (media.status_code, media.json()["error"]["code"]) == (400, "unsupported_value")
    assert solved.status_code == 200 and solved.json()["usage"]["completion_tokens"] > 0
    assert chat_model.engine.model.config._attn_implementation == "sdpa", "the model has its own attention again"


def test_what_cannot_be_batched_is_refused_at_the_start(
    chat_model: ChatModel, batched: Callable[..., Batcher], serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(StartupError, match="^code_interpreter.batch_size: this model cannot be batched .*smaller"):
        batched(4, 10**9)
    with pytest.raises(StartupError, match="^code_interpreter.batch_size: only"):
        serve("line", settings=Settings(batch_size=4))
    monkeypatch.setitem(chat_model.engine.generating_args, "num_beams", 2)
    with pytest.raises(StartupError, match="^num_beams"):
        batched(4)
    assert chat_model.engine.model.config._attn_implementation == "sdpa"


@pytest.mark.parametrize(
    "config",
    [
        # its layers do not know the batch's cache, and nothing says so
        GPTJConfig(n_embd=64, n_layer=2, n_head=4, rotary_dim=8),
        # right within its window, and wrong beyond
        MistralConfig(hidden_size=32, num_hidden_layers=2, num_attention_heads=2, num_key_value_heads=1),
        # no attention at all
        MambaConfig(hidden_size=32, num_hidden_layers=2),
    ],
    ids=lambda config: config.model_type,
)
def test_a_model_that_writes_otherwise_in_a_batch_is_refused(chat_model: ChatModel, config: Any) -> None:
    torch.manual_seed(0)
    config.vocab_size = len(chat_model.engine.tokenizer)
    model = AutoModelForCausalLM.from_config(config).eval()
    with pytest.raises(StartupError, match="^code_interpreter.batch_size: this model cannot be batched") as caught:
        Batcher(engine_of(chat_model, model), 4)
    assert "\n" not in str(caught.value)


def test_half_precision_is_batched_too(chat_model: ChatModel) -> None:
    model = AutoModelForCausalLM.from_pretrained(BASE, dtype=torch.bfloat16).eval()
    halved: Any = SimpleNamespace(engine=engine_of(chat_model, model))
    with closing(Batcher(halved.engine, 32)) as batcher:
        answers = asyncio.run(together(halved, batcher, ASKS))
    assert not [answer for answer in answers if not isinstance(answer, Completion)]
