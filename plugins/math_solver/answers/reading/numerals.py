"""Numbers written in words: Chinese numerals and English number words."""

from __future__ import annotations

import re
from fractions import Fraction

__all__ = [
    "CHINESE_MULTIPLIERS",
    "ENGLISH_MULTIPLIERS",
    "chinese_number",
    "chinese_prefix",
    "english_number",
    "without_multipliers",
]

_DIGITS = {
    c: v
    for v, cs in enumerate(["零〇", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"])
    for c in cs
}
_PLACES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
CHINESE_MULTIPLIERS = {"万亿": 10**12, "千万": 10**7, "百万": 10**6, "十万": 10**5, "万": 10**4, "千": 10**3,
                       "百": 100, "十亿": 10**9, "百亿": 10**10, "千亿": 10**11, "亿": 10**8}  # fmt: skip
ENGLISH_MULTIPLIERS = {
    "hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12,
}  # fmt: skip
_NUMERAL = "零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟"
_PREFIX = re.compile(
    rf"负?[{_NUMERAL}半]+(?:点[{_NUMERAL}]+)?(?:又?[{_NUMERAL}]*分之[{_NUMERAL}]+(?:点[{_NUMERAL}]+)?)?"
)

_MULTIPLIER = "[十百千]?[万亿]|万亿|[百千]"
_MIXED = re.compile(rf"-?(?:\d+(?:\.\d+)?(?:{_MULTIPLIER})){{2,}}(?:\d{{3,4}}(?!\d))?|\d+[万亿]\d{{3,8}}(?!\d)")
_MIXED_PART = re.compile(rf"(-?\d+(?:\.\d+)?)({_MULTIPLIER}|)")

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORDS = {word: value for value, word in enumerate(_UNITS)} | {word: 10 * value for value, word in enumerate(_TENS, 2)}
_PARTS = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10, "twelfth": 12, "hundredth": 100,
}  # fmt: skip


def chinese_number(text: str) -> Fraction | None:
    """Return the value of a Chinese numeral, or None: 三十五, 一万二, 二点五, 负三, 二又二分之一, 二〇二四."""
    if text.startswith("负"):
        value = chinese_number(text[1:])
        return None if value is None else -value
    if text in ("半", "一半"):
        return Fraction(1, 2)
    if "分之" in text:
        return _chinese_fraction(text)
    whole, point, decimals = text.partition("点")
    value = _chinese_integer(whole)
    if value is None or not point:
        return value
    digits = [_DIGITS.get(char) for char in decimals]
    if not digits or None in digits:
        return None
    return value + Fraction(int("".join(map(str, digits))), 10 ** len(digits))


def chinese_prefix(text: str) -> tuple[Fraction, bool, str] | None:
    """Return the value of the numeral that ``text`` opens with, whether it is a percentage, and the rest.

    Shorter prefixes are tried in turn, so 三千米 may be 3 千米: the caller gets the longest; ``units`` knows better.
    """
    found = _PREFIX.match(text)
    if not found:
        return None
    numeral = found.group()
    for end in range(len(numeral), 0, -1):
        percent = re.match("(负?)百分之(.+)", numeral[:end])
        value = chinese_number(percent[1] + percent[2] if percent else numeral[:end])
        if value is not None and numeral[:end].strip("百千万亿"):  # 千克 is a unit, not a thousand
            return value, percent is not None, text[end:]
    return None


def without_multipliers(text: str) -> str:
    """Write the digits with multipliers that ``text`` opens with as one number: 1亿2000万 becomes 120000000."""
    found = _MIXED.match(text)
    if not found:
        return text
    parts = [
        Fraction(digits) * CHINESE_MULTIPLIERS[name] if name else Fraction(digits)
        for digits, name in _MIXED_PART.findall(found.group())
    ]
    total = sum(parts)
    falling = all(later < earlier for earlier, later in zip(parts, parts[1:], strict=False))
    return f"{total}{text[found.end() :]}" if falling and total.denominator == 1 else text


def english_number(words: str) -> Fraction | None:
    """Return the value of English number words, or None: "twenty-one", "two thirds", "three and a half"."""
    words = re.sub(r"\s+", " ", words.casefold().replace("-", " ")).strip()
    if words.startswith(("negative ", "minus ")):
        value = english_number(words.split(" ", 1)[1])
        return None if value is None else -value
    whole, joined, part = words.rpartition(" and ")
    if joined:
        first, second = english_number(whole), _english_fraction(part)
        if first is not None and second is not None:
            return first + second
    fraction = _english_fraction(words)
    return fraction if fraction is not None else _english_integer(words.split())


def _chinese_integer(text: str) -> Fraction | None:
    if not text or any(char not in _NUMERAL for char in text):
        return None
    if all(char in _DIGITS for char in text):
        return Fraction(int("".join(str(_DIGITS[c]) for c in text))) if len(text) != 2 or text[0] in "零〇" else None
    total = section = 0
    digit: int | None = None
    scale = 1
    for char in text:
        if char in _DIGITS:
            if digit is not None and digit != 0:
                return None
            digit = _DIGITS[char]
            scale = 1 if digit == 0 else scale
        elif char in _PLACES:
            section += (1 if digit is None else digit) * _PLACES[char]
            digit, scale = None, _PLACES[char] // 10
        else:
            place = 10**4 if char == "万" else 10**8
            head = section + (digit or 0)
            if not head and not total:
                return None
            total = total + head * place if not (char == "亿" and total) else (total + head) * place
            section, digit, scale = 0, None, place // 10
    tail = 0 if digit is None else digit * (scale if not re.search("[零〇].$", text) else 1)
    return Fraction(total + section + tail)


def _chinese_fraction(text: str) -> Fraction | None:
    head, _, top = text.partition("分之")
    whole, mixed, bottom = head.rpartition("又")
    numbers = [_chinese_integer(bottom), chinese_number(top), _chinese_integer(whole) if mixed else Fraction(0)]
    if None in numbers or not numbers[0]:
        return None
    assert numbers[1] is not None and numbers[2] is not None
    return numbers[2] + numbers[1] / numbers[0]


def _english_integer(words: list[str]) -> Fraction | None:
    total = section = 0
    previous = None
    for word in words:
        if word == "and" and previous in ("hundred", "thousand"):
            continue
        if word in ("a", "an") and previous is None:
            section = 1
        elif word in _WORDS:
            if previous is not None and previous in _WORDS and not (_WORDS[previous] >= 20 and _WORDS[word] < 10):
                return None
            section += _WORDS[word]
        elif word == "hundred":
            section = (section or 1) * 100
        elif word in ENGLISH_MULTIPLIERS:
            total, section = total + (section or 1) * ENGLISH_MULTIPLIERS[word], 0
        else:
            return None
        previous = word
    return Fraction(total + section) if previous not in (None, "a", "an") else None


def _english_fraction(words: str) -> Fraction | None:
    parts = words.split()
    if not parts or len(parts) > 3:
        return None
    bottom = _PARTS.get(parts[-1].rstrip("s") if parts[-1] not in _PARTS else parts[-1])
    if bottom is None:
        return None
    if len(parts) == 1:
        return Fraction(1, bottom) if parts[-1] == "half" else None
    top = Fraction(1) if parts[:-1] in (["a"], ["an"]) else _english_integer(parts[:-1])
    return None if top is None else top / bottom
