"""All that traps may look at: a recipe, its machine, its model and its data as they were read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from .machine import Machine
from .memory import Setup
from .model import Model
from .plan import Plan, Space
from .recipe import Recipe
from .rows import DataProblem, Read

__all__ = ["Case"]


@dataclass(frozen=True)
class Case:
    """What is known of one run.

    Attributes:
        refusal: what LLaMA-Factory's parser says of the recipe, or None.
        data: each dataset by name, as far as it could be read.
    """

    recipe: Recipe
    machine: Machine
    model: Model
    refusal: str | None = None
    data: Mapping[str, Read | DataProblem] = field(default_factory=dict)
    plan: Plan | None = None
    setup: Setup | None = None
    space: Space | None = None

    @property
    def reads(self) -> Iterator[Read]:
        return (read for read in self.data.values() if isinstance(read, Read))

    def value(self, key: str) -> Any:
        return self.recipe.value(key)

    def on(self, key: str) -> bool:
        return self.recipe.on(key)

    @property
    def kind(self) -> str | None:
        return self.model.kind

    @property
    def flash(self) -> bool:
        """Whether FlashAttention 2 is at work: ``auto`` takes PyTorch's own, as does ``fa2`` where it is missing."""
        return self.value("flash_attn") == "fa2" and self.machine.has("flash-attn")
