"""The steps of curation in their order, over rows that come one at a time.

Read once: each row is placed among the questions seen, then judged by itself (quality, benchmarks, repetition); what
is left lies on disk, with an ``Entry`` in memory. Then the choices that need all rows: pass rates, solutions, shares,
the split. Memory grows with the number of rows and of different questions, not with the length of solutions.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Self

from ...spool import Spool
from . import selection
from .decontamination import Decontaminator, blind_spot
from .duplicates import Place, Questions, hash_of, solution_of
from .quality import CHECKS, Bounds, first_flaw, length
from .rows import Row
from .selection import Chosen, Entry, answer_class, length_bucket
from .undecided import Case, Opinion, cases_of, decided
from .wording import normal_form

__all__ = ["Curation", "Options", "Victim"]

EXCERPT = 300  # characters of a question in a victim
OUTCOMES = ("correct", "unverifiable", "incorrect")
FAMILY_FIELDS = ("family", "original_question", "source_id")


@dataclass(frozen=True)
class Options:
    """What is filtered and how much is kept; see ``scripts/curate.py --help``."""

    checks: Sequence[str] = tuple(CHECKS)
    bounds: Bounds = Bounds()
    verdicts: Sequence[str] | None = None
    near: float = 0.7
    solutions: int | None = None
    by_difficulty: bool = False
    max_pass_rate: float | None = None
    least_samples: int = 2
    variants: int | None = None
    caps: Mapping[str, float] = field(default_factory=dict)
    weights: Sequence[float] | None = None
    balance: Mapping[str, float] = field(default_factory=dict)
    validation: float = 0.0
    seed: int = 0


@dataclass(frozen=True)
class Victim:
    """A row that is left out: by which filter, why, and what to look at beside it.

    ``kin`` is the id of the row or benchmark item that it is held to repeat, ``kin_question`` its question.
    """

    id: str
    filter: str
    reason: str
    detail: str
    question: str
    kin: str | None = None
    kin_question: str | None = None
    score: float | None = None

    @classmethod
    def from_dict(cls, row: Mapping[str, Any]) -> Self:
        """A victim from its row.

        Raises:
            KeyError, TypeError: it is none.
        """
        known = {entry.name: row[entry.name] for entry in fields(cls) if entry.name in row}
        victim = cls(**known)
        for name, value in known.items():
            wanted = int | float | None if name == "score" else str | None if name.startswith("kin") else str
            if not isinstance(value, wanted):
                raise TypeError(f"{name} is {repr(value)[:40]}")
        return victim


class Curation:
    """Feed rows to ``take``, then ask ``finish`` which stay; ``victims`` gets each row that does not.

    Where a judge is ``asked``, ``cases`` are what the filters could not decide; ``settle`` takes opinions on them
    before ``finish``.
    """

    def __init__(
        self,
        options: Options,
        rows: Spool,
        texts: Spool,
        victims: Callable[[Victim], object],
        benchmarks: Decontaminator | None = None,
        *,
        asked: bool = False,
    ) -> None:
        self.options, self._rows, self._victims, self.benchmarks = options, rows, victims, benchmarks
        self.questions = Questions(texts, options.near)
        self.entries: list[Entry] = []
        self.cases: list[Case] = []
        self._asked = asked
        self.read: Counter[int] = Counter()
        self.dropped: Counter[tuple[str, str]] = Counter()
        self.unjudged: Counter[str] = Counter()
        self.rates: dict[int, tuple[int, int]] = {}

    def take(self, row: Row) -> None:
        """Judge one row, and put it aside where nothing speaks against it."""
        self.read[row.part] += 1
        place = self.questions.place(row)
        self._count_sample(row, place)
        victim = self._flaw(row) or self._contamination(row)
        solution = solution_of(row.trajectory) if row.trajectory and not victim else ""
        victim = victim or self._repetition(row, place, solution)
        if victim is not None:
            self._drop(victim)
            return
        number = self._rows.append(row.raw)
        self.entries.append(entry_of(row, place, number, solution))
        if self._asked:
            self.cases += cases_of(row, number, self.benchmarks)

    def _count_sample(self, row: Row, place: Place) -> None:
        if row.trajectory is not None and row.trajectory.verdict is not None:
            right, samples = self.rates.get(place.group, (0, 0))
            self.rates[place.group] = right + row.trajectory.verdict.correct, samples + 1

    def _drop(self, victim: Victim) -> None:
        self.dropped[victim.filter, victim.reason] += 1
        self._victims(victim)

    def _flaw(self, row: Row) -> Victim | None:
        trajectory = row.trajectory
        if not row.problem.question.strip():
            return _victim(row, "quality", "empty_question", "the question is empty")
        if trajectory is None:
            return None
        wanted = self.options.verdicts
        outcome = trajectory.verdict.outcome if trajectory.verdict else "none"
        if wanted is not None and outcome not in wanted:
            reason = trajectory.verdict.reason if trajectory.verdict else "not verified"
            return _victim(row, "verdict", f"verdict_{outcome}", reason)
        found = first_flaw(trajectory, self.options.checks, self.options.bounds)
        return None if found is None else _victim(row, "quality", *found)

    def _contamination(self, row: Row) -> Victim | None:
        if self.benchmarks is None:
            return None
        question = row.problem.question
        match = self.benchmarks.match(question, row.answer)
        if match is None:
            self._count_unjudged(question, row.answer)
            return None
        return Victim(
            row.id, "decontamination", match.detector, match.evidence, question[:EXCERPT],
            match.item.id, match.item.question[:EXCERPT], round(match.score, 3),
        )  # fmt: skip

    def _count_unjudged(self, question: str, answer: str | None) -> None:
        blind = blind_spot(question, answer)
        if blind is not None:
            self.unjudged[blind] += 1

    def settle(self, opinions: Iterable[Opinion]) -> None:
        """Leave out the rows that a judge speaks against; what is undecided stays what it was."""
        against = {number: one for number, one in decided(opinions).items() if one.against}
        for number, opinion in against.items():
            row, item = self._rows[number], opinion.case.item
            question = str((row.get("problem") or row)["question"])[:EXCERPT]
            kin = (item.id, item.question[:EXCERPT]) if item else (None, None)
            self._drop(Victim(str(row["id"]), "judge", f"{opinion.case.about}_{opinion.verdict}", opinion.reason,
                              question, *kin))  # fmt: skip
        self.entries = [entry for entry in self.entries if entry.number not in against]

    def row(self, number: int) -> dict[str, Any]:
        """A row that was kept, by its number."""
        return self._rows[number]

    def _repetition(self, row: Row, place: Place, solution: str) -> Victim | None:
        found = self.questions.repeated(row, place, len(self._rows), solution)
        if found is None:
            return None
        first = self._rows[found.first]
        kin = first.get("problem") or first
        return Victim(
            row.id, "duplicates", found.reason, found.detail, row.problem.question[:EXCERPT],
            str(first["id"]), str(kin["question"])[:EXCERPT], place.similarity or 1.0,
        )  # fmt: skip

    def finish(self) -> tuple[list[Entry], list[Entry]]:
        """The entries for training and for validation, in the order of the input."""
        for chosen in self._choices():
            self._settle(chosen)
        if not self.options.validation:
            return self.entries, []
        return selection.split(self.entries, self.options.validation, self.questions.families, self.options.seed)

    def _choices(self) -> Iterator[Chosen]:
        """One choice after the other, each among what the one before left."""
        options = self.options
        if options.max_pass_rate is not None:
            yield selection.too_easy(self.entries, self.rates, options.max_pass_rate, options.least_samples)
        yield selection.best_solutions(self.entries, options.solutions, self.rates, options.by_difficulty)
        if options.variants is not None:
            yield selection.limit_variants(self.entries, options.variants, self.questions.families)
        if options.weights is not None:
            yield selection.mix(self.entries, options.weights, options.seed)
        for key, ratio in options.balance.items():
            yield selection.balance(self.entries, key, ratio, options.seed)
        if options.caps:
            yield selection.cap_kinds(self.entries, options.caps, options.seed)
        yield selection.chains(self.entries)

    def _settle(self, chosen: Chosen) -> None:
        self.entries = chosen.kept
        for entry, reason, detail in chosen.left:
            raw = self._rows[entry.number]
            question = str((raw.get("problem") or raw)["question"])[:EXCERPT]
            self._drop(Victim(entry.id, "selection", reason, detail, question))

    def rows(self, entries: Iterable[Entry]) -> Iterator[Mapping[str, Any]]:
        """The rows of entries, as they were read."""
        return (self._rows[entry.number] for entry in entries)


def _victim(row: Row, filter: str, reason: str, detail: str) -> Victim:
    return Victim(row.id, filter, reason, detail, row.problem.question[:EXCERPT])


def entry_of(row: Row, place: Place, number: int, solution: str) -> Entry:
    problem, trajectory = row.problem, row.trajectory
    size = length(trajectory) if trajectory else len(problem.question)
    outcome = trajectory.verdict.outcome if trajectory and trajectory.verdict else None
    rank = OUTCOMES.index(outcome) if outcome in OUTCOMES else len(OUTCOMES)
    program = hash_of(solution) if trajectory else 0
    keys = {
        "subject": problem.subject, "level": problem.level, "lang": problem.lang, "source": problem.source,
        "length": length_bucket(size), "kind": answer_class(problem),
    }  # fmt: skip
    return Entry(
        number, row.id, row.part, place.group, place.family, program,
        (rank, len(trajectory.steps) if trajectory else 0, size),
        tuple(sys.intern(str(keys[key])) for key in selection.BALANCED),
        tuple(_kin(row)), hash_of(f"{problem.source}\n{problem.id}"),
        hash_of(f"{problem.source}\n{row.follows}") if row.follows else 0, outcome,
    )  # fmt: skip


def _kin(row: Row) -> Iterator[int]:
    """What a row says of its family: fields of other datasets, and what stands before the slash of a generated id."""
    stem, slash, _ = row.problem.id.partition("/")
    if slash and ":" in stem:
        yield hash_of(f"id\n{row.problem.source}\n{stem}")
    for name in FAMILY_FIELDS:
        value = row.field(name)
        if value is not None:
            yield hash_of(f"question\n{normal_form(value)}" if name == "original_question" else f"{name}\n{value}")
    yield hash_of(f"question\n{normal_form(row.problem.question)}")
