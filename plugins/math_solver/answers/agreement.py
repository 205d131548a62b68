r"""Whether the numbers and formulas of an explanation agree with what it explains.

    known: 3 boxes of 4, and 12 printed     "3 · 4 = 12, so there are 12."        nothing to object to
                                            "3 · 4 = 13"                          3 · 4 = 13 does not hold
                                            "so there are 17."                    17 comes from nowhere

A number is known where the question, a program, its output or the conclusion has it, in digits or words; where it
is one of the few that need no reason (0, 1, 2, 10, 100); where it is a known one, rounded; or where an equation that
holds and has no other unknown number writes out how it comes about. Numbers of steps ("Step 3", "3.") and indices
("x_3") count nothing.

Not guaranteed: that the words between the numbers are true.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from ..mathematics import find_formulas
from .comparing.rounding import stated_ulp
from .reading.answer import read_answer
from .reading.numerals import chinese_number, english_number
from .values.normal import as_rational
from .values.numeric import compare_at_points, free_letters
from .values.tree import Relation, Value

__all__ = ["objection"]

_LONGEST = 20_000
_MOST_NUMBERS = 400
_LONGEST_NUMBER = 60
_CONVENTIONAL = frozenset(map(Fraction, (0, 1, 2, 10, 100)))
_NUMBER = re.compile(r"(?<![\w.])\d+(?:,\d{3})*(?:\.\d+)?(?![\w]|\.\d)|(?<=[A-Za-z*^{(/])\d+(?:\.\d+)?|\d+(?:\.\d+)?")
_INDEX = re.compile(r"_\s*\{?\s*\d+\s*\}?")
_STEP = re.compile(
    r"(?im)^[\s>*#]*(?:\*\*)?(?:(?:step|part|case)\s*\d+|\d+\s*[.)、:：](?!\d)|第\s*\d+\s*步|步骤\s*\d+|[(（]\d+[)）])"
)
_WORD = re.compile(r"[a-z]+(?:[- ][a-z]+)*|[零一二两三四五六七八九十百千万亿]+", re.IGNORECASE)
_OPERATOR = r"\s*(?:\*\*|[-+*/×÷·^−]|\\(?:cdot|times|div)(?![a-z]))\s*"
_OPERAND = r"\(*-?\d+(?:[.,]\d+)*\)*"
_SIDE = rf"{_OPERAND}(?:{_OPERATOR}{_OPERAND})*"
# An equation between numbers without delimiters; what stands before it may make its first number a part of more.
_PLAIN_EQUATION = re.compile(rf"{_SIDE}(?:\s*=\s*{_SIDE})+(?![\w%(]|{_OPERATOR})")
_PART_OF_MORE = re.compile(rf"(?:[\w)}}%]|\bof\s*|的\s*|[A-Za-z)}}%\d]?{_OPERATOR})$")
_BEFORE = 12


def objection(text: str, sources: Iterable[str]) -> str | None:
    """What does not agree in an explanation of these sources, in a few words; ``None``: nothing."""
    if len(text) > _LONGEST:
        return f"it is longer than {_LONGEST} characters"
    known = set(_CONVENTIONAL)
    for source in sources:
        known |= set(_numbers(source)) | set(_in_words(source))
    text = _INDEX.sub("", _STEP.sub("\n", text))
    equations = list(_equations(text))
    for written, relation in equations:
        if not _is_true(relation):
            return f"{written} does not hold"
    unknown = {value: ulp for value, ulp in _written(text) if value not in known}
    if len(unknown) > _MOST_NUMBERS:
        return "it has too many numbers"
    for derived in _derived(equations, known):
        unknown.pop(derived, None)
    strange = (value for value, ulp in unknown.items() if not _is_rounded(value, ulp, known))
    return next((f"{_shown(value)} is neither given nor worked out" for value in strange), None)


def _is_rounded(value: Fraction, ulp: Fraction | None, known: Iterable[Fraction]) -> bool:
    """Whether a decimal is a known number, rounded."""
    return ulp is not None and any(abs(value - one) <= ulp / 2 for one in known)


def _derived(equations: list[tuple[str, Relation]], known: set[Fraction]) -> Iterator[Fraction]:
    """The numbers that equations work out, each from those that are known by then."""
    for written, _ in equations:
        new = [number for number in dict.fromkeys(_numbers(written)) if number not in known]
        if len(new) == 1:
            known.add(new[0])
            yield new[0]


def _equations(text: str) -> Iterator[tuple[str, Relation]]:
    """The equations between numbers in a text, in order: in formulas, and without delimiters."""
    found = [(formula.start, formula.latex) for formula in find_formulas(text) if "=" in formula.latex]
    taken = [(formula.start, formula.end) for formula in find_formulas(text)]
    for plain in _PLAIN_EQUATION.finditer(text):
        inside = any(start <= plain.start() < end for start, end in taken)
        calculates = re.search(_OPERATOR, plain.group().replace("=", "")) is not None
        if calculates and not inside and not _PART_OF_MORE.search(text[: plain.start()][-_BEFORE:]):
            found.append((plain.start(), plain.group()))
    for _, written in sorted(found):
        relation = read_answer(written)
        if isinstance(relation, Relation) and set(relation.comparisons) == {"="} and _is_closed(relation):
            yield written, relation


def _is_closed(relation: Relation) -> bool:
    return all(isinstance(side, Value) and not free_letters(side.expr) for side in relation.sides)


def _is_true(relation: Relation) -> bool:
    """Whether all sides are the same number; a stated decimal stands for what rounds to it."""
    first, *others = (side for side in relation.sides if isinstance(side, Value))
    return all(_are_equal(first, other) for other in others)


def _are_equal(first: Value, other: Value) -> bool:
    agreement = compare_at_points(first.expr, other.expr)
    if not agreement.points or agreement.equal:
        return True
    one, two = as_rational(first.expr), as_rational(other.expr)
    ulp = stated_ulp(other.expr)
    return one is not None and two is not None and ulp is not None and abs(one - two) <= ulp / 2


def _numbers(text: str) -> Iterator[Fraction]:
    return (value for value, _ in _written(text))


def _written(text: str) -> Iterator[tuple[Fraction, Fraction | None]]:
    """The numbers of a text, each with the unit of its last decimal place."""
    for found in _NUMBER.finditer(text):
        digits = found.group().replace(",", "")
        if len(digits) <= _LONGEST_NUMBER:
            decimals = len(digits.partition(".")[2])
            yield Fraction(digits), Fraction(1, 10**decimals) if decimals else None


def _in_words(text: str) -> Iterator[Fraction]:
    """Numbers that a source writes as words: three, 十二."""
    for found in _WORD.finditer(text):
        for word in (found.group(), *found.group().split()):
            number = english_number(word.casefold()) if word.isascii() else chinese_number(word)
            if number is not None:
                yield Fraction(number)


def _shown(number: Fraction) -> str:
    return str(number.numerator) if number.denominator == 1 else f"{float(number):g}"
