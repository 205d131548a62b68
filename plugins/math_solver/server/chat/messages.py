"""The messages of a chat request as the turns of a conversation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from ...protocol import Form, Turn, calls_turn
from ...solving.history import replay
from ...solving.loop import Budget
from ..solve_request import Results, append_turn, complete, last_question, read_arguments
from ..web.errors import ApiError
from ..web.fields import Body, is_unicode
from ..web.parts import read_text

__all__ = ["GAP", "has_media", "join_reasonings", "read_messages"]

# Between what was reasoned before one program and before the next.
GAP = "\n\n"

_RESULTS = ("tool", "function")  # the second is the name of it from before there were parallel calls
_ROLES = ("user", "assistant", *_RESULTS)
# Those of /v1/responses come by way of clients that know both.
_TEXTS = ("text", "input_text", "output_text", "refusal")


def has_media(messages: object) -> bool:
    """Whether a message holds an image, a video or a sound."""
    if not isinstance(messages, list):
        return False
    contents = [message.get("content") for message in messages if isinstance(message, Mapping)]
    parts = [part for content in contents if isinstance(content, list) for part in content]
    return any(isinstance(part, Mapping) and str(part.get("type")).endswith("_url") for part in parts)


def read_messages(
    messages: object, form: Form | None = None, budget: Budget | None = None
) -> tuple[str, tuple[Turn, ...]]:
    """The system prompt ("" when there is none) and the turns; neighbours of one role become one turn.

    A solution that this server wrote comes back as its text, and goes to the model as calls in ``form`` and their
    observations; without a form it stays text, read as ``solving.history`` says. Calls that the client sends back are
    written as ``render_call`` writes one; the engine turns them into its template's own form.

    Raises:
        ApiError: 400 that names the message.
    """
    if not isinstance(messages, list) or not messages:
        raise ApiError("messages must be a list with at least one message", param="messages", code="invalid_type")
    system: list[str] = []
    turns: list[Turn] = []
    results, called = Results(), False
    for index, message in enumerate(messages):
        where = f"messages[{index}]"
        role = message.get("role") if isinstance(message, Mapping) else None
        if role in ("system", "developer"):
            system.append(_read_content(message, where))
            continue
        if not isinstance(role, str) or role not in _ROLES or (role in _RESULTS and not called):
            raise ApiError(
                f"{where}: role {role!r} cannot stand here; give system, user and assistant, "
                "and tool behind an assistant's tool_calls",
                param=f"{where}.role",
                code="invalid_value",
            )
        if role in _RESULTS:
            results.found.append((str(message.get("tool_call_id")), _read_content(message, where)))
            continue
        for turn in [*results.turns(), *_read_turns(message, where, form, budget)]:
            append_turn(turns, turn)
        called = role == "assistant" and bool(message.get("tool_calls"))
        results.calls = [str(call.get("id")) for call in message["tool_calls"]] if called else []
    for turn in results.turns():
        append_turn(turns, turn)
    complete(turns)
    if not last_question(turns):
        raise ApiError("the conversation has no question; give a user message", param="messages")
    return "\n\n".join(system), tuple(turns)


def _read_turns(message: Body, where: str, form: Form | None, budget: Budget | None) -> list[Turn]:
    """The turns that a message stands for."""
    content = _read_content(message, where)
    if message["role"] != "assistant":
        return [Turn("user", content)]
    calls = _read_calls(message, where)
    turns = replay(content, form, budget)
    if calls or not turns:
        said = turns.pop().content if turns and turns[-1].role == "assistant" else ""
        turns.append(calls_turn(said, calls))
    reasoning, (executions, characters) = _read_reasoning(message, where), _read_fallen(message)
    return _with_reasoning(turns, reasoning[characters:].removeprefix(GAP), _read_told(message)[executions:])


def _with_reasoning(turns: list[Turn], reasoning: str, told: list[str]) -> list[Turn]:
    """The turns of one message, each with its part of the ``reasoning``: as ``told`` of its programs.

    Where a client sends back nothing that tells, its paragraphs are those of the turns in order, the last turn has all
    that are left, and where there are fewer they belong to the last: so none comes before what it speaks of, as long
    as each earlier turn reasons.
    """
    said = [index for index, turn in enumerate(turns) if turn.role == "assistant"]
    rounds, before = len(turns) - len(said), join_reasonings(told)
    if len(told) == rounds and reasoning.startswith(before):
        parts = [*told, reasoning.removeprefix(before).removeprefix(GAP)]
    else:
        paragraphs = reasoning.split(GAP, len(said) - 1)
        parts = [""] * (len(said) - len(paragraphs)) + paragraphs
    reasoned = dict(zip(said, parts, strict=False))
    return [replace(turn, reasoning=reasoned.get(index, "")) for index, turn in enumerate(turns)]


def join_reasonings(reasonings: Iterable[str]) -> str:
    """The ``reasoning_content`` of turns that reason this."""
    return GAP.join(filter(None, reasonings))


def _read_content(message: Body, where: str) -> str:
    content = message.get("content")
    if content is None and message.get("role") == "assistant":
        content = message.get("refusal") or ""
    if (text := read_text(content, _TEXTS)) is None:
        raise ApiError(f"{where}.content must be text", param=f"{where}.content", code="invalid_type")
    return text


def _read_reasoning(message: Body, where: str) -> str:
    """The reasoning that came with an assistant's message: endpoints that give it want it back."""
    reasoning = message.get("reasoning_content")
    if isinstance(reasoning, str | None) and is_unicode(reasoning or ""):
        return reasoning or ""
    where = f"{where}.reasoning_content"
    raise ApiError(f"{where} must be text", param=where, code="invalid_type")


def _read_fallen(message: Body) -> tuple[int, int]:
    """How many programs, and characters of reasoning, are those of a solution that another one replaced."""
    field = _read_field(message).get("replaced")
    told = [field.get(name) if isinstance(field, Mapping) else None for name in ("executions", "reasoning")]
    executions, characters = (number if type(number) is int and number > 0 else 0 for number in told)
    return executions, characters


def _read_field(message: Body) -> Body:
    field = message.get("code_interpreter")
    return field if isinstance(field, Mapping) else {}


def _read_told(message: Body) -> list[str]:
    """What this server told of the reasoning before each program; nothing where its field did not come back."""
    executions = _read_field(message).get("executions")
    if not isinstance(executions, list) or not all(isinstance(row, Mapping) for row in executions):
        return []
    told = [row.get("reasoning", "") for row in executions]
    return told if all(isinstance(text, str) for text in told) else []


def _read_calls(message: Body, where: str) -> list[tuple[str, Any]]:
    """The calls of an assistant's message, by name and arguments."""
    try:
        functions = [call["function"] for call in message.get("tool_calls") or ()]
        calls = [(str(function["name"]), read_arguments(function.get("arguments"))) for function in functions]
        if not all(is_unicode(name) for name, _ in calls):
            raise ValueError("half a surrogate pair")
    except (AttributeError, TypeError, KeyError, ValueError, RecursionError) as error:
        raise ApiError(
            f"{where}.tool_calls must be calls with a function's name and its arguments as JSON",
            param=f"{where}.tool_calls",
            code="invalid_type",
        ) from error
    return calls
