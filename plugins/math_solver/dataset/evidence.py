r"""Whether what a program printed supports the boxed answers of a conclusion.

    printed "总金额为: 7.5"            \boxed{7.5}            supported
    printed "65.97344572538566"      \boxed{65.97}          supported, inexact
    printed "苹果: 2.09 元"            \boxed{3}              contradicts_output
    printed "True"                   \boxed{\text{等腰}}      unsupported

Not guaranteed: that a printed value is the one asked for. A box that names an intermediate value that was
printed passes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from typing import Literal

from ..answers import box_contents, verify_answer

__all__ = ["Support", "judge_conclusion"]

COMPARED = 12  # printed values given to the verifier for each box; a bound on time
NOISE_DIGITS = 10  # a decimal this long was copied from a float

_LABEL = re.compile(r"[:：=≈]|为|是|等于")
_PIECE = re.compile(r"[,，;；、]")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_NUMBER = re.compile(r"(?<![A-Za-z0-9_.])(?:(?<![)\]])-)?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?(?:/\d+)?(?![A-Za-z0-9_]|\.\d)")
_SYMBOLIC = re.compile(r"[A-Za-z)\]]\s*[*^/+]|[*^/+]\s*[A-Za-z(]|\*\*|[A-Za-z]\(")
_PRINTED_UNIT = re.compile(
    r"(?<=\d) ?(?:[a-z]{1,3}/[a-z]{1,3}(?:\^?[23])?|[cdkm]{0,2}m(?:\^[23]|²|³)?)(?![A-Za-z0-9*^/(])"
)
_ROUNDED = re.compile(r"约|≈|四舍五入|近似|\\approx|\b(?:about|approx\w*|roughly|rounded)\b", re.IGNORECASE)
_LAYOUT = re.compile(r"\\(?:left|right|displaystyle|[,;!: ])|[\s$]|\\[()\[\]]")
_TEXT = re.compile(r"\\(?:text|mathrm|textbf|mathbf|operatorname)\s*\{([^{}]*)\}")
_BOXED_NUMBER = re.compile(
    r"(?P<sign>-?)(?:(?P<whole>\d+)(?=\\[dt]?frac))?"
    r"(?:\\[dt]?frac\{(?P<top>-?\d+)\}\{(?P<bottom>\d+)\}|(?P<decimal>\d+(?:\.(?P<places>\d+))?)(?:/(?P<under>\d+))?)"
    r"(?P<percent>(?:\\?%)?)"
)
_UNIT = re.compile(
    r"(?:\^\{?\\circ\}?|°|[\u4e00-\u9fff]|[A-Za-z²³]|/(?=[A-Za-z\u4e00-\u9fff])|\^\{?[23]\}?(?=$|[\u4e00-\u9fff]))*"
)
_EQUATION = re.compile(r"[-+*/^}]\s*\w*\s*=")
_CHOICE = re.compile(r"\(?([A-H])\)?(?:[.．、:：]\s*(.+))?")


@dataclass(frozen=True)
class Support:
    """``inexact``: a boxed decimal is a rounding of the printed value, or a float copied as it was."""

    outcome: Literal["supported", "contradicts_output", "unsupported"]
    inexact: bool = False
    reason: str = ""


@dataclass(frozen=True)
class _Number:
    value: Fraction
    places: int
    percent: bool = False


def judge_conclusion(conclusion: str, observation: str, question: str = "") -> Support:
    """Whether every boxed answer in ``conclusion`` is among the values that ``observation`` shows."""
    found = box_contents(conclusion)
    if not found:
        return Support("unsupported", reason="nothing is boxed")
    rounded = bool(_ROUNDED.search(conclusion))
    judged = [_judge_box(box, observation, question, rounded) for box in found]
    for outcome in ("contradicts_output", "unsupported"):
        for support in judged:
            if support.outcome == outcome:
                return support
    return Support("supported", any(support.inexact for support in judged))


def _judge_box(box: str, observation: str, question: str, rounded: bool) -> Support:
    choice = _CHOICE.fullmatch(_plain(box))
    if choice:
        stated = choice[2] or _option(question, choice[1])
        if stated is None:
            return Support("unsupported", reason=f"option {choice[1]} is not found in the question")
        return _judge_box(stated, observation, question, rounded)
    number = _boxed_number(box)
    printed = list(_printed_numbers(observation))
    if number is not None:
        for value in printed:
            inexact = _matches(number, value, rounded)
            if inexact is not None:
                return Support("supported", inexact)
    if _shown(box, observation, question):
        return Support("supported")
    if number is not None and printed:
        return Support("contradicts_output", reason=f"boxed {box}, printed {_shorten(observation)}")
    parts = _parts(box) if "infty" not in box else []  # the ends of an interval do not show the interval
    if len(parts) > 1:
        judged = [_judge_box(part, observation, question, rounded) for part in parts]
        if all(support.outcome == "supported" for support in judged):
            return Support("supported", any(support.inexact for support in judged))
    return Support("unsupported", reason=f"boxed {box}, printed {_shorten(observation)}")


def _plain(text: str) -> str:
    """LaTeX without layout commands, spaces and text wrappers."""
    text = _TEXT.sub(lambda match: match[1], text)
    return _LAYOUT.sub("", text.replace("\\$", "").replace("−", "-").replace("﹣", "-")).strip()


def _boxed_number(box: str) -> _Number | None:
    """The number a box states, beside its unit if it has one."""
    text = _THOUSANDS.sub("", _plain(box)).removeprefix("\\approx")
    text = text.rpartition("=")[2] if re.fullmatch(r"[A-Za-z_]\w*=.*", text) else text
    match = _BOXED_NUMBER.match(text)
    if match is None or not _UNIT.fullmatch(text[match.end() :]):
        return None
    bottom = int(match["bottom"] or match["under"] or 1)
    if bottom == 0:
        return None
    value = Fraction(match["top"] or match["decimal"]) / bottom + int(match["whole"] or 0)
    return _Number(-value if match["sign"] else value, len(match["places"] or ""), bool(match["percent"]))


def _matches(number: _Number, printed: Fraction, rounded: bool) -> bool | None:
    """Whether the match is inexact; None where ``printed`` is another number."""
    for value in (printed, printed * 100) if number.percent else (printed,):
        difference = abs(number.value - value)
        if difference <= max(Fraction(1), abs(value)) / 10**9:
            return number.places >= NOISE_DIGITS
        if (number.places or rounded) and difference <= Fraction(1, 2 * 10**number.places) + Fraction(1, 10**9):
            return True
    return None


def _printed_numbers(observation: str) -> Iterator[Fraction]:
    """The plain numbers among the printed values; those inside formulas and labels are not values."""
    for value in _printed_values(observation):
        if _SYMBOLIC.search(value):
            continue
        for match in _NUMBER.finditer(value):
            top, _, bottom = match[0].partition("/")
            if not bottom or int(bottom):
                yield Fraction(top) / int(bottom or 1)


def _printed_values(observation: str) -> Iterator[str]:
    """What stands behind the labels: each line's pieces between commas, cut at ``:``, ``=`` and 是."""
    for line in _THOUSANDS.sub("", observation).splitlines():
        for piece in _PIECE.split(_PRINTED_UNIT.sub("", line)):
            values = [text.strip() for text in _LABEL.split(piece)]
            behind = [value for value in values[1:] if re.search(r"\d", value)]
            yield from behind or values[:1]


def _shown(box: str, observation: str, question: str) -> bool:
    """Whether the box states, in whatever form, a line or value of the output."""
    wanted = _plain(box)
    candidates: dict[str, None] = {}
    for line in reversed(observation.splitlines()):
        if _plain(line) == wanted:
            return True
        behind = re.split(r"[:：]", line)[-1].strip()
        candidates |= dict.fromkeys((behind, _unwrap(behind), *_elements(behind), *_printed_values(line)))
    if any(_plain(value) == wanted for value in candidates):
        return True
    if _EQUATION.search(wanted):  # x^2 + y^2 = 25 is not shown by a printed 25
        candidates = {value: None for value in candidates if _EQUATION.search(value) or "Eq(" in value}
    return any(
        verify_answer(gold, rf"\boxed{{{stated}}}", question=question).correct  # boxed: all of it is the answer
        for value in list(candidates)[:COMPARED]
        for gold, stated in ((value, wanted), (wanted, value))
    )


def _elements(text: str) -> Iterator[str]:
    """What a printed list, tuple or set holds, and what its elements hold."""
    parts = _parts(text)
    for part in parts if len(parts) > 1 else ():
        yield part
        yield from _elements(part)


def _parts(text: str) -> list[str]:
    """The elements of a tuple, list or enumeration; of anything else, itself without its outer brackets."""
    text = _unwrap(_plain(text).replace("\\{", "{").replace("\\}", "}").rstrip("."))
    parts, depth, start = [], 0, 0
    for index, char in enumerate(text):
        depth += (char in "([{") - (char in ")]}")
        if depth == 0 and char in ",，;；、和":
            parts.append(text[start:index])
            start = index + 1
    return [part for part in (*parts, text[start:]) if part]


def _unwrap(text: str) -> str:
    """``text`` without the brackets that enclose all of it."""
    while len(text) > 1 and text[0] + text[-1] in ("()", "[]", "{}"):
        depths = list(accumulate((char in "([{") - (char in ")]}") for char in text))
        if 0 in depths[:-1]:  # the first bracket closes before the end: "(a)(b)"
            return text
        text = text[1:-1].strip()
    return text


def _option(question: str, letter: str) -> str | None:
    """What stands behind a letter among the options of a multiple-choice question."""
    pattern = (
        rf"(?<![A-Za-z]){letter}\s*[.．、:：)）]\}}?\s*(.+?)\s*(?=(?<![A-Za-z])[A-H]\s*[.．、:：)）]|\\qquad|\n|$)"
    )
    match = re.search(pattern, question)
    return match[1].strip("$ \\") if match else None


def _shorten(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:57] + "..."
