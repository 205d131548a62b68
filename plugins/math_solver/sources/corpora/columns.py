"""A corpus of the user's own: which columns hold the parts of a problem.

--columns question=problem answer=expected_answer
--columns question=messages.0.content solution=messages.1.content
--columns question=prompt.0.content answer=reward_model.ground_truth
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ...records import AnswerFrom, RecordError, answer_kind
from ..form import nothing
from ..readers import at, text
from ..refusals import Refused
from ..solutions import Solution
from ..solutions.texts import read_bare, read_text
from .corpus import Corpus, no_answer

__all__ = ["PARTS", "by_columns"]

PARTS = ("question", "answer", "solution", "level", "subject", "kind", "family")
_PROGRAM = re.compile(r"^(?:import |from \w+ import |def |print\(|[A-Za-z_]\w* ?= ?)", re.MULTILINE)


def by_columns(pairs: Iterable[str], licence: str | None = None, answer_from: AnswerFrom = "gold") -> Corpus:
    """The corpus whose problems have their parts in some columns, each given as ``part=column``.

    A column may be a path such as ``messages.1.content`` or ``messages.-1.content``.

    Raises:
        RecordError: a pair is none, names no part of a problem, or the question is missing.
    """
    paths: dict[str, str] = {}
    for pair in pairs:
        part, equals, path = pair.partition("=")
        if not (equals and path) or part not in PARTS or part in paths:
            raise RecordError(f"--columns {pair}: give PART=COLUMN once for each part; parts are {', '.join(PARTS)}")
        paths[part] = path
    if "question" not in paths:
        raise RecordError("--columns: the question is missing; add question=COLUMN")
    solution = paths.get("solution")
    return Corpus(
        title=", ".join(f"{part}={path}" for part, path in paths.items()),
        hub=None,
        question=text(paths["question"]),
        answer=text(paths["answer"]) if "answer" in paths else no_answer,
        subject=text(paths["subject"]) if "subject" in paths else nothing,
        level=text(paths["level"]) if "level" in paths else nothing,
        kind=lambda row: answer_kind(at(row, paths["kind"])) if "kind" in paths else None,
        family=text(paths["family"]) if "family" in paths else nothing,
        columns=frozenset(),
        looks=lambda row: all(at(row, path) is not None for path in paths.values()),
        licence=licence,
        answer_from=answer_from if "answer" in paths else "model",
        solution=None if solution is None else lambda row: _solution(text(solution)(row)),
    )


def _solution(written: str | None) -> Solution:
    """A text with programs, or one that is a program."""
    if not written:
        raise Refused("no_code", "the solution is empty")
    if "```" not in written and "<llm-code>" not in written and _PROGRAM.search(written):
        return read_bare(written)
    return read_text(written)
