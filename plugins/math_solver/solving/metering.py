"""Counting tokens at the model, for replies that take more than the turns which they show."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

from ..protocol import Turn
from .loop import Completion, Generate, Part, Reasoned, Usage, Wanted

__all__ = ["Meter"]


class Meter:
    """The usage of all generations that it watches, those included that failed or were given up.

    Of a turn that never ended only its pieces are known, and each counts as a token; its prompt counts as none.
    """

    def __init__(self) -> None:
        self.usage = Usage()

    def watch(self, generate: Generate) -> Generate:
        """The same generations, counted."""

        async def watched(
            turns: Sequence[Turn], *, max_tokens: int | None, wanted: Wanted | None = None
        ) -> AsyncGenerator[Part, None]:
            demanded = {} if wanted is None else {"wanted": wanted}
            pieces = 0
            try:
                async with aclosing(generate(turns, max_tokens=max_tokens, **demanded)) as parts:
                    async for part in parts:
                        if isinstance(part, Completion):
                            self.usage, pieces = self.usage.plus(part), 0
                        pieces += isinstance(part, str | Reasoned)
                        yield part
            finally:
                self.usage = self.usage.plus(Completion("", completion_tokens=pieces))

        return watched
