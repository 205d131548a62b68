"""The names under which the model is served, and ``GET /v1/models``, which lists them.

There are two, with and without the interpreter, so that a client which cannot send tools (the titles and tags that
chat interfaces ask for, a harness) chooses by the name alone.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from .settings import Settings
from .web.errors import ApiError
from .web.exchange import json_response
from .web.fields import Body

__all__ = ["MODELS_PATH", "Names", "models_router", "served_name"]

MODELS_PATH = "/v1/models"

# What the folders of a training run are called, beneath the one that has its name.
_STEPS = re.compile(
    r"(checkpoint|global_step)[-_]?\d*|merged|export(ed)?|final|best|models?|adapters?|output|saves"
    r"|q?lora|oft|full|freeze|pt|sft|rm|ppo|dpo|kto|orpo|simpo",
    re.IGNORECASE,
)
OWNER = "math_solver"


@dataclass(frozen=True)
class Names:
    """The name of the model and the one that turns ``default_on`` around.

    Attributes:
        created: the second at which the server started.
    """

    name: str
    default_on: bool
    created: int = field(default_factory=lambda: int(time.time()))

    @property
    def other(self) -> str:
        """The name whose requests have the other default."""
        return f"{self.name}-{'plain' if self.default_on else 'python'}"

    def read(self, body: Body) -> tuple[Body, bool]:
        """A body under the name that answers it, and whether the interpreter is on where it says nothing of it.

        Clients send any name, and all but one are the model's. What is no name at all is left for the endpoint to
        refuse.
        """
        asked = body.get("model")
        if not isinstance(asked, str | None):
            return body, self.default_on
        is_other = asked == self.other
        return {**body, "model": self.other if is_other else self.name}, self.default_on != is_other

    def describe(self, name: str) -> dict[str, Any]:
        """OpenAI's object of a model; raise 404 for a name that is not served."""
        if name not in (self.name, self.other):
            message = f"The model {name!r} is not served here; there are {self.name!r} and {self.other!r}."
            raise ApiError(message, status=404, param="model", code="model_not_found")
        return {"id": name, "object": "model", "created": self.created, "owned_by": OWNER}


def served_name(args: Mapping[str, Any], settings: Settings, environ: Mapping[str, str]) -> str:
    """``API_MODEL_NAME``, as LLaMA-Factory has it; or else the upstream's name, or that of the adapter or the model.

    ``args`` is the YAML without our section. Of a path the last part counts that does not only say which step of a
    training it comes from: ``saves/qwen2-7b/lora/sft`` is ``qwen2-7b``.
    """
    if given := environ.get("API_MODEL_NAME"):
        return given
    if settings.upstream is not None:
        return settings.upstream.model
    path = str(args.get("adapter_name_or_path") or args.get("model_name_or_path") or "")
    parts = [part for part in re.split(r"[/\\]", path.split(",")[-1].strip()) if part not in ("", ".", "..")]
    telling = [part for part in parts if not _STEPS.fullmatch(part)]
    return (telling or parts or ["model"])[-1]


def models_router(names: Names) -> APIRouter:
    """What there is to ask, in place of LLaMA-Factory's list, which says ``gpt-3.5-turbo``."""
    router = APIRouter()

    @router.get(MODELS_PATH)
    async def list_models() -> Response:
        return json_response({"object": "list", "data": [names.describe(name) for name in (names.name, names.other)]})

    @router.get(MODELS_PATH + "/{name:path}")
    async def get_model(name: str) -> Response:
        return json_response(names.describe(name))

    return router
