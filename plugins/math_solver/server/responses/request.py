"""Read a ``/v1/responses`` body; what cannot be honoured is refused, with the name of the parameter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from ...solving.json_answers import AnswerFormat
from ..demanded import ToolChoice, read_answer_format, read_tool_choice, write_tool_choice
from ..second_looks import SecondLooks, read_second_looks
from ..settings import Settings
from ..web.errors import ApiError
from ..web.fields import MOST_LOGPROBS, SAMPLING, Body, is_unicode, read, read_sampling, read_whole
from .items import FindItem, read_input
from .tools import Tools, read_tools

__all__ = ["FORMAT_PARAM", "INCLUDABLE", "ResponsesRequest", "parse_responses_request", "read_include"]

FORMAT_PARAM = "text.format"
PLAIN: Mapping[str, Any] = {"type": "text"}
VERBOSITIES = (None, "low", "medium", "high")  # a hint that changes nothing here
INCLUDABLE = "code_interpreter_call.outputs"
LOGPROBS = "message.output_text.logprobs"
# What comes with items that there are none of here, or is there without being asked for.
EMPTY = frozenset(
    {
        "reasoning.encrypted_content",
        "file_search_call.results",
        "web_search_call.results",
        "web_search_call.action.sources",
        "message.input_image.image_url",
        "computer_call_output.output.image_url",
    }
)
# Parameters that nothing here honours, with the values that ask for nothing.
NEUTRAL: Mapping[str, tuple[Any, ...]] = {
    "background": (False,),
    "truncation": ("disabled", "auto"),
    "service_tier": ("auto", "default", "flex", "priority", "scale"),
    "stream_options": ({}, {"include_obfuscation": False}),
    "context_management": ([],),
    **dict.fromkeys(("conversation", "prompt", "moderation", "access_programs", "background_options", "image"), ()),
}
# Parameters that are hints or names: they are accepted and change no answer, as at OpenAI.
HINTS = (
    "reasoning",
    "user",
    "safety_identifier",
    "prompt_cache_key",
    "prompt_cache_retention",
    "prompt_cache_options",
)
READ = (
    "model",
    "input",
    "instructions",
    "previous_response_id",
    "tools",
    "tool_choice",
    "parallel_tool_calls",
    "include",
    "max_output_tokens",
    "max_tool_calls",
    "top_logprobs",
    "metadata",
    "store",
    "stream",
    "text",
)
# Not OpenAI's.
OURS = ("votes", "check", "explain")
KNOWN = {*READ, *NEUTRAL, *HINTS, *SAMPLING, *OURS}


@dataclass(frozen=True)
class ResponsesRequest:
    """A checked request.

    Attributes:
        items: the input, as it is listed again.
        choice: the tools that the model may call, and whether it must.
        answer_format: what the answer must be.
        looks: how many solves vote, and whether the answer is checked.
        with_outputs: what programs printed is asked for.
        logprobs: how many of the likeliest tokens are told with each; ``None`` tells nothing.
        fields: what the response repeats of the request.
    """

    items: tuple[Mapping[str, Any], ...]
    instructions: str | None
    tools: Tools
    choice: ToolChoice
    answer_format: AnswerFormat | None
    looks: SecondLooks
    previous_response_id: str | None
    max_output_tokens: int | None
    max_tool_calls: int | None
    sampling: Mapping[str, Any]
    with_outputs: bool
    logprobs: int | None
    store: bool
    stream: bool
    fields: Mapping[str, Any]


def parse_responses_request(
    body: Body, find: FindItem, *, default_on: bool, memory_mb: int, settings: Settings | None = None
) -> ResponsesRequest:
    """The request of a body; ``memory_mb`` is what a program may use here, ``settings`` the YAML's defaults.

    Raises:
        ApiError: 400 that names the parameter; 404 for a reference to an item that is not stored.
    """
    _refuse_unsupported(body)
    tools = read_tools(body.get("tools"), default_on=default_on, memory_mb=memory_mb)
    choice = read_tool_choice(body.get("tool_choice"), tools.interpreter, tools.functions)
    chosen, answer_format = _chosen(tools, choice), _read_format(body)
    looks = read_second_looks(
        body,
        settings or Settings(),
        interpreter=chosen.interpreter,
        answer_format=answer_format,
        named=chosen.container is not None,
    )
    request = ResponsesRequest(
        items=tuple(read_input(body.get("input"), find)),
        instructions=_read_text(body, "instructions"),
        tools=chosen,
        choice=choice,
        answer_format=answer_format,
        looks=looks,
        previous_response_id=_read_text(body, "previous_response_id"),
        max_output_tokens=read_whole(body, "max_output_tokens", 1, 10_000_000),
        max_tool_calls=read_whole(body, "max_tool_calls", 1, 10_000),  # OpenAI's endpoint refuses 0 as well
        sampling=looks.sampling(read_sampling(body)),
        with_outputs=read_include(body.get("include")),
        logprobs=_read_logprobs(body, chosen, answer_format),
        store=read(body, "store", bool, True),
        stream=read(body, "stream", bool, False),
        fields={},
    )
    return _with_fields(request, body, tools)


def _chosen(tools: Tools, choice: ToolChoice) -> Tools:
    """The tools that ``tool_choice`` leaves."""
    return replace(tools, interpreter=choice.interpreter, functions=choice.functions)


def _with_fields(request: ResponsesRequest, body: Body, tools: Tools) -> ResponsesRequest:
    fields = {
        "model": _read_text(body, "model") or "",
        "instructions": request.instructions,
        "previous_response_id": request.previous_response_id,
        "tools": list(tools.listed),
        "tool_choice": write_tool_choice(body.get("tool_choice")),
        "parallel_tool_calls": read(body, "parallel_tool_calls", bool, True),
        "max_output_tokens": request.max_output_tokens,
        "max_tool_calls": request.max_tool_calls,
        **{name: body[name] for name in OURS if body.get(name) is not None},
        "temperature": request.sampling.get("temperature"),
        "top_p": request.sampling.get("top_p"),
        "metadata": _read_metadata(body),
        "store": request.store,
        "background": False,
        "reasoning": {"effort": None, "summary": None},
        "service_tier": "default",
        "text": {"format": _write_format(request.answer_format)},
        "top_logprobs": request.logprobs or 0,
        "truncation": "disabled",
        "user": _read_text(body, "user"),
    }
    return replace(request, fields=fields)


def read_include(include: object) -> bool:
    """Whether the outputs of programs are asked for.

    Raises:
        ApiError: 400 for what cannot be included.
    """
    if include is None:
        return False
    if not isinstance(include, list):
        raise ApiError("include must be a list", param="include", code="invalid_type")
    for name in include:
        if not isinstance(name, str) or name not in {INCLUDABLE, LOGPROBS, *EMPTY}:
            message = f"include: {name!r} is not supported; only {INCLUDABLE!r} is"
            raise ApiError(message, param="include", code="unsupported_value")
    return INCLUDABLE in include


def _read_logprobs(body: Body, tools: Tools, answer_format: AnswerFormat | None) -> int | None:
    top = read_whole(body, "top_logprobs", 0, MOST_LOGPROBS) or 0
    if not top and LOGPROBS not in (body.get("include") or ()):
        return None
    if tools.interpreter or tools.functions or answer_format:
        message = "log probabilities are told of plain answers only; leave them out, or the tools and the format"
        raise ApiError(message, param="top_logprobs" if top else "include", code="unsupported_value")
    return top


def _refuse_unsupported(body: Body) -> None:
    for name, value in body.items():
        if name not in KNOWN:
            raise ApiError(f"Unknown parameter: {name!r}.", param=name, code="unknown_parameter")
        if name in NEUTRAL and value is not None and value not in NEUTRAL[name]:
            message = f"{name}={value!r} is not supported; leave it out"
            raise ApiError(message, param=name, code="unsupported_value")


def _read_text(body: Body, name: str) -> str | None:
    text: str | None = read(body, name, str, None)
    if text is not None and not is_unicode(text):
        raise ApiError(f"{name} must be text that UTF-8 can carry", param=name, code="invalid_type")
    return text


def _read_format(body: Body) -> AnswerFormat | None:
    text = read(body, "text", dict, {})
    if set(text) - {"format", "verbosity"} or text.get("verbosity") not in VERBOSITIES:
        raise ApiError(f"text={text!r} is not supported; give a format", param="text", code="unsupported_value")
    return read_answer_format(text.get("format"), FORMAT_PARAM)


def _write_format(answer_format: AnswerFormat | None) -> dict[str, Any]:
    """A format as a response repeats it."""
    if answer_format is None:
        return dict(PLAIN)
    written = answer_format.response_format
    return {"type": written["type"], **written.get("json_schema", {})}


def _read_metadata(body: Body) -> dict[str, str]:
    metadata: dict[str, str] = read(body, "metadata", dict, {})
    fits = len(metadata) <= 16 and all(
        len(key) <= 64 and isinstance(value, str) and len(value) <= 512 for key, value in metadata.items()
    )
    if not fits:
        message = "metadata must be at most 16 pairs of text, keys up to 64 and values up to 512 characters"
        raise ApiError(message, param="metadata", code="invalid_value")
    return metadata
