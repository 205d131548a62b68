"""Where a generation should end: behind its first call, or before a string that the client named."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from .marks import overlap
from .reader import TurnReader
from .thoughts import THINK, ThoughtTags

__all__ = ["Watch"]


class Watch:
    """Passes on a turn as it is generated, up to where it should end.

    Reasoning never ends it, whatever it holds: a stop string is what the client does not want in an answer, and a
    turn that ended before it said anything would have none.

    Attributes:
        text: all that was passed on.
        halted: one of the stop strings came; it is left out.
        over: nothing more will be passed on.
    """

    def __init__(
        self,
        stop: Sequence[str] = (),
        *,
        calls: bool = True,
        tools: Collection[str] | None = (),
        tags: ThoughtTags = THINK,
    ) -> None:
        self.text = ""
        self.halted = False
        self._stop = tuple(stop)
        self._reader = TurnReader(calls=calls, tools=tools, tags=tags)
        self._held = ""

    @property
    def over(self) -> bool:
        return self.halted or self._reader.ended

    def feed(self, text: str) -> str:
        """The next part of the turn that is certain to stay."""
        if self.over:
            return ""
        self._held += text
        self._reader.feed(text)
        return self._pass(self._certain())

    def close(self) -> str:
        """The rest of a turn that ended by itself."""
        if self.over:
            return ""
        if self._reader.begun is None:
            self._reader.close()  # what only began like a tag is text
        certain = self._certain()
        return self._pass(certain if self.halted else len(self._held))

    def _certain(self) -> int:
        """How much of what is held will stay; sets ``halted`` where a stop string comes before the end of a call."""
        begun = max(0, self._reader.reasoned - len(self.text))
        if self._reader.begun is None:
            return begun
        end = None if self._reader.end is None else self._reader.end - len(self.text)
        stop = min((at for word in self._stop if (at := self._held.find(word, begun)) >= 0), default=None)
        if stop is not None and (end is None or stop < end):
            self.halted = True
            return stop
        held = max((overlap(self._held[begun:], word) for word in self._stop), default=0)
        return len(self._held) - held if end is None else end

    def _pass(self, until: int) -> str:
        text, self._held = self._held[:until], self._held[until:]
        self.text += text
        return text
