"""Rows of a local file, one after the other: JSON in its many forms, CSV, TSV and parquet, each optionally gzipped.

A row that cannot be read is a row too: it comes as a ``Broken``, and the rows behind it are read on. Memory is bounded
by the longest row, and by one row group of a parquet file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ...records import RecordError
from .opening import Broken
from .tables import parquet_rows, separated_rows
from .values import json_rows

__all__ = ["SUFFIXES", "Broken", "Row", "data_in", "find_files", "is_data", "read_file", "strict"]

Row = Mapping[str, Any]
SUFFIXES = (".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".parquet")


def read_file(path: Path) -> Iterator[Row | Broken]:
    """The rows of a file, in order; what it is, is told by its name for tables and by its content for JSON.

    Raises:
        RecordError: the file is missing, damaged as a whole (a gzip or parquet file that was cut), or not UTF-8.
    """
    match _suffix(path):
        case ".parquet":
            yield from parquet_rows(path)
        case ".csv":
            yield from separated_rows(path, ",")
        case ".tsv":
            yield from separated_rows(path, "\t")
        case _:
            yield from json_rows(path)


def strict(path: Path) -> Iterator[Row]:
    """The rows of a file in which all must be good.

    Raises:
        RecordError: as ``read_file``, and for the first row that is broken.
    """
    for number, row in enumerate(read_file(path), 1):
        if isinstance(row, Broken):
            raise RecordError(f"{path}, row {number}: {row.why}; not a list of JSON objects: mend or delete the row")
        yield row


def find_files(inputs: Sequence[Path]) -> list[Path]:
    """The files that are named, and those of a known kind in the folders that are, in order.

    Raises:
        RecordError: an input is missing, or a folder holds no such file.
    """
    files: list[Path] = []
    for path in inputs:
        if path.is_dir():
            inside = data_in(path)
            if not inside:
                raise RecordError(f"{path}: holds no {', '.join(SUFFIXES)} file; check the path")
            files += inside
        elif path.exists():
            files.append(path)
        else:
            raise RecordError(f"{path}: no such file; check the path")
    return list(dict.fromkeys(files))


def data_in(folder: Path) -> list[Path]:
    """The files of a known kind in a folder and in those in it, in order."""
    return [file for file in sorted(folder.rglob("*")) if is_data(file.relative_to(folder)) and file.is_file()]


def is_data(path: Path) -> bool:
    """Whether a file is of a kind that is read, by its name; hidden ones and those in hidden folders are not."""
    return _suffix(path) in SUFFIXES and not any(part.startswith(".") for part in path.parts)


def _suffix(path: Path) -> str:
    return Path(path.name.lower().removesuffix(".gz")).suffix
