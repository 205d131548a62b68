"""A solution as turns, in the text that a model writes and sees."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from ..records import Trajectory
from .native import render_calls
from .prompts import TOOL

__all__ = [
    "Form",
    "FormChoice",
    "Role",
    "Turn",
    "call_turn",
    "calls_turn",
    "render_call",
    "render_observation",
    "render_remaining",
    "render_turns",
    "text_turn",
    "truncate_middle",
]

Form = Literal["native", "fenced"]
FormChoice = Literal["native", "fenced", "auto"]
Role = Literal["user", "assistant", "observation"]
ASIDE = "\n\n"


@dataclass(frozen=True)
class Turn:
    """One turn of a conversation, the text exactly as the model wrote or sees it.

    Reasoning that a model writes between tags is part of the text. ``reasoning`` is what came apart from it: from an
    endpoint that tells the two apart, or from a client that sends back what it was given.

    ``calls_at`` is the offset in ``content`` at which its calls begin, its length where it calls nothing: prose that
    shows a call is not one. ``None`` where nobody knows, and the text has to be read. ``results`` are the texts that
    an observation is joined of, where it answers several calls, and ``asked`` what a user says behind it in its turn.
    """

    role: Role
    content: str
    reasoning: str = ""
    calls_at: int | None = field(default=None, compare=False)
    results: tuple[str, ...] = field(default=(), compare=False)
    asked: str | None = field(default=None, compare=False)

    @property
    def calls_nothing(self) -> bool:
        """Whether it is known to be text alone."""
        return self.calls_at is not None and not self.content[self.calls_at :].strip()

    @property
    def observed(self) -> str:
        """An observation without what a user says behind it."""
        return self.content if self.asked is None else self.content.removesuffix(ASIDE + self.asked)

    def ask(self, text: str) -> Turn:
        """This observation with what a user says behind it: turns alternate, so that it has none of its own."""
        asked = text if self.asked is None else self.asked + ASIDE + text
        return replace(self, content=f"{self.content}{ASIDE}{text}", asked=asked)


def truncate_middle(text: str, limit: int) -> str:
    """Keep at most ``limit`` characters, cutting the middle, with a marker that says how many."""
    if len(text) <= limit:
        return text
    marker = f"\n... [{len(text) - limit} characters left out] ...\n"
    head = max(0, limit - len(marker)) // 2 + max(0, limit - len(marker)) % 2
    tail = max(0, limit - len(marker)) // 2
    return (text[:head] + marker + (text[-tail:] if tail else ""))[:limit]


def render_call(thought: str, code: str, form: Form = "native") -> str:
    """The assistant turn that reasons and then calls ``python`` with ``code``."""
    call = f"```python\n{code}\n```" if form == "fenced" else render_calls([(TOOL["name"], {"code": code})])
    return f"{thought}\n{call}" if thought else call


def call_turn(thought: str, code: str, form: Form = "native") -> Turn:
    """``render_call`` as a turn."""
    return Turn("assistant", render_call(thought, code, form), calls_at=len(thought) + 1 if thought else 0)


def calls_turn(said: str, calls: Iterable[tuple[str, Any]]) -> Turn:
    """An assistant's turn that says something, where it does, and calls any tools, by name and arguments."""
    written = render_calls(calls)
    before = f"{said}\n" if said and written else said
    return Turn("assistant", before + written, calls_at=len(before))


def text_turn(text: str) -> Turn:
    """An assistant's turn that calls nothing, whatever it shows."""
    return Turn("assistant", text, calls_at=len(text))


def render_observation(observation: str, form: Form = "native") -> str:
    """The observation turn; a template wraps the native form in its own tokens."""
    return f"```output\n{observation}\n```" if form == "fenced" else observation


def render_remaining(rounds: int) -> str:
    """The line that tells the model its budget, where it is told."""
    return f"[{rounds} more programs can be run]"


def render_turns(trajectory: Trajectory, form: Form = "native") -> list[Turn]:
    """The whole solution as turns, from the question to the conclusion."""
    turns = [Turn("user", trajectory.problem.question)]
    for step in trajectory.steps:
        turns.append(call_turn(step.thought, step.code, form))
        turns.append(Turn("observation", render_observation(step.execution.observation, form)))
    turns.append(text_turn(trajectory.conclusion))
    return turns
