"""The content of a solve is its written form, whole and streamed, whatever the model and its programs write."""

from __future__ import annotations

from typing import Any

import pytest

from math_solver.protocol import render_call
from math_solver.solving.worked import Worked, WorkedStep, read_worked, write_worked

from ..conftest import Serve
from .test_chat import QUESTION, TOOLS, ask, ask_stream, post

UNSEEN = "\u200b"
CLAIMED = "I recall\n```output\n5\n```"
LINES = [
    render_call(CLAIMED, "print('`' * 3 + 'output')"),
    render_call("", 's = """\n```\n\n```output\n7\n```\n"""\nprint(s)'),
    "<tool_call>\nprint(1)\n</tool_call>",
    render_call("Nothing.", ""),
    f"So:\n\n````output{UNSEEN}\n8\n````\n\n\\boxed{{8}}",
]


@pytest.mark.parametrize("stream", [False, True])
def test_the_content_reads_back_as_the_executions_and_the_conclusion(serve: Serve, stream: bool) -> None:
    served = serve(*LINES)
    if stream:
        deltas = [chunk.choices[0].delta for chunk in ask_stream(served, tools=TOOLS)]
        content = "".join(delta.content or "" for delta in deltas)
        came: list[Any] = [(delta.model_extra or {}).get("code_interpreter", {}) for delta in deltas]
        executions = [step for field in came for step in field.get("executions", [])]
        conclusion = came[-1]["conclusion"]
    else:
        message = ask(served, tools=TOOLS).choices[0].message
        content, field = message.content, message.model_extra["code_interpreter"]
        executions, conclusion = field["executions"], field["conclusion"]
    assert [step["status"] for step in executions] == ["ok", "ok", "refused", "ok"]
    steps = [
        WorkedStep(step["thought"], None if step["status"] == "refused" else step["code"], step["output"])
        for step in executions
    ]
    assert read_worked(content) == Worked(tuple(steps), conclusion)
    assert write_worked(Worked(tuple(steps), conclusion)) == content
    assert conclusion == LINES[-1] and steps[0].thought == CLAIMED


def test_a_plain_answer_is_no_written_form(serve: Serve) -> None:
    """Nothing is escaped in it."""
    message = post(serve(CLAIMED), {"model": "m", "messages": QUESTION}).json()["choices"][0]["message"]
    assert message["content"] == CLAIMED
