"""Reading units and deciding how two of them relate.

Not guaranteed: units that are not in ``unit_table`` are nouns, and two different nouns never convert.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from ..values.tree import Unit
from .numerals import CHINESE_MULTIPLIERS, ENGLISH_MULTIPLIERS
from .unit_table import CASED, CURRENCIES, GENERIC, MEASURE_WORDS, NOT_IN_UNITS, NOT_UNITS, TABLE

__all__ = ["beside", "currency", "is_measure_word", "parse_unit", "same_noun"]

_POWERS = {"squared": 2, "cubed": 3, "square": 2, "sq": 2, "cubic": 3, "cu": 3, "平方": 2, "立方": 3}
_POUND = Unit(Fraction(45_359_237, 100_000), (("g", 1),))
# Names of several meanings: what they are beside a unit of these bases
_MEANINGS: dict[tuple[Unit | str, tuple[tuple[str, int], ...]], Fraction] = {
    ("分", (("s", 1),)): Fraction(60),
    ("分", (("CNY", 1),)): Fraction(1, 100),
    ("块", (("CNY", 1),)): Fraction(1),
    ("分钱", (("CNY", 1),)): Fraction(1, 100),
    (_POUND, (("GBP", 1),)): Fraction(1),
}
_SHORT_CHINESE = re.compile("[\u4e00-\u9fff]+")
_PIECES = re.compile(
    r"\s*(?:(?P<power>\^\s*\{?\s*(?P<exponent>-?\d)\s*\}?|\b(?P<word_power>squared|cubed)\b)|(?P<per>/|\bper\b|每|\b(?:a|an)\b(?=\s+[a-z]))"
    r"|(?P<times>[*·])|(?P<degree>\\degree\s*[CF]?(?![a-z]))|(?P<prime>''?)|(?P<percent>%)"
    r"|(?P<chinese>[\u4e00-\u9fff]+)|(?P<word>[A-Za-zμΩ¢€£₹]+)\.?)"
)


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[Fraction, tuple[tuple[str, int], ...]]]:
    table: dict[str, tuple[Fraction, tuple[tuple[str, int], ...]]] = {}
    for line in TABLE.strip().splitlines():
        head, _, names = line.partition(":")
        base, factor = head.split()
        for name in names.split():
            key = name if name in CASED else name.casefold()
            table[key] = (Fraction(factor), _bases(base))
    return table


def _bases(text: str) -> tuple[tuple[str, int], ...]:
    if text == "m/s":
        return (("m", 1), ("s", -1))
    name, _, exponent = text.partition("^")
    return ((name, int(exponent or 1)),)


def currency(sign: str) -> Unit | None:
    """Return the unit that a currency sign stands for."""
    name = CURRENCIES.get(sign)
    found = parse_unit(name) if name else None
    return found[1] if found else None


def is_measure_word(text: str) -> bool:
    """Whether a Chinese word can follow a number: a unit or one of the measure words."""
    return text in _table() or any(text.startswith(word) for word in MEASURE_WORDS) or _segment(text) is not None


@lru_cache(maxsize=4096)
def parse_unit(text: str) -> tuple[Fraction, Unit | None] | None:
    """Return the multiplier in a unit phrase and its unit (None for "units", "个"), or None if it is no unit.

    ``10万千米`` after its number gives (10**4, kilometre); ``million dollars`` gives (10**6, dollar).
    """
    text = _flatten(text)
    multiplier = Fraction(1)
    while peeled := _peel(text):
        multiplier *= peeled[0]
        text = peeled[1]
    if not text or text.casefold() in GENERIC:
        return multiplier, None
    unit = _compound(text) or _compound(re.sub(r"(?<=[a-z])\s+(?:of|in|for)\s.*", "", text))
    if unit is None:
        noun = _noun(text)
        if noun is None:
            return None
        unit = Unit(noun=noun)
        if not noun:
            return multiplier, None
    return multiplier, unit


def beside(unit: Unit, other: Unit) -> Unit:
    """Return what a unit of several meanings is beside another: 分 is minutes beside hours and money beside yuan."""
    factor = _MEANINGS.get((unit if unit == _POUND else unit.noun, other.bases))
    return unit if factor is None else Unit(factor, other.bases)


def same_noun(first: str, second: str) -> bool:
    """Whether two nouns count the same things: equal up to plural, or one begins or ends with the other."""
    one, two = (re.sub(r"(?:es|s)\b", "", noun.casefold()) for noun in (first, second))
    return one == two or one.startswith(two) or two.startswith(one) or one.endswith(two) or two.endswith(one)


def _flatten(text: str) -> str:
    text = re.sub(r"\\text\s*\{([^{}]*)\}", r" \1 ", text)
    text = re.sub(r"^\s*\(([^()]*)\)\s*$", r"\1", text)
    text = text.replace("\\mu ", "μ").replace("\\Omega", "Ω").replace("\\dollar", "dollar")
    return text.strip().strip(".").strip()


def _peel(text: str) -> tuple[Fraction, str] | None:
    """Split a multiplier off the front: 万, million."""
    for length in (2, 1):
        head = text[:length]
        if head in CHINESE_MULTIPLIERS and len(head) == length and not _opens_unit(text):
            return Fraction(CHINESE_MULTIPLIERS[head]), text[length:].strip()
    word = re.match(r"([A-Za-z]+)s?\b\s*(?:of\b\s*)?", text)
    if word:
        value = ENGLISH_MULTIPLIERS.get(word[1].casefold()) or ENGLISH_MULTIPLIERS.get(word[1].casefold().rstrip("s"))
        if value:
            return Fraction(value), text[word.end() :].strip()
    return None


def _opens_unit(text: str) -> bool:
    return any(text.startswith(name) for name in ("千米", "千克", "千瓦", "千焦"))


def _compound(text: str) -> Unit | None:
    """Read products, quotients and powers of known units: ``km/h``, ``square feet``, ``元/千克``."""
    factor = Fraction(1)
    bases: dict[str, int] = {}
    sign, power = 1, 1
    last: tuple[Fraction, tuple[tuple[str, int], ...], int] | None = None
    position = 0
    while position < len(text):
        found = _PIECES.match(text, position)
        if not found or found.end() == position:
            return None
        position = found.end()
        if found["power"]:
            if last is None:
                return None
            extra = int(found["exponent"] or _POWERS[found["word_power"]]) - 1
            factor *= last[0] ** (extra * last[2])
            _add(bases, last[1], extra * last[2])
            last = None
            continue
        if found["per"]:
            sign = -1
            continue
        if found["times"]:
            continue
        if found["percent"]:
            return None
        name = found["degree"] or found["chinese"] or found["word"] or {"'": "arcmin", "''": "arcsec"}[found["prime"]]
        if name.casefold() in _POWERS:
            power = _POWERS[name.casefold()]
            continue
        known = _lookup(name)
        if known is None:
            return None
        known_power = sign * power
        factor *= known[0] ** known_power
        _add(bases, known[1], known_power)
        last, power = (known[0], known[1], sign), 1
    kept = tuple(sorted((name, exponent) for name, exponent in bases.items() if exponent))
    return Unit(factor, kept) if bases else None


def _add(bases: dict[str, int], added: tuple[tuple[str, int], ...], times: int) -> None:
    for name, exponent in added:
        bases[name] = bases.get(name, 0) + exponent * times


def _lookup(name: str) -> tuple[Fraction, tuple[tuple[str, int], ...]] | None:
    name = name.replace("\\degree", "°").replace(" ", "")
    table = _table()
    known = table.get(name) or (None if name in CASED else table.get(name.casefold()))
    if known is None and len(name) > 1 and name[:1].isupper():
        known = table.get(name.casefold())
    if known is None and _SHORT_CHINESE.fullmatch(name):
        known = _segment(name)
    return known


def _segment(name: str) -> tuple[Fraction, tuple[tuple[str, int], ...]] | None:
    """Read a run of Chinese as power and unit, or unit per unit: 平方厘米, 立方米, 米每秒."""
    table = _table()
    for word, power in (("平方", 2), ("立方", 3)):
        rest = table.get(name.removeprefix(word)) if name.startswith(word) else None
        if rest:
            return rest[0] ** power, tuple((base, exponent * power) for base, exponent in rest[1])
    top, per, bottom = name.partition("每")
    if per and top in table and bottom in table:
        over, under = table[top], table[bottom]
        return over[0] / under[0], (*over[1], *((base, -exponent) for base, exponent in under[1]))
    return None


def _noun(text: str) -> str | None:
    """Return what is counted, or None when the words qualify the number instead."""
    if re.search(r"[\d=<>+^_*|\\{}%]|[^\w\s.,'()/-]", text) or len(text) > 60:
        return None
    words = re.findall(r"[A-Za-z']+|[\u4e00-\u9fff]+", text)
    lowered = [word.casefold() for word in words]
    if not words or len(words) > 7 or any(word in NOT_UNITS for word in lowered):
        return None
    if any(bad in text for bad in NOT_IN_UNITS):
        return None
    return " ".join(word for word in lowered if word not in GENERIC)
