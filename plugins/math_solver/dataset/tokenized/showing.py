"""A row of token ids as text in which a reader sees what is trained."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from .encoding import IGNORED

__all__ = ["PLAIN", "SIDES", "TERMINAL", "printable", "runs", "show_row"]

Decode = Callable[[Sequence[int]], str]
PLAIN = ("⟦", "⟧")
TERMINAL = ("\x1b[1;32m", "\x1b[0m")
SIDES = ("", "chosen_", "rejected_", "kl_")


def show_row(row: Mapping[str, Any], decode: Decode, marks: tuple[str, str] = PLAIN) -> Iterator[str]:
    """For each sequence of a row a line that counts its tokens, and its text with marks around what is trained."""
    if "kto_tags" in row:
        yield f"kto_tag: {str(row['kto_tags']).lower()}"
    for side in SIDES:
        if f"{side}input_ids" not in row:
            continue
        ids, labels = row[f"{side}input_ids"], row.get(f"{side}labels", row[f"{side}input_ids"])
        trained = sum(label != IGNORED for label in labels)
        yield f"--- {side}input_ids: {len(ids)} tokens, {trained} trained"
        yield _printable("".join(_marked(ids, labels, decode, marks)), marks)


def runs(ids: Sequence[int], labels: Sequence[int], decode: Decode) -> Iterator[tuple[bool, str]]:
    """The text of a sequence in pieces, each with whether it is trained."""
    for trained, run in groupby(zip(ids, labels, strict=True), key=lambda pair: pair[1] != IGNORED):
        yield trained, decode([label if trained else token for token, label in run])


def _marked(ids: Sequence[int], labels: Sequence[int], decode: Decode, marks: tuple[str, str]) -> Iterator[str]:
    opening, closing = marks
    for trained, text in runs(ids, labels, decode):
        yield f"{opening}{text}{closing}" if trained else text


def printable(text: str) -> str:
    """Without control characters: a program's output can hold escapes that repaint a terminal."""
    return "".join(c if c.isprintable() or c == "\n" else f"\\x{ord(c):02x}" for c in text)


def _printable(text: str, marks: tuple[str, str]) -> str:
    """Without control characters but for the marks."""
    safe = printable(text)
    for mark in marks:
        safe = safe.replace("".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in mark), mark)
    return safe
