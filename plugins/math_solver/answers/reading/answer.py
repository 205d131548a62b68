"""Reading an answer: what its text means, as a tree.

Not guaranteed: that ambiguous notation is read as meant. ``1,234`` is one number outside brackets and two inside;
``(1,2)`` stays a pair of brackets until something says whether it is a point or an interval.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from ..values.spans import as_real_set
from ..values.tree import Answer, Const, Division, MultipleChoice, Num, Op, Relation, SetOf, Truth, Value, Words
from .notation import LONGEST_ANSWER, canonical, compact, plain_words
from .numerals import chinese_number, chinese_prefix, english_number
from .phrases import ALIASES, NO, SET_NAMES, YES
from .statements import read_statement
from .times import read_time
from .tokens import ReadingError, tokenize
from .units import is_measure_word, parse_unit
from .wordings import plainly

__all__ = ["read_answer", "read_mathematics"]

_CHOICE = re.compile(r"^\(?\s*([A-H])\s*(?:[.):]\)?|$)\s*(.*)$", re.S)
_CHOICES = re.compile(
    r"^(?:both\s+)?\(?([A-H]\)?(?:\s*(?:[,;&]\s*and|[,;&]|and|[和与及或]|or)?\s*\(?[A-H]\)?){0,5})\)?(?:\s*[两三四]项)?\.?$"
)
_BASE_NAMES = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "sixteen": 16}
_BASED = re.compile(
    r"^\(?\s*([0-9A-Fa-f]{1,60})\s*\)?\s*(?:_\s*\{?\s*(?:\\text)?\{?\s*\(?(\d{1,2}|[a-z]{3,7})\)?\s*\}?\s*\}?"
    r"|\(?\s*(?:in\s+)?base[\s-]*\{?(\d{1,2})\}?\s*\)?)$"
)
_CHINESE_BASED = re.compile(r"^([0-9A-Fa-f]+)\s*\(?([二三四五六七八九]|\d{1,2}|十[二六])进制\)?$")
_ALL_TEXT = re.compile(r"\\text\s*\{([^{}]*\d[^{}]*)\}")
_FORMULA = re.compile(r"\\(?!text|degree|dollar)[a-zA-Z]|[=<>^_+*|]|\d\s*/")
_PROSE = re.compile(r"[<>,;:\u4e00-\u9fff]|\\(?:le|ge|ne|approx|text)(?![a-z])|(?<![\\a-zA-Z])[a-zA-Z]?[a-z]{2,}")
_COMMAND = re.compile(r"\\(?!text(?![a-zA-Z]))[a-zA-Z]")  # of a formula, whose letters are no words: \sqrt{n}
_DISCOUNT = re.compile(
    r"^([1-9一二三四五六七八九])(?:[.点]?([1-9一二三四五六七八九])?折|成([一二三四五六七八九])?)$"
)  # 八五折, 九成
# 7余2, 7......2, "quotient 7, remainder 2"
_DIVISION = re.compile(
    r"(?:商\s*[是为]?|quotient(?:\s+is)?)?\s*(\d{1,60})\s*,?\s*"
    r"(?:\.{6}|余数?\s*[是为]?|(?:and\s+)?(?:with\s+)?(?:an?\s+)?(?:remainder|rem\.?|r\.?)(?:\s+(?:of|is))?)\s*(\d{1,60})",
    re.I | re.ASCII,
)
_MOST_REMARKS = 8  # words after "yes,"
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
_ORDINAL = re.compile(r"^(\d+)\s*\^?\{?(?:\\text\{)?(st|nd|rd|th)\}?\}?$")


def read_mathematics(text: str) -> Answer | None:
    """Return what ``text`` means as mathematics, a choice, a truth value or a time; None if it is only words."""
    answer = read_answer(text)
    return None if isinstance(answer, Words) else answer


@lru_cache(maxsize=4096)
def read_answer(text: str) -> Answer:
    """Return what ``text`` means; whatever is no mathematics comes back as ``Words``. Never raises."""
    if len(text) > LONGEST_ANSWER:
        return Words(text)
    try:
        return _read(text)
    except RecursionError:
        return Words(text)


def _read(text: str) -> Answer:
    canon = plainly(canonical(text))
    words = plain_words(canon)
    special = _phrase(canon, words) or _written_number(canon, words)
    if special is not None:
        return special
    try:
        return read_statement(tokenize(canon), canon)
    except ReadingError:
        inner = _ALL_TEXT.fullmatch(canon)
        if inner:
            return read_answer(inner[1])
        return _choice(canon) or _last_side(canon) or _as_words(canon, words)


def _last_side(canon: str) -> Answer | None:
    """The end of what cannot be read as a whole: 0 of ``a_1 + \\cdots + a_9 = 0``, (1,2] of ``1<x<=2:(1,2]``."""
    if canon.count(":") == 1:
        condition, interval = (as_real_set(read_answer(part.strip())) for part in canon.split(":"))
        if condition and condition == interval:
            return read_answer(canon.partition(":")[2].strip())
    left, equals, right = canon.partition("=")
    if not equals or "=" in right or _PROSE.search(left) or not right.strip() or left.count("{") != left.count("}"):
        return None
    value = read_answer(right.strip())
    return None if isinstance(value, Words | Truth) else Relation((Words(compact(left)), value), ("=",))


def _as_words(canon: str, words: str) -> Words:
    """Words; of a formula that cannot be read its text without spaces, which only the same text equals."""
    if _FORMULA.search(canon):
        return Words(compact(canon))
    return Words(_ALIASES.get(words, words) or canon)


def _phrase(canon: str, words: str) -> Answer | None:
    truth = _truth(canon, words)
    if truth is not None:
        return truth
    if words in SET_NAMES:
        return SetOf(SET_NAMES[words])
    if words in ("negative infinity", "minus infinity", "负无穷", "负无穷大"):
        return Value(Op("neg", (Const("oo"),)))
    if words in ("positive infinity", "正无穷", "正无穷大", "无穷大"):
        return Value(Const("oo"))
    if words in _ALIASES:
        return Words(_ALIASES[words])
    bare = re.sub(r"\\text\s*\{([^{}]*)\}", r"\1", canon).strip()
    time = read_time(bare)
    if time is not None:
        return time
    if "(" in bare or ")" in bare or len(bare) > 1:
        return _choice(bare, strict=True)
    return None


def _truth(canon: str, words: str) -> Truth | None:
    """``yes``, ``false``, 对, and what opens with one: "Yes, it is" but not "No, 5"."""
    head, comma, rest = canon.partition(",")
    if comma and not re.search(r"[\d=\\]", rest):
        words = plain_words(head)
        rest_words = set(plain_words(rest).split())
        if rest_words & (YES | NO) or len(rest_words) > _MOST_REMARKS:
            return None
    if canon.casefold() in "ynft" or _COMMAND.search(canon):
        return None
    return Truth(True) if words in YES else Truth(False) if words in NO else None


def _choice(canon: str, strict: bool = False) -> MultipleChoice | None:
    """Letters of options: ``(C)``, ``C.``, ``A, C``; unless strict also ``(C) 12`` and ``C. 12``."""
    canon = re.sub(r"\\text\s*\{([^{}]*)\}", r"\1", canon).strip()
    canon = re.sub(r"^(?:option|choice|选择|选项?)\s*", "", canon, flags=re.I)
    found = _CHOICES.match(canon)
    if found and (len(canon) > 1):
        letters = re.findall("[A-H]", canon)
        if (len(letters) == 1 and "(" in canon + "(" * (not strict)) or (len(letters) > 1 and _listed(canon, letters)):
            return MultipleChoice("".join(sorted(set(letters))))
        return None
    lettered = _CHOICE.match(canon)
    if lettered and not strict:
        text = lettered[2].strip()
        nested = _CHOICE.match(text)
        content = Words(text) if nested and nested[2].strip() else read_answer(text) if text else None
        return MultipleChoice(lettered[1], content)
    return None


def _listed(canon: str, letters: list[str]) -> bool:
    return letters == sorted(set(letters)) and re.search(r"[,;&和与及]|\band\b", canon) is not None


def _written_number(canon: str, words: str) -> Answer | None:
    """Numbers in words, with a unit or not, and numerals in another base."""
    based = _BASED.match(canon) or _CHINESE_BASED.match(canon)
    if based:
        return _in_base(based)
    division = _DIVISION.fullmatch(re.sub(r"\\text\s*\{([^{}]*)\}", r"\1", canon))
    if division:
        return Division(int(division[1]), int(division[2]))
    discount = _DISCOUNT.match(canon)
    if discount:
        digits = (discount[1], discount[2] or discount[3] or "0")
        tens, ones = (int(digit) if digit.isdecimal() else int(chinese_number(digit) or 0) for digit in digits)
        return Value(Num(Fraction(10 * tens + ones, 100)))
    ordinal = _ORDINAL.match(canon)
    if ordinal:
        return Value(Num(Fraction(int(ordinal[1]))))
    if words in _ORDINALS:
        return Value(Num(Fraction(_ORDINALS.index(words) + 1)))
    bare = canon.replace(" ", "")
    if "\u4e00" <= bare.lstrip("-")[:1] <= "\u9fff":
        return _chinese(bare)
    if re.fullmatch(r"[a-z \-]+", words):
        return _english(words)
    return None


def _chinese(text: str) -> Value | None:
    found = chinese_prefix(text)
    while found:
        value, percent, rest = found
        unit = parse_unit(rest) if rest and is_measure_word(rest) else None
        if not rest or unit:
            factor, what = unit or (Fraction(1), None)
            return Value(Num(value * factor), what, Fraction(1, 100) if percent else None)
        head = text[: len(text) - len(rest) - 1]
        found = chinese_prefix(head)
        if found is None or found[2]:
            return None
        found = (found[0], found[1], text[len(head) :])
    return None


def _english(words: str) -> Value | None:
    parts = words.split()
    for end in range(min(len(parts), 8), 0, -1):
        value = english_number(" ".join(parts[:end]))
        if value is None or parts[0] in ("a", "an"):
            continue
        rest = " ".join(parts[end:])
        if rest in ("percent", "per cent"):
            return Value(Num(value), None, Fraction(1, 100))
        unit = parse_unit(rest) if rest else (Fraction(1), None)
        return Value(Num(value * unit[0]), unit[1]) if unit else None
    return None


def _in_base(found: re.Match[str]) -> Value | None:
    digits = found[1]
    name = next(group for group in found.groups()[1:] if group)
    base = int(name) if name.isdecimal() else _BASE_NAMES.get(name) or int(chinese_number(name) or 0)
    if not 2 <= base <= 16:
        return None
    try:
        value = int(digits, base)
    except ValueError:
        return None
    number = Num(Fraction(value))
    return Value(number) if base == 10 else Value(number, base=base, digits=digits.upper())


def _aliases() -> dict[str, str]:
    table = {}
    for line in ALIASES.strip().splitlines():
        meaning, _, phrases = line.partition(":")
        table.update({plain_words(phrase.strip()): meaning for phrase in phrases.split("|")})
    return table


_ALIASES = _aliases()
