r"""The numbers of a question that may be changed, each with its place in the text and how it is written.

    "She sells 1,200 eggs at 20% off"     1200, 20 (percent)
    "three of the twenty-one"             3, 21              words
    "共有三十五人，8万元，打7折"               35, 8 (times 10,000), 7 (tenths)
    "x^2 + 13x, the 3rd of \frac{3}{5}"   13, 3 over 5       exponents, ordinals and indices are none

0 and 1 are none either: what they stand for is seldom a quantity. A number in words is often none ("one of them",
十分): it counts only where the program has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from ...answers.reading.numerals import CHINESE_MULTIPLIERS, ENGLISH_MULTIPLIERS, chinese_number, english_number

__all__ = ["Form", "Mention", "are_spaced", "implied", "mentions", "rewrite"]

Style = Literal["digits", "english", "chinese"]

_DIGITS = re.compile(
    r"(?<![\d._])(?<![A-Za-z]\d)(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,12}(?:\.\d{1,8})?)"
    r"(?!\d|\.\d|,\d{3}|[A-Za-z]+\d|(?:st|nd|rd|th)\b|:\d)"
)
_UNCHANGED_BEFORE = re.compile(r"(?:\^|\*\*|_|\\sqrt\s*\[|第)\s*[{(]?\s*-?$|[A-Za-z]$|\d:$")
_PERCENT = re.compile(r"\s?(?:\\?[%％]|percent\b|per cent\b)")
_TIMES = re.compile(
    rf"\s?(?P<chinese>{'|'.join(sorted(CHINESE_MULTIPLIERS, key=len, reverse=True))})(?![克米瓦分])"
    rf"|\s(?P<english>{'|'.join(ENGLISH_MULTIPLIERS)})\b"
)
_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORD = "|".join(sorted({*_UNITS[2:], *_TENS[2:]}, key=len, reverse=True))
_ENGLISH = re.compile(rf"(?<![A-Za-z-])(?:{_WORD})(?:[\s-](?:{'|'.join(_UNITS[1:10])}))?(?![A-Za-z-])", re.IGNORECASE)
_CHINESE = re.compile(
    r"(?<![零〇一二两三四五六七八九十百千万亿第数几])[二两三四五六七八九十]{1,3}(?![零〇一二两三四五六七八九十百千万亿分点几年月号])"
)
_IMPLIED = {
    Fraction(2): re.compile(r"\b(?:twice|doubl\w*|half|halves|halved|both|pairs?|couple)\b|半|[两二]倍|翻倍", re.I),
    Fraction(3): re.compile(r"\b(?:tripl\w*|thirds?|thrice)\b|三倍|三分之", re.I),
    Fraction(4): re.compile(r"\b(?:quarter\w*|fourths?|quadrupl\w*)\b|四倍|四分之", re.I),
    Fraction(7): re.compile(r"\bweek\w*\b|周|星期", re.I),
    Fraction(12): re.compile(r"\b(?:dozens?|years?|annual\w*)\b|年|打", re.I),
    Fraction(16): re.compile(r"\bounces? in\b", re.I),
}
_SPACED = re.compile(r"(?<![\d.,])\d \d(?![\d.,])")
_YEARS = range(1900, 2101)
_CHINESE_DIGITS = "零一二三四五六七八九"


Form = tuple[Fraction, Fraction]
AS_IT_IS: Form = (Fraction(1), Fraction(0))
_OF_A_HUNDRED = tuple((scale * Fraction(1, 100), Fraction(offset)) for scale, offset in ((1, 0), (1, 1), (-1, 1)))


@dataclass(frozen=True)
class Mention:
    """A number at ``start`` to ``end`` of a text.

    ``forms`` are the ways in which a program may have it: ``scale * value + offset``, such as 0.2, 1.2 and 0.8 for
    20 %, or 80,000 for 8万. ``places`` are its decimals.
    """

    start: int
    end: int
    value: Fraction
    style: Style
    forms: tuple[Form, ...] = (AS_IT_IS,)
    places: int = 0
    grouped: bool = False
    percent: bool = False


def mentions(text: str) -> list[Mention]:
    """The numbers of a text in their order."""
    found = [*_in_digits(text), *_in_english(text), *_in_chinese(text)]
    return sorted(found, key=lambda mention: mention.start)


def implied(text: str) -> frozenset[Fraction]:
    """Values that words of a text stand for without being numbers to change: the 2 of "twice", "half" and 一半."""
    return frozenset(value for value, words in _IMPLIED.items() if words.search(text))


def are_spaced(text: str) -> bool:
    """Whether digits of one number stand apart, as recognised formulas have them: ``{2 0 2 4}``, ``1 9``."""
    return _SPACED.search(text) is not None


def _in_digits(text: str) -> Iterator[Mention]:
    for match in _DIGITS.finditer(text):
        before = text[max(0, match.start() - 12) : match.start()]
        literal = match["number"].replace(",", "")
        value = Fraction(literal)
        year = value in _YEARS and "," not in match["number"]
        leading_zero = len(literal) > 1 and literal[0] == "0" and literal[1] != "."
        if value in (0, 1) or year or leading_zero or _UNCHANGED_BEFORE.search(before):
            continue
        percent = _PERCENT.match(text, match.end()) is not None
        if percent and value == 100:  # all of it
            continue
        forms = (AS_IT_IS, *_OF_A_HUNDRED) if percent else (AS_IT_IS,)
        if not percent and (times := _TIMES.match(text, match.end())):
            name = times["chinese"] or times["english"]
            # a program may count in millions, too
            forms = (AS_IT_IS, (Fraction(CHINESE_MULTIPLIERS.get(name, 0) or ENGLISH_MULTIPLIERS[name]), Fraction(0)))
        elif text.startswith("折", match.end()):
            forms = (Fraction(1, 10 if value < 10 else 100), Fraction(0)), AS_IT_IS
        yield Mention(
            match.start(), match.end(), value, "digits", forms, len(literal.partition(".")[2]),
            "," in match["number"], percent,
        )  # fmt: skip


def _in_english(text: str) -> Iterator[Mention]:
    for match in _ENGLISH.finditer(text):
        value = english_number(match.group())
        if value is not None and not _followed(text, match.end()):
            percent = _PERCENT.match(text, match.end()) is not None
            forms = (AS_IT_IS, *_OF_A_HUNDRED) if percent else (AS_IT_IS,)
            yield Mention(match.start(), match.end(), value, "english", forms, percent=percent)


def _followed(text: str, end: int) -> bool:
    """Whether the word is part of a longer number: three hundred, two thirds."""
    following = text[end : end + 14].lstrip(" -").casefold()
    return following.startswith(
        (*ENGLISH_MULTIPLIERS, "third", "half", "quarter", "fourth", "fifth", "sixth", "tenth")
    )


def _in_chinese(text: str) -> Iterator[Mention]:
    for match in _CHINESE.finditer(text):
        value = chinese_number(match.group())
        if value is not None and value > 1:
            yield Mention(match.start(), match.end(), value, "chinese")


def rewrite(text: str, new: dict[Mention, Fraction]) -> str:
    """The text with new values in the places of its mentions, each written as the old one was."""
    for mention in sorted(new, key=lambda mention: mention.start, reverse=True):
        text = text[: mention.start] + _written(mention, new[mention], text) + text[mention.end :]
    return text


def _written(mention: Mention, value: Fraction, text: str) -> str:
    if mention.style == "english" and value.denominator == 1 and 0 < value < 100:
        word = _english(int(value))
        return word.capitalize() if text[mention.start].isupper() else word
    if mention.style == "chinese" and value.denominator == 1 and 0 < value < 100:
        return _chinese(int(value))
    if not mention.places:
        return f"{int(value):,}" if mention.grouped else str(int(value))
    return f"{float(value):{',' if mention.grouped else ''}.{mention.places}f}"


def _english(value: int) -> str:
    if value < 20:
        return _UNITS[value]
    tens, unit = divmod(value, 10)
    return _TENS[tens] + (f"-{_UNITS[unit]}" if unit else "")


def _chinese(value: int) -> str:
    tens, unit = divmod(value, 10)
    head = "" if not tens else "十" if tens == 1 else f"{_CHINESE_DIGITS[tens]}十"
    return head + (_CHINESE_DIGITS[unit] if unit or not tens else "")
