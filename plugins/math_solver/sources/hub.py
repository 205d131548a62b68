"""Rows of a dataset repository: of the Hugging Face hub, or of a local folder in its layout."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..records import RecordError
from .form import Hub
from .readers import Row

__all__ = ["hub_rows"]


def hub_rows(hub: Hub, what: str, *, streamed: bool = False, remedy: str = "--benchmark-file") -> Iterator[Row]:
    """Rows through ``datasets``, which keeps what it fetched (HF_HOME); its many errors become one line.

    Args:
        streamed: read as it comes, without a copy on the disk, in bounded memory.
        remedy: the option that takes a local copy instead.

    Raises:
        RecordError: the rows cannot be had; the message says ``what`` cannot be loaded.
    """
    from datasets import load_dataset, logging
    from datasets.utils import disable_progress_bars

    logging.set_verbosity_error()
    disable_progress_bars()
    arguments: dict[str, Any] = {"split": hub.split, "streaming": streamed}
    if hub.files is not None:
        arguments["data_files"] = {hub.split: hub.files}
    elif hub.config is not None:
        arguments["name"] = hub.config
    if hub.revision is not None:
        arguments["revision"] = hub.revision
    try:
        yield from load_dataset(hub.repository, **arguments)
    except Exception as error:  # requests, fsspec, pyarrow and datasets raise their own, without a common base
        reason = (str(error).strip().splitlines() or [""])[0]
        raise RecordError(
            f"{what} cannot be loaded ({type(error).__name__}: {reason}); "
            f"without a network give a local copy with {remedy}, behind a mirror set HF_ENDPOINT"
        ) from error
