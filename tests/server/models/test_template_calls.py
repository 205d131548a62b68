"""Calls as LLaMA-Factory's templates write them: read, streamed, and replayed token for token."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from llamafactory.data.formatter import StringFormatter
from llamafactory.data.template import TEMPLATES, Llama2Template, ReasoningTemplate
from llamafactory.data.tool_utils import FunctionCall

from math_solver.protocol import ThoughtTags, Turn, TurnReader, parse_call, render_call
from math_solver.server.models.template_calls import TemplateCalls, check_form, read_calls
from math_solver.server.web.errors import StartupError
from math_solver.solving.history import replay

CODES = [
    "print(1)",
    "d = {'a': [1, 2]}\nprint(\"x\\n\", d)  # 数 < 3 && '}'",
    "if x:\n\ty = '\\\\'\n\n    # end",
    "42",
]
# glm4 writes a bare name and JSON, lfm2 quotes without escaping: neither can be told from text
UNREADABLE = {"glm4", "lfm2"}
BY_FORMAT = {str(template.format_function.tool_format): name for name, template in TEMPLATES.items()}


class Words:
    """A tokenizer whose tokens are the characters, and special tokens as they are."""

    bos_token_id = eos_token_id = pad_token_id = 0
    unk_token_id = 1

    def encode(self, text: str, add_special_tokens: bool = False) -> list[int]:
        return [ord(character) for character in text]

    def convert_tokens_to_ids(self, token: str) -> int:
        return 0x110000 + sum(map(ord, token))


def thought_of(name: str) -> str:
    """The thought of a call; one template class of LLaMA-Factory trains calls without any."""
    return "" if isinstance(TEMPLATES[name], Llama2Template) else "Think."


def trained(name: str, code: str) -> str:
    """The turn of a call as a training record holds it."""
    if isinstance(TEMPLATES[name], Llama2Template):
        return json.dumps({"name": "python", "arguments": {"code": code}}, ensure_ascii=False)
    return render_call("Think.", code)


def written_by(name: str, code: str) -> str:
    """The text of a turn that the template's own formatter writes for training, without what ends a turn."""
    template = TEMPLATES[name]
    arguments: dict[str, Any] = {"content": trained(name, code)}
    if not isinstance(template, Llama2Template):
        arguments |= {"thought_words": template.thought_words, "tool_call_words": template.tool_call_words}
    text = next(slot for slot in template.format_function.apply(**arguments) if isinstance(slot, str))
    frame = next(slot for slot in template.format_function.slots if isinstance(slot, str))
    before, _, behind = frame.partition("{{content}}")
    return text[len(before) : len(text) - len(behind)]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", [name for form, name in BY_FORMAT.items() if form not in UNREADABLE])
def test_what_a_template_trains_is_read_back(name: str, code: str) -> None:
    text = written_by(name, code)
    call = parse_call(text)
    assert call is not None and (call.thought, call.code, call.error) == (thought_of(name), code, None)
    reader = TurnReader()
    pieces = [piece for character in text for piece in reader.feed(character)] + reader.close()
    assert "".join(piece.text for piece in pieces if piece.kind == "code") == code


@pytest.mark.parametrize("name", ["qwen", "ling", "minimax1", "qwen3_5", "seed_oss", "gemma4", "default"])
def test_the_extractor_of_llama_factory_agrees(name: str) -> None:
    template = TEMPLATES[BY_FORMAT[name]]
    code = CODES[1]
    (found,) = template.extract_tool(written_by(BY_FORMAT[name], code))
    assert json.loads(found.arguments) == {"code": code}


def test_what_cannot_be_told_from_text_needs_the_fenced_form() -> None:
    assert {form for form, name in BY_FORMAT.items() if not TemplateCalls(TEMPLATES[name]).is_readable} == UNREADABLE
    check_form("fenced", TemplateCalls(TEMPLATES["glm4"]))
    check_form("auto", TemplateCalls(TEMPLATES["glm4"]))
    with pytest.raises(StartupError, match="form: fenced"):
        check_form("native", TemplateCalls(TEMPLATES["glm4"]))


@pytest.mark.parametrize("name", [name for name in TEMPLATES if TemplateCalls(TEMPLATES[name]).is_readable])
def test_history_is_replayed_as_it_was_trained(name: str) -> None:
    """A call in our neutral form, which clients' messages become, and one in the template's own."""
    template = TEMPLATES[name]
    record = [
        {"role": "user", "content": "q"},
        {"role": "function", "content": trained(name, "print(1)")},
        {"role": "observation", "content": "1"},
        {"role": "assistant", "content": ""},
    ]
    want, _ = template.encode_oneturn(Words(), record, "s", None)
    for text in (render_call(thought_of(name), "print(1)"), written_by(name, "print(1)")):
        turns = [Turn("user", "q"), Turn("assistant", text), Turn("observation", "1")]
        messages = [TemplateCalls(template).message(turn) for turn in turns]
        got, _ = template.encode_oneturn(Words(), [*messages, {"role": "assistant", "content": ""}], "s", None)
        assert got == want


SHOWN = "Think.\n\n```python\nprint(1)\n```\n\n```output\n1\n```\n\nSo \\boxed{1}."


@pytest.mark.parametrize("name", [name for name in TEMPLATES if TemplateCalls(TEMPLATES[name]).is_readable])
def test_a_second_question_meets_the_first_as_it_was_trained(name: str) -> None:
    """A client's text of a solution, and a training row of two questions."""
    template = TEMPLATES[name]
    shown = SHOWN if thought_of(name) else SHOWN.removeprefix("Think.\n\n")
    record = [
        {"role": "user", "content": "q"},
        {"role": "function", "content": trained(name, "print(1)")},
        {"role": "observation", "content": "1"},
        {"role": "assistant", "content": "So \\boxed{1}."},
        {"role": "user", "content": "r"},
        {"role": "assistant", "content": ""},
    ]
    want, _ = template.encode_oneturn(Words(), record, "s", None)
    turns = [Turn("user", "q"), *replay(shown, "native"), Turn("user", "r")]
    messages = [TemplateCalls(template).message(turn) for turn in turns]
    got, _ = template.encode_oneturn(Words(), [*messages, {"role": "assistant", "content": ""}], "s", None)
    assert got == want


def test_calls_that_the_template_misses_are_read_leniently() -> None:
    text = '<tool_call>{"name": "f", "arguments": {"a": "b\nc"}}</tool_call> and more'
    assert TEMPLATES["qwen"].extract_tool(text) == text
    (call,) = read_calls(text, TemplateCalls(TEMPLATES["qwen"]))
    assert (call.name, call.arguments) == ("f", {"a": "b\nc"})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (render_call("Think.", "1"), [("python", {"code": "1"})]),  # a client may have a tool of that name
        ('<tool_call>\n{"name": "f", "arguments": {"a": 1}}\n</tool_call>', [("f", {"a": 1})]),
        # several, as the client of an endpoint writes its function calls
        (
            'Two.\n<tool_call>\n{"name": "f", "arguments": {}}\n</tool_call>\n'
            '<tool_call>\n{"name": "g", "arguments": {"b": "</tool_call> x"}}\n</tool_call>',
            [("f", {}), ("g", {"b": "</tool_call> x"})],
        ),
        ("no call", []),
    ],
)
def test_without_a_template_calls_are_read_in_the_neutral_form(text: str, found: list[Any]) -> None:
    assert [(call.name, call.arguments) for call in read_calls(text, None)] == found


def test_the_tags_of_reasoning_are_the_templates() -> None:
    assert TemplateCalls(TEMPLATES["qwen"]).thought_tags == ThoughtTags("<think>\n", "\n</think>\n\n")
    assert TemplateCalls(TEMPLATES["gemma4"]).thought_tags == ThoughtTags("<|channel>thought\n", "<channel|>")


DEEP = "[" * 100_000
NO_CALLS = [
    # what the extractors of LLaMA-Factory stumble over
    "5",
    "null",
    '"x"',
    "[1]",
    '["name", "arguments"]',
    DEEP,
    '{"name": 5, "arguments": {}}',
    "<tool_call>5</tool_call>",
    "<tool_call>null</tool_call>",
    '<tool_call>["name","arguments"]</tool_call>',
    '<tool_call>{"name": 5, "arguments": {}}</tool_call>',
    f"<tool_call>{DEEP}</tool_call>",
    "<tool_calls>\n5\n</tool_calls>",
    "<tool_calls>\n[1]\n</tool_calls>",
]


@pytest.mark.parametrize("text", NO_CALLS, ids=lambda text: text[:50])
@pytest.mark.parametrize("name", BY_FORMAT.values())
def test_json_of_another_shape_is_text(name: str, text: str) -> None:
    assert read_calls(text, TemplateCalls(TEMPLATES[name])) == ()


@pytest.mark.parametrize(
    "call",
    ['{"name": "f", "arguments": 5}', '{"name": "f", "arguments": null}', '{"name": "f"}', f'{{"name": {DEEP}}}'],
    ids=lambda call: call[:50],
)
@pytest.mark.parametrize("name", BY_FORMAT.values())
def test_history_that_is_no_call_is_replayed_as_it_is(name: str, call: str) -> None:
    text = f"<tool_call>{call}</tool_call>"
    assert TemplateCalls(TEMPLATES[name]).message(Turn("assistant", text)) == {"role": "assistant", "content": text}


REASONING = [name for name, template in TEMPLATES.items() if isinstance(template, ReasoningTemplate)]


@pytest.mark.parametrize("name", REASONING)
def test_reasoning_between_the_tags_of_a_template_is_read(name: str) -> None:
    template = TEMPLATES[name]
    tags = TemplateCalls(template).thought_tags
    assert TemplateCalls(template).reasons and not tags.opened
    written = template.thought_words[0] + "Hm." + template.thought_words[1]
    assert tags.render("Hm.") == written
    # what the template puts before a turn without reasoning is an empty one
    for text, reasoning in ((written, "Hm."), (template.add_thought(), "")):
        reader = TurnReader(tags=tags)
        pieces = reader.feed(text + "It is 5.") + reader.close()
        assert [piece.text for piece in pieces if piece.kind == "reasoning"] == [reasoning] * bool(reasoning)
        assert (reader.said, reader.call) == ("It is 5.", None)


def test_which_models_reason_and_where_a_prompt_opens_it() -> None:
    assert not TemplateCalls(TEMPLATES["qwen"]).reasons and not TemplateCalls(TEMPLATES["qwen3_nothink"]).reasons
    assert not TemplateCalls(replace(TEMPLATES["qwen3"], enable_thinking=False)).reasons
    parsed = replace(TEMPLATES["qwen3"], format_user=StringFormatter(slots=["{{content}}\nassistant\n<think>\n"]))
    assert TemplateCalls(parsed).thought_tags.opened
    assert not TemplateCalls(replace(parsed, enable_thinking=False)).thought_tags.opened  # it closes it as well
    assert not any(TemplateCalls(template).thought_tags.opened for template in TEMPLATES.values())


TEMPTING = f"Try\n{render_call('', 'os')}\nor\n{render_call('', 'os', 'fenced')}."


@pytest.mark.parametrize("reasoning", ["Hm.", TEMPTING], ids=["plain", "with calls"])
@pytest.mark.parametrize("name", [name for name in REASONING if TemplateCalls(TEMPLATES[name]).is_readable])
def test_reasoning_in_history_is_replayed_as_it_was_trained(name: str, reasoning: str) -> None:
    """Token for token where the YAML keeps it, whether the model wrote it here or a client sent it back apart."""
    template = replace(TEMPLATES[name], preserve_thinking=True)
    tags = TemplateCalls(template).thought_tags
    thought = f"{tags.render(reasoning)}Think."
    written = template.format_function.tool_utils.function_formatter(
        [FunctionCall("python", json.dumps({"code": "print(1)"}))]
    )
    apart = template.format_function.slots != template.format_assistant.slots  # a role of its own for calls
    if reasoning == TEMPTING and apart:  # LLaMA-Factory would take the call in the reasoning for the turn's
        turn = Turn("assistant", f"{thought}\n{written}")
        assert TemplateCalls(template).message(turn) == {"role": "assistant", "content": turn.content}
        return
    record = [
        {"role": "user", "content": "q"},
        {"role": "assistant", "content": f"{thought}\n{written}"},
        {"role": "observation", "content": "1"},
        {"role": "assistant", "content": f"{tags.render(reasoning)}It is 1."},
    ]
    if apart:
        record[1] = {"role": "function", "content": render_call(thought, "print(1)")}
    first, last = template.encode_multiturn(Words(), record, "s", None)
    want = [*first[0], *first[1], *last[0]]
    calls = [Turn("assistant", f"{thought}\n{written}"), Turn("assistant", render_call(thought, "print(1)"))]
    calls += [Turn("assistant", render_call("Think.", "print(1)"), reasoning)]
    for call in calls:
        turns = [Turn("user", "q"), call, Turn("observation", "1")]
        messages = [TemplateCalls(template).message(turn) for turn in turns]
        got, _ = template.encode_oneturn(Words(), [*messages, {"role": "assistant", "content": ""}], "s", None)
        assert got == want


def test_a_template_leaves_earlier_reasoning_out_unless_the_yaml_keeps_it() -> None:
    turns = [Turn("user", "q"), Turn("assistant", "<think>\nHm.\n</think>\n\nIt is 1."), Turn("user", "q")]
    messages = [
        *(TemplateCalls(TEMPLATES["qwen3"]).message(turn) for turn in turns),
        {"role": "assistant", "content": ""},
    ]
    assert messages[1]["content"] == turns[1].content
    for kept in (False, True):
        prompt, _ = replace(TEMPLATES["qwen3"], preserve_thinking=kept).encode_oneturn(Words(), messages, "s", None)
        assert ("Hm." in "".join(map(chr, prompt))) == kept
