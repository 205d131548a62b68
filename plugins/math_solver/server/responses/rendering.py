"""The events of a solve as the events of a streamed response; the response itself is what they add up to.

Text is a ``message`` item, streamed while nobody can know yet whether a call follows; when one does, the message
is closed with the phase ``commentary``, otherwise it is the ``final_answer``.
"""

from __future__ import annotations

import copy
import json
import time
import uuid
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Literal

from ...protocol import ToolCall
from ...records import Step
from ...solving import Event, Executed, Finish, Finished, Generated, Solution, Usage, Wrote

__all__ = ["ResponseRendering", "public_event", "public_item", "public_response"]

Json = dict[str, Any]
Phase = Literal["commentary", "final_answer"]
# Between the text of a round and what follows, so that the SDK's ``output_text`` reads as paragraphs.
SEPARATOR = "\n\n"
# OpenAI has no word for a spent budget of rounds; this is the nearest.
INCOMPLETE: Mapping[Finish, str] = {"length": "max_output_tokens", "rounds": "max_messages"}
# A program that raised has run to its own end, and its traceback is its output; others were stopped or never run.
RAN = ("ok", "error")


class ResponseRendering:
    """One response in the making: what each method returns is what a stream sends next.

    ``response`` is the response so far, the outputs of programs always included; see ``public_response``.
    """

    def __init__(
        self, fields: Mapping[str, Any], container_id: str, rounds: int, functions: Collection[str] = ()
    ) -> None:
        self.response: Json = {
            "id": f"resp_{uuid.uuid4().hex}",
            "object": "response",
            "created_at": int(time.time()),
            "status": "in_progress",
            "error": None,
            "incomplete_details": None,
            "output": [],
            "usage": None,
            **fields,
        }
        self._container_id, self._rounds, self._functions = container_id, rounds, functions
        self._sequence = 0
        self._open: Json | None = None

    def start(self) -> Iterator[Json]:
        """The first two events."""
        yield self._about_response("response.created")
        yield self._about_response("response.in_progress")

    def add(self, event: Event) -> Iterator[Json]:
        """What an event of the solve adds; the last one ends the response."""
        match event:
            case Wrote(kind="text", text=text):
                yield from self._write(text)
            case Wrote(kind="code", text=text):
                yield from self._write_code(text)
            case Generated(call=ToolCall() as call) if call.name in self._functions:
                yield from self._call_function(call)
            case Generated(round=index, call=ToolCall() as call):
                yield from self._end_code(to_run=index < self._rounds and call.error is None)
            case Executed(step=step):
                yield from self._end_run(step)
            case Finished(solution=solution):
                yield from self._finish(solution)

    def fail(self, message: str) -> Iterator[Json]:
        """The end of a response that the server could not finish; what was open is left incomplete."""
        yield from self._close("incomplete")
        self.response |= {"status": "failed", "error": {"code": "server_error", "message": message}}
        yield self._about_response("response.failed")

    def _write(self, text: str) -> Iterator[Json]:
        if text:
            if self._open is None:
                yield from self._open_message()
            yield from self._append(text)

    def _append(self, text: str) -> Iterator[Json]:
        assert self._open is not None
        self._open["content"][0]["text"] += text
        yield self._about_part("response.output_text.delta", delta=text, logprobs=[])

    def _open_message(self) -> Iterator[Json]:
        self._open = {
            "id": f"msg_{uuid.uuid4().hex}",
            "type": "message",
            "role": "assistant",
            "status": "in_progress",
            "content": [],
        }
        yield from self._open_item()
        self._open["content"].append({"type": "output_text", "text": "", "annotations": [], "logprobs": []})
        yield self._about_part("response.content_part.added", part=self._open["content"][0])

    def _write_code(self, code: str) -> Iterator[Json]:
        if self._open is None or self._open["type"] == "message":
            yield from self._open_code()
        assert self._open is not None
        if code:
            self._open["code"] += code
            yield self._about_item("response.code_interpreter_call_code.delta", delta=code)

    def _open_code(self) -> Iterator[Json]:
        yield from self._close_commentary()
        self._open = {
            "id": f"ci_{uuid.uuid4().hex}",
            "type": "code_interpreter_call",
            "status": "in_progress",
            "code": "",
            "container_id": self._container_id,
            "outputs": None,
        }
        yield from self._open_item()
        yield self._about_item("response.code_interpreter_call.in_progress")

    def _end_code(self, *, to_run: bool) -> Iterator[Json]:
        yield from self._write_code("")
        assert self._open is not None
        yield self._about_item("response.code_interpreter_call_code.done", code=self._open["code"])
        self._open["status"] = "interpreting" if to_run else "incomplete"
        if to_run:
            yield self._about_item("response.code_interpreter_call.interpreting")

    def _call_function(self, call: ToolCall) -> Iterator[Json]:
        yield from self._close_commentary()
        arguments = json.dumps(call.arguments or {}, ensure_ascii=False)
        self._open = {
            "id": f"fc_{uuid.uuid4().hex}",
            "type": "function_call",
            "status": "in_progress",
            "call_id": f"call_{uuid.uuid4().hex}",
            "name": call.name,
            "arguments": "",
        }
        yield from self._open_item()
        self._open["arguments"] = arguments
        yield self._about_item("response.function_call_arguments.delta", delta=arguments)
        yield self._about_item("response.function_call_arguments.done", arguments=arguments)
        yield from self._close("completed")

    def _close_commentary(self) -> Iterator[Json]:
        if self._open is not None:
            yield from self._append(SEPARATOR)
            yield from self._close("completed", phase="commentary")

    def _end_run(self, step: Step) -> Iterator[Json]:
        assert self._open is not None
        self._open["outputs"] = [{"type": "logs", "logs": step.execution.observation}]
        if step.execution.status in RAN:
            yield self._about_item("response.code_interpreter_call.completed")
        yield from self._close("completed" if step.execution.status in RAN else "failed")

    def _finish(self, solution: Solution) -> Iterator[Json]:
        reason = INCOMPLETE.get(solution.finish_reason)
        if self._open is None and solution.finish_reason == "stop":
            yield from self._open_message()
        yield from self._close("incomplete" if reason else "completed", phase="final_answer")
        self.response |= {
            "status": "incomplete" if reason else "completed",
            "incomplete_details": {"reason": reason} if reason else None,
            "completed_at": None if reason else int(time.time()),
            "usage": _usage(solution.usage),
        }
        yield self._about_response(f"response.{self.response['status']}")

    def _close(self, status: str, phase: Phase | None = None) -> Iterator[Json]:
        """End the open item, if there is one."""
        item = self._open
        if item is None:
            return
        if item["type"] == "message":
            (part,) = item["content"]
            yield self._about_part("response.output_text.done", text=part["text"], logprobs=[])
            yield self._about_part("response.content_part.done", part=part)
            item |= {"phase": phase} if phase else {}
        elif item["type"] == "code_interpreter_call" and item["status"] == "in_progress":
            yield self._about_item("response.code_interpreter_call_code.done", code=item["code"])
        item["status"] = status
        yield self._event("response.output_item.done", output_index=self._index, item=item)
        self._open = None

    def _open_item(self) -> Iterator[Json]:
        self.response["output"].append(self._open)
        yield self._event("response.output_item.added", output_index=self._index, item=self._open)

    @property
    def _index(self) -> int:
        return len(self.response["output"]) - 1

    def _about_part(self, kind: str, **fields: Any) -> Json:
        return self._about_item(kind, content_index=0, **fields)

    def _about_item(self, kind: str, **fields: Any) -> Json:
        assert self._open is not None
        return self._event(kind, item_id=self._open["id"], output_index=self._index, **fields)

    def _about_response(self, kind: str) -> Json:
        return self._event(kind, response=self.response)

    def _event(self, kind: str, **fields: Any) -> Json:
        self._sequence += 1
        return {"type": kind, "sequence_number": self._sequence - 1, **copy.deepcopy(fields)}


def public_item(item: Mapping[str, Any], *, with_outputs: bool) -> Json:
    """An item as a client sees it: the outputs of programs only where it asked for them."""
    if item["type"] == "code_interpreter_call" and not with_outputs:
        return {**item, "outputs": None}
    return dict(item)


def public_response(response: Mapping[str, Any], *, with_outputs: bool) -> Json:
    """A response as a client sees it."""
    return {**response, "output": [public_item(item, with_outputs=with_outputs) for item in response["output"]]}


def public_event(event: Json, *, with_outputs: bool) -> Json:
    """An event as a client sees it."""
    if "response" in event:
        return event | {"response": public_response(event["response"], with_outputs=with_outputs)}
    if "item" in event:
        return event | {"item": public_item(event["item"], with_outputs=with_outputs)}
    return event


def _usage(usage: Usage) -> Json:
    return {
        "input_tokens": usage.prompt_tokens,
        "input_tokens_details": {"cached_tokens": 0, "cache_write_tokens": 0},
        "output_tokens": usage.completion_tokens,
        "output_tokens_details": {"reasoning_tokens": 0},
        "total_tokens": usage.total_tokens,
    }
