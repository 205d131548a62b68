"""Answers put into more words than they need, and the plainer text that each becomes."""

from __future__ import annotations

import re

from .numerals import without_multipliers

__all__ = ["integer_letter", "plainly"]

_ABOUT = r"(?:approximately|about|approx\.?|roughly)"
# The letter of a general solution and where it lives: ", k \in Z"
_DOMAIN = (
    r"(?<=[^\s({,|])\s*(?:[,(]|,\s*\()\s*(?:\\text\s*\{\s*)?(?:where|for|其中)?\s*(?:\}\s*)?(?P<letter>[a-z])"
    r"\s*(?:\\in|is an|为|是)\s*(?P<set>(?:\\(?:mathbb|text)\s*\{\s*[ZN]\s*\}|[ZN](?![a-z])|整数|integer)"
    r"(?:\s*[_^]?[*+]|\s*[_^]\s*\{?[*+]\}?)?)\s*\)?(?=\s*(?:\\?\}|$))"
)
# A solution that is given up: "x_2=3(舍去)"
_DISCARDED = re.compile(
    r"[^,;()或]{1,60}(?:\(|,\s*)?(?:\\text\s*\{\s*\(?)?(?:(?:不合|不符合?)(?:题意|实际)|负值|增根|不合理)?,?\s*[应故]?"
    r"(?:舍[去掉]?|(?:is\s+)?(?:discarded|rejected|extraneous))\s*\)?\s*\}?\s*\)?(?=\s*(?:[,;或]|or\b|and\b|$))",
    re.I,
)
_SEPARATORS_OUTSIDE = re.compile(r"^(?:[\s,;或]|or\b|and\b)+|(?:[\s,;或]|\bor|\band)+$")
_WORDINGS = [
    (re.compile(pattern, re.I), replacement)
    for pattern, replacement in (
        (r"^每([\u4e00-\u9fff]{1,4}?)\s*(\d[\d.]*)\s*([\u4e00-\u9fffA-Z]+)$", r"\2\3/\1"),  # 每小时60千米
        (rf"^(?:\\approx|\\therefore|约为?|大约|共|一共|{_ABOUT}|exactly|only|just)\s*(?=[\d\\$¥€£.-])", ""),
        (r"^(?:negative|minus|负)\s*(?=[\d\\(])", "-"),
        (r"^点\s*(?=[A-Z]?\s*\()", ""),
        (r"(?<=\d)(?:\s+\(([A-Z]{2}[A-Z ]*)\)|\s*\(([\u4e00-\u9fff]{1,4})\))$", r" \\text{\1\2}"),  # 9 (apples)
        (r"^(\d+) out of (?:every )?(\d+)$", r"\\frac{\1}{\2}"),
        (r"^(\[[^()\[\]]*\]|\([^()\[\]]*\))\s*\^\s*\{?\s*(?:\\text\s*\{\s*)?(?:T|\\top)\s*\}?\s*\}?$", r"\1"),
        (r"^\\text\s*\{\s*([0-9A-F]+)\s*\}(?=\s*_)", r"\1"),  # \text{FF}_{16}
        (_DOMAIN, ""),
        (rf"(?<=\S)\s*[,(]?\s*(?<!\\)\b(?:or\s+)?{_ABOUT}\s*(?=[-\d\\$])", r" \\approx "),
    )
]
_LIVES_IN = re.compile(_DOMAIN, re.I)


def integer_letter(canon: str) -> tuple[str, str] | None:
    """The letter that canonical text declares an integer, and the set that it lives in: Z, Z*, N or N* (positive)."""
    found = _LIVES_IN.search(without_multipliers(canon))
    if found is None:
        return None
    natural = re.search(r"\bN\b|^N(?![a-z])", found["set"], re.I) is not None
    mark = re.search(r"[*+]", found["set"])
    if mark is None:
        return found["letter"], "N" if natural else "Z"
    return found["letter"], "N*" if natural or mark.group() == "+" else "Z*"


def plainly(canon: str) -> str:
    """Return canonical text with signs, shares and rates that stand in words written as formulas."""
    canon = _without_discarded(without_multipliers(canon))
    for pattern, replacement in _WORDINGS:
        canon = pattern.sub(replacement, canon)
    return canon


def _without_discarded(canon: str) -> str:
    """A list of solutions without those that are given up; words, which equal no number, where none is left."""
    if not re.search(r"舍|discarded|rejected|extraneous", canon):
        return canon
    kept = _SEPARATORS_OUTSIDE.sub("", re.sub(r"[,;或]\s*(?=[,;或])", "", _DISCARDED.sub("", canon)))
    return kept or "舍去"
