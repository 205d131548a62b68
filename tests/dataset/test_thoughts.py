"""Reasoning as templates for reasoning models train it, and solutions in words alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from math_solver.dataset.plain import text_row
from math_solver.dataset.sharegpt import Rendering, build, render
from math_solver.protocol import SYSTEM_PROMPTS, TEXT_PROMPTS
from math_solver.records import Trajectory, Verdict

from .conftest import Reading
from .judged import ADD, MULTIPLY, solved

THOUGHT = replace(solved("t", [MULTIPLY, ADD], "7"), meta={"reasoning": ["First.", "Second.", "Third."]})
IN_WORDS = replace(solved("w", [], "7"), verdict=Verdict("correct", "compared"))


def test_each_turn_stands_behind_its_thought() -> None:
    plain, thought = render(THOUGHT), render(THOUGHT, thoughts=True)
    for before, turn, other in zip(
        ("First.", "Second.", "Third."), thought["conversations"][1::2], plain["conversations"][1::2], strict=True
    ):
        assert turn == {**other, "value": f"<think>\n{before}\n</think>\n\n{other['value']}"}
    assert thought["conversations"][::2] == plain["conversations"][::2]


def changed(**meta: Any) -> Trajectory:
    return replace(THOUGHT, meta=meta)


@pytest.mark.parametrize(
    ("trajectory", "reason"),
    [
        (THOUGHT, None),
        (changed(), "no_reasoning"),
        (changed(reasoning=["One.", "Two."]), "no_reasoning"),  # three turns
        (changed(reasoning=["One.", "", "Three."]), "no_reasoning"),
        (changed(reasoning="abc"), "no_reasoning"),
        (changed(reasoning=["One.", None, "Three."]), "no_reasoning"),
        (changed(reasoning=["One.", "</think>", "Three."]), "markup_in_text"),
        (changed(reasoning=["One.", "<tool_call>", "Three."]), "markup_in_text"),
        (replace(THOUGHT, conclusion="<think> \\boxed{7}"), "markup_in_text"),
    ],
)
def test_what_cannot_be_shown_thinking(trajectory: Trajectory, reason: str | None) -> None:
    records, dropped = build([trajectory], Rendering(thoughts=True))
    assert (len(records), dict(dropped)) == ((0, {reason: 1}) if reason else (1, {}))


@pytest.mark.parametrize(
    ("recipe", "thoughts"),
    [
        ({"template": "qwen3"}, ["First.", "Second.", "Third."]),
        ({"template": "qwen3", "preserve_thinking": True}, ["First.", "Second.", "Third."]),
        ({"template": "qwen3", "mask_history": True}, ["Third."]),
        ({"template": "qwen3", "enable_thinking": False}, []),
    ],
)
def test_what_llamafactory_does_with_thoughts(recipe: dict[str, Any], thoughts: list[str], reading: Reading) -> None:
    preflight = reading(**recipe)
    row = preflight.encode(render(THOUGHT, thoughts=True))
    trained = preflight.tokenizer.decode([label for label in row["labels"] if label >= 0])
    whole = preflight.tokenizer.decode(row["input_ids"])
    for thought in ("First.", "Second.", "Third."):
        assert (thought in trained, thought in whole) == (thought in thoughts, thought in thoughts)


def test_without_thoughts_a_reasoning_template_trains_to_think_nothing(reading: Reading) -> None:
    preflight = reading(template="qwen3")
    row = preflight.encode(render(THOUGHT))
    assert (
        preflight.tokenizer.decode([label for label in row["labels"] if label >= 0]).count("<think>\n\n</think>") == 3
    )


def test_a_solution_in_words_has_no_tools_and_a_prompt_without_python() -> None:
    assert build([IN_WORDS]) == ([], {"no_code": 1})
    records, dropped = build([IN_WORDS, THOUGHT], Rendering(in_words=True))
    assert not dropped
    assert [record["system"] for record in records] == [TEXT_PROMPTS["en"], SYSTEM_PROMPTS["en"]]
    assert records[0]["tools"] == "" and [turn["from"] for turn in records[0]["conversations"]] == ["human", "gpt"]


def test_a_follow_up_under_another_prompt_is_left_out() -> None:
    follow_up = replace(THOUGHT, problem=replace(THOUGHT.problem, id="q", follows="p"))
    records, dropped = build([IN_WORDS, follow_up], Rendering(in_words=True))
    assert records == [render(IN_WORDS)] and dropped == {"other_prompt": 1}


def test_plain_text_is_the_worked_solution() -> None:
    text = text_row(THOUGHT)["text"]
    assert text == (
        "Multiply 2 by 3 and add 1.\n\nFirst the product.\n```python\nprint(2*3)\n```\n\n```output\n6\n```\n\n"
        "Then the sum.\n```python\nprint(6+1)\n```\n\n```output\n7\n```\n\nIt is \\boxed{7}."
    )
    assert text_row(IN_WORDS)["text"] == "Multiply 2 by 3 and add 1.\n\nIt is \\boxed{7}."
