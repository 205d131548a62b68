"""What the served model is called, and how a request chooses the interpreter by the name."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import openai
import pytest

from math_solver.server.address import Address
from math_solver.server.names import Names, served_name
from math_solver.server.settings import Settings, Upstream

from .conftest import Serve, Served

QUESTION: Any = [{"role": "user", "content": "What is 2 + 3?"}]
CALL = '<tool_call>\n{"name": "python", "arguments": {"code": "2 + 3"}}\n</tool_call>'


@pytest.mark.parametrize(
    ("args", "name"),
    [
        # a hub id
        ({"model_name_or_path": "Qwen/Qwen2.5-Math-7B-Instruct"}, "Qwen2.5-Math-7B-Instruct"),
        # a folder, with the slash that completion of paths leaves
        ({"model_name_or_path": "/models/my-solver/"}, "my-solver"),
        # the model of the demo: its folder says only that it was merged
        ({"model_name_or_path": "output/qwen2_tiny/merged"}, "qwen2_tiny"),
        # an adapter goes before its base
        ({"model_name_or_path": "Qwen/Qwen2-7B", "adapter_name_or_path": "saves/qwen2-7b/lora/sft"}, "qwen2-7b"),
        # one of several checkpoints
        ({"adapter_name_or_path": "saves/a/lora/sft,saves/b/lora/dpo/checkpoint-1200"}, "b"),
        # nothing but steps: the last is better than none
        ({"model_name_or_path": "./output/merged"}, "merged"),
        # Windows
        ({"model_name_or_path": r"D:\models\solver"}, "solver"),
        # a name that only begins as a step does
        ({"model_name_or_path": "output/models-for-maths"}, "models-for-maths"),
        ({}, "model"),
    ],
)
def test_the_name_is_that_of_the_yaml(args: dict[str, str], name: str) -> None:
    assert served_name(args, Settings(), {}) == name


def test_an_upstream_keeps_its_name_and_the_environment_has_the_last_word() -> None:
    settings = Settings(upstream=Upstream(base_url="http://127.0.0.1:1/v1", model="Qwen/Qwen2.5-Math"))
    assert served_name({}, settings, {}) == "Qwen/Qwen2.5-Math"
    assert served_name({}, settings, {"API_MODEL_NAME": ""}) == "Qwen/Qwen2.5-Math"
    assert served_name({}, settings, {"API_MODEL_NAME": "mine"}) == "mine"


def named(serve: Serve, *lines: str, name: str = "org/solver", default_on: bool = False) -> Served:
    return serve(*lines, settings=Settings(default_on=default_on), name=name)


def ask(served: Served, path: str, **body: Any) -> Any:
    async def run() -> httpx.Response:
        async with served.http() as client:
            return await client.post(path, json=body)

    return asyncio.run(run()).json()


@pytest.mark.parametrize(("default_on", "other"), [(False, "org/solver-python"), (True, "org/solver-plain")])
def test_both_names_are_listed_and_found(serve: Serve, default_on: bool, other: str) -> None:
    async def run() -> None:
        async with named(serve, default_on=default_on).openai() as client:
            listed = (await client.models.list()).data
            assert [model.id for model in listed] == ["org/solver", other]
            assert [await client.models.retrieve(model.id) for model in listed] == listed
            assert {(model.object, model.owned_by) for model in listed} == {("model", "math_solver")}
            assert (await client.models.list()).data == listed, "a client that compares sees the same models"

    asyncio.run(run())


@pytest.mark.parametrize("name", ["gpt-4o", "org", "org/solver/", "org/solver-Python", "", "org%2Fsolver-plain"])
def test_a_model_that_is_not_served_is_not_found(serve: Serve, name: str) -> None:
    async def run() -> httpx.Response:
        async with named(serve).http() as client:
            return await client.get(f"/v1/models/{name}")

    response = asyncio.run(run())
    assert response.status_code == 404
    assert response.json()["error"]["code"] == "model_not_found"
    assert "'org/solver-python'" in response.json()["error"]["message"]


def test_a_name_may_be_escaped_in_the_path(serve: Serve) -> None:
    async def run() -> httpx.Response:
        async with named(serve, name="org/数学 solver").http() as client:
            return await client.get("/v1/models/org%2F%E6%95%B0%E5%AD%A6%20solver")

    assert asyncio.run(run()).json()["id"] == "org/数学 solver"


# The name that a client sends, what else it says, and whether programs are then run; ``default_on`` is off.
CHOICES: list[tuple[str | None, dict[str, Any], bool]] = [
    ("org/solver", {}, False),
    ("org/solver-python", {}, True),
    ("gpt-3.5-turbo", {}, False),
    (None, {}, False),
    ("org/solver-plain", {}, False),  # no name here: as any other
    ("org/solver-python", {"tools": []}, False),
    ("org/solver-python", {"tool_choice": "none"}, False),
    ("org/solver", {"tools": [{"type": "code_interpreter"}]}, True),
]


@pytest.mark.parametrize("default_on", [False, True])
@pytest.mark.parametrize(("name", "fields", "runs"), CHOICES)
@pytest.mark.parametrize("path", ["/v1/chat/completions", "/v1/responses"])
def test_the_name_is_a_default(
    serve: Serve, path: str, name: str | None, fields: dict[str, Any], runs: bool, default_on: bool
) -> None:
    if default_on and not fields:
        name = name and name.replace("-python", "-plain")
        runs = name != "org/solver-plain"
    served = named(serve, CALL, "It is 5.", default_on=default_on)
    asked = {"messages": QUESTION} if "chat" in path else {"input": "What is 2 + 3?"}
    answer = ask(served, path, **asked, **({} if name is None else {"model": name}), **fields)
    other = "org/solver-plain" if default_on else "org/solver-python"
    assert answer["model"] == (other if name == other else "org/solver")
    assert len(served.model.lines) == (0 if runs else 1), "a second turn follows only a program"


def test_stored_responses_and_streams_have_the_real_name(serve: Serve) -> None:
    async def run() -> None:
        async with named(serve, *["It is 5."] * 3).openai() as client:
            response = await client.responses.create(model="o3", input="What is 2 + 3?")
            assert (await client.responses.retrieve(response.id)).model == "org/solver"
            chunks = await client.chat.completions.create(model="gpt-4o", messages=QUESTION, stream=True)
            assert {chunk.model async for chunk in chunks} == {"org/solver"}
            events = await client.responses.create(model="org/solver-python", input="2 + 3?", stream=True)
            last = [event async for event in events][-1]
            assert last.type == "response.completed"
            assert (last.response.model, len(last.response.tools)) == ("org/solver-python", 1)

    asyncio.run(run())


@pytest.mark.parametrize("model", [5, ["m"], {"id": "m"}, True])
@pytest.mark.parametrize("path", ["/v1/chat/completions", "/v1/responses"])
def test_what_is_no_name_is_refused(serve: Serve, path: str, model: object) -> None:
    asked: dict[str, Any] = {"messages": QUESTION} if "chat" in path else {"input": "?"}
    assert ask(named(serve), path, model=model, **asked)["error"]["param"] == "model"


def test_the_list_asks_for_the_key(serve: Serve) -> None:
    async def run() -> None:
        served = serve(address=Address("0.0.0.0", 8000, "secret"))
        async with served.openai(api_key="wrong") as client:
            with pytest.raises(openai.AuthenticationError):
                await client.models.list()
        async with served.openai(api_key="secret") as client:
            assert [model.id async for model in client.models.list()] == ["math-solver", "math-solver-python"]

    asyncio.run(run())


def test_the_time_of_creation_is_that_of_the_start() -> None:
    names = Names("m", False, created=7)
    assert names.describe("m") == {"id": "m", "object": "model", "created": 7, "owned_by": "math_solver"}
