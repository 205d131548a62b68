"""The marks between which many models reason before they say anything."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["THINK", "ThoughtTags"]


@dataclass(frozen=True)
class ThoughtTags:
    """What a model writes before and behind its reasoning, white space included: a template's ``thought_words``.

    Attributes:
        opened: the prompt ends with the opening tag, so that the model's turn begins inside.
    """

    before: str = "<think>\n"
    behind: str = "\n</think>\n\n"
    opened: bool = False

    @property
    def opening(self) -> str:
        return self.before.strip()

    @property
    def closing(self) -> str:
        return self.behind.strip()

    def render(self, reasoning: str) -> str:
        """Reasoning as the beginning of a turn."""
        return ("" if self.opened else self.before) + reasoning + self.behind

    def holds(self, token: str) -> bool:
        """Whether a token is one of those that a tag is made of."""
        return bool(token.strip()) and (token in self.opening or token in self.closing)


THINK = ThoughtTags()
