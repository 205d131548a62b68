"""Requests with images: answered by LLaMA-Factory's own functions, its crashes refused beforehand."""

from __future__ import annotations

import asyncio
import base64
import io
from typing import Any

import httpx
import pytest
from PIL import Image

from math_solver.interpreter import Interpreter
from math_solver.server.application import build_app
from math_solver.server.models.upstream import UpstreamModel
from math_solver.server.settings import Settings, Upstream

from ..conftest import LOOPBACK, Serve, Served


def picture() -> str:
    data = io.BytesIO()
    Image.new("RGB", (2, 3)).save(data, "PNG")
    return f"data:image/png;base64,{base64.b64encode(data.getvalue()).decode()}"


MESSAGES: Any = [
    {
        "role": "user",
        "content": [{"type": "text", "text": "What?"}, {"type": "image_url", "image_url": {"url": picture()}}],
    }
]


BROKEN: Any = [
    {"role": "user", "content": [{"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}}]}
]


def post(served: Served, **fields: Any) -> httpx.Response:
    async def send() -> httpx.Response:
        async with served.http() as client:
            return await client.post("/v1/chat/completions", json={"model": "m", "messages": MESSAGES} | fields)

    return asyncio.run(send())


class Seeing:
    """Remembers the images that an engine is shown."""

    def __init__(self, model: Any) -> None:
        self.sizes: list[tuple[int, int]] = []
        self._achat, model.achat = model.achat, self.achat

    async def achat(self, messages: Any, system: Any, tools: Any, images: Any, *rest: Any, **kwargs: Any) -> Any:
        self.sizes += [image.size for image in images or ()]
        return await self._achat(messages, system, tools, images, *rest, **kwargs)


@pytest.mark.parametrize("stream", [False, True])
def test_an_image_reaches_the_engine(serve: Serve, stream: bool) -> None:
    served = serve("a picture")
    seeing = Seeing(served.model)
    response = post(served, stream=stream)
    assert response.status_code == 200
    assert "picture" in response.text
    assert seeing.sizes == [(2, 3)]


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({"temperature": -0.1}, "temperature"),
        ({"top_p": 2}, "top_p"),
        ({"max_tokens": -1}, "max_tokens"),
        ({"n": 0}, "n"),
        ({"presence_penalty": -1}, "presence_penalty"),
        ({"temperature": "hot"}, "temperature"),
        ({"messages": [*MESSAGES, {"role": "assistant", "content": None}]}, "messages[1].content"),
        ({"tools": [{"type": "function"}]}, "tools"),
        ({"logprobs": True}, "logprobs"),
        ({"messages": BROKEN}, "messages"),
    ],
)
def test_known_crashes_are_refused_before_the_engine(
    serve: Serve, fields: dict[str, Any], param: str, stream: bool
) -> None:
    served = serve("never said")
    response = post(served, stream=stream, **fields)
    assert (response.status_code, response.json()["error"]["param"]) == (400, param)
    assert served.model.calls == []


def test_with_the_interpreter_content_is_text(serve: Serve) -> None:
    response = post(serve("never said"), tools=[{"type": "code_interpreter"}])
    assert (response.status_code, response.json()["error"]["param"]) == (400, "messages[0].content")


def test_behind_an_endpoint_content_is_text(interpreter: Interpreter) -> None:
    model = UpstreamModel(Upstream(base_url="http://127.0.0.1:9/v1", model="m"), {})
    response = post(Served(build_app(model, Settings(), interpreter, LOOPBACK)))
    assert (response.status_code, response.json()["error"]["param"]) == (400, "messages[0].content")
