r"""The numbers of a question, which a rewording or a translation leaves as they are.

    digits   "eats three of 16 eggs, half of 1,200"    16, 1200
    read     the same                                  3, 16, 1/2, 1200
    read     "三分之一", "8万", "2.5 million"            1/3, 80000, 2500000

Both are needed: a rewording writes three as 3, and "one of them", 一起 or 十分 in a translation are no numbers. So a
written one is never read. Values, not texts: 0.50 is 1/2.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from ...answers.reading.numerals import CHINESE_MULTIPLIERS, ENGLISH_MULTIPLIERS, chinese_number, english_number

__all__ = ["NUMBER_WORDS", "Numbers", "digits_of", "numbers_of"]

Numbers = Counter[str]  # of values as text, "1/2": many times quicker to compare than fractions

_TIMES = {"twice": 2, "double": 2, "doubled": 2, "doubles": 2, "triple": 3, "tripled": 3, "thrice": 3, "dozen": 12}
_PARTS = {"half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fifth": 5}
_SMALL = (
    "zero two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"
).split()
NUMBER_WORDS = frozenset(
    {*_TIMES, *_PARTS, *_SMALL, *ENGLISH_MULTIPLIERS, *(f"{name}s" for name in ENGLISH_MULTIPLIERS)}
)

_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d])|\d+(?:\.\d+)?"
_NUMBER = re.compile(_DIGITS)
_WORD = "|".join(sorted(NUMBER_WORDS | {"one"}, key=len, reverse=True))
_READ = re.compile(
    rf"(?P<top>{_DIGITS})\s*/\s*(?P<bottom>[1-9]\d{{0,5}})(?![\d/.])"
    rf"|\\[dt]?frac\s*\{{?\s*(?P<top2>\d{{1,6}})\s*\}}?\s*\{{?\s*(?P<bottom2>[1-9]\d{{0,5}})\s*\}}?"
    rf"|(?P<digits>{_DIGITS})\s*(?P<times>(?:{'|'.join(sorted(CHINESE_MULTIPLIERS, key=len, reverse=True))})"
    r"(?![克米瓦分])|(?:hundred|thousand|million|billion|trillion|dozen)\b)?"  # 5千克 are 5 kilograms
    rf"|(?<![^\W\d_])(?P<words>(?:{_WORD})(?:(?:[\s-]+(?:and[\s-]+)?)(?:{_WORD})){{0,12}})(?![^\W\d_])"
    r"|(?<!\d)(?P<chinese>[零〇一二两三四五六七八九十百千万亿半][零〇一二两三四五六七八九十百千万亿半点又分之]{0,30})"
)
_MULTIPLIERS = CHINESE_MULTIPLIERS | ENGLISH_MULTIPLIERS
_LONGEST = 30  # digits that tell numbers apart; Python refuses to read thousands of them


def digits_of(text: str) -> Numbers:
    """The numbers written in digits, as a multiset."""
    return Counter(map(_value, _NUMBER.findall(_unify(text))))


def numbers_of(text: str) -> Numbers:
    """The numbers in digits and in words, English or Chinese, fractions and multipliers read, as a multiset."""
    return Counter(value for found in _READ.finditer(_unify(text)) for value in _read(found))


def _unify(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().replace("⁄", "/")


def _value(digits: str) -> str:
    digits = digits.replace(",", "")[:_LONGEST].lstrip("0") or "0"
    return digits if digits.isdecimal() else str(Fraction(digits))


def _read(found: re.Match[str]) -> Iterator[str]:
    top, bottom = found["top"] or found["top2"], found["bottom"] or found["bottom2"]
    if top:
        yield str(Fraction(_value(top)) / int(bottom))
    elif found["times"]:
        yield str(Fraction(_value(found["digits"])) * _MULTIPLIERS[found["times"]])
    elif found["digits"]:
        yield _value(found["digits"])
    elif found["words"]:
        yield from map(str, _read_english(found["words"]))
    else:
        yield from map(str, _read_chinese(found["chinese"]))


def _read_english(text: str) -> Iterator[Fraction]:
    """One number where the words are one, else each on its own; "one" alone is a pronoun more often than not."""
    words = text.replace("-", " ").split()
    value = english_number(text) if len(words) > 1 else None
    if value is not None:
        yield value
        return
    for word in words:
        if word in _TIMES or word in _PARTS:
            yield Fraction(_TIMES[word]) if word in _TIMES else Fraction(1, _PARTS[word])
        elif word not in ("one", "and") and (single := english_number(word.rstrip("s"))) is not None:
            yield single


def _read_chinese(text: str) -> Iterator[Fraction]:
    """As for English: 一 alone is an article."""
    value = chinese_number(text)
    if value is None:
        for part in re.findall(r"半|[^半又点分之]+", text):
            single = chinese_number(part)
            if single is not None and part != "一":
                yield single
    elif text != "一":
        yield value
