"""Reasoning at the beginning of a turn: told apart however the turn is cut, and never a call, whatever it holds."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from math_solver.protocol import (
    THINK,
    ThoughtTags,
    ToolCall,
    TurnReader,
    Watch,
    read_turn,
    render_call,
    without_thought,
)

CALL = render_call("Add.", "1 + 1")
FENCED = render_call("Add.", "1 + 1", "fenced")
OPENED = ThoughtTags(opened=True)
SEED = ThoughtTags("<seed:think>", "</seed:think>")
GPT = ThoughtTags("<|channel|>analysis<|message|>", "<|end|><|start|>assistant<|channel|>final<|message|>")
# A whole call of each form, which a model may well try out in its head.
TEMPTING = f'Try\n{CALL}\nor\n{FENCED}\n```output\n2\n```\nAction: python\nAction Input: {{"code": "1"}}'

TURNS = [
    # tags, turn, reasoning, text, code
    (THINK, "<think>\nHm.\n</think>\n\nIt is 5.", "Hm.", "It is 5.", ""),
    (THINK, f"<think>\nHm.\n</think>\n\n{CALL}", "Hm.", "Add.", "1 + 1"),
    (THINK, f" \n<think>Hm.</think>{FENCED}\nso", "Hm.", "Add.", "1 + 1"),
    (THINK, f"<think>\n{TEMPTING}\n</think>\n\n{CALL}", TEMPTING, "Add.", "1 + 1"),
    (THINK, f"<think>\n{TEMPTING}\n</think>\n\nIt is 5.", TEMPTING, "It is 5.", ""),
    # marks that are none, or not yet
    (THINK, "<think>a <b> </thin> </ think></think>c", "a <b> </thin> </ think>", "c", ""),
    (THINK, "<think>a</think", "a</think", "", ""),
    (THINK, "<think>a\n\n", "a", "", ""),
    (THINK, "<thi", "", "<thi", ""),
    (THINK, "<thinking>a</thinking>", "", "<thinking>a</thinking>", ""),
    (THINK, "So <think>a</think>", "", "So <think>a</think>", ""),
    (THINK, f"It is </think> {CALL}", "", "It is </think> Add.", "1 + 1"),
    # nothing between the tags, nothing at all, a closing tag alone
    (THINK, "<think>\n\n</think>\n\nIt is 5.", "", "It is 5.", ""),
    (THINK, "<think></think>", "", "", ""),
    (THINK, " \n ", "", "", ""),
    (THINK, "</think>It is 5.", "", "It is 5.", ""),
    # reasoning goes on
    (THINK, "<think>\n\n</think>\n\n<think>a</think> <think> </think><think>b</think>\nc", "a\n\nb", "c", ""),
    (THINK, f"<think>a</think></think>\n<think>\n{TEMPTING}", f"a\n\n\n{TEMPTING}", "", ""),
    # the prompt opened it
    (OPENED, "Hm.\n</think>\n\nIt is 5.", "Hm.", "It is 5.", ""),
    (OPENED, f"{TEMPTING}</think>{CALL}", TEMPTING, "Add.", "1 + 1"),
    (OPENED, "<think>\nHm.</think>c", "Hm.", "c", ""),
    (OPENED, "</think>c", "", "c", ""),
    (OPENED, TEMPTING, TEMPTING, "", ""),
    (OPENED, "<thi", "<thi", "", ""),
    (OPENED, "", "", "", ""),
    # the tags of others, and a call that must begin a line
    (SEED, f"<seed:think>{TEMPTING}</seed:think>{CALL}", TEMPTING, "Add.", "1 + 1"),
    (SEED, "<think>a</think>b", "", "<think>a</think>b", ""),
    (
        GPT,
        f'{GPT.opening}a <|end|> b{GPT.closing}Action: python\nAction Input: {{"code": "1 + 1"}}',
        "a <|end|> b",
        "",
        "1 + 1",
    ),
]


def read(chunks: list[str], tags: ThoughtTags) -> tuple[str, str, str, ToolCall | None, int, int | None, str]:
    reader = TurnReader(tags=tags)
    pieces = [piece for chunk in chunks for piece in reader.feed(chunk)] + reader.close()
    assert all(piece.text for piece in pieces)
    joined = ("".join(piece.text for piece in pieces if piece.kind == kind) for kind in ("reasoning", "text", "code"))
    return (*joined, reader.call, reader.start, reader.end, reader.said)  # type: ignore[return-value]


def cuts(turn: str, rng: random.Random) -> Iterator[list[str]]:
    """The turn in characters, in two at every place, and in random pieces."""
    yield list(turn)
    for at in range(len(turn)):
        yield [turn[:at], turn[at:]]
    for _ in range(60):
        places = sorted(rng.sample(range(len(turn) + 1), rng.randint(0, min(12, len(turn)))))
        yield [turn[a:b] for a, b in zip([0, *places], [*places, len(turn)], strict=True)]


@pytest.mark.parametrize(("tags", "turn", "reasoning", "text", "code"), TURNS)
def test_reasoning_is_told_apart_however_it_is_cut(
    tags: ThoughtTags, turn: str, reasoning: str, text: str, code: str
) -> None:
    whole = read([turn], tags)
    assert whole[:3] == (reasoning, text, code)
    call, start, end, said = whole[3:]
    assert (call is not None) == bool(code) and turn.endswith(said)
    if call is not None:
        assert (call.thought, call.code, call.error) == (text, code, None)
        assert end is not None and start < end <= len(turn)
    for chunks in cuts(turn, random.Random(turn)):
        assert read(chunks, tags) == whole, chunks


SCRAPS = [
    *(
        "<think>",
        "</think>",
        "<think>\n",
        "\n</think>\n\n",
        "<",
        "</",
        "think>",
        "<thi",
        "nk>",
        "\n",
        " ",
        "x",
        "Add.",
    ),
    *(CALL, FENCED, "<tool_call>", "</tool_call>", "```python\n", "```", "\n```\n", '{"name": "python", '),
]


def split(turn: str, opened: bool) -> tuple[str, str]:
    """What is said, and the reasoning without white space, by reading the whole turn block by block."""
    rest, reasoning = turn.strip(), ""
    while opened or rest.startswith(("<think>", "</think>")):
        inside, mark, behind = rest.removeprefix("<think>").partition("</think>")
        if not opened and rest.startswith("</think>"):
            inside = ""
        reasoning, rest, opened = reasoning + inside, behind.strip() if mark else "", False
    return rest, "".join(reasoning.split())


@pytest.mark.parametrize("tags", [THINK, OPENED])
def test_turns_made_of_scraps(tags: ThoughtTags) -> None:
    rng = random.Random(0)
    for _ in range(1500):
        turn = "".join(rng.choices(SCRAPS, k=rng.randint(1, 10)))
        whole = read([turn], tags)
        reasoning, text, code, call, start, _, said = whole
        assert (text, code) == ((call.thought, call.code) if call else (said.strip(), "")), turn
        assert call is None or start >= len(turn) - len(said)
        assert (said.strip(), "".join(reasoning.split())) == split(turn, tags.opened)
        for chunks in (list(turn), [turn[: len(turn) // 2], turn[len(turn) // 2 :]]):
            assert read(chunks, tags) == whole, chunks


def test_reasoning_arrives_while_it_is_written() -> None:
    reader = TurnReader()
    chunks = ("<th", "ink>", "\nHm", ", \n", "so </", "think> ", "\n It", " is ", "5.")
    assert [[(piece.kind, piece.text) for piece in reader.feed(chunk)] for chunk in chunks] == [
        [],
        [],
        [("reasoning", "Hm")],
        [("reasoning", ",")],
        [("reasoning", " \nso")],
        [],
        [("text", "It")],
        [("text", " is")],
        [("text", " 5.")],
    ]


@pytest.mark.parametrize(
    ("turn", "reasoning", "text"),
    [
        ("  as it is \n", "", "  as it is \n"),
        (f"\n{TEMPTING}\n", "", f"\n{TEMPTING}\n"),
        (f"<think>\n{TEMPTING}\n</think>\n\n{TEMPTING} ", TEMPTING, f"{TEMPTING} "),
        ("<think>a", "a", ""),
    ],
)
def test_without_calls_the_text_stays_as_it_is(turn: str, reasoning: str, text: str) -> None:
    for chunks in ([turn], list(turn)):
        reader = TurnReader(calls=False)
        pieces = [piece for chunk in chunks for piece in reader.feed(chunk)] + reader.close()
        assert "".join(piece.text for piece in pieces if piece.kind == "reasoning") == reasoning
        assert "".join(piece.text for piece in pieces if piece.kind == "text") == text == reader.said
        assert reader.call is None


def test_a_turn_in_history_may_be_a_clients() -> None:
    """Without the closing tag nothing of it is reasoning, though the prompt of the model's own turns opens it."""
    call = read_turn(CALL, tags=OPENED).call
    assert call is not None and call.code == "1 + 1"
    call = read_turn(f"{FENCED}</think>{CALL}", tags=OPENED).call
    assert call is not None and (call.thought, call.code) == ("Add.", "1 + 1")
    assert read_turn(f"<think>{CALL}").call is None


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (" as it is ", " as it is "),
        ("<think>\n\\boxed{1}\n</think>\n\n\\boxed{2}", "\\boxed{2}"),
        ("so \\boxed{1}\n</think>\n\n\\boxed{2}", "\\boxed{2}"),
        ("<think>\\boxed{1}", ""),
        (
            "It is \\boxed{5}.\n\n(I close with </think> as asked.)",
            "It is \\boxed{5}.\n\n(I close with </think> as asked.)",
        ),
        ("So x.\n```python\nprint('</think>')\n```\n", "So x.\n```python\nprint('</think>')\n```\n"),
        ("So x.\n```\n</think>\n```\n\\boxed{1}", "So x.\n```\n</think>\n```\n\\boxed{1}"),
        ("So <think>\\boxed{1}", "So <think>\\boxed{1}"),
        ("", ""),
    ],
)
def test_what_is_said_behind_the_reasoning(text: str, left: str) -> None:
    assert without_thought(text) == left


@pytest.mark.parametrize(
    ("tags", "turn", "stop", "passed", "halted", "over"),
    [
        # neither a call nor a stop string in reasoning ends a turn, and none across its end
        (THINK, f"<think>END {TEMPTING}</think>It is 5. END of it", ("END",), -9, True, True),
        (THINK, f"<think>END {TEMPTING}</think>{CALL} END", ("END",), -4, False, True),
        (THINK, "<think>END </think>It is 5.", ("END", "k>It", "</think>", "<"), None, False, False),
        (THINK, f"<think>END {TEMPTING}", ("END", "<"), None, False, False),
        (OPENED, f"END {TEMPTING}</think>END", ("END",), -3, True, True),
        (OPENED, TEMPTING, ("Try", "Action"), None, False, False),
        # a stop string before a call, inside of it and behind it
        (THINK, f"<think>x</think>Go END {CALL}", ("END",), -len(CALL) - 4, True, True),
        (THINK, f"<think>x</think>{CALL}", ("1 +",), -len('1 + 1"}}\n</tool_call>'), True, True),
        (THINK, f"<think>x</think>{CALL}END", ("END",), -3, False, True),
        # what only begins like a tag is text
        (THINK, "<thi END", ("END",), -3, True, True),
        (THINK, "<thi", ("<thi",), -4, True, True),
        (THINK, "<thi", ("<think>",), None, False, False),
    ],
)
def test_what_ends_a_generation(
    tags: ThoughtTags, turn: str, stop: tuple[str, ...], passed: int | None, halted: bool, over: bool
) -> None:
    for chunks in cuts(turn, random.Random(turn)):
        watch = Watch(stop, tags=tags)
        text = "".join(map(watch.feed, chunks)) + watch.close()
        assert text == watch.text == turn[:passed], chunks
        assert (watch.halted, watch.over) == (halted, over), chunks


def test_tags_are_written_as_they_are_read() -> None:
    assert THINK.render("Hm.") == "<think>\nHm.\n</think>\n\n"
    assert OPENED.render("Hm.") == "Hm.\n</think>\n\n"
    for tags in (THINK, OPENED, SEED, GPT):
        assert read([tags.render("Hm.") + "It is 5."], tags)[:2] == ("Hm.", "It is 5.")
    assert [GPT.holds(token) for token in ("<|end|>", "<|channel|>", "final", "<|return|>", " ", "")] == [
        True,
        True,
        True,
        False,
        False,
        False,
    ]
