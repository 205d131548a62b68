"""Rows as curation sees them: a record, and the JSON object that it was read from and is written back as."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...records import Problem, Trajectory, problem_of, read_jsonl, read_record

__all__ = ["Given", "Row", "parse_row", "raw_problem", "read_given", "read_rows"]


@dataclass(frozen=True)
class Row:
    """A problem or a trajectory of input number ``part``."""

    raw: Mapping[str, Any]
    record: Problem | Trajectory
    part: int = 0

    @property
    def id(self) -> str:
        return self.record.id

    @property
    def problem(self) -> Problem:
        return problem_of(self.record)

    @property
    def trajectory(self) -> Trajectory | None:
        return self.record if isinstance(self.record, Trajectory) else None

    @property
    def answer(self) -> str | None:
        """The gold answer, or without one the predicted answer."""
        predicted = self.trajectory.predicted if self.trajectory else None
        return self.problem.answer if self.problem.answer is not None else predicted

    @property
    def follows(self) -> str | None:
        """The id of the problem that a follow-up question refers back to."""
        return self.field("follows")

    def field(self, name: str) -> str | None:
        """A text that the row, its problem or its ``meta`` carries beyond the record's own fields."""
        for place in (self.raw, self.raw.get("problem"), self.raw.get("meta")):
            value = place.get(name) if isinstance(place, Mapping) else None
            if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
                return str(value)
        return None


@dataclass(frozen=True)
class Given:
    """A row as a file gives it, its kind told by the first row of the file."""

    raw: Mapping[str, Any]
    kind: type[Problem] | type[Trajectory]
    where: str
    part: int = 0

    def parse(self) -> Row:
        """
        Raises:
            RecordError: the row is of the other kind or lacks a field.
        """
        return parse_row(self.raw, self.kind, self.where, self.part)


def read_given(path: Path, part: int = 0) -> Iterator[Given]:
    """The rows of a file of problems or of trajectories, not looked at any closer.

    Raises:
        RecordError: as ``read_jsonl``.
    """
    kind: type[Problem] | type[Trajectory] | None = None
    for number, raw in read_jsonl(path):
        kind = kind or (Trajectory if "steps" in raw else Problem)
        yield Given(raw, kind, f"{path}:{number}", part)


def read_rows(path: Path, part: int = 0) -> Iterator[Row]:
    """The rows of a file of problems or of trajectories; its first row says which.

    Raises:
        RecordError: as ``read_jsonl``, or a row is of the other kind or lacks a field.
    """
    return (given.parse() for given in read_given(path, part))


def raw_problem(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """The problem of a row of either kind, as it stands there."""
    problem: Mapping[str, Any] = raw.get("problem") or raw
    return problem


def parse_row(raw: Mapping[str, Any], kind: type[Problem] | type[Trajectory], where: str, part: int = 0) -> Row:
    return Row(raw, read_record(raw, kind, where), part)
