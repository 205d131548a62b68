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
    canon = without_multipliers(canon)
    for pattern, replacement in _WORDINGS:
        canon = pattern.sub(replacement, canon)
    return canon
