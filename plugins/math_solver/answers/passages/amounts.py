"""Finding an amount, a number with its unit, in a clause of prose."""

from __future__ import annotations

import re

from ..reading.answer import read_mathematics
from ..reading.unit_table import MEASURE_WORDS
from ..reading.units import parse_unit
from ..values.tree import Brackets, Listing, Ratio, SetBuilder
from .cues import BOUNDS_AFTER, CHINESE_NUMBER, NUMBER, NUMBERED_THING, TRAILING_NUMBER
from .sentences import clean

__all__ = ["amount_at_start", "only_amount", "trailing_amount"]

_MOST_WORDS = 12
_NEAR = 40  # characters before a number that may label it
_LONGEST_CHINESE_UNIT = 6
_JOINS = frozenset("or to out root power than plus minus times if unless else when - ~ – × * + /".split())
_NUMBER = re.compile(NUMBER)
_ANY_NUMBER = re.compile(r"(?<![A-Za-z0-9_.第/{^\\])" + NUMBER)
_CHINESE = re.compile("[\u4e00-\u9fff]+")
_MULTIPLIER = re.compile("[十百千]?[万亿]+")
# "9 8", "9 percent of 50", "9 degrees to 12 degrees"
_GOES_ON = re.compile(r"\d|(?:percent |out )?of \$?\d|(?:\S+ ){0,2}(?:to|or) [$\\(]*-?\d")
_SEVERAL = re.compile(r"\b(?:or|and)\b|[,;，；或和]")
_PROSE = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{2,}|[\u4e00-\u9fff]")


def amount_at_start(text: str) -> str | None:
    """Return the longest start of ``text`` that reads as one answer: "72 clips" of "72 clips in April and May".

    Of an equation with words after it (``48 + 24 = 72 clips in all``) only the last side is looked at.
    """
    text = clean(text)
    if read_mathematics(text) is not None:
        return text
    if "$" not in text and "\\" not in text:
        before, _, last = text.rpartition("=")
        text = last.strip() if last.strip() and not _SEVERAL.search(before) else text
    return _english(text.removeprefix("a total of ")) or _chinese(text)


def only_amount(text: str) -> str | None:
    """Return the amount in a clause that has exactly one number, ordinals and step numbers not counted."""
    starts = [found.start() for found in _ANY_NUMBER.finditer(text) if not _is_numbered(text, found.start())]
    if len(starts) != 1 or not _PROSE.search(text):
        return None
    return amount_at_start(text[starts[0] :])


def trailing_amount(text: str) -> str | None:
    """Return the amount that a clause of prose ends with; None for the end of a formula that cannot be read."""
    found = TRAILING_NUMBER.search(text) or _chinese_numeral(text)
    if not found or _is_numbered(text, found.start()) or not _PROSE.search(text[: found.start()]):
        return None
    if re.search(r"[)\]）]", text[found.end("answer") :]) and not re.search(r"[(\[（]\s*$", text[: found.start()]):
        return None  # the last argument of something
    return amount_at_start(found["answer"])


def _is_numbered(text: str, start: int) -> bool:
    """Whether the number at ``start`` is a label or a part of something: step 3, the end of a range."""
    return bool(NUMBERED_THING.search(text[max(0, start - _NEAR) : start]))


def _chinese_numeral(text: str) -> re.Match[str] | None:
    """A trailing Chinese numeral that is a number with or without a unit, not a word such as 一些."""
    for found in CHINESE_NUMBER.finditer(text):
        if read_mathematics(found["answer"]) is not None:
            return found
    return None


def _english(text: str) -> str | None:
    words = text.split()
    if not words or not re.search(r"\d", words[0]):
        return None
    for end in range(min(len(words), _MOST_WORDS), 0, -1):
        if end < len(words) and (words[end].casefold() in _JOINS or _GOES_ON.match(" ".join(words[end:]))):
            continue
        start = clean(" ".join(words[:end]))
        if not _whole(start):
            continue
        answer = read_mathematics(start)
        if answer is not None and not (
            isinstance(answer, Listing | Brackets | Ratio | SetBuilder) and end < len(words)
        ):
            return start
    return None


def _whole(text: str) -> bool:
    """Whether a piece cut out at white space leaves no formula or bracket open."""
    dollars = text.count("$")
    if dollars % 2 and not (dollars == 1 and re.match(r"-?\$\s?\d", text)):
        return False
    return all(text.count(a) == text.count(b) for a, b in ("{}", "()", "[]"))


def _chinese(text: str) -> str | None:
    """A number and the Chinese unit or measure word right after it, its multiplier never dropped."""
    number = _NUMBER.match(text)
    if not number:
        return None
    rest = text[number.end() :].lstrip()
    run = _CHINESE.match(rest)
    if not run or rest.startswith(BOUNDS_AFTER):
        return None
    multiplier = _MULTIPLIER.match(run.group())
    head = multiplier.group() if multiplier else ""
    unit = _unit(run.group()[len(head) :])
    left = run.group()[len(head) + len(unit) :]
    if left.startswith((*BOUNDS_AFTER, "和", "或", "与", "比")) or re.match(r"\d", rest[run.end() :]):
        return None
    return number.group().strip() + head + unit


def _unit(run: str) -> str:
    for length in range(min(len(run), _LONGEST_CHINESE_UNIT), 0, -1):
        found = parse_unit(run[:length])
        if found is not None and found[1] is not None and found[1].bases:
            return run[:length]
    return run[:1] if run[:1] in MEASURE_WORDS else ""
