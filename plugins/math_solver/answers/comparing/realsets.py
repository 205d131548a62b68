"""Comparing sets of real numbers that are written as spans: intervals, rays and single points."""

from __future__ import annotations

from collections.abc import Sequence

from ..values.spans import Span
from .finding import Finding, all_of, different
from .scalars import Context, compare_expressions

__all__ = ["compare_real_sets"]


def compare_real_sets(gold: Sequence[Span], predicted: Sequence[Span], context: Context) -> Finding:
    """Compare interval by interval: first whether the end points belong to it, then the end points."""
    if len(gold) != len(predicted):
        return different("different numbers of intervals")
    for one, two in zip(gold, predicted, strict=True):
        if (one.has_low, one.has_high) != (two.has_low, two.has_high):
            return different("open against closed end points")
    pairs = [
        pair for one, two in zip(gold, predicted, strict=True) for pair in ((one.low, two.low), (one.high, two.high))
    ]
    return all_of((compare_expressions(a, b, context) for a, b in pairs), "the same intervals")
