"""What a client sees of a solve: worked markdown for people, a list of executions for programs."""

from __future__ import annotations

import json
import re
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ...protocol import PieceKind, ToolCall
from ...records import Step
from ...solving.loop import Event, Executed, Finish, Finished, Generated, Reasoned, Solution, Usage, Wrote
from ..containers.containers import Container

__all__ = ["ChatRendering", "Choice", "render_step"]

# OpenAI's enumeration has no word for a spent round budget; the extra field says which it was.
FINISH_REASONS: dict[Finish, str] = {
    "stop": "stop",
    "length": "length",
    "rounds": "length",
    "tool_calls": "tool_calls",
}


def render_step(step: Step) -> dict[str, Any]:
    """One execution as the extra field lists it; ``output`` is the text that the model saw."""
    execution = step.execution
    return {
        "thought": step.thought,
        "code": step.code,
        "output": execution.observation,
        "status": execution.status,
        "ms": round(execution.ms, 3),
    }


def _fence(language: str, text: str) -> str:
    """A fenced block whose fence is longer than any run of backticks inside."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text}\n{fence}"


@dataclass
class Choice:
    """One solution as it comes; its content is the same whether it is streamed or not."""

    index: int = 0
    interpreter: bool = True
    container: Container | None = None
    content: str = ""
    reasoning: str = ""
    solution: Solution | None = None
    _open: PieceKind | None = None
    _thinking: bool = False

    def add(self, event: Event) -> str:
        """Take an event in and return the text that it appends to the content."""
        if isinstance(event, Reasoned):
            self.think(event)
            return ""
        self._thinking = False
        text = self._render(event)
        self.content += text
        return text

    def think(self, thought: Reasoned) -> str:
        """Take a thought in and return the text that it appends to the reasoning, a paragraph for each turn."""
        gap = "\n\n" if self.reasoning and not self._thinking else ""
        self._thinking = True
        self.reasoning += gap + thought.text
        return gap + thought.text

    def _render(self, event: Event) -> str:
        match event:
            case Wrote(kind=kind, text=text):
                return (self._begin(kind) if kind != self._open else "") + text
            case Generated(call=call):
                return self._end(call)
            case Executed(step=step):
                return self._gap() + _fence("output", step.execution.observation)
            case Finished(solution=solution):
                self.solution = solution
        return ""

    def _begin(self, kind: PieceKind) -> str:
        self._open = kind
        return self._gap() + ("```python\n" if kind == "code" else "")

    def _end(self, call: ToolCall | None) -> str:
        """Close the block of a program; an empty program is shown as an empty block."""
        empty = call is not None and call.error is None and self._open != "code"
        opening = self._begin("code") if empty else ""
        closing = "\n```" if self._open == "code" else ""
        self._open = None
        return opening + closing

    def _gap(self) -> str:
        return "\n\n" if self.content else ""

    @property
    def finish_reason(self) -> str:
        assert self.solution is not None
        return FINISH_REASONS[self.solution.finish_reason]

    def message(self) -> dict[str, Any]:
        assert self.solution is not None
        calls = render_calls(self.solution.calls)
        message: dict[str, Any] = {
            "role": "assistant",
            "content": self.content or (None if calls else ""),
            "refusal": None,
            "tool_calls": calls,
        }
        if self.reasoning:
            message["reasoning_content"] = self.reasoning
        if self.interpreter:
            executions = [render_step(step) for step in self.solution.steps]
            message["code_interpreter"] = self.summary() | {"executions": executions}
        return message

    def summary(self) -> dict[str, Any]:
        assert self.solution is not None
        kept = {"container_id": self.container.id} if self.container and self.container.ran else {}
        return {"conclusion": self.solution.conclusion, "finish_reason": self.solution.finish_reason} | kept


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
                "logprobs": None,
                "finish_reason": choice.finish_reason,
            }
            for choice in self.choices
        ]
        return self._object("chat.completion", choices) | {"usage": self._usage()}

    def first_chunk(self, choice: Choice) -> dict[str, Any]:
        return self._chunk(choice, {"role": "assistant", "content": ""})

    def chunk(self, choice: Choice, event: Event) -> dict[str, Any] | None:
        """The chunk of an event; ``None`` when it has nothing to show."""
        if isinstance(event, Reasoned):
            return self._chunk(choice, {"reasoning_content": choice.think(event)})
        text = choice.add(event)
        match event:
            case Executed(round=index, step=step):
                execution = {"index": index} | render_step(step)
                return self._chunk(choice, {"content": text, "code_interpreter": {"executions": [execution]}})
            case Finished(solution=solution):
                delta: dict[str, Any] = {}
                if calls := render_calls(solution.calls):
                    delta["tool_calls"] = [{"index": index} | call for index, call in enumerate(calls)]
                if choice.interpreter:
                    delta["code_interpreter"] = choice.summary()
                return self._chunk(choice, delta, choice.finish_reason)
        return self._chunk(choice, {"content": text}) if text else None

    def usage_chunk(self) -> dict[str, Any]:
        return self._object("chat.completion.chunk", []) | {"usage": self._usage()}

    def _chunk(self, choice: Choice, delta: dict[str, Any], finish_reason: str | None = None) -> dict[str, Any]:
        part = {"index": choice.index, "delta": delta, "logprobs": None, "finish_reason": finish_reason}
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
