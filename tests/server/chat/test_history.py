"""The second question of a conversation: what the model gets is what its first solution was."""

from __future__ import annotations

import json
from typing import Any

import pytest

from math_solver.interpreter import Interpreter
from math_solver.protocol import render_call
from math_solver.server.settings import Settings
from math_solver.solving.boxes import write_boxes

from ...streamed import Chunks, calls, says
from ..conftest import Serve
from ..models.test_upstream import CALLED, FENCED, FUNCTION, endpoint, serve_upstream
from ..responses.test_responses import OUTPUTS, send
from ..responses.test_responses import post as respond
from .test_chat import CALL, CONCLUSION, CONTENT, QUESTION, SHOWN, TOOLS, ask, post

NEXT = {"role": "user", "content": "And half of it?"}
FIRST: dict[str, Chunks] = {"native": calls("Multiply.", CALLED), "fenced": says(FENCED)}


def without_ids(messages: list[dict[str, Any]]) -> list[Any]:
    """Messages but for the ids of their calls, which only have to agree with each other."""
    return json.loads(json.dumps(messages).replace("call_2_0", "call_0").replace("call_1_0", "call_0"))


@pytest.mark.parametrize("form", ["native", "fenced"])
@pytest.mark.parametrize("api", ["chat", "responses", "responses of chat's text"])
def test_a_solution_goes_back_as_the_turns_that_it_was(interpreter: Interpreter, form: Any, api: str) -> None:
    with endpoint(FIRST[form], says(CONCLUSION), says("\\boxed{204}")) as server:
        served = serve_upstream(server.url, interpreter, Settings(form=form))
        if api == "responses":
            first = respond(served, input=QUESTION).json()
            later = {"previous_response_id": first["id"], "input": [NEXT]}
        else:
            content = ask(served, tools=TOOLS).choices[0].message.content
            assert content == CONTENT
            later = {"input": [*QUESTION, {"role": "assistant", "content": content}, NEXT]}
        if api == "chat":
            assert post(served, {"messages": later["input"], "tools": TOOLS}).status_code == 200
        else:
            assert respond(served, **later).status_code == 200
    _, second, third = (without_ids(body["messages"]) for body in server.bodies)
    assert third == [*second, {"role": "assistant", "content": CONCLUSION}, NEXT]


PROSE = [
    'A record is {"name": "bob", "parameters": {"age": 3}}. So \\boxed{3}.',
    'One calls it so: {"name": "python", "arguments": {"code": "print(1)"}}.',
    "Models write <tool_call> before a call, and </tool_call> behind it.",
    'Thought: none.\nAction: python\nAction Input: {"code": "print(1)"}\nThat is ReAct.',
    "Programs look so:\n\n```python\nprint(1)\n```\n\nand print.",
]


@pytest.mark.parametrize("text", PROSE)
@pytest.mark.parametrize("form", ["native", "fenced"])
@pytest.mark.parametrize("tools", [TOOLS, [*TOOLS, FUNCTION], [FUNCTION], None])
def test_prose_of_an_assistant_goes_through_untouched(
    interpreter: Interpreter, text: str, form: Any, tools: Any
) -> None:
    said = {"role": "assistant", "content": text}
    with endpoint(says("\\boxed{1}")) as server:
        served = serve_upstream(server.url, interpreter, Settings(form=form))
        asked = {"messages": [*QUESTION, said, NEXT]} | ({"tools": tools} if tools else {})
        assert post(served, asked).status_code == 200
    assert server.bodies[0]["messages"][-3:] == [*QUESTION, said, NEXT]


def test_prose_before_a_call_that_a_client_sends_back_is_kept(interpreter: Interpreter) -> None:
    called = {"id": "call_7", "type": "function", "function": {"name": "look_up", "arguments": '{"x": 1}'}}
    said = {"role": "assistant", "content": PROSE[1], "tool_calls": [called]}
    with endpoint(says("\\boxed{1}")) as server:
        served = serve_upstream(server.url, interpreter, Settings())
        found = {"role": "tool", "tool_call_id": "call_7", "content": "7"}
        assert post(served, {"messages": [*QUESTION, said, found], "tools": [FUNCTION]}).status_code == 200
    sent = server.bodies[0]["messages"][-2]
    assert sent["content"] == PROSE[1]
    assert [call["function"]["name"] for call in sent["tool_calls"]] == ["look_up"]


@pytest.mark.parametrize("form", ["native", "fenced"])
def test_a_malformed_call_without_a_thought_is_in_the_history(serve: Serve, form: Any) -> None:
    served = serve("<tool_call>\nprint(1)\n</tool_call>", CALL, CONCLUSION, "Half.", settings=Settings(form=form))
    content = ask(served, tools=TOOLS).choices[0].message.content
    assert content.startswith("```output\nThe call was not run: ")
    history = [*QUESTION, {"role": "assistant", "content": content}, NEXT]
    assert post(served, {"messages": history, "tools": TOOLS}).status_code == 200
    during, again = (call["messages"] for call in served.model.calls[2:])
    assert [message["role"] for message in again] == ["user", *["assistant", "observation"] * 2, "assistant", "user"]
    assert again[2] == during[2] and again[4:5] == during[4:]
    assert again[1]["content"] == render_call("", "", form)


def test_without_the_interpreter_a_solution_stays_text(interpreter: Interpreter) -> None:
    said = {"role": "assistant", "content": CONTENT}
    with endpoint(says("A title")) as server:
        served = serve_upstream(server.url, interpreter, Settings())
        assert post(served, {"messages": [*QUESTION, said, NEXT]}).status_code == 200
    shown = {"role": "assistant", "content": CONTENT.replace(SHOWN, CONCLUSION)}
    assert server.bodies[0]["messages"] == [*QUESTION, shown, NEXT]


OFF: list[Any] = []


@pytest.mark.parametrize(
    "text",
    [
        # what the interpreter's side writes around boxes and behind lines that look like fences
        "So \\boxed{5}.",
        "See:\n```output\n5\n```\nok",
        "See:\n\n````output\n5\n````\n\n\\boxed{5}",
        # a model's own formulas
        "So $\\boxed{5}$ and $${x}$$.",
    ],
)
@pytest.mark.parametrize("shown_by", [TOOLS, OFF])
@pytest.mark.parametrize("asked_with", [TOOLS, OFF])
@pytest.mark.parametrize("api", ["chat", "responses"])
def test_a_text_comes_back_as_the_model_wrote_it(
    serve: Serve, text: str, shown_by: Any, asked_with: Any, api: str
) -> None:
    served = serve(text, "\\boxed{1}")
    shown = post(served, {"model": "m", "messages": QUESTION, "tools": shown_by}).json()["choices"][0]["message"]
    history = [*QUESTION, {"role": "assistant", "content": shown["content"]}, NEXT]
    if api == "chat":
        answer = post(served, {"model": "m", "messages": history, "tools": asked_with})
    else:
        answer = respond(served, input=history, tools=asked_with)
    assert answer.status_code == 200
    assert served.model.calls[-1]["messages"][-2]["content"] == text


# What a model says of a program that nobody has run; its own fences are read as calls, these are not.
CLAIM = "I ran it:\n\n````python\nprint(1)\n````\n\n```output\n1\n```\n\n``` python\n2\n```\n\n```output\n2\n```"


# How a client keeps a response. What a plain answer says stands as it is: without its id nothing tells whose it is.
KEPT = [(TOOLS, kept) for kept in ("items", "items without ids", "references", "text")]
KEPT += [(OFF, kept) for kept in ("items", "references")]


@pytest.mark.parametrize(("shown_by", "kept"), KEPT)
@pytest.mark.parametrize("asked_with", [TOOLS, OFF])
def test_what_a_response_only_claims_becomes_no_call(serve: Serve, kept: str, shown_by: Any, asked_with: Any) -> None:
    served = serve(CLAIM, "\\boxed{1}")
    first = respond(served, input=QUESTION, tools=shown_by).json()
    items = {
        "items": first["output"],
        "items without ids": [{**item, "id": None} for item in first["output"]],
        "references": [{"type": "item_reference", "id": item["id"]} for item in first["output"]],
        "text": [{"role": "assistant", "content": first["output"][0]["content"][0]["text"]}],
    }[kept]
    assert respond(served, input=[*QUESTION, *items, NEXT], tools=asked_with).status_code == 200
    assert served.model.calls[-1]["messages"][-2]["content"] == CLAIM
    assert [message["role"] for message in served.model.calls[-1]["messages"]] == ["user", "assistant", "user"]


@pytest.mark.parametrize("fields", [{"tools": OFF}, {"model": "math-solver-plain"}, {"tool_choice": "none"}])
@pytest.mark.parametrize("kept", ["text", "items"])
def test_a_response_without_the_interpreter_meets_a_solution_as_text(serve: Serve, fields: Any, kept: str) -> None:
    """As chat completions do: a model that is to call nothing sees no calls."""
    served = serve(CALL, CONCLUSION, "A title", settings=Settings(default_on=True))
    if kept == "text":
        items = [{"role": "assistant", "content": ask(served).choices[0].message.content}]
    else:
        items = respond(served, input=QUESTION, tools=None, include=OUTPUTS).json()["output"]
    answer = respond(served, **{"tools": None, "input": [*QUESTION, *items, NEXT]} | fields)
    assert answer.status_code == 200, answer.text
    sent = served.model.calls[-1]["messages"]
    assert [message["role"] for message in sent] == ["user", "assistant", "user"]
    assert sent[1]["content"] == CONTENT.replace(SHOWN, CONCLUSION)


def test_a_text_that_is_listed_among_the_input_comes_back_as_what_it_was(serve: Serve) -> None:
    served = serve("One.", "Two.")
    history = [*QUESTION, {"role": "assistant", "content": CONTENT}, NEXT]
    first = respond(served, input=history).json()
    listed = send(served, "GET", f"/v1/responses/{first['id']}/input_items?order=asc").json()["data"]
    assert respond(served, input=listed).status_code == 200
    before, after = (call["messages"] for call in served.model.calls)
    assert before == after and len(after) == 5


@pytest.mark.parametrize("tools", [TOOLS, OFF])
@pytest.mark.parametrize("api", ["chat", "responses"])
def test_marks_are_the_servers_whoever_asks(serve: Serve, tools: Any, api: str) -> None:
    """A plain answer shows its model's own as they are; what comes back as text tells nobody whose they are."""
    served = serve("So ${\\boxed{5}}$.", "x", "y")
    if api == "chat":
        content = post(served, {"model": "m", "messages": QUESTION}).json()["choices"][0]["message"]["content"]
        assert content == "So ${\\boxed{5}}$."
        history = [*QUESTION, {"role": "assistant", "content": content}, NEXT]
        assert post(served, {"model": "m", "messages": history, "tools": tools}).status_code == 200
    else:
        first = respond(served, input=QUESTION, tools=OFF).json()
        assert first["output"][0]["content"][0]["text"] == "So ${\\boxed{5}}$."
        assert respond(served, input=[*QUESTION, *first["output"], NEXT], tools=tools).status_code == 200
    assert served.model.calls[-1]["messages"][-2]["content"] == "So \\boxed{5}."
    if api == "responses":
        later = {"previous_response_id": first["id"], "input": [NEXT], "tools": tools}
        assert respond(served, **later).status_code == 200
        assert served.model.calls[-1]["messages"][-2]["content"] == "So ${\\boxed{5}}$."


@pytest.mark.parametrize("text", [PROSE[0], 'Action: search\nAction Input: {"q": "x"}\n\\boxed{3}'])
@pytest.mark.parametrize("stream", [True, False])
def test_a_conclusion_that_shows_json_or_react_is_a_conclusion(
    interpreter: Interpreter, text: str, stream: bool
) -> None:
    with endpoint(says(text)) as server:
        served = serve_upstream(server.url, interpreter, Settings())
        answer = post(served, {"messages": QUESTION, "tools": TOOLS, "stream": stream})
    assert answer.status_code == 200 and len(server.bodies) == 1
    if not stream:
        message = answer.json()["choices"][0]["message"]
        assert message["content"] == write_boxes(text) and message["code_interpreter"]["executions"] == []


def test_json_that_names_a_tool_of_the_client_is_a_call(interpreter: Interpreter) -> None:
    text = 'I look.\n{"name": "look_up", "parameters": {"x": 1}}'
    with endpoint(says(text)) as server:
        choice = ask(serve_upstream(server.url, interpreter, Settings()), tools=[*TOOLS, FUNCTION]).choices[0]
    assert choice.finish_reason == "tool_calls" and choice.message.tool_calls[0].function.name == "look_up"
