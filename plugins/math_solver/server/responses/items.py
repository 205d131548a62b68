"""The input of a response: items as the client sends them, checked and given ids, then the turns they stand for.

Of what OpenAI knows, messages of text, reasoning, calls of the interpreter and of functions with their outputs, and
references to items of stored responses can be honoured.

A response tells its programs in items of their own, so a message of a response, which its id shows, holds none that
ran, whatever its text claims. A message without such an id may be a solution that a client was shown by chat
completions, and is read as there.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ...protocol import Form, ThoughtTags, Turn, call_turn, calls_turn, render_observation
from ...records import Execution
from ...solving.history import replay
from ...solving.loop import Budget
from ...solving.worked import Worked, WorkedStep, replaces, write_worked
from ..solve_request import Results, append_turn, complete, last_question, read_arguments
from ..web.errors import ApiError
from ..web.fields import Body, is_unicode
from ..web.parts import read_text

__all__ = ["REPLACES", "SAID", "Conversation", "FindItem", "extend", "is_picture", "read_input", "without_pictures"]

Item = dict[str, Any]
# An item of a stored response by its id, outputs included; ``None`` when there is none.
FindItem = Callable[[str], Mapping[str, Any] | None]
# In the id of a reasoning item whose text the model said: it goes back to the model as that.
SAID = "said_"
# In the id of a message that puts what follows in the place of the items before it.
REPLACES = "replaces_"
# In the id of an item that came without one.
GIVEN = "in_"
TEXT_PARTS = {
    "system": ("input_text", "text"),
    "developer": ("input_text", "text"),
    "user": ("input_text", "text"),
    "assistant": ("output_text", "text", "input_text", "refusal"),
}


@dataclass(frozen=True)
class Conversation:
    """A system prompt (what developer messages add to it) and the turns so far."""

    system: tuple[str, ...] = ()
    turns: tuple[Turn, ...] = ()


def read_input(value: object, find: FindItem) -> list[Item]:
    """The items of ``input``, each with an id, in the form in which they are listed again.

    Raises:
        ApiError: 400 that names the item and what is wrong with it.
    """
    if isinstance(value, str):
        value = [{"role": "user", "content": value}]
    if not isinstance(value, list) or not value:
        raise ApiError("input must be text or a list with at least one item", param="input", code="invalid_type")
    return [_read_item(item, f"input[{index}]", find) for index, item in enumerate(value)]


def _read_item(item: object, where: str, find: FindItem) -> Item:
    if not isinstance(item, Mapping):
        raise ApiError(f"{where} must be an object", param=where, code="invalid_type")
    kind = item.get("type") or ("message" if "role" in item else "item_reference" if "id" in item else None)
    reader = READERS.get(kind) if isinstance(kind, str) else None
    if reader is None:
        message = f"{where}: an item of type {kind!r} is not supported; send {', '.join(READERS)}"
        raise ApiError(message, param=f"{where}.type", code="unsupported_value")
    return reader(item, where, find)


def _read_message(item: Body, where: str, find: FindItem) -> Item:
    role = item.get("role")
    if not isinstance(role, str) or role not in TEXT_PARTS:
        message = f"{where}: role {role!r} is not known; give {', '.join(TEXT_PARTS)}"
        raise ApiError(message, param=f"{where}.role", code="invalid_value")
    text = _read_text(item.get("content"), TEXT_PARTS[role], f"{where}.content")
    if role == "assistant":
        part = {"type": "output_text", "text": text, "annotations": [], "logprobs": []}
        return _item("msg", "message", item) | {"role": role, "content": [part]}
    return _item("msg", "message", item) | {"role": role, "content": [{"type": "input_text", "text": text}]}


def _read_reasoning(item: Body, where: str, find: FindItem) -> Item:
    text = _read_text(item.get("content") or "", ("reasoning_text",), f"{where}.content")
    content = [{"type": "reasoning_text", "text": text}]
    return _item("rs", "reasoning", item) | {"summary": [], "content": content}


def _read_interpreter_call(item: Body, where: str, find: FindItem) -> Item:
    code = item.get("code")
    if not isinstance(code, str) or not is_unicode(code):
        raise ApiError(f"{where}.code must be text", param=f"{where}.code", code="invalid_type")
    status, outputs = item.get("status"), item.get("outputs")
    if outputs is None:
        outputs = (find(str(item.get("id"))) or {}).get("outputs")
    if outputs is None and status != "incomplete":
        message = (
            f"{where}: outputs is missing, and the item is of no stored response; ask for "
            'include=["code_interpreter_call.outputs"], or continue with previous_response_id'
        )
        raise ApiError(message, param=f"{where}.outputs", code="missing_required_parameter")
    return _item("ci", "code_interpreter_call", item) | {
        "status": status if status in ("incomplete", "failed") else "completed",
        "code": code,
        "container_id": str(item.get("container_id") or ""),
        "outputs": None if outputs is None else _read_logs(outputs, f"{where}.outputs"),
    }


def _read_logs(outputs: object, where: str) -> list[dict[str, str]]:
    """The logs among outputs; pictures are for people, and go no further."""
    parts = outputs if isinstance(outputs, list) else [outputs]
    logs = [part.get("logs") if isinstance(part, Mapping) else None for part in parts if not is_picture(part)]
    if not all(isinstance(text, str) and is_unicode(text) for text in logs):
        raise ApiError(f"{where} must be a list of logs and images", param=where, code="invalid_type")
    return [{"type": "logs", "logs": str(text)} for text in logs]


def is_picture(part: object) -> bool:
    """Whether a part of a program's outputs is a picture."""
    if not isinstance(part, Mapping) or part.get("type") != "image":
        return False
    return isinstance(part.get("url"), str) and bool(part["url"])


def _read_function_call(item: Body, where: str, find: FindItem) -> Item:
    named = {name: _text(item, name, where) for name in ("call_id", "name", "arguments")}
    try:
        read_arguments(named["arguments"])
    except ValueError as error:
        message = f"{where}.arguments: {error}"
        raise ApiError(message, param=f"{where}.arguments", code="invalid_type") from error
    return _item("fc", "function_call", item) | named


def _read_function_output(item: Body, where: str, find: FindItem) -> Item:
    output = _read_text(item.get("output"), ("input_text",), f"{where}.output")
    return _item("fco", "function_call_output", item) | {"call_id": _text(item, "call_id", where), "output": output}


def _read_reference(item: Body, where: str, find: FindItem) -> Item:
    stored = find(str(item.get("id")))
    if stored is None:
        message = f"{where}: item {item.get('id')!r} is of no stored response"
        raise ApiError(message, status=404, param=f"{where}.id", code="item_not_found")
    return without_pictures(stored)


READERS: Mapping[str, Callable[[Body, str, FindItem], Item]] = {
    "message": _read_message,
    "reasoning": _read_reasoning,
    "code_interpreter_call": _read_interpreter_call,
    "function_call": _read_function_call,
    "function_call_output": _read_function_output,
    "item_reference": _read_reference,
}


def _item(prefix: str, kind: str, item: Body) -> Item:
    given = item.get("id")
    return {
        "id": given if isinstance(given, str) and given else f"{prefix}_{GIVEN}{uuid.uuid4().hex}",
        "type": kind,
        "status": "completed",
    }


def without_pictures(item: Mapping[str, Any]) -> Item:
    """An item with what its program printed alone."""
    if not item.get("outputs"):
        return dict(item)
    return {**item, "outputs": [part for part in item["outputs"] if not is_picture(part)]}


def _is_of_response(name: str) -> bool:
    """Whether a message with this id is one that a response held, here or at another server."""
    return name.startswith("msg_") and not name.startswith(f"msg_{GIVEN}")


def _text(item: Body, name: str, where: str) -> str:
    value = item.get(name)
    if not isinstance(value, str) or not is_unicode(value):
        raise ApiError(f"{where}.{name} must be text", param=f"{where}.{name}", code="invalid_type")
    return value


def _read_text(content: object, kinds: tuple[str, ...], where: str) -> str:
    if (text := read_text(content, kinds)) is None:
        raise ApiError(f"{where} must be text, or parts of type {kinds[0]}", param=where, code="invalid_type")
    return text


def extend(
    conversation: Conversation,
    items: Iterable[Mapping[str, Any]],
    form: Form | None,
    tags: ThoughtTags | None,
    budget: Budget | None = None,
) -> Conversation:
    """A conversation continued by items; it must then wait for the model.

    Calls are written in ``form`` and reasoning between ``tags``, as the model would; without tags reasoning stays
    apart, for an endpoint that gave it so. Without a form, for a model that has no interpreter, programs that ran are
    shown in its text, as chat completions show them. ``budget`` writes behind outputs how many programs were left,
    where the model is told.

    Raises:
        ApiError: 400 when the items do not make a conversation.
    """
    writing = _Writing(list(conversation.system), list(conversation.turns), form, tags, budget or Budget())
    for item in _standing(items):
        writing.add(item)
    writing.finish()
    if not last_question(writing.turns):
        raise ApiError("input has no question; give a user message", param="input", code="invalid_value")
    return Conversation(tuple(writing.system), tuple(writing.turns))


def _standing(items: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The items without those of a solution that a stream showed before another one replaced it."""
    kept = list[Mapping[str, Any]]()
    for item in items:
        if _replaces(item):
            while kept and _is_models(kept[-1]):
                kept.pop()
        else:
            kept.append(item)
    return kept


def _replaces(item: Mapping[str, Any]) -> bool:
    """Whether an item is the mark of a stream; clients that store nothing send it back without its id."""
    if item["id"].startswith(f"msg_{REPLACES}"):
        return True
    if item.get("role") != "assistant" or _is_of_response(item["id"]):
        return False
    return replaces(item["content"][0]["text"])


def _is_models(item: Mapping[str, Any]) -> bool:
    return item["type"] in ("reasoning", "code_interpreter_call", "function_call") or item.get("role") == "assistant"


@dataclass
class _Writing:
    """Turns while they are put together: reasoning, text and a call that follow each other are one turn."""

    system: list[str]
    turns: list[Turn]
    form: Form | None
    tags: ThoughtTags | None
    budget: Budget
    run: int = 0  # programs since the client last spoke: each answer has its own budget
    reasonings: list[str] = field(default_factory=list)
    thought: str = ""
    calls: list[tuple[str, Any]] = field(default_factory=list)
    called: list[str] = field(default_factory=list)
    results: Results = field(default_factory=Results)

    def add(self, item: Mapping[str, Any]) -> None:
        match item["type"]:
            case "message":
                self._add_message(item["role"], item["content"][0]["text"], item["id"])
            case "reasoning" if item["id"].startswith(f"rs_{SAID}"):
                self._think(item["content"][0]["text"])
            case "reasoning":
                self.reasonings += filter(None, [item["content"][0]["text"]])
            case "code_interpreter_call":
                self._add_run(item)
            case "function_call":
                self._answer()
                self.calls.append((item["name"], read_arguments(item["arguments"])))
                self.called.append(item["call_id"])
            case "function_call_output":
                self.flush()
                self.results.found.append((item["call_id"], item["output"]))
                self.run = 0

    def _add_message(self, role: str, text: str, name: str) -> None:
        if role == "assistant":
            self._say(text.strip(), None if _is_of_response(name) else self.form)
        elif role == "user":
            self.flush()
            self._append(Turn("user", text))
            self.run = 0
        else:
            self.system.append(text)

    def _say(self, text: str, form: Form | None) -> None:
        """An assistant's text; with a form it may be a solution that was shown to a client of chat completions, and is
        read as there."""
        turns = replay(text, form, self.budget)
        last = turns.pop().content if turns and turns[-1].role == "assistant" else ""
        if turns:
            self.flush()
        for turn in turns:
            self._append(turn)
        self._think(last)

    def _add_run(self, item: Mapping[str, Any]) -> None:
        if item["outputs"] is None:  # cut off, never run
            return
        logs = "\n".join(part["logs"] for part in item["outputs"] if not is_picture(part))
        logs = logs or Execution("ok").observation
        if self.form is None:
            self._think(write_worked(Worked((WorkedStep("", item["code"] or None, logs),), "")))
            return
        if self.calls:  # nobody answered them
            self.flush()
        said, reasoning = self._take()
        self._append(replace(call_turn(said, item["code"], self.form), reasoning=reasoning))
        self.run += 1
        self._append(Turn("observation", render_observation(self.budget.told(logs, self.run), self.form)))

    def _think(self, text: str) -> None:
        self.thought += ("\n\n" if self.thought and text else "") + text

    def _take(self) -> tuple[str, str]:
        """What the turn that is being written says so far, and what it reasons apart from that; the next begins."""
        reasoning, said = "\n\n".join(self.reasonings), self.thought
        self.reasonings, self.thought = [], ""
        if reasoning and self.tags:
            reasoning, said = "", self.tags.render(reasoning) + said
        return said.strip(), reasoning

    def flush(self) -> None:
        """End the assistant's turn that is being written."""
        said, reasoning = self._take()
        if said or reasoning or self.calls:
            self._append(replace(calls_turn(said, self.calls), reasoning=reasoning))
        self.results.calls += self.called
        self.calls, self.called = [], []

    def finish(self) -> None:
        """The conversation waits for the model now."""
        self.flush()
        self._answer()
        complete(self.turns)

    def _answer(self) -> None:
        """Give the model what calls have returned so far."""
        if self.results.found:
            for turn in self.results.turns():
                append_turn(self.turns, turn)

    def _append(self, turn: Turn) -> None:
        self._answer()
        append_turn(self.turns, turn)
