"""What the server needs of a model, whatever is behind it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Protocol, TypeAlias

from starlette.responses import Response

from ...protocol import FormChoice, ThoughtTags
from ...solving.loop import Generate
from ..solve_request import SolveRequest
from ..web.errors import ApiError
from .raw_text import ContinueText
from .template_calls import TemplateCalls

__all__ = ["AnswerMedia", "Model", "check_generates"]

# Answers the body of a chat request that holds images, videos or audio.
AnswerMedia: TypeAlias = Callable[[Mapping[str, Any]], Awaitable[Response]]


class Model(Protocol):
    """A model that the server asks: loaded here on one of LLaMA-Factory's engines, or behind another endpoint."""

    @property
    def can_generate(self) -> bool:
        """Whether it writes text; a reward model does not."""

    @property
    def template(self) -> TemplateCalls | None:
        """How LLaMA-Factory's template of it writes calls; ``None`` where another endpoint renders the prompts."""

    @property
    def thought_tags(self) -> ThoughtTags:
        """The tags between which it reasons."""

    @property
    def media(self) -> AnswerMedia | None:
        """What answers requests with images, videos or audio; ``None`` where such content is refused."""

    @property
    def continue_text(self) -> ContinueText | None:
        """What continues a text without a chat template; ``None`` where the engine shows no way."""

    @property
    def vocabulary(self) -> int | None:
        """How many tokens it knows; ``None`` where another endpoint does."""

    @property
    def stock(self) -> Any:
        """What LLaMA-Factory's own application is built on: its ``ChatModel``, or what stands for one."""

    def check(self, request: SolveRequest) -> None:
        """Raise ``ApiError`` for what it cannot honour."""

    def generate(self, request: SolveRequest, form: FormChoice) -> Generate:
        """The loop's ``generate`` for one request, whose programs are written in ``form``."""

    async def close(self) -> None:
        """Let go of what it holds when the server ends."""


def check_generates(model: Model) -> None:
    """Raise 405 for a model that writes no text."""
    if not model.can_generate:
        raise ApiError("This model does not generate text.", status=405)
