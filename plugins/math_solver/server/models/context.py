"""The tokens for which a model has room."""

from __future__ import annotations

from typing import Any

from ..web.errors import ApiError

__all__ = ["check_context", "context_of"]


def context_of(model: Any) -> int | None:
    """The tokens that a model was made for; ``None`` where it does not say."""
    config = getattr(model, "config", None)
    length = getattr(config, "max_position_embeddings", None)
    return length if isinstance(length, int) else None


def check_context(length: int, context: int, param: str = "messages") -> None:
    """Raise ``ApiError`` for a prompt behind which no answer has room."""
    if length >= context:
        message = f"The prompt has {length} tokens; this server has room for {context}, the answer included."
        raise ApiError(message, param=param, code="context_length_exceeded")
