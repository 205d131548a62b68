r"""Whether the numbers and formulas of an explanation agree with what it explains.

    known: 3 boxes of 4, and 12 printed     "3 · 4 = 12, so there are 12."        nothing to object to
                                            "3 · 4 = 13"                          3 · 4 = 13 does not hold
                                            "so there are 17."                    17 comes from nowhere

A number is known where the question, a program, its output or the conclusion has it, in digits or words; where it
is one of the few that need no reason (0, 1, 2, 10, 100); where it is a known one, rounded; or where an equation that
holds and has no other unknown number writes out how it comes about. Numbers of steps ("Step 3", "3.") and indices
("x_3") count nothing.

Not guaranteed: that the words between the numbers are true, nor equations that the reader of answers cannot read
(sums over an index, C(7,3)) or that are of numbers too large to work out (7^7^7).
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
from .values.tree import Expr, Num, Op, Relation, Value

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
# Digits and signs of full width, in their usual form; NFKC would make 32 of 3².
_HALF_WIDTH = str.maketrans({chr(code): chr(code - 0xFEE0) for code in map(ord, "０１２３４５６７８９＋－＊／＝")})
_SIGN = r"(?:\*\*|[-+*/×÷·^−]|\\(?:cdot|times|div)(?![a-z]))"
_OPERATOR = rf"\s*{_SIGN}\s*"
_DIGITS = r"\d+(?:[.,]\d+)*"
# A ! is a factorial where the calculation goes on behind it; "3 · 4 = 12!" is a cry.
_OPERAND = rf"\(*(?:\|-?{_DIGITS}\||-?√?{_DIGITS}(?:[²³]|!(?=\)*\s{{0,3}}(?:=|{_SIGN})))?)\)*"
_SIDE = rf"{_OPERAND}(?:{_OPERATOR}{_OPERAND})*"
# A calculation without delimiters, and what it is said to be. One that no equation begins with is a match too: else an
# equation is looked for from each of its numbers on, which takes time with the square of the text.
_PLAIN = re.compile(rf"(?<!\(){_SIDE}(?P<others>(?:\s*=\s*{_SIDE})+(?!(?!余)[\w%(]|{_OPERATOR}))?")
_CALCULATES = re.compile(rf"{_SIGN}|[√²³!|]")
# Calculations in words; and 7 / 4 = 1, with what says behind it what remains
_NAMED = re.compile(r"(?<![\w\\])(?:gcd|lcm)\(\d{1,60},\s?\d{1,60}\)\s?=\s?\d{1,60}(?![\w.,(]|\s{0,3}" + _SIGN + ")")
_MODULO = re.compile(
    r"(?<![\w.])(?P<number>\d{1,60})\s{0,3}\\?b?mod\s{0,3}(?P<modulus>\d{1,60})\s{0,3}=\s{0,3}(?P<residue>\d{1,60})"
    rf"(?![\w.,]|\s{{0,3}}{_SIGN})"
)
_DIVIDED = re.compile(
    r"(?P<number>\d{1,60})\s{0,3}(?:[÷/]|\\div(?![a-z]))\s{0,3}(?P<divisor>\d{1,60})\s{0,3}=\s{0,3}(?P<quotient>\d{1,60})"
)
_REMAINDER = re.compile(
    r"\s{0,3}\$?\s{0,3}(?:[（(][^()（）\d\n]{1,6}[)）])?\s{0,3}(?:…{1,2}|\.{3,6}|⋯{1,2}|(?:\\(?:cdots|ldots|dots)\s{0,3}){1,2}|余数?[是为]?|,?\s{0,3}(?:and\s|with\s)?(?:an?\s)?(?:\\text\{\s?)?"
    r"(?:remainder|rem|R)(?![a-z])\.?(?:\sof)?\s?\}?)\s{0,3}\$?(?P<remainder>\d{1,60})",
    re.I,
)
# What before an equation makes its first number a part of more.
_PART_OF_MORE = re.compile(
    rf"(?:[\w)}}%√|]|\b(?:log|ln|lg|exp|sin|cos|tan|sqrt|mod|gcd|lcm)(?:_\{{?\w{{1,3}}\}}?)?\s*|\bof\s*|的\s*|[A-Za-z)}}%\d]?{_OPERATOR})$"
)
_BEFORE = 12
_BEHIND = 80  # characters behind an equation that may give a remainder


def objection(text: str, sources: Iterable[str]) -> str | None:
    """What does not agree in an explanation of these sources, in a few words; ``None``: nothing."""
    if len(text) > _LONGEST:
        return f"it is longer than {_LONGEST} characters"
    known = set(_CONVENTIONAL)
    for source in sources:
        known |= set(_numbers(source)) | set(_in_words(source))
    text = _without_steps(text.translate(_HALF_WIDTH))
    equations = list(_equations(text))
    for written, holds in equations:
        if not holds:
            return f"{written} does not hold"
    unknown = {value: ulp for value, ulp in _written(_INDEX.sub("", text)) if value not in known}
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


def _derived(equations: Sequence[tuple[str, bool]], known: set[Fraction]) -> Iterator[Fraction]:
    """The numbers that equations work out, each from those that are known by then."""
    for written, _ in equations:
        new = [number for number in dict.fromkeys(_numbers(_INDEX.sub("", written))) if number not in known]
        if len(new) == 1:
            known.add(new[0])
            yield new[0]


def _equations(text: str) -> Iterator[tuple[str, bool]]:
    """The equations between numbers in a text that can be read, in order, and whether each holds."""
    formulas = find_formulas(text)
    found = [(formula.start, formula.end, formula.latex) for formula in formulas if "=" in formula.latex]
    for start, end, plain in _plain_equations(text):
        if not any(formula.start <= start < formula.end for formula in formulas):
            found.append((start, end, plain))
    for _, end, written in sorted(found):
        yield from _read(written, text[end : end + _BEHIND])


def _read(written: str, behind: str) -> Iterator[tuple[str, bool]]:
    """What an equation says, with the remainder that it or the text behind it gives; nothing where it is not read."""
    divided = _DIVIDED.match(written)
    if divided:
        rest = written[divided.end() :] or behind
        remains = _REMAINDER.match(rest)
        if remains and (_leaves(divided, remains["remainder"]) or not _trails_off(remains)):
            yield divided.group(), True  # the quotient follows from what is divided, as the remainder does
            yield divided.group() + remains.group(), _leaves(divided, remains["remainder"])
            return
    holds = _holds(written)
    if holds is not None:
        yield written, holds


def _plain_equations(text: str) -> Iterator[tuple[int, int, str]]:
    """Where calculations without delimiters begin and end, each with what it is said to be."""
    for plain in _PLAIN.finditer(text):
        if plain["others"] and _CALCULATES.search(plain.group()):
            yield from _whole(text, plain)
    for pattern in (_NAMED, _MODULO):
        for plain in pattern.finditer(text):
            yield from _whole(text, plain)


def _whole(text: str, plain: re.Match[str]) -> Iterator[tuple[int, int, str]]:
    """A calculation that is no part of more."""
    start = plain.start()
    if not _PART_OF_MORE.search(text[max(0, start - _BEFORE) : start]):
        yield start, plain.end(), plain.group()


def _holds(written: str) -> bool | None:
    """Whether an equation holds; ``None`` for what is none between numbers, or cannot be read."""
    residue = _MODULO.fullmatch(written.strip())
    if residue:
        number, modulus = int(residue["number"]), int(residue["modulus"])
        return number % modulus == int(residue["residue"]) if modulus else None
    relation = read_answer(written)
    if isinstance(relation, Relation) and set(relation.comparisons) == {"="} and _is_closed(relation):
        return _is_true(relation)
    return None


def _leaves(divided: re.Match[str], remainder: str) -> bool:
    """Whether a division of whole numbers leaves a remainder."""
    divisor, left = int(divided["divisor"]), int(remainder)
    return left < divisor and int(divided["number"]) == divisor * int(divided["quotient"]) + left


def _trails_off(remains: re.Match[str]) -> bool:
    """Whether what seems to give a remainder may be dots before another sentence."""
    return re.match(r"\s*(?:\.+|…|⋯)\s*\d", remains.group()) is not None


def _is_closed(relation: Relation) -> bool:
    return all(
        isinstance(side, Value) and not free_letters(side.expr) and side.base is None for side in relation.sides
    )


def _is_true(relation: Relation) -> bool | None:
    """Whether all sides are the same number; a stated decimal stands for what rounds to it.

    ``None`` where they are of different things: 1 box = 12 pens.
    """
    first, *others = (side for side in relation.sides if isinstance(side, Value))
    found = [_are_equal(first, other) for other in others]
    return False if False in found else None if None in found else True


def _are_equal(first: Value, other: Value) -> bool | None:
    units = first.unit, other.unit
    if units[0] and units[1] and (units[0].bases, units[0].noun) != (units[1].bases, units[1].noun):
        return None
    one, two = (_in_numbers(side, measured=None not in units) for side in (first, other))
    agreement = compare_at_points(one, two)
    if not agreement.points or agreement.equal:
        return True
    exact, stated = as_rational(one), as_rational(two)
    ulp = stated_ulp(two)
    return exact is not None and stated is not None and ulp is not None and abs(exact - stated) <= ulp / 2


def _in_numbers(side: Value, measured: bool) -> Expr:
    """What a percentage is, and an amount where all have a unit, in the unit's base."""
    factor = (side.percent or Fraction(1)) * (side.unit.factor if side.unit and measured else Fraction(1))
    if isinstance(side.expr, Num):
        return Num(side.expr.value * factor, side.expr.ulp and side.expr.ulp * factor)
    return Op("mul", (side.expr, Num(factor))) if factor != 1 else side.expr


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
