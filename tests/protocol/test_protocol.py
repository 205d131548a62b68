from __future__ import annotations

from typing import Any

import pytest

from math_solver.protocol import (
    CLOSERS,
    CLOSING,
    OPENING,
    SYSTEM_PROMPTS,
    Form,
    ToolCall,
    Turn,
    begin_call,
    call_turn,
    calls_turn,
    detect_lang,
    end_call,
    mark_call,
    parse_call,
    render_call,
    render_calls,
    render_turns,
    system_prompt,
    truncate_middle,
)

from ..test_records import TRAJECTORY

CODES = ["print(1)", "x = 1\nprint('\"', x)", "print('\\n')", "s = '</tool>'", "print('数')", "a\tb", ""]


@pytest.mark.parametrize("form", ["native", "fenced"])
@pytest.mark.parametrize("code", CODES)
def test_a_rendered_call_is_parsed_back(code: str, form: Form) -> None:
    assert parse_call(render_call("I compute.", code, form)) == ToolCall("I compute.", code)


@pytest.mark.parametrize(
    ("text", "call"),
    [
        ("The answer is \\boxed{3}.", None),
        # raw newline inside the JSON string
        ('<tool_call>{"name": "python", "arguments": {"code": "a\nb"}}</tool_call>', ToolCall("", "a\nb")),
        # arguments encoded twice
        ('<tool_call>{"name": "python", "arguments": "{\\"code\\": \\"1\\"}"}</tool_call>', ToolCall("", "1")),
        # text behind the call, a made-up observation among it, is not read
        (
            'Go.\n<tool_call>\n{"name": "python", "arguments": {"code": "1"}}\n</tool_call>\nIt is 5.',
            ToolCall("Go.", "1"),
        ),
        # the model stopped before it closed the call
        ('<tool_call>\n{"name": "python", "arguments": {"code": "1"}}', ToolCall("", "1")),
        ("Go.\n```python\nprint(1)\n", ToolCall("Go.", "print(1)")),
        ("```python\nprint(1)\n```\n```output\n2\n```", ToolCall("", "print(1)")),
    ],
)
def test_parse_call(text: str, call: ToolCall | None) -> None:
    assert parse_call(text) == call


@pytest.mark.parametrize(
    "body",
    [
        '{"name": "python"',
        '{"name": "search", "arguments": {"code": "1"}}',
        '{"name": "python", "arguments": {}}',
        "7",
        "",
    ],
)
def test_an_unreadable_call_says_why(body: str) -> None:
    call = parse_call(f"<tool_call>\n{body}\n</tool_call>")
    assert call is not None and call.code == "" and call.error


def test_turns_of_a_trajectory() -> None:
    assert render_turns(TRAJECTORY) == [
        Turn("user", "1 + 1 等于多少？"),
        Turn(
            "assistant", '相加。\n<tool_call>\n{"name": "python", "arguments": {"code": "print(1 + 1)"}}\n</tool_call>'
        ),
        Turn("observation", "2"),
        Turn("assistant", "答案是 \\boxed{2}。"),
    ]
    assert render_turns(TRAJECTORY, "fenced")[1:3] == [
        Turn("assistant", "相加。\n```python\nprint(1 + 1)\n```"),
        Turn("observation", "```output\n2\n```"),
    ]


@pytest.mark.parametrize("limit", [0, 10, 50, 99, 100, 101, 1000])
def test_truncation_never_exceeds_its_limit(limit: int) -> None:
    assert len(truncate_middle("x" * 100, limit)) <= max(limit, 0)


def test_truncation_keeps_both_ends() -> None:
    cut = truncate_middle("a" * 500 + "b" * 500, 200)
    assert cut.startswith("aaa") and cut.endswith("bbb") and "characters left out" in cut and len(cut) == 200


def test_detect_lang() -> None:
    assert detect_lang("求 x") == "zh"
    assert detect_lang("Find x × √2.") == "en"


@pytest.mark.parametrize(
    ("question", "lang", "prompt"),
    [
        ("Find x.", None, "en"),
        ("求 x", None, "zh"),
        # a solution in another language than its question's
        ("Find x.", "zh", "zh"),
        ("求 x", "en", "en"),
    ],
)
def test_the_system_prompt_follows_from_the_question(question: str, lang: str | None, prompt: str) -> None:
    assert system_prompt(question, lang) == SYSTEM_PROMPTS[prompt]


def test_a_call_in_pieces_is_the_call_as_a_whole() -> None:
    whole = render_calls([("look_up", {"word": "数"}), ("b", {})])
    pieces = [begin_call("look_up"), '{"word": ', '"数"}', end_call(), "\n", begin_call("b"), "{}", end_call()]
    assert "".join(pieces) == whole
    assert render_calls([("b", {})]) == mark_call('{"name": "b", "arguments": {}}')


def test_the_marks_at_which_an_engine_may_stop() -> None:
    """``</invoke>`` is none of them: minimax2 writes a further mark behind it."""
    assert CLOSERS == ("</tool_call>", "</tool_calls>", "</seed:tool_call>", "</minimax:tool_call>", "<tool_call|>")


@pytest.mark.parametrize(
    ("said", "calls", "content", "calls_at"),
    [
        ("", [], "", 0),
        ("So.", [], "So.", 3),
        ("", [("f", {})], f'{OPENING}\n{{"name": "f", "arguments": {{}}}}\n{CLOSING}', 0),
        ("So.", [("f", 1)], f'So.\n{OPENING}\n{{"name": "f", "arguments": 1}}\n{CLOSING}', 4),
    ],
)
def test_a_turn_of_calls_knows_where_they_begin(said: str, calls: Any, content: str, calls_at: int) -> None:
    turn = calls_turn(said, calls)
    assert (turn.role, turn.content, turn.calls_at) == ("assistant", content, calls_at)
    assert turn.calls_nothing is not bool(calls)
    code = call_turn(said, "x")
    one = calls_turn(said, [("python", {"code": "x"})])
    assert (code, code.calls_at) == (one, one.calls_at)
