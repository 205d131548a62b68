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
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import takewhile

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
_LONGEST_PHRASE = 100
_CONVENTIONAL = frozenset(map(Fraction, (0, 1, 2, 10, 100)))
_NUMBER = re.compile(r"(?<![\w.])\d+(?:,\d{3})*(?:\.\d+)?(?![\w]|\.\d)|(?<=[A-Za-z*^{(/])\d+(?:\.\d+)?|\d+(?:\.\d+)?")
_INDEX = re.compile(r"_\s*(?:\{\s*)?\d+\s*\}?")
# The number of a step, behind what its lines begin with, which is a match without one too: see ``_PLAIN``.
_STEP = re.compile(
    r"(?im)^[\s>*#]*(?P<step>(?:step|part|case)\s*\d+|\d+\s*[.)、:：](?!\d)|第\s*\d+\s*步|步骤\s*\d+|[(（]\d+[)）])?"
)
_WORD = re.compile(r"[a-z]+(?:[- ][a-z]+)*|[零一二两三四五六七八九十百千万亿]+", re.IGNORECASE)
_SIGN = r"(?:\*\*|[-+*/×÷·^−]|\\(?:cdot|times|div)(?![a-z]))"
_OPERATOR = rf"\s*{_SIGN}\s*"
_OPERAND = r"\(*-?\d+(?:[.,]\d+)*\)*"
_SIDE = rf"{_OPERAND}(?:{_OPERATOR}{_OPERAND})*"
# A calculation without delimiters, and what it is said to be. One that no equation begins with is a match too: else an
# equation is looked for from each of its numbers on, which takes time with the square of the text.
_PLAIN = re.compile(rf"(?<!\(){_SIDE}(?P<others>(?:\s*=\s*{_SIDE})+(?![\w%(]|{_OPERATOR}))?")
_CALCULATES = re.compile(_SIGN)
# What before an equation makes its first number a part of more.
_PART_OF_MORE = re.compile(rf"(?:[\w)}}%]|\bof\s*|的\s*|[A-Za-z)}}%\d]?{_OPERATOR})$")
_BEFORE = 12


def objection(text: str, sources: Iterable[str]) -> str | None:
    """What does not agree in an explanation of these sources, in a few words; ``None``: nothing."""
    if len(text) > _LONGEST:
        return f"it is longer than {_LONGEST} characters"
    known = set(_CONVENTIONAL)
    for source in sources:
        known |= set(_numbers(source)) | set(_in_words(source))
    text = _INDEX.sub("", _without_steps(text))
    equations = list(_equations(text))
    for written, relation in equations:
        if not _is_true(relation):
            return f"{written} does not hold"
    unknown = {value: ulp for value, ulp in _written(text) if value not in known}
    if len(unknown) > _MOST_NUMBERS:
        return "it has too many numbers"
    for derived in _derived(equations, known):
        unknown.pop(derived, None)
    ordered = sorted(known) if unknown else []
    strange = (value for value, ulp in unknown.items() if not _is_rounded(value, ulp, ordered))
    return next((f"{_shown(value)} is neither given nor worked out" for value in strange), None)


def _without_steps(text: str) -> str:
    """A text without the numbers of its steps."""
    return _STEP.sub(lambda found: "\n" if found["step"] else found.group(), text)


def _is_rounded(value: Fraction, ulp: Fraction | None, ordered: Sequence[Fraction]) -> bool:
    """Whether a decimal is one of the known numbers, which are in order, rounded."""
    if ulp is None:
        return False
    nearest = bisect_left(ordered, value - ulp / 2)
    return nearest < len(ordered) and ordered[nearest] <= value + ulp / 2


def _derived(equations: list[tuple[str, Relation]], known: set[Fraction]) -> Iterator[Fraction]:
    """The numbers that equations work out, each from those that are known by then."""
    for written, _ in equations:
        new = [number for number in dict.fromkeys(_numbers(written)) if number not in known]
        if len(new) == 1:
            known.add(new[0])
            yield new[0]


def _equations(text: str) -> Iterator[tuple[str, Relation]]:
    """The equations between numbers in a text, in order: in formulas, and without delimiters."""
    formulas = find_formulas(text)
    found = [(formula.start, formula.latex) for formula in formulas if "=" in formula.latex]
    for start, plain in _plain_equations(text):
        if not any(formula.start <= start < formula.end for formula in formulas):
            found.append((start, plain))
    for _, written in sorted(found):
        relation = read_answer(written)
        if isinstance(relation, Relation) and set(relation.comparisons) == {"="} and _is_closed(relation):
            yield written, relation


def _plain_equations(text: str) -> Iterator[tuple[int, str]]:
    """Where calculations without delimiters begin, each with what it is said to be."""
    for plain in _PLAIN.finditer(text):
        start, written = plain.start(), plain.group()
        if not plain["others"] or not _CALCULATES.search(written):
            continue
        if not _PART_OF_MORE.search(text[max(0, start - _BEFORE) : start]):
            yield start, written


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
    """Numbers that a source writes as words near its beginning: three, 十二."""
    for found in takewhile(lambda found: found.end() <= _LONGEST, _WORD.finditer(text)):
        for word in (found.group(), *found.group().split()):
            if len(word) > _LONGEST_PHRASE:
                continue
            number = english_number(word.casefold()) if word.isascii() else chinese_number(word)
            if number is not None:
                yield Fraction(number)


def _shown(number: Fraction) -> str:
    return str(number.numerator) if number.denominator == 1 else f"{float(number):g}"
