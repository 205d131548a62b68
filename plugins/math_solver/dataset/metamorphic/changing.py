"""Other values for the numbers of a question, near the old ones and as plausible."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from fractions import Fraction

from .mentions import Mention
from .tying import Tie

__all__ = ["change"]

TRIES = 100
MOST_TIMES = Fraction(5, 2)  # that a number grows or shrinks
_LIKE_HUNDREDS = (100, 50, 10, 5)  # a round number stays as round


def change(
    ties: Sequence[Tie], fixed: Sequence[Mention], chance: random.Random, *, divisible: bool = True
) -> dict[Fraction, Fraction] | None:
    """A new value for each tied one; None where there is none that keeps what has to be kept.

    Kept are integers and decimals, roundness, percentages below 100, and the order of all numbers of the question; no
    number becomes 0 or 1, or equal to another one. ``divisible``: what divides another number goes on doing so, since
    850 kilos in bags of 50 are so many bags.
    """
    untouched = {mention.value for mention in fixed} - {one.value for one in ties}
    for _ in range(TRIES):
        new = dict(zip(untouched, untouched, strict=True))
        for one in sorted(ties, key=lambda one: one.value):
            new[one.value] = _near(one, new if divisible else {}, chance)
        if (
            all(_is_fit(one, new[one.value]) for one in ties)
            and _in_order(new)
            and (not divisible or _divides_as_before(new))
        ):
            return {one.value: new[one.value] for one in ties}
    return None


def _is_fit(one: Tie, value: Fraction) -> bool:
    """Whether a value is another one, and could stand for the same thing."""
    percent = any(mention.percent for mention in one.mentions)
    if value in (0, 1, one.value) or (percent and one.value < 100 <= value):
        return False
    return one.value / MOST_TIMES <= value <= MOST_TIMES * one.value + 2


def _in_order(new: Mapping[Fraction, Fraction]) -> bool:
    values = [new[old] for old in sorted(new)]
    return all(one < two for one, two in zip(values, values[1:], strict=False))


def _divides(one: Fraction, two: Fraction) -> bool:
    return one.denominator == two.denominator == 1 and 1 < one < two and two % one == 0


def _divides_as_before(new: Mapping[Fraction, Fraction]) -> bool:
    return all(_divides(new[one], new[two]) for one in new for two in new if _divides(one, two))


def _near(one: Tie, smaller: Mapping[Fraction, Fraction], chance: random.Random) -> Fraction:
    """A value near the old one; where smaller numbers divided that, mostly a multiple of the greatest of them."""
    divisor = max((old for old in smaller if _divides(old, one.value)), default=None)
    if divisor is not None:
        times = int(one.value / divisor)
        return smaller[divisor] * chance.randint(max(2, times - times // 3 - 1), times + times // 2 + 1)
    places = max(mention.places for mention in one.mentions)
    step = Fraction(1, 10**places)
    if not places:
        step *= next((size for size in _LIKE_HUNDREDS if one.value >= 2 * size and one.value % size == 0), 1)
    count = int(one.value / step)
    return chance.randint(max(1, count - max(2, count // 3)), count + max(3, count // 2)) * step
