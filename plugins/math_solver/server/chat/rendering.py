"""What a client sees of a solve: the worked solution for people, a list of executions for programs."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...interpreter import Picture
from ...protocol import ToolCall
from ...solving.interpreter_field import write_execution, write_field, write_summary
from ...solving.loop import Event, Executed, Finish, Finished, Reasoned, Replaced, Solution, Usage
from ...solving.worked import PlainWriter, Worked, Writer, write_worked
from ..containers.containers import Container
from ..demanded import unmet_error
from .messages import GAP, join_reasonings
from .request import FORMAT_PARAM

__all__ = ["ChatRendering", "Choice"]

# OpenAI's enumeration has no word for a spent round budget; the extra field says which it was.
FINISH_REASONS: dict[Finish, str] = {
    "stop": "stop",
    "length": "length",
    "rounds": "length",
    "tool_calls": "tool_calls",
    "unmet": "stop",
}


@dataclass
class Choice:
    """One solution as it comes; its content is the same whether it is streamed or not.

    With the interpreter it is a worked solution in its written form (``solving.worked``), else the model's own text
    (``PlainWriter``), or ``answer_only`` what its format allows. A choice that did not come to what was demanded has a
    refusal instead. Where a stream showed a solution that was replaced, the executions and the reasoning before it are
    ``fallen``.
    """

    index: int = 0
    interpreter: bool = True
    container: Container | None = None
    answer_only: bool = False
    content: str = ""
    solution: Solution | None = None
    pictures: dict[int, tuple[Picture, ...]] = field(default_factory=dict)
    reasonings: list[str] = field(default_factory=lambda: [""])
    fallen: dict[str, int] = field(default_factory=dict)
    _writer: Writer = field(default_factory=Writer)
    _plain: PlainWriter = field(default_factory=PlainWriter)
    _thinking: bool = False

    def add(self, event: Event) -> str:
        """Take an event in and return the text that it appends to the content."""
        if isinstance(event, Reasoned):
            if not event.said:  # which the executions tell
                self.think(event)
            return ""
        self._thinking = False
        if isinstance(event, Finished):
            self.solution = event.solution
        if isinstance(event, Executed):
            self.pictures[event.round] = event.pictures
            self.reasonings.append("")
        if isinstance(event, Replaced):
            self._fall()
        text = self._text(event)
        self.content += text
        return text

    def _text(self, event: Event) -> str:
        if self.answer_only and isinstance(event, Finished) and event.solution.calls:
            # No answer yet: the client sends it back with what its tools return, and the model goes on from there.
            steps, thought = event.solution.steps, event.solution.conclusion
            return write_worked(Worked.of(steps, thought)) if steps else thought
        return (self._writer if self.interpreter and not self.answer_only else self._plain).add(event)

    def _fall(self) -> None:
        """All that came so far is another solution's."""
        executions, reasoning = len(self.reasonings) - 1, len(self.reasoning)
        before = {"executions": 0, "reasoning": 0} | self.fallen
        self.fallen = {
            "executions": before["executions"] + executions,
            "reasoning": before["reasoning"] + reasoning,
        }
        self.pictures, self.reasonings = {}, [""]

    def summary(self) -> dict[str, Any]:
        """The field of the interpreter behind a stream of its executions."""
        assert self.solution is not None
        told = {"replaced": self.fallen} if self.fallen else {}
        return write_summary(self.solution, self.container_id) | told

    def think(self, thought: Reasoned) -> str:
        """Take a piece of reasoning in and return the text that it appends to it, a paragraph for each turn."""
        gap = GAP if any(self.reasonings) and not self._thinking else ""
        self._thinking = True
        self.reasonings[-1] += (gap if self.reasonings[-1] else "") + thought.text
        return gap + thought.text

    @property
    def reasoning(self) -> str:
        """All that it reasoned; ``reasonings`` has that before each program, and last that behind them."""
        return join_reasonings(self.reasonings)

    @property
    def finish_reason(self) -> str:
        assert self.solution is not None
        return FINISH_REASONS[self.solution.finish_reason]

    @property
    def logprobs(self) -> dict[str, Any] | None:
        """What is told of the tokens of the content, once all of it is there."""
        told = self.solution.logprobs if self.solution else ()
        return {"content": list(told), "refusal": None} if told else None

    def message(self) -> dict[str, Any]:
        assert self.solution is not None
        calls = render_calls(self.solution.calls)
        message: dict[str, Any] = {
            "role": "assistant",
            "content": self.content or (None if calls or self.refusal else ""),
            "refusal": self.refusal,
            "tool_calls": calls,
        }
        if self.reasoning:
            message["reasoning_content"] = self.reasoning
        if self.interpreter:
            message["code_interpreter"] = write_field(self.solution, self.container_id, self.pictures, self.reasonings)
        return message

    @property
    def refusal(self) -> str | None:
        """Why there is no answer, where what was demanded did not come."""
        return self.solution.unmet.reason if self.solution and self.solution.unmet else None

    @property
    def container_id(self) -> str | None:
        """The container in which programs have run, where the client asked for one."""
        return self.container.id if self.container and self.container.ran else None


def render_calls(calls: Sequence[ToolCall]) -> list[dict[str, Any]] | None:
    """Calls to the client's tools as a message carries them."""
    return [
        {
            "id": f"call_{uuid.uuid4().hex}",
            "type": "function",
            "function": {"name": call.name, "arguments": json.dumps(call.arguments or {}, ensure_ascii=False)},
        }
        for call in calls
    ] or None


@dataclass
class ChatRendering:
    """The ``chat.completion`` of a request, whole or in chunks."""

    model: str
    choices: Sequence[Choice]
    id: str = field(default_factory=lambda: f"chatcmpl-{uuid.uuid4().hex}")
    created: int = field(default_factory=lambda: int(time.time()))

    def completion(self) -> dict[str, Any]:
        choices = [
            {
                "index": choice.index,
                "message": choice.message(),
                "logprobs": choice.logprobs,
                "finish_reason": choice.finish_reason,
            }
            for choice in self.choices
        ]
        return self._object("chat.completion", choices) | {"usage": self._usage()}

    def first_chunk(self, choice: Choice) -> dict[str, Any]:
        return self._chunk(choice, {"role": "assistant", "content": ""})

    def chunk(self, choice: Choice, event: Event) -> dict[str, Any] | None:
        """The chunk of an event; ``None`` when it has nothing to show, or ends a choice in what is an error if all
        others end so as well (``unmet_chunks``)."""
        if isinstance(event, Reasoned):
            return None if event.said else self._chunk(choice, {"reasoning_content": choice.think(event)})
        text = choice.add(event)
        if choice.refusal:
            return None
        match event:
            case Executed(round=index, step=step, pictures=pictures):
                place = choice.fallen.get("executions", 0) + index
                execution = {"index": place} | write_execution(step, pictures, choice.reasonings[index])
                return self._chunk(choice, {"content": text, "code_interpreter": {"executions": [execution]}})
            case Finished(solution=solution):
                delta: dict[str, Any] = {"content": text} if text else {}
                if calls := render_calls(solution.calls):
                    delta["tool_calls"] = [{"index": index} | call for index, call in enumerate(calls)]
                if choice.interpreter:
                    delta["code_interpreter"] = choice.summary()
                return self._chunk(choice, delta, choice.finish_reason)
            case Replaced():
                return self._chunk(choice, {"content": text, "code_interpreter": {"replaced": choice.fallen}})
        return self._chunk(choice, {"content": text}) if text else None

    def check(self) -> None:
        """Raise 422 where no choice came to what was demanded; one that did is not lost over those that did not."""
        unmet = [choice.solution.unmet for choice in self.choices if choice.solution and choice.solution.unmet]
        if unmet and len(unmet) == len(self.choices):
            raise unmet_error(unmet[0], FORMAT_PARAM)

    def unmet_chunks(self) -> Iterator[dict[str, Any]]:
        """The last chunk of each choice that did not come to what was demanded."""
        for choice in self.choices:
            if choice.solution and choice.refusal:
                field = {"code_interpreter": choice.summary()}
                delta = {"refusal": choice.refusal} | (field if choice.interpreter else {})
                yield self._chunk(choice, delta, choice.finish_reason)

    def usage_chunk(self) -> dict[str, Any]:
        return self._object("chat.completion.chunk", []) | {"usage": self._usage()}

    def _chunk(self, choice: Choice, delta: dict[str, Any], finish_reason: str | None = None) -> dict[str, Any]:
        logprobs = choice.logprobs if finish_reason else None
        part = {"index": choice.index, "delta": delta, "logprobs": logprobs, "finish_reason": finish_reason}
        return self._object("chat.completion.chunk", [part])

    def _object(self, kind: str, choices: list[dict[str, Any]]) -> dict[str, Any]:
        return {
            "id": self.id,
            "object": kind,
            "created": self.created,
            "model": self.model,
            "choices": choices,
        }

    def _usage(self) -> dict[str, int]:
        usages = [choice.solution.usage if choice.solution else Usage() for choice in self.choices]
        return {
            "prompt_tokens": sum(usage.prompt_tokens for usage in usages),
            "completion_tokens": sum(usage.completion_tokens for usage in usages),
            "total_tokens": sum(usage.total_tokens for usage in usages),
        }
