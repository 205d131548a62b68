"""The kinds of rows that stock LLaMA-Factory reads, and their entries in ``dataset_info.json``.

A row of each stands in data/README.md. (Read from llamafactory 0.9.5, ``data/parser.py`` and ``data/converter.py``.)
"""

from __future__ import annotations

import fcntl
import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from ..disk import parse_json, read_whole, write_text
from ..records import RecordError

__all__ = ["COLUMNS", "INFO", "KINDS", "Kind", "KindName", "check_name", "register", "registered"]

INFO = "dataset_info.json"  # that LLaMA-Factory looks for in a recipe's dataset_dir
KindName = Literal["sft", "dpo", "kto", "pt"]
COLUMNS = {"messages": "conversations", "system": "system", "tools": "tools"}


@dataclass(frozen=True)
class Kind:
    """One kind of row.

    Attributes:
        loader: the name of its stage in LLaMA-Factory's loader, which calls that of ``dpo`` otherwise.
        columns: its columns by their names; a column left out is read as empty.
        token_columns: what the loader makes of a row, as far as it holds token ids.
    """

    loader: str
    columns: Mapping[str, str]
    token_columns: tuple[str, ...] = ("input_ids",)
    ranking: bool = False
    formatting: str = "sharegpt"

    def entry(self, file_name: str, images: bool = False) -> dict[str, Any]:
        """What ``dataset_info.json`` says of a file of such rows, which may have ``images``."""
        ranking = {"ranking": True} if self.ranking else {}
        columns = {**self.columns, **({"images": "images"} if images else {})}
        return {"file_name": file_name, "formatting": self.formatting, **ranking, "columns": columns}


KINDS: dict[KindName, Kind] = {
    "sft": Kind("sft", COLUMNS),
    "dpo": Kind(
        "rm",
        {**COLUMNS, "chosen": "chosen", "rejected": "rejected"},
        ("chosen_input_ids", "rejected_input_ids"),
        ranking=True,
    ),
    "kto": Kind("kto", {**COLUMNS, "kto_tag": "kto_tag"}),
    "pt": Kind("pt", {"prompt": "text"}, formatting="alpaca"),
}


def check_name(name: str) -> None:
    """See that a recipe can name a dataset so, and that the name stays in the folder of the data as a file's.

    LLaMA-Factory splits ``dataset: one,two`` at commas and takes the spaces around them away.

    Raises:
        RecordError: it cannot.
    """
    if not re.fullmatch(r"\w[\w.+ -]*(?<! )", name):
        raise RecordError(
            f"--name {name!r}: begin with a letter or digit, and take letters, digits and . _ - + for it"
        )


def register(info: Path, name: str, file_name: str, kind: KindName = "sft", images: bool = False) -> None:
    """Add or replace the entry ``name`` of a ``dataset_info.json``; other entries keep their place.

    Atomic, and safe against other processes that register at the same time.

    Raises:
        RecordError: ``info`` is not a JSON object, or cannot be written.
    """
    with _locked(info):
        entries = registered(info)
        entries[name] = KINDS[kind].entry(file_name, images)
        write_text(info, json.dumps(entries, indent=2, ensure_ascii=False) + "\n")


def registered(info: Path) -> dict[str, Any]:
    """The entries of a ``dataset_info.json``; none where there is no such file.

    Raises:
        RecordError: it cannot be read, or is no JSON object.
    """
    try:
        entries = parse_json(read_whole(info)) if info.exists() else {}
        json.dumps(entries, ensure_ascii=False).encode()  # as it will be written again
    except (OSError, ValueError, RecursionError) as error:
        raise RecordError(f"{info}: cannot be read ({error}); mend it or restore it from git") from error
    if not isinstance(entries, dict):
        raise RecordError(f"{info}: not a JSON object of datasets; mend it or restore it from git")
    return entries


@contextmanager
def _locked(info: Path) -> Iterator[None]:
    """Hold the lock of the folder, so that no lock file is left beside the data."""
    info.parent.mkdir(parents=True, exist_ok=True)
    folder = os.open(info.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)
