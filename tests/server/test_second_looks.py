"""Votes and checks through both endpoints: what comes back, what is refused, and what a second question meets."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Sequence
from typing import Any

import httpx
import pytest
from llamafactory.chat.base_engine import Response

from math_solver.answers import majority
from math_solver.interpreter import Interpreter
from math_solver.protocol import REPLACED, render_call
from math_solver.server.application import build_app
from math_solver.server.models.upstream import UpstreamModel
from math_solver.server.settings import Settings, parse_settings
from math_solver.server.web.errors import ApiError
from math_solver.solving.interpreter_field import read_field
from math_solver.solving.worked import ESCAPE

from ..fake_endpoint import completion, serving
from .conftest import LOOPBACK, ScriptedModel, Serve, Served
from .test_disconnect import active, eventually, listening

TOOLS = [{"type": "code_interpreter"}]
QUESTION = "What is 3 + 4?"
LINE = REPLACED["vote"]["en"]


class Members(ScriptedModel):
    """Solves the question with a program, each solve with the next of its answers; says so to whoever checks it.

    An answer may be an exception, or ``None`` for one that never comes.
    """

    def __init__(self, *answers: str | Exception | None, checks: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.answers, self.checks = list(answers), list(checks)

    async def achat(self, messages: list[dict[str, str]], *args: Any, **kwargs: Any) -> list[Response]:
        self.calls.append({"messages": messages, **kwargs})
        line = self._line(messages[-1])
        if line is None:
            await asyncio.sleep(3600)
            raise AssertionError
        return [Response(line, len(line.split()), 10, "stop")]

    def _line(self, last: dict[str, str]) -> str | None:
        if last["role"] == "observation":
            return f"It is \\boxed{{{last['content']}}}."
        answers: list[Any] = self.checks if "another method" in last["content"] else self.answers
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer and render_call("Compute.", f"print({answer!r})")

    async def astream_chat(self, *args: Any, **kwargs: Any) -> AsyncGenerator[str, None]:
        for response in await self.achat(*args, **kwargs):
            yield response.response_text


def shown(answer: str) -> str:
    program = f"```python\nprint({answer!r})\n```\n\n```output\n{answer}\n```"
    return f"Compute.\n\n{program}\n\nIt is ${{\\boxed{{{answer}}}}}$."


def served_by(interpreter: Interpreter, model: ScriptedModel, **settings: Any) -> Served:
    return Served.of(model, interpreter, Settings(**settings), LOOPBACK)


def ask(
    served: Served, messages: Any = None, *, stream: bool = False, **fields: Any
) -> tuple[str, dict[str, Any], int]:
    """The content, the interpreter's field put together, and the tokens written."""

    async def send() -> tuple[str, dict[str, Any], int]:
        async with served.openai() as client:
            options: Any = {"stream_options": {"include_usage": True}} if stream else {}
            answer: Any = await client.chat.completions.create(
                model="m",
                messages=messages or [{"role": "user", "content": QUESTION}],
                stream=stream,
                extra_body={"tools": TOOLS} | fields,
                **options,
            )
            if not stream:
                message = answer.choices[0].message
                return message.content, message.model_extra["code_interpreter"], answer.usage.completion_tokens
            return await put_together(answer)

    return asyncio.run(send())


async def put_together(chunks: Any) -> tuple[str, dict[str, Any], int]:
    text, field, tokens = "", {"executions": list[Any]()}, 0
    async for chunk in chunks:
        tokens = chunk.usage.completion_tokens if chunk.usage else tokens
        for choice in chunk.choices:
            text += choice.delta.content or ""
            extra = (choice.delta.model_extra or {}).get("code_interpreter", {})
            field["executions"] += extra.pop("executions", [])
            field |= extra
    return text, field, tokens


def without_id(item: dict[str, Any]) -> dict[str, Any]:
    """An item as clients that store nothing send it back."""
    return {name: value for name, value in item.items() if name != "id"}


def post(served: Served, body: dict[str, Any], path: str = "chat/completions") -> Any:
    async def send() -> Any:
        async with served.http() as client:
            return await client.post(f"/v1/{path}", json=body)

    return asyncio.run(send())


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    ("answers", "winner", "outcome"),
    [
        # Two of four leave a vote open to its end, whichever solution ends first.
        (("7", "5", "7", "6"), "7", "plurality"),  # the first is among the winners
        (("5", "7", "6", "7"), "7", "plurality"),
        (("5", "7", "6", "8"), "5", "tie"),  # all differ
        ((RuntimeError("died"), "7", "7", "7"), "7", "unanimous"),
    ],
)
def test_the_reply_is_the_solution_that_wins(
    interpreter: Interpreter, answers: Any, winner: str, outcome: str, stream: bool
) -> None:
    model = Members(*answers)
    content, field, tokens = ask(served_by(interpreter, model), stream=stream, votes=4)
    votes = field["votes"]
    assert (votes["answer"], votes["outcome"], votes["asked"]) == (winner, outcome, 4)
    assert field["conclusion"] == f"It is \\boxed{{{winner}}}."
    first = answers[0]
    fell = stream and isinstance(first, str) and first != winner
    assert content == (f"{shown(str(first))}\n\n{LINE}\n\n" if fell else "") + shown(winner)
    fallen = field.get("replaced", {"executions": 0})["executions"]
    assert (fallen, [row["output"] for row in field["executions"][fallen:]]) == (int(fell), [winner])
    # All are counted: the call has two words a line at least, the conclusion three.
    assert tokens >= 2 * len([answer for answer in answers if isinstance(answer, str)]) + 3 * 3
    assert all(call["temperature"] == 0.7 and call["do_sample"] for call in model.calls)


@pytest.mark.parametrize(
    ("seed", "seeds"),
    [
        (7, {7, 8, 9}),
        (2**63 - 1, {2**63 - 1, -(2**63), -(2**63) + 1}),  # there are none beyond
        (-(2**63), {-(2**63), -(2**63) + 1, -(2**63) + 2}),
    ],
)
@pytest.mark.parametrize("counted", ["votes", "n"])
def test_each_solve_has_a_seed_of_its_own(interpreter: Interpreter, seed: int, seeds: set[int], counted: str) -> None:
    with serving(lambda body: completion(f"\\boxed{{{body['seed']}}}")) as upstream:
        settings = parse_settings({"form": "fenced", "upstream": {"base_url": upstream.url, "model": "m"}})
        assert settings.upstream is not None
        app = build_app(UpstreamModel(settings.upstream, {}), settings, interpreter, LOOPBACK)
        ask(Served(app), **{counted: 3}, seed=seed)
        assert {body["seed"] for body in upstream.bodies} == seeds


PLAIN = f"First.\n\n{LINE}\n\nThen \\boxed{{5}}."


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("tools", [[], TOOLS])
@pytest.mark.parametrize("path", ["chat/completions", "responses"])
def test_a_plain_answer_that_says_the_line_itself_is_history_as_a_whole(
    serve: Serve, stream: bool, tools: Any, path: str
) -> None:
    first = serve(PLAIN)
    follow = {"role": "user", "content": "And one more?"}

    async def talk() -> None:
        async with first.openai() as client:
            if path == "responses":
                said: Any = await client.responses.create(model="m", input=QUESTION, stream=stream)
                said = [event async for event in said][-1].response if stream else said
                assert said.output_text.replace(ESCAPE, "") == PLAIN
                items = [item.to_dict() for item in said.output]
                for answer in (items, list(map(without_id, items))):
                    first.model.lines.append("\\boxed{6}")  # type: ignore[attr-defined]
                    asked: Any = [{"role": "user", "content": QUESTION}, *answer, follow]
                    await client.responses.create(model="m", input=asked, tools=tools)
                return
            messages: Any = [{"role": "user", "content": QUESTION}]
            chat: Any = await client.chat.completions.create(model="m", messages=messages, stream=stream)
            parts = [chunk.choices[0].delta.content or "" async for chunk in chat] if stream else []
            text = "".join(parts) if stream else chat.choices[0].message.content
            assert text.replace(ESCAPE, "") == PLAIN
            first.model.lines.append("\\boxed{6}")  # type: ignore[attr-defined]
            messages += [{"role": "assistant", "content": text}, follow]
            await client.chat.completions.create(model="m", messages=messages, extra_body={"tools": tools})

    asyncio.run(talk())
    for call in first.model.calls[1:]:
        assert [message["content"] for message in call["messages"]] == [QUESTION, PLAIN, "And one more?"]


def test_each_vote_has_a_seed_and_a_temperature_of_its_own_choice_is_kept(interpreter: Interpreter) -> None:
    model = Members("7", "7")
    ask(served_by(interpreter, model), votes=2, temperature=1.5)
    assert {call["temperature"] for call in model.calls} == {1.5}


@pytest.mark.parametrize("stream", [False, True])
def test_history_holds_the_winner_alone_as_it_was_trained(interpreter: Interpreter, stream: bool) -> None:
    content, field, _ = ask(served_by(interpreter, Members("5", "7", "7", "7")), stream=stream, votes=4)
    model = Members("8")
    sent = {"role": "assistant", "content": content, "code_interpreter": field}
    messages = [{"role": "user", "content": QUESTION}, sent, {"role": "user", "content": "And one more?"}]
    ask(served_by(interpreter, model), messages)
    given = model.calls[0]["messages"]
    assert given[:-1] == [
        {"role": "user", "content": QUESTION},
        {"role": "assistant", "content": render_call("Compute.", "print('7')")},
        {"role": "observation", "content": "7"},
        {"role": "assistant", "content": "It is \\boxed{7}."},
    ]


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("way", ["items", "items without ids", "previous_response_id"])
def test_responses_hold_the_winner_alone_too(interpreter: Interpreter, stream: bool, way: str) -> None:
    model = Members("5", "7", "7", "7", "9")
    served = served_by(interpreter, model)

    async def talk() -> Any:
        async with served.openai() as client:
            answer: Any = await client.responses.create(
                model="m",
                input=QUESTION,
                tools=[{"type": "code_interpreter", "container": {"type": "auto"}}],
                include=["code_interpreter_call.outputs"],
                stream=stream,
                extra_body={"votes": 4},
            )
            if stream:
                answer = [event async for event in answer][-1].response
            items = [{"role": "user", "content": QUESTION}, *(item.to_dict() for item in answer.output)]
            if way == "items without ids":
                items = list(map(without_id, items))
            following = {"role": "user", "content": "And one more?"}
            earlier: Any = {"previous_response_id": answer.id, "input": [following]}
            await client.responses.create(
                model="m",
                tools=[{"type": "code_interpreter", "container": {"type": "auto"}}],
                **(earlier if way == "previous_response_id" else {"input": [*items, following]}),
            )
            return answer

    answer = asyncio.run(talk())
    assert answer.output_text.endswith("It is ${\\boxed{7}}$.")
    assert (LINE in answer.output_text) is stream
    assert answer.model_extra["code_interpreter"]["votes"]["groups"][0] == {"answer": "7", "votes": 3, "checked": 0}
    assert answer.usage.output_tokens >= 12
    contents = [message["content"] for message in model.calls[-2]["messages"]]
    assert contents == [
        QUESTION,
        render_call("Compute.", "print('7')"),
        "7",
        "It is \\boxed{7}.",
        "And one more?",
    ]


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    ("answer", "checks", "status", "stands"),
    [
        ("7", ("7",), "agreed", "7"),
        ("5", ("7",), "corrected", "7"),
    ],
)
def test_an_answer_is_checked_by_another_way(
    interpreter: Interpreter, answer: str, checks: tuple[str, ...], status: str, stands: str, stream: bool
) -> None:
    class Deciding(Members):
        def _line(self, last: dict[str, str]) -> str | None:
            if "comes to" in last["content"]:
                return "The check is right: \\boxed{7}."
            return super()._line(last)

    content, field, _ = ask(served_by(interpreter, Deciding(answer, checks=checks)), stream=stream, check=True)
    check = field["check"]
    assert (check["status"], check["answers"][0]) == (status, checks[0])
    assert check["executions"][0]["output"] == checks[0]
    fell = f"{shown(answer)}\n\n{REPLACED['check']['en']}\n\n" if stream and answer != stands else ""
    assert content == fell + shown(stands)


def test_of_a_tie_the_checked_answer_wins(interpreter: Interpreter) -> None:
    class OneChecked(Members):
        def _line(self, last: dict[str, str]) -> str | None:
            return "I cannot." if "another method" in last["content"] and not self.checks else super()._line(last)

    model = OneChecked("7", "7", checks=("7",))
    _, field, _ = ask(served_by(interpreter, model), votes=2, check=True)
    assert [group["checked"] for group in field["votes"]["groups"]] == [1]


REFUSED = [
    ({"votes": 0}, "votes=0 is out of range; give 1 to 16"),
    ({"votes": 1000}, "votes=1000 is out of range; give 1 to 16"),
    ({"votes": "8"}, "votes must be a number, not '8'"),
    ({"votes": 4.0}, "votes must be a whole number, not 4.0"),
    ({"votes": 2.5}, "votes must be a whole number, not 2.5"),
    ({"votes": True}, "votes must be a number, not True"),
    ({"votes": [4]}, "votes must be a number, not [4]"),
    ({"votes": 4, "temperature": 0}, "votes=4 at temperature 0 is the same answer each time"),
    ({"votes": 4, "tools": []}, "votes=4 needs the code interpreter"),
    ({"votes": 4, "tool_choice": "none"}, "votes=4 needs the code interpreter"),
    ({"check": "yes"}, "check must be of type bool, not 'yes'"),
    ({"check": 1}, "check must be of type bool, not 1"),
    ({"check": True, "tools": []}, "check needs the code interpreter"),
    ({"explain": "no"}, "explain must be of type bool, not 'no'"),
    ({"explain": True, "tools": []}, "explain needs the code interpreter"),
]


def test_what_cannot_be_voted_on_is_refused_in_one_line(serve: Serve) -> None:
    served = serve()
    ways = [
        ("chat/completions", {"messages": [{"role": "user", "content": QUESTION}]}),
        ("chat/completions", {"messages": [{"role": "user", "content": QUESTION}], "stream": True}),
        ("responses", {"input": QUESTION}),
        ("responses", {"input": QUESTION, "stream": True}),
    ]
    for fields, message in REFUSED:
        for path, asked in ways:
            response = post(served, {"model": "m", "tools": TOOLS} | asked | fields, path)
            error = response.json()["error"]
            assert response.status_code == 400 and error["param"] in fields
            assert error["message"].startswith(message) and "\n" not in error["message"]


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({"votes": 4, "n": 2}, "votes"),
        ({"votes": 4, "do_sample": False}, "votes"),
        ({"votes": 4, "tools": [{"type": "code_interpreter", "container": {"type": "auto"}}]}, "votes"),
        ({"check": True, "response_format": {"type": "json_object"}}, "check"),
    ],
)
def test_so_is_what_chat_alone_takes(serve: Serve, fields: Any, param: str) -> None:
    body = {"model": "m", "tools": TOOLS, "messages": [{"role": "user", "content": QUESTION}]} | fields
    response = post(serve(), body)
    assert (response.status_code, response.json()["error"]["param"]) == (400, param)


@pytest.mark.parametrize(
    ("fields", "solves"),
    [
        ({}, 3),
        ({"votes": 1}, 1),
        ({"votes": 2}, 2),
        ({"temperature": 0}, 1),  # the client asks for the likeliest answer
        ({"n": 2}, 2),
    ],
)
def test_the_yaml_says_how_many_votes_a_request_has(interpreter: Interpreter, fields: Any, solves: int) -> None:
    model = Members(*["7", "8", "9"][:solves])
    ask(served_by(interpreter, model, votes=3), **fields)
    assert model.answers == [] and len(model.calls) == 2 * solves


def test_the_yaml_may_check_every_answer(interpreter: Interpreter) -> None:
    model = Members("7", checks=("7",))
    assert ask(served_by(interpreter, model, check=True))[1]["check"]["status"] == "agreed"
    assert "check" not in ask(served_by(interpreter, Members("7"), check=True), check=False)[1]


def test_the_yaml_may_explain_every_answer(interpreter: Interpreter) -> None:
    class Explaining(Members):
        def _line(self, last: dict[str, str]) -> str | None:
            return "3 + 4 = 7, so \\boxed{7}." if "Explain this" in last["content"] else super()._line(last)

    assert ask(served_by(interpreter, Explaining("7"), explain=True))[1]["explanation"]["given"] is True
    assert "explanation" not in ask(served_by(interpreter, Explaining("7"), explain=True), explain=False)[1]


def test_answers_in_json_vote_as_they_are_written(interpreter: Interpreter) -> None:
    class Json(Members):
        def _line(self, last: dict[str, str]) -> str | None:
            return json.dumps({"a": self.answers.pop(0)})

    for stream in (False, True):
        format = {"type": "json_object"}
        served = served_by(interpreter, Json("5", "7", "7"))
        content, field, _ = ask(served, stream=stream, votes=3, response_format=format)
        assert json.loads(content) == {"a": "7"}
        assert field["votes"]["groups"][0] == {"answer": '{"a": "7"}', "votes": 2, "checked": 0}


def test_all_that_fail_are_the_failure_of_the_request(interpreter: Interpreter) -> None:
    body = {"model": "m", "tools": TOOLS, "votes": 3, "messages": [{"role": "user", "content": QUESTION}]}
    served = served_by(interpreter, Members(*[RuntimeError("died")] * 3))
    assert post(served, body).status_code == 500
    assert (
        post(served_by(interpreter, Members(*[RuntimeError("died")] * 3)), body | {"stream": True}).status_code == 500
    )


class Breaks(Members):
    """Fails once a program of its solves has run."""

    def _line(self, last: dict[str, str]) -> str | None:
        if last["role"] == "observation":
            raise ApiError("Busy.", status=429)
        return super()._line(last)


@pytest.mark.parametrize(
    ("answers", "final"),
    [
        (("7", None), True),
        ((None, "7"), True),  # what is told is how the first one failed, and another has run a program
        ((None, None), False),
    ],
)
@pytest.mark.parametrize("path", ["chat/completions", "responses"])
def test_a_program_of_any_solve_makes_the_failure_of_all_final(
    interpreter: Interpreter, answers: Sequence[str | None], final: bool, path: str
) -> None:
    asked = {"input": QUESTION} if path == "responses" else {"messages": [{"role": "user", "content": QUESTION}]}
    model = Breaks(*(answer or ApiError("Busy.", status=429) for answer in answers))
    served = served_by(interpreter, model, max_sessions=1)  # one after the other
    response = post(served, {"model": "m", "tools": TOOLS, "votes": 2} | asked, path)
    assert (response.status_code, response.headers.get("x-should-retry")) == (429, "false" if final else None)
    assert active_of(served) == 0


@pytest.mark.parametrize("places", [1, 2, 3])
def test_more_votes_than_places_are_solved_one_after_the_other(interpreter: Interpreter, places: int) -> None:
    served = served_by(interpreter, Members("7", "8", "9", "7", "8"), max_sessions=places)
    assert ask(served, votes=5)[1]["votes"]["outcome"] == "tie"
    assert active_of(served) == 0


def active_of(served: Served) -> int:
    async def get() -> int:
        async with served.http() as client:
            solves: int = (await client.get("/health")).json()["interpreter"]["active_solves"]
            return solves

    return asyncio.run(get())


def test_votes_leave_places_to_single_requests(interpreter: Interpreter) -> None:
    """Two requests of eight votes each that never end, and still a place for one more solve."""
    model = Members(*[None] * 16)
    served = served_by(interpreter, model, max_sessions=6)

    async def run() -> int:
        async with served.http() as client:
            body = {"model": "m", "tools": TOOLS, "messages": [{"role": "user", "content": QUESTION}]}
            waiting = [asyncio.create_task(client.post("/v1/chat/completions", json=body | {"votes": 8}))]
            waiting.append(asyncio.create_task(client.post("/v1/chat/completions", json=body | {"votes": 8})))
            async with asyncio.timeout(30):
                while len(model.calls) < 5:  # a place each, and three more at most
                    await asyncio.sleep(0.01)
            await asyncio.sleep(0.05)
            assert len(model.calls) == 5
            model.answers.insert(0, "7")
            response = await client.post("/v1/chat/completions", json=body)
            for task in waiting:
                task.cancel()
            await asyncio.gather(*waiting, return_exceptions=True)
            return response.status_code

    assert asyncio.run(run()) == 200


@pytest.mark.parametrize("stream", [False, True])
def test_a_client_that_leaves_ends_all_of_its_solves(interpreter: Interpreter, stream: bool) -> None:
    model = Members("7", None, None, None)
    served = served_by(interpreter, model)
    body = {"model": "m", "tools": TOOLS, "messages": [{"role": "user", "content": QUESTION}], "votes": 4}

    before = set(interpreter.sessions)
    with listening(served) as url:
        with pytest.raises(httpx.ReadTimeout):
            with httpx.stream(
                "POST", f"{url}/v1/chat/completions", json=body | {"stream": stream}, timeout=0.7
            ) as answer:
                answer.read()
        assert eventually(lambda: active(url) == 0)
        assert eventually(lambda: set(interpreter.sessions) <= before)
    assert len(model.calls) == 5


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    ("explanations", "given"),
    [
        (["We add 3 and 4: $3 + 4 = 7$. So \\boxed{7}."], True),
        (["There are 9 of them: \\boxed{7}.", "And 11: \\boxed{7}."], False),
    ],
)
def test_the_winner_is_explained_behind_its_conclusion(
    interpreter: Interpreter, explanations: list[str], given: bool, stream: bool
) -> None:
    class Explaining(Members):
        def _line(self, last: dict[str, str]) -> str | None:
            asks = "Explain this" in last["content"] or "explanation" in last["content"]
            return explanations[self.told()] if asks else super()._line(last)

        def told(self) -> int:
            self.explained = getattr(self, "explained", -1) + 1
            return self.explained

    content, field, _ = ask(served_by(interpreter, Explaining("7", "7", "7")), stream=stream, votes=3, explain=True)
    assert field["explanation"]["given"] is given
    added = f"\n\n{explanations[0].replace(chr(92) + 'boxed{7}', '${' + chr(92) + 'boxed{7}}$')}" if given else ""
    whole = shown("7") + added
    # A streamed solution stands before it where two others ended first.
    assert content.endswith(whole) if stream else content == whole


def test_votes_and_checks_are_counted(interpreter: Interpreter) -> None:
    served = served_by(interpreter, Members("7", "7", checks=("7", "7")))
    ask(served, votes=2, check=True)

    async def get() -> str:
        async with served.http() as client:
            return (await client.get("/metrics")).text

    metrics = asyncio.run(get())
    assert 'math_solver_votes_total{outcome="unanimous"} 1.0' in metrics
    assert 'math_solver_checks_total{status="agreed"} 1.0' in metrics
    assert 'math_solver_solves_total{finish="stop"} 4.0' in metrics


def test_the_field_is_read_as_it_was_written(interpreter: Interpreter) -> None:
    class Message:
        model_extra = {"code_interpreter": ask(served_by(interpreter, Members("7", "7")), votes=2)[1]}

    votes = read_field(Message()).votes
    assert votes is not None and votes["answer"] == majority(["7", "7"])[0].answer
