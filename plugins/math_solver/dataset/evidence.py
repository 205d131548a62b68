r"""Whether what a program printed supports the boxed answers of a conclusion.

    printed "总金额为: 7.5"            \boxed{7.5}            supported
    printed "65.97344572538566"      \boxed{65.97}          supported, inexact
    printed "苹果: 2.09 元"            \boxed{3}              contradicts_output
    printed "True"                   \boxed{\text{等腰}}      unsupported

What numbers, collections, options and equations are is for ``answers`` to say, and so is whether two of them are
equal. Here are the rules of evidence: which parts of a line are values and which are their labels, what may be
rounded, and when a box contradicts what was printed rather than just missing from it.

Not guaranteed: that a printed value is the one asked for. A box that names an intermediate value that was
printed passes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Literal

from ..answers import box_contents, verify_answer
from ..answers.stated import Quantity, chosen_option, elements, is_equation, notation, quantities_in, read_quantity

__all__ = ["Support", "judge_conclusion", "last_line"]


def last_line(text: str) -> str:
    """The last line of an output that says anything."""
    return (text.strip().splitlines() or [""])[-1]


COMPARED = 12  # printed values given to the verifier for each box; a bound on time
LEVELS = 6  # of collections in collections
RAW = Fraction(1, 10**10)  # a decimal with as many places was copied from a float
NOISE = Fraction(1, 10**9)  # of a float, relative to its size

_RATIO = r"(?P<ratio>(?<![\w.])\d+(?:\.\d+)?(?:[:：]\d+(?:\.\d+)?)+(?![\w.]))"  # or a time; its colons end no label
_COLON = re.compile(rf"{_RATIO}|[:：]")
_LABEL = re.compile(rf"{_RATIO}|[:：=≈]|为|是|等于")
_PIECE = re.compile(r"(?<!\d),|,(?!\d{3}(?!\d))|[，;；、]")
_ROUNDED = re.compile(r"约|≈|四舍五入|近似|\\approx|\b(?:about|approx\w*|roughly|rounded)\b", re.IGNORECASE)


Outcome = Literal["supported", "contradicts_output", "unsupported"]


@dataclass(frozen=True)
class Support:
    """``inexact``: a boxed decimal is a rounding of the printed value, or a float copied as it was."""

    outcome: Outcome
    inexact: bool = False
    reason: str = ""


def judge_conclusion(conclusion: str, observation: str, question: str = "") -> Support:
    """Whether every boxed answer in ``conclusion`` is among the values that ``observation`` shows."""
    found = box_contents(conclusion)
    if not found:
        return Support("unsupported", reason="nothing is boxed")
    judge = _Judge(_Output(observation), question, bool(_ROUNDED.search(conclusion)))
    return _all_of([judge.box(box) for box in found])


def _all_of(judged: Sequence[Support]) -> Support:
    """Of several boxes, or parts of one, the first that is not supported, contradictions before the rest."""
    for outcome in ("contradicts_output", "unsupported"):
        for support in judged:
            if support.outcome == outcome:
                return support
    return Support("supported", any(support.inexact for support in judged))


class _Output:
    """What a program printed, as values."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def quantities(self) -> list[Quantity]:
        """The numbers among the values, in order; those inside formulas and labels are none."""
        return [
            quantity for line in self.text.splitlines() for value in _values(line) for quantity in quantities_in(value)
        ]

    @cached_property
    def values(self) -> list[str]:
        """What stands behind the labels, and what that holds, the last line first."""
        values: dict[str, None] = {}
        for line in reversed(self.text.splitlines()):
            behind = _cut(line, _COLON)[-1]
            values |= dict.fromkeys((behind, *_nested(behind), *_values(line)))
        return [value for value in values if value]

    @cached_property
    def notations(self) -> frozenset[str]:
        """Lines and values in one spelling."""
        return frozenset(map(notation, (*self.text.splitlines(), *self.values)))

    def __str__(self) -> str:
        text = " ".join(self.text.split())
        return text if len(text) <= 60 else text[:57] + "..."


def _values(line: str) -> Iterator[str]:
    """What stands behind the labels: the pieces of a line between commas, cut at ``:``, ``=`` and 是."""
    for piece in _PIECE.split(line):
        values = _cut(piece, _LABEL)
        behind = [value for value in values[1:] if re.search(r"\d", value)]
        yield from behind or values[:1]


def _cut(text: str, label_end: re.Pattern[str]) -> list[str]:
    """The parts of a text before, between and behind the ends of its labels."""
    ends = [found.span() for found in label_end.finditer(text) if not found["ratio"]]
    starts = [0, *(end for _, end in ends)]
    return [text[start:end].strip() for start, end in zip(starts, [*(start for start, _ in ends), None], strict=True)]


def _nested(text: str, levels: int = LEVELS) -> Iterator[str]:
    """What a printed list, tuple or set holds, and what its elements hold."""
    for element in elements(text) if levels else ():
        yield element
        yield from _nested(element, levels - 1)


@dataclass(frozen=True)
class _Judge:
    """Judges boxes against an output; ``rounded`` where the conclusion says that it rounds."""

    output: _Output
    question: str
    rounded: bool

    def box(self, box: str) -> Support:
        option = chosen_option(box, self.question)
        if option is None:
            return self._value(box)
        support = Support("unsupported", reason=f"option {option.letter} is not found in the question")
        if option.text is not None:
            support = self._value(option.text)
        chosen = support.outcome != "supported" and self._shown(option.letter)  # by the program
        return Support("supported") if chosen else support

    def _value(self, box: str, levels: int = LEVELS) -> Support:
        number = read_quantity(box)
        inexact = self._matches(number) if number else None
        if inexact is not None or self._shown(box):
            return Support("supported", bool(inexact))
        parts = elements(box, conjunctions=True) if levels and not number else []
        judged = [self._value(part, levels - 1) for part in parts] if len(parts) > 1 else []
        if judged and all(support.outcome == "supported" for support in judged):
            return _all_of(judged)
        outcome: Outcome = "contradicts_output" if number and self.output.quantities else "unsupported"
        return Support(outcome, reason=f"boxed {box}, printed {self.output}")

    def _matches(self, number: Quantity) -> bool | None:
        """Whether the first printed number that is the boxed one is so inexactly; None where there is none."""
        matches = (self._match(number, printed) for printed in self.output.quantities)
        return next((match for match in matches if match is not None), None)

    def _match(self, number: Quantity, printed: Quantity) -> bool | None:
        """Whether a printed number matches a boxed one inexactly; None where it is another number."""
        ulp = self._rounded_to(number)
        for value in _stood_for(printed, number):
            difference = abs(number.value - value)
            if _is_noise(difference, value, number.value):
                return number.ulp is not None and number.ulp <= RAW
            if ulp is not None and difference <= ulp / 2 + NOISE:
                return True
        return None

    def _rounded_to(self, number: Quantity) -> Fraction | None:
        """The place to which a number may be rounded: a whole number only where the text says that it is."""
        if number.ulp is None and self.rounded and number.value.denominator == 1:
            return Fraction(1)
        return number.ulp

    def _shown(self, box: str) -> bool:
        """Whether the box states, in whatever form, a line or value of the output."""
        if notation(box) in self.output.notations:
            return True
        values = self.output.values
        if is_equation(box):  # x^2 + y^2 = 25 is not shown by a printed 25
            values = [value for value in values if is_equation(value)]
        return any(
            # in a box, so that all of it is the answer
            verify_answer(gold, rf"\boxed{{{stated}}}", question=self.question).correct
            for value in values[:COMPARED]
            for gold, stated in ((value, box), (box, value))
        )


def _is_noise(difference: Fraction, printed: Fraction, boxed: Fraction) -> bool:
    """Whether a float printed this far from the boxed value is that value; 0 is not 1e-9."""
    return difference <= max(Fraction(1), abs(printed)) * NOISE and (not boxed or difference < abs(boxed))


def _stood_for(printed: Quantity, number: Quantity) -> Iterator[Fraction]:
    """What a printed number is in the terms of the boxed one: itself, 37.5 of 0.375 for a percentage, ..."""
    yield printed.value
    if number.scale != 1:
        yield printed.value / number.scale
    if number.percent and not printed.percent:
        yield printed.value * 100
    if printed.percent and not number.percent:
        yield printed.value / 100
