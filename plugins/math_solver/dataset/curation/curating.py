"""The steps of curation in their order, over rows that come one at a time.

Read once: each row is examined by itself (quality, benchmarks, what it is known by), which any process can do, then
placed among the questions seen, in order and by one process. What is left lies on disk, the row and its ``Entry``.
Then the choices that need all rows: pass rates, solutions, shares, the split. Memory grows with a few bytes a row: of
where it lies, and of the family that its question belongs to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, Self

from ...database import Scratch
from ...spool import Spool
from ..hashing import hash_of
from . import selection
from .decontamination import Decontaminator, blind_spot
from .duplicates import Asked, Place, Questions, said_by, solution_of
from .entries import BALANCED, Entries, Entry, Part
from .quality import CHECKS, Bounds, first_flaw, length
from .rows import Row, raw_problem
from .selection import answer_class, length_bucket
from .undecided import Case, Opinion, cases_of, decided
from .wording import normal_form

__all__ = ["Curation", "Examined", "Examiner", "Options", "Victim"]

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
    repaired: bool = False
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


@dataclass(frozen=True)
class Examined:
    """What a row says by itself, whatever other rows there are.

    ``correct`` is its verdict, None where it has none; ``unjudged`` what keeps rewordings of it from being found;
    ``said`` what another solution must share to repeat it; ``entry`` lacks its number and its place, and ``cases``,
    for a judge, their number.
    """

    asked: Asked
    correct: bool | None
    question: str
    victim: Victim | None = None
    unjudged: str | None = None
    said: str | None = None
    entry: Entry | None = None
    cases: Sequence[Case] = ()


@dataclass(frozen=True)
class Examiner:
    """Examines rows one by one; the same row gives the same in any process. Where ``asked``, it finds cases too."""

    options: Options
    benchmarks: Decontaminator | None = None
    asked: bool = False

    def __call__(self, row: Row) -> Examined:
        verdict = row.trajectory.verdict if row.trajectory else None
        known = Examined(
            Asked.of(row, near=bool(self.options.near)),
            verdict.correct if verdict else None,
            row.problem.question[:EXCERPT],
        )
        if victim := self._flaw(row) or self._contamination(row):
            return replace(known, victim=victim)
        solution = solution_of(row.trajectory) if row.trajectory else ""
        unjudged = blind_spot(row.problem.question, row.answer) if self.benchmarks else None
        cases = tuple(cases_of(row, 0, self.benchmarks)) if self.asked else ()
        return replace(
            known, unjudged=unjudged, said=said_by(row, solution), entry=entry_of(row, solution), cases=cases
        )

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
        question = row.problem.question
        match = self.benchmarks.match(question, row.answer) if self.benchmarks else None
        if match is None:
            return None
        return Victim(
            row.id, "decontamination", match.detector, match.evidence, question[:EXCERPT],
            match.item.id, match.item.question[:EXCERPT], round(match.score, 3),
        )  # fmt: skip


class Curation:
    """Feed rows to ``take``, then ask ``finish`` which stay; ``victims`` gets each row that does not.

    Where a judge is ``asked``, ``cases`` are what the filters could not decide; ``settle`` takes opinions on them
    before ``finish``.
    """

    def __init__(
        self,
        options: Options,
        rows: Spool,
        scratch: Scratch,
        victims: Callable[[Victim], object],
        benchmarks: Decontaminator | None = None,
        *,
        asked: bool = False,
    ) -> None:
        self.options, self._rows, self._victims, self.benchmarks = options, rows, victims, benchmarks
        self.examine = Examiner(options, benchmarks, asked)
        self.cases: list[Case] = []
        self.questions = Questions(scratch, options.near)
        self.entries = Entries(scratch, self.questions.families)
        self.read: Counter[int] = Counter()
        self.dropped: Counter[tuple[str, str]] = Counter()
        self.unjudged: Counter[str] = Counter()

    def take(self, row: Row) -> None:
        """Judge one row, and put it aside where nothing speaks against it."""
        self.add(row.raw, row.part, self.examine(row))

    def add(self, raw: Mapping[str, Any], part: int, examined: Examined) -> None:
        """Take a row that was examined, maybe by another process."""
        self.read[part] += 1
        place = self.questions.place(examined.asked)
        if examined.correct is not None:
            self.entries.rates.count(place.group, examined.correct)
        if examined.unjudged is not None:
            self.unjudged[examined.unjudged] += 1
        if victim := examined.victim or self._repetition(raw, place, examined):
            self._drop(victim)
            return
        assert examined.entry is not None
        number = self._rows.append(raw)
        self.entries.add(replace(examined.entry, number=number, part=part, group=place.group, family=place.family))
        self.cases += (replace(case, number=number) for case in examined.cases)

    def settle(self, opinions: Iterable[Opinion]) -> None:
        """Leave out the rows that a judge speaks against; what is undecided stays what it was."""
        against = {number: one for number, one in decided(opinions).items() if one.against}
        self.entries.leave((number, "judge", opinion.reason) for number, opinion in against.items())
        for left in list(self.entries.gone()):
            self._drop(self._judged(left.number, against[left.number]))

    def _judged(self, number: int, opinion: Opinion) -> Victim:
        row, item = self.row(number), opinion.case.item
        kin = (item.id, item.question[:EXCERPT]) if item else (None, None)
        return Victim(
            str(row["id"]), "judge", f"{opinion.case.about}_{opinion.verdict}", opinion.reason,
            str(raw_problem(row)["question"])[:EXCERPT], *kin,
        )  # fmt: skip

    def row(self, number: int) -> dict[str, Any]:
        """A row that was kept, by its number."""
        return self._rows[number]

    def _drop(self, victim: Victim) -> None:
        self.dropped[victim.filter, victim.reason] += 1
        self._victims(victim)

    def _repetition(self, raw: Mapping[str, Any], place: Place, examined: Examined) -> Victim | None:
        found = self.questions.repeats(place, len(self._rows), examined.said)
        if found is None:
            return None
        first = self._rows[found.first]
        return Victim(
            str(raw["id"]), "duplicates", found.reason, found.detail, examined.question,
            str(first["id"]), str(raw_problem(first)["question"])[:EXCERPT], place.similarity or 1.0,
        )  # fmt: skip

    def finish(self) -> tuple[Part, Part]:
        """The rows for training and for validation, by their numbers, in the order of the input."""
        options, entries = self.options, self.entries
        if options.max_pass_rate is not None:
            selection.too_easy(entries, options.max_pass_rate, options.least_samples)
        selection.best_solutions(entries, options.solutions, options.by_difficulty, options.repaired)
        if options.variants is not None:
            selection.limit_variants(entries, options.variants)
        if options.weights is not None:
            selection.mix(entries, options.weights, options.seed)
        if options.balance:
            selection.balance(entries, options.balance, options.seed)
        if options.caps:
            selection.cap_kinds(entries, options.caps, options.seed)
        selection.chains(entries)
        self._settle()
        if options.validation:
            selection.split(entries, options.validation, options.seed)
        return entries.part(held=False), entries.part(held=True)

    def _settle(self) -> None:
        for left in self.entries.gone():
            raw = self._rows[left.number]
            question = str(raw_problem(raw)["question"])[:EXCERPT]
            self._drop(Victim(left.id, "selection", left.reason, left.detail, question))

    def rows(self, numbers: Iterable[int]) -> Iterator[Mapping[str, Any]]:
        """The rows of a part, as they were read."""
        return (self._rows[number] for number in numbers)


def _victim(row: Row, filter: str, reason: str, detail: str) -> Victim:
    return Victim(row.id, filter, reason, detail, row.problem.question[:EXCERPT])


def entry_of(row: Row, solution: str) -> Entry:
    """What a row is chosen by, without its number and its place among the questions."""
    problem, trajectory = row.problem, row.trajectory
    size = length(trajectory) if trajectory else len(problem.question)
    outcome = trajectory.verdict.outcome if trajectory and trajectory.verdict else None
    rank = OUTCOMES.index(outcome) if outcome in OUTCOMES else len(OUTCOMES)
    keys = {
        "subject": problem.subject, "level": problem.level, "lang": problem.lang, "source": problem.source,
        "length": length_bucket(size), "kind": answer_class(problem),
    }  # fmt: skip
    return Entry(
        0, row.id, row.part, 0, 0, hash_of(solution) if trajectory else 0,
        (rank, len(trajectory.steps) if trajectory else 0, size),
        tuple(str(keys[key]) for key in BALANCED),
        tuple(_kin(row)), hash_of(f"{problem.source}\n{problem.id}"),
        hash_of(f"{problem.source}\n{row.follows}") if row.follows else 0,
        trajectory is not None and any(step.execution.status not in ("ok", "refused") for step in trajectory.steps),
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
