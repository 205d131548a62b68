"""The benchmarks that a command line names: by name, as local files, as folders of files, or all of them.

A file says which benchmark it is by its name: ``gsm8k_test.jsonl``, ``math500.parquet``; ``math=copies/x.jsonl`` where
it does not. What cannot be read, holds nothing or is not known is an error: a benchmark that is silently left out
would let its items pass.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ...records import Problem, RecordError, read_records
from ..files import SUFFIXES, data_in
from . import BENCHMARKS, find, load

__all__ = ["Collected", "collect"]

ALL = "all"


@dataclass(frozen=True)
class Collected:
    """The items of the named benchmarks; ``files`` says where each was read, ``missing`` which others there are."""

    items: list[Problem]
    files: list[tuple[str, Path | None]]
    missing: tuple[str, ...]
    left_out: list[Path]


def collect(names: Sequence[str]) -> Collected:
    """Load benchmarks by ``NAME``, ``NAME=PATH``, ``PATH`` of a file or folder, or ``all``.

    In a folder, files that name themselves training data are left out; given as a file they are taken.

    Raises:
        RecordError: a name or file that is no benchmark, cannot be loaded, or holds no problem.
    """
    left_out: list[Path] = []
    files: list[tuple[str, Path | None]] = []
    for name in names:
        files += _resolve(name, left_out)
    local = {name for name, path in files if path is not None}
    files = [found for found in dict.fromkeys(files) if found[1] is not None or found[0] not in local]
    items = [item for name, path in files for item in _read(name, path)]
    given = {*dict(files), *(item.source for item in items)}
    return Collected(items, files, tuple(name for name in BENCHMARKS if name not in given), left_out)


def _resolve(name: str, left_out: list[Path]) -> Iterator[tuple[str, Path | None]]:
    benchmark, given, path = name.partition("=")
    if name == ALL:
        yield from ((known, None) for known in BENCHMARKS)
    elif name in BENCHMARKS:
        yield name, None
    elif given and not Path(name).exists():
        find(benchmark)
        yield benchmark, _existing(Path(path))
    elif Path(name).is_dir():
        yield from _in_folder(Path(name), left_out)
    else:
        yield _name_of(_existing(Path(name))), Path(name)


def _existing(path: Path) -> Path:
    if not path.exists():
        raise RecordError(f"{path}: no such benchmark file, folder or name; nothing is checked against half of them")
    return path


def _in_folder(folder: Path, left_out: list[Path]) -> Iterator[tuple[str, Path | None]]:
    files = data_in(folder)
    left_out += [path for path in files if "train" in path.stem.casefold()]
    files = [path for path in files if path not in left_out]
    if not files:
        raise RecordError(f"{folder}: holds no benchmark file ({', '.join(SUFFIXES)})")
    yield from ((_name_of(path), path) for path in files)


def _name_of(path: Path) -> str:
    """The benchmark whose name a file's begins with, the longest; one of problems may be called anything."""
    stem = path.stem.casefold().replace("-", "_")
    known = [name for name in BENCHMARKS if stem == name or stem.startswith((f"{name}_", f"{name}."))]
    if known:
        return max(known, key=len)
    if path.suffix == ".jsonl" and _holds_problems(path):
        return path.stem
    raise RecordError(f"{path}: no benchmark is called so; write NAME={path}, or give it as problems (JSONL)")


def _holds_problems(path: Path) -> bool:
    try:
        return next(read_records(path, Problem), None) is not None
    except RecordError:
        return False


def _read(name: str, path: Path | None) -> list[Problem]:
    if name in BENCHMARKS and not (path is not None and path.suffix == ".jsonl" and _holds_problems(path)):
        items = load(name, path)
    else:
        assert path is not None
        items = list(read_records(path, Problem))
    if not items:
        raise RecordError(f"{path or name}: the benchmark {name} holds no problem")
    for number, item in enumerate(items, 1):
        if not item.question.strip():
            raise RecordError(f"{path or name}: problem {number} has no question; mend or delete the row")
    return items
