"""Cutting canonical text into tokens, with limits on size and nesting."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..values.operators import OPERATORS

__all__ = ["ReadingError", "Token", "tokenize"]

_MOST_TOKENS = 600
_DEEPEST = 40


class ReadingError(ValueError):
    """Text that is no answer in the notation this package reads."""


class Token(NamedTuple):
    """One token; ``spaced`` tells whether white space came before it, ``start`` where it stood in the text."""

    kind: str  # num, letter, word, command, text, chinese, open, close, op
    text: str
    start: int
    end: int
    spaced: bool


_BRACKETS = [row.brackets for row in OPERATORS.values() if row.brackets and row.brackets[0].startswith("\\")]
_OPENING, _CLOSING = ("|".join(rf"{re.escape(pair[side])}(?![a-z])" for pair in _BRACKETS) for side in (0, 1))
_NUMBER = r"\d+\.\d+|\d+\.(?=\s*(?:$|[/*+\-)\\(]))|\d+|\.\d+"
_THOUSANDS = r"\d{1,3}(?:,\d{3})+(?![\d])(?:\.\d+)?"
_SPACED_THOUSANDS = r"(?<![_^])\d{1,3}(?: \d{3})+(?!\d)"
_REST = (
    r"|(?P<text>\\text\s*\{(?P<inner>[^{}]*)\})"
    r"|(?P<row>\\\\(?:\[[^\]]*\])?)"
    r"|(?P<environment>\\(?:begin|end)\s*\{[a-zA-Z*]+\})"
    rf"|(?P<open>\\\{{|\\langle(?![a-z])|{_OPENING}|[(\[{{])"
    rf"|(?P<close>\\\}}|\\rangle(?![a-z])|{_CLOSING}|[)\]}}])"
    r"|(?P<command>\\[a-zA-Z]+)"
    r"|(?P<word>[A-Za-z]+)"
    r"|(?P<chinese>[\u4e00-\u9fff]+)"
    r"|(?P<op>\.\.\.|'+|[-+*/^_=<>,;:|!%&¥€£₹¢μΩ.?])"
)
_OUTSIDE = re.compile(rf"\s*(?:(?P<num>{_THOUSANDS}|{_SPACED_THOUSANDS}|{_NUMBER}){_REST})")
_INSIDE = re.compile(rf"\s*(?:(?P<num>{_NUMBER}){_REST})")
_EXPONENT = re.compile(r"[eE][-+]?\d{1,4}(?![\w.])")


def tokenize(text: str) -> list[Token]:
    """Return the tokens of canonical text.

    Raises:
        ReadingError: a character that no notation uses, brackets that do not match, or more than the limits.
    """
    tokens: list[Token] = []
    depth = separators = position = 0
    text = text.rstrip()
    while position < len(text):
        found = (_INSIDE if separators else _OUTSIDE).match(text, position)
        if not found:
            raise ReadingError(f"cannot read {text[position : position + 12]!r}")
        kind = found.lastgroup or ""
        if kind == "inner":
            kind = "text"
        start, end, value = found.start(kind), found.end(), found[kind]
        if kind == "text":
            value = found["inner"]
        elif kind == "num":
            exponent = _EXPONENT.match(text, end)
            if exponent:
                value, end = value + exponent.group(), exponent.end()
        elif kind in ("open", "close"):
            step = 1 if kind == "open" else -1
            depth += step
            if value in ("(", ")", "[", "]", "\\{", "\\}", "\\langle", "\\rangle"):
                separators += step
        tokens.append(Token(kind, value, start, end, start > position))
        position = end
        if depth > _DEEPEST or depth < 0 or len(tokens) > _MOST_TOKENS:
            raise ReadingError("too deep, too long or brackets that do not match")
    if depth:
        raise ReadingError("brackets that do not match")
    return tokens
