"""Reading a turn while it is written: its reasoning, its thought, its program, and where its call ends."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Literal

from .calls import ToolCall, read_call
from .marks import Looks, overlap
from .prompts import TOOL
from .syntax import JSON_STRING_ENDS, NATIVE_OPENERS, OPENERS, SYNTAXES, Body, Syntax
from .thoughts import THINK, ThoughtTags

__all__ = ["Piece", "PieceKind", "TurnReader", "call_end", "parse_call", "read_turn", "without_thought"]

PieceKind = Literal["reasoning", "text", "code"]

_FENCE_LINE = re.compile(r"^ {0,3}```", re.MULTILINE)
_SOLID = re.compile(r"\S")
_RUN = re.compile(r'[^"\\]+')
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_CUT_ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{0,3})?\Z")
_SIMPLE = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\", "/": "/"}


@dataclass(frozen=True)
class Piece:
    """Something that the model wrote: of its reasoning, of its thought or its conclusion, or of its program."""

    kind: PieceKind
    text: str


class TurnReader:
    """Takes a turn in any pieces and gives what a person reads of it as soon as it is certain.

    However the turn is cut, its pieces of each kind join to the same: those of "reasoning" to what stands between
    the tags at its beginning, those of "text" to the thought before its call, or to all that it says where it calls
    nothing, and those of "code" to ``call.code``; all without outer whitespace. What follows the first call is
    dropped. Nothing inside the tags is a call, and reasoning whose closing tag never comes is all there is. What it
    costs grows as the text does, however small its pieces: hundreds of blanks inside a mark may delay what follows.

    Args:
        fenced: read code blocks as calls too.
        calls: without, nothing is a call, and the text keeps its outer whitespace.
        tools: what may be called beside ``python``; ``None``: anything. Only forms of a call that people write as well
            ask for it: JSON with a name, ReAct's ``Action:``. One that names no tool is text.
        tags: those between which the model reasons. A closing tag alone, at the very beginning, is left out too: so
            the turns of some templates begin that reason nothing.

    Attributes:
        ended: the first call is complete, whatever the model writes behind it.
        begun: the offset of what follows the reasoning; ``None`` while that has not come.
    """

    def __init__(
        self,
        *,
        fenced: bool = True,
        calls: bool = True,
        tools: Collection[str] | None = (),
        tags: ThoughtTags = THINK,
    ) -> None:
        self.ended = False
        self.begun: int | None = None
        self._tags, self._inside = tags, tags.opened
        self._before = ""  # the reasoning, tags included; all offsets below are into what follows
        self._start, self._end, self._looked = 0, 0, 0
        self._sought = 0  # no closing mark begins before it
        self._closing: re.Match[str] | None = None
        self._looks, self._closes = Looks(), Looks()
        self._openers = (OPENERS if fenced else NATIVE_OPENERS) if calls else None
        self._tools = None if tools is None else {TOOL["name"], *tools}
        self._text, self._at, self._final = "", 0, False
        self._syntax: Syntax | None = None
        self._body: Body | None = None
        self._step = self._read_start
        self._pieces: list[Piece] = []
        self._written: dict[PieceKind, list[str]] = {"reasoning": [], "text": [], "code": []}
        self._held = ""
        self._call: ToolCall | None = None
        self._broken: str | None = None

    @property
    def start(self) -> int:
        """The offset of the first call."""
        return len(self._before) + self._start

    @property
    def end(self) -> int | None:
        """The offset just past the first call; ``None`` while it is not complete."""
        return len(self._before) + self._end if self.ended else None

    @property
    def call(self) -> ToolCall | None:
        """The first call of the turn, as far as it was written; ``None`` while there is none."""
        if self._syntax is None:
            return None
        call = self._call or ToolCall("".join(self._written["text"]), "".join(self._written["code"]))
        return replace(call, error=self._broken) if self._broken else call

    @property
    def fenced(self) -> bool:
        """Whether the call is a code block."""
        return self._syntax is SYNTAXES[-1]

    @property
    def reasoned(self) -> int:
        """The offset up to which the turn is certain to be reasoning."""
        return self._at if self.begun is None else self.begun

    @property
    def said(self) -> str:
        """What follows the reasoning, as it was written."""
        return "" if self.begun is None else self._text

    def feed(self, text: str) -> list[Piece]:
        """Take in what was written next and return what has become certain."""
        self._text += text
        return self._advance()

    def close(self) -> list[Piece]:
        """The turn is over: return the rest."""
        self._final = True
        return self._advance()

    def closed(self) -> str:
        """The turn up to the end of its first call, closed where the model left it open."""
        if self._syntax is None:
            return self._before + self._text
        return self._before + (self._text[: self._end] if self.ended else self._text.rstrip() + self._syntax.closing)

    def _advance(self) -> list[Piece]:
        self._pieces = []
        while self._step():
            pass
        return self._pieces

    def _read_start(self) -> bool:
        """Find out whether reasoning comes here: at the beginning of the turn, or again behind reasoning."""
        opening, closing = self._tags.opening, self._tags.closing
        found = _SOLID.search(self._text, max(self._at, self._looked))
        at = self._looked = found.start() if found else len(self._text)
        begins = self._text[at : at + max(len(opening), len(closing))]
        if begins.startswith(opening):
            self._at, self._step = at + len(opening), self._read_reasoning
            self._held = "\n\n" if self._written["reasoning"] else ""
        elif begins.startswith(closing):
            self._at, self._inside = at + len(closing), False
        elif not self._final and (opening.startswith(begins) or closing.startswith(begins)):
            return False
        elif self._inside:
            self._step = self._read_reasoning
        else:
            begun = at if self._at else 0  # white space is left out between a tag and the text only
            self._before, self._text, self._at = self._text[:begun], self._text[begun:], 0
            self.begun, self._held, self._step = begun, "", self._read_text
        return True

    def _read_reasoning(self) -> bool:
        """Read up to the tag that closes it."""
        closing = self._tags.closing
        end = self._text.find(closing, self._at)
        cut = 0 if self._final or end >= 0 else overlap(self._text[self._at :], closing)
        until = end if end >= 0 else len(self._text) - cut
        self._emit("reasoning", self._text[self._at : until])
        self._at = until
        if end >= 0:
            self._at, self._inside, self._step = end + len(closing), False, self._read_start
        return end >= 0

    def _read_text(self) -> bool:
        """Read up to the mark that opens a call."""
        if self._openers is None:
            self._emit("text", self._text[self._at :], "")
            self._at = len(self._text)
            return False
        if not self._is_due():
            return False
        full, partial = self._openers
        mark, syntax = self._find_call(full)
        cut = None if self._final else partial.search(self._text, self._at)
        if mark and not (cut and cut.start() < mark.start()):
            self._emit("text", self._text[self._at : mark.start()])
            self._start, self._at, self._held = mark.start(), mark.end(), ""
            self._syntax, self._step = syntax, self._read_head
            return True
        until = cut.start() if cut else len(self._text)
        self._emit("text", self._text[self._at : until])
        self._at = until
        return False

    def _find_call(self, full: re.Pattern[str]) -> tuple[re.Match[str] | None, Syntax | None]:
        """The first mark from here on that opens a call, and the form of the call."""
        for mark in full.finditer(self._text, self._at):
            syntax = next(s for i, s in enumerate(SYNTAXES) if mark.group(f"_{i}") is not None)
            named = syntax.names.search(mark.group()) if syntax.names else None
            if named is None or self._tools is None or named[1] in self._tools:
                return mark, syntax
        return None, None

    def _read_head(self) -> bool:
        """Find the program of the call; one in an unusual form is read when it is complete."""
        assert self._syntax is not None
        until, over = self._until()
        for body in self._syntax.bodies if over or self._is_due() else ():
            if head := body.head.match(self._text, self._start, until):
                self._body, self._at, self._step = body, head.end(), self._read_code
                return True
        if over:
            self._call = read_call("".join(self._written["text"]), self._text[self._start : until], self._syntax)
            self._emit("code", self._call.code)
            self._at, self._step = until, self._read_tail
        return over

    def _read_code(self) -> bool:
        assert self._body is not None
        until, over = self._until()
        ended = self._read_string(until, over) if self._body.escaped else self._read_block(until, over)
        if ended or over:
            self._step = self._read_tail
        return ended or over

    def _read_block(self, until: int, over: bool) -> bool:
        """Read a program that stands for itself, and say whether what ends it has come."""
        assert self._body is not None
        end = self._body.end
        found = end.full.search(self._text, self._at, until) if end else None
        cut = None if found or over or end is None else end.partial.search(self._text, self._at, until)
        stop = found.start() if found else cut.start() if cut else until
        self._emit("code", self._text[self._at : stop], "\r\n")
        self._at = stop
        return found is not None

    def _read_string(self, until: int, over: bool) -> bool:
        """Read a program that is a JSON string, and say whether the quote that ends it has come."""
        decoded: list[str] = []
        ended = False
        while self._at < until:
            if run := _RUN.match(self._text, self._at, until):
                decoded.append(run.group())
                self._at = run.end()
            elif self._text[self._at] == '"':
                ended_here = self._is_end(until, over)
                if ended_here is not False:
                    ended = ended_here is True
                    break
                decoded.append('"')
                self._at += 1
            elif not self._read_escape(until, over, decoded):
                break
        self._emit("code", "".join(decoded), "")
        if over and not ended:
            self._broken = "the tool call is not valid JSON: its string is not closed"
        return ended

    def _is_end(self, until: int, over: bool) -> bool | None:
        """Whether the quote here ends the string; ``None`` when what follows has not come."""
        if not over and not self._is_due():
            return None
        for end in JSON_STRING_ENDS:
            if end.full.match(self._text, self._at, until):
                return True
        if any(end.partial.match(self._text, self._at, until) for end in JSON_STRING_ENDS):
            return None if not over else not self._text[self._at + 1 : until].strip()
        return False

    def _read_escape(self, until: int, over: bool, decoded: list[str]) -> bool:
        """Read one escape, or both of a surrogate pair; say whether it has come."""
        if _CUT_ESCAPE.match(self._text, self._at, until) and not over:
            return False
        escape = _ESCAPE.match(self._text, self._at, until)
        if escape is None:
            decoded.append("\\")
            self._at += 1
            return True
        behind = escape.end()
        if _is_high(escape) and not over and (behind == until or _CUT_ESCAPE.match(self._text, behind, until)):
            return False
        self._at, character = _decode(escape, _ESCAPE.match(self._text, behind, until))
        decoded.append(character)
        return True

    def _read_tail(self) -> bool:
        """Wait for the mark that closes the call; what follows is dropped."""
        closer = self._closer()
        if closer is None:
            return False
        self._end, self.ended, self._step = closer.end(), True, _over
        return True

    def _until(self) -> tuple[int, bool]:
        """How far the inside of the call is known, and whether it ends there."""
        assert self._syntax is not None
        if not self._syntax.guarded:
            return len(self._text), self._final
        if closer := self._closer():
            return closer.start(), True
        return (len(self._text), True) if self._final else (max(self._at, self._sought), False)

    def _closer(self) -> re.Match[str] | None:
        """The first closing mark from here on."""
        assert self._syntax is not None
        at = max(self._at, self._sought)
        if self._closing or not (self._final or self._closes.due(at, len(self._text))):
            return self._closing
        text = self._text + "\n" if self._final else self._text  # the end of a turn is the end of a line
        found = [mark for closer in self._syntax.closers if (mark := closer.full.search(text, at))]
        cuts = [cut.start() for mark in self._syntax.closers if (cut := mark.partial.search(self._text, at))]
        self._sought = min([mark.start() for mark in found] + cuts, default=len(self._text))
        self._closing = min(found, key=lambda mark: mark.start(), default=None)
        return self._closing

    def _is_due(self) -> bool:
        """Whether to look again at what stands from here on."""
        return self._final or self._looks.due(self._at, len(self._text))

    def _emit(self, kind: PieceKind, text: str, outer: str | None = None) -> None:
        """Pass on text without what would be at its outer ends: whitespace, or the characters in ``outer``."""
        written = self._written[kind]
        kept = text.rstrip(outer)
        if kept:
            piece = self._held + kept if written else kept.lstrip(outer)
            self._held = text[len(kept) :]
            written.append(piece)
            self._pieces.append(Piece(kind, piece))
        elif written:
            self._held += text


def _over() -> bool:
    return False


def _is_high(escape: re.Match[str]) -> bool:
    return escape.group(1) is not None and 0xD800 <= int(escape.group(1), 16) < 0xDC00


def _decode(escape: re.Match[str], low: re.Match[str] | None) -> tuple[int, str]:
    """The offset behind an escape and its character; ``low`` is the escape behind the first half of a pair."""
    if escape.group(1) is None:
        return escape.end(), _SIMPLE.get(escape.group(2), escape.group())  # an unknown one stands for itself
    code = int(escape.group(1), 16)
    if _is_high(escape) and low and low.group(1) and 0xDC00 <= int(low.group(1), 16) < 0xE000:
        return low.end(), chr(0x10000 + ((code - 0xD800) << 10) + int(low.group(1), 16) - 0xDC00)
    return escape.end(), chr(code)


def read_turn(
    text: str, *, fenced: bool = True, tools: Collection[str] | None = (), tags: ThoughtTags = THINK
) -> TurnReader:
    """The reader of a whole turn of a conversation.

    A turn without the closing tag has no reasoning where the prompt opens it: a client wrote this one, not the model.
    """
    tags = replace(tags, opened=tags.opened and tags.closing in text)
    reader = TurnReader(fenced=fenced, tools=tools, tags=tags)
    reader.feed(text)
    reader.close()
    return reader


def _is_closed(text: str, tags: ThoughtTags) -> bool:
    alone = re.search(rf"^[ \t]*{re.escape(tags.closing)}[ \t]*$", text, re.MULTILINE)
    return alone is not None and len(_FENCE_LINE.findall(text, 0, alone.start())) % 2 == 0


def without_thought(text: str, tags: ThoughtTags = THINK) -> str:
    """What an endpoint's text says behind the reasoning that it leaves in; without any, the text as it is.

    A closing tag without an opening one ends reasoning too, where it has a line of its own outside of code blocks: the
    prompt may have opened it.
    """
    reader = TurnReader(calls=False, tags=replace(tags, opened=_is_closed(text, tags)))
    reader.feed(text)
    reader.close()
    return reader.said


def parse_call(text: str, *, fenced: bool = True, tools: Collection[str] | None = ()) -> ToolCall | None:
    """The first call in a model's turn; ``None`` when the turn calls nothing.

    Lenient to what models write: raw newlines in the JSON string, text after the call, an unterminated block.
    ``fenced`` reads a code block as a call too; ``tools`` as for ``TurnReader``.
    """
    return read_turn(text, fenced=fenced, tools=tools).call


def call_end(text: str) -> int | None:
    """The offset just past the first call in a model's turn; ``None`` while no call is complete."""
    return read_turn(text).end
