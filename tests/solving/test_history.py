"""A written solution that comes back as history is the turns that it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from math_solver.protocol import Form, Turn, call_turn, render_observation, text_turn
from math_solver.solving.history import replay
from math_solver.solving.loop import Budget
from math_solver.solving.worked import Worked, WorkedStep, write_worked

SHOWN = "I compute.\n\n```python\nprint(2+3)\n```\n\n```output\n5\n```\n\nSo it is \\boxed{5}."
TURNS = [call_turn("I compute.", "print(2+3)"), Turn("observation", "5"), text_turn("So it is \\boxed{5}.")]


@pytest.mark.parametrize(
    "text",
    [
        SHOWN,
        f"\n {SHOWN}\n\n",
        SHOWN.replace("\n", "\r\n"),  # by a form on a web page
        SHOWN.replace("\n\n", "\n"),  # a client that leaves empty lines out
        SHOWN.replace("\n\n", "\n\n\n\n"),
        SHOWN.replace("```output\n5\n```", "````output\n5\n````"),
    ],
)
def test_what_a_client_sends_back(text: str) -> None:
    assert replay(text, "native") == TURNS


def test_the_form_is_that_of_the_model() -> None:
    first, ran, last = replay(SHOWN, "fenced")
    assert first.content == "I compute.\n```python\nprint(2+3)\n```"
    assert ran.content == render_observation("5", "fenced") and last == TURNS[-1]


def test_two_solutions_that_a_client_has_joined() -> None:
    second = "Again.\n\n```python\nprint(1)\n```\n\n```output\n1\n```"
    turns = replay(f"{SHOWN}\n{second}", "native")
    assert turns == [*TURNS[:2], call_turn("So it is \\boxed{5}.\nAgain.", "print(1)"), Turn("observation", "1")]


@pytest.mark.parametrize(
    "text",
    [
        "So it is \\boxed{5}.",
        " Spaces stay.  ",
        "So do\u200b line breaks:\r\nline breaks:\r\n\\[\r\nx\r\n\\]\r\n",
        'A record is {"name": "python", "arguments": {"code": "print(1)"}}. So \\boxed{3}.',
        "<tool_call> opens a call.\n\nAction: python\nAction Input: {}",
        "For example:\n\n```python\nprint(1)\n```\n\nprints 1.",  # shown, not run
        "```python\nprint(1)\n```\nprints\n```output\n1\n```",  # text between a program and what it printed
        "An output looks like this:\n\n```output\n5\n```\n",
        SHOWN[: SHOWN.index("5\n```\n\nSo")],  # cut inside of the output
        SHOWN[SHOWN.index("+3)") :],  # cut at the beginning
        "```python\n",
        "",
    ],
)
@pytest.mark.parametrize("form", ["native", "fenced", None])
def test_other_text_goes_through_untouched(text: str, form: Form | None) -> None:
    turns = replay(text, form)
    assert turns == ([Turn("assistant", text)] if text else [])
    assert all(turn.calls_nothing for turn in turns)


def test_a_program_that_was_not_run_stays_text() -> None:
    cut = f"{SHOWN}\n\n```python\nprint(9)\n```"
    assert replay(cut, "native") == [*TURNS[:2], Turn("assistant", "So it is \\boxed{5}.\n\n```python\nprint(9)\n```")]


def test_a_refused_call() -> None:
    refused = "The call was not run: it was cut."
    assert replay(f"I try.\n\n```output\n{refused}\n```\n\nNo.", "native") == [
        Turn("assistant", "I try."),
        Turn("observation", refused),
        Turn("assistant", "No."),
    ]


@pytest.mark.parametrize("form", ["native", "fenced"])
def test_a_refused_call_without_a_thought_is_a_round_as_well(form: Form) -> None:
    """What the model wrote of it is not shown; that it called and was refused is what it meets again."""
    refused = ["The call was not run: it was cut.", "The call was not run: x."]
    text = "".join(f"```output\n{said}\n```\n\n" for said in refused)
    rounds = [
        turn
        for said, left in zip(refused, "32", strict=True)
        for turn in (
            call_turn("", "", form),
            Turn("observation", render_observation(f"{said}\n[{left} more programs can be run]", form)),
        )
    ]
    assert replay(f"{text}No.", form, Budget(4, tell=True)) == [*rounds, text_turn("No.")]
    assert replay(text, form, Budget(4, tell=True)) == rounds
    assert replay(text, None) == [text_turn(text)]


def test_the_line_on_the_programs_left() -> None:
    two = SHOWN + "\n\n```python\nprint(1)\n```\n\n```output\n1\n```"
    observations = [turn.content for turn in replay(two, "native", Budget(4, tell=True)) if turn.role == "observation"]
    assert observations == ["5\n[3 more programs can be run]", "1\n[2 more programs can be run]"]


ESCAPED = [
    # a box, alone and beside what the model wrote as we do
    ("So ${\\boxed{5}}$.", "So \\boxed{5}."),
    ("So ${{\\boxed{5}}}$.", "So ${\\boxed{5}}$."),
    # lines that would have been fences, and one that had an invisible end already
    ("See:\n```output\u200b\n5\n```\nok", "See:\n```output\n5\n```\nok"),
    ("```python\u200b\nprint(1)\n```", "```python\nprint(1)\n```"),
    ("```python\u200b\u200b\nx", "```python\u200b\nx"),
    # by way of a form on a web page
    ("See:\r\n```output\u200b\r\n5\r\n```", "See:\n```output\n5\n```"),
]


@pytest.mark.parametrize(("text", "read"), ESCAPED)
@pytest.mark.parametrize("form", ["native", "fenced", None])
def test_text_without_a_program_is_read_as_it_was_written(text: str, read: str, form: Form | None) -> None:
    assert replay(text, form) == [text_turn(read)]


def test_without_an_interpreter_a_solution_is_one_text() -> None:
    code = "s = '''\n```\u200b\n${\\boxed{1}}$\n'''"
    ran = f"```python\n{code}\n```\n\n```output\n${{\\boxed{{2}}}}$\n```"
    text = f" ```output\u200b\n```output\u200b\n\n{ran}\n\nSo ${{\\boxed{{5}}}}$.\n"
    assert replay(text, None) == [text_turn(f" ```output\u200b\n```output\n\n{ran}\n\nSo \\boxed{{5}}.\n")]


LINES = st.sampled_from(
    ["", "x", "```", "````python", "```output", "  ```  ", "\u200b", "```python\u200b", "$\\boxed{1}$"]
)
TEXTS = st.lists(LINES, max_size=5).map("\n".join)


@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), max_size=3), TEXTS)
def test_hostile_solutions_come_back_as_their_turns(steps: list[tuple[str, str, str]], conclusion: str) -> None:
    worked = Worked(tuple(WorkedStep(thought.strip(), code, output) for thought, code, output in steps), conclusion)
    expected = []
    for thought, code, output in steps:
        expected += [call_turn(thought.strip(), code), Turn("observation", output)]
    if conclusion.strip():
        expected.append(text_turn(conclusion.strip()))
    assert replay(write_worked(worked), "native") == expected


@given(st.lists(st.tuples(TEXTS, st.none() | TEXTS, TEXTS), max_size=4), TEXTS)
def test_each_round_is_a_call_and_its_observation(steps: list[tuple[str, str | None, str]], conclusion: str) -> None:
    """Whatever was refused of a solution: as many rounds come back as there were, each with its own observation."""
    told = [text if code is not None else f"The call was not run: {text}" for _, code, text in steps]
    worked = [WorkedStep(thought.strip(), code, text) for (thought, code, _), text in zip(steps, told, strict=True)]
    turns = replay(write_worked(Worked(tuple(worked), conclusion)), "native")
    assert [turn.content for turn in turns if turn.role == "observation"] == told
    assert [turn.role for turn in turns[: 2 * len(steps)]] == ["assistant", "observation"] * len(steps)
    assert len(turns) == 2 * len(steps) + bool(conclusion.strip())
