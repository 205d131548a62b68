"""The rows of any dataset for ``scripts/explore.py``: our own records, and what the sources know how to read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, TypeAlias

from ..answers import extract_answer
from ..dataset.curation.curating import Victim
from ..dataset.curation.summary import notes
from ..disk import parse_json, read_whole
from ..records import Drop, Problem, RecordError, Trajectory, read_record
from ..sources.files import find_files
from ..sources.reading import Reading
from .command import beside_output
from .own_rows import PROBLEM, TRAJECTORY, VICTIM, kind_of, own_rows
from .validate import read

__all__ = ["Item", "beside", "count_tokens", "notes_beside", "read_items"]

Item: TypeAlias = tuple[Mapping[str, Any] | None, Problem | Trajectory | Victim | Drop, str]


def beside(paths: Sequence[Path]) -> list[Path]:
    """The files and, where curation left its victims beside one that it wrote, those."""
    files = find_files(paths)
    victims = [beside_output(path, "victims.jsonl") for path in files]
    return list(dict.fromkeys([*files, *(path for path in victims if path.is_file())]))


def notes_beside(paths: Sequence[Path]) -> list[str]:
    """What the reports of curation beside the files say: how much it read and kept, and what it could not judge."""
    return [note for path in paths for note in _notes(path)]


def _notes(path: Path) -> Iterator[str]:
    try:
        report = parse_json(read_whole(beside_output(path, "report.json")))
        yield f"{path.name}: curation read {report['read']:,} rows and kept {report['kept']:,}"
        yield from notes(report)
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return  # there is none, or one of something else


def read_items(paths: Sequence[Path], source: str | None = None, limit: int | None = None) -> Iterator[Item]:
    """Each row as it stands, what it is read as, and the name of its file; a row that cannot be read is a ``Drop``.

    Args:
        source: the name of a corpus, for files that are not our own.
        limit: rows of each file.

    Raises:
        RecordError: a file is missing, damaged as a whole, or of no form that is known.
    """
    for path in paths:
        for raw, record in islice(_read_file(path, source), limit):
            yield raw, record, path.name


def _read_file(
    path: Path, source: str | None
) -> Iterator[tuple[Mapping[str, Any] | None, Problem | Trajectory | Victim | Drop]]:
    kind = kind_of(path, VICTIM, TRAJECTORY, PROBLEM) if source is None else None
    if kind == VICTIM:
        return own_rows(path, _victim)
    if kind == PROBLEM:
        return own_rows(path, lambda row, where: (row, read_record(row, Problem, where)))
    return read([path], None) if kind == TRAJECTORY else _foreign(path, source)


def _victim(row: Mapping[str, Any], where: str) -> tuple[Mapping[str, Any], Victim]:
    try:
        return row, Victim.from_dict(row)
    except (KeyError, TypeError) as error:
        raise RecordError(f"{where}: not a row that curation left out ({error})") from error


def _foreign(path: Path, source: str | None) -> Iterator[tuple[None, Problem | Trajectory | Drop]]:
    """Rows of a corpus: its solutions with code where it has them, else its problems."""
    reading = Reading([path], source, allow_benchmarks=True, stated=extract_answer)
    part = next(reading.parts(), None)
    solved = part is not None and part.corpus is not None and part.corpus.solution is not None
    for _, item in reading.trajectories() if solved else reading.problems():
        yield None, item


def count_tokens(name: str) -> Callable[[list[str]], list[int]]:
    """Counts the tokens of texts with the fast tokenizer of a model, in a folder or on the hub.

    Raises:
        RecordError: there is no such tokenizer.
    """
    from tokenizers import Tokenizer

    file = Path(name) / "tokenizer.json"
    try:
        tokenizer = Tokenizer.from_file(str(file)) if Path(name).is_dir() else Tokenizer.from_pretrained(name)
    except Exception as error:  # the library raises nothing more precise
        raise RecordError(f"--tokenizer {name}: cannot be loaded ({' '.join(str(error).split())[:200]})") from error
    return lambda texts: [len(found.ids) for found in tokenizer.encode_batch(texts, add_special_tokens=False)]
