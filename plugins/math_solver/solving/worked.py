r"""The written form of a worked solution: markdown that people read, and that is read back without loss.

    Multiply.

    ```python
    print(12 * 34)
    ```

    ```output
    408
    ```

    The product is ${\boxed{408}}$.

Thoughts, programs, outputs and the conclusion, an empty line between them; an empty thought or conclusion is left
out. The fence of an output is longer than any run of backticks inside. A program is written while it comes, when
nobody knows how long its fence would have to be; so a line of a program that would close the fence gets an escape,
and so does a line of a thought or a conclusion that would open a program or an output: one zero-width space
(U+200B) at its end, which nobody sees. A line that has such spaces there already gets one more. A box outside of any
formula is written between dollars (``boxes``). A stream that showed one solution and then gives another has a line
between them that says so (``protocol.REPLACED``), which a line of a model never is: it gets the escape as well.

``read_worked(write_worked(worked)) == worked`` for what the loop makes of a solve:

* Thoughts and the conclusion have no outer whitespace (``str.strip``); the reader of turns strips thoughts, and
  ``write_worked`` strips both.
* Programs and observations are any text, empty ones included. (A program in a fenced call has lost its outer line
  breaks, an observation those at its end, before they come here.)
* A step has a program or an observation; one whose call held no program that could be read has no ``code``.
* A step without an observation, whose program was not run, is the last, or the next has a thought or a program.

The same reading takes what other people and models write: fences of three or more backticks, programs without an
output, text between a program and its output, which then is the thought of a step without a program. A fence
without an end is text, and so is everything behind it. A text is in the form exactly when
``write_worked(read_worked(text)) == text``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Self

from ..protocol import REPLACED, PieceKind
from ..records import Step
from .boxes import BoxWriter, read_boxes
from .loop import Event, Executed, Finished, Generated, Replaced, Wrote

__all__ = [
    "ESCAPE",
    "Block",
    "PlainWriter",
    "Worked",
    "WorkedStep",
    "Writer",
    "blocks",
    "read_worked",
    "replaces",
    "standing",
    "unescape",
    "write_worked",
]

ESCAPE = "\u200b"
_OPENS = r"(`{3,}) ?(python|output)[ \t\r]*"
_CLOSES = r" {0,3}(`{3,})[ \t\r]*"
_REPLACES = "(?:" + "|".join(re.escape(line) for by in REPLACED.values() for line in by.values()) + r")[ \t\r]*"
_OPENING = re.compile(rf"^{_OPENS}\n", re.MULTILINE)
_CLOSING = re.compile(rf"^{_CLOSES}$", re.MULTILINE)
_REPLACING = re.compile(rf"^{_REPLACES}$", re.MULTILINE)
# The lines of a text and of a program that are escaped.
_LINES: dict[PieceKind, str] = {"text": f"(?:{_OPENS}|{_REPLACES})", "code": _CLOSES}
_PLAIN = {kind: re.compile(f"{line}{ESCAPE}*") for kind, line in _LINES.items()}
_PLAIN_REPLACES = re.compile(f"{_REPLACES}{ESCAPE}*")
_ESCAPED = {kind: re.compile(rf"^({line}{ESCAPE}*){ESCAPE}$", re.MULTILINE) for kind, line in _LINES.items()}


@dataclass(frozen=True)
class WorkedStep:
    """One round as it is written: no ``code`` where none could be read, no ``observation`` where nothing was run."""

    thought: str
    code: str | None
    observation: str | None


@dataclass(frozen=True)
class Worked:
    """A solution as it is written."""

    steps: tuple[WorkedStep, ...]
    conclusion: str

    @classmethod
    def of(cls, steps: Iterable[Step], conclusion: str) -> Self:
        """The solution of executed steps; one that was refused without a program had none that could be read."""
        return cls(tuple(map(_worked, steps)), conclusion)


def _worked(step: Step) -> WorkedStep:
    code = None if step.execution.status == "refused" and not step.code else step.code
    return WorkedStep(step.thought, code, step.execution.observation)


class Writer:
    """Writes a solution while it comes: what ``add`` returns joins to the whole, however the pieces are cut."""

    def __init__(self) -> None:
        self._begun = False
        self._open: PieceKind | None = None
        self._line = _Line(_PLAIN["text"])
        self._boxes = BoxWriter()

    def add(self, event: Event) -> str:
        """The text that an event of the solve appends."""
        match event:
            case Wrote(kind=kind, text=text):
                return self.write(kind, text)
            case Generated(call=call):
                return self.end_turn(program=call is not None and call.error is None)
            case Executed(step=step):
                return self.write_output(step.execution.observation)
            case Replaced(line=line):
                return self._end() + self._gap() + line
        return ""

    def write(self, kind: PieceKind, text: str) -> str:
        """A piece of a thought, of a conclusion or of a program."""
        opening = "" if kind == self._open else self._begin(kind)
        return opening + self._line.feed(self._boxes.feed(text) if kind == "text" else text)

    def end_turn(self, *, program: bool) -> str:
        """The end of a turn; a ``program`` of which nothing was written is an empty one."""
        empty = self._begin("code") if program and self._open != "code" else ""
        return empty + self._end()

    def write_output(self, observation: str) -> str:
        longest = max(map(len, re.findall("`+", observation)), default=0)
        fence = "`" * max(3, longest + 1)
        return f"{self._gap()}{fence}output\n{observation}\n{fence}"

    def _begin(self, kind: PieceKind) -> str:
        opening = self._end() + self._gap() + ("```python\n" if kind == "code" else "")
        self._open, self._line, self._boxes = kind, _Line(_PLAIN[kind]), BoxWriter()
        return opening

    def _end(self) -> str:
        """End the text or the program that is open."""
        closing = self._line.feed(self._boxes.close())
        closing += self._line.close() + ("\n```" if self._open == "code" else "")
        self._open = None
        return closing

    def _gap(self) -> str:
        gap, self._begun = "\n\n" if self._begun else "", True
        return gap


class PlainWriter:
    """Writes an answer that is no worked solution, as it is but for a line that would take the place of what is above
    it, since all text is read alike when it comes back (``standing``)."""

    def __init__(self) -> None:
        self._line = _Line(_PLAIN_REPLACES)

    def add(self, event: Event) -> str:
        """The text that an event appends."""
        match event:
            case Wrote(kind="text", text=text):
                return self.write("text", text)
            case Finished():
                return self.end_turn(program=False)
        return ""

    def write(self, kind: PieceKind, text: str) -> str:
        """A piece of the answer."""
        return self._line.feed(text)

    def end_turn(self, *, program: bool) -> str:
        """The end of the answer, which holds no ``program``."""
        return self._line.close()


class _Line:
    """Escapes the lines that would be read as ``marks``, each at its end."""

    def __init__(self, marks: re.Pattern[str]) -> None:
        self._marks = marks
        self._parts: list[str] = []

    def feed(self, text: str) -> str:
        first, *others = text.split("\n")
        self._parts.append(first)
        written = [first]
        for line in others:
            written += [self.close(), "\n", line]
            self._parts.append(line)
        return "".join(written)

    def close(self) -> str:
        """The escape of the line that ends here, if it needs one."""
        line, self._parts = "".join(self._parts), []
        return ESCAPE if self._marks.fullmatch(line) else ""


def write_worked(worked: Worked) -> str:
    """The whole of a solution."""
    return "".join(_pieces(worked))


def _pieces(worked: Worked) -> Iterator[str]:
    writer = Writer()
    for step in worked.steps:
        if thought := step.thought.strip():
            yield writer.write("text", thought)
        if step.code is not None:
            yield writer.write("code", step.code)
        yield writer.end_turn(program=False)
        if step.observation is not None:
            yield writer.write_output(step.observation)
    if conclusion := worked.conclusion.strip():
        yield writer.write("text", conclusion)
    yield writer.end_turn(program=False)


def standing(text: str) -> str:
    """What stands of a text: all of it, or what is behind the last line that puts another solution in the place of
    the one above; such a line of a model has an escape, and one that a program printed is in its output."""
    if (last := max((found.end() for found in _replacing(text)), default=None)) is None:
        return text
    return text[last:].lstrip("\r\n")


def replaces(text: str) -> bool:
    """Whether a text is such a line and nothing else."""
    return _REPLACING.fullmatch(text.strip()) is not None


def _replacing(text: str) -> Iterator[re.Match[str]]:
    at = 0
    for block in blocks(text):
        yield from _REPLACING.finditer(text, at, block.start)
        at = block.end
    yield from _REPLACING.finditer(text, at)


def read_worked(text: str) -> Worked:
    """The steps and the conclusion of a text in this form, or in one like it."""
    steps: list[WorkedStep] = []
    at = 0
    for block in blocks(text):
        said = unescape("text", text[at : block.start]).strip()
        if block.language == "python":
            steps.append(WorkedStep(said, unescape("code", block.body), None))
        elif said or not steps or steps[-1].observation is not None:
            steps.append(WorkedStep(said, None, block.body))
        else:
            steps[-1] = replace(steps[-1], observation=block.body)
        at = block.end
    return Worked(tuple(steps), unescape("text", text[at:]).strip())


def unescape(kind: PieceKind, text: str) -> str:
    """A text or a program without its escapes, nor what was written around the boxes of a text."""
    plain = _ESCAPED[kind].sub(r"\1", text)
    return read_boxes(plain) if kind == "text" else plain


@dataclass(frozen=True)
class Block:
    """A fenced block: where it stands, fences included, and what is in it."""

    start: int
    end: int
    language: str
    body: str


def blocks(text: str) -> Iterator[Block]:
    """The programs and outputs of a text, in order; a fence without an end is text, and so is all behind it."""
    at = 0
    while opening := _OPENING.search(text, at):
        ticks, language = opening.groups()
        closings = (found for found in _CLOSING.finditer(text, opening.end()) if len(found[1]) >= len(ticks))
        if (closing := next(closings, None)) is None:
            return
        body = text[opening.end() : closing.start()]
        if opening.group().endswith("\r\n"):  # line ends of another system, which we never write
            body = body.replace("\r\n", "\n")
        body = body.removesuffix("\n")
        yield Block(opening.start(), at := closing.end(), language, body)
