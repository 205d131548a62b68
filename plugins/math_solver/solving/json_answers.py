"""The format that a client demands of an answer, and the JSON of that format in what a model says.

``json_process`` reads and checks, in a process for each text, since both the text and the schema are hostile.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["AnswerFormat", "Found", "check_format", "find_answer"]

_PROGRAM = Path(__file__).with_name("json_process.py")
# The process limits its processor time to less; it waits for a processor, too, where the machine is busy.
_LATE = 30.0
_LONGEST = 1_000_000
TOO_MUCH = "comparing it with the schema takes too much time or memory"
_OBJECT: Mapping[str, Any] = {"type": "object"}
# Schemas that can be used, since clients send the same one with each request.
_REMEMBERED = 64
_usable: dict[str, None] = {}


@dataclass(frozen=True)
class AnswerFormat:
    """JSON that satisfies a schema; without one, any object.

    Attributes:
        name, description, strict: what a client says of the schema besides, for endpoints that take it too.
    """

    schema: Mapping[str, Any] | None = None
    name: str = "answer"
    description: str | None = None
    strict: bool | None = None

    @property
    def instruction(self) -> str:
        """What a model is told of it."""
        if self.schema is None:
            return "Give the final answer as one JSON object alone, without any other text and without a code fence."
        about = f" ({self.description})" if self.description else ""
        return (
            "Give the final answer as JSON alone, without any other text and without a code fence. "
            f"It must satisfy this JSON Schema{about}:\n{json.dumps(self.schema, ensure_ascii=False)}"
        )

    @property
    def response_format(self) -> dict[str, Any]:
        """It as chat completions take it."""
        if self.schema is None:
            return {"type": "json_object"}
        said = {"description": self.description, "strict": self.strict}
        given = {key: value for key, value in said.items() if value is not None}
        return {"type": "json_schema", "json_schema": {"name": self.name, "schema": self.schema, **given}}


@dataclass(frozen=True)
class Found:
    """The JSON in a text, as it is written there; ``None`` where none fits, and then what is wrong with it."""

    answer: str | None
    problem: str = ""


async def find_answer(text: str, format: AnswerFormat) -> Found:
    """The JSON of a format in a model's text."""
    if len(text) > _LONGEST:
        return Found(None, f"it has more than {_LONGEST} characters")
    schema = _OBJECT if format.schema is None else format.schema
    if schema.get("type") == "object" and "{" not in text:  # most conclusions: no process need look at them
        return Found(None, "it holds no JSON")
    reply = await _ask({"schema": schema, "text": text})
    if "answer" not in reply:
        return Found(None, reply["problem"])
    start, end = reply["answer"]
    return Found(text[start:end])


async def check_format(format: AnswerFormat) -> str | None:
    """What is wrong with a client's schema, and where; ``None`` where it can be used."""
    if format.schema is None:
        return None
    written = json.dumps(format.schema)
    if written in _usable:
        return None
    reply = await _ask({"schema": format.schema})
    if reply:
        return f"{reply.get('place', '$')}: {reply['problem']}"
    _usable[written] = None
    if len(_usable) > _REMEMBERED:
        del _usable[next(iter(_usable))]
    return None


async def _ask(job: Mapping[str, Any]) -> dict[str, Any]:
    """The reply to one job; a process that comes to its limits is killed, and that is a problem to tell as well.

    Raises:
        RuntimeError: it failed in another way.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-I",
        str(_PROGRAM),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        written, complaint = await asyncio.wait_for(process.communicate(json.dumps(job).encode()), _LATE)
    except TimeoutError:
        return {"problem": TOO_MUCH}
    finally:
        if process.returncode is None:
            process.kill()
        status = await process.wait()
    if status < 0:
        return {"problem": TOO_MUCH}
    if status > 0:
        raise RuntimeError(f"{_PROGRAM.name} failed: {complaint.decode(errors='replace').strip()[-300:]}")
    reply: dict[str, Any] = json.loads(written)
    return reply
