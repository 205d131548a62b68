r"""Solutions as turns of a conversation, whatever their keys are called.

{"from": "human", "value": "..."} {"from": "function_call", "value": "...<tool_call>..."}     sharegpt, ours
{"role": "user", "content": "..."} {"role": "assistant", "content": "...```python..."}        messages
{"role": "assistant", "content": "", "tool_calls": [{"function": {"name": "python", ...}}]}   as OpenAI returns them
{"role": "assistant", "content": [{"type": "reasoning", "value": "..."}, {"type": "tool_call", ...}]}
                                                                                              LLaMA-Factory's v1
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ...mathematics import find_listings
from ...protocol import read_turn
from ..refusals import Refused
from .solution import Builder, Solution
from .texts import add_text

__all__ = ["Said", "final_text", "question_of", "read_chat", "turns_of"]

Speaker = Literal["system", "user", "assistant", "call", "output"]

_SPEAKERS: dict[str, Speaker] = {
    "system": "system",
    "human": "user",
    "user": "user",
    "gpt": "assistant",
    "assistant": "assistant",
    "bot": "assistant",
    "chatgpt": "assistant",
    "function_call": "call",
    "tool_call": "call",
    "observation": "output",
    "tool": "output",
    "function": "output",
    "tool_response": "output",
    "ipython": "output",
}


@dataclass(frozen=True)
class Said:
    """One turn, or one part of it."""

    speaker: Speaker
    text: str


def turns_of(turns: Any) -> list[Said]:
    """The turns of a conversation; a turn of several parts becomes several.

    Raises:
        Refused: it is no list of turns, or one has no speaker, or a text that is none.
    """
    if not isinstance(turns, list | tuple) or not turns:
        raise Refused("other_form", "no list of turns")
    return [said for turn in turns for said in _turn(turn)]


def _turn(turn: Any) -> Iterator[Said]:
    if not isinstance(turn, Mapping):
        raise Refused("other_form", "a turn is no object")
    name = turn.get("from", turn.get("role"))
    speaker = _SPEAKERS.get(name) if isinstance(name, str) else None
    if speaker is None:
        raise Refused("other_form", f"a turn is by {name!r}")
    content = turn.get("value", turn.get("content"))
    for kind, text in _parts(content):
        called = kind == "tool_call" and speaker == "assistant"
        yield Said("call" if called else speaker, text)
    for call in turn.get("tool_calls") or ():
        yield Said("call", json.dumps(call.get("function") if isinstance(call, Mapping) else None, ensure_ascii=False))


def _parts(content: Any) -> Iterator[tuple[str, str]]:
    """The kind and the text of each part of a turn's content."""
    if content is None:
        return
    if isinstance(content, str):
        yield "text", content
        return
    if not isinstance(content, list | tuple):
        raise Refused("wrong_type", f"a turn's text is a {type(content).__name__}")
    for part in content:
        kind = part.get("type") if isinstance(part, Mapping) else None
        value = part.get("value", part.get("text", part.get("content"))) if isinstance(part, Mapping) else None
        if not isinstance(kind, str) or not isinstance(value, str):
            raise Refused(
                "picture_needed" if isinstance(kind, str) and "image" in kind else "other_form", "a part is no text"
            )
        yield kind, value


def question_of(turns: Sequence[Said]) -> str:
    """What the user asks, once.

    Raises:
        Refused: the user asks nothing first, or asks again.
    """
    asked = [index for index, said in enumerate(turns) if said.speaker == "user"]
    spoken = [index for index, said in enumerate(turns) if said.speaker != "system"]
    if not asked or asked[0] != spoken[0]:
        raise Refused("no_question", "the conversation does not begin with a question")
    again = [index for index in asked[1:] if index != asked[0] + 1 or turns[index].speaker != "user"]
    if again:
        raise Refused("several_questions", f"the user speaks {len(again) + 1} times")
    return "\n".join(turns[index].text for index in asked).strip()


def final_text(turns: Sequence[Said]) -> str:
    """The last turn of the assistant; "" where it says nothing."""
    return next((said.text for said in reversed(turns) if said.speaker == "assistant"), "")


def read_chat(turns: Sequence[Said]) -> Solution:
    """The solution that a conversation of one question holds.

    Raises:
        Refused: it asks several questions, calls another tool, holds no program, is cut, or runs on.
    """
    question_of(turns)
    builder = Builder()
    for said in turns:
        match said.speaker:
            case "assistant":
                add_text(builder, said.text)
            case "call":
                _add_call(builder, said.text)
            case "output":
                builder.show(_unfenced(said.text))
    return builder.finish()


def _add_call(builder: Builder, text: str) -> None:
    """A call to ``python``; what stands before it is its thought, reasoning between tags included."""
    reader = read_turn(text)
    call = reader.call
    if call is None or call.error is not None or not call.code.strip():
        raise Refused("other_tool", f"calls {text.strip()[:60]!r}")
    builder.say(text[: reader.start])
    builder.run(call.code)


def _unfenced(output: str) -> str:
    listings = find_listings(output)
    return listings[0].text if len(listings) == 1 and listings[0].source == output.strip() else output
