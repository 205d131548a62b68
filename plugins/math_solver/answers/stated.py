r"""What a text states, for those who compare it with something other than a gold answer.

    quantity      "12.52\text{ m/s}", "约 37.5\%", "x = \frac{1}{3}"    one rational number, its unit left aside
    quantities    "共有 420 名男生，每小时 60 km"                        those among words; none in "2*x + 3"
    elements      "[(1, 2), 3]", "\{1, 2\}", "1, 2"                     what a collection holds, as text
    option        "D", "\text{D. } 4004"                                its text, where the question lists options
    equation      "x^2 + y^2 = 25", but not "x = 3"

Not guaranteed: that a number among words is a value; it may count or label something.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate

from .comparing.multiple_choice import options
from .comparing.relations import stated_name, stated_value
from .comparing.rounding import stated_ulp
from .passages.cues import NUMBER
from .reading.answer import read_answer
from .reading.decimals import number_from_literal
from .reading.notation import canonical, compact
from .reading.units import parse_unit
from .values.normal import as_rational
from .values.tree import Relation, Value

__all__ = [
    "Option",
    "Quantity",
    "chosen_option",
    "elements",
    "is_equation",
    "notation",
    "quantities_in",
    "read_quantity",
]

# Not inside a word, a longer number, a ratio or a time
_ALONE = re.compile(
    rf"(?<![A-Za-z0-9_.])(?<!\d:)(?P<number>{NUMBER})(?![A-Za-z0-9_]|[.,:]\d)(?P<percent>\s?\\?[%％])?"
)
_DASH = re.compile(r"^[-−+]\s+")  # no sign
# Signs that make a number next to letters or brackets part of a formula, or of a unit
_IN_FORMULA = re.compile(
    r"[A-Za-z)\]]\s*[*^/+]|[*^/+]\s*[A-Za-z(]|\*\*|[A-Za-z]\(|\\[A-Za-z]|\d(?![eE][-+]?\d)[A-Za-z²³]"
)
_UNIT = re.compile(r"(?<=\d)\s?(?P<unit>[A-Za-zμΩ][A-Za-zμΩ/]*(?:\^?[23]|[²³])?)(?![A-Za-z0-9_^(]|\s*[-+*/=(])")
_NUMBER_FIRST = re.compile(rf"\s*(?P<number>{NUMBER})\s*(?P<rest>[^\s\d].*)", re.DOTALL)
# What makes more of a text than one number: signs between numbers, functions, several units (1 hour 30 minutes)
_SEVERAL = re.compile(
    r"[\d)}\]]\s*[-+*^!(]|[A-Za-z]\(|\\(?!(?:frac|text|degree|dollar|permille|mu|Omega)(?![a-z]))[A-Za-z]"
    r"|\d[^\d]*[A-Za-z\u4e00-\u9fff][\s}]*\d"
)
_LITERAL = re.compile(r"-?\d{1,30}(?:\.\d{1,30})?", re.ASCII)
_ZEROS = re.compile(r"\d\.0{1,40}(?![\deE])")
_PERCENT = Fraction(1, 100)
# An equation that does not just name a value: arithmetic before its sign, or SymPy's constructor
_SOLVED = re.compile(r"(?:[-+*/^]|\\[dt]?frac)[^=<>]*=|Eq\(")
_BRACKET = re.compile(r"\\[{}]|[()\[\]{}]")
_SEPARATOR = re.compile(rf"(?P<bracket>{_BRACKET.pattern})|[,;]")
_CONJUNCTION = r"\\text\s*\{\s*(?:and|or|和|或|与|以及)\s*\}|(?<![\\A-Za-z])(?:and|or)\b|和|或|与|以及"
_SEPARATOR_OR_CONJUNCTION = re.compile(rf"{_CONJUNCTION}|{_SEPARATOR.pattern}")
_THOUSANDS = re.compile(r"\d,\d{3}(?!\d)")
_PAIRS = {"(": ")", "[": "]", "{": "}", "\\{": "\\}"}
_ENDLESS = re.compile(r"\\infty|\boo\b")
_TEXT = re.compile(r"\\text\s*\{([^{}]*)\}")
_LETTERED = re.compile(r"\(?\s*([A-H])\s*\)?(?:\s*[.:]\s*(.+))?", re.DOTALL)


@dataclass(frozen=True)
class Quantity:
    """A rational number as written.

    ``percent`` and ``scale`` say what stands beside it: a percent sign, a multiplier such as 万 or million.
    ``ulp`` is the unit of its last decimal place, zeros counted: 1/10 for 4.0; None without a decimal point.
    """

    value: Fraction
    ulp: Fraction | None = None
    percent: bool = False
    scale: Fraction = Fraction(1)


@lru_cache(maxsize=4096)
def read_quantity(text: str) -> Quantity | None:
    """Return the one number that ``text`` states, named (``x = 3``) or beside a unit; None for anything else.

    None as well for what is only a number once it is calculated or converted: 2^5, 1 hour 30 minutes, 101_2.
    """
    if _LITERAL.fullmatch(text):  # most of what programs print, without a parser
        return Quantity(number_from_literal(text).value, _ulp(text))
    canon = canonical(text)
    amount = _amount(canon)
    if amount is not None or _SEVERAL.search(canon):
        return amount
    answer = read_answer(text)
    if isinstance(answer, Relation) and stated_name(answer):
        answer = stated_value(answer) or answer
    value = as_rational(answer.expr) if isinstance(answer, Value) and answer.base is None else None
    if not isinstance(answer, Value) or value is None:
        return None
    percent = answer.percent == _PERCENT
    share = 1 if percent else answer.percent or 1  # per mille
    zeros = _ZEROS.findall(text) if value.denominator == 1 else []  # 4.00 is a whole number in the tree
    ulp = stated_ulp(answer.expr) or (_ulp(zeros[0]) if len(zeros) == 1 else None)
    return Quantity(value * share, ulp, percent)


def _amount(canon: str) -> Quantity | None:
    """The number of ``5 m``, whose letters read as variables too, and of ``5万``, whose multiplier is kept apart."""
    found = _NUMBER_FIRST.fullmatch(canon)
    beside = parse_unit(found["rest"]) if found else None
    if found is None or beside is None or (beside[0] == 1 and not _is_unit(found["rest"])):
        return None
    number = read_quantity(found["number"])
    return number and replace(number, scale=beside[0])


def _is_unit(text: str) -> bool:
    """Whether a text is a unit of the table; a word for what is counted is none."""
    found = parse_unit(text)
    return found is not None and found[1] is not None and bool(found[1].bases)


def _ulp(literal: str) -> Fraction | None:
    decimals = literal.partition(".")[2]
    return Fraction(1, 10 ** len(decimals)) if decimals else None


def quantities_in(text: str) -> Iterator[Quantity]:
    """Yield the numbers that stand among the words of a text; those inside a formula do not count."""
    if _IN_FORMULA.search(text):
        whole = read_quantity(text)
        if whole is not None:
            yield whole
            return
        text = _UNIT.sub(lambda found: "" if _is_unit(found["unit"]) else found.group(), text)
        if _IN_FORMULA.search(text):
            return
    for found in _ALONE.finditer(text):
        number = read_quantity(_DASH.sub("", found["number"]))
        if number is not None:
            yield Quantity(number.value, number.ulp, found["percent"] is not None)


def elements(text: str, conjunctions: bool = False) -> list[str]:
    """Return what a list, set, point or enumeration holds, as text; nothing for anything else.

    Elements may be collections again. ``conjunctions`` separate them too: "and", "or", 和. What stands in brackets
    of two kinds, or has no end, is an interval and holds none of its ends.
    """
    text = canonical(text)
    inner = None if _ENDLESS.search(text) else _without_brackets(text)
    if inner is None:
        return []
    parts = _split(inner, _SEPARATOR_OR_CONJUNCTION if conjunctions else _SEPARATOR, thousands=inner == text)
    return [part for part in parts if part] if len(parts) > 1 or inner != text else []


def _without_brackets(text: str) -> str | None:
    """``text`` without the brackets around all of it; None where these are of two kinds."""
    marks = list(_BRACKET.finditer(text))
    depths = accumulate(1 if found.group() in _PAIRS else -1 for found in marks)
    first_closed = next((found for found, depth in zip(marks, depths, strict=True) if depth == 0), None)
    if first_closed is None or marks[0].start() > 0 or first_closed.end() < len(text):
        return text
    return text[marks[0].end() : -len(first_closed.group())] if _closes(marks[0], first_closed) else None


def _closes(opening: re.Match[str], closing: re.Match[str]) -> bool:
    return _PAIRS.get(opening.group()) == closing.group()


def _split(text: str, separator: re.Pattern[str], thousands: bool) -> list[str]:
    """The parts between separators that stand outside brackets; outside of all, ``1,450`` is one number."""
    parts, depth, start = [], 0, 0
    for found in separator.finditer(text):
        if found["bracket"]:
            depth += 1 if found.group() in _PAIRS else -1
        elif depth == 0 and not (thousands and _THOUSANDS.match(text, found.start() - 1)):
            parts.append(text[start : found.start()].strip())
            start = found.end()
    return [*parts, text[start:].strip()]


@dataclass(frozen=True)
class Option:
    """A letter of a multiple-choice question, and what stands behind it; None where that is not known."""

    letter: str
    text: str | None


def chosen_option(text: str, question: str) -> Option | None:
    """Return the option that ``text`` consists of, by its letter alone or with its text; None for anything else."""
    found = _LETTERED.fullmatch(_TEXT.sub(r"\1", canonical(text)).strip())
    return Option(found[1], found[2] or dict(options(question)).get(found[1])) if found else None


def is_equation(text: str) -> bool:
    """Whether a text is an equation to be solved or drawn, which no value on one side of it shows."""
    answer = read_answer(text)
    return isinstance(answer, Relation) and stated_name(answer) is None and bool(_SOLVED.search(text))


def notation(text: str) -> str:
    """Return ``text`` in one spelling for LaTeX, Unicode and spaces: texts that are the same in it say the same."""
    return compact(canonical(text))
