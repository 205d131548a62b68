"""Which model a server asks: the one that its YAML names, or the one behind another endpoint."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from llamafactory.extras.constants import EngineName

from ..settings import SECTION, Settings
from ..web.errors import StartupError
from .batching.batcher import Batcher
from .huggingface import BatchedModel, HuggingFaceModel
from .model import Model
from .stop_strings import StopStringModel
from .upstream import UpstreamModel

__all__ = ["load_model", "model_on"]


def load_model(args: Mapping[str, Any], settings: Settings) -> Model:
    """The model of a YAML; ``args`` is all of it but our section.

    Raises:
        StartupError: the settings do not fit the model.
    """
    if settings.upstream is not None:
        return UpstreamModel(settings.upstream, args)
    from llamafactory.chat import ChatModel

    return model_on(ChatModel(args=dict(args)), settings.batch_size)


def model_on(chat_model: Any, batch_size: int = 1) -> Model:
    """The model on the engine that a ``ChatModel`` of LLaMA-Factory has.

    Raises:
        StartupError: it cannot generate for ``batch_size`` requests at once.
    """
    engine = chat_model.engine
    if batch_size == 1:
        if engine.name == EngineName.HF:
            return HuggingFaceModel(chat_model)
        return StopStringModel(chat_model, chat_model._loop if engine.name == EngineName.SGLANG else None)
    if engine.name != EngineName.HF or not engine.can_generate:
        raise StartupError(f"{SECTION}.batch_size: only the Hugging Face engine needs it, and for text; leave it out")
    return BatchedModel(chat_model, Batcher(engine, batch_size))
