"""Which model an engine or a YAML gives, and what every one of them offers."""

from __future__ import annotations

import asyncio
import inspect
from pathlib import Path
from typing import Any

import pytest
from llamafactory.extras.constants import EngineName

from math_solver.protocol import THINK
from math_solver.server.models.huggingface import BatchedModel, HuggingFaceModel
from math_solver.server.models.loading import load_model, model_on
from math_solver.server.models.model import Model, check_generates
from math_solver.server.models.stop_strings import StopStringModel
from math_solver.server.models.upstream import UpstreamModel
from math_solver.server.settings import Settings, Upstream
from math_solver.server.web.errors import ApiError, StartupError

from ..conftest import ScriptedModel, loaded

UPSTREAM = Upstream(base_url="http://127.0.0.1:9/v1", model="m")
KINDS = (HuggingFaceModel, BatchedModel, StopStringModel, UpstreamModel)
MEMBERS = [name for name in vars(Model) if not name.startswith("_")]


def scripted(name: str) -> Any:
    model: Any = ScriptedModel()
    model.engine.name = name
    model.engine.model = type("Weights", (), {"generate": print})()
    model._loop = object()
    return model


@pytest.mark.parametrize(
    ("engine", "kind"),
    [
        (EngineName.HF, HuggingFaceModel),
        (EngineName.VLLM, StopStringModel),
        (EngineName.SGLANG, StopStringModel),
        # an engine of a later LLaMA-Factory: nothing is asked of it that only one engine does
        ("another", StopStringModel),
    ],
)
def test_an_engine_gives_its_model(engine: str, kind: type) -> None:
    assert type(model_on(scripted(engine))) is kind


def test_only_sglang_is_read_on_its_own_loop() -> None:
    models = {name: scripted(name) for name in (EngineName.VLLM, EngineName.SGLANG)}
    loops = {name: vars(model_on(model))["_loop"] for name, model in models.items()}
    assert loops == {EngineName.VLLM: None, EngineName.SGLANG: models[EngineName.SGLANG]._loop}


@pytest.mark.parametrize("engine", [EngineName.VLLM, EngineName.SGLANG])
def test_engines_that_batch_by_themselves_are_not_batched(engine: str) -> None:
    with pytest.raises(StartupError, match="^code_interpreter.batch_size: only the Hugging Face engine"):
        model_on(scripted(engine), 2)


def test_a_model_that_writes_no_text_is_not_batched_and_not_asked() -> None:
    reward = scripted(EngineName.HF)
    reward.engine.can_generate = False
    with pytest.raises(StartupError, match="and for text"):
        model_on(reward, 2)
    with pytest.raises(ApiError) as caught:
        check_generates(model_on(reward))
    assert caught.value.status == 405


def test_a_yaml_names_a_model_or_an_endpoint(tiny_model: Path) -> None:
    endpoint = load_model({"temperature": 0.5}, Settings(upstream=UPSTREAM))
    assert isinstance(endpoint, UpstreamModel)
    with pytest.raises(StartupError, match="remove model_name_or_path or the upstream"):
        load_model({"model_name_or_path": str(tiny_model)}, Settings(upstream=UPSTREAM))
    with loaded(tiny_model, max_new_tokens=4) as chat_model:
        assert type(model_on(chat_model)) is HuggingFaceModel
        batched = model_on(chat_model, 2)
        assert type(batched) is BatchedModel
        asyncio.run(batched.close())
        assert chat_model.engine.model.config._attn_implementation == "sdpa"


@pytest.mark.parametrize("kind", KINDS)
def test_every_model_offers_what_the_server_asks(kind: type) -> None:
    assert len(MEMBERS) == 10
    for name in MEMBERS:
        asked, offered = vars(Model)[name], inspect.getattr_static(kind, name)
        if inspect.isfunction(asked):
            assert list(inspect.signature(offered).parameters) == list(inspect.signature(asked).parameters), name


def test_thoughts_are_told_by_the_template() -> None:
    assert model_on(scripted(EngineName.VLLM)).thought_tags == THINK
    assert UpstreamModel(UPSTREAM, {}).thought_tags == THINK
