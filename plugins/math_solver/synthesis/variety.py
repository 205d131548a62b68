"""How the samples of a problem differ: temperatures and additions to the system prompt.

The prompt that a student is trained and served with is ``protocol.system_prompt`` alone; the additions only make a
teacher try other ways, in the language of the question.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..protocol import detect_lang, system_prompt
from ..records import RecordError

__all__ = ["VARIANTS", "Variety"]

VARIANTS: dict[str, dict[str, str]] = {
    "plain": {"en": "", "zh": ""},
    # short solutions train better than wordy ones (OpenMathInstruct-2, arXiv 2410.01560)
    "terse": {"en": "Be brief: one short sentence before each program.", "zh": "简明扼要：每段程序之前只写一句话。"},
    "check": {
        "en": "Check the result with a second program that goes another way before you answer.",
        "zh": "回答之前，用另一种方法再写一段程序检验结果。",
    },
    "unusual": {
        "en": "Do not take the most obvious way; find another one.",
        "zh": "不要用最常见的解法，换一种方法。",
    },
}


@dataclass(frozen=True)
class Variety:
    """Sample n takes the next temperature, and the next variant once all temperatures have had their turn."""

    temperatures: Sequence[float] = (0.7,)
    variants: Sequence[str] = ("plain",)

    def __post_init__(self) -> None:
        if not self.temperatures or not all(0 <= temperature <= 2 for temperature in self.temperatures):
            raise RecordError("--temperatures: must be numbers from 0 to 2, such as 0.3,0.7,1.0")
        if unknown := [name for name in self.variants if name not in VARIANTS] or not self.variants:
            raise RecordError(f"--variants: unknown {unknown}; there are {', '.join(VARIANTS)}")

    def temperature(self, sample: int) -> float:
        return self.temperatures[sample % len(self.temperatures)]

    def variant(self, sample: int) -> str:
        return self.variants[sample // len(self.temperatures) % len(self.variants)]

    def repeats(self, samples: int) -> bool:
        """Whether a request without any chance would come twice among so many samples."""
        cold = [(self.temperature(n), self.variant(n)) for n in range(samples) if not self.temperature(n)]
        return len(set(cold)) < len(cold)

    def prompt(self, question: str, sample: int) -> str:
        """The system prompt of a sample."""
        addition = VARIANTS[self.variant(sample)][detect_lang(question)]
        return f"{system_prompt(question)} {addition}".strip()

    def about(self, sample: int) -> dict[str, Any]:
        return {"temperature": self.temperature(sample), "variant": self.variant(sample)}
