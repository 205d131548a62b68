"""A scripted model behind the real application, and a tiny random model for the real process."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import httpx
import httpx2
import openai
import pytest
from fastapi import FastAPI
from llamafactory.chat import ChatModel
from llamafactory.chat.base_engine import Response
from llamafactory.data.template import TEMPLATES, Template

from math_solver.interpreter import Interpreter
from math_solver.server.address import Address
from math_solver.server.application import build_app
from math_solver.server.models.loading import model_on
from math_solver.server.settings import Settings

from .models.tiny_model import write_tiny_model

LOOPBACK = Address("127.0.0.1", 8000, None)


class WordTokenizer:
    """A token a word."""

    def encode(self, text: str, add_special_tokens: bool = True) -> list[int]:
        return [0] * len(text.split())


class ScriptedTemplate(Template):
    """The template of Qwen with prompts of ten tokens."""

    def encode_oneturn(self, *args: Any, **kwargs: Any) -> tuple[list[int], list[int]]:
        return [0] * 10, []


class ScriptedEngine:
    """What the application asks of an engine."""

    name = "scripted"
    can_generate = True

    def __init__(self) -> None:
        self.generating_args = {"max_new_tokens": 1024}
        self.tokenizer = WordTokenizer()
        self.template: Any = ScriptedTemplate(**vars(TEMPLATES["qwen"]))


class ScriptedModel:
    """A ``ChatModel`` that says its lines in order and remembers what it was asked."""

    def __init__(self, *lines: str | Exception) -> None:
        self.engine = ScriptedEngine()
        self.lines = list(lines)
        self.calls: list[dict[str, Any]] = []

    async def achat(
        self,
        messages: list[dict[str, str]],
        system: str | None = None,
        tools: str | None = None,
        images: Any = None,
        videos: Any = None,
        audios: Any = None,
        **input_kwargs: Any,
    ) -> list[Response]:
        self.calls.append({"messages": messages, "system": system, "tools": tools, **input_kwargs})
        line = self.lines.pop(0)
        if isinstance(line, Exception):
            raise line
        return [Response(line, len(line.split()), 10, "stop")]

    async def astream_chat(self, *args: Any, **kwargs: Any) -> AsyncGenerator[str, None]:
        for response in await self.achat(*args, **kwargs):
            for piece in re.findall(r"\S*\s*", response.response_text):
                yield piece
                await asyncio.sleep(0)


@pytest.fixture(autouse=True)
def closed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each request of a test has an event loop of its own, which no idle connection to an upstream may outlive."""
    monkeypatch.setattr("math_solver.solving.wire.CONNECTIONS", httpx2.Limits(max_keepalive_connections=0))


@pytest.fixture(scope="session")
def interpreter() -> Iterator[Interpreter]:
    with Interpreter(Settings(timeout=5.0).limits) as running:
        yield running


class Served:
    """An application, the scripted model behind it and the clients that talk to it in process."""

    def __init__(self, app: FastAPI, model: Any = None) -> None:
        self.app, self.model = app, model

    @classmethod
    def of(
        cls,
        model: ScriptedModel,
        interpreter: Interpreter,
        settings: Settings,
        address: Address,
        name: str = "math-solver",
    ) -> Served:
        return cls(build_app(model_on(model, settings.batch_size), settings, interpreter, address, name), model)

    def http(self, base_url: str = "http://127.0.0.1") -> httpx.AsyncClient:
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        return httpx.AsyncClient(transport=transport, base_url=base_url)

    def openai(self, api_key: str = "none") -> openai.AsyncOpenAI:
        client = httpx2.AsyncClient(transport=httpx2.ASGITransport(self.app, raise_app_exceptions=False))
        return openai.AsyncOpenAI(base_url="http://127.0.0.1/v1", api_key=api_key, http_client=client, max_retries=0)


class Serve:
    """Build ``Served`` applications: ``serve("line", "line", settings=...)``."""

    def __init__(self, interpreter: Interpreter) -> None:
        self._interpreter = interpreter

    def __call__(
        self,
        *lines: str | Exception,
        settings: Settings | None = None,
        address: Address = LOOPBACK,
        name: str = "math-solver",
    ) -> Served:
        return Served.of(ScriptedModel(*lines), self._interpreter, settings or Settings(), address, name)


@pytest.fixture
def serve(interpreter: Interpreter) -> Serve:
    return Serve(interpreter)


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_model(tmp_path_factory.mktemp("tiny_model"))


@contextmanager
def loaded(model: Path, *, max_new_tokens: int) -> Iterator[ChatModel]:
    """A model on LLaMA-Factory's Hugging Face engine; nothing of it is left afterwards."""
    args = {
        "model_name_or_path": str(model),
        "template": "qwen",
        "infer_backend": "huggingface",
        "infer_dtype": "float32",
        "do_sample": False,
        "max_new_tokens": max_new_tokens,
    }
    # The engine takes the thread's event loop, and makes one that nobody closes where there is none.
    with closing(asyncio.new_event_loop()) as loop:
        asyncio.set_event_loop(loop)
        chat_model = ChatModel(args=args)
        asyncio.set_event_loop(None)
    yield chat_model
    chat_model._loop.call_soon_threadsafe(chat_model._loop.stop)
    chat_model._thread.join()
    chat_model._loop.close()
