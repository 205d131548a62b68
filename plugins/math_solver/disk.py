"""What a file can hold, how one is read, and how it is replaced as a whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path
from typing import Any

__all__ = [
    "DEEPEST",
    "YAML_FAULTS",
    "OneWay",
    "RecordError",
    "check_replaceable",
    "clear_dead",
    "digest_of",
    "is_storable",
    "is_too_deep",
    "no_room",
    "parse_json",
    "read_object",
    "read_whole",
    "read_yaml",
    "replacing",
    "same_file",
    "storable",
    "write_text",
]

DEEPEST = 100  # brackets in brackets; deeper ones could be read, and not be written again
# What a YAML can end PyYAML in besides its own error, as !!bool x does, !!timestamp x and 5,000 digits
YAML_FAULTS = (ArithmeticError, AttributeError, LookupError, RecursionError, ValueError)
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


class RecordError(ValueError):
    """A file or row that cannot be used; the message names file, row and remedy."""


def write_text(path: Path, text: str) -> None:
    """Write a whole file or, where that fails, leave the earlier one.

    Raises:
        RecordError: ``path`` cannot be written.
    """
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8")


def read_whole(path: Path) -> str:
    """The text of a file.

    Raises:
        OSError: it is missing, cannot be read, or is no file: to open a pipe would wait for who writes into it.
        UnicodeDecodeError: it is not UTF-8.
    """
    if path.exists() and not path.is_file():
        raise OSError(f"is a {'folder' if path.is_dir() else 'device or pipe'}")
    return path.read_text(encoding="utf-8")


class OneWay(ValueError):
    """A JSON text that can be read, and whose value no file can hold."""


def parse_json(text: str) -> Any:
    """The value of a JSON text.

    Raises:
        ValueError: it is none, or none that could be read and written again.
    """
    try:
        value = json.loads(text)
    except RecursionError as error:
        raise ValueError("brackets in brackets, too many") from error
    if _SURROGATE.search(text) and not is_storable(json.dumps(value, ensure_ascii=False)):
        raise OneWay("holds half a surrogate pair")
    if text.count("[") + text.count("{") > DEEPEST and is_too_deep(value):
        raise OneWay(f"brackets in brackets, more than {DEEPEST} deep")
    return value


def digest_of(path: Path) -> str:
    """The SHA-256 of an input file.

    Raises:
        RecordError: it is missing, no file, or cannot be read.
    """
    try:
        if not path.is_file():  # to open a pipe would wait for who writes into it
            raise RecordError(f"{path}: no such file; check the path or run the step that writes it")
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise RecordError(f"{path}: cannot be read ({error.strerror}); check the path") from error


def read_object(path: Path, remedy: str) -> dict[str, Any]:
    """The JSON object that a file of others' making holds.

    Raises:
        RecordError: it is missing, cannot be read or holds something else; it says the remedy.
    """
    try:
        found = parse_json(read_whole(path))
    except (OSError, ValueError) as error:
        raise RecordError(f"{path}: cannot be read ({error}); {remedy}") from error
    if not isinstance(found, dict):
        raise RecordError(f"{path}: not a JSON object; {remedy}")
    return found


def read_yaml(path: Path, remedy: str, missing: str | None = None) -> Any:
    """What a YAML of people's making holds.

    Raises:
        RecordError: it cannot be read; one line that says the remedy, or ``missing`` where there is no such file.
    """
    import yaml

    try:
        return yaml.safe_load(read_whole(path))
    except (OSError, yaml.YAMLError, *YAML_FAULTS) as error:
        if missing and isinstance(error, FileNotFoundError):
            raise RecordError(f"{path}: {missing}") from error
        reason = " ".join(str(error).split())  # YAML errors run over several lines
        raise RecordError(f"{path}: cannot be read ({reason}); {remedy}") from error


def same_file(one: Path, two: Path) -> bool:
    """Whether two names are one file: the same place, or links to the same.

    Raises:
        RecordError: nobody can say: a name is too long, its links lead in a circle, a folder is not ours to look into.
    """
    try:
        return one.resolve() == two.resolve() or (one.exists() and two.exists() and one.samefile(two))
    except (OSError, RuntimeError) as error:  # RuntimeError: a circle of links, before Python 3.13
        raise RecordError(f"{one} or {two}: cannot be looked up ({error}); check the paths") from error


def check_replaceable(path: Path) -> None:
    """See that no file of ours would take the place of what is none: as root, /dev/null would be gone for everybody.

    Raises:
        RecordError: there is a folder, a device or a pipe.
    """
    try:
        if path.exists() and not path.is_file():
            raise RecordError(f"{path}: is a {'folder' if path.is_dir() else 'device or pipe'}; name a file")
    except OSError as error:  # a name too long, a folder that is not ours to look into
        raise RecordError(f"{path}: cannot be written ({error.strerror}); check the path") from error


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A temporary file beside ``path`` that takes its place once it is written, and is removed where it is not.

    What a link leads to is replaced, not the link.

    Raises:
        RecordError: ``path`` is something else than a file, or it cannot be written.
    """
    try:
        place = path.resolve()
        check_replaceable(path)
        place.parent.mkdir(parents=True, exist_ok=True)
        clear_dead(place)
        temporary = place.with_name(f".{place.name}.{os.getpid()}.tmp")
        try:
            yield temporary
            os.replace(temporary, place)
        finally:
            temporary.unlink(missing_ok=True)
    except BrokenPipeError:  # of a reader of what is printed meanwhile
        raise
    except OSError as error:
        raise RecordError(f"{path}: cannot be written ({error.strerror or error})") from error
    except RuntimeError as error:
        raise RecordError(f"{path}: cannot be written ({error})") from error


def clear_dead(place: Path) -> None:
    """Remove what processes left beside a file or folder that were killed while they wrote it."""
    for left in place.parent.glob(f".{escape(place.name)}.*.tmp"):
        number = left.name.rsplit(".", 2)[-2]
        if number.isdecimal() and not Path(f"/proc/{number}").exists():
            with suppress(OSError):  # another one was quicker, or it is not ours
                shutil.rmtree(left) if left.is_dir() else left.unlink()


def no_room(folder: Path | None, what: str, reason: object) -> RecordError:
    """What to tell where something that waits on disk, in a folder or in the system's, finds no room."""
    return RecordError(f"{folder or tempfile.gettempdir()}: cannot hold {what} ({reason}); make room there")


def is_storable(text: str) -> bool:
    """Whether UTF-8 can carry a text."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def storable(text: str) -> str:
    """A text that UTF-8 can carry: JSON can spell half a surrogate pair, and a file cannot."""
    return text.encode("utf-8", "replace").decode("utf-8")


def is_too_deep(value: Any, most: int = DEEPEST) -> bool:
    """Whether a value holds lists and objects in each other to more than so many levels."""
    level = [value]
    for _ in range(most):
        level = [
            inner
            for item in level
            if isinstance(item, dict | list)
            for inner in (item.values() if isinstance(item, dict) else item)
        ]
        if not level:
            return False
    return any(isinstance(item, dict | list) for item in level)
