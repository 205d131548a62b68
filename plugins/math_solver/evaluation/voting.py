"""Majority voting over samples: what has won, and whether further samples could change it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..answers import AnswerClass, box_contents, is_settled, majority
from ..solving.stating import Stated, eligible, may_fall
from .records import Attempt

__all__ = ["classes_of", "grouped", "samples_needed", "stated_by", "still_needed"]


def classes_of(samples: Sequence[Attempt]) -> list[AnswerClass]:
    """Those of the groups of answers that may win."""
    return eligible(grouped(samples), stated_by(samples))


def grouped(samples: Sequence[Attempt]) -> list[AnswerClass]:
    """The answers of one problem's samples, grouped by the verifier; members are indices into ``samples``."""
    if not samples:
        return []
    problem = samples[0].problem
    predicted = [sample.predicted for sample in samples]
    return majority(predicted, question=problem.question, kind=problem.answer_kind)


def samples_needed(samples: Sequence[Attempt], left: int) -> int:
    """The least number of further samples that can settle the vote of these (``still_needed``)."""
    classes, answers = grouped(samples), stated_by(samples)
    may_win = eligible(classes, answers)
    if may_fall(may_win, answers):
        return min(1, left)
    # A box that is still to come may say what words alone cannot win with.
    return still_needed([*may_win, *(one for one in classes if one not in may_win)], left)


def still_needed(classes: Sequence[AnswerClass], left: int) -> int:
    """The least number of further answers that can settle the vote when ``left`` may still come; 0: it is settled.

    Asking for that many at a time never asks for one in vain.
    """
    return next((extra for extra in range(left + 1) if _settled(classes, extra, left - extra)), left)


def _settled(classes: Sequence[AnswerClass], extra: int, left: int) -> bool:
    """Whether nothing can overtake the leader once it got ``extra`` more votes; ties go to the earlier answer."""
    if not classes:
        return extra >= left
    last = max(max(each.members) for each in classes)
    waiting = range(last + 1, last + 1 + extra + left)
    leader = replace(classes[0], members=(*classes[0].members, *waiting[:extra]))
    return is_settled([leader, *classes[1:]], waiting[extra:])


def stated_by(samples: Sequence[Attempt]) -> list[Stated | None]:
    """What each sample states; the box is looked for where its answer was."""
    return [
        None if sample.predicted is None else Stated(sample.predicted, bool(box_contents(sample.stated)))
        for sample in samples
    ]
