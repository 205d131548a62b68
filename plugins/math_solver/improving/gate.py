"""Whether a model is better than the one before it, on problems that neither was trained on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from ..evaluation import Estimate, compare

__all__ = ["Gain", "Keep"]

Keep = Literal["clear", "more"]


@dataclass(frozen=True)
class Gain:
    """What a model answers right and the one before it did not, and the reverse, over the same problems.

    ``difference`` is that of their accuracies with its 95 % interval over problems; ``p_value`` is McNemar's exact
    test on first answers. Problems that are held out for many rounds choose among models: the one that is kept owes
    part of its lead to chance, so that its accuracy is to be told of other problems.
    """

    difference: Estimate
    learned: int
    lost: int
    p_value: float

    @classmethod
    def of(cls, before: Mapping[str, Any], after: Mapping[str, Any], seed: int = 0) -> Gain:
        """Of the ``figures`` of two runs.

        Raises:
            RecordError: they have no problem in common.
        """
        found = compare(before, after, seed)
        return cls(Estimate(**found["difference"]), found["only_second"], found["only_first"], found["p_value"])

    @property
    def is_clear(self) -> bool:
        """Whether the whole interval is above 0."""
        return self.difference.low > 0

    def keeps(self, keep: Keep) -> bool:
        """Whether the model is kept in the place of the one before it: never with as many right answers or fewer."""
        return self.is_clear if keep == "clear" else self.difference.value > 0
