"""Rows of CSV, TSV and parquet files."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ...disk import is_storable
from ...records import RecordError
from .opening import Broken, checked, open_seekable, open_text

__all__ = ["parquet_rows", "separated_rows"]

_LONGEST_FIELD = 16 * 2**20
_AT_A_TIME = 256


def separated_rows(path: Path, separator: str) -> Iterator[dict[str, Any] | Broken]:
    """The rows of a file whose first line names the columns.

    A row of more or fewer fields than columns is broken. Not guaranteed: a quote that is never closed takes in the
    lines behind it; that row then says which lines.
    """
    csv.field_size_limit(_LONGEST_FIELD)  # of the whole process; the default refuses long solutions
    with open_text(path) as file:
        lines = csv.reader(file, delimiter=separator, strict=True)
        try:
            header = next(lines, None)
        except csv.Error:
            header = None
        if not header or not all(name.strip() for name in header):
            raise RecordError(f"{path}: its first line does not name the columns")
        names = [name.strip() for name in header]
        if not all(map(is_storable, names)):
            raise RecordError(f"{path}: is not UTF-8; convert it, such as with iconv -f GB18030 -t UTF-8")
        if len(set(names)) < len(names):
            raise RecordError(f"{path}: its first line names a column twice")
        while True:
            first = lines.line_num + 1
            try:
                fields = next(lines)
            except StopIteration:
                return
            except csv.Error as error:
                yield Broken(f"{_lines(first, lines.line_num)}: {error}")
                continue
            if len(fields) == len(names):
                row = checked(dict(zip(names, fields, strict=True)))
                yield Broken(f"{_lines(first, lines.line_num)}: {row.why}") if isinstance(row, Broken) else row
            elif fields:
                where = _lines(first, lines.line_num)
                yield Broken(f"{where}: {len(fields)} fields under {len(names)} columns")


def _lines(first: int, last: int) -> str:
    return f"line {first}" if last <= first else f"lines {first} to {last}"


def parquet_rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a parquet file, a few hundred in memory at a time.

    Raises:
        RecordError: the file is missing or is not a whole parquet file.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with open_seekable(path) as file, pq.ParquetFile(file) as table:
            for batch in table.iter_batches(batch_size=_AT_A_TIME):
                yield from batch.to_pylist()
    except RecordError as error:
        raise RecordError(f"{path}: cannot be loaded ({str(error).removeprefix(f'{path}: ')})") from error
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise RecordError(f"{path}: cannot be loaded ({reason})") from error
