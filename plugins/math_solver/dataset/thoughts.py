"""What a teacher reasoned before each turn, as templates for reasoning models train it.

A template of LLaMA-Factory that knows thoughts expects them between tags at the beginning of a turn; where a turn has
none it is trained to think nothing (``enable_thinking: true``), or has an empty thought in its prompt. In sft the
thoughts of all turns stand in the row and are trained on; with ``mask_history`` those of earlier turns are taken
out unless ``preserve_thinking`` says otherwise, as in serving. In dpo and kto they always are, unless it does.
(Read from llamafactory 0.9.5, ``data/template.py``, ``ReasoningTemplate``.)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..protocol import THINK, Turn
from ..records import Trajectory

__all__ = ["add_thoughts", "reason_not_to_think"]


def add_thoughts(turns: Sequence[Turn], trajectory: Trajectory) -> list[Turn]:
    """The turns of a trajectory, those of the assistant behind their thoughts (``meta.reasoning``)."""
    thoughts = iter(trajectory.meta["reasoning"])
    return [_behind(turn, next(thoughts)) if turn.role == "assistant" else turn for turn in turns]


def _behind(turn: Turn, thought: str) -> Turn:
    before = THINK.render(thought.strip())
    calls_at = None if turn.calls_at is None else len(before) + turn.calls_at
    return replace(turn, content=before + turn.content, calls_at=calls_at)


def reason_not_to_think(trajectory: Trajectory, markup: Iterable[str]) -> str | None:
    """Why the thoughts of a trajectory cannot be shown: it lacks some, or they hold what would be read as markup."""
    reasoning = trajectory.meta.get("reasoning")
    if not isinstance(reasoning, list | tuple) or len(reasoning) != len(trajectory.steps) + 1:
        return "no_reasoning"
    if not all(isinstance(text, str) and text.strip() for text in reasoning):
        return "no_reasoning"
    shown = [text for text in (*reasoning, *(step.thought for step in trajectory.steps), trajectory.conclusion)]
    tags = (*markup, THINK.opening, THINK.closing)
    return "markup_in_text" if any(tag in text for text in shown for tag in tags) else None
