"""From the rows of files or of the hub to problems and trajectories; every row is kept or refused by a reason.

The way of a row::

    read         files, hub            a row, or why there is none (``broken_row``)
    recognised   corpora.recognise     which corpus its file is
    let through  licences, held_out    a licence that passes, no row of a benchmark
    made         here                  a Problem, or a Trajectory with the outputs that the source stored
    refused      refusals              a Drop with its reason, and the file and the number of the row

Nothing is executed and nothing verified here. Memory is bounded: rows come and go one at a time.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path
from typing import TypeVar

from ..disk import storable
from ..mathematics.boxes import boxed_answers
from ..records import Drop, Problem, RecordError, Trajectory, Verdict
from .corpora import CORPORA, TRANSCRIPTS, Corpus, find, recognise
from .files import Broken, Row, find_files, read_file
from .given import check_question, given
from .hub import hub_rows
from .language import language_of
from .licences import Gate
from .refusals import Refused

__all__ = ["Part", "Reading", "Stated"]

T = TypeVar("T", Problem, Trajectory)
Stated = Callable[[str], str | None]

_PROGRAMS = ("```python", "<llm-code>", "[asy]")
_LOOKED_AT = 20  # rows of a file, to see what it is
_NOT_OF_FORM = (KeyError, TypeError, AttributeError, IndexError, ValueError, StopIteration, RecursionError)


@dataclass(frozen=True)
class Part:
    """A file, or a split of a repository: its rows, what they are of, and what their ids begin with."""

    name: str
    corpus: Corpus | None
    path: Path
    prefix: str
    rows: Iterable[Row | Broken]


@dataclass(frozen=True)
class Reading:
    """What is read, and what of it is taken.

    Attributes:
        inputs: files and folders; without any, the hub.
        source: the name of a corpus; without one, each file is recognised by its rows.
        custom: a corpus of the user's own, by columns, in place of ``source``.
        gate: the licences that pass.
        allow_benchmarks: take rows of test sets too.
        stated: finds the answer that a text states; the last box without the room ``answers``.
    """

    inputs: Sequence[Path] = ()
    source: str | None = None
    custom: Corpus | None = None
    gate: Gate = Gate()
    allow_benchmarks: bool = False
    stated: Stated = boxed_answers

    def problems(self) -> Iterator[tuple[str, Problem | Drop]]:
        """The problems of all rows, each with the name of its corpus.

        Raises:
            RecordError: a file is missing, or is not what ``source`` says, or could be several corpora.
        """
        return self._read(self._problem)

    def trajectories(self) -> Iterator[tuple[str, Trajectory | Drop]]:
        """The solutions with code of all rows, each with the name of its corpus.

        A row's answer comes along where a column gives it. One that only the solution itself claims does not: it would
        confirm itself.

        Raises:
            RecordError: as ``problems``; or the source has no solutions with code.
        """
        if self.custom and self.custom.solution is None:
            raise RecordError("--columns: no column holds solutions; add solution=COLUMN")
        if self.source and find(self.source).solution is None:
            raise RecordError(
                f"{self.source}: holds problems, not solutions with code; scripts/fetch_problems.py reads it"
            )
        return self._read(self._trajectory)

    def solutions_in_words(self) -> Iterator[tuple[str, Trajectory | Drop]]:
        """The solutions without programs of all rows, each with the name of its corpus; they have no steps.

        The answer is read from the solution, which cannot confirm itself: where people wrote it, it is correct by
        definition, and where a model did, there is no gold answer and the verdict is unverifiable.

        Raises:
            RecordError: as ``problems``.
        """
        return self._read(self._in_words)

    def is_transcripts(self) -> bool:
        """Whether all of it is old transcripts as ``transcripts.read_drafts`` reads them, and no gate is in the way.

        Raises:
            RecordError: as ``problems``.
        """
        if self.custom or self.gate.allowed is not None or self.source not in (None, TRANSCRIPTS) or not self.inputs:
            return False
        return all(part.name == TRANSCRIPTS and part.path.suffix == ".json" for part in self.parts())

    def parts(self) -> Iterator[Part]:
        """The files with their corpora, or the split of the hub."""
        named = self.custom or (find(self.source) if self.source else None)
        name = "columns" if self.custom else self.source
        if not self.inputs:
            yield self._from_hub(name, named)
            return
        files = find_files(self.inputs)
        prefixes = _prefixes(files)
        for path in files:
            rows = read_file(path)
            first = list(islice(rows, _LOOKED_AT))
            good = [row for row in first if not isinstance(row, Broken)]
            whole = chain(first, rows)
            if named is not None and name is not None:
                _check(path, name, named, good)
                yield Part(name, named, path, prefixes[path], whole)
            else:
                found = self._recognised(path, good)
                yield Part(found or path.name, CORPORA[found] if found else None, path, prefixes[path], whole)

    def _from_hub(self, name: str | None, corpus: Corpus | None) -> Part:
        if corpus is None or name is None:
            raise RecordError("name files with --input, or a corpus of the hub with --source; --list prints them")
        if corpus.hub is None:
            raise RecordError(f"{name}: is on no hub that we know of; name its files with --input")
        rows = hub_rows(corpus.hub, f"{name}: {corpus.hub.repository}", streamed=True, remedy="--input")
        return Part(name, corpus, Path(f"{corpus.hub.split}.jsonl"), corpus.hub.split, rows)

    def _recognised(self, path: Path, rows: Sequence[Row]) -> str | None:
        """The corpus of a file; None for one of a folder that is of none, whose rows are then all refused."""
        found = recognise(rows) if rows else []
        if len(found) == 1:
            return found[0]
        if not found and path not in self.inputs:
            return None
        if not rows:
            raise RecordError(f"{path}: holds no row that can be read")
        columns = ", ".join(map(str, list(rows[0])[:12]))
        why = (
            f"could be {' or '.join(found)}; say which with --source"
            if found
            else ("no source fits; name its columns with --columns question=... answer=..., or its form with --source")
        )
        raise RecordError(f"{path}: {why} (its columns are {columns})")

    def _read(self, make: Callable[[Corpus, str, str, Row, Path], T]) -> Iterator[tuple[str, T | Drop]]:
        for part in self.parts():
            for number, row in enumerate(part.rows, 1):
                yield part.name, self._one(make, part, number, row)

    def _one(
        self, make: Callable[[Corpus, str, str, Row, Path], T], part: Part, number: int, row: Row | Broken
    ) -> T | Drop:
        own = f"{part.prefix}:{number}"
        try:
            if isinstance(row, Broken):
                raise Refused("broken_row", row.why)
            if part.corpus is None:
                raise Refused("no_source", f"columns {', '.join(map(str, list(row)[:12]))}")
            return make(part.corpus, part.name, own, row, part.path)
        except Refused as refused:
            where = storable(f"{part.path}, row {number}: {refused}")
            return Drop(storable(f"{part.name}:{own}"), refused.reason, where)

    def _problem(self, corpus: Corpus, name: str, own: str, row: Row, path: Path) -> Problem:
        return self._told(corpus, name, own, row, path, lambda: self._answer(corpus, row))

    def _trajectory(self, corpus: Corpus, name: str, own: str, row: Row, path: Path) -> Trajectory:
        problem = self._told(corpus, name, own, row, path, lambda: self._gold(corpus, row))
        if corpus.solution is None:
            raise Refused("no_code", f"{name} holds problems, not solutions with code")
        try:
            solution = corpus.solution(row)
        except _NOT_OF_FORM as error:
            raise Refused("other_form", _why(error)) from error
        predicted = self.stated(solution.conclusion) if solution.conclusion else None
        return Trajectory(problem.id, problem, solution.steps, solution.conclusion, predicted, meta=solution.meta)

    def _in_words(self, corpus: Corpus, name: str, own: str, row: Row, path: Path) -> Trajectory:
        problem = self._problem(corpus, name, own, row, path)
        if corpus.in_words is None:
            raise Refused("other_form", f"{name} holds no solutions in words")
        try:
            said = (corpus.in_words(row) or "").strip()
        except _NOT_OF_FORM as error:
            raise Refused("other_form", _why(error)) from error
        if any(mark in said for mark in _PROGRAMS):
            raise Refused("code_in_text", "a program stands in the solution")
        predicted = boxed_answers(said)
        if predicted is None:
            raise Refused("no_box", f"ends with {said[-40:]!r}")
        verdict = Verdict("correct", "the solution that the gold answer was read from")
        if problem.answer_from != "gold":
            problem = replace(problem, answer=None, answer_from="gold")
            verdict = Verdict("unverifiable", "a model's solution, and no other answer")
        return Trajectory(problem.id, problem, (), said, predicted, verdict)

    def _told(
        self, corpus: Corpus, name: str, own: str, row: Row, path: Path, answer: Callable[[], str | None]
    ) -> Problem:
        """The problem of a row, once it may be taken."""
        if not corpus.columns <= row.keys():
            raise Refused("other_form", f"lacks {', '.join(sorted(corpus.columns - row.keys()))}")
        try:
            if corpus.held_out(row, path) and not self.allow_benchmarks:
                raise Refused("benchmark", "its problem is of a test set; --allow-benchmarks takes it")
            licence = corpus.licence_of(row)
            self.gate.check(licence)
            corpus.check(row)
            question = corpus.question(row) or ""
            check_question(question, pictured=corpus.pictured(row))
            gold = answer()
            problem = Problem(
                id=_identifier(name, own, corpus.family(row)),
                source=name,
                question=question,
                answer=gold,
                answer_kind=corpus.kind(row),
                level=corpus.level(row),
                subject=corpus.subject(row),
                lang=language_of(question),
                answer_from="gold" if gold is None else corpus.answer_from_of(row),
                licence=licence,
            )
            return replace(problem, source=f"{name}/{part}") if (part := corpus.part(row)) else problem
        except _NOT_OF_FORM as error:
            raise Refused("other_form", _why(error)) from error

    def _gold(self, corpus: Corpus, row: Row) -> str | None:
        """The answer that a solution can be checked against: none that only a solution claims."""
        return None if corpus.answer_from_of(row) == "model" else self._answer(corpus, row)

    def _answer(self, corpus: Corpus, row: Row) -> str:
        if corpus.claim is None:
            return given(corpus.answer(row))
        claim = corpus.claim(row)
        return given(self.stated(claim) if claim else None)


def _why(error: Exception) -> str:
    text = str(error)[:100]
    return f"it has no {text}" if isinstance(error, KeyError) else f"{type(error).__name__}: {text}"


def _identifier(name: str, own: str, family: str | None) -> str:
    """The id of a problem; what stands before a slash is shared by all of one family."""
    if family is None:
        return f"{name}:{own}"
    return f"{name}:{hashlib.sha256(family.encode()).hexdigest()[:12]}/{own}"


def _check(path: Path, name: str, corpus: Corpus, rows: Sequence[Row]) -> None:
    """See that a file is of the corpus that it is said to be.

    Raises:
        RecordError: none of its rows is; the message says what they could be.
    """
    if not rows or any(map(corpus.fits, rows)):
        return
    could = [other for other in recognise(rows) if other != name]
    hint = f"; it could be {' or '.join(could)}" if could else ""
    columns = ", ".join(map(str, list(rows[0])[:12]))
    raise RecordError(
        f"{path}: is not of {name}, whose rows have {corpus.described} (its columns are {columns}){hint}"
    )


def _prefixes(files: Sequence[Path]) -> dict[Path, str]:
    """A name for each file that is short, does not change with the others' order, and is its own."""
    stems = [_stem(path) for path in files]
    counts = Counter(stems)
    taken: dict[str, Path] = {}
    prefixes: dict[Path, str] = {}
    for path, stem in zip(files, stems, strict=True):
        prefix = stem if counts[stem] == 1 else storable(f"{path.parent.name}-{path.name.replace('.', '-')}")
        if prefix in taken:
            raise RecordError(f"{path}: rows of {taken[prefix]} would have the same ids; rename one file")
        taken[prefix] = path
        prefixes[path] = prefix
    return prefixes


def _stem(path: Path) -> str:
    name = storable(path.name)  # it will stand in the ids of rows
    return name.removesuffix(".gz").rpartition(".")[0] or name
