"""Plain text for ``stage: pt``: a problem and its worked solution, as a document would show them.

LLaMA-Factory joins the texts, each with an end token behind it, and cuts them into blocks of ``cutoff_len``; what is
left of a batch of 1,000 is dropped. (Read from llamafactory 0.9.5, ``data/processor/pretrain.py``.)
"""

from __future__ import annotations

from ..protocol import render_turns
from ..records import Trajectory

__all__ = ["text_row"]


def text_row(trajectory: Trajectory) -> dict[str, str]:
    """The question, thoughts with programs and outputs in fences, and the conclusion, an empty line between them."""
    return {"text": "\n\n".join(turn.content for turn in render_turns(trajectory, "fenced"))}
