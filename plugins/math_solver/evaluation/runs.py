"""Under what circumstances attempts were made: a small JSON file beside them."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any

from ..disk import read_object, storable, write_text
from ..records import RecordError, read_records
from .records import Attempt

__all__ = ["Run", "circumstances_path", "journal_path", "read_run", "versions", "write_circumstances"]

PACKAGES = ("math-solver", "llamafactory", "transformers", "torch", "openai", "sympy", "math-verify", "numpy")


@dataclass(frozen=True)
class Run:
    """The attempts of one model on one set of problems, and the circumstances (model, options, versions)."""

    name: str
    attempts: Sequence[Attempt]
    circumstances: Mapping[str, Any] = field(default_factory=dict)

    @property
    def tool(self) -> bool:
        """Whether programs could be run; read off the attempts where nobody wrote it down."""
        known = self.circumstances.get("tool")
        return any(attempt.executions for attempt in self.attempts) if known is None else bool(known)

    @property
    def stopped_early(self) -> bool:
        return bool(self.circumstances.get("stop_early"))


def circumstances_path(attempts: Path) -> Path:
    return attempts.with_name(f"{attempts.name}.run.json")


def journal_path(attempts: Path) -> Path:
    """Where answers are kept until every request got through."""
    return attempts.with_name(f"{attempts.name}.journal")


def write_circumstances(attempts: Path, circumstances: Mapping[str, Any]) -> None:
    """Write the circumstances beside a file of attempts, whole or not at all."""
    written = storable(json.dumps(circumstances, ensure_ascii=False, indent=1))  # names of files may be no UTF-8
    write_text(circumstances_path(attempts), f"{written}\n")


def read_run(path: Path, name: str | None = None) -> Run:
    """A file of attempts with its circumstances, where they are known.

    Raises:
        RecordError: the file is missing, empty or not of attempts.
    """
    attempts = list(read_records(path, Attempt))
    if not attempts:
        raise RecordError(f"{path}: holds no attempts; run scripts/evaluate.py")
    beside = circumstances_path(path)
    remedy = "delete it or evaluate again"
    circumstances = read_object(beside, remedy) if beside.is_file() else {}
    if not isinstance(circumstances.get("name") or "", str):
        raise RecordError(f"{beside}: not the circumstances of a run; {remedy}")
    return Run(storable(name or circumstances.get("name") or path.stem), attempts, circumstances)


def versions() -> dict[str, str]:
    """The versions that a result may hang on, as far as they are installed here."""
    found = {"python": platform.python_version(), "platform": platform.platform(terse=True)}
    for package in PACKAGES:
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            continue
    return found
