r"""Boxed answers between dollars, without which most chat interfaces show them as they are written.

    The total is \boxed{15}.     ->     The total is ${\boxed{15}}$.

Models write a box outside of any formula, and Open WebUI and LibreChat typeset only what stands between delimiters
(LibreChat takes a dollar for currency where a digit follows; Open WebUI wants no letter or digit beside either).
The braces say that the dollars are ours: ``read_boxes`` takes both away again, so that a model meets its own text at
the next question. Where it wrote ``${\boxed{15}}$`` itself, it gets one pair of braces more, which reading takes away
as well; so ``read_boxes(write_boxes(text)) == text`` for every text.

A box stays as it is in code, in a formula of any delimiters, behind a brace or beside a dollar, and where it has a
second line, dollars, no end or more than ``LONGEST`` characters; so do the boxes in that one.

The work is linear in the text, however it is cut and whatever never closes in it: a server writes on its event loop.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

__all__ = ["LONGEST", "BoxWriter", "read_boxes", "write_boxes"]

LONGEST = 500  # so many are held back until it is known whether a box ends
BOX, BEGIN, END = r"\boxed{", r"\begin{", r"\end{"
_INSIDE = re.compile(r"(?:\\[^\n]|[^\\$`{}\n])+")  # what a box may hold, but for braces
_OURS = re.compile(r"\$(\{+)")
_TOKEN = re.compile(r"`+|~+|\$+|[^\\`~$]+")
_PAIR_OR_DOLLAR = re.compile(r"\\.|\$", re.DOTALL)

_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_BLANKS = re.compile(r"\n[ \t]*\Z")
_LINE_START = re.compile(r"(?:^|\n) {0,3}\Z")
_PIECE = re.compile(r"[A-Za-z]+|[^A-Za-z{}\\$\s.,;:\u3400-\u9fff]+|.", re.DOTALL)
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_CLOSING = {r"\(": r"\)", r"\[": r"\]"}


class _Undecided(Exception):
    """It depends on what follows, and up to ``most`` more of the character ``run`` do not decide it."""

    def __init__(self, run: str = "", most: int = 0) -> None:
        self.run, self.most = run, most


class BoxWriter:
    """Writes a text while it comes: what ``feed`` and ``close`` return joins to the whole, however it is cut."""

    def __init__(self) -> None:
        self._waiting, self._final = "", False
        self._more: list[str] = []  # of a run at the end of what waits, which is not looked at again for each
        self._run, self._most = "", 0
        self._context = _Context()

    def feed(self, text: str) -> str:
        """What can be written by now; what may become a box is held back."""
        self._more.append(text)
        self._most -= len(text)
        if self._most >= 0 and not text.strip(self._run):
            return ""
        return self._write()

    def close(self) -> str:
        """What was held back."""
        self._final = True
        return self._write()

    def _write(self) -> str:
        self._waiting, self._more = "".join([self._waiting, *self._more]), []
        self._run, self._most = "", 0
        written, at = list[str](), 0
        try:
            while at < len(self._waiting):
                end, new = self._next(at)
                self._context.pass_over(self._waiting[at:end])
                written.append(new)
                at = end
        except _Undecided as undecided:
            self._run, self._most = undecided.run, undecided.most
        self._waiting = self._waiting[at:]
        return "".join(written)

    def _next(self, at: int) -> tuple[int, str]:
        """Where the next token ends, and how it is written."""
        text, final = self._waiting, self._final
        if text[at] == "\\":
            if self._context.wants_dollars and (end := _box_end(text, at, final)) and _at(text, end, final) != "$":
                return end, f"${{{text[at:end]}}}$"
            end = _command_end(text, at, final)
        else:
            end = _token_end(text, at, final)
        if text[at] == "$" and (found := _dollared(text, end - 1, final)):
            if end - at > 1:
                end -= 1  # the dollars before it
            else:
                return found[0], f"${{{text[at + 1 : found[0] - 1]}}}$"
        return end, text[at:end]


def write_boxes(text: str) -> str:
    """A whole text."""
    writer = BoxWriter()
    return writer.feed(text) + writer.close()


def read_boxes(text: str) -> str:
    """A text without the dollars and braces that were written around its boxes."""
    if "${" not in text:
        return text
    read, at = list[str](), 0
    for found in _PAIR_OR_DOLLAR.finditer(text):
        if found.start() < at or found[0] != "$" or not (ours := _dollared(text, found.start(), final=True)):
            continue
        end, depth = ours
        inner = text[found.start() + 2 : end - 2]
        read += [text[at : found.start()], inner if depth == 1 else f"${inner}$"]
        at = end
    return "".join([*read, text[at:]])


def _at(text: str, at: int, final: bool, run: str = "") -> str:
    """The character there, "" behind the end; more of a ``run`` may follow before it is decided."""
    if at >= len(text) and not final:
        raise _Undecided(run, sys.maxsize if run else 0)
    return text[at : at + 1]


def _expect(text: str, at: int, wanted: str, final: bool) -> bool:
    if not final and len(text) - at < len(wanted) and wanted.startswith(text[at:]):
        raise _Undecided(wanted[0], wanted.count(wanted[0]) - (len(text) - at))
    return text.startswith(wanted, at)


def _box_end(text: str, start: int, final: bool) -> int | None:
    """Where the box ends that begins there; ``None`` where none does."""
    if not _expect(text, start, BOX, final):
        return None
    at, depth = start + len(BOX), 1
    while depth:
        if inside := _INSIDE.match(text, at, start + LONGEST):
            at = inside.end()
        if at - start >= LONGEST:
            return None
        next_one = _at(text, at, final)
        if next_one == "\\":
            _at(text, at + 1, final)
        if next_one not in ("{", "}"):
            return None
        depth += 1 if next_one == "{" else -1
        at += 1
    return at


def _dollared(text: str, start: int, final: bool) -> tuple[int, int] | None:
    """Where a box between dollars and braces ends, and how many pairs of braces are around it."""
    if (_at(text, start + 1, final)) != "{" or not (opening := _OURS.match(text, start)):
        return None
    _at(text, opening.end(), final, "{")
    if (end := _box_end(text, opening.end(), final)) is None:
        return None
    closing = "}" * len(opening[1]) + "$"
    return (end + len(closing), len(opening[1])) if _expect(text, end, closing, final) else None


def _command_end(text: str, at: int, final: bool) -> int:
    """The end of a backslash and what it escapes, or of what begins a box, or an environment or its end."""
    for name in (BOX, BEGIN, END):
        if _expect(text, at, name, final):
            return at + len(name)
    _at(text, at + 1, final)
    return at + 2


def _token_end(text: str, at: int, final: bool) -> int:
    token = _TOKEN.match(text, at)
    assert token is not None
    if text[at] in "`~$":
        _at(text, token.end(), final, text[at])
    return token.end()


Mode: TypeAlias = Literal["text", "code", "fence", "formula", "environment", "box"]


class _Context:
    """In what a text is at its end: nothing, code, a formula or a box that stays as it is, and how that ends."""

    def __init__(self) -> None:
        self._mode: Mode = "text"
        self._end, self._depth = "", 1
        self._line_is_empty = False  # so far, and began in this mode
        self._money = _Money()
        self._before = ""  # the end of the text so far

    @property
    def wants_dollars(self) -> bool:
        """Whether a box that follows would be shown as it is written."""
        is_money = self._end == "$" and self._money.found
        return (self._mode == "text" or is_money) and not self._before.endswith(("$", "}", "\\"))

    def pass_over(self, token: str) -> None:
        """Go on behind a token: a run of one character, an escape, a box, or text between them."""
        if self._mode == "text":
            self._enter(token)
        else:
            self._leave(token)
            self._go_on(token)
        self._before = (self._before + token[-8:])[-8:]

    def _go_on(self, token: str) -> None:
        """What an empty line ends has ended: code in a line, a formula between single dollars, and a box."""
        if self._mode not in ("code", "box") and self._end != "$":
            return
        text = f"\n{token}" if self._line_is_empty else token
        self._line_is_empty = _BLANKS.search(text) is not None
        if _BLANK_LINE.search(text):
            self._begin("text", "")
        elif self._end == "$":
            self._money.add(token)

    def _enter(self, token: str) -> None:
        run, opens = token[0], _LINE_START.search(self._before) and len(token) >= 3
        if run in "`~" and opens:
            self._begin("fence", token)
        elif run == "`":
            self._begin("code", token)
        elif token in ("$", "$$"):
            self._begin("formula", token)
        elif token in _CLOSING:
            self._begin("formula", _CLOSING[token])
        elif token == BEGIN:
            self._begin("environment", END)
        elif token == BOX:
            self._begin("box", "}")

    def _leave(self, token: str) -> None:
        match self._mode:
            case "fence":
                ended = token.startswith(self._end) and _LINE_START.search(self._before) is not None
            case "environment":
                self._depth += (token == BEGIN) - (token == END)
                ended = self._depth == 0
            case "box":
                ended = self._closes(token)
            case _:
                ended = token == self._end or (self._end == "$" == token[0] and not token.strip("$"))
        if ended:
            self._begin("text", "")

    def _closes(self, token: str) -> bool:
        for brace in re.findall("[{}]", token if token[0] != "\\" or token in (BOX, BEGIN, END) else ""):
            self._depth += 1 if brace == "{" else -1
            if self._depth == 0:
                return True
        return False

    def _begin(self, mode: Mode, end: str) -> None:
        self._mode, self._end, self._depth = mode, end, 1
        self._line_is_empty, self._money = False, _Money()


@dataclass(frozen=True)
class _Words:
    """What has been read behind a dollar: ``open`` until it cannot be money, and the letters at its end.

    ``letters`` is -1 for those behind a backslash, which are no word.
    """

    open: bool | None = None
    letters: int = 0
    found: bool = False

    def read(self, piece: str) -> _Words:
        """Behind letters, one character that means something here, or several that do not."""
        number = piece[0].isdecimal() if self.open is None else self.open and piece != "$"
        if piece.isascii() and piece.isalpha():
            return replace(self, open=number, letters=self.letters if self.letters < 0 else self.letters + len(piece))
        ends_word = self.letters >= 3 and (piece.isspace() or piece in ".,;:")
        found = self.found or (bool(self.open) and (ends_word or _CHINESE.match(piece) is not None))
        return _Words(number, -1 if piece == "\\" else 0, found)


class _Money:
    r"""What a dollar before a number stands for where a word follows: money, and no formula.

    ``$5 for each``, but not ``$5 \text{ metres long}``: what a command has in its braces is no word once they close.
    """

    def __init__(self) -> None:
        self._words = _Words()
        self._command: _Words | None = None  # before the command whose name is being read
        self._named = False  # it has one
        self._braces: _Words | None = None  # before the command whose braces are open

    @property
    def found(self) -> bool:
        return self._words.found

    def add(self, text: str) -> None:
        for piece in _PIECE.findall(text):
            self._read(piece)

    def _read(self, piece: str) -> None:
        before, name = self._words, piece.isascii() and piece.isalpha()
        if piece == "}" and self._braces is not None:
            self._words = self._braces
        else:
            self._words = before.read(piece)
        if piece in ("{", "}"):
            self._braces = self._command if piece == "{" and self._named else None
        if not name:
            self._command = before if piece == "\\" else None
        self._named = name and self._command is not None
