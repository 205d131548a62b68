"""The ``<think>`` block with which reasoning models begin a turn, told apart from the text behind it."""

from __future__ import annotations

import re
from typing import Literal

__all__ = ["ThinkReader", "render_thinking"]

Kind = Literal["reasoning", "text"]
OPEN, CLOSE = "<think>", "</think>"
# What may turn out to stand before the closing mark, or to be the beginning of it.
TAIL = re.compile(r"\s*(?:<(?:/(?:t(?:h(?:i(?:nk?)?)?)?)?)?)?\Z")


def render_thinking(reasoning: str) -> str:
    """The block as a model writes it."""
    return f"{OPEN}\n{reasoning}\n{CLOSE}"


class ThinkReader:
    """Takes the text of one turn in any pieces and gives what each is, without marks and the whitespace at them."""

    def __init__(self) -> None:
        self._held = ""
        self._step, self._then = self._start, self._read_text
        self._pieces: list[tuple[Kind, str]] = []

    def feed(self, text: str) -> list[tuple[Kind, str]]:
        """What has become certain."""
        self._held += text
        while self._step():
            pass
        return self._taken()

    def close(self) -> list[tuple[Kind, str]]:
        """The rest of the turn."""
        if self._step == self._read_reasoning:
            self._emit("reasoning", self._held.rstrip())
        elif self._step == self._start:
            self._emit("text", self._held)
        return self._taken()

    def _start(self) -> bool:
        begun = self._held.lstrip()
        if begun.startswith(OPEN):
            self._held = begun.removeprefix(OPEN)
            self._step, self._then = self._skip_space, self._read_reasoning
            return True
        if OPEN.startswith(begun):
            return False
        self._step = self._read_text
        return True

    def _read_reasoning(self) -> bool:
        reasoning, mark, behind = self._held.partition(CLOSE)
        if mark:
            self._emit("reasoning", reasoning.rstrip())
            self._held = behind
            self._step, self._then = self._skip_space, self._read_text
            return True
        tail = TAIL.search(self._held)
        until = tail.start() if tail else len(self._held)
        self._emit("reasoning", self._held[:until])
        self._held = self._held[until:]
        return False

    def _skip_space(self) -> bool:
        self._held = self._held.lstrip()
        if self._held:
            self._step = self._then
        return bool(self._held)

    def _read_text(self) -> bool:
        self._emit("text", self._held)
        self._held = ""
        return False

    def _emit(self, kind: Kind, text: str) -> None:
        if text:
            self._pieces.append((kind, text))

    def _taken(self) -> list[tuple[Kind, str]]:
        pieces, self._pieces = self._pieces, []
        return pieces
