"""The rows of a file that holds records of ours: which kind they are, and each as its record or why it is none."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from ..records import Drop, RecordError
from ..sources.files import Broken, read_file

__all__ = ["PROBLEM", "TRAJECTORY", "VICTIM", "kind_of", "own_rows"]

T = TypeVar("T")
Raw = Mapping[str, Any]
LOOKED_AT = 50  # rows of a file, to see what it holds
VICTIM = frozenset({"id", "filter", "reason", "detail", "question", "kin"})
TRAJECTORY = frozenset({"problem", "steps", "conclusion"})
PROBLEM = frozenset({"id", "source", "question"})


def kind_of(path: Path, *kinds: Set[str]) -> Set[str] | None:
    """The first of the kinds, each the fields that its rows have, that is among the first rows; None for others.

    Raises:
        RecordError: the file is damaged as a whole, or of no form that is known.
    """
    first = [row for row in islice(read_file(path), LOOKED_AT) if isinstance(row, Mapping)]
    return next((kind for kind in kinds if any(row.keys() >= kind for row in first)), None)


def own_rows(path: Path, parse: Callable[[Raw, str], tuple[Raw, T]]) -> Iterator[tuple[Raw | None, T | Drop]]:
    """What ``parse`` makes of each row and its place, the row and its record; a ``Drop`` where it refuses one."""
    for number, row in enumerate(read_file(path), 1):
        where = f"{path}, row {number}"
        try:
            if isinstance(row, Broken):
                raise RecordError(f"{where}: {row.why}; mend or delete the row")
            yield parse(row, where)
        except RecordError as error:
            yield None, Drop(f"{path.name}:{number}", "broken_row", str(error))
