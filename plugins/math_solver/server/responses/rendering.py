"""The events of a solve as the events of a streamed response; the response itself is what they add up to.

Text is a ``message`` item, written as that of a worked solution is (``solving.worked``): boxes for chat interfaces,
and no program that reads like one that was run. What a vote or a check came to is the response's ``code_interpreter``.
It is streamed while nobody can know yet whether a call follows. When one does, the message is closed with the phase
``commentary``, otherwise it is the ``final_answer``. What a model reasons before it is a ``reasoning`` item.
"""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from ...interpreter import Picture
from ...protocol import ToolCall
from ...records import Step
from ...solving.interpreter_field import write_outcomes
from ...solving.loop import (
    Asked,
    Event,
    Executed,
    Finish,
    Finished,
    Generated,
    Reasoned,
    Replaced,
    Solution,
    Usage,
    Wrote,
)
from ...solving.worked import PlainWriter, Writer
from .items import REPLACES, SAID
from .output import Output

__all__ = ["ResponseRendering", "public_event", "public_item", "public_response"]

Json = dict[str, Any]
# Between the text of a round and what follows, so that the SDK's ``output_text`` reads as paragraphs.
SEPARATOR = "\n\n"
# OpenAI has no word for a spent budget of rounds; this is the nearest.
INCOMPLETE: Mapping[Finish, str] = {"length": "max_output_tokens", "rounds": "max_messages"}
# A program that raised has run to its own end, and its traceback is its output; others were stopped or never run.
RAN = ("ok", "error")


class ResponseRendering:
    """One response in the making: what each method returns is what a stream sends next.

    ``response`` is the response so far, the outputs of programs always included; see ``public_response``. What it says
    is in the written form of a solution where it is ``solved``, else the text as it is (``PlainWriter``).
    """

    def __init__(
        self,
        fields: Mapping[str, Any],
        container_id: str,
        rounds: int,
        functions: Collection[str] = (),
        *,
        solved: bool = True,
    ) -> None:
        self._output = Output()
        self.response: Json = {
            "id": f"resp_{uuid.uuid4().hex}",
            "object": "response",
            "created_at": int(time.time()),
            "status": "in_progress",
            "error": None,
            "incomplete_details": None,
            "output": self._output.items,
            "usage": None,
            **fields,
        }
        self._container_id, self._rounds, self._functions = container_id, rounds, functions
        self._new_writer: type[Writer | PlainWriter] = Writer if solved else PlainWriter
        self._writer = self._new_writer()

    def start(self) -> Iterator[Json]:
        """The first two events."""
        yield self._output.event("response.created", response=self.response)
        yield self._output.event("response.in_progress", response=self.response)

    def add(self, event: Event) -> Iterator[Json]:
        """What an event of the solve adds; the last one ends the response."""
        match event:
            case Reasoned(text=text, said=True):
                yield from self._close("completed")
                yield from self._output.open("reasoning", mark=SAID)
                yield from self._output.write(text)
                yield from self._output.close("completed")
            case Reasoned(text=text):
                yield from self._write("reasoning", text)
            case Wrote(kind="text", text=text):
                yield from self._write("message", text)
            case Wrote(kind="code", text=text):
                yield from self._write_code(text)
            case Generated(round=index, call=call):
                yield from self._end_turn(call, index)
            case Executed(step=step, pictures=pictures):
                yield from self._end_run(step, pictures)
            case Asked():
                yield from self._close("incomplete")
            case Replaced(line=line):
                yield from self._replace(line)
            case Finished(solution=solution):
                yield from self._finish(solution)

    def count(self, usage: Usage) -> None:
        """The tokens of the solve, whatever becomes of it."""
        self.response["usage"] = _usage(usage)

    def fail(self, message: str) -> Iterator[Json]:
        """The end of a response that the server could not finish; what was open is left incomplete."""
        yield from self._close("incomplete")
        self.response |= {"status": "failed", "error": {"code": "server_error", "message": message}}
        yield self._output.event("response.failed", response=self.response)

    def _write(self, kind: str, text: str) -> Iterator[Json]:
        if self._output.is_open != kind:
            yield from self._close("completed")
            yield from self._output.open(kind)
            self._writer = self._new_writer()
        written = self._writer.write("text", text) if kind == "message" else text
        if written:
            yield from self._output.write(written)

    def _replace(self, line: str) -> Iterator[Json]:
        """A message that says that what comes takes the place of the items before it."""
        yield from self._close("incomplete")
        yield from self._output.open("message", mark=REPLACES)
        yield from self._output.write(f"{SEPARATOR}{line}{SEPARATOR}")
        yield from self._output.close("completed", phase="commentary")

    def _close(self, status: str, **fields: Any) -> Iterator[Json]:
        """End the open item, a message with what was held back of it."""
        if self._output.is_open == "message" and (rest := self._writer.end_turn(program=False)):
            yield from self._output.write(rest)
        yield from self._output.close(status, **fields)

    def _write_code(self, code: str) -> Iterator[Json]:
        if self._output.is_open != "code_interpreter_call":
            yield from self._close_comment()
            yield from self._output.open("code_interpreter_call", container_id=self._container_id)
            yield from self._output.tell("response.code_interpreter_call.in_progress")
        if code:
            yield from self._output.write(code)

    def _end_turn(self, call: ToolCall | None, index: int) -> Iterator[Json]:
        if call is None or call.name in self._functions:
            return
        yield from self._write_code("")
        yield from self._output.end_writing()
        if index < self._rounds and call.error is None:
            yield from self._output.tell("response.code_interpreter_call.interpreting")

    def _call_function(self, call: ToolCall) -> Iterator[Json]:
        yield from self._close_comment()
        yield from self._output.open("function_call", call_id=f"call_{uuid.uuid4().hex}", name=call.name)
        yield from self._output.write(json.dumps(call.arguments or {}, ensure_ascii=False))
        yield from self._close("completed")

    def _close_comment(self) -> Iterator[Json]:
        if self._output.is_open == "message":
            yield from self._output.write(self._writer.end_turn(program=False) + SEPARATOR)
            yield from self._close("completed", phase="commentary")
        yield from self._close("completed")

    def _end_run(self, step: Step, pictures: Sequence[Picture]) -> Iterator[Json]:
        completed = step.execution.status in RAN
        if completed:
            yield from self._output.tell("response.code_interpreter_call.completed")
        logs = {"type": "logs", "logs": step.execution.observation}
        images = [{"type": "image", "url": f"data:{p.media_type};base64,{p.base64}"} for p in pictures]
        yield from self._close("completed" if completed else "failed", outputs=[logs, *images])

    def _finish(self, solution: Solution) -> Iterator[Json]:
        for call in solution.calls:
            yield from self._call_function(call)
        reason = INCOMPLETE.get(solution.finish_reason)
        if self._output.is_open != "message" and solution.finish_reason == "stop":
            yield from self._close("completed")
            yield from self._output.open("message")
        if solution.logprobs and self._output.is_open == "message":
            self._output.tell_logprobs(solution.logprobs)
        phase = {"phase": "final_answer"} if self._output.is_open == "message" else {}
        yield from self._close("incomplete" if reason else "completed", **phase)
        self.response |= {
            "status": "incomplete" if reason else "completed",
            "incomplete_details": {"reason": reason} if reason else None,
            "completed_at": None if reason else int(time.time()),
        }
        if outcomes := write_outcomes(solution):
            self.response["code_interpreter"] = outcomes
        self.count(solution.usage)
        yield self._output.event(f"response.{self.response['status']}", response=self.response)


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
