"""Which steps of a run are done, read off a small file for each of them and off what they made.

A step is known by a key: its command, its server, and of all that it reads the content, or the key of the step that
made it. So a run goes on behind the last step that was finished, and a changed setting or file does again what hangs
on it and nothing else.

Where a step with other inputs spoils what was made before, that and its stamp are put aside until the step is
finished, and put back where it fails, or where the settings are again what they were. Of a killed process, the stamps
say how far that came::

    stamp      stamp aside                what the next run does
    not done   -                          goes on with the step
    none       there, or of this step     puts back what was aside
    not done   there, of another step     goes on; what is aside stays there
    done       there                      removes what was aside
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import astuple
from pathlib import Path
from typing import Any

from ..disk import digest_of, read_object, write_text
from ..records import RecordError
from .plan import Step

__all__ = ["Stamps"]

_WORKERS = re.compile(r" --workers \d+")  # how many ask at once makes no other answer


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
        key = self._key(step)  # of what it reads now, whatever becomes of that meanwhile
        self._settle(step, key)
        if self._is_done(step, key):
            self._forget(step)
            return False
        self._begin(step, key)
        try:
            run(step)
            self._finish(step, key)
        except BaseException:
            if self._aside(step).exists() and not step.has_begun():
                self._put_back(step)
            raise
        self._forget(step)
        return True

    def _is_done(self, step: Step, key: str) -> bool:
        """Whether nothing is left to do; notes what the step makes for those behind it."""
        stamp = _read(self._place(step))
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

    def _settle(self, step: Step, key: str) -> None:
        """Finish what a process that was killed had begun: to put something aside, to put it back, or to remove it."""
        stamp = _read(self._place(step))
        if not self._aside(step).exists():
            return
        if stamp.get("done") is True:
            self._forget(step)
        elif not stamp or _read(self._aside(step)).get("key") == key:
            self._put_back(step)

    def _begin(self, step: Step, key: str) -> None:
        """Make way for a step: what an earlier one with other inputs left would be gone on with.

        Nothing is touched where no stamp says that it is ours.
        """
        stamp = _read(self._place(step))
        if step.spoils and stamp and stamp.get("key") != key:
            if self._aside(step).exists():  # which is worth more than what was not finished since
                _remove(*step.spoils)
            else:
                self._put_aside(step)
        self._write(step, key, done=False)

    def _put_aside(self, step: Step) -> None:
        """The stamp goes first: a run that finds none puts back what is aside, and only that."""
        _move(self._place(step), self._aside(step))
        for path in step.spoils:
            if os.path.lexists(path):
                _move(path, _beside(path))

    def _put_back(self, step: Step) -> None:
        """The other way round; what a later step left is removed while its stamp says whose that is."""
        if self._place(step).exists():
            _remove(*step.spoils)
            _remove(self._place(step))
        for path in step.spoils:
            if os.path.lexists(_beside(path)):
                _move(_beside(path), path)
        _move(self._aside(step), self._place(step))

    def _forget(self, step: Step) -> None:
        """Remove what was put aside for a step that is finished."""
        _remove(*map(_beside, step.spoils), self._aside(step))

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
        return hashlib.sha256(json.dumps([_WORKERS.sub("", step.command), server, inputs]).encode()).hexdigest()

    def _place(self, step: Step) -> Path:
        return self._folder / f"{step.name.replace('/', '-')}.json"

    def _aside(self, step: Step) -> Path:
        """The stamp of what was put aside."""
        return _beside(self._place(step))

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


def _read(place: Path) -> dict[str, Any]:
    """A stamp, empty where there is none that can be read: the step is done again."""
    try:
        return read_object(place, "")
    except RecordError:
        return {}


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.before")


def _move(path: Path, to: Path) -> None:
    path.replace(to)


def _remove(*paths: Path) -> None:
    for path in paths:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
