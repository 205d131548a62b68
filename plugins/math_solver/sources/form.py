"""What a source of problems is: where its rows lie, and the readers that find the parts of a problem in one."""

from __future__ import annotations

from dataclasses import dataclass

from ..records import AnswerKind
from .readers import KindReader, Reader, Row

__all__ = ["Form", "Hub", "always", "nothing"]


@dataclass(frozen=True)
class Hub:
    """A split of a dataset repository; ``files`` where no configuration of the repository names it."""

    repository: str
    config: str | None = None
    split: str = "test"
    files: str | None = None
    revision: str | None = None


def nothing(row: Row) -> None:
    return None


def always(kind: AnswerKind) -> KindReader:
    return lambda row: kind


@dataclass(frozen=True)
class Form:
    """Readers for what a problem consists of; without ``hub`` no repository has the rows."""

    title: str
    hub: Hub | None
    question: Reader
    answer: Reader
    subject: Reader = nothing
    level: Reader = nothing
    kind: KindReader = nothing
