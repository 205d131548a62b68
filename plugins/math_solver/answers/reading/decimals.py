"""Decimal literals: their exact value, the precision they state, and what may be rounded to what."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from ..values.tree import Num
from .tokens import ReadingError

__all__ = ["number_from_literal", "repeating", "with_ellipsis"]

_LONGEST_LITERAL = 400  # digits
_LARGEST_EXPONENT = 2_000


def number_from_literal(text: str) -> Num:
    """Return the exact number of a decimal literal, with thousands separators and ``e`` notation.

    Raises:
        ReadingError: more digits or a larger exponent than is read.
    """
    text = text.replace(",", "").replace(" ", "")
    mantissa, _, exponent = text.lower().partition("e")
    if len(mantissa) > _LONGEST_LITERAL or abs(int(exponent or 0)) > _LARGEST_EXPONENT:
        raise ReadingError("a number too long")
    value = Fraction(Decimal(mantissa)) * Fraction(10) ** int(exponent or 0)
    decimals = mantissa.partition(".")[2]
    if not decimals.strip("0"):
        return Num(value)
    return Num(value, Fraction(10) ** (int(exponent or 0) - len(decimals)))


def repeating(head: str, block: str) -> Num:
    """Return the value of ``head`` followed by ``block`` without end: ("0.1", "6") is 1/6."""
    whole, _, decimals = head.partition(".")
    if len(head) + len(block) > _LONGEST_LITERAL:
        raise ReadingError("a number too long")
    places = len(decimals)
    shifted = int((whole or "0") + decimals)
    return Num(Fraction(shifted, 10**places) + Fraction(int(block), (10 ** len(block) - 1) * 10**places))


def with_ellipsis(text: str) -> Num:
    """Return the value of ``0.333...``: repeating where a block shows clearly, else the digits as stated."""
    whole, _, decimals = text.partition(".")
    found = re.fullmatch(r"(\d{0,3}?)(?:(\d)\2{2,}|(\d{2,4})\3+|(\d{5,12})\4+)\d{0,0}", decimals)
    if found:
        block = found[2] or found[3] or found[4]
        return repeating(f"{whole}.{found[1]}", block)
    if re.fullmatch(r"(\d)\1", decimals):
        return repeating(f"{whole}.", decimals[0])
    return number_from_literal(text)
