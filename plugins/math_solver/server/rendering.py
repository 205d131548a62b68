"""What a client sees of a solve: worked markdown for people, a list of executions for programs."""

from __future__ import annotations

import re
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

from ..protocol import ToolCall
from ..records import Step
from ..solving import Event, Executed, Finish, Finished, Generated, Solution, Usage

__all__ = ["ChatRendering", "render_event", "render_step"]

# OpenAI's enumeration has no word for a spent round budget; the extra field says which it was.
FINISH_REASONS: dict[Finish, str] = {
    "stop": "stop",
    "length": "length",
    "rounds": "length",
    "tool_calls": "tool_calls",
}


def render_event(event: Event) -> str:
    """The markdown that an event adds to the solution."""
    match event:
        case Generated(text=text, call=None):
            return text.strip()
        case Generated(call=ToolCall() as call):
            return "\n\n".join(part for part in (call.thought, _fence("python", call.code)) if part)
        case Executed(step=step):
            return _fence("output", step.execution.observation)
    return ""


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
class ChatRendering:
    """The ``chat.completion`` of one solve, whole or in chunks; both spell the same content."""

    model: str
    id: str = field(default_factory=lambda: f"chatcmpl-{uuid.uuid4().hex}")
    created: int = field(default_factory=lambda: int(time.time()))
    content: str = ""

    def add(self, event: Event) -> str:
        """Take an event in and return the text that it appends to the content."""
        text = render_event(event)
        if text and self.content:
            text = "\n\n" + text
        self.content += text
        return text

    def completion(self, solution: Solution) -> dict[str, Any]:
        message = {
            "role": "assistant",
            "content": self.content,
            "refusal": None,
            "code_interpreter": _summary(solution) | {"executions": [render_step(step) for step in solution.steps]},
        }
        choice = {
            "index": 0,
            "message": message,
            "logprobs": None,
            "finish_reason": FINISH_REASONS[solution.finish_reason],
        }
        return self._object("chat.completion", [choice]) | {"usage": _usage(solution.usage)}

    def first_chunk(self) -> dict[str, Any]:
        return self._chunk({"role": "assistant", "content": ""})

    def chunk(self, event: Event) -> dict[str, Any] | None:
        """The chunk of an event; ``None`` when it has nothing to show."""
        text = self.add(event)
        match event:
            case Executed(round=index, step=step):
                execution = {"index": index} | render_step(step)
                return self._chunk({"content": text, "code_interpreter": {"executions": [execution]}})
            case Finished(solution=solution):
                delta = {"code_interpreter": _summary(solution)}
                return self._chunk(delta, FINISH_REASONS[solution.finish_reason])
        return self._chunk({"content": text}) if text else None

    def usage_chunk(self, usage: Usage) -> dict[str, Any]:
        return self._object("chat.completion.chunk", []) | {"usage": _usage(usage)}

    def _chunk(self, delta: dict[str, Any], finish_reason: str | None = None) -> dict[str, Any]:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish_reason}
        return self._object("chat.completion.chunk", [choice])

    def _object(self, kind: str, choices: list[dict[str, Any]]) -> dict[str, Any]:
        return {
            "id": self.id,
            "object": kind,
            "created": self.created,
            "model": self.model,
            "choices": choices,
        }


def _summary(solution: Solution) -> dict[str, Any]:
    return {"conclusion": solution.conclusion, "finish_reason": solution.finish_reason}


def _usage(usage: Usage) -> dict[str, int]:
    return {
        "prompt_tokens": usage.prompt_tokens,
        "completion_tokens": usage.completion_tokens,
        "total_tokens": usage.total_tokens,
    }
