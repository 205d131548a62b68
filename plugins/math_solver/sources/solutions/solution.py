"""A solution as it is put together from its pieces, and what a stored output says of how a program ended."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ...records import Execution, Step
from ..refusals import Refused

__all__ = ["NOT_RUN", "SHARED", "Builder", "Solution", "stored_execution"]

NOT_RUN = Execution("not_run")
SHARED: Mapping[str, Any] = {"session": "shared"}  # its programs ran in one session and use each other's variables

_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_ERROR = re.compile(r"(?:[A-Za-z_][\w.]*\.)?[A-Z]\w*(?:Error|Exception|Interrupt|Exit|Iteration|Warning)\b")
_TIMED_OUT = re.compile(r"(?:\w+\.)*TimeoutError\b.*|time(?:d[ -]?)?out\b.*|Execution timed out\b.*", re.IGNORECASE)
_TRACEBACK = "Traceback (most recent call last)"
_RUN_ON = re.compile(
    r"^[ \t]*(?:#+[ \t]*)?(?:\*\*)?(?:Question|Problem|Instruction|User|Human|Q|题目|问题)(?:\*\*)?"
    r"[ \t]*(?:\d+[ \t]*)?[:：]",
    re.MULTILINE,
)


@dataclass(frozen=True)
class Solution:
    """What was thought, run and printed, and what was concluded of it.

    A step whose output was not stored is ``not_run``; ``conclusion`` is "" where the solution is a bare program. The
    outputs are those that the source stored: nobody has run anything here.
    """

    steps: tuple[Step, ...]
    conclusion: str
    meta: Mapping[str, Any] = field(default_factory=dict)


def stored_execution(text: str) -> Execution:
    """How a program ended, told by what was stored of its output; the text itself is kept as it is."""
    text = text.rstrip()
    last = _ANSI.sub("", text.lstrip()).splitlines()[-1:] or [""]
    if _TIMED_OUT.fullmatch(last[0].strip()):
        return Execution("timeout", error=text)
    if _TRACEBACK in text or _ERROR.match(last[0].strip()):
        return Execution("error", error=text)
    return Execution("ok", text)


class Builder:
    """Takes the pieces of a solution in their order."""

    def __init__(self) -> None:
        self._steps: list[Step] = []
        self._said: list[str] = []

    def say(self, text: str) -> None:
        """A thought, or part of the conclusion."""
        if text.strip():
            self._said.append(text.strip())

    def run(self, code: str) -> None:
        """A program; what was said since the last one is its thought."""
        if code.strip():
            self._steps.append(Step(self._take(), code.strip("\r\n").rstrip().replace("\r\n", "\n"), NOT_RUN))

    def show(self, output: str | Execution) -> None:
        """What the program before printed.

        Raises:
            Refused: there is none.
        """
        if not self._steps:
            raise Refused("other_form", "an output before any program")
        shown = stored_execution(output) if isinstance(output, str) else output
        last = self._steps[-1]
        if last.execution is not NOT_RUN:  # one fence for each line
            shown = stored_execution("\n".join(filter(None, (last.execution.observation, shown.observation))))
        self._steps[-1] = replace(last, execution=shown)

    @property
    def concluding(self) -> int:
        """How many pieces were said since the last program."""
        return len(self._said)

    def drop_last(self) -> None:
        """Take the last piece that was said back."""
        self._said.pop()

    def finish(self, meta: Mapping[str, Any] | None = None, *, bare: bool = False) -> Solution:
        """The solution.

        Args:
            bare: whether it may end with a program.

        Raises:
            Refused: it holds no program, has no conclusion, or goes on behind it with another question.
        """
        if not self._steps:
            raise Refused("no_code", "reasoning without a program")
        conclusion = self._take()
        if not conclusion and not bare:
            raise Refused("truncated", "ends with a program or its output, before the conclusion")
        if found := _RUN_ON.search(conclusion):
            raise Refused("run_on", f"goes on with {found.group().strip()!r}")
        return Solution(tuple(self._steps), conclusion, meta or {})

    def _take(self) -> str:
        said, self._said = self._said, []
        return "\n\n".join(said)
