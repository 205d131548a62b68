"""The loop in front of another endpoint: a small real HTTP server, and this server itself."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from math_solver.interpreter import Interpreter
from math_solver.protocol import SYSTEM_PROMPTS, TOOL, Turn, render_call
from math_solver.server.application import build_app
from math_solver.server.models.upstream import UpstreamModel
from math_solver.server.settings import Settings, Upstream, parse_settings
from math_solver.server.web.errors import StartupError
from math_solver.solving.completions import OpenAIGenerate
from math_solver.solving.loop import Accepted, Completion

from ...fake_endpoint import completion as said
from ...fake_endpoint import serving
from ...poison import STREAMED, endless
from ...streamed import Chunks, calls, says, sent, thinks
from ..chat.test_chat import CONCLUSION, CONTENT, QUESTION, SHOWN, TOOLS, ask, ask_stream, post
from ..conftest import LOOPBACK, Serve, Served
from ..responses.test_responses import post as respond
from ..test_disconnect import listening

FENCED = render_call("Multiply.", "print(12 * 34)", "fenced")
FUNCTION = {"type": "function", "function": {"name": "look_up", "description": "Find.", "parameters": {}}}


class Endpoint(ThreadingHTTPServer):
    """Streams scripted answers, a list of deltas each (or bytes, as they are), or fails with a status."""

    daemon_threads = True

    def __init__(self, *answers: Chunks | bytes | int) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers = list(answers)
        self.bodies: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.broken = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


class Handler(BaseHTTPRequestHandler):
    server: Endpoint

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def do_POST(self) -> None:
        self.server.bodies.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.server.keys.append(self.headers.get("Authorization"))
        answer = self.server.answers.pop(0)
        self.send_response(answer if isinstance(answer, int) else 200)
        self.send_header("Content-Type", "application/json" if isinstance(answer, int) else "text/event-stream")
        self.send_header("x-should-retry", "false")
        self.end_headers()
        if isinstance(answer, int):
            self.wfile.write(json.dumps({"error": {"message": "no room", "type": "t"}}).encode())
            return
        try:
            for event in [answer] if isinstance(answer, bytes) else sent(answer):
                self.wfile.write(event)
        except OSError:
            self.server.broken += 1


@contextmanager
def endpoint(*answers: Chunks | bytes | int) -> Iterator[Endpoint]:
    server = Endpoint(*answers)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def serve_upstream(url: str, interpreter: Interpreter, settings: Settings, **args: Any) -> Served:
    timeout = args.pop("timeout", 600.0)
    model = UpstreamModel(Upstream(base_url=url, model="big", timeout=timeout), args)
    return Served(build_app(model, settings, interpreter, LOOPBACK))


def test_the_fenced_loop_in_front_of_an_endpoint(interpreter: Interpreter) -> None:
    with endpoint(says(FENCED), says(CONCLUSION)) as server:
        served = serve_upstream(server.url, interpreter, Settings(form="fenced"), temperature=0.5, max_new_tokens=99)
        completion = ask(served, tools=TOOLS, seed=3, presence_penalty=0.5, top_p=0.9, max_tokens=50)
    assert completion.choices[0].message.content == CONTENT
    assert completion.usage.total_tokens == 20
    first, second = server.bodies
    assert (first["model"], first["seed"], first["presence_penalty"], first["top_p"]) == ("big", 3, 0.5, 0.9)
    assert (first["temperature"], first["max_tokens"], second["max_tokens"]) == (0.5, 50, 47)
    assert (first["stop"], "tools" in first) == (["```output"], False)
    assert second["messages"] == [
        {"role": "system", "content": SYSTEM_PROMPTS["en"]},
        *QUESTION,
        {"role": "assistant", "content": FENCED},
        {"role": "user", "content": "```output\n408\n```"},
    ]


def test_the_native_loop_sends_functions_and_streams_the_program(interpreter: Interpreter) -> None:
    arguments = json.dumps({"code": "print(12 * 34)"})
    with endpoint(calls("Multiply.", ("python", arguments)), says(CONCLUSION)) as server:
        served = serve_upstream(server.url, interpreter, Settings())
        chunks = ask_stream(served, tools=TOOLS)
    pieces = [text for chunk in chunks if chunk.choices and (text := chunk.choices[0].delta.content)]
    assert "".join(pieces) == CONTENT and len(pieces) > 10
    first, second = server.bodies
    assert first["tools"] == [{"type": "function", "function": TOOL}]
    _, _, called, result = second["messages"]
    assert called["content"] == "Multiply."
    assert json.loads(called["tool_calls"][0]["function"]["arguments"]) == {"code": "print(12 * 34)"}
    assert result == {"role": "tool", "tool_call_id": called["tool_calls"][0]["id"], "content": "408"}


CALLED = ("python", json.dumps({"code": "print(12 * 34)"}))
# What is a call in a turn is none in reasoning.
THOUGHTS = ("Try:\n```python\nprint(0)\n```\n", "Now \\boxed{408}.")


@pytest.mark.parametrize("field", ["reasoning_content", "reasoning"])
@pytest.mark.parametrize("stream", [True, False])
def test_reasoning_that_the_endpoint_tells_apart_is_passed_on(
    interpreter: Interpreter, stream: bool, field: str
) -> None:
    first, second = (thinks(text, field) for text in THOUGHTS)
    with endpoint([*first, *calls("Multiply.", CALLED)], [*second, *says(CONCLUSION)]) as server:
        served = serve_upstream(server.url, interpreter, Settings())
        if stream:
            deltas = [chunk.choices[0].delta for chunk in ask_stream(served, tools=TOOLS)]
            thoughts = [delta.model_extra.get("reasoning_content", "") for delta in deltas]
            assert len(list(filter(None, thoughts))) > 10
            content, reasoning = "".join(delta.content or "" for delta in deltas), "".join(thoughts)
        else:
            message = ask(served, tools=TOOLS).choices[0].message
            content, reasoning = message.content, message.reasoning_content
    assert (content, reasoning) == (CONTENT, "\n\n".join(THOUGHTS))
    called = server.bodies[1]["messages"][2]
    assert (called["content"], called["reasoning_content"]) == ("Multiply.", THOUGHTS[0])  # DeepSeek wants it back


@pytest.mark.parametrize("form", ["native", "fenced"])
@pytest.mark.parametrize("stream", [True, False])
def test_reasoning_that_the_endpoint_leaves_in_its_text_is_told_apart(
    interpreter: Interpreter, stream: bool, form: Any
) -> None:
    first, second = (f"<think>\n{text.strip()}\n</think>\n\n" for text in THOUGHTS)
    turn = calls(f"{first}Multiply.", CALLED) if form == "native" else says(first + FENCED)
    with endpoint(turn, says(second + CONCLUSION)) as server:
        served = serve_upstream(server.url, interpreter, Settings(form=form))
        if stream:
            deltas = [chunk.choices[0].delta for chunk in ask_stream(served, tools=TOOLS)]
            content = "".join(delta.content or "" for delta in deltas)
            reasoning = "".join(delta.model_extra.get("reasoning_content", "") for delta in deltas)
        else:
            message = ask(served, tools=TOOLS).choices[0].message
            content, reasoning = message.content, message.reasoning_content
    assert (content, reasoning) == (CONTENT, "\n\n".join(text.strip() for text in THOUGHTS))
    # what goes back is what the model wrote
    said = f"{first}Multiply." if form == "native" else first + FENCED
    assert server.bodies[1]["messages"][2]["content"] == said


def test_reasoning_goes_back_with_a_call_only(interpreter: Interpreter) -> None:
    thought = thinks("Look it up.")
    answers = [*thought, *calls("", ("look_up", "{}"))], [*thought, *says("It is y.")], says("Bye.")
    with endpoint(*answers) as server:
        served = serve_upstream(server.url, interpreter, Settings())
        history: list[Any] = [*QUESTION]
        for reply in ("y", "thanks", None):
            message = ask(served, tools=[FUNCTION], messages=history).choices[0].message
            called = [{"role": "tool", "tool_call_id": call.id} for call in message.tool_calls or ()]
            history += [message.model_dump(), {**(called[0] if called else {"role": "user"}), "content": reply}]
    sent_back = [message.get("reasoning_content") for message in server.bodies[2]["messages"]]
    assert sent_back == [None, "Look it up.", None, None, None]


@pytest.mark.parametrize("reasoning", [5, "\ud83d"])
def test_reasoning_in_history_must_be_text(interpreter: Interpreter, reasoning: Any) -> None:
    with endpoint() as server:
        said = {"role": "assistant", "content": "a", "reasoning_content": reasoning}
        body = {"messages": [*QUESTION, said, *QUESTION], "tools": TOOLS}
        response = post(serve_upstream(server.url, interpreter, Settings()), body)
    assert (response.status_code, response.json()["error"]["param"]) == (400, "messages[1].reasoning_content")


def test_a_response_holds_the_reasoning_as_items(interpreter: Interpreter) -> None:
    first, second = (thinks(text) for text in THOUGHTS)
    with endpoint([*first, *calls("Multiply.", CALLED)], [*second, *says(CONCLUSION)], says("Yes.")) as server:
        served = serve_upstream(server.url, interpreter, Settings())
        response = respond(served).json()
        assert respond(served, input="Sure?", previous_response_id=response["id"]).status_code == 200
    kinds = ["reasoning", "message", "code_interpreter_call", "reasoning", "message"]
    assert [item["type"] for item in response["output"]] == kinds
    assert [item["content"][0]["text"] for item in response["output"] if item["type"] == "reasoning"] == [*THOUGHTS]
    assert server.bodies[2]["messages"][2]["reasoning_content"] == THOUGHTS[0]


@pytest.mark.parametrize("form", ["native", "fenced"])
def test_the_clients_own_functions_go_through(interpreter: Interpreter, form: Any) -> None:
    with endpoint(calls("", ("look_up", '{"word": "x"}')), says(CONCLUSION)) as server:
        served = serve_upstream(server.url, interpreter, Settings(form=form))
        (choice,) = ask(served, tools=[*TOOLS, FUNCTION]).choices
        assert choice.finish_reason == "tool_calls"
        (call,) = choice.message.tool_calls
        assert (call.function.name, call.function.arguments) == ("look_up", '{"word": "x"}')
        history = [*QUESTION, choice.message.model_dump(), {"role": "tool", "tool_call_id": call.id, "content": "y"}]
        assert ask(served, tools=[*TOOLS, FUNCTION], messages=history).choices[0].message.content == SHOWN
    *_, called, result = server.bodies[1]["messages"]
    assert called["tool_calls"][0]["function"] == {"name": "look_up", "arguments": '{"word": "x"}'}
    assert (result["role"], result["content"]) == ("tool", "y")


def test_plain_requests_and_several_calls(interpreter: Interpreter) -> None:
    with endpoint(says("hello"), calls("Two.", ("a", '{"x": 1}'), ("b", ""))) as server:
        served = serve_upstream(server.url, interpreter, Settings())
        assert ask(served).choices[0].message.content == "hello"
        message = ask(served, tools=[FUNCTION]).choices[0].message
    assert [(call.function.name, call.function.arguments) for call in message.tool_calls] == [
        ("a", '{"x": 1}'),
        ("b", "{}"),
    ]
    assert "tools" not in server.bodies[0] and "stop" not in server.bodies[0]


@pytest.mark.parametrize(("answer", "status"), [(429, 429), (500, 502), (401, 502), (404, 404), (400, 400)])
def test_an_endpoint_that_fails_is_an_openai_error(interpreter: Interpreter, answer: int, status: int) -> None:
    with endpoint(answer) as server:
        response = post(serve_upstream(server.url, interpreter, Settings()), {"messages": QUESTION, "tools": TOOLS})
    assert response.status_code == status
    assert "no room" in response.json()["error"]["message"]


BROKEN = (b"data: {not json\n\n", b'data: {"choices": [{"index": 0, "delta": null}]}\n\n')


@pytest.mark.parametrize("chunks", [says(CONCLUSION)[:-2], says(FENCED[:-8])[:-2], *BROKEN])
@pytest.mark.parametrize("stream", [False, True])
def test_an_answer_that_breaks_off_is_a_failure_and_nothing_of_it_is_run(
    interpreter: Interpreter, chunks: Any, stream: bool
) -> None:
    with endpoint(chunks) as server:
        served = serve_upstream(server.url, interpreter, Settings(form="fenced"))
        response = post(served, {"messages": QUESTION, "tools": TOOLS, "stream": stream})
    assert "upstream endpoint" in response.text and "executions" not in response.text
    assert response.status_code == (200 if stream else 502)
    assert len(server.bodies) == 1


def test_poison_is_an_openai_error_and_the_next_answer_comes_through(interpreter: Interpreter) -> None:
    def answer(body: dict[str, Any]) -> Any:
        name = next(one["content"] for one in body["messages"] if one["role"] == "user")
        return STREAMED[name][0] if name in STREAMED else said("It is 5.")

    with serving(answer) as server:
        for number, (name, (_, told)) in enumerate(STREAMED.items()):
            stream = number % 2 == 0
            served = serve_upstream(server.url, interpreter, Settings(form="fenced"), timeout=2.0)
            asked = {"messages": [{"role": "user", "content": name}], "tools": TOOLS, "stream": stream}
            response = post(served, asked)
            assert response.status_code == (200 if stream else 502), name
            assert "upstream endpoint" in response.text and told in response.text, name
        served = serve_upstream(server.url, interpreter, Settings(form="fenced"))
        assert ask(served, tools=TOOLS).choices[0].message.content == "It is 5."


@pytest.mark.parametrize("stream", [False, True])
def test_a_model_that_never_stops_is_cut(interpreter: Interpreter, stream: bool) -> None:
    with serving(lambda body: endless) as server:
        served = serve_upstream(server.url, interpreter, Settings(form="fenced"), max_new_tokens=20)
        response = post(served, {"messages": QUESTION, "tools": TOOLS, "stream": stream})
    assert response.status_code == 200 and '"finish_reason":"length"' in response.text.replace(": ", ":")
    assert len(response.text) < 200_000


def test_an_endpoint_that_is_not_there_is_an_openai_error(interpreter: Interpreter) -> None:
    with endpoint() as server:
        url = server.url
    response = post(serve_upstream(url, interpreter, Settings()), {"messages": QUESTION, "tools": TOOLS})
    assert response.status_code == 502


def generate(url: str, **options: Any) -> list[Any]:
    from openai import AsyncOpenAI

    async def collect() -> list[Any]:
        async with AsyncOpenAI(base_url=url, api_key="k") as client:
            ask = OpenAIGenerate(client, "m", None, "fenced", **options)
            parts = [part async for part in ask((Turn("user", "q"),), max_tokens=None)]
            assert parts[0] == Accepted(), "which is told when the headers are there"
            return parts[1:]

    return asyncio.run(collect())


def test_a_model_that_talks_on_is_cut_off() -> None:
    with endpoint(says(f"{FENCED}\n" + "and so on, " * 2000, usage=None)) as server:
        *pieces, completion = generate(server.url)
    assert isinstance(completion, Completion)
    assert completion.text == "".join(map(str, pieces)) == FENCED
    assert completion.finish_reason == "stop"
    assert 0 < completion.completion_tokens < 100


def test_stop_strings_and_limits() -> None:
    with endpoint(says("one END two"), says("one", "length")) as server:
        assert generate(server.url, stop=("END",))[-1] == Completion("one ", "halt", 0, 3)
        assert generate(server.url)[-1] == Completion("one", "length", 7, 3)


def test_this_server_is_an_endpoint_for_itself(serve: Serve, interpreter: Interpreter) -> None:
    behind = serve(FENCED, CONCLUSION)
    with listening(behind) as url:
        served = serve_upstream(f"{url}/v1", interpreter, Settings(form="fenced"))
        completion = ask(served, tools=TOOLS)
    assert completion.choices[0].message.content == CONTENT
    assert completion.usage.prompt_tokens == 20
    assert [call["system"] for call in behind.model.calls] == [SYSTEM_PROMPTS["en"]] * 2


def test_the_stock_routes_stay_and_a_shutdown_closes_the_connections() -> None:
    model = UpstreamModel(Upstream(base_url="http://127.0.0.1:9/v1", model="m"), {})

    async def main() -> list[int]:
        with Interpreter() as unshared:  # the application's end is the interpreter's
            served = Served(build_app(model, Settings(), unshared, LOOPBACK))
            async with served.app.router.lifespan_context(served.app), served.http() as client:
                assert not model._client.is_closed()
                models = await client.get("/v1/models")
                scores = await client.post("/v1/score/evaluation", json={"model": "m", "messages": ["x"]})
        return [models.status_code, scores.status_code]

    assert asyncio.run(main()) == [200, 405]
    assert model._client.is_closed()


def test_the_section_names_the_endpoint(monkeypatch: pytest.MonkeyPatch) -> None:
    section = {"base_url": "http://h/v1", "model": "m", "api_key_env": "UPSTREAM_KEY", "timeout": 5}
    upstream = parse_settings({"upstream": section}).upstream
    assert upstream == Upstream(base_url="http://h/v1", model="m", api_key_env="UPSTREAM_KEY", timeout=5)
    with pytest.raises(StartupError, match="UPSTREAM_KEY is not set"):
        UpstreamModel(upstream, {})
    monkeypatch.setenv("UPSTREAM_KEY", "k")
    UpstreamModel(upstream, {"temperature": 0})
    with pytest.raises(StartupError, match="remove model_name_or_path or the upstream"):
        UpstreamModel(upstream, {"model_name_or_path": "x"})


@pytest.mark.parametrize(
    ("section", "says"),
    [
        ("http://h/v1", "must be a section"),
        ({"model": "m"}, "upstream.base_url is missing"),
        ({"base_url": "http://h/v1"}, "upstream.model is missing"),
        ({"base_url": "h:1", "model": "m"}, "such as http"),
        ({"base_url": "http://h", "model": 3}, "upstream.model: 3"),
        ({"base_url": "http://h", "model": "m", "key": "secret"}, "upstream.key: unknown"),
        ({"base_url": "http://h", "model": "m", "timeout": 0}, "upstream.timeout"),
    ],
)
def test_what_does_not_name_an_endpoint(section: Any, says: str) -> None:
    with pytest.raises(StartupError, match=says):
        parse_settings({"upstream": section})


def test_a_conversation_goes_on_behind_a_call_that_was_not_run(interpreter: Interpreter) -> None:
    def program(code: str) -> tuple[str, str]:
        return "python", json.dumps({"code": code})

    tools = [{"type": "code_interpreter"}, {"type": "function", "name": "look_up", "parameters": {}}]
    answers = [calls("", program("print(1)")), calls("", program("print(2)")), calls("", ("look_up", "{}"))]
    with endpoint(*answers, says("Five.")) as server:
        served = serve_upstream(server.url, interpreter, Settings(rounds=1))
        response: Any = {"id": None}
        for question in ("q", "r", "s"):
            fields = {"model": "m", "input": question, "tools": tools, "previous_response_id": response["id"]}
            response = asyncio.run(_respond(served, fields))
    roles = [message["role"] for message in server.bodies[-1]["messages"]]
    asked = ["system", "user", "assistant", "tool", "assistant", "tool", "user", "assistant", "tool", "user"]
    assert roles == asked and response["status"] == "completed"


async def _respond(served: Served, fields: dict[str, Any]) -> Any:
    async with served.http() as client:
        return (await client.post("/v1/responses", json=fields)).json()
