"""Text that a model continues as it is, without a chat template: what is asked, and what comes of it."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from ...solving.loop import Accepted
from ..solve_request import Penalties

__all__ = ["ContinueText", "Continued", "RawRequest"]


@dataclass(frozen=True)
class RawRequest:
    """One text to continue.

    Attributes:
        prompt: the text, or its tokens.
        max_tokens: how many may follow; 0 for none, where only the prompt's own are of interest.
        sampling: as ``SolveRequest`` has it.
        logprobs: how many of the likeliest tokens are told with each; ``None`` tells nothing.
        echo: the prompt is part of the text that is told.
    """

    prompt: str | tuple[int, ...]
    max_tokens: int
    sampling: Mapping[str, Any] = field(default_factory=dict)
    stop: tuple[str, ...] = ()
    penalties: Penalties = field(default_factory=Penalties)
    seed: int | None = None
    logprobs: int | None = None
    echo: bool = False
    stream: bool = False


@dataclass(frozen=True)
class Continued:
    """A whole continuation, behind whose pieces it comes.

    ``logprobs`` are OpenAI's lists of ``tokens``, ``token_logprobs``, ``top_logprobs`` and ``text_offset``.
    """

    finish_reason: Literal["stop", "length"]
    prompt_tokens: int
    completion_tokens: int
    logprobs: Mapping[str, Any] | None = None


# Continues one text: ``Accepted`` where that is known before there is any, its pieces, and ``Continued`` last.
ContinueText: TypeAlias = Callable[[RawRequest], AsyncGenerator[Accepted | str | Continued, None]]
