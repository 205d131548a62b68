"""What the plugin builds on inside LLaMA-Factory, checked before anything is served.

The functions below kept their signatures from 0.9.0 on; a release that moves one must be met by a change here,
not by a server that half works.
"""

from __future__ import annotations

import dis
import importlib
import inspect
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from .web.errors import StartupError

__all__ = ["READ_ARGS", "SEAMS", "Seam", "check_seams", "moved"]


@dataclass(frozen=True)
class Seam:
    """A name of LLaMA-Factory that we use.

    Attributes:
        parameters: what we pass it, of a callable.
        holds: attributes of its instances that we use, of a class; keys, of a table.
    """

    module: str
    name: str
    parameters: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()


READ_ARGS = Seam("llamafactory.hparams.parser", "read_args")
SEAMS = (
    READ_ARGS,
    Seam("llamafactory.api.app", "create_app", ("chat_model",)),
    Seam("llamafactory.api.chat", "create_chat_completion_response", ("request", "chat_model")),
    Seam("llamafactory.api.chat", "create_stream_chat_completion_response", ("request", "chat_model")),
    Seam(
        "llamafactory.api.protocol",
        "ChatCompletionRequest",
        holds=("messages", "tools", "temperature", "top_p", "max_tokens", "n", "presence_penalty", "stream"),
    ),
    Seam("llamafactory.api.protocol", "ChatMessage", holds=("content", "tool_calls")),
    Seam("llamafactory.api.protocol", "FunctionAvailable", holds=("function",)),
    Seam("llamafactory.chat", "ChatModel", holds=("engine", "_loop")),
    Seam("llamafactory.chat", "ChatModel.__init__", ("args",)),
    Seam("llamafactory.chat", "ChatModel.achat", ("messages", "system", "tools", "input_kwargs")),
    Seam("llamafactory.chat", "ChatModel.astream_chat", ("messages", "system", "tools", "input_kwargs")),
    Seam(
        "llamafactory.chat.base_engine",
        "BaseEngine",
        holds=("name", "model", "tokenizer", "can_generate", "template", "generating_args"),
    ),
    Seam(
        "llamafactory.chat.base_engine",
        "Response",
        holds=("response_text", "response_length", "prompt_length", "finish_reason"),
    ),
    Seam(
        "llamafactory.chat.hf_engine",
        "HuggingfaceEngine._process_args",
        (
            "model",
            "tokenizer",
            "processor",
            "template",
            "generating_args",
            "messages",
            "system",
            "tools",
            "input_kwargs",
        ),
    ),
    Seam(
        "llamafactory.chat.hf_engine",
        "HuggingfaceEngine._chat",
        (
            "model",
            "tokenizer",
            "processor",
            "template",
            "generating_args",
            "messages",
            "system",
            "tools",
            "images",
            "videos",
            "audios",
            "input_kwargs",
        ),
    ),
    Seam("llamafactory.data.formatter", "FunctionFormatter", holds=("slots", "tool_format", "tool_utils")),
    Seam("llamafactory.data.template", "Llama2Template"),
    Seam("llamafactory.data.template", "TEMPLATES", holds=("qwen",)),
    Seam("llamafactory.data.template", "ReasoningTemplate"),
    Seam(
        "llamafactory.data.template",
        "Template",
        holds=("format_assistant", "format_function", "format_user", "thought_words", "enable_thinking"),
    ),
    Seam("llamafactory.data.template", "Template.encode_oneturn", ("tokenizer", "messages", "system", "tools")),
    Seam("llamafactory.data.template", "Template.extract_tool", ("content",)),
    Seam("llamafactory.data.template", "Template.get_stop_token_ids", ("tokenizer",)),
    Seam("llamafactory.data.tool_utils", "FunctionCall", ("name", "arguments")),
    Seam("llamafactory.data.tool_utils", "ToolUtils.function_formatter", ("functions",)),
    Seam("llamafactory.hparams", "ModelArguments", holds=("vllm_maxlen", "vllm_config", "sglang_maxlen")),
    Seam("llamafactory.extras.constants", "EngineName.HF"),
    Seam("llamafactory.extras.constants", "EngineName.SGLANG"),
    Seam("llamafactory.extras.constants", "EngineName.VLLM"),
)


def check_seams(seams: tuple[Seam, ...] = SEAMS) -> None:
    """Raise ``StartupError`` for the first seam that is not where we expect it."""
    for seam in seams:
        where = f"{seam.module}.{seam.name}"
        try:
            target: Any = attrgetter(seam.name)(importlib.import_module(seam.module))
        except (ImportError, AttributeError) as error:
            raise moved(f"{where} is gone") from error
        for verb, wanted, found in (("takes", seam.parameters, _taken), ("holds", seam.holds, _held)):
            there = set(found(target)) if wanted else set()
            if gone := [name for name in wanted if name not in there]:
                raise moved(f"{where} no longer {verb} {', '.join(gone)}")


def _taken(target: Any) -> Iterable[str]:
    return inspect.signature(target).parameters if callable(target) else ()


def _held(target: Any) -> Iterator[str]:
    """The keys of a table; of a class, what its instances have: declared, or set when one is made."""
    if isinstance(target, Mapping):
        yield from target
    for cls in inspect.getmro(target) if inspect.isclass(target) else ():
        yield from inspect.get_annotations(cls)
        for made in (vars(cls).get(name) for name in ("__init__", "__post_init__")):
            if inspect.isfunction(made):
                yield from (step.argval for step in dis.get_instructions(made) if step.opname == "STORE_ATTR")


def moved(what: str) -> StartupError:
    """The error for a seam that moved, naming the installed version and the remedy."""
    try:
        from llamafactory.extras.env import VERSION
    except ImportError:
        VERSION = "(of an unknown version)"
    return StartupError(
        f"llamafactory {VERSION}: {what}; this plugin was built for 0.9.5 "
        "(pip install llamafactory==0.9.5, or remove the code_interpreter section)"
    )
