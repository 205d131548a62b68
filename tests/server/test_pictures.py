"""Pictures on their way to the client, beside what the model sees and never in it."""

from __future__ import annotations

import base64
import json
from typing import Any

import openai
import pytest

from math_solver.interpreter import Picture
from math_solver.protocol import render_call
from math_solver.records import Execution
from math_solver.server.settings import Settings
from math_solver.server.solves import ALBUM_BYTES, Album
from math_solver.solving.interpreter_field import read_execution

from .chat.test_chat import TOOLS as CHAT_TOOLS
from .conftest import Serve, Served
from .responses.responses_check import check_events, check_response
from .responses.test_responses import OUTPUTS, TOOLS, ask, post, send, stream, texts, using

DRAW = render_call("Draw.", "from PIL import Image\nImage.new('RGB', (3, 2))")
PLOT = render_call("Plot.", "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.savefig('plot.png')\nplt.show()")
LOGS = "<PIL.Image.Image image mode=RGB size=3x2 at 0x...>"
PLAIN = render_call("", "1 + 1")


def is_png(text: str) -> bool:
    return base64.b64decode(text, validate=True).startswith(b"\x89PNG\r\n\x1a\n")


def chat(served: Served, **fields: Any) -> list[dict[str, Any]]:
    """The executions of a chat completion, streamed or not."""
    body = {"model": "m", "messages": [{"role": "user", "content": "?"}], "tools": CHAT_TOOLS} | fields
    answer = send(served, "POST", "/v1/chat/completions", body)
    assert answer.status_code == 200, answer.text
    if not fields.get("stream"):
        choices = answer.json()["choices"]
        return [run for choice in choices for run in choice["message"]["code_interpreter"]["executions"]]
    chunks = [json.loads(line[6:]) for line in answer.text.splitlines() if line.startswith("data: {")]
    deltas = [chunk["choices"][0]["delta"].get("code_interpreter", {}) for chunk in chunks]
    return [run for delta in deltas for run in delta.get("executions", [])]


@pytest.mark.parametrize("streamed", [False, True])
def test_a_chat_has_the_pictures_of_each_program(serve: Serve, streamed: bool) -> None:
    served = serve(DRAW, PLAIN, DRAW, "Drawn.")
    first, second, third = chat(served, stream=streamed)
    for run in (first, third):
        (image,) = run["images"]
        assert set(image) == {"media_type", "data"}
        assert image["media_type"] == "image/png"
        assert is_png(image["data"])
        assert run["output"] == LOGS
    assert "images" not in second
    # the model has seen the text alone
    assert [seen for seen in texts(served)[-1] if "iVBOR" in seen or "image/png" in seen] == []
    assert texts(served)[-1][-1] == LOGS


def test_each_choice_has_its_own(serve: Serve) -> None:
    served = serve(DRAW, PLAIN, "Drawn.", "Drawn.")
    assert sorted("images" in run for run in chat(served, n=2)) == [False, True]


@pytest.mark.parametrize("container", [None, {"type": "auto"}])
def test_a_plot_is_one_picture_in_a_session_and_in_a_container(serve: Serve, container: Any) -> None:
    tool = {"type": "code_interpreter"} | ({"container": container} if container else {})
    served = serve(PLOT, "Plotted.")
    (run,) = chat(served, tools=[tool])
    assert (run["status"], run["output"], len(run["images"])) == ("ok", Execution("ok").observation, 1)
    assert texts(served)[-1][-1] == run["output"]


def test_a_response_has_them_beside_its_logs(serve: Serve) -> None:
    answer = ask(serve(DRAW, "Drawn."), include=OUTPUTS)
    check_response(answer.to_dict())
    call: Any = answer.output[1]
    logs, image = call.outputs
    assert (logs.type, logs.logs, image.type) == ("logs", LOGS, "image")
    head, data = image.url.split(",")
    assert head == "data:image/png;base64"
    assert is_png(data)


def test_a_response_leaves_them_out_where_nobody_asked(serve: Serve) -> None:
    served = serve(DRAW, "Drawn.")
    assert "iVBOR" not in post(served).text


@pytest.mark.parametrize("asked", [True, False])
def test_a_streamed_response_has_them_in_its_items(serve: Serve, asked: bool) -> None:
    events = stream(serve(DRAW, "Drawn."), include=OUTPUTS if asked else [])
    check_events(events)
    done = [e["item"] for e in events if e["type"] == "response.output_item.done"]
    outputs = [item["outputs"] for item in done if item["type"] == "code_interpreter_call"]
    assert [[o["type"] for o in out or ()] for out in outputs] == [["logs", "image"] if asked else []]


@pytest.mark.parametrize("way", ["items", "previous", "reference"])
def test_the_model_gets_the_text_of_earlier_pictures_alone(serve: Serve, way: str) -> None:
    served = serve(DRAW, "Drawn.", "Again.")
    next_question = {"role": "user", "content": "And now?"}

    async def work(client: openai.AsyncOpenAI) -> None:
        first = await client.responses.create(model="m", input="?", tools=TOOLS, include=OUTPUTS)
        items: Any = [item.to_dict() for item in first.output]
        later: dict[str, Any] = {
            "items": {"input": [{"role": "user", "content": "?"}, *items, next_question]},
            "previous": {"previous_response_id": first.id, "input": [next_question]},
            "reference": {
                "input": [
                    {"role": "user", "content": "?"},
                    *({"type": "item_reference", "id": item["id"]} for item in items),
                    next_question,
                ]
            },
        }[way]
        await client.responses.create(**{"model": "m", "tools": TOOLS, "include": OUTPUTS} | later)

    using(served, work)
    before, after = texts(served)[1:]
    assert after == [*before, "Drawn.", "And now?"]


def test_an_output_that_is_a_picture_alone_is_a_program_that_printed_nothing(serve: Serve) -> None:
    served = serve("Fine.")
    picture = {"type": "image", "url": "data:image/png;base64,iVBOR"}
    call = {"type": "code_interpreter_call", "id": "ci_1", "code": "draw()", "container_id": "c", "outputs": [picture]}
    answer = post(served, input=[{"role": "user", "content": "?"}, call, {"role": "user", "content": "So?"}])
    assert answer.status_code == 200, answer.text
    assert texts(served)[0][-1].startswith(Execution("ok").observation)


@pytest.mark.parametrize("picture", [{"type": "image"}, {"type": "image", "url": 1}, {"type": "video", "url": "x"}])
def test_what_is_no_picture_is_refused(serve: Serve, picture: Any) -> None:
    call = {"type": "code_interpreter_call", "id": "ci_1", "code": "1", "container_id": "c", "outputs": [picture]}
    answer = post(serve(), input=[{"role": "user", "content": "?"}, call])
    assert (answer.status_code, answer.json()["error"]["param"]) == (400, "input[1].outputs")


def test_a_chat_that_comes_back_with_its_pictures_is_read_without(serve: Serve) -> None:
    served = serve(DRAW, "Drawn.", "Again.")
    body = {"model": "m", "messages": [{"role": "user", "content": "?"}], "tools": CHAT_TOOLS}
    message = send(served, "POST", "/v1/chat/completions", body).json()["choices"][0]["message"]
    assert message["code_interpreter"]["executions"][0]["images"]
    body["messages"] += [message, {"role": "user", "content": "And now?"}]
    assert send(served, "POST", "/v1/chat/completions", body).status_code == 200
    before, after = texts(served)[1:]
    assert after == [*before, "Drawn.", "And now?"]


def test_who_reads_an_execution_for_a_record_gets_no_picture() -> None:
    row = {"output": "1", "images": [{"media_type": "image/png", "data": "iVBOR"}]}
    assert set(read_execution(row)) == {"thought", "code", "output", "status", "ms"}


def test_the_pictures_of_a_solve_have_a_bound_together() -> None:
    album, taken = Album(), 0
    for _ in range(20):
        album.add(Picture("image/png", bytes(1 << 20)))
        taken += len(album.take())
    assert (taken << 20, album.take()) == (ALBUM_BYTES, ())


def test_pictures_that_found_no_room_are_gone_and_their_response_is_not(serve: Serve) -> None:
    """A client that draws much costs another neither its conversation nor, by referring to them, memory twice."""
    served = serve("Hello.", DRAW, "Drawn.", "Again.", "And on.", settings=Settings(responses_mb=1, pictures_mb=0))
    other = post(served).json()
    drawn = post(served, include=OUTPUTS).json()
    kept = send(served, "GET", f"/v1/responses/{drawn['id']}?include={OUTPUTS[0]}").json()
    assert [[part["type"] for part in body["output"][1]["outputs"]] for body in (drawn, kept)] == [
        ["logs", "image"],
        ["logs"],
    ]
    for before in (other, drawn):
        assert post(served, previous_response_id=before["id"]).status_code == 200


def test_an_item_that_is_referred_to_comes_without_its_pictures(serve: Serve) -> None:
    served = serve(DRAW, "Drawn.", "Again.")
    call = post(served).json()["output"][1]
    again = post(served, input=[{"type": "item_reference", "id": call["id"]}, {"role": "user", "content": "?"}]).json()
    listed = send(served, "GET", f"/v1/responses/{again['id']}/input_items?include={OUTPUTS[0]}").json()["data"]
    assert [part["type"] for item in listed for part in item.get("outputs") or ()] == ["logs"]
