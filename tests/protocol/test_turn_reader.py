"""Reading a turn while it is written: however it is cut, the same thought, program and end."""

from __future__ import annotations

import copy
import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from math_solver.protocol import ToolCall, TurnReader, call_end, parse_call, reader, render_call
from math_solver.protocol.marks import FEW, Mark
from math_solver.protocol.syntax import OPENERS, SYNTAXES, Body, Syntax

CODES = [
    "print(1)",
    "x = 1\nprint('\"', x)",
    "print('\\n')",
    "s = '</tool>'",
    "print('数 😀')",
    "if a:\n\tb",
    "\n\nx\n",
]
BLOCK = "```python\nprint(2)\n```"
ESCAPED = json.dumps({"name": "python", "arguments": {"code": "print('数 😀 \x00')"}})

TURNS = [
    "The answer is \\boxed{3}.",
    "  outer space \n\n",
    "",
    # marks that turn out to be none
    'a <tool then text, <tool_cal> and `` or ``` and ```py thon\n[1] {"name": "x"} Action: go',
    "if a < b: ```text\nno call\n``` and <tool",
    "Action: python\nand so on",
    # escapes, half and whole surrogate pairs, characters outside the basic plane as they are
    f"Think.\n<tool_call>\n{ESCAPED}\n</tool_call> behind",
    '<tool_call>{"name": "python", "arguments": {"code": "\\ud83d\\ude00 \\ud83d \\ude00 \\u00e9 😀"}}</tool_call>',
    '<tool_call>{"name": "python", "arguments": {"code": "\\ud83d"}}</tool_call>',
    # raw newlines, escapes that JSON does not know, quotes that are not escaped
    '<tool_call>{"name": "python", "arguments": {"code": "a = 1\nprint(a)\t"}}</tool_call>',
    '<tool_call>{"name": "python", "arguments": {"code": "re.sub(\'\\d\\(\', a)"}}</tool_call>',
    '<tool_call>{"name": "python", "arguments": {"code": "print("a", "b")"}}</tool_call>',
    # another order, encoded twice, another tool, not JSON, cut
    '<tool_call>{"arguments": {"code": "1"}, "name": "python"}</tool_call>',
    '<tool_call>{"name": "python", "arguments": "{\\"code\\": \\"1\\"}"}</tool_call>',
    '<tool_call>{"name": "search", "arguments": {"query": "x"}}</tool_call>',
    "<tool_call>print(1)</tool_call>",
    '<tool_call>{"name": "python", "arguments": {"code": "print(1',
    '<tool_call>{"name": "python", "arguments": {"code": "print(1)"}',
    '<tool_call>{"name": "python", "arguments": {"code": "print(1)</tool_call>',
    f"{render_call('A.', 'a')}\n{render_call('B.', 'b')}",
    # fenced
    f"Try:\n{BLOCK}\nand wait",
    f"{BLOCK}\n```output\n7\n```",
    "```python\nprint(2)",
    # line ends of another system
    "I compute.\r\n\r\n```python\r\nprint(1)\r\nprint(2)\r\n```\r\nSo",
    "I compute.\r\n```python\r\nprint(1)```\r\nSo",
    "```python\nprint(2)```\nmore",
    "```python\nprint('```')\n```",
    "```Python3 \nprint(2)\n  ```",
    "```python\n```",
    # the forms of the other templates
    "T\n<tool_call>\n<function=python>\n<parameter=code>\nx < 1\n</parameter>\n</function>\n</tool_call>",
    "T\n<seed:tool_call>\n<function=python\n<parameter=code>x\ny</parameter>\n</function>\n</seed:tool_call>",
    "T<|tool_call>call:python{code:<|\"|>print('}')<|\"|>}<tool_call|>",
    'T\nAction: python\nAction Input: {"code": "d = {1: 2}\\nd"} so',
    'T\n[{"name": "python", "arguments": {"code": "{}"}}] so',
    'T\n{"name": "python", "parameters": {"code": "{}"}} so',
    "T\n<tool_call>python\n<arg_key>code</arg_key>\n<arg_value>x</arg_value>",
    'T\n<invoke name="python">\n<parameter name="code">x</parameter>\n</invoke> so',
]
# between tildes
SCRAPS = (
    '<tool_call>~</tool_call>~<tool~{"name": "python", "arguments": {"code": "~"}}~\\n~\\~\\u00~e9~\\ud83d~\\ude00'
    '~"~\n~ '
    "~```python\n~```~`~x~数~</parameter>~<function=python>~<parameter=code>~Action: python\nAction Input: "
    '~{"code": "~}~]~<|tool_call>call:python{code:<|"|>~<|"|>'
)


def read(chunks: list[str]) -> tuple[str, str, ToolCall | None, int | None]:
    """What the pieces of each kind join to, and what the reader says at the end."""
    reader = TurnReader()
    pieces = [piece for chunk in chunks for piece in reader.feed(chunk)] + reader.close()
    assert all(piece.text for piece in pieces)
    text, code = ("".join(piece.text for piece in pieces if piece.kind == kind) for kind in ("text", "code"))
    return text, code, reader.call, reader.end


def cut(turn: str, rng: random.Random) -> list[str]:
    places = sorted(rng.sample(range(len(turn) + 1), rng.randint(0, min(12, len(turn)))))
    return [turn[a:b] for a, b in zip([0, *places], [*places, len(turn)], strict=True)]


@pytest.mark.parametrize(
    "turn", [*TURNS, *(render_call("I compute.", code, f) for code in CODES for f in ("native", "fenced"))]
)  # type: ignore[arg-type]
def test_a_turn_reads_the_same_however_it_is_cut(turn: str) -> None:
    rng = random.Random(turn)
    text, code, call, end = whole = read([turn])
    assert text == (call.thought if call else turn.strip())
    assert code == (call.code if call else "")
    for chunks in (list(turn), *(cut(turn, rng) for _ in range(60))):
        assert read(chunks) == whole, chunks
    assert (call, end) == (parse_call(turn), call_end(turn))


def test_turns_made_of_scraps_of_markup() -> None:
    rng = random.Random(0)
    scraps = SCRAPS.split("~")
    for _ in range(1500):
        turn = "".join(rng.choices(scraps, k=rng.randint(1, 14)))
        text, code, call, _ = whole = read([turn])
        assert (text, code) == ((call.thought, call.code) if call else (turn.strip(), "")), turn
        for chunks in (list(turn), cut(turn, rng)):
            assert read(chunks) == whole, chunks


def test_a_program_between_fences_with_other_line_ends_is_one() -> None:
    _, code, call, _ = read(["I compute.\r\n\r\n```python\r\nprint(1)\r\nprint(2)\r\n```\r\nSo"])
    assert call is not None and (call.thought, call.code, code) == ("I compute.", code, "print(1)\r\nprint(2)")


@pytest.mark.parametrize("turn", [turn for turn in TURNS if call_end(turn)])
def test_a_call_ends_as_soon_as_its_mark_is_written(turn: str) -> None:
    reader, end = TurnReader(), call_end(turn)
    assert end is not None
    for character in turn[: end - 1]:
        reader.feed(character)
    assert not reader.ended
    reader.feed(turn[end - 1 : end + 1])
    assert reader.ended


def test_a_program_arrives_while_it_is_written() -> None:
    reader = TurnReader()
    chunks = ("Go.\n<tool_call>\n", '{"name": "python", "arguments": {"code": "a = ', "1\\", "n\\u4e", "00")
    assert [[piece.text for piece in reader.feed(chunk)] for chunk in chunks] == [
        ["Go."],
        ["a = "],
        ["1"],
        ["\n"],
        ["一"],
    ]


def test_tags_that_nothing_closes_are_read_in_linear_time() -> None:
    """A regular expression followed each of them to the end: 25 s for the first."""
    for text in ("<parameter=a>" * 20_000, "<parameter=" + " " * 20_000, "<arg_key>" * 20_000 + "</arg_value>"):
        for opening in ("<tool_call><function=x>", "<tool_call>x<arg_key>a</arg_key><arg_value>"):
            parse_call(f"{opening}{text}</tool_call>", tools=None)


NATIVE = '<tool_call>\n{"name": "python", "arguments": {"code": "print(1)"'
BARE = '{"name": "python", "arguments": '
# A turn up to a place where more of the same may come, and what comes.
GROWING = [
    ("{", " "),
    ("{", " \n"),
    ("Action:", " "),
    ("Action: ", "a"),
    ("```python", " \t"),
    ('{"name": "', "a"),
    (BARE, " "),
    # inside a call: before its program, behind it, where a quote may or may not end it
    ("<tool_call>", " "),
    ("<tool_call>", '" '),
    ("<tool_call>\n", "x"),
    ("<tool_call><function=python>", " "),
    (NATIVE, " "),
    (NATIVE + ', "', "b"),
    (NATIVE + "}}", "x"),
    (BARE + '{"code": "x"}', " "),
    ("```python\nx", "\n"),
    ("```python\nx\n", " "),
    # white space that stays only where something follows
    ("", " "),
    ("a", " "),
    ("<think>a", "\n"),
]


class CountingPattern:
    """A pattern that counts the characters at which it is asked to look."""

    def __init__(self, pattern: re.Pattern[str], looked: list[int]) -> None:
        self._pattern, self._looked = pattern, looked

    def _ask(self, verb: str, text: str, start: int = 0, end: int | None = None) -> Any:
        end = len(text) if end is None else min(end, len(text))
        self._looked[0] += max(0, end - start)
        return getattr(self._pattern, verb)(text, start, end)

    def match(self, *where: Any) -> re.Match[str] | None:
        found: re.Match[str] | None = self._ask("match", *where)
        return found

    def search(self, *where: Any) -> re.Match[str] | None:
        found: re.Match[str] | None = self._ask("search", *where)
        return found

    def finditer(self, *where: Any) -> Iterator[re.Match[str]]:
        found: Iterator[re.Match[str]] = self._ask("finditer", *where)
        return found


def counting_mark(looked: list[int]) -> Callable[[Mark], Mark]:
    def mark(plain: Mark) -> Mark:
        counted = copy.copy(plain)
        for name in ("full", "partial"):
            object.__setattr__(counted, name, CountingPattern(getattr(plain, name), looked))
        return counted

    return mark


def counting(looked: list[int]) -> tuple[Syntax, ...]:
    """The forms of a call with counting patterns."""

    mark = counting_mark(looked)

    def body(plain: Body) -> Body:
        head: Any = CountingPattern(plain.head, looked)
        return replace(plain, head=head, end=plain.end and mark(plain.end))

    return tuple(
        replace(syntax, closers=tuple(map(mark, syntax.closers)), bodies=tuple(map(body, syntax.bodies)))
        for syntax in SYNTAXES
    )


@pytest.mark.parametrize(("begun", "more"), GROWING)
def test_a_turn_in_tiny_pieces_is_looked_at_a_bounded_number_of_times(
    monkeypatch: pytest.MonkeyPatch, begun: str, more: str
) -> None:
    """40,000 blanks behind a brace took 20 s."""
    looked = [0]
    monkeypatch.setattr(reader, "SYNTAXES", counting(looked))
    monkeypatch.setattr(reader, "OPENERS", tuple(CountingPattern(pattern, looked) for pattern in OPENERS))
    monkeypatch.setattr(reader, "JSON_STRING_ENDS", tuple(map(counting_mark(looked), reader.JSON_STRING_ENDS)))
    turn = begun + more * (8_000 // len(more))
    reading = TurnReader(tools=None)
    for character in turn:
        reading.feed(character)
    reading.close()
    # Up to ten marks, each looked for nine times in an eighth more, and the first few characters each time.
    assert looked[0] < 100 * len(turn) + 20 * FEW * FEW


@pytest.mark.parametrize(("begun", "more"), GROWING)
def test_long_runs_read_the_same_however_they_are_cut(begun: str, more: str) -> None:
    for behind in ("", "x", '"x', "}", '}}\n</tool_call> "', "\n```\nx", ' "code": "1"}}', '"name": "python"'):
        turn = begun + more * (3 * FEW // len(more)) + behind
        assert read(list(turn)) == read([turn]), behind


@pytest.mark.parametrize("turn", [turn for turn in TURNS if call_end(turn)])
def test_much_behind_a_call_in_one_piece_does_not_hide_its_end(turn: str) -> None:
    reading = TurnReader()
    reading.feed(turn + " and so on" * FEW)
    assert reading.ended and reading.end == call_end(turn)
