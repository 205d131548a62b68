"""The rows of any dataset for ``scripts/explore.py``: our own records, and what the sources know how to read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, TypeAlias

from ..answers import extract_answer
from ..dataset.curation.curating import Victim
from ..dataset.curation.rows import parse_row
from ..dataset.curation.summary import notes
from ..records import Drop, Problem, RecordError, Trajectory, parse_json, read_whole
from ..sources.files import Broken, find_files, read_file
from ..sources.reading import Reading
from .curate import beside_output
from .validate import CANONICAL, read

__all__ = ["Item", "beside", "count_tokens", "notes_beside", "read_items"]

LOOKED_AT = 50  # rows of a file, to see what it holds
VICTIM = {"id", "filter", "reason", "detail", "question", "kin"}
PROBLEM = {"id", "source", "question"}

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
        rows = read_file(path)
        first = [row for row in islice(rows, LOOKED_AT) if isinstance(row, Mapping)]
        for raw, record in islice(_read_file(path, first, source), limit):
            yield raw, record, path.name


def _read_file(
    path: Path, first: Sequence[Mapping[str, Any]], source: str | None
) -> Iterator[tuple[Mapping[str, Any] | None, Problem | Trajectory | Victim | Drop]]:
    if source is None and _any(first, VICTIM):
        return _records(path, _victim)
    if source is None and _any(first, CANONICAL):
        return read([path], None)
    if source is None and _any(first, PROBLEM):
        return _records(path, _problem)
    return _foreign(path, source)


def _any(rows: Sequence[Mapping[str, Any]], keys: set[str]) -> bool:
    return any(row.keys() >= keys for row in rows)


def _records(
    path: Path, parse: Callable[[Mapping[str, Any], str], Problem | Victim]
) -> Iterator[tuple[Mapping[str, Any] | None, Problem | Victim | Drop]]:
    for number, row in enumerate(read_file(path), 1):
        where = f"{path}, row {number}"
        try:
            if isinstance(row, Broken):
                raise RecordError(f"{where}: {row.why}; mend or delete the row")
            yield row, parse(row, where)
        except RecordError as error:
            yield None, Drop(f"{path.name}:{number}", "broken_row", str(error))


def _problem(row: Mapping[str, Any], where: str) -> Problem:
    record = parse_row(row, Problem, where).record
    assert isinstance(record, Problem)
    return record


def _victim(row: Mapping[str, Any], where: str) -> Victim:
    try:
        return Victim.from_dict(row)
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
