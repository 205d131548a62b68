"""The corpora by name, and which of them a file could be.

Adding one is an entry of a table, beside the rows that look like it.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..naming import find_named
from ..readers import Row
from .competition import COMPETITION
from .conversations import CONVERSATIONS, TRANSCRIPTS
from .corpus import Corpus
from .exams import EXAMS
from .with_code import WITH_CODE
from .word_problems import WORD_PROBLEMS

__all__ = ["CORPORA", "TRANSCRIPTS", "Corpus", "find", "recognise"]

CORPORA: dict[str, Corpus] = {**WORD_PROBLEMS, **COMPETITION, **EXAMS, **WITH_CODE, **CONVERSATIONS}


def find(name: str) -> Corpus:
    """The corpus of a name.

    Raises:
        RecordError: there is none; the message names those that are spelt like it.
    """
    return find_named(name, CORPORA, "source", "--list prints all of them")


def recognise(rows: Sequence[Row]) -> list[str]:
    """The corpora that most of some rows could be of.

    Not those of which another has all the columns and more, nor a general form where a corpus fits.
    """
    fits = {name: corpus for name, corpus in CORPORA.items() if 2 * sum(map(corpus.fits, rows)) > len(rows)}
    if not all(corpus.general for corpus in fits.values()):
        fits = {name: corpus for name, corpus in fits.items() if not corpus.general}
    return [
        name
        for name, corpus in fits.items()
        if not any(corpus.columns < other.columns for other in fits.values() if other is not corpus)
    ]
