"""The embedded base's chat template, with which others serve it, spells what LLaMA-Factory trains it on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from llamafactory.data.template import TEMPLATES
from transformers import AutoTokenizer

from math_solver.protocol import SYSTEM_PROMPTS, TOOL, Turn, render_call
from math_solver.server.models.template_calls import TemplateCalls
from math_solver.solving.completions import to_messages

BASE = Path(__file__).parents[2] / "examples/tiny_base"
CALL = render_call("我先算一下。", 'print("√2", 6*7)')
BARE = render_call("", "x = '<b>'\nprint(x)")
TURNS = [
    Turn("user", "计算 6×7。"),
    Turn("assistant", CALL),
    Turn("observation", "√2 42"),
    Turn("assistant", BARE),
    Turn("observation", "<b>"),
    Turn("assistant", "所以 $\\boxed{42}$。"),
    Turn("user", "And 6×8?"),
]


@pytest.mark.parametrize("system", [None, SYSTEM_PROMPTS["zh"]])
@pytest.mark.parametrize("tools", [[], [TOOL]])
@pytest.mark.parametrize("length", [1, 3, 5, 7])
def test_the_chat_template_spells_what_is_trained(length: int, tools: list[object], system: str | None) -> None:
    tokenizer, template = AutoTokenizer.from_pretrained(BASE), TEMPLATES["qwen"]
    turns = TURNS[:length]
    trained = [*(TemplateCalls(template).message(turn) for turn in turns), {"role": "assistant", "content": ""}]
    expected, _ = template.encode_oneturn(tokenizer, trained, system, json.dumps(tools, ensure_ascii=False))
    text = tokenizer.apply_chat_template(
        to_messages(system, turns, "native"),
        tools=[{"type": "function", "function": tool} for tool in tools] or None,
        tokenize=False,
        add_generation_prompt=True,
    )
    assert text == tokenizer.decode(expected)
    assert tokenizer.encode(text, add_special_tokens=False) == expected
