"""The kinds of rows that stock LLaMA-Factory reads, and their entries in ``dataset_info.json``.

A row of each stands in data/README.md. (Read from llamafactory 0.9.5, ``data/parser.py`` and ``data/converter.py``.)
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from ..records import RecordError, write_text

__all__ = ["COLUMNS", "KINDS", "Kind", "KindName", "register"]

KindName = Literal["sft", "dpo", "kto", "pt"]
COLUMNS = {"messages": "conversations", "system": "system", "tools": "tools"}


@dataclass(frozen=True)
class Kind:
    """One kind of row.

    Attributes:
        stage: the stage of a recipe that reads it.
        loader: the name of that stage in LLaMA-Factory's loader.
        columns: its columns by their names; a column left out is read as empty.
        token_columns: what the loader makes of a row, as far as it holds token ids.
    """

    stage: str
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
    "sft": Kind("sft", "sft", COLUMNS),
    "dpo": Kind(
        "dpo",
        "rm",
        {**COLUMNS, "chosen": "chosen", "rejected": "rejected"},
        ("chosen_input_ids", "rejected_input_ids"),
        ranking=True,
    ),
    "kto": Kind("kto", "kto", {**COLUMNS, "kto_tag": "kto_tag"}),
    "pt": Kind("pt", "pt", {"prompt": "text"}, formatting="alpaca"),
}


def register(info: Path, name: str, file_name: str, kind: KindName = "sft", images: bool = False) -> None:
    """Add or replace the entry ``name`` of a ``dataset_info.json``; other entries keep their place.

    Atomic, and safe against other processes that register at the same time.

    Raises:
        RecordError: ``info`` is not a JSON object, or cannot be written.
    """
    with _locked(info):
        entries = _read_info(info)
        entries[name] = KINDS[kind].entry(file_name, images)
        write_text(info, json.dumps(entries, indent=2, ensure_ascii=False) + "\n")


def _read_info(info: Path) -> dict[str, Any]:
    if not info.exists():
        return {}
    try:
        entries = json.loads(info.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
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
