"""Where a generation should end: behind its first call, or before a string that the client named."""

from __future__ import annotations

from collections.abc import Sequence

from .reader import TurnReader

__all__ = ["Watch"]


class Watch:
    """Passes on a turn as it is generated, up to where it should end.

    Attributes:
        text: all that was passed on.
        halted: one of the stop strings came; it is left out.
        over: nothing more will be passed on.
    """

    def __init__(self, stop: Sequence[str] = (), *, calls: bool = True) -> None:
        self.text = ""
        self.halted = False
        self._stop = tuple(stop)
        self._reader = TurnReader() if calls else None
        self._held = ""

    @property
    def over(self) -> bool:
        return self.halted or (self._reader is not None and self._reader.ended)

    def feed(self, text: str) -> str:
        """The next part of the turn that is certain to stay."""
        if self.over:
            return ""
        self._held += text
        places = [(at, word) for word in self._stop if (at := self._held.find(word)) >= 0]
        if places:
            self.halted = True
            return self._pass(min(places)[0])
        return self._pass(len(self._held) - max((_overlap(self._held, word) for word in self._stop), default=0))

    def close(self) -> str:
        """The rest of a turn that ended by itself."""
        return self._pass(len(self._held)) if not self.over else ""

    def _pass(self, until: int) -> str:
        text, self._held = self._held[:until], self._held[until:]
        if self._reader is not None:
            self._reader.feed(text)
            if self._reader.end is not None:
                text = text[: self._reader.end - len(self.text)]
                self.halted = False
        self.text += text
        return text


def _overlap(text: str, word: str) -> int:
    """How many characters at the end of a text could begin a word."""
    return next((size for size in range(min(len(text), len(word) - 1), 0, -1) if word.startswith(text[-size:])), 0)
