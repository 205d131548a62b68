"""``/v1/completions`` on the embedded model, alone and in a batch, as harnesses and older clients ask it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import torch
from llamafactory.chat import ChatModel

from math_solver.interpreter import Interpreter
from math_solver.server.application import build_app
from math_solver.server.models.loading import model_on
from math_solver.server.models.scoring import TokenBytes
from math_solver.server.settings import Settings

from ..conftest import LOOPBACK, Serve, Served, loaded

PATH = "/v1/completions"
BASE = Path(__file__).parents[3] / "examples" / "tiny_base"
TEXT = "Calculate 3 plus 4. 答案是 é🜁 x"
NO_END = {"logit_bias": {"2": -100}}


@pytest.fixture(scope="module")
def chat_model() -> Iterator[ChatModel]:
    with loaded(BASE, max_new_tokens=64) as model:
        yield model


@pytest.fixture(scope="module")
def logits(chat_model: ChatModel) -> dict[tuple[int, ...], Any]:
    """Of each text, what the model makes of it in one pass, before anything changes its attention."""
    texts = [tuple(chat_model.engine.tokenizer.encode(text)) for text in (TEXT, "7 + 8", TEXT * 30)]
    with torch.inference_mode():
        return {tokens: chat_model.engine.model(torch.tensor([tokens])).logits[0] for tokens in texts}


@pytest.fixture(scope="module", params=[1, 4], ids=["alone", "batched"])
def served(
    request: pytest.FixtureRequest, chat_model: ChatModel, interpreter: Interpreter, logits: Any
) -> Iterator[Served]:
    model: Any = model_on(chat_model, request.param)
    settings = Settings(batch_size=request.param, default_on=True)  # which changes nothing here
    yield Served(build_app(model, settings, interpreter, LOOPBACK, "solver"), chat_model)
    asyncio.run(model.close())


@asynccontextmanager
async def own_loop(served: Served) -> AsyncIterator[None]:
    """The engine's semaphore belongs to the event loop in which somebody first waits for it; a server has one."""
    served.model.engine.semaphore = asyncio.Semaphore(1)
    yield


def post(served: Served, **body: Any) -> httpx.Response:
    async def run() -> httpx.Response:
        async with served.http() as client, own_loop(served):
            headers = {"Content-Type": "application/json"}
            return await client.post(PATH, content=json.dumps({"model": "m"} | body), headers=headers, timeout=60)

    return asyncio.run(run())


def complete(served: Served, **body: Any) -> Any:
    async def run() -> Any:
        async with served.openai() as client, own_loop(served):
            return await client.completions.create(**{"model": "m", "temperature": 0, "max_tokens": 8} | body)

    return asyncio.run(run())


def tokens_of(served: Served, text: str) -> list[int]:
    tokens: list[int] = served.model.engine.tokenizer.encode(text)
    return tokens


def test_a_text_is_continued_as_it_is(served: Served) -> None:
    completion = complete(served, prompt="Calculate 3 plus 4.", extra_body=NO_END)
    assert (completion.object, completion.model) == ("text_completion", "solver")
    assert completion.id.startswith("cmpl-")
    (choice,) = completion.choices
    assert choice.text and choice.logprobs is None and choice.finish_reason == "length"
    prompt = len(tokens_of(served, "Calculate 3 plus 4."))
    assert completion.usage.model_dump()["total_tokens"] == prompt + 8 == completion.usage.prompt_tokens + 8


def test_what_is_left_out_is_as_at_openai(served: Served) -> None:
    answer = post(served, prompt="5", temperature=0, **NO_END).json()
    assert answer["usage"]["completion_tokens"] == 16


def test_all_forms_of_a_prompt_are_the_same(served: Served) -> None:
    tokens = tokens_of(served, "7 + 8")
    prompts: list[Any] = ["7 + 8", ["7 + 8"], tokens, [tokens]]
    assert len({complete(served, prompt=prompt).choices[0].text for prompt in prompts}) == 1
    several = complete(served, prompt=["7 + 8", "Calculate 3 plus 4."])
    assert [choice.index for choice in several.choices] == [0, 1]
    assert [choice.text for choice in several.choices] == [
        complete(served, prompt=prompt).choices[0].text for prompt in ("7 + 8", "Calculate 3 plus 4.")
    ]


def test_choices_of_a_seed_are_its_own(served: Served) -> None:
    asked: Any = {"prompt": [TEXT, "7 + 8"], "n": 2, "temperature": 2, "seed": 7, "max_tokens": 12, "best_of": 2}
    first, again = (complete(served, **asked, extra_body=NO_END) for _ in range(2))
    texts = [choice.text for choice in first.choices]
    assert len(texts) == 4 and texts == [choice.text for choice in again.choices]
    assert texts[0] != texts[1]


def test_stop_strings_end_it(served: Served) -> None:
    whole = complete(served, prompt=TEXT, max_tokens=20, extra_body=NO_END).choices[0].text
    word = whole[6:9]
    choice = complete(served, prompt=TEXT, max_tokens=20, stop=[word, "never"], extra_body=NO_END).choices[0]
    assert (choice.text, choice.finish_reason) == (whole[: whole.index(word)], "stop")


@pytest.mark.parametrize("echo", [False, True])
def test_a_stream_says_the_same(served: Served, echo: bool) -> None:
    asked: Any = {"prompt": ["7 + 8", TEXT], "echo": echo, "logprobs": 2}
    whole = complete(served, **asked)

    async def run() -> list[Any]:
        async with served.openai() as client, own_loop(served):
            chunks = await client.completions.create(
                model="m", temperature=0, max_tokens=8, stream=True, stream_options={"include_usage": True}, **asked
            )
            return [chunk async for chunk in chunks]

    chunks = asyncio.run(run())
    assert chunks[-1].usage == whole.usage and chunks[-1].choices == []
    for choice in whole.choices:
        mine = [part for chunk in chunks for part in chunk.choices if part.index == choice.index]
        assert "".join(part.text for part in mine) == choice.text
        assert (mine[-1].finish_reason, mine[-1].logprobs) == (choice.finish_reason, choice.logprobs)


# What lm-evaluation-harness sends for a log-likelihood (0.4.9, local-completions), and how it reads the answer.
HARNESS = {"model": "m", "temperature": 0, "max_tokens": 1, "logprobs": 1, "seed": 1234, "echo": True}


def likelihood(choice: dict[str, Any], context: int) -> tuple[float, bool]:
    """The sum over what follows the context, without the one token that was written, and whether it is the greedy."""
    told = choice["logprobs"]["token_logprobs"][context:-1]
    tops = choice["logprobs"]["top_logprobs"][context:-1]
    return sum(told), all(one == max(top.values()) for one, top in zip(told, tops, strict=True))


def test_the_log_likelihoods_of_a_harness(served: Served, logits: dict[tuple[int, ...], Any]) -> None:
    answer = post(served, prompt=[list(tokens) for tokens in logits], **HARNESS).json()
    assert [choice["index"] for choice in answer["choices"]] == [0, 1, 2]
    for choice, (tokens, rows) in zip(answer["choices"], logits.items(), strict=True):
        expected = rows.log_softmax(-1)
        own = expected[:-1].gather(1, torch.tensor(tokens)[1:, None])[:, 0]
        logprobs = choice["logprobs"]
        assert logprobs["token_logprobs"][0] is None and logprobs["top_logprobs"][0] is None
        assert len(logprobs["tokens"]) == len(tokens) + 1, "with the one that was written"
        for context in (1, len(tokens) // 2):
            total, is_greedy = likelihood(choice, context)
            assert total == pytest.approx(float(own[context - 1 :].sum()), abs=1e-2)
            assert is_greedy == (expected[context - 1 : -1].argmax(-1).tolist() == list(tokens[context:]))


def test_what_the_model_itself_writes_is_greedy(served: Served) -> None:
    written = complete(served, prompt=TEXT, logprobs=0, extra_body=NO_END)
    context = tokens_of(served, TEXT)
    tokenizer = served.model.engine.tokenizer
    bytes_of = {TokenBytes(tokenizer).text(token): token for token in range(len(tokenizer))}
    continued = [bytes_of[token] for token in written.choices[0].logprobs.tokens]
    answer = post(served, prompt=[[*context, *continued], [*context, *continued[:-1], 5]], **HARNESS).json()
    assert [likelihood(choice, len(context))[1] for choice in answer["choices"]] == [True, False]


def test_only_the_prompt_is_of_interest(served: Served) -> None:
    choice = post(served, prompt=TEXT, echo=True, logprobs=3, max_tokens=0).json()["choices"][0]
    assert (choice["text"], choice["finish_reason"]) == (TEXT, "length")
    told = choice["logprobs"]
    assert len(told["tokens"]) == len(tokens_of(served, TEXT)) == len(told["text_offset"])
    assert all(3 <= len(top) <= 4 for top in told["top_logprobs"][1:])


def read_token(token: str) -> bytes:
    """The bytes of a token as OpenAI writes it."""
    held = token.removeprefix("bytes:")
    return bytes.fromhex(held.replace("\\x", "")) if held != token else token.encode()


def test_tokens_join_to_the_text_and_know_their_place(served: Served) -> None:
    choice = post(served, prompt=TEXT, echo=True, logprobs=1, max_tokens=4, **NO_END).json()["choices"][0]
    joined = b"".join(map(read_token, choice["logprobs"]["tokens"]))
    assert joined.decode(errors="ignore").startswith(TEXT) and choice["text"].startswith(TEXT)
    assert any(token.startswith("bytes:") for token in choice["logprobs"]["tokens"]), "of half a character"
    for token, offset in zip(choice["logprobs"]["tokens"], choice["logprobs"]["text_offset"], strict=True):
        if not token.startswith("bytes:"):
            assert choice["text"].startswith(token, offset)


def test_penalties_change_what_is_written_and_not_what_is_told(served: Served) -> None:
    plain = post(served, prompt=TEXT, max_tokens=1, logprobs=5, temperature=0).json()["choices"][0]["logprobs"]
    barred = max(plain["top_logprobs"][0], key=plain["top_logprobs"][0].__getitem__)
    tokenizer = served.model.engine.tokenizer
    (token,) = [token for token in range(len(tokenizer)) if TokenBytes(tokenizer).text(token) == barred]
    bias = {"logit_bias": {str(token): -100}}
    told = post(served, prompt=TEXT, max_tokens=1, logprobs=5, temperature=0, **bias).json()["choices"][0]["logprobs"]
    assert told["tokens"] != plain["tokens"]
    assert told["top_logprobs"][0][barred] == pytest.approx(plain["top_logprobs"][0][barred], abs=1e-3)


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({}, "prompt"),
        ({"prompt": ""}, "prompt"),
        ({"prompt": []}, "prompt"),
        ({"prompt": [[]]}, "prompt"),
        ({"prompt": 5}, "prompt"),
        ({"prompt": ["a", 5]}, "prompt"),
        ({"prompt": [1.5]}, "prompt"),
        ({"prompt": [True]}, "prompt"),
        ({"prompt": [-1]}, "prompt"),
        ({"prompt": [10**9]}, "prompt"),
        ({"prompt": "\ud800"}, "prompt"),
        ({"prompt": ["a"] * 2049}, "prompt"),
        ({"prompt": ["a"] * 2000, "n": 2}, "n"),
        ({"prompt": "5 " * 6000}, "prompt"),
        ({"prompt": "a", "suffix": "b"}, "suffix"),
        ({"prompt": "a", "best_of": 3}, "best_of"),
        ({"prompt": "a", "n": 0}, "n"),
        ({"prompt": "a", "logprobs": 21}, "logprobs"),
        ({"prompt": "a", "logprobs": True}, "logprobs"),
        ({"prompt": "a", "max_tokens": -1}, "max_tokens"),
        ({"prompt": "a", "stop": 5}, "stop"),
        ({"prompt": "a", "echo": "yes"}, "echo"),
        ({"prompt": "a", "logit_bias": {"99999999": 1}}, "logit_bias"),
    ],
)
@pytest.mark.parametrize("stream", [False, True])
def test_what_cannot_be_is_refused(served: Served, fields: dict[str, Any], param: str, stream: bool) -> None:
    response = post(served, stream=stream, **fields)
    assert (response.status_code, response.json()["error"]["param"]) == (400, param)


def test_it_asks_for_the_key_and_for_an_engine_that_can(serve: Serve) -> None:
    response = post(serve("never said"), prompt="a")
    assert (response.status_code, response.json()["error"]["code"]) == (400, "unsupported_endpoint")


def test_many_at_once_beside_a_chat(served: Served) -> None:
    async def run() -> None:
        async with served.openai() as client, own_loop(served):
            chat = client.chat.completions.create(
                model="solver",
                messages=[{"role": "user", "content": "Calculate 3 plus 4."}],
                tools=[],
                max_tokens=9,
                temperature=1,
            )
            scores = [client.completions.create(prompt=[f"{i} + {j}" for j in range(5)], **HARNESS) for i in range(4)]
            answers = await asyncio.wait_for(asyncio.gather(chat, *scores), 60)
            alone = await client.completions.create(prompt="3 + 4", **HARNESS)
            told, again = answers[4].choices[4].logprobs, alone.choices[0].logprobs
            assert told.tokens == again.tokens
            assert told.token_logprobs[1:] == pytest.approx(again.token_logprobs[1:], abs=1e-4)

    asyncio.run(run())
