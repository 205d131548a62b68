"""What every streamed response must satisfy: the SDK's types, strictly, and the order of its events."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from openai.types.responses import Response, ResponseStreamEvent
from pydantic import TypeAdapter

__all__ = ["check_events", "check_response"]

STREAM_EVENT: TypeAdapter[Any] = TypeAdapter(ResponseStreamEvent)
LAST = ("response.completed", "response.incomplete", "response.failed")
# Each item's events in order, as a grammar: what may follow what.
FOLLOWS = {
    "response.output_item.added": {
        "message": {"response.content_part.added"},
        "code_interpreter_call": {"response.code_interpreter_call.in_progress"},
        "function_call": {"response.function_call_arguments.delta"},
        "reasoning": {"response.content_part.added"},
    },
    "response.content_part.added": {
        "response.output_text.delta",
        "response.output_text.done",
        "response.reasoning_text.delta",
        "response.reasoning_text.done",
    },
    "response.output_text.delta": {"response.output_text.delta", "response.output_text.done"},
    "response.output_text.done": {"response.content_part.done"},
    "response.reasoning_text.delta": {"response.reasoning_text.delta", "response.reasoning_text.done"},
    "response.reasoning_text.done": {"response.content_part.done"},
    "response.content_part.done": {"response.output_item.done"},
    "response.code_interpreter_call.in_progress": {
        "response.code_interpreter_call_code.delta",
        "response.code_interpreter_call_code.done",
    },
    "response.code_interpreter_call_code.delta": {
        "response.code_interpreter_call_code.delta",
        "response.code_interpreter_call_code.done",
    },
    "response.code_interpreter_call_code.done": {
        "response.code_interpreter_call.interpreting",
        "response.output_item.done",
    },
    "response.code_interpreter_call.interpreting": {
        "response.code_interpreter_call.completed",
        "response.output_item.done",
    },
    "response.code_interpreter_call.completed": {"response.output_item.done"},
    "response.function_call_arguments.delta": {"response.function_call_arguments.done"},
    "response.function_call_arguments.done": {"response.output_item.done"},
}
DELTAS = {
    "response.output_text.delta": "text",
    "response.reasoning_text.delta": "text",
    "response.code_interpreter_call_code.delta": "code",
    "response.function_call_arguments.delta": "arguments",
}


def check_response(response: Any) -> Response:
    """The response, when the SDK's own type takes it as strictly as JSON allows."""
    return Response.model_validate_json(json.dumps(response), strict=True)


def check_events(events: Sequence[Any]) -> Response:
    """The final response of a stream that is in order and complete."""
    for event in events:
        STREAM_EVENT.validate_json(json.dumps(event), strict=True)
    assert [event["sequence_number"] for event in events] == list(range(len(events)))
    assert [event["type"] for event in events[:2]] == ["response.created", "response.in_progress"]
    final = events[-1]["response"]
    assert events[-1]["type"] in LAST
    assert events[-1]["type"] == f"response.{final['status']}"
    assert {event["response"]["id"] for event in (*events[:2], events[-1])} == {final["id"]}
    items = _check_items(events[2:-1])
    assert final["output"] == items
    assert all(item["status"] in ("completed", "incomplete", "failed") for item in items)
    return check_response(final)


def _check_items(events: Sequence[Any]) -> list[Any]:
    """The finished items; one is open at a time, and all events between are its own."""
    done: list[Any] = []
    rest = list(events)
    while rest:
        end = next(i for i, event in enumerate(rest) if event["type"] == "response.output_item.done")
        done.append(_check_item(rest[: end + 1], len(done)))
        rest = rest[end + 1 :]
    return done


def _check_item(events: Sequence[Any], index: int) -> Any:
    first, *between, last = events
    added, item = first["item"], last["item"]
    assert first["type"] == "response.output_item.added"
    assert added["status"] == "in_progress"
    assert (added["id"], added["type"]) == (item["id"], item["type"])
    assert all(event["output_index"] == index for event in events)
    assert all(event["item_id"] == item["id"] for event in between)
    for before, after in zip(events, events[1:], strict=False):
        follows: Any = FOLLOWS[before["type"]]
        allowed = follows[item["type"]] if isinstance(follows, dict) else follows
        assert after["type"] in allowed, (before["type"], after["type"])
    _check_texts(between, item)
    return item


def _check_texts(between: Sequence[Any], item: Any) -> None:
    """The deltas join to what the done events and the item say."""
    joined = "".join(event["delta"] for event in between if event["type"] in DELTAS)
    for event in between:
        for name in ("text", "code", "arguments"):
            if event["type"].endswith(".done") and name in event:
                assert event[name] == joined
    if item["type"] in ("message", "reasoning"):
        assert item["content"][0]["text"] == joined
        parts = [event["part"] for event in between if event["type"] == "response.content_part.done"]
        assert parts == item["content"]
    elif item["type"] == "code_interpreter_call":
        assert item["code"] == joined
