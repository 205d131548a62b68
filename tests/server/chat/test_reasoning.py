"""A local model that reasons between its template's tags: ``reasoning_content``, whole and streamed, and no call."""

from __future__ import annotations

from typing import Any

import pytest
from llamafactory.data.formatter import StringFormatter
from llamafactory.data.template import TEMPLATES, ReasoningTemplate

from math_solver.interpreter import Interpreter
from math_solver.protocol import render_call
from math_solver.server.settings import Settings

from ..conftest import LOOPBACK, ScriptedModel, Serve, Served
from ..responses.test_responses import post as respond
from .test_chat import CALL, CONCLUSION, CONTENT, QUESTION, SHOWN, TOOLS, ask, ask_stream
from .test_choices import FOREIGN, FUNCTION

# What is a call in a turn is none in reasoning.
TEMPTING = f"Try\n{render_call('', 'import os')}\nor\n{render_call('', 'os', 'fenced')}\n```output\n\\boxed{{7}}\n```"
PLAN = f"<think>\n{TEMPTING}\n</think>\n\n"


class ScriptedReasoning(ReasoningTemplate):
    """A reasoning template with prompts of ten tokens."""

    def encode_oneturn(self, *args: Any, **kwargs: Any) -> tuple[list[int], list[int]]:
        return [0] * 10, []


def answer(served: Served, stream: bool, **fields: Any) -> tuple[str, str, Any, str]:
    """Content, reasoning, the ``code_interpreter`` field and the finish reason, whole or put together."""
    if not stream:
        (choice,) = ask(served, **fields).choices
        extra = choice.message.model_extra or {}
        reasoning = extra.get("reasoning_content", "")
        return choice.message.content, reasoning, extra.get("code_interpreter"), choice.finish_reason
    parts = [chunk.choices[0] for chunk in ask_stream(served, **fields)]
    extras = [part.delta.model_extra or {} for part in parts]
    came = [extra["code_interpreter"] for extra in extras if "code_interpreter" in extra]
    ran = [{**step} for field in came for step in field.get("executions", [])]
    for index, step in enumerate(ran):
        assert step.pop("index") == index
    return (
        "".join(part.delta.content or "" for part in parts),
        "".join(extra.get("reasoning_content", "") for extra in extras),
        {**came[-1], "executions": ran} if came else None,
        parts[-1].finish_reason,
    )


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("template", ["qwen", "qwen3"])
def test_reasoning_is_a_field_of_its_own_and_nothing_in_it_is_run(serve: Serve, stream: bool, template: str) -> None:
    served = serve(PLAN + CALL, f"<think>\n\n</think>\n\n{CONCLUSION}")
    if template == "qwen3":
        served.model.engine.template = ScriptedReasoning(**vars(TEMPLATES["qwen3"]))
    content, reasoning, field, finish = answer(served, stream, tools=TOOLS)
    assert (content, reasoning, finish) == (CONTENT, TEMPTING, "stop")
    assert [(step["thought"], step["code"]) for step in field["executions"]] == [("Multiply.", "print(12 * 34)")]
    assert field["conclusion"] == CONCLUSION
    assert [message["content"] for message in served.model.calls[1]["messages"]] == [
        QUESTION[0]["content"],
        PLAN + CALL,
        "408",
    ]


def test_each_turn_reasons_in_a_paragraph_of_its_own(serve: Serve) -> None:
    lines = (f"<think>One.</think>{CALL}", f"<think>Two.</think>{CONCLUSION}")
    for stream in (False, True):
        assert answer(serve(*lines), stream, tools=TOOLS)[:2] == (CONTENT, "One.\n\nTwo.")


@pytest.mark.parametrize("template", ["qwen", "qwen3"])
def test_tokens_are_counted_as_they_were_generated(serve: Serve, template: str) -> None:
    served = serve(PLAN + CALL, PLAN + CONCLUSION)
    if template == "qwen3":
        served.model.engine.template = ScriptedReasoning(**vars(TEMPLATES["qwen3"]))
    usage = ask(served, tools=TOOLS).usage
    assert (usage.prompt_tokens, usage.completion_tokens) == (20, len(f"{PLAN}{CALL} {PLAN}{CONCLUSION}".split()))


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    ("line", "fields", "content", "reasoning", "finish"),
    [
        # a stop string counts in what the client asked for, which is the answer
        ("<think>\nThe END\n</think>\n\nIt is 5. END of it", {"stop": "END"}, "It is 5.", "The END", "stop"),
        # without tools, and with the client's own
        (PLAN + "```python\n1\n```\n", {"tools": None}, "```python\n1\n```\n", TEMPTING, "stop"),
        (PLAN + FOREIGN, {"tools": [FUNCTION]}, "Let me see.", TEMPTING, "tool_calls"),
        (f"<think>{FOREIGN}</think>No.", {"tools": [FUNCTION]}, "No.", FOREIGN, "stop"),
        (f"<think>{FOREIGN}</think>No.", {"tools": [*TOOLS, FUNCTION]}, "No.", FOREIGN, "stop"),
        # nothing but reasoning
        (f"<think>\n{TEMPTING}", {}, "", TEMPTING, "stop"),
        # a mark in the middle is text
        ("So <think>x</think>", {}, "So <think>x</think>", "", "stop"),
    ],
)
def test_other_requests(
    serve: Serve, line: str, fields: Any, content: str, reasoning: str, finish: str, stream: bool
) -> None:
    fields = {"tools": TOOLS} | fields
    fields = {name: value for name, value in fields.items() if value is not None}
    found = answer(serve(line), stream, **fields)
    assert (found[0] or "", found[1], found[3]) == (content, reasoning, finish)


def test_an_engine_is_not_told_to_stop_inside_of_reasoning(serve: Serve) -> None:
    served = serve(PLAN + CALL, CONCLUSION, PLAN + CALL, CONCLUSION)
    ask(served, tools=TOOLS, stop="END")
    served.model.engine.template = ScriptedReasoning(**vars(TEMPLATES["qwen3"]))
    ask(served, tools=TOOLS, stop="END")
    assert [bool(call["stop"]) for call in served.model.calls] == [True, True, False, False]


def test_reasoning_sent_back_stands_before_the_call_as_the_model_wrote_it(serve: Serve) -> None:
    served = serve(PLAN + FOREIGN, CONCLUSION)
    message = ask(served, tools=[FUNCTION]).choices[0].message
    result = {"role": "tool", "tool_call_id": message.tool_calls[0].id, "content": "number"}
    history: list[Any] = [*QUESTION, message.model_dump(), result]
    assert ask(served, tools=[FUNCTION], messages=history).choices[0].message.content == CONCLUSION
    assert [sent["content"] for sent in served.model.calls[1]["messages"][1:]] == [PLAN + FOREIGN, "number"]


def test_the_tags_are_those_of_the_template(interpreter: Interpreter) -> None:
    model = ScriptedModel(f"<seed:think>{TEMPTING}</seed:think>{CONCLUSION}", "<think>x</think>", "Yes.", "Yes.")
    model.engine.template = ScriptedReasoning(**vars(TEMPLATES["seed_oss"]))
    served = Served.of(model, interpreter, Settings(), LOOPBACK)
    assert answer(served, False, tools=TOOLS)[:2] == (SHOWN, TEMPTING)
    assert answer(served, True, tools=TOOLS)[:2] == ("<think>x</think>", "")
    # in what both endpoints are sent back
    said: Any = {"role": "assistant", "content": "5", "reasoning_content": "Hm."}
    ask(served, tools=TOOLS, messages=[*QUESTION, said, *QUESTION])
    thought = {"type": "reasoning", "summary": [], "content": [{"type": "reasoning_text", "text": "Hm."}]}
    items = [*QUESTION, thought, {"role": "assistant", "content": "5"}, *QUESTION]
    assert respond(served, input=items).status_code == 200
    first, second = (call["messages"][1]["content"] for call in served.model.calls[2:])
    assert (first, second) == ("<seed:think>Hm.</seed:think>5", "<seed:think>Hm.</seed:think>5")


def test_a_prompt_that_opens_the_reasoning(serve: Serve) -> None:
    served = serve(f"{TEMPTING}\n</think>\n\n{CALL}", f"Sure.\n</think>\n\n{CONCLUSION}", TEMPTING)
    template = ScriptedReasoning(**vars(TEMPLATES["qwen3"]))
    template.format_user = StringFormatter(slots=["user\n{{content}}\nassistant\n<think>\n"])
    served.model.engine.template = template
    assert answer(served, False, tools=TOOLS)[:2] == (CONTENT, f"{TEMPTING}\n\nSure.")
    assert answer(served, True, tools=TOOLS)[:2] == ("", TEMPTING)
