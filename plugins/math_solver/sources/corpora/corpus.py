"""What a corpus is: a form whose rows are recognised, licensed and, where they hold code, read as solutions."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ...records import AnswerFrom
from ..form import Form, nothing
from ..readers import Reader, Row
from ..refusals import Refused
from ..solutions import Solution

__all__ = ["Corpus", "always_held_out", "named", "never_held_out", "no_answer", "no_look", "no_picture", "not_named"]

HeldOut = Callable[[Row, Path], bool]


def never_held_out(row: Row, path: Path) -> bool:
    return False


def always_held_out(row: Row, path: Path) -> bool:
    return True


def named(*words: str) -> HeldOut:
    """Whether a file's name has one of some words, as in ``data/test-00000-of-00001.parquet``."""
    return lambda row, path: not _words(path).isdisjoint(words)


def not_named(*words: str) -> HeldOut:
    return lambda row, path: _words(path).isdisjoint(words)


def _words(path: Path) -> set[str]:
    return {word for word in re.split(r"[^a-z]+", path.name.lower()) if word}


def no_picture(row: Row) -> bool:
    return False


def no_answer(row: Row) -> None:
    """The answer of a form that has none."""
    raise Refused("no_answer", "its rows hold no answer")


def no_look(row: Row) -> bool:
    """Whether a row looks like this form beyond its columns: any does."""
    return True


@dataclass(frozen=True, kw_only=True)
class Corpus(Form):
    """A form with what training needs to know of it.

    Attributes:
        columns: those that a row of this form has, by which it is recognised.
        looks: what else it looks like, where other forms have the same columns.
        licence: an SPDX identifier, or what reads one from a row; None where nobody states one.
        held_out: whether a row is a benchmark's and must not be trained on; by the row and its file.
        solution: what reads the solution with code of a row; None where its rows hold none.
        in_words: the solution of a row without programs, its answer in a box; None where its rows hold none.
        claim: the text that states the answer, where no column does; reading it needs the room ``answers``.
        answer_from: whether the answers are gold.
        part: the collection of the corpus that a row comes from.
        family: a text that rows have in common which are one problem in several wordings.
        pictured: whether a row names a picture.
        check: what else must hold of a row.
        general: whether the form is anybody's, so that a file is of it only where no other fits.
    """

    columns: frozenset[str]
    looks: Callable[[Row], bool] = no_look
    licence: str | None | Reader = None
    held_out: HeldOut = never_held_out
    solution: Callable[[Row], Solution] | None = None
    in_words: Reader | None = None
    claim: Reader | None = None
    answer_from: AnswerFrom | Callable[[Row], AnswerFrom] = "gold"
    part: Reader = nothing
    family: Reader = nothing
    pictured: Callable[[Row], bool] = no_picture
    check: Callable[[Row], None] = nothing
    general: bool = False

    @property
    def kinds(self) -> str:
        """What its rows give."""
        return "problems, trajectories" if self.solution else "problems"

    @property
    def described(self) -> str:
        """What its rows have, for a row that has something else."""
        return ", ".join(sorted(self.columns)) or self.title

    def fits(self, row: Row) -> bool:
        """Whether a row has this form."""
        if not self.columns <= row.keys():
            return False
        try:
            return self.looks(row)
        except (KeyError, TypeError, AttributeError, IndexError, ValueError, RecursionError, StopIteration, Refused):
            return False

    def licence_of(self, row: Row) -> str | None:
        return self.licence(row) if callable(self.licence) else self.licence

    def answer_from_of(self, row: Row) -> AnswerFrom:
        return self.answer_from(row) if callable(self.answer_from) else self.answer_from
