"""What the plugin builds on inside LLaMA-Factory, checked before anything is served.

The functions below kept their signatures from 0.9.0 on; a release that moves one must be met by a change here,
not by a server that half works.
"""

from __future__ import annotations

import importlib
import inspect
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from .errors import StartupError

__all__ = ["SEAMS", "Seam", "check_seams", "moved"]


@dataclass(frozen=True)
class Seam:
    """A callable of LLaMA-Factory and the parameters that we pass it by these names."""

    module: str
    name: str
    parameters: tuple[str, ...] = ()


SEAMS = (
    Seam("llamafactory.hparams.parser", "read_args", ("args",)),
    Seam("llamafactory.api.app", "create_app", ("chat_model",)),
    Seam("llamafactory.api.chat", "create_chat_completion_response", ("request", "chat_model")),
    Seam("llamafactory.api.chat", "create_stream_chat_completion_response", ("request", "chat_model")),
    Seam("llamafactory.chat.chat_model", "ChatModel.__init__", ("args",)),
    Seam("llamafactory.chat.chat_model", "ChatModel.achat", ("messages", "system", "tools", "input_kwargs")),
    Seam("llamafactory.data.template", "Template.encode_oneturn", ("tokenizer", "messages", "system", "tools")),
    Seam("llamafactory.data.template", "Template.extract_tool", ("content",)),
    Seam("llamafactory.data.template", "Template.get_stop_token_ids", ("tokenizer",)),
)


def check_seams(seams: tuple[Seam, ...] = SEAMS) -> None:
    """Raise ``StartupError`` for the first seam that is not where we expect it."""
    for seam in seams:
        try:
            target: Any = attrgetter(seam.name)(importlib.import_module(seam.module))
        except (ImportError, AttributeError) as error:
            raise moved(f"{seam.module}.{seam.name} is gone") from error
        missing = [name for name in seam.parameters if name not in inspect.signature(target).parameters]
        if missing:
            raise moved(f"{seam.module}.{seam.name} no longer takes {', '.join(missing)}")


def moved(what: str) -> StartupError:
    """The error for a seam that moved, naming the installed version and the remedy."""
    from llamafactory.extras.env import VERSION

    return StartupError(
        f"llamafactory {VERSION}: {what}; this plugin was built for 0.9.5 "
        "(pip install llamafactory==0.9.5, or remove the code_interpreter section)"
    )
