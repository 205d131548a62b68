"""A model behind another OpenAI-compatible endpoint: the loop and the interpreter run here, generation there."""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

import openai

from ...protocol import THINK, FormChoice, Turn
from ...solving.completions import OpenAIGenerate
from ...solving.loop import Generate, Part, Wanted
from ..settings import Upstream
from ..solve_request import SolveRequest
from ..web.errors import ApiError, StartupError

__all__ = ["UpstreamModel"]

# Keys of the YAML that say how to generate; all others speak of a model that is not loaded.
DEFAULTS = ("temperature", "top_p", "max_new_tokens")
_SHOWN = 300  # characters of an error that is no JSON


@dataclass(frozen=True)
class _NoEngine:
    """What LLaMA-Factory's application asks of an engine; of one that generates, its scoring route answers 405."""

    name: str = "upstream"
    can_generate: bool = True


@dataclass(frozen=True)
class _NoChatModel:
    """In the place of a ``ChatModel``, without which LLaMA-Factory's application cannot be built."""

    engine: _NoEngine = _NoEngine()


class UpstreamModel:
    """The model that an upstream endpoint serves.

    Raises:
        StartupError: the key is not in the environment, or the YAML names a local model as well.
    """

    can_generate = True
    # The endpoint renders the prompts; thoughts come apart from the text, and images are not passed on.
    template = None
    thought_tags = THINK
    media = None
    stock = _NoChatModel()

    def __init__(self, upstream: Upstream, args: Mapping[str, Any]) -> None:
        if others := sorted(set(args) - set(DEFAULTS)):
            raise StartupError(
                f"code_interpreter.upstream serves the model of another endpoint; remove {', '.join(others)} "
                "or the upstream"
            )
        key = os.environ.get(upstream.api_key_env) if upstream.api_key_env else "none"
        if not key:
            raise StartupError(f"code_interpreter.upstream.api_key_env: {upstream.api_key_env} is not set")
        self._model = upstream.model
        self._client = openai.AsyncOpenAI(base_url=upstream.base_url, api_key=key, timeout=upstream.timeout)
        self._defaults = {name: args[name] for name in DEFAULTS[:2] if name in args}
        self._limit = args.get("max_new_tokens")

    def check(self, request: SolveRequest) -> None:
        """Nothing: the endpoint refuses what it cannot honour."""

    def generate(self, request: SolveRequest, form: FormChoice) -> Generate:
        """The form ``auto`` is fenced, which every endpoint takes."""
        return _Translated(
            OpenAIGenerate(
                self._client,
                self._model,
                request.system,
                "native" if form == "native" else "fenced",
                self._options(request),
                request.stop,
                request.functions,
                request.interpreter,
                request.answer_format.response_format if request.answer_format else None,
            ),
            self._limit,
        )

    def _options(self, request: SolveRequest) -> dict[str, Any]:
        penalties = request.penalties
        options = {**self._defaults, **request.sampling}
        extra = {name: options.pop(name) for name in ("top_k", "repetition_penalty") if name in options}
        if options.pop("do_sample", None) is False:
            options["temperature"] = 0
        asked = {
            "presence_penalty": penalties.presence or None,
            "frequency_penalty": penalties.frequency or None,
            "logit_bias": {str(token): bias for token, bias in penalties.bias.items()} or None,
            "seed": request.seed,
            "extra_body": extra or None,
        }
        return options | {name: value for name, value in asked.items() if value is not None}

    async def close(self) -> None:
        """Close the connections to the endpoint."""
        await self._client.close()


@dataclass(frozen=True)
class _Translated:
    """A generation whose errors are those of this server."""

    generate: OpenAIGenerate
    limit: int | None

    async def __call__(
        self, turns: Sequence[Turn], *, max_tokens: int | None, wanted: Wanted | None = None
    ) -> AsyncGenerator[Part, None]:
        limit = min((limit for limit in (max_tokens, self.limit) if limit), default=None)
        try:
            async with aclosing(self.generate(turns, max_tokens=limit, wanted=wanted)) as parts:
                async for part in parts:
                    yield part
        except openai.APIStatusError as error:
            # What the client asked wrongly is its own to mend; our key and the endpoint's health are not.
            status = error.status_code if error.status_code in (400, 404, 413, 422, 429) else 502
            said = error.message if error.body else f"{error.message} {error.response.text[:_SHOWN]}"
            raise ApiError(
                f"The upstream endpoint answered {error.status_code}: {said.strip()}", status=status
            ) from error
        except openai.APIError as error:
            raise ApiError(f"The upstream endpoint failed: {error.message}", status=502) from error
        except (ValueError, TypeError, AttributeError) as error:
            raise ApiError(f"The upstream endpoint wrote what is no chat completion: {error}", status=502) from error
