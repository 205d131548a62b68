"""``POST /v1/completions``: text continued as it is, for harnesses and older clients; nothing is ever run."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from fastapi import APIRouter, Request
from sse_starlette import EventSourceResponse
from starlette.responses import Response

from ...solving.loop import Accepted
from ..models.model import Model, check_generates
from ..models.raw_text import Continued, ContinueText, RawRequest
from ..names import Names
from ..solves import Solves
from ..web.errors import ApiError
from ..web.exchange import dump, event, json_response, read_body, resume, stream_failure, unless_disconnected
from ..web.interleaving import interleave
from ..web.opening import opened
from .request import CompletionsRequest, parse_completions_request

__all__ = ["completions_router"]

PATH = "/v1/completions"
AT_ONCE = 16  # texts of one request
Json = dict[str, Any]
Part = Accepted | str | Continued


def completions_router(model: Model, solves: Solves, names: Names) -> APIRouter:
    """The route; a request of any number of texts takes one place among the solves."""
    router = APIRouter()

    @router.post(PATH)
    async def create_completion(request: Request) -> Response:
        check_generates(model)
        if model.continue_text is None:
            message = "This server's engine continues no text without a chat template; use /v1/chat/completions."
            raise ApiError(message, code="unsupported_endpoint")
        body, _ = names.read(await read_body(request))
        wanted = parse_completions_request(body, model.vocabulary)
        answer = _Answer(str(body.get("model") or names.name), [_Choice() for _ in wanted.choices])
        parts = _parts(model.continue_text, wanted.choices)
        if not wanted.stream:
            return json_response(await unless_disconnected(request, _complete(answer, parts, solves)))
        chunks = _stream(answer, parts, wanted, solves)
        first = await unless_disconnected(request, anext(chunks))
        stream: Response = EventSourceResponse(resume(first, chunks), sep="\n")
        return stream

    return router


def _parts(continue_text: ContinueText, choices: Sequence[RawRequest]) -> AsyncGenerator[tuple[int, Part], None]:
    """What comes of all choices, some of them at a time."""
    free = asyncio.Semaphore(AT_ONCE)

    async def one(request: RawRequest) -> AsyncGenerator[Part, None]:
        async with free, aclosing(continue_text(request)) as parts:
            async for part in parts:
                yield part

    return interleave([one(request) for request in choices])


async def _complete(answer: _Answer, parts: AsyncGenerator[tuple[int, Part], None], solves: Solves) -> Json:
    async with aclosing(parts):
        with solves.room():
            async for index, part in parts:
                answer.choices[index].add(part)
    return answer.whole()


async def _stream(
    answer: _Answer, parts: AsyncGenerator[tuple[int, Part], None], wanted: CompletionsRequest, solves: Solves
) -> AsyncGenerator[bytes, None]:
    with solves.room():
        async with opened(parts, min(AT_ONCE, len(answer.choices)), itemgetter(0)) as happening:
            try:
                async for index, part in happening:
                    answer.choices[index].add(part)
                    if not isinstance(part, Accepted):
                        yield event(dump(answer.chunk(index, part)))
                if wanted.include_usage:
                    yield event(dump(answer.head() | {"choices": [], "usage": answer.usage()}))
            except Exception as error:
                yield event(dump(stream_failure(error)))
    yield event("[DONE]")


@dataclass
class _Choice:
    """One continuation as it comes."""

    text: str = ""
    end: Continued | None = None

    def add(self, part: Part) -> None:
        if isinstance(part, str):
            self.text += part
        elif isinstance(part, Continued):
            self.end = part


@dataclass
class _Answer:
    """The ``text_completion`` of a request, whole or in chunks."""

    model: str
    choices: list[_Choice]
    id: str = field(default_factory=lambda: f"cmpl-{uuid.uuid4().hex}")
    created: int = field(default_factory=lambda: int(time.time()))

    def head(self) -> Json:
        return {"id": self.id, "object": "text_completion", "created": self.created, "model": self.model}

    def whole(self) -> Json:
        ends = [_ended(choice) for choice in self.choices]
        choices = [
            _shown(index, choice.text, end.finish_reason, end.logprobs)
            for index, (choice, end) in enumerate(zip(self.choices, ends, strict=True))
        ]
        return self.head() | {"choices": choices, "usage": self.usage()}

    def chunk(self, index: int, part: str | Continued) -> Json:
        """A piece of text; the log probabilities of all of them come with the end."""
        shown = (
            _shown(index, part, None, None)
            if isinstance(part, str)
            else _shown(index, "", part.finish_reason, part.logprobs)
        )
        return self.head() | {"choices": [shown]}

    def usage(self) -> Json:
        ends = [choice.end for choice in self.choices if choice.end]
        prompt, completion = sum(end.prompt_tokens for end in ends), sum(end.completion_tokens for end in ends)
        return {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}


def _ended(choice: _Choice) -> Continued:
    assert choice.end is not None, "a continuation ends in Continued"
    return choice.end


def _shown(index: int, text: str, finish_reason: str | None, logprobs: Mapping[str, Any] | None) -> Json:
    return {"index": index, "text": text, "logprobs": logprobs, "finish_reason": finish_reason}
