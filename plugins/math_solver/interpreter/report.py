"""What the machine enforces: layers, tier, and the attacks tried at start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from .limits import LAYERS

__all__ = ["Report", "Tier"]

Tier = Literal["strong", "reduced", "none"]


@dataclass(frozen=True)
class Report:
    """How programs are isolated here, judged by what attacks achieved rather than by what was installed.

    Attributes:
        missing: each layer that does not hold, and why.
        attacks: each attack tried in a real child, and whether it was blocked.
        unjailed: why there are no namespaces around it all; ``None`` if there are. They are an extra.
    """

    missing: Mapping[str, str]
    attacks: Mapping[str, bool]
    unjailed: str | None = None

    @property
    def tier(self) -> Tier:
        """strong: every layer holds; none: neither seccomp nor Landlock does; reduced: anything between."""
        if not self.missing:
            return "strong"
        return "none" if {"seccomp", "landlock"} <= set(self.missing) else "reduced"

    def summary(self) -> str:
        """A line for a banner."""
        jail = "in namespaces" if self.unjailed is None else "without namespaces"
        lacking = f", without {', '.join(self.missing)}" if self.missing else ""
        blocked = sum(self.attacks.values())
        return f"isolation {self.tier}{lacking} ({jail}; {blocked} of {len(self.attacks)} attacks blocked)"

    def as_dict(self) -> dict[str, object]:
        """Plain values, for /health and the doctor."""
        return {
            "tier": self.tier,
            "layers": {layer: self.missing.get(layer, "holds") for layer in LAYERS},
            "namespaces": self.unjailed or "around the server",
            "attacks": {name: "blocked" if blocked else "SUCCEEDED" for name, blocked in self.attacks.items()},
        }
