"""The labelled pairs of ``pairs.txt``, and the texts that a predicted answer is put into."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

__all__ = ["SENTENCES", "Pair", "read_pairs"]

SENTENCES = (
    "The answer is {}.",
    "所以结果为 ${}$。",
    "Hence we conclude that the value is {}.",
    "因此，答案是{}。",
    "So we get $\\boxed{{}}$ as required.",
    "Step 1: 2+2=4.\nStep 2: multiply by 3.\n#### {}",
    "Therefore, the result is ${}$.",
    "She has two in all... no, wait.\n\nTherefore, the final answer is: **{}**",
)


@dataclass(frozen=True)
class Pair:
    section: str
    gold: str
    predicted: str
    equal: bool


def read_pairs() -> list[Pair]:
    """Return the pairs in the order of the file; see its first line for the form."""
    pairs = []
    section = ""
    for line in Path(__file__).with_name("pairs.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            section = line[3:]
        elif line[:2] in ("+ ", "- "):
            gold, _, predicted = line[2:].partition(" :: ")
            pairs.append(Pair(section, gold, predicted, line[0] == "+"))
    return pairs
