"""Demands on the embedded base model, which knows no JSON: the error is clean, alone and in a batch."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from llamafactory.chat import ChatModel

from math_solver.interpreter import Interpreter
from math_solver.server.application import build_app
from math_solver.server.models.loading import model_on
from math_solver.server.settings import Settings

from ..conftest import LOOPBACK, Served, loaded
from .test_batching import BASE

MESSAGES = [{"role": "user", "content": "Calculate 3 plus 4."}]
SCHEMA = {"type": "object", "properties": {"value": {"type": "integer"}}, "required": ["value"]}
FORMAT = {"type": "json_schema", "json_schema": {"name": "sum", "schema": SCHEMA}}
TOOL = {"type": "function", "function": {"name": "look_up", "parameters": {}}}


@pytest.fixture(scope="module")
def chat_model() -> Iterator[ChatModel]:
    with loaded(BASE, max_new_tokens=8) as model:
        yield model


@pytest.mark.parametrize("batch_size", [1, 4])
def test_what_a_model_cannot_do_is_an_error(chat_model: ChatModel, interpreter: Interpreter, batch_size: int) -> None:
    model = model_on(chat_model, batch_size)
    served = Served(build_app(model, Settings(batch_size=batch_size), interpreter, LOOPBACK))

    async def ask(client: httpx.AsyncClient, **fields: Any) -> Any:
        body = {"model": "m", "messages": MESSAGES, "temperature": 0} | fields
        return (await client.post("/v1/chat/completions", json=body)).json()["error"]

    async def ask_all() -> list[Any]:
        async with served.http() as client:
            try:
                return await asyncio.gather(
                    ask(client, response_format=FORMAT),
                    ask(client, response_format=FORMAT, tools=[{"type": "code_interpreter"}]),
                    ask(client, tool_choice="required", tools=[TOOL]),
                )
            finally:
                await model.close()

    codes = [error["code"] for error in asyncio.run(ask_all())]
    assert codes == ["json_validate_failed", "json_validate_failed", "tool_use_failed"]
