"""The output items of a streamed response: one is open at a time, and every change of it is an event."""

from __future__ import annotations

import copy
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Output"]

Json = dict[str, Any]


@dataclass(frozen=True)
class ItemKind:
    """How the items of one type are made.

    Attributes:
        prefix: how their ids begin.
        fields: what they hold at first, besides id, type and status.
        events: how the names of the events of their text begin.
        holds: the field with their text, in the item or in its only part.
        part: that part, where the text is in one.
        also: what each event of the text says besides.
    """

    prefix: str
    fields: Mapping[str, Any]
    events: str
    holds: str
    part: Mapping[str, Any] | None = None
    also: Mapping[str, Any] = field(default_factory=dict)


KINDS = {
    "message": ItemKind(
        "msg",
        {"role": "assistant", "content": []},
        "response.output_text",
        "text",
        part={"type": "output_text", "text": "", "annotations": [], "logprobs": []},
        also={"logprobs": []},
    ),
    "reasoning": ItemKind(
        "rs",
        {"summary": [], "content": []},
        "response.reasoning_text",
        "text",
        part={"type": "reasoning_text", "text": ""},
    ),
    "code_interpreter_call": ItemKind(
        "ci", {"code": "", "outputs": None}, "response.code_interpreter_call_code", "code"
    ),
    "function_call": ItemKind("fc", {"arguments": ""}, "response.function_call_arguments", "arguments"),
}


class Output:
    """Items in the making; each method returns the events of what it does, for the open item where there is one."""

    def __init__(self) -> None:
        self.items: list[Json] = []
        self.is_open: str | None = None
        self._writing = False
        self._sequence = 0

    def event(self, kind: str, **fields: Any) -> Json:
        """An event of the response; what it says does not change when the response does."""
        self._sequence += 1
        kept = {name: copy.deepcopy(value) if isinstance(value, dict) else value for name, value in fields.items()}
        return {"type": kind, "sequence_number": self._sequence - 1, **kept}

    def open(self, kind: str, *, mark: str = "", **fields: Any) -> Iterator[Json]:
        """Begin an item of a type, with a ``mark`` in its id; the one before must be closed."""
        about = KINDS[kind]
        item = {"id": f"{about.prefix}_{mark}{uuid.uuid4().hex}", "type": kind, "status": "in_progress"}
        self.items.append(item | copy.deepcopy(dict(about.fields)) | fields)
        self.is_open, self._writing = kind, True
        yield self.event("response.output_item.added", output_index=len(self.items) - 1, item=self._item)
        if about.part is not None:
            self._item["content"].append(copy.deepcopy(dict(about.part)))
            yield self._about_text("response.content_part.added", part=self._holder)

    def write(self, text: str) -> Iterator[Json]:
        """Append to the text, code or arguments."""
        about = KINDS[self._item["type"]]
        self._holder[about.holds] += text
        yield self._about_text(f"{about.events}.delta", delta=text, **about.also)

    def tell_logprobs(self, logprobs: Sequence[Mapping[str, Any]]) -> None:
        """What is told of the tokens of the message, with the events that end it."""
        self._holder["logprobs"] = list(logprobs)

    def end_writing(self) -> Iterator[Json]:
        """The text, code or arguments are whole."""
        about = KINDS[self._item["type"]]
        self._writing = False
        told = {name: self._holder.get(name, value) for name, value in about.also.items()}
        yield self._about_text(f"{about.events}.done", **{about.holds: self._holder[about.holds]}, **told)
        if about.part is not None:
            yield self._about_text("response.content_part.done", part=self._holder)

    def tell(self, kind: str) -> Iterator[Json]:
        """A step in the life of the item."""
        yield self._about_item(kind)

    def close(self, status: str, **fields: Any) -> Iterator[Json]:
        """End the open item, if there is one."""
        if self.is_open is None:
            return
        if self._writing:
            yield from self.end_writing()
        self._item.update(fields, status=status)
        self.is_open = None
        yield self.event("response.output_item.done", output_index=len(self.items) - 1, item=self._item)

    @property
    def _item(self) -> Json:
        return self.items[-1]

    @property
    def _holder(self) -> Json:
        holder: Json = self._item["content"][0] if "content" in self._item else self._item
        return holder

    def _about_text(self, kind: str, **fields: Any) -> Json:
        return self._about_item(kind, **({"content_index": 0} if "content" in self._item else {}), **fields)

    def _about_item(self, kind: str, **fields: Any) -> Json:
        return self.event(kind, item_id=self._item["id"], output_index=len(self.items) - 1, **fields)
