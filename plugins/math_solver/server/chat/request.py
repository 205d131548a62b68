"""Read a ``/v1/chat/completions`` body; what cannot be honoured is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...protocol import TOOL, Form, system_prompt
from ...solving.loop import Budget
from ..containers.request import read_container
from ..demanded import read_answer_format, read_tool_choice
from ..second_looks import read_second_looks
from ..settings import Settings
from ..solve_request import SEEDS, TOOL_TYPE, SolveRequest, last_question, read_penalties, read_stop
from ..web.errors import ApiError
from ..web.fields import MOST_LOGPROBS, MOST_NESTED, Body, is_writable, read, read_sampling, read_whole
from .messages import read_messages

__all__ = ["FORMAT_PARAM", "check_nothing_demanded", "named_container", "parse_request", "wants_interpreter"]

FORMAT_PARAM = "response_format"

# Parameters that a solve cannot honour, with the values that ask for nothing. LLaMA-Factory's server ignores them all,
# and so do we in requests without the interpreter.
NEUTRAL: Mapping[str, tuple[Any, ...]] = {
    "functions": ([],),
}
MOST_CHOICES = 64


def named_container(body: Body, memory_mb: int) -> tuple[str | None, str] | None:
    """The container that the interpreter's tool names: its id (``None``: a new one), and where it is named.

    ``None`` where the tool names none.

    Raises:
        ApiError: 400 for what cannot be had, ``memory_mb`` being what programs have here.
    """
    for index, tool in enumerate(body.get("tools") or []):
        if _is_interpreter(tool) and tool.get("container") is not None:
            where = f"tools[{index}].container"
            container = read_container(tool["container"], where, memory_mb)
            if (body.get("n") or 1) != 1:
                message = "a container serves one choice at a time; leave n out, or the container"
                raise ApiError(message, param="n", code="unsupported_value")
            return container if isinstance(container, str) else None, where
    return None


def names_container(body: Body) -> bool:
    """Whether the interpreter's tool says where programs run, so that they share variables with other requests."""
    return any(_is_interpreter(tool) and tool.get("container") is not None for tool in body.get("tools") or [])


def wants_interpreter(body: Body, default_on: bool) -> bool:
    """Whether a request names the interpreter among its tools, or the YAML turns it on beside the client's own.

    An empty list of tools turns it off, and so does ``tool_choice: none``.
    """
    if body.get("tool_choice") == "none":
        return False
    tools = body.get("tools")
    if tools is None or not isinstance(tools, list):
        return default_on and tools is None
    return any(_is_interpreter(tool) for tool in tools) or (default_on and bool(tools))


def parse_request(
    body: Body,
    default_on: bool = False,
    form: Form = "native",
    budget: Budget | None = None,
    settings: Settings | None = None,
) -> SolveRequest:
    """A checked request; unknown fields are ignored, as LLaMA-Factory's server ignores them.

    Solutions in its history become calls in ``form`` where the interpreter is on; without it they stay text.

    Raises:
        ApiError: 400 that names the parameter.
    """
    offered = wants_interpreter(body, default_on)
    choice = read_tool_choice(body.get("tool_choice"), offered, _read_functions(body, offered))
    interpreter = choice.interpreter
    if interpreter:
        _refuse_unsupported(body)
    system, turns = read_messages(body.get("messages"), form if interpreter else None, budget)
    if interpreter:
        system = system or system_prompt(last_question(turns))
    n = read_whole(body, "n", 1, MOST_CHOICES) or 1
    answer_format = read_answer_format(body.get(FORMAT_PARAM), FORMAT_PARAM)
    looks = read_second_looks(
        body,
        settings or Settings(),
        interpreter=interpreter,
        answer_format=answer_format,
        named=names_container(body),
    )
    return SolveRequest(
        model=read(body, "model", str, ""),
        system=system or None,
        turns=turns,
        max_tokens=_read_max_tokens(body),
        sampling=looks.sampling(_read_sampling(body, n)),
        stream=read(body, "stream", bool, False),
        include_usage=read(read(body, "stream_options", dict, {}), "include_usage", bool, False),
        interpreter=interpreter,
        functions=choice.functions,
        calls_limited=choice.limited,
        call_required=choice.required,
        answer_format=answer_format,
        n=n,
        votes=looks.votes,
        check=looks.check,
        explain=looks.explain,
        stop=read_stop(body),
        penalties=read_penalties(body),
        seed=read_whole(body, "seed", *SEEDS),
        logprobs=_read_logprobs(body),
    )


def check_nothing_demanded(body: Body) -> None:
    """Raise 400 for what LLaMA-Factory's own functions would not look at: a tool, a format, log probabilities."""
    if read_answer_format(body.get(FORMAT_PARAM), FORMAT_PARAM) is not None:
        message = f"{FORMAT_PARAM} is not supported with images, videos or audio; leave it out"
        raise ApiError(message, param=FORMAT_PARAM, code="unsupported_value")
    for name, nothing in {"tool_choice": (None, "auto", "none"), "logprobs": (None, False)}.items():
        if body.get(name) not in nothing:
            message = f"{name} is not supported with images, videos or audio; leave it out"
            raise ApiError(message, param=name, code="unsupported_value")


def _is_interpreter(tool: object) -> bool:
    return isinstance(tool, Mapping) and tool.get("type") == TOOL_TYPE


def _refuse_unsupported(body: Body) -> None:
    for name, neutral in NEUTRAL.items():
        value = body.get(name)
        if value is not None and value not in neutral:
            message = f"{name}={value!r} is not supported with the code interpreter; leave it out"
            raise ApiError(message, param=name, code="unsupported_value")


def _read_functions(body: Body, interpreter: bool) -> tuple[Mapping[str, Any], ...]:
    tools = read(body, "tools", list, [])
    if body.get("tool_choice") == "none":
        return ()
    return tuple(
        _read_function(tool, f"tools[{index}]", interpreter)
        for index, tool in enumerate(tools)
        if not _is_interpreter(tool)
    )


def _read_function(tool: object, where: str, interpreter: bool) -> Mapping[str, Any]:
    """A tool as the templates take it, with all the fields that they read."""
    function = tool.get("function") if isinstance(tool, Mapping) and tool.get("type") == "function" else None
    if not isinstance(function, Mapping) or not isinstance(function.get("name"), str):
        message = f'{where} must be {{"type": "function", "function": {{"name": ...}}}} or of type {TOOL_TYPE}'
        raise ApiError(message, param="tools", code="invalid_type")
    if not is_writable(function):
        message = f"{where} must be text that UTF-8 can carry, nested at most {MOST_NESTED} deep"
        raise ApiError(message, param="tools", code="invalid_type")
    if interpreter and function["name"] == TOOL["name"]:
        message = f'{where}: the name "{TOOL["name"]}" is the code interpreter\'s; choose another'
        raise ApiError(message, param="tools", code="invalid_value")
    parameters = function.get("parameters")
    parameters = {**parameters} if isinstance(parameters, Mapping) else {}
    return {
        "name": function["name"],
        "description": str(function.get("description") or ""),
        "parameters": {"type": "object", "properties": {}} | parameters,
    }


def _read_logprobs(body: Body) -> int | None:
    top = read_whole(body, "top_logprobs", 0, MOST_LOGPROBS)
    if read(body, "logprobs", bool, False):
        return top or 0
    if top:
        message = "top_logprobs needs logprobs: true"
        raise ApiError(message, param="top_logprobs", code="invalid_value")
    return None


def _read_max_tokens(body: Body) -> int | None:
    name = "max_completion_tokens" if body.get("max_completion_tokens") is not None else "max_tokens"
    return read_whole(body, name, 1, 10_000_000)


def _read_sampling(body: Body, n: int) -> dict[str, Any]:
    do_sample = read(body, "do_sample", bool, None)
    return {**read_sampling(body, several=n > 1), **({} if do_sample is None else {"do_sample": do_sample})}
