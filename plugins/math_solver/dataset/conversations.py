"""Solved problems put one behind the other, so that a model also learns to answer a second question.

A model that never saw an earlier solution in its prompt answers the first question only. Which solutions meet is
chance, from a seed: the next question mostly has nothing to do with the one before, which is what the model has to
learn first. A question that refers back stands right behind what it follows: they are one chain, never apart.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate, takewhile
from typing import TypeVar

from ..protocol import SYSTEM_PROMPTS, system_prompt
from ..records import Trajectory

__all__ = ["Joining", "join", "prompt_of"]

T = TypeVar("T")


@dataclass(frozen=True)
class Joining:
    """How many solutions are joined: a ``share`` of all, into conversations of two to ``most`` questions."""

    share: float = 0.0
    most: int = 3
    seed: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.share <= 1:
            raise ValueError(f"the share of joined solutions is {self.share}; give 0 to 1")
        if self.most < 2:
            raise ValueError(f"a conversation has at least 2 questions; {self.most} is too few")


def prompt_of(trajectory: Trajectory) -> str:
    """The system prompt of a solution; of one without Python at hand that which speaks of none."""
    said = trajectory.meta.get("solution_lang")
    lang = next((known for known in SYSTEM_PROMPTS if known == said), None)  # other programs' rows say what they like
    return system_prompt(trajectory.problem.question, lang, python=trajectory.has_python)


def join(
    items: Sequence[T], joining: Joining, prompt: Callable[[T], str], questions: Callable[[T], int] = lambda item: 1
) -> list[list[T]]:
    """Conversations, those of one item included; each item is in one of them.

    An item is a chain of ``questions``, mostly of one; a conversation has more than ``most`` only where a single chain
    has. A conversation has one system prompt, ``prompt`` of its items: only those of the same one meet.
    """
    chance = random.Random(joining.seed)
    order = list(items)
    chance.shuffle(order)
    together = round(len(order) * joining.share)
    by_prompt: dict[str, list[T]] = {}
    for item in order[:together]:
        by_prompt.setdefault(prompt(item), []).append(item)
    groups = [[item] for item in order[together:]]
    for same in by_prompt.values():
        while same:
            size = chance.randint(2, joining.most)
            sums = accumulate(map(questions, same))
            number = max(1, sum(1 for _ in takewhile(size.__ge__, sums)))
            groups.append(same[:number])
            same = same[number:]
    return groups
