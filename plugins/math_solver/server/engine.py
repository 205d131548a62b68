"""``generate`` of the solving loop on top of LLaMA-Factory's ``ChatModel``, whichever engine is behind it."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from llamafactory.extras.constants import EngineName

from ..protocol import TOOL, Form, Turn
from ..solving import Completion
from .generation import Control, controlled

__all__ = ["EngineGenerate"]

TOOLS = json.dumps([TOOL], ensure_ascii=False)
# vLLM and SGLang honour stop strings and leave them out of the text; the loop closes the call again.
STOP_STRINGS: Mapping[Form, list[str]] = {"native": ["</tool_call>"], "fenced": ["```output"]}


@dataclass(frozen=True)
class EngineGenerate:
    """Continue a conversation by one assistant turn.

    Earlier turns are replayed as the raw text that the model wrote, observations in their own role, and the
    schema of the tool goes to the template as in training, so that prompts are token for token those that the
    model was trained on.
    """

    chat_model: Any
    system: str
    form: Form = "native"
    sampling: Mapping[str, Any] = field(default_factory=dict)

    async def __call__(
        self, turns: Sequence[Turn], *, max_tokens: int | None
    ) -> AsyncGenerator[str | Completion, None]:
        yield await self._complete(turns, max_tokens)

    async def _complete(self, turns: Sequence[Turn], max_tokens: int | None) -> Completion:
        limit = self._limit(max_tokens)
        arguments: dict[str, Any] = {
            "system": self.system,
            "tools": TOOLS if self.form == "native" else None,
            **self.sampling,
        }
        if limit is not None:
            arguments["max_new_tokens"] = limit
        messages = [{"role": turn.role, "content": turn.content} for turn in turns]
        if self.chat_model.engine.name == EngineName.HF:
            return await self._generate_controlled(messages, arguments)
        (response,) = await self.chat_model.achat(messages, stop=STOP_STRINGS[self.form], **arguments)
        cut = response.finish_reason == "length" and (limit is None or response.response_length >= limit)
        return Completion(
            response.response_text,
            "length" if cut else "stop",
            response.prompt_length,
            response.response_length,
        )

    async def _generate_controlled(self, messages: list[dict[str, str]], arguments: dict[str, Any]) -> Completion:
        engine = self.chat_model.engine
        control = Control(engine.tokenizer, engine.generating_args.get("skip_special_tokens", True))
        with controlled(control):
            (response,) = await self.chat_model.achat(messages, **arguments)
        written = control.token_ids
        stopped = bool(written) and written[-1] in engine.template.get_stop_token_ids(engine.tokenizer)
        return Completion(
            control.decode(written[:-1] if stopped else written),
            "stop" if stopped or control.ended_call else "length",
            response.prompt_length,
            len(written),
        )

    def _limit(self, max_tokens: int | None) -> int | None:
        """The tokens of one round: what is left of the solve, at most the YAML's ``max_new_tokens``."""
        configured = self.chat_model.engine.generating_args.get("max_new_tokens")
        return min((limit for limit in (max_tokens, configured) if limit), default=None)
