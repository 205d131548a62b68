"""What all models have in common that LLaMA-Factory loads into this process."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Literal

from ...protocol import TOOL, FormChoice, ThoughtTags, Turn, Watch
from ...solving.loop import Completion
from ..solve_request import SolveRequest
from .context import check_context
from .media import answer_with_media
from .model import AnswerMedia
from .raw_text import ContinueText
from .template_calls import TemplateCalls

__all__ = ["LocalModel", "Messages", "completion"]

Messages = list[dict[str, str]]


class LocalModel:
    """A ``ChatModel`` of LLaMA-Factory; a subclass for each kind of engine generates.

    Earlier turns are replayed as the raw text that the model wrote, observations in their own role, and the schema of
    the tool goes to the template as in training, so that prompts are token for token those that the model was trained
    on.
    """

    def __init__(self, chat_model: Any) -> None:
        self._chat_model = chat_model

    @property
    def can_generate(self) -> bool:
        return bool(self._engine.can_generate)

    @property
    def template(self) -> TemplateCalls:
        return TemplateCalls(self._engine.template)

    @property
    def thought_tags(self) -> ThoughtTags:
        return self.template.thought_tags

    @property
    def media(self) -> AnswerMedia | None:
        return partial(answer_with_media, self._chat_model)

    @property
    def continue_text(self) -> ContinueText | None:
        """Nothing: LLaMA-Factory's functions for vLLM and SGLang render a template around whatever they are given."""
        return None

    @property
    def vocabulary(self) -> int:
        return len(self._engine.tokenizer)

    @property
    def stock(self) -> Any:
        return self._chat_model

    async def close(self) -> None:
        """Nothing: the engine ends with the process."""

    @property
    def _engine(self) -> Any:
        return self._chat_model.engine

    @property
    def _context(self) -> int | None:
        """The tokens that prompt and answer may have together, where that is known."""
        return None

    async def _fitting(self, messages: Messages, arguments: Mapping[str, Any]) -> list[int] | None:
        """The tokens of a prompt that is known to leave room for an answer; raise ``ApiError`` where it leaves none.

        For requests that are streamed: before they wait for their turn, and before anything is sent.
        """
        if (context := self._context) is None:
            return None
        prompt = await asyncio.to_thread(self._prompt, messages, arguments)
        check_context(len(prompt), context)
        return prompt

    def _prompt(self, messages: Messages, arguments: Mapping[str, Any]) -> list[int]:
        """The tokens of a prompt."""
        engine, paired = self._engine, [*messages, {"role": "assistant", "content": ""}]
        prompt, _ = engine.template.encode_oneturn(engine.tokenizer, paired, arguments["system"], arguments["tools"])
        return list(prompt)

    def _messages(self, turns: Sequence[Turn]) -> Messages:
        template = self.template
        return [template.message(turn) for turn in turns]

    def _arguments(self, request: SolveRequest, form: FormChoice, max_tokens: int | None) -> dict[str, Any]:
        """What ``achat`` takes beside the messages."""
        arguments = {"system": request.system, "tools": self._tools(request, form), **request.sampling}
        # What is left of the solve, and at most the YAML's ``max_new_tokens`` in one turn.
        limits = (max_tokens, self._engine.generating_args.get("max_new_tokens"))
        if (limit := min(filter(None, limits), default=None)) is not None:
            arguments["max_new_tokens"] = limit
        return arguments

    def _tools(self, request: SolveRequest, form: FormChoice) -> str | None:
        """The schemas that the template shows, as JSON; ours where the model may answer with a native call."""
        native = form == "native" or (form == "auto" and self.template.is_readable)
        schemas = [*([TOOL] if request.interpreter and native else []), *request.functions]
        return json.dumps(schemas, ensure_ascii=False) if schemas else None


def completion(watch: Watch, ended: bool, prompt_tokens: int, tokens: int) -> Completion:
    """The turn that passed a watch; one that neither ``ended`` nor came to a stop string was cut by the limit."""
    finish: Literal["stop", "length", "halt"] = "halt" if watch.halted else "stop" if ended else "length"
    return Completion(watch.text, finish, prompt_tokens, tokens)
