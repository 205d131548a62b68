r"""What a solution states as its answer, and which answers have a vote.

    \boxed{512}                     boxed
    The answer is 512.              firm: it reads as a value
    The answer is Saturday.         loose: words, or letters that could be one ("hmm", "I", "correct")

A solution that was cut off states only what is in a whole box: a box is a commitment, also where the model went on
behind it until its tokens ran out, and "The answer is 5" may have become 512. Loose answers count as all others as
long as nobody boxes anything; beside a box they can only join an answer that is boxed or reads as a value.

Not guaranteed: that the box of a solution that was cut off was the last one that it would have had.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ..answers import AnswerClass, box_contents, extract_answer, last_box_start
from ..answers.reading.answer import read_mathematics
from ..answers.values.numeric import free_letters
from ..answers.values.tree import Truth, Value

__all__ = ["Stated", "eligible", "is_whole", "may_fall", "stated"]

_OPTION = re.compile("[A-H]")
_LETTERS = re.compile("[A-Za-z]+")


@dataclass(frozen=True)
class Stated:
    """An answer as it stands in a conclusion."""

    answer: str
    boxed: bool

    @cached_property
    def firm(self) -> bool:
        """Whether it is in a box, or reads as a value where it stands in prose."""
        return self.boxed or _is_value(self.answer)


def is_whole(finish_reason: str | None) -> bool:
    """Whether a solution came to its end; an endpoint that says nothing is believed."""
    return finish_reason in ("stop", None)


def stated(conclusion: str, finish_reason: str | None) -> Stated | None:
    """The answer that a conclusion states."""
    boxes = box_contents(conclusion)
    if not is_whole(finish_reason) and not (boxes and _last_box_is_whole(conclusion)):
        return None
    answer = extract_answer(conclusion)
    return None if answer is None else Stated(answer, bool(boxes))


def eligible(classes: Sequence[AnswerClass], answers: Sequence[Stated | None]) -> list[AnswerClass]:
    """The classes of ``answers`` that may win: where anything is boxed, those in which one is firm."""
    if not _anything_boxed(answers):
        return list(classes)
    return [one for one in classes if _has_firm(one, answers)]


def may_fall(classes: Sequence[AnswerClass], answers: Sequence[Stated | None]) -> bool:
    """Whether the first class is one of ``answers``, and could lose all its votes to a box that is still to come."""
    if not classes or _anything_boxed(answers) or _has_firm(classes[0], answers):
        return False
    return any(answers[member] is not None for member in classes[0].members)


def _anything_boxed(answers: Sequence[Stated | None]) -> bool:
    return any(one is not None and one.boxed for one in answers)


def _has_firm(answer: AnswerClass, answers: Sequence[Stated | None]) -> bool:
    members = (answers[member] for member in answer.members)
    return any(one is not None and one.firm for one in members)


def _last_box_is_whole(text: str) -> bool:
    return bool(box_contents(text[last_box_start(text) :]))


def _is_value(answer: str) -> bool:
    """Whether a text reads as mathematics; a word reads as a product of its letters, and a truth is said of much."""
    read = read_mathematics(answer)
    if read is None or isinstance(read, Truth):
        return False
    word = isinstance(read, Value) and _LETTERS.fullmatch(answer) and (len(answer) == 1 or free_letters(read.expr))
    return not word or _OPTION.fullmatch(answer) is not None
