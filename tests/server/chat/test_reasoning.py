"""A local model that reasons between its template's tags: ``reasoning_content``, whole and streamed, and no call."""

from __future__ import annotations

from typing import Any

import pytest
from llamafactory.data.formatter import StringFormatter
from llamafactory.data.template import TEMPLATES, ReasoningTemplate

from math_solver.interpreter import Interpreter
from math_solver.protocol import THINK, render_call
from math_solver.server.chat.messages import read_messages
from math_solver.server.models.template_calls import TemplateCalls
from math_solver.server.settings import Settings

from ...streamed import calls, says, thinks
from ..conftest import LOOPBACK, ScriptedModel, Serve, Served
from ..models.test_upstream import CALLED, endpoint, serve_upstream
from ..responses.test_responses import OUTPUTS
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


# What each turn of a solve reasons: before the first program, the second, and the conclusion.
REASONED = [
    ["First.", "Then.", "So."],
    ["First.\n\nStill the first.", "Then.\n\nStill.", "So.\n\nIndeed."],
    ["", "Then.\n\nStill.", "So."],  # not every turn reasons
    ["First.\n\nStill.", "", ""],
    ["", "", "So.\n\nIndeed."],
    ["", "", ""],
]


@pytest.mark.parametrize("reasoned", REASONED)
@pytest.mark.parametrize("stream", [False, True])
def test_each_turn_reasons_in_history_what_it_reasoned(serve: Serve, reasoned: list[str], stream: bool) -> None:
    said = [CALL, render_call("", "print(7)"), CONCLUSION]
    lines = [(THINK.render(thought) if thought else "") + text for thought, text in zip(reasoned, said, strict=True)]
    served = serve(*lines, "Half of it.")
    content, reasoning, field, _ = answer(served, stream, tools=TOOLS)
    told = {"role": "assistant", "content": content, "reasoning_content": reasoning, "code_interpreter": field}
    ask(served, tools=TOOLS, messages=[*QUESTION, told, {"role": "user", "content": "And half of it?"}])
    during, again = (call["messages"] for call in served.model.calls[2:])
    assert again[:-2] == during
    assert [message["content"] for message in again[-2:]] == [lines[2], "And half of it?"]


def test_the_reasoning_before_what_stands_goes_with_it(serve: Serve) -> None:
    """A turn that was asked for again is not in the text, and what it reasoned comes before that of the next."""
    served = serve(f"<think>No need.</think>{CONCLUSION}", f"<think>Well.</think>{CALL}", CONCLUSION, "Half of it.")
    message = ask(served, tools=TOOLS, tool_choice="required").choices[0].message
    assert message.model_extra["code_interpreter"]["executions"][0]["reasoning"] == "No need.\n\nWell."
    ask(served, tools=TOOLS, messages=[*QUESTION, message.model_dump(), *QUESTION])
    assert [sent["content"] for sent in served.model.calls[-1]["messages"][1:3]] == [
        THINK.render("No need.\n\nWell.") + CALL,
        "408",
    ]


FIELD = {"executions": [{"reasoning": "One."}]}
TOLD = [
    # nothing tells what belongs where: the paragraphs in order, the rest with the last turn, none before its time
    ("One.\n\nTwo.", None, ["One.", "Two."]),
    ("One.\n\nTwo.\n\nThree.", None, ["One.", "Two.\n\nThree."]),
    ("Alone.", None, ["", "Alone."]),
    ("", None, ["", ""]),
    # what this server told
    ("One.\n\nTwo.\n\nThree.", {"executions": [{"reasoning": "One.\n\nTwo."}]}, ["One.\n\nTwo.", "Three."]),
    ("One.", FIELD, ["One.", ""]),
    ("Two.\n\nThree.", {"executions": [{"code": "1"}]}, ["", "Two.\n\nThree."]),
    # what does not fit the text, or is nothing that this server tells
    ("", FIELD, ["", ""]),
    ("Another.\n\nTwo.", FIELD, ["Another.", "Two."]),
    ("One.\n\nTwo.", {"executions": [{"reasoning": "One."}] * 2}, ["One.", "Two."]),
    *(
        ("One.\n\nTwo.", field, ["One.", "Two."])
        for field in (5, [], {}, {"executions": 5}, {"executions": ["One."]}, {"executions": [{"reasoning": 5}]})
    ),
]


@pytest.mark.parametrize(("reasoning", "field", "parts"), TOLD)
def test_what_a_client_sends_back_of_the_reasoning(reasoning: str, field: Any, parts: list[str]) -> None:
    message = {"role": "assistant", "content": CONTENT, "reasoning_content": reasoning, "code_interpreter": field}
    _, turns = read_messages([*QUESTION, message, *QUESTION], "native")
    assert [turn.role for turn in turns] == ["user", "assistant", "observation", "assistant", "user"]
    assert [turn.reasoning for turn in turns if turn.role == "assistant"] == parts


def test_two_messages_in_a_row_reason_in_paragraphs() -> None:
    said = [{"role": "assistant", "content": text, "reasoning_content": f"{text}?"} for text in ("One", "Two")]
    _, turns = read_messages([*QUESTION, *said, *QUESTION])
    assert (turns[1].content, turns[1].reasoning) == ("One\n\nTwo", "One?\n\nTwo?")


@pytest.mark.parametrize("api", ["chat", "items", "previous"])
def test_an_endpoint_gets_the_reasoning_of_each_call_with_it(interpreter: Interpreter, api: str) -> None:
    """DeepSeek's refuses a conversation with a call that lacks its own."""
    rounds = [[*thinks(text), *calls("", CALLED)] for text in ("One.\n\nMore.", "", "Two.")]
    with endpoint(*rounds, [*thinks("Three."), *says(CONCLUSION)], says("Half.")) as server:
        served = serve_upstream(server.url, interpreter, Settings())
        if api == "chat":
            message = ask(served, tools=TOOLS).choices[0].message
            ask(served, tools=TOOLS, messages=[*QUESTION, message.model_dump(), *QUESTION])
        else:
            first = respond(served, include=OUTPUTS).json()
            later: Any = {"input": [*QUESTION, *first["output"], *QUESTION]}
            later = later if api == "items" else {"previous_response_id": first["id"]}
            assert respond(served, **later).status_code == 200
    called = [sent for sent in server.bodies[-1]["messages"] if sent.get("tool_calls")]
    assert [sent["reasoning_content"] for sent in called] == ["One.\n\nMore.", "", "Two."]


class Characters:
    """A tokenizer with a token for each character."""

    def encode(self, text: str, add_special_tokens: bool = False) -> list[int]:
        return [ord(character) for character in text]


def test_a_second_question_meets_the_tokens_of_training() -> None:
    """What LLaMA-Factory trains on, thoughts preserved, and what it serves of the message that came back."""
    template = ReasoningTemplate(**vars(TEMPLATES["qwen3"]) | {"preserve_thinking": True})
    reasoned, output = REASONED[1], "\n\n```output\n408\n```\n\n"
    said = [CALL, render_call("", "print(12 * 34)"), CONCLUSION]
    turns = [THINK.render(thought) + text for thought, text in zip(reasoned, said, strict=True)]
    row = [*QUESTION, *(turn for text in turns for turn in answered(text))][:-1]
    again = [{"role": "user", "content": "And half of it?"}, {"role": "assistant", "content": "204"}]
    trained = template.encode_multiturn(Characters(), [*row, *again], "Solve.", None)
    program = "```python\nprint(12 * 34)\n```" + output
    message = {
        "role": "assistant",
        "content": f"Multiply.\n\n{program}{program}{SHOWN}",
        "reasoning_content": "\n\n".join(reasoned),
        "code_interpreter": {"executions": [{"reasoning": thought} for thought in reasoned[:2]]},
    }
    _, history = read_messages([*QUESTION, message, again[0]], "native")
    sent = [*map(TemplateCalls(template).message, history), again[1]]
    prompt, _ = template.encode_oneturn(Characters(), sent, "Solve.", None)
    *before, (last, _) = trained
    assert prompt == [token for pair in before for part in pair for token in part] + last


def answered(text: str) -> list[dict[str, str]]:
    return [{"role": "assistant", "content": text}, {"role": "observation", "content": "408"}]
