"""Read a ``/v1/completions`` body; what cannot be honoured is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..models.raw_text import RawRequest
from ..solve_request import SEEDS, numbered_seed, read_penalties, read_stop
from ..web.errors import ApiError
from ..web.fields import MOST_LOGPROBS, Body, is_unicode, read, read_sampling, read_whole

__all__ = ["CompletionsRequest", "parse_completions_request"]

MOST_TEXTS = 2048  # of one request, each counted as often as it is continued
DEFAULT_TOKENS = 16
# What nothing here honours, with the values that ask for nothing.
NEUTRAL: Mapping[str, tuple[Any, ...]] = {"suffix": ("",)}


@dataclass(frozen=True)
class CompletionsRequest:
    """A checked request: each text to continue, all else alike, ``n`` times."""

    texts: tuple[RawRequest, ...]
    n: int
    stream: bool
    include_usage: bool

    @property
    def choices(self) -> list[RawRequest]:
        """A request for each choice; with a seed each has one of its own."""
        return [replace(text, seed=numbered_seed(text.seed, index)) for text in self.texts for index in range(self.n)]


def parse_completions_request(body: Body, vocabulary: int | None) -> CompletionsRequest:
    """The request of a body; unknown fields are ignored.

    Raises:
        ApiError: 400 that names the parameter; also for a token beyond a ``vocabulary`` of so many.
    """
    for name, neutral in NEUTRAL.items():
        if body.get(name) is not None and body[name] not in neutral:
            raise ApiError(f"{name} is not supported; leave it out", param=name, code="unsupported_value")
    prompts = _read_prompts(body.get("prompt"), vocabulary)
    n = _read_n(body, len(prompts))
    shared = RawRequest(
        "",
        DEFAULT_TOKENS if (asked := read_whole(body, "max_tokens", 0, 10_000_000)) is None else asked,
        read_sampling(body, several=n > 1),
        read_stop(body),
        read_penalties(body),
        read_whole(body, "seed", *SEEDS),
        _read_logprobs(body),
        read(body, "echo", bool, False),
        read(body, "stream", bool, False),
    )
    texts = tuple(replace(shared, prompt=prompt) for prompt in prompts)
    include_usage = read(read(body, "stream_options", dict, {}), "include_usage", bool, False)
    return CompletionsRequest(texts, n, shared.stream, include_usage)


def _read_prompts(prompt: object, vocabulary: int | None) -> list[str | tuple[int, ...]]:
    """A text, a list of texts, the tokens of a text, or a list of such."""
    several = prompt if isinstance(prompt, list) and not _is_tokens(prompt) else [prompt]
    if not several or len(several) > MOST_TEXTS:
        raise ApiError(f"give 1 to {MOST_TEXTS} prompts", param="prompt", code="invalid_value")
    return [_read_prompt(one, vocabulary) for one in several]


def _is_tokens(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(type(token) is int for token in value)


def _read_prompt(prompt: object, vocabulary: int | None) -> str | tuple[int, ...]:
    if isinstance(prompt, str) and prompt and is_unicode(prompt):
        return prompt
    if not isinstance(prompt, list) or not _is_tokens(prompt):
        message = "prompt must be text that is not empty, its tokens, or a list of such"
        raise ApiError(message, param="prompt", code="invalid_type")
    wrong = [token for token in prompt if not 0 <= token < (vocabulary or 2**31)]
    if wrong:
        raise ApiError(f"prompt: there is no token {wrong[0]}", param="prompt", code="invalid_value")
    return tuple(prompt)


def _read_n(body: Body, prompts: int) -> int:
    n = read_whole(body, "n", 1, MOST_TEXTS) or 1
    if (read_whole(body, "best_of", 0, MOST_TEXTS) or n) != n:
        raise ApiError("best_of other than n is not supported", param="best_of", code="unsupported_value")
    if n * prompts > MOST_TEXTS:
        raise ApiError(f"n times the prompts is at most {MOST_TEXTS}", param="n", code="invalid_value")
    return n


def _read_logprobs(body: Body) -> int | None:
    if isinstance(body.get("logprobs"), bool):  # as chat has it
        raise ApiError("logprobs must be a whole number", param="logprobs", code="invalid_type")
    return read_whole(body, "logprobs", 0, MOST_LOGPROBS)
