"""A model behind another OpenAI-compatible endpoint: the loop and the interpreter run here, generation there."""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Mapping, Sequence
from contextlib import aclosing, asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any, Literal

import openai

from ...disk import storable
from ...protocol import THINK, FormChoice, Turn
from ...solving.completions import OpenAIGenerate
from ...solving.loop import Accepted, Completion, Generate, Part, Wanted
from ...solving.replies import NoCompletion, as_count, excerpt, longest_turn, plain_object
from ...solving.wire import BoundedClient
from ..settings import Upstream
from ..solve_request import Penalties, SolveRequest
from ..web.errors import ApiError, StartupError
from .raw_text import Continued, ContinueText, RawRequest

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
    vocabulary = None
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
        self._client = openai.AsyncOpenAI(
            base_url=upstream.base_url,
            api_key=key,
            timeout=upstream.timeout,
            http_client=BoundedClient(upstream.timeout),
        )
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
            request.logprobs is not None,
        )

    def _options(self, request: SolveRequest) -> dict[str, Any]:
        options = self._sampling(request.sampling, request.penalties, request.seed)
        if request.logprobs is not None:
            options |= {"logprobs": True, "top_logprobs": request.logprobs}
        return options

    def _sampling(self, sampling: Mapping[str, Any], penalties: Penalties, seed: int | None) -> dict[str, Any]:
        options = {**self._defaults, **sampling}
        extra = {name: options.pop(name) for name in ("top_k", "repetition_penalty") if name in options}
        if options.pop("do_sample", None) is False:
            options["temperature"] = 0
        asked = {
            "presence_penalty": penalties.presence or None,
            "frequency_penalty": penalties.frequency or None,
            "logit_bias": {str(token): bias for token, bias in penalties.bias.items()} or None,
            "seed": seed,
            "extra_body": extra or None,
        }
        return options | {name: value for name, value in asked.items() if value is not None}

    @property
    def continue_text(self) -> ContinueText:
        return self._continue

    async def _continue(self, request: RawRequest) -> AsyncGenerator[Accepted | str | Continued, None]:
        """What the endpoint's own ``/v1/completions`` answers."""
        asked: dict[str, Any] = {
            **self._sampling(request.sampling, request.penalties, request.seed),
            "model": self._model,
            "prompt": request.prompt if isinstance(request.prompt, str) else list(request.prompt),
            "max_tokens": min(request.max_tokens, self._limit or request.max_tokens),
            "echo": request.echo or None,
            "stop": list(request.stop) or None,
            "logprobs": request.logprobs,
        }
        asked = {name: value for name, value in asked.items() if value is not None}
        with translated():
            if request.stream:
                asked["stream_options"] = {"include_usage": True}
            answer: Any = await self._client.completions.create(**asked, stream=request.stream)
            yield Accepted()
            collected = _Collected(longest_turn(asked["max_tokens"]) + len(str(request.prompt)))
            async with _parts(answer) as parts:
                async for part in parts:
                    if text := collected.add(part):
                        yield text
                    if collected.full:
                        break
            yield collected.end()

    async def close(self) -> None:
        """Close the connections to the endpoint."""
        await self._client.close()


class _Collected:
    """A completion of at most ``most`` characters put together from its chunks, of which a whole one is one."""

    def __init__(self, most: int) -> None:
        self._left = most
        self._finish: str | None = None
        self._usage = (0, 0)
        self._logprobs: dict[str, list[Any]] = {}

    @property
    def full(self) -> bool:
        """Whether it is longer than any that was asked for."""
        return self._left < 0

    def add(self, part: Any) -> str:
        """The text of a chunk."""
        if part.usage is not None:
            prompt, written = as_count(part.usage.prompt_tokens), as_count(part.usage.completion_tokens)
            self._usage = (prompt or 0, written or 0)
        text = ""
        for choice in part.choices[:1]:
            self._finish = choice.finish_reason or self._finish
            text += storable(choice.text or "")
            for name, values in plain_object(choice.logprobs.to_dict() if choice.logprobs else {}).items():
                self._logprobs.setdefault(name, []).extend(values or [])
        self._left -= len(text)
        return text

    def end(self) -> Continued:
        if self._finish is None and not self.full:
            raise ValueError("it broke off, with no reason to finish")
        finish: Literal["length", "stop"] = "length" if self._finish == "length" or self.full else "stop"
        return Continued(finish, *self._usage, self._logprobs or None)


@asynccontextmanager
async def _parts(answer: Any) -> AsyncGenerator[AsyncIterator[Any], None]:
    """The chunks of a completion, of which a whole one is one; its connection is given back however it ends."""
    if isinstance(answer, openai.AsyncStream):
        async with answer:
            yield aiter(answer)
    else:
        yield _only(answer)


async def _only(answer: Any) -> AsyncGenerator[Any, None]:
    yield answer


@dataclass(frozen=True)
class _Translated:
    """A generation whose errors are those of this server."""

    generate: OpenAIGenerate
    limit: int | None
    logprobs: bool

    async def __call__(
        self, turns: Sequence[Turn], *, max_tokens: int | None, wanted: Wanted | None = None
    ) -> AsyncGenerator[Part, None]:
        limit = min((limit for limit in (max_tokens, self.limit) if limit), default=None)
        with translated():
            async with aclosing(self.generate(turns, max_tokens=limit, wanted=wanted)) as parts:
                async for part in parts:
                    if self.logprobs and isinstance(part, Completion) and part.text and not part.logprobs:
                        message = "The upstream endpoint tells no log probabilities; leave logprobs out."
                        raise ApiError(message, param="logprobs", code="unsupported_value")
                    yield part


@contextmanager
def translated() -> Iterator[None]:
    """Raise what an endpoint answers or fails with as errors of this server."""
    try:
        yield
    except openai.APIStatusError as error:
        # What the client asked wrongly is its own to mend; our key and the endpoint's health are not.
        status = error.status_code if error.status_code in (400, 404, 413, 422, 429) else 502
        said = error.message if error.body else f"{error.message} {error.response.text[:_SHOWN]}"
        raise ApiError(f"The upstream endpoint answered {error.status_code}: {said.strip()}", status=status) from error
    except openai.APIError as error:
        raise ApiError(f"The upstream endpoint failed: {error.message}", status=502) from error
    except (NoCompletion, ValueError, TypeError, AttributeError, LookupError, RecursionError) as error:
        said = excerpt(str(error))
        raise ApiError(f"The upstream endpoint wrote what is no completion: {said}", status=502) from error
