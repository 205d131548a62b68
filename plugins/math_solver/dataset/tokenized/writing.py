"""The folder that ``tokenized_path`` names: complete or absent, written in bounded memory.

LLaMA-Factory takes any folder that is not empty for a finished set, so nothing is written where it will be: rows go to
a folder beside it, which takes its place at the end.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from hashlib import file_digest
from pathlib import Path
from typing import Any, Literal

from ...disk import clear_dead
from ...records import RecordError
from .origin import FILE, read_origin

__all__ = ["Split", "Stage", "write_set"]

Stage = Literal["sft", "dpo", "kto"]
Split = Literal["train", "validation"]
Row = Mapping[str, Any]
BATCH = 200  # rows in memory
_SEQUENCES: Mapping[Stage, tuple[str, ...]] = {"sft": ("",), "dpo": ("chosen_", "rejected_"), "kto": ("", "kl_")}
MEDIA = ("images", "videos", "audios")


def write_set(
    folder: Path, stage: Stage, rows: Iterable[tuple[Split, Row]], origin: Mapping[str, Any]
) -> dict[str, int]:
    """Write rows as a ``DatasetDict`` and return the number of each split.

    Raises:
        RecordError: there are no rows to train on, or ``folder`` holds something else than such a set.
    """
    _check_place(folder)
    with _beside(folder) as temporary:
        counts = _write_splits(temporary, stage, rows)
        if not counts.get("train"):
            raise RecordError(f"{folder}: no row is left to train on; nothing was written")
        made = json.dumps({**origin, "rows": counts}, ensure_ascii=False, indent=2) + "\n"
        (temporary / "set" / FILE).write_text(made, encoding="utf-8")
        _replace(temporary / "set", folder, temporary / "old")
    return counts


def _write_splits(temporary: Path, stage: Stage, rows: Iterable[tuple[Split, Row]]) -> dict[str, int]:
    from datasets import Dataset, DatasetDict
    from datasets.arrow_writer import ArrowWriter

    features, media = _features(stage), dict.fromkeys(MEDIA)
    writers: dict[str, Any] = {}
    counts: dict[str, int] = {}
    with ExitStack() as stack:
        for split, row in rows:
            if split not in writers:
                path = str(temporary / f"{split}.arrow")
                writers[split] = stack.enter_context(
                    ArrowWriter(features=features, path=path, writer_batch_size=BATCH)
                )
            writers[split].write({**row, **media})
            counts[split] = counts.get(split, 0) + 1
        for writer in writers.values():
            writer.finalize()
    saved = {}
    for name in sorted(writers):
        written = temporary / f"{name}.arrow"
        with written.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
        saved[name] = Dataset(Dataset.from_file(str(written)).data, fingerprint=digest[:16])  # else it is by chance
    if saved:
        DatasetDict(saved).save_to_disk(str(temporary / "set"))
    return counts


def _features(stage: Stage) -> Any:
    """The columns that LLaMA-Factory itself saves, all in the types that it gives those of supervised training."""
    from datasets import Features, Sequence, Value

    types = {"input_ids": "int32", "attention_mask": "int8", "labels": "int64"}
    columns = {
        f"{prefix}{name}": Sequence(Value(kind)) for prefix in _SEQUENCES[stage] for name, kind in types.items()
    }
    tags = {"kto_tags": Value("bool")} if stage == "kto" else {}
    return Features({**columns, **tags, **{name: Value("null") for name in MEDIA}})


def _check_place(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise RecordError(f"{folder}: is a file; give a folder")
    if folder.is_dir() and any(folder.iterdir()):
        read_origin(folder)


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    folder.parent.mkdir(parents=True, exist_ok=True)
    clear_dead(folder)
    temporary = folder.with_name(f".{folder.name}.{os.getpid()}.tmp")
    temporary.mkdir()
    try:
        yield temporary
    finally:
        shutil.rmtree(temporary)


def _replace(new: Path, folder: Path, old: Path) -> None:
    """Put a folder in the place of another; in between, for a moment, there is none."""
    if folder.exists():
        folder.rename(old)
    new.rename(folder)
