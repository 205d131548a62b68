"""Models whose engine ends at stop strings itself: what it is asked, and how its answers are read."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from llamafactory.chat.base_engine import Response

from math_solver.protocol import CLOSERS, TOOL, FormChoice, Turn, render_call
from math_solver.server.models.stop_strings import OUTPUT, StopStringModel
from math_solver.server.solve_request import Penalties, SolveRequest
from math_solver.server.web.errors import ApiError
from math_solver.solving.loop import Completion

from ..conftest import ScriptedModel

CALL = render_call("Multiply.", "print(12 * 34)")
FUNCTION = {"name": "look_up", "description": "Find.", "parameters": {}}
TURNS = (Turn("user", "q"),)


def generate(
    model: ScriptedModel, form: FormChoice = "native", max_tokens: int | None = None, **fields: Any
) -> list[Any]:
    async def collect() -> list[Any]:
        asked = StopStringModel(model).generate(SolveRequest("m", "s", TURNS, **fields), form)
        return [part async for part in asked(TURNS, max_tokens=max_tokens)]

    return asyncio.run(collect())


@pytest.mark.parametrize(
    ("form", "fields", "stop", "tools"),
    [
        ("native", {}, [*CLOSERS], [TOOL]),
        ("fenced", {}, [OUTPUT], None),
        ("auto", {}, [*CLOSERS, OUTPUT], [TOOL]),
        ("native", {"stop": ("END",)}, ["END", *CLOSERS], [TOOL]),
        ("fenced", {"functions": (FUNCTION,)}, [OUTPUT], [FUNCTION]),
        # without the interpreter a code block is text, and no tool of ours is shown
        ("native", {"interpreter": False}, None, None),
        ("native", {"interpreter": False, "functions": (FUNCTION,)}, None, [FUNCTION]),
        ("auto", {"interpreter": False, "stop": ("END",)}, ["END"], None),
    ],
)
@pytest.mark.parametrize("stream", [False, True])
def test_what_the_engine_is_asked(
    form: FormChoice, fields: dict[str, Any], stop: list[str] | None, tools: Any, stream: bool
) -> None:
    model = ScriptedModel("text")
    generate(model, form, stream=stream, sampling={"temperature": 0.5}, **fields)
    (call,) = model.calls
    assert (call["stop"], call["system"], call["temperature"]) == (stop, "s", 0.5)
    assert (json.loads(call["tools"]) if call["tools"] else None) == tools


@pytest.mark.parametrize(
    ("configured", "left", "asked"),
    [(1024, None, 1024), (1024, 7, 7), (5, 7, 5), (None, 7, 7), (0, 7, 7)],
)
def test_a_turn_has_what_is_left_and_no_more_than_the_yaml_allows(
    configured: int | None, left: int | None, asked: int
) -> None:
    model = ScriptedModel("text")
    model.engine.generating_args = {"max_new_tokens": configured}  # type: ignore[dict-item]
    generate(model, max_tokens=left)
    assert model.calls[0]["max_new_tokens"] == asked


def test_without_any_limit_none_is_sent() -> None:
    model = ScriptedModel("text")
    model.engine.generating_args = {}
    generate(model)
    assert "max_new_tokens" not in model.calls[0]


@pytest.mark.parametrize(
    ("line", "fields", "limit", "completion"),
    [
        # whole: the engine's own counts
        ("one two", {}, None, Completion("one two", "stop", 10, 2)),
        # streamed: counted by the tokenizer and the template
        ("one two", {"stream": True}, None, Completion("one two", "stop", 10, 2)),
        # streamed, and cut where the limit is reached
        ("one two", {"stream": True}, 2, Completion("one two", "length", 10, 2)),
        # a stop string of the client's is looked for in any case
        ("one END two", {"stop": ("END",)}, None, Completion("one ", "halt", 10, 1)),
        # text behind a call is dropped, should the engine write any
        (CALL + " and more", {"stream": True}, None, Completion(CALL, "stop", 10, len(CALL.split()))),
    ],
)
def test_how_an_answer_is_read(line: str, fields: dict[str, Any], limit: int | None, completion: Completion) -> None:
    *pieces, last = generate(ScriptedModel(line), max_tokens=limit, **fields)
    assert last == completion
    assert "".join(pieces) in ("", completion.text)


@pytest.mark.parametrize(
    ("finish", "length", "limit", "says"),
    [
        ("length", 7, 7, "length"),
        ("length", 9, None, "length"),
        # SGLang says length of an answer that one of its stop strings ended
        ("length", 3, 7, "stop"),
        ("stop", 7, 7, "stop"),
    ],
)
def test_a_whole_answer_was_cut_where_its_tokens_ran_out(
    finish: Any, length: int, limit: int | None, says: str
) -> None:
    class Counted(ScriptedModel):
        async def achat(self, *args: Any, **kwargs: Any) -> list[Response]:
            return [Response("text", length, 10, finish)]

    model = Counted()
    model.engine.generating_args = {}
    (completion,) = generate(model, max_tokens=limit)
    assert (completion.finish_reason, completion.completion_tokens) == (says, length)


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({"penalties": Penalties(presence=0.5)}, "presence_penalty"),
        ({"penalties": Penalties(frequency=-0.5)}, "frequency_penalty"),
        ({"penalties": Penalties(bias={1: 1.0})}, "logit_bias"),
        ({"seed": 0}, "seed"),
        ({"seed": 1, "sampling": {"temperature": 0.5}}, "seed"),
    ],
)
def test_what_only_the_hugging_face_engine_can_do_is_refused(fields: dict[str, Any], param: str) -> None:
    with pytest.raises(ApiError) as caught:
        StopStringModel(ScriptedModel()).check(SolveRequest("m", None, TURNS, **fields))
    assert (caught.value.param, caught.value.code) == (param, "unsupported_value")


def test_a_seed_asks_for_nothing_where_nothing_is_sampled() -> None:
    StopStringModel(ScriptedModel()).check(SolveRequest("m", None, TURNS, seed=1, sampling={"temperature": 0}))
