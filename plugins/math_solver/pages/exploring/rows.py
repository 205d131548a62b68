"""What a trajectory or a problem says: the values of its facets, and the text in which it is searched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ...dataset.curation.entries import RATES as JUDGED_RATES
from ...dataset.curation.entries import rate_name
from ...dataset.curation.quality import length
from ...dataset.curation.selection import answer_class, length_bucket, length_buckets
from ...records import Problem, Trajectory, problem_of
from .collection import Facts
from .facets import FacetKind

__all__ = ["RATES", "ROWS", "Rates", "facts_of", "solution_text"]

LONGEST_VALUE = 80  # characters; a model's name or a verifier's reason may be anything
_TOKENS = (128, 256, 512, 1_024, 2_048, 4_096, 8_192, 16_384)
ONE_SAMPLE = "one sample"
RATES = (*JUDGED_RATES, ONE_SAMPLE)

ROWS = (
    FacetKind("file", "File"),
    FacetKind("source", "Source"),
    FacetKind("subject", "Subject"),
    FacetKind("level", "Level", "natural"),
    FacetKind("lang", "Language"),
    FacetKind("licence", "Licence"),
    FacetKind("answer", "Kind of answer"),
    FacetKind("answer_from", "Answer from"),
    FacetKind("verdict", "Verdict", given=("correct", "incorrect", "unverifiable", "not verified")),
    FacetKind("reason", "Reason of the verdict"),
    FacetKind("rate", "Pass rate, by problem", given=RATES, of_problems=True, later=True),
    FacetKind("rounds", "Programs", "natural"),
    FacetKind("status", "Executions"),
    FacetKind("length", "Length in characters", given=length_buckets()),
    FacetKind("tokens", "Length in tokens", given=length_buckets(_TOKENS)),
    FacetKind("teacher", "Teacher"),
    FacetKind("validation", "Validation"),
    FacetKind("metamorphic", "Numbers changed"),
    FacetKind("rejected", "Rejected by synthesis"),
)


def facts_of(record: Problem | Trajectory, file: str, tokens: int | None = None) -> Facts:
    """The facts of a row, but for the pass rate of its problem, which all rows decide."""
    problem = problem_of(record)
    values = {"file": [file], **_of_problem(problem)}
    if isinstance(record, Trajectory):
        values |= _of_trajectory(record)
    else:
        values["length"] = [length_bucket(len(problem.question))]
    if tokens is not None:
        values["tokens"] = [length_bucket(tokens, _TOKENS)]
    return Facts(values, _searched(record), str(record.id), f"{problem.source}\n{problem.id}")


def _of_problem(problem: Problem) -> dict[str, Iterable[str]]:
    return {
        "source": _named(problem.source),
        "subject": _named(problem.subject),
        "level": _named(problem.level),
        "lang": _named(problem.lang),
        "licence": _named(problem.licence),
        "answer": [answer_class(problem)],
        "answer_from": [problem.answer_from] if problem.answer is not None else [],
    }


def _of_trajectory(trajectory: Trajectory) -> dict[str, Iterable[str]]:
    verdict, meta = trajectory.verdict, trajectory.meta
    return {
        "verdict": [verdict.outcome if verdict else "not verified"],
        "reason": _named(verdict.reason) if verdict else [],
        "rounds": [str(len(trajectory.steps))],
        "status": [str(step.execution.status) for step in trajectory.steps] or ["no program"],
        "length": [length_bucket(length(trajectory))],
        "teacher": _named(meta.get("teacher")),
        "validation": _told(meta.get("validation"), "status", "reason"),
        "metamorphic": _told(meta.get("metamorphic"), "verdict", "reason"),
        "rejected": _named(meta.get("rejected")),
    }


def _named(value: Any) -> list[str]:
    """A text or number as a value; nothing where there is none, or something else."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return []
    text = " ".join(str(value).split())
    return [text if len(text) <= LONGEST_VALUE else f"{text[: LONGEST_VALUE - 1]}…"] if text else []


def _told(block: Any, what: str, why: str) -> list[str]:
    """The outcome of a check with its reason: "invalid: no_code"."""
    if not isinstance(block, Mapping) or not (said := _named(block.get(what))):
        return []
    reason = _named(block.get(why))
    return [f"{said[0]}: {reason[0]}"] if reason else said


def solution_text(record: Problem | Trajectory) -> str:
    """Everything that a model reads or writes of a row, as one text."""
    return "\n".join(_written(record))


def _written(record: Problem | Trajectory) -> Iterator[str]:
    if isinstance(record, Problem):
        yield record.question
        return
    yield record.problem.question
    for step in record.steps:
        yield from (step.thought, step.code, step.execution.observation)
    yield record.conclusion


def _searched(record: Problem | Trajectory) -> str:
    problem = problem_of(record)
    predicted = record.predicted if isinstance(record, Trajectory) else None
    return "\n".join([str(record.id), solution_text(record), problem.answer or "", predicted or ""])


class Rates:
    """How many samples of each problem are correct.

    What synthesis noted of all samples (``meta.samples``) counts more than the rows: those that failed may be in
    another file.
    """

    def __init__(self) -> None:
        self._counted: dict[str, tuple[int, int]] = {}
        self._noted: dict[str, tuple[int, int]] = {}

    def take(self, problem: str, trajectory: Trajectory) -> None:
        if (noted := _noted(trajectory.meta.get("samples"))) is not None:
            self._noted[problem] = noted
        if trajectory.verdict is not None:
            right, samples = self._counted.get(problem, (0, 0))
            self._counted[problem] = right + trajectory.verdict.correct, samples + 1

    def of(self, problem: str) -> tuple[int, int] | None:
        """Correct samples and all samples; None where none was judged."""
        return self._noted.get(problem) or self._counted.get(problem)

    def named(self, problem: str) -> list[str]:
        """The rate as a value of ``RATES``."""
        rate = self.of(problem)
        return [] if rate is None else [_rate_name(*rate)]


def _rate_name(right: int, samples: int) -> str:
    return ONE_SAMPLE if samples == 1 else rate_name(right, samples)


def _noted(samples: Any) -> tuple[int, int] | None:
    if not isinstance(samples, Mapping):
        return None
    asked, failed, correct = (samples.get(name) for name in ("asked", "failed", "correct"))
    if not (isinstance(asked, int) and isinstance(failed, int) and isinstance(correct, int)):
        return None
    return (correct, asked - failed) if 0 <= correct <= asked - failed and asked > failed else None
