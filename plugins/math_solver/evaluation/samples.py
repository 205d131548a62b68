"""pass@k and maj@k over the samples of each problem."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from itertools import combinations
from typing import Any

from ..solving.stating import eligible
from .records import Attempt
from .statistics import bootstrap, pass_at_k
from .voting import grouped, stated_by

__all__ = ["curve_of_majority", "curve_of_passes"]

SUBSETS = 100  # stand for all subsets of a size where there are more
Curve = dict[str, dict[str, Any]]


def curve_of_passes(problems: Sequence[Sequence[Attempt]], seed: int) -> Curve:
    """pass@k for k of 1, 2, 4, ... up to the samples that every problem has."""
    curve: Curve = {}
    for k in _sizes(min(map(len, problems), default=0)):
        values = [pass_at_k(len(group), sum(a.verdict.correct for a in group), k) for group in problems]
        curve[str(k)] = asdict(bootstrap(values, seed))
    return curve


def curve_of_majority(problems: Sequence[Sequence[Attempt]], samples: int, stopped_early: bool, seed: int) -> Curve:
    """maj@k over classes of equal answers, each k the mean over subsets of the samples.

    Where voting stopped early only the last k is known: what was not asked could not have changed it.
    """
    if samples < 2 or not problems:
        return {}
    votes = [_Votes(group) for group in problems]
    known = min(map(len, problems))
    sizes = [samples] if stopped_early else [k for k in _sizes(known) if k > 1]
    return {str(k): asdict(bootstrap([vote.right(k, seed) for vote in votes], seed)) for k in sizes}


def _sizes(most: int) -> list[int]:
    """1, 2, 4, ... and ``most`` itself."""
    powers = [2**i for i in range(most.bit_length()) if 2**i < most]
    return [*powers, most] if most else []


class _Votes:
    """The votes of one problem: what each sample states, in classes of the same."""

    def __init__(self, group: Sequence[Attempt]) -> None:
        self._right = [attempt.verdict.correct for attempt in group]
        self._classes, self._answers = grouped(group), stated_by(group)

    def right(self, k: int, seed: int) -> float:
        """The chance that the majority of ``k`` samples is right; of all there are where k is more."""
        subsets = list(self._subsets(k, seed))
        return sum(map(self._majority_is_right, subsets)) / len(subsets)

    def _subsets(self, k: int, seed: int) -> Iterator[Sequence[int]]:
        n = len(self._right)
        if k >= n:
            yield range(n)
        elif math.comb(n, k) <= SUBSETS:
            yield from combinations(range(n), k)
        else:
            chooser = random.Random(f"{seed}/{k}")
            yield from (sorted(chooser.sample(range(n), k)) for _ in range(SUBSETS))

    def _majority_is_right(self, subset: Sequence[int]) -> bool:
        """Ties go to the answer that comes first, and an answer is as right as its first sample.

        Where no sample answers, the first one stands, as in a vote of several solutions: it may be right to refuse.
        """
        chosen = set(subset)
        answers = [one if sample in chosen else None for sample, one in enumerate(self._answers)]
        classes = (replace(one, members=tuple(filter(chosen.__contains__, one.members))) for one in self._classes)
        may_win = eligible([one for one in classes if one.members], answers)
        winner = min(may_win, key=lambda one: (-one.votes, one.members[0]), default=None)
        return self._right[winner.members[0] if winner else subset[0]]
