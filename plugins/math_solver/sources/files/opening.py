"""Opening files that may be gzipped, and what a row is that cannot be read."""

from __future__ import annotations

import gzip
import io
import shutil
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from ...disk import DEEPEST, is_storable, is_too_deep
from ...records import RecordError

__all__ = ["Broken", "checked", "open_seekable", "open_text"]

_GZIP = b"\x1f\x8b"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Broken:
    """A row that cannot be read, and why."""

    why: str


@contextmanager
def open_text(path: Path) -> Iterator[IO[str]]:
    """A file as text, without a byte order mark; a byte that is not UTF-8 becomes half a surrogate pair.

    Raises:
        RecordError: the file is missing, is UTF-16, or its gzip stream is damaged (while it is read, too).
    """
    with (
        _bytes(path) as file,
        io.TextIOWrapper(file, encoding="utf-8-sig", errors="surrogateescape", newline="") as text,
    ):
        yield text


@contextmanager
def open_seekable(path: Path) -> Iterator[IO[bytes]]:
    """A file as bytes in which one can jump; a gzipped one is unpacked on the disk first.

    Raises:
        RecordError: as ``open_text``.
    """
    with _bytes(path) as file:
        if not isinstance(file, gzip.GzipFile):
            yield file
            return
        with tempfile.TemporaryFile() as unpacked:
            shutil.copyfileobj(file, unpacked)
            unpacked.seek(0)
            yield unpacked


@contextmanager
def _bytes(path: Path) -> Iterator[IO[bytes]]:
    try:
        if path.exists() and not path.is_file():  # to open a pipe would wait for who writes into it
            raise RecordError(f"{path}: is a folder, a device or a pipe; put what it gives into a file")
        with path.open("rb") as plain:
            start = plain.read(2)
            plain.seek(0)
            if start in _UTF16:
                raise RecordError(f"{path}: is UTF-16; convert it to UTF-8")
            yield gzip.GzipFile(fileobj=plain) if start == _GZIP else plain  # type: ignore[misc]
    except FileNotFoundError as error:
        raise RecordError(f"{path}: no such file; check the path") from error
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise RecordError(f"{path}: its gzip stream is damaged or cut ({error}); fetch the file again") from error
    except OSError as error:
        raise RecordError(f"{path}: cannot be read ({error.strerror or error})") from error


def checked(value: Any) -> dict[str, Any] | Broken:
    """An object that can be written again as it is, or why it cannot."""
    if isinstance(value, Broken):
        return value
    if not isinstance(value, dict):
        return Broken(f"not an object but a {type(value).__name__}")
    if is_too_deep(value):
        return Broken(f"brackets in brackets, more than {DEEPEST} deep")
    return Broken("holds bytes that are not UTF-8, or half a surrogate pair") if _has_half_pair(value) else value


def _has_half_pair(value: Any) -> bool:
    left = [value]
    while left:
        item = left.pop()
        if isinstance(item, str):
            if not is_storable(item):
                return True
        elif isinstance(item, dict):
            left += [*item, *item.values()]
        elif isinstance(item, list):
            left += item
    return False
