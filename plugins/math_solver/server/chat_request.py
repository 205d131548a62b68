"""Read a ``/v1/chat/completions`` body that wants the interpreter; what cannot be honoured is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..protocol import SYSTEM_PROMPTS, Role, Turn, detect_lang
from .errors import ApiError

__all__ = ["TOOL_TYPE", "SolveRequest", "parse_solve_request", "wants_interpreter"]

TOOL_TYPE = "code_interpreter"
Body = Mapping[str, Any]

# Sampling parameters handed to the engine as they are: the request's name, the engine's, least and most.
SAMPLING = (
    ("temperature", "temperature", 0.0, 2.0),
    ("top_p", "top_p", 0.0, 1.0),
    ("top_k", "top_k", 0, 1_000_000),
    ("repetition_penalty", "repetition_penalty", 0.01, 10.0),
)
# Parameters that no engine of LLaMA-Factory honours in a solve, with the values that ask for nothing.
NEUTRAL: Mapping[str, tuple[Any, ...]] = {
    "n": (1,),
    "stop": ("", []),
    "presence_penalty": (0,),
    "frequency_penalty": (0,),
    "logit_bias": ({},),
    "logprobs": (False,),
    "top_logprobs": (0,),
    "response_format": ({"type": "text"},),
    "tool_choice": ("auto",),
    "functions": ([],),
}


@dataclass(frozen=True)
class SolveRequest:
    """A conversation that ends in a user's turn, its system prompt, and how to generate."""

    model: str
    system: str
    turns: tuple[Turn, ...]
    max_tokens: int | None = None
    sampling: Mapping[str, Any] = field(default_factory=dict)
    stream: bool = False
    include_usage: bool = False


def wants_interpreter(body: Body, default_on: bool) -> bool:
    """Whether a request names the interpreter among its tools, or names no tools and the YAML turns it on."""
    if body.get("tool_choice") == "none":
        return False
    tools = body.get("tools")
    if tools is None:
        return default_on
    return isinstance(tools, list) and any(_is_interpreter(tool) for tool in tools)


def _is_interpreter(tool: object) -> bool:
    return isinstance(tool, Mapping) and tool.get("type") == TOOL_TYPE


def parse_solve_request(body: Body) -> SolveRequest:
    """A checked request; fields that no one here knows are left alone.

    Raises:
        ApiError: 400 that names the parameter.
    """
    _refuse_unsupported(body)
    system, turns = _read_messages(body.get("messages"))
    return SolveRequest(
        model=_read(body, "model", str, ""),
        system=system or SYSTEM_PROMPTS[detect_lang(turns[-1].content)],
        turns=turns,
        max_tokens=_read_max_tokens(body),
        sampling=_read_sampling(body),
        stream=_read(body, "stream", bool, False),
        include_usage=_read(_read(body, "stream_options", dict, {}), "include_usage", bool, False),
    )


def _refuse_unsupported(body: Body) -> None:
    for name, neutral in NEUTRAL.items():
        value = body.get(name)
        if value is not None and value not in neutral:
            message = f"{name}={value!r} is not supported with the code interpreter; leave it out"
            raise ApiError(message, param=name, code="unsupported_value")
    if body.get("seed") is not None and body.get("temperature") != 0 and body.get("do_sample") is not False:
        message = "seed is not supported when sampling; leave it out or set temperature to 0"
        raise ApiError(message, param="seed", code="unsupported_value")
    if not all(_is_interpreter(tool) for tool in body.get("tools") or []):
        message = "function tools beside code_interpreter are not supported; send them without it"
        raise ApiError(message, param="tools", code="unsupported_value")


def _read(body: Body, name: str, kind: type[Any], default: Any) -> Any:
    value = body.get(name)
    if value is None:
        return default
    if not isinstance(value, kind):
        raise ApiError(f"{name} must be of type {kind.__name__}, not {value!r}", param=name, code="invalid_type")
    return value


def _read_number(body: Body, name: str, least: float, most: float) -> int | float | None:
    value = body.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ApiError(f"{name} must be a number, not {value!r}", param=name, code="invalid_type")
    if not least <= value <= most:
        message = f"{name}={value!r} is out of range; give {least} to {most}"
        raise ApiError(message, param=name, code="invalid_value")
    return value


def _read_max_tokens(body: Body) -> int | None:
    name = "max_completion_tokens" if body.get("max_completion_tokens") is not None else "max_tokens"
    value = _read_number(body, name, 1, 10_000_000)
    if isinstance(value, float):
        raise ApiError(f"{name} must be a whole number, not {value!r}", param=name, code="invalid_type")
    return value


def _read_sampling(body: Body) -> dict[str, Any]:
    values = {engine: _read_number(body, name, least, most) for name, engine, least, most in SAMPLING}
    values["do_sample"] = _read(body, "do_sample", bool, None)
    return {name: value for name, value in values.items() if value is not None}


def _read_messages(messages: object) -> tuple[str, tuple[Turn, ...]]:
    """The system prompt ("" when there is none) and the turns; neighbours of one role become one turn."""
    if not isinstance(messages, list) or not messages:
        raise ApiError("messages must be a list with at least one message", param="messages", code="invalid_type")
    system: list[str] = []
    turns: list[Turn] = []
    for index, message in enumerate(messages):
        where = f"messages[{index}]"
        role = message.get("role") if isinstance(message, Mapping) else None
        if role in ("system", "developer") and not turns:
            system.append(_read_content(message, where))
        elif role in ("user", "assistant"):
            _append(turns, role, _read_content(message, where))
        else:
            raise ApiError(
                f"{where}: role {role!r} cannot stand here; give system messages first, then user and assistant",
                param=f"{where}.role",
                code="invalid_value",
            )
    if not turns or turns[0].role != "user" or turns[-1].role != "user":
        raise ApiError("the conversation must begin and end with a user message", param="messages")
    return "\n\n".join(system), tuple(turns)


def _append(turns: list[Turn], role: Role, content: str) -> None:
    if turns and turns[-1].role == role:
        content = turns.pop().content + "\n\n" + content
    turns.append(Turn(role, content))


def _read_content(message: Body, where: str) -> str:
    content = message.get("content")
    if content is None and message.get("role") == "assistant":
        return ""
    parts = content if isinstance(content, list) else [{"type": "text", "text": content}]
    texts = [part.get("text") for part in parts if isinstance(part, Mapping) and part.get("type") == "text"]
    if len(texts) == len(parts) and all(isinstance(text, str) and _is_unicode(text) for text in texts):
        return "".join(str(text) for text in texts)
    message_text = f"{where}: content must be text (images are not supported with the code interpreter)"
    raise ApiError(message_text, param=f"{where}.content", code="invalid_type")


def _is_unicode(text: str) -> bool:
    """Whether a text is free of half surrogate pairs, which JSON can spell and no tokenizer takes."""
    return not any("\ud800" <= character <= "\udfff" for character in text)
