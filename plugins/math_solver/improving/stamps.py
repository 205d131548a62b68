"""Which steps of a run are done, read off a small file for each of them and off what they made.

A step is known by a key: its command, its server, and of all that it reads the content, or the key of the step that
made it. So a run goes on behind the last step that was finished, and a changed setting or file does again what hangs
on it and nothing else.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import astuple
from pathlib import Path
from typing import Any

from ..records import RecordError, digest_of, parse_json, read_whole, write_text
from .plan import Step

__all__ = ["Stamps"]


class Stamps:
    """The stamps in a folder. Steps are asked for in their order: what makes a file comes before what reads it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: dict[Path, str] = {}

    def once(self, step: Step, run: Callable[[Step], None]) -> bool:
        """Run a step unless it is done; says whether it was run.

        Raises:
            RecordError: as ``run``; or something is missing of what it makes, or not every request got through.
        """
        if self.is_done(step):
            return False
        key = self._key(step)  # of what it reads now, whatever becomes of that meanwhile
        self._begin(step, key)
        run(step)
        self._finish(step, key)
        return True

    def is_done(self, step: Step) -> bool:
        """Whether nothing is left to do; notes what the step makes for those behind it."""
        key = self._key(step)
        stamp = self._read(step)
        self._made.update(dict.fromkeys(step.makes, key))
        if stamp.get("key") != key or not all(path.exists() for path in step.makes):
            return False
        return stamp.get("done") is True or self._is_whole(step)

    def _is_whole(self, step: Step) -> bool:
        """Whether all that is asked for came, though whoever asked was killed before it could be stamped.

        The journal is gone then. It is not there yet either where that one was killed at once; what lies there is
        older than the stamp then.
        """
        if step.journal is None or step.journal.exists():
            return False
        begun = self._place(step).stat().st_mtime_ns
        return all(path.stat().st_mtime_ns >= begun for path in step.makes)

    def _begin(self, step: Step, key: str) -> None:
        """Make way for a step: what an earlier one with other inputs left would be gone on with.

        Nothing is removed where no stamp says that it is ours.
        """
        stamp = self._read(step)
        if stamp and stamp.get("key") != key:
            for path in step.spoils:
                _remove(path)
        self._write(step, key, done=False)

    def _finish(self, step: Step, key: str) -> None:
        if missing := next((path for path in step.makes if not path.exists()), None):
            raise RecordError(f"{missing}: was not made by {step.command}; run that alone and see")
        if step.journal is not None and step.journal.exists():
            raise RecordError(
                f"{step.journal}: requests did not get through; run the same command again to ask only these"
            )
        self._write(step, key, done=True)

    def _key(self, step: Step) -> str:
        # What was made by no step of this run is looked at anew each time.
        inputs = [[str(path), self._made.get(path) or _content(path)] for path in step.reads]
        server = astuple(step.server) if step.server else None
        return hashlib.sha256(json.dumps([step.command, server, inputs]).encode()).hexdigest()

    def _place(self, step: Step) -> Path:
        return self._folder / f"{step.name.replace('/', '-')}.json"

    def _read(self, step: Step) -> dict[str, Any]:
        """An empty one where there is none that can be read: the step is done again."""
        try:
            stamp = parse_json(read_whole(self._place(step)))
        except (OSError, ValueError):
            return {}
        return stamp if isinstance(stamp, dict) else {}

    def _write(self, step: Step, key: str, *, done: bool) -> None:
        stamp = {"command": step.command, "key": key, "done": done}
        write_text(self._place(step), json.dumps(stamp, ensure_ascii=False, indent=1) + "\n")


def _content(path: Path) -> str:
    """What a file holds; of a model's folder its files with their sizes and times; of a model's name nothing."""
    if path.is_dir():
        return hashlib.sha256("\n".join(_listed(path)).encode()).hexdigest()
    return digest_of(path) if path.is_file() else "named"


def _listed(folder: Path) -> Iterator[str]:
    for path in sorted(folder.iterdir()):
        if path.is_file():
            about = path.stat()
            yield f"{path.name} {about.st_size} {about.st_mtime_ns}"


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
