from __future__ import annotations

from collections.abc import Sequence

import pytest

from math_solver.dataset.tokenized.showing import PLAIN, TERMINAL, show_row


def decode(ids: Sequence[int]) -> str:
    return "".join(map(chr, ids))


def row(text: str, mask: str, prefix: str = "") -> dict[str, list[int]]:
    ids = [ord(letter) for letter in text]
    labels = [token if mark == "x" else -100 for token, mark in zip(ids, mask, strict=True)]
    return {f"{prefix}input_ids": ids, f"{prefix}labels": labels}


@pytest.mark.parametrize(
    ("text", "mask", "shown"),
    [
        ("ask answer", "    xxxxxx", "ask ⟦answer⟧"),
        ("ask answer", " " * 10, "ask answer"),
        ("abab", "x x ", "⟦a⟧b⟦a⟧b"),
        ("一\n二", "x  ", "⟦一⟧\n二"),
        # escapes of a program's output would repaint the terminal
        ("\x1b[2Jx\r", "  xxxx", "\\x1b[⟦2Jx\\x0d⟧"),
    ],
)
def test_what_is_trained_is_marked(text: str, mask: str, shown: str) -> None:
    head, body = show_row(row(text, mask), decode, PLAIN)
    assert body == shown
    assert head == f"--- input_ids: {len(text)} tokens, {mask.count('x')} trained"


def test_a_terminal_gets_colours_and_nothing_of_the_text() -> None:
    (_, body) = show_row(row("a\x1b[2Jb", "x    x"), decode, TERMINAL)
    assert body == f"{TERMINAL[0]}a{TERMINAL[1]}\\x1b[2J{TERMINAL[0]}b{TERMINAL[1]}"


def test_both_sides_are_shown_and_the_tag() -> None:
    pair = {**row("ab", " x", "chosen_"), **row("cd", " x", "rejected_")}
    assert [line for line in show_row(pair, decode)][1::2] == ["a⟦b⟧", "c⟦d⟧"]
    judged = {**row("ab", " x"), **row("cd", " x", "kl_"), "kto_tags": False}
    assert next(iter(show_row(judged, decode))) == "kto_tag: false"
