"""Log probabilities of plain answers, in chat and responses, whole and streamed, and where they are refused."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from llamafactory.chat import ChatModel
from llamafactory.data.template import TEMPLATES, ReasoningTemplate

from math_solver.interpreter import Interpreter
from math_solver.server.application import build_app
from math_solver.server.models.loading import model_on
from math_solver.server.models.scoring import Score, TokenBytes, chat_logprobs, legacy_logprobs
from math_solver.server.settings import Settings

from ..streamed import says
from .conftest import LOOPBACK, Serve, Served, loaded
from .models.test_upstream import endpoint, serve_upstream

CHAT, RESPONSES = "/v1/chat/completions", "/v1/responses"
BASE = Path(__file__).parents[2] / "examples" / "tiny_base"
QUESTION: Any = [{"role": "user", "content": "Calculate 3 plus 4."}]
NO_END = {"logit_bias": {"2": -100}}
FUNCTION = {"type": "function", "function": {"name": "look_up", "parameters": {}}}
INCLUDE: Any = ["message.output_text.logprobs"]


@pytest.fixture(scope="module")
def chat_model() -> Iterator[ChatModel]:
    with loaded(BASE, max_new_tokens=64) as model:
        yield model


@pytest.fixture(scope="module", params=[1, 4], ids=["alone", "batched"])
def served(request: pytest.FixtureRequest, chat_model: ChatModel, interpreter: Interpreter) -> Iterator[Served]:
    model: Any = model_on(chat_model, request.param)
    yield Served(build_app(model, Settings(batch_size=request.param), interpreter, LOOPBACK), chat_model)
    asyncio.run(model.close())


def post(served: Served, path: str, **body: Any) -> httpx.Response:
    asked: dict[str, Any] = {"messages": QUESTION} if path == CHAT else {"input": QUESTION}

    async def run() -> httpx.Response:
        served.model and setattr(served.model.engine, "semaphore", asyncio.Semaphore(1))  # of this loop
        async with served.http() as client:
            return await client.post(path, json={"model": "m", "temperature": 0} | asked | body, timeout=60)

    return asyncio.run(run())


def joined(told: list[dict[str, Any]]) -> bytes:
    return b"".join(bytes(one["bytes"]) for one in told)


def test_the_tokens_of_a_chat_answer(served: Served) -> None:
    answer = post(served, CHAT, logprobs=True, top_logprobs=2, max_tokens=9, n=2, seed=1, **NO_END).json()
    for choice in answer["choices"]:
        told = choice["logprobs"]["content"]
        assert choice["logprobs"]["refusal"] is None
        assert joined(told).decode() == choice["message"]["content"] and len(told) == 9
        for one in told:
            assert len(one["top_logprobs"]) == 2 and one["logprob"] <= one["top_logprobs"][0]["logprob"] <= 0
    without = post(served, CHAT, max_tokens=9, seed=1, **NO_END).json()["choices"][0]
    assert without["logprobs"] is None
    only = post(served, CHAT, logprobs=True, max_tokens=9, **NO_END).json()["choices"][0]["logprobs"]["content"]
    assert {len(one["top_logprobs"]) for one in only} == {0}


def test_greedy_tokens_are_the_likeliest(served: Served) -> None:
    told = post(served, CHAT, logprobs=True, top_logprobs=1, max_tokens=20).json()["choices"][0]["logprobs"]["content"]
    for one in told:
        assert one["top_logprobs"][0] == {name: one[name] for name in ("token", "logprob", "bytes")}


@pytest.mark.parametrize("stop", [None, "a", "="])
def test_a_stream_tells_the_same_with_its_end(served: Served, stop: str | None) -> None:
    asked: Any = {"logprobs": True, "top_logprobs": 1, "max_tokens": 24, "stop": stop}
    (whole,) = post(served, CHAT, **asked, **NO_END).json()["choices"]

    async def run() -> list[Any]:
        served.model.engine.semaphore = asyncio.Semaphore(1)
        async with served.openai() as client:
            chunks = await client.chat.completions.create(
                model="m", messages=QUESTION, temperature=0, stream=True, **{"extra_body": NO_END} | asked
            )
            return [chunk.choices[0] async for chunk in chunks]

    choices = asyncio.run(run())
    assert "".join(choice.delta.content or "" for choice in choices) == whole["message"]["content"]
    told = [one.model_dump() for choice in choices if choice.logprobs for one in choice.logprobs.content]
    assert told == whole["logprobs"]["content"]
    assert joined(whole["logprobs"]["content"]).decode().startswith(whole["message"]["content"])


@pytest.mark.parametrize(("fields", "count"), [({"include": INCLUDE}, 0), ({"top_logprobs": 3}, 3)])
def test_the_tokens_of_a_response(served: Served, fields: dict[str, Any], count: int) -> None:
    response = post(served, RESPONSES, max_output_tokens=9, **fields).json()
    part = response["output"][0]["content"][0]
    assert joined(part["logprobs"]).decode() == part["text"] and part["text"]
    assert {len(one["top_logprobs"]) for one in part["logprobs"]} == {count}
    assert response["top_logprobs"] == count
    text = post(served, RESPONSES, max_output_tokens=9, stream=True, **fields).text
    events = [json.loads(line[6:]) for line in text.splitlines() if line.startswith("data: ")]
    done = {event["type"]: event for event in events}
    assert done["response.output_text.done"]["logprobs"] == part["logprobs"]
    assert done["response.content_part.done"]["part"] == part
    last = events[-1]["response"]["output"][0]["content"][0]
    assert last["logprobs"] == part["logprobs"]


@pytest.mark.parametrize(
    ("path", "fields", "param"),
    [
        (CHAT, {"top_logprobs": 2}, "top_logprobs"),
        (CHAT, {"logprobs": True, "top_logprobs": 21}, "top_logprobs"),
        (CHAT, {"logprobs": 1}, "logprobs"),
        (CHAT, {"logprobs": True, "tools": [{"type": "code_interpreter"}]}, "logprobs"),
        (CHAT, {"logprobs": True, "tools": [FUNCTION]}, "logprobs"),
        (RESPONSES, {"top_logprobs": 2, "tools": [{"type": "code_interpreter"}]}, "top_logprobs"),
        (RESPONSES, {"include": INCLUDE, "tools": [{"type": "function", "name": "f"}]}, "include"),
        (RESPONSES, {"top_logprobs": 21}, "top_logprobs"),
        (CHAT, {"logprobs": True, "response_format": {"type": "json_object"}}, "logprobs"),
        (RESPONSES, {"top_logprobs": 2, "text": {"format": {"type": "json_object"}}}, "top_logprobs"),
        (RESPONSES, {"include": INCLUDE, "text": {"format": {"type": "json_object"}}}, "include"),
    ],
)
@pytest.mark.parametrize("stream", [False, True])
def test_what_cannot_be_told_is_refused(
    served: Served, path: str, fields: dict[str, Any], param: str, stream: bool
) -> None:
    response = post(served, path, stream=stream, **fields)
    assert (response.status_code, response.json()["error"]["param"]) == (400, param)


@pytest.mark.parametrize(("path", "fields"), [(CHAT, {"logprobs": True}), (RESPONSES, {"include": INCLUDE})])
@pytest.mark.parametrize("stream", [False, True])
def test_an_engine_that_tells_nothing_refuses(serve: Serve, path: str, fields: dict[str, Any], stream: bool) -> None:
    response = post(serve("never said"), path, stream=stream, **fields)
    assert (response.status_code, response.json()["error"]["param"]) == (400, "logprobs")


def test_a_model_that_reasons_first_refuses(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    fields = vars(TEMPLATES["qwen3"]) | {"enable_thinking": True}
    monkeypatch.setattr(served.model.engine, "template", ReasoningTemplate(**fields))
    assert post(served, CHAT, logprobs=True).json()["error"]["param"] == "logprobs"


def test_what_an_upstream_tells_is_passed_on(interpreter: Interpreter) -> None:
    told = [{"token": piece, "logprob": -0.1, "bytes": list(piece.encode()), "top_logprobs": []} for piece in "ab"]
    chunks: Any = says("ab")
    chunks[0]["choices"][0]["logprobs"] = {"content": told, "refusal": None}
    with endpoint(chunks, chunks, says("ab")) as server:
        served = serve_upstream(server.url, interpreter, Settings())
        answer = post(served, CHAT, logprobs=True, top_logprobs=4).json()
        assert answer["choices"][0]["logprobs"] == {"content": told, "refusal": None}
        part = post(served, RESPONSES, top_logprobs=4).json()["output"][0]["content"][0]
        assert part["logprobs"] == told
        silent = post(served, CHAT, logprobs=True)
    assert (server.bodies[0]["logprobs"], server.bodies[0]["top_logprobs"]) == (True, 4)
    assert (silent.status_code, silent.json()["error"]["param"]) == (400, "logprobs")


class Words:
    """A tokenizer of bytes as sentencepiece has it."""

    added_tokens_decoder = {9: "<s>"}

    def convert_ids_to_tokens(self, token: int) -> str:
        return {0: "\u2581is", 1: "<0xE6>", 2: "<0x95>", 3: "<0xB0>", 4: "数", 5: "<0x>"}[token]


def test_bytes_of_pieces_with_a_fallback() -> None:
    tokens = TokenBytes(Words())
    assert [tokens.of(token) for token in (0, 1, 4, 5, 9)] == [b" is", b"\xe6", "数".encode(), b"<0x>", b"<s>"]
    assert tokens.text(1) == "bytes:\\xe6"
    told = chat_logprobs([Score(token, -1.0) for token in (0, 1, 2, 3, 9, 4)], tokens, " is数", {9})
    assert [one["token"] for one in told] == [" is", "\\xe6", "\\x95", "\\xb0"], "and nothing behind the text"
    assert joined(told).decode() == " is数"


def test_places_in_a_text_that_is_no_unicode() -> None:
    tokens = TokenBytes(Words())
    scores = [Score(token, -1.0) for token in (2, 0, 1, 2, 3, 0)]  # the first byte begins no character
    text = b"".join(tokens.of(score.token) for score in scores).decode(errors="replace")
    told = legacy_logprobs(scores, tokens)
    assert text == "\ufffd is数 is" and told["text_offset"] == [0, 1, 4, 4, 4, 5]
    assert len(chat_logprobs(scores, tokens, text[:4], set())) == 2


def test_bytes_of_a_byte_level_vocabulary(chat_model: ChatModel) -> None:
    tokenizer = chat_model.engine.tokenizer
    text = "Wie é 数 😀 \n\tx·½ ¿"
    tokens = TokenBytes(tokenizer)
    assert b"".join(map(tokens.of, tokenizer.encode(text))).decode() == text
