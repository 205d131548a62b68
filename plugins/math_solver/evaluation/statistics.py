"""Estimates with their uncertainty: intervals by resampling problems, pass@k, McNemar's exact test."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

__all__ = ["Estimate", "bootstrap", "mcnemar", "pass_at_k", "wilson"]

RESAMPLES = 10_000
LEVEL = 0.95
_Z = 1.959963984540054


@dataclass(frozen=True)
class Estimate:
    """A mean over ``n`` problems and its 95 % interval."""

    value: float
    low: float
    high: float
    n: int


def bootstrap(values: Sequence[float], seed: int = 0, least: float = 0.0) -> Estimate:
    """The mean of one value a problem, with a percentile bootstrap interval over problems.

    Equal values leave nothing to resample: the interval then reaches as far to both sides as Wilson's does from 0,
    which does not claim certainty, and stays between ``least`` (-1 for differences) and 1. Same values and seed, same
    interval.
    """
    n = len(values)
    if n == 0:
        return Estimate(0.0, 0.0, 0.0, 0)
    distinct, counts = np.unique(np.asarray(values, dtype=float), return_counts=True)
    mean = float(distinct @ counts / n)
    if len(distinct) == 1:
        half = wilson(0, n)[1]
        return Estimate(mean, max(least, mean - half), min(1.0, mean + half), n)
    # Resampling n of n problems is sampling the counts of each distinct value.
    means = np.random.default_rng(seed).multinomial(n, counts / n, size=RESAMPLES) @ distinct / n
    low, high = np.quantile(means, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Estimate(mean, float(low), float(high), n)


def wilson(successes: int, n: int) -> tuple[float, float]:
    """Wilson's 95 % score interval of a proportion (Wilson 1927)."""
    if n == 0:
        return 0.0, 1.0
    p, z2 = successes / n, _Z * _Z
    middle = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = _Z * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return max(0.0, middle - half) if successes else 0.0, min(1.0, middle + half) if successes < n else 1.0


def pass_at_k(n: int, correct: int, k: int) -> float:
    """The chance that at least one of ``k`` samples is right, unbiased from ``n`` of which ``correct`` were.

    1 - C(n - c, k) / C(n, k), as in Chen et al. 2021 (arXiv 2107.03374).
    """
    if not 1 <= k <= n:
        raise ValueError(f"k is {k}; it must be between 1 and the {n} samples")
    return 1.0 - math.comb(n - correct, k) / math.comb(n, k)


def mcnemar(only_first: int, only_second: int) -> float:
    """The exact two-sided p-value of McNemar's test on the discordant pairs (binomial with one half)."""
    n = only_first + only_second
    tail = sum(math.comb(n, i) for i in range(min(only_first, only_second) + 1))
    return min(1.0, float(2 * tail / 2**n)) if n else 1.0
