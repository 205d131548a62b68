"""The Hugging Face engine under control: prompts as in training, exact text, an end at a call or a cancel."""

from __future__ import annotations

import asyncio
import copy
import json
import threading
import time
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing
from pathlib import Path
from typing import Any

import httpx
import pytest
import torch
from fastapi import FastAPI
from llamafactory.chat import ChatModel
from llamafactory.data.template import TEMPLATES
from transformers.modeling_outputs import CausalLMOutputWithPast

from math_solver.interpreter import Interpreter
from math_solver.protocol import SYSTEM_PROMPTS, TOOL, Turn, Watch, render_call
from math_solver.server.application import build_app
from math_solver.server.models.control import Control, TokenText, install_control
from math_solver.server.models.huggingface import HuggingFaceModel
from math_solver.server.models.template_calls import TemplateCalls
from math_solver.server.settings import Settings
from math_solver.server.solve_request import Penalties, SolveRequest
from math_solver.solving.loop import Accepted, Completion, Generate, Part

from ..conftest import LOOPBACK, loaded

QUESTION = Turn("user", "What is 12 × 34?")
CALL = render_call("Multiply.", "print(' '.join(['12' , '34']) , 12 * 34 )")
EOS = "<|im_end|>"


class Author:
    """In the place of the model's forward pass: it puts given lines on the model's lips, token by token."""

    def __init__(self, engine: Any) -> None:
        self.engine = engine
        self.prompts: list[list[int]] = []
        self.lines: list[str] = []
        self.pace = 0.0
        self._ahead: Iterator[int] = iter(())
        engine.model.generate = self._wrap(engine.model.generate)
        engine.model.forward = self._forward

    def _wrap(self, generate: Callable[..., Any]) -> Callable[..., Any]:
        def starting(**kwargs: Any) -> Any:
            self.prompts.append(kwargs["inputs"][0].tolist())
            self._ahead = iter(self.engine.tokenizer.encode(self.lines.pop(0), add_special_tokens=False))
            return generate(**kwargs)

        return starting

    def rest(self) -> Iterator[int]:
        """The tokens that were never asked for."""
        return self._ahead

    def _forward(self, input_ids: Any, past_key_values: Any = None, **kwargs: Any) -> CausalLMOutputWithPast:
        time.sleep(self.pace)
        logits = torch.zeros(*input_ids.shape, len(self.engine.tokenizer))
        logits[:, -1, next(self._ahead)] = 100.0
        return CausalLMOutputWithPast(logits=logits, past_key_values=past_key_values)


@pytest.fixture(scope="module")
def chat_model(tiny_model: Path) -> Iterator[ChatModel]:
    with loaded(tiny_model, max_new_tokens=400) as model:
        yield model


@pytest.fixture(scope="module")
def author(chat_model: ChatModel) -> Author:
    return Author(chat_model.engine)


@pytest.fixture(scope="module", autouse=True)
def app(chat_model: ChatModel, author: Author, interpreter: Interpreter) -> FastAPI:
    """The application, whose building puts the engine under control."""
    return build_app(HuggingFaceModel(chat_model), Settings(), interpreter, LOOPBACK)


def asking(chat_model: ChatModel, **fields: Any) -> Generate:
    return HuggingFaceModel(chat_model).generate(SolveRequest("m", SYSTEM_PROMPTS["en"], (), **fields), "native")


def generate(chat_model: ChatModel, *turns: Turn, max_tokens: int | None = None) -> Any:
    return asyncio.run(last(asking(chat_model)(turns, max_tokens=max_tokens)))


async def last(parts: AsyncGenerator[Part, None]) -> Completion:
    """The completion that a generation ends in."""
    *_, completion = [part async for part in parts]
    assert isinstance(completion, Completion)
    return completion


def test_a_turn_ends_at_its_call_and_keeps_every_space(chat_model: ChatModel, author: Author) -> None:
    author.lines = [CALL + " and then a long story" + EOS]
    completion = generate(chat_model, QUESTION)
    assert completion.text == CALL
    assert completion.finish_reason == "stop"
    assert completion.completion_tokens == len(chat_model.engine.tokenizer.encode(CALL, add_special_tokens=False))


@pytest.mark.parametrize(
    ("line", "limit", "text", "finish"),
    [
        ("It is 408 ." + EOS, None, "It is 408 .", "stop"),
        ("It is 408.", 5, "It is", "length"),
        # ended by the model at the very limit
        ("It is" + EOS, 6, "It is", "stop"),
        # a fenced call, though the prompt asks for native ones
        ("Try\n```python\nprint(1)\n```\nand" + EOS, None, "Try\n```python\nprint(1)\n```", "stop"),
        # backticks that are no call
        ("Use `x` and ```\ntext\n```." + EOS, None, "Use `x` and ```\ntext\n```.", "stop"),
    ],
)
def test_how_a_turn_ends(
    chat_model: ChatModel, author: Author, line: str, limit: int | None, text: str, finish: str
) -> None:
    author.lines = [line]
    completion = generate(chat_model, QUESTION, max_tokens=limit)
    assert (completion.text, completion.finish_reason) == (text, finish)


def test_a_prompt_and_its_answer_stay_within_the_context(
    app: FastAPI, chat_model: ChatModel, author: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def post(text: str) -> httpx.Response:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            messages = [{"role": "user", "content": text}]
            return await client.post("/v1/chat/completions", json={"model": "m", "messages": messages})

    monkeypatch.setattr(chat_model.engine.model.config, "max_position_embeddings", 300)
    author.lines = ["never written"]
    refused = asyncio.run(post("5 " * 400))
    assert (refused.status_code, refused.json()["error"]["code"]) == (400, "context_length_exceeded")
    author.lines = ["word " * 400]
    cut = asyncio.run(post("hi")).json()
    assert cut["choices"][0]["finish_reason"] == "length"
    assert cut["usage"]["total_tokens"] == 300


def test_prompts_are_token_for_token_those_of_training(chat_model: ChatModel, author: Author) -> None:
    turns = (QUESTION, Turn("assistant", CALL), Turn("observation", "12 34 408"))
    author.lines = ["It is \\boxed{408}." + EOS] * 2
    generate(chat_model, *turns[:1])
    generate(chat_model, *turns)
    trained = [
        {"role": "user", "content": QUESTION.content},
        {"role": "function", "content": CALL},
        {"role": "observation", "content": "12 34 408"},
        {"role": "assistant", "content": "It is \\boxed{408}."},
    ]
    pairs = TEMPLATES["qwen"].encode_multiturn(
        chat_model.engine.tokenizer, trained, SYSTEM_PROMPTS["en"], json.dumps([TOOL])
    )
    (first, call), (observation, _) = pairs
    assert author.prompts[-2:] == [first, first + call + observation]


def test_a_whole_solve_over_http(app: FastAPI, author: Author) -> None:
    author.lines = [CALL + " and more" + EOS, "It is \\boxed{408}." + EOS]

    async def post() -> Any:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as client:
            messages = [{"role": "user", "content": QUESTION.content}]
            body = {"model": "m", "messages": messages, "tools": [{"type": "code_interpreter"}]}
            return (await client.post("/v1/chat/completions", json=body)).json()

    completion = asyncio.run(post())
    (choice,) = completion["choices"]
    (execution,) = choice["message"]["code_interpreter"]["executions"]
    assert (execution["status"], execution["output"]) == ("ok", "12 34 408")
    assert choice["message"]["content"].endswith("```output\n12 34 408\n```\n\nIt is ${\\boxed{408}}$.")
    assert completion["usage"]["prompt_tokens"] == sum(len(prompt) for prompt in author.prompts[-2:])


def test_leaving_cancels_the_generation(chat_model: ChatModel, author: Author) -> None:
    author.lines, author.pace = ["word " * 70], 0.05

    async def leave() -> None:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(last(asking(chat_model)((QUESTION,), max_tokens=None)), 0.3)

    start = time.monotonic()
    asyncio.run(leave())  # waits for the engine's thread, which would take 17 seconds
    author.pace = 0.0
    assert time.monotonic() - start < 10


def test_a_stream_that_fails_ends_its_reader() -> None:
    ended = threading.Event()

    class Streamer:
        def end(self) -> None:
            ended.set()

    class Model:
        def generate(self, **kwargs: Any) -> Any:
            raise ValueError("bad penalty")

    class Engine:
        model = Model()

    install_control(Engine)
    with pytest.raises(ValueError, match="bad penalty"):
        Engine.model.generate(streamer=Streamer())
    assert ended.is_set()


def test_control_is_installed_once(chat_model: ChatModel, author: Author) -> None:
    for _ in range(2):
        install_control(chat_model.engine)
    author.lines = ["one two" + EOS]
    assert generate(chat_model, QUESTION).completion_tokens == len("one two") + 1


def pieces(chat_model: ChatModel, **options: Any) -> tuple[list[str], Completion]:
    """What a generation shows on its way, and its end."""

    async def collect() -> list[Part]:
        ask = asking(chat_model, **options)
        return [part async for part in ask((QUESTION,), max_tokens=None)]

    accepted, *shown, completion = asyncio.run(collect())
    assert accepted == Accepted()
    assert isinstance(completion, Completion)
    return [str(piece) for piece in shown], completion


def test_text_arrives_as_it_is_generated(chat_model: ChatModel, author: Author) -> None:
    # every character of several bytes is several tokens of this vocabulary
    author.lines = ["数 😀 é " + CALL + " and more" + EOS]
    shown, completion = pieces(chat_model)
    assert "".join(shown) == completion.text == "数 😀 é " + CALL
    assert len(shown) > 50 and not any("\ufffd" in piece for piece in shown)


def test_a_reader_does_not_wait_for_the_end(chat_model: ChatModel, author: Author) -> None:
    author.lines, author.pace = ["word " * 70], 0.02

    async def first() -> Part:
        async with aclosing(asking(chat_model)((QUESTION,), max_tokens=None)) as parts:
            assert await anext(parts) == Accepted()
            return await anext(parts)

    assert asyncio.run(first()) == "w"
    author.pace = 0.0
    assert len(list(author.rest())) > 300


@pytest.mark.parametrize(
    ("line", "stop", "text", "finish"),
    [
        ("one, two, three" + EOS, (", th",), "one, two", "halt"),
        ("one, two" + EOS, ("two!", "three"), "one, two", "stop"),
        # inside of a call, which is not run then
        (CALL + EOS, ("'12'",), CALL.partition("'12'")[0], "halt"),
    ],
)
def test_stop_strings_end_a_generation(
    chat_model: ChatModel, author: Author, line: str, stop: tuple[str, ...], text: str, finish: str
) -> None:
    author.lines = [line]
    shown, completion = pieces(chat_model, stop=stop)
    assert (completion.text, completion.finish_reason) == ("".join(shown), finish) == (text, finish)


def test_penalties_are_those_of_openai(chat_model: ChatModel) -> None:
    scores, written = torch.zeros(1, 8), torch.tensor([[7, 7, 2, 3, 3]])
    penalized = Penalties(presence=0.5, frequency=0.25, bias={1: 4.0}).apply(2, written, scores)
    assert penalized.tolist() == [[0, 4, -0.75, -1.0, 0, 0, 0, 0]]
    assert scores.sum() == 0


@pytest.mark.parametrize("token", [-1, 10**9])
def test_a_bias_is_of_a_token_that_there_is(app: FastAPI, chat_model: ChatModel, author: Author, token: int) -> None:
    body = {"model": "m", "messages": [{"role": "user", "content": "?"}], "logit_bias": {str(token): 1}}

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return await client.post("/v1/chat/completions", json=body)

    author.lines = ["never said"]
    response = asyncio.run(ask())
    assert (response.status_code, response.json()["error"]["param"]) == (400, "logit_bias")


def test_reasoning_ends_no_generation(chat_model: ChatModel, author: Author) -> None:
    """A call and a client's stop string in it are passed over; the call behind it ends the turn."""
    plan = f"<think>\nFirst {render_call('', 'x')} or END.\n</think>\n\n"
    author.lines = [plan + CALL + " and on" + EOS, plan + "It is 408. END" + EOS]
    assert generate(chat_model, QUESTION).text == plan + CALL
    completion = asyncio.run(last(asking(chat_model, stop=("END",))((QUESTION,), max_tokens=None)))
    assert (completion.text, completion.finish_reason) == (plan + "It is 408. ", "halt")


def test_tags_that_are_special_tokens_stay_in_the_text(chat_model: ChatModel) -> None:
    """Of gpt_oss, whose closing tag is made of several; other special tokens are left out as ever."""
    tokenizer = copy.deepcopy(chat_model.engine.tokenizer)
    marks = ["<|channel|>", "<|message|>", "<|start|>", "<|end|>", "<|other|>"]
    tokenizer.add_special_tokens({"additional_special_tokens": marks}, replace_extra_special_tokens=False)
    tags = TemplateCalls(TEMPLATES["gpt_oss"]).thought_tags
    written = f"{tags.render('Hm.')}It is<|other|> 5."
    tokens = tokenizer.encode(written, add_special_tokens=False)
    text = TokenText(tokenizer, True, tags)
    assert text.add(tokens) + text.flush() == written.replace("<|other|>", "")
    assert "<|" not in TokenText(tokenizer).add(tokens)


def test_undecodable_tokens_do_not_hold_up_the_rest(chat_model: ChatModel) -> None:
    text, half = TokenText(chat_model.engine.tokenizer), chat_model.engine.tokenizer.encode("数")[0]
    shown = "".join(text.add([number]) for number in [half] * 40) + text.flush()
    assert set(shown) == {"\ufffd"}


def test_a_seed_settles_one_generation_and_no_other(chat_model: ChatModel) -> None:
    def draw(seed: int | None) -> list[float]:
        def generate(**kwargs: Any) -> Any:
            return torch.rand(4)

        control = Control(TokenText(chat_model.engine.tokenizer), Watch(), list().append, seed=seed)
        drawn: list[float] = control.generate(generate, inputs=torch.zeros(1, 3)).tolist()
        return drawn

    assert draw(1) == draw(1) != draw(2)
    assert draw(None) != draw(None)
    torch.manual_seed(5)
    free = draw(None)
    torch.manual_seed(5)
    draw(1)
    assert draw(None) == free
