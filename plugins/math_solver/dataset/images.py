"""The pictures of problems where LLaMA-Factory looks for them: files, named by their paths from its ``media_dir``.

A problem names a picture by a path, beside the file that the problem was read from, or holds it as a data URI, which
becomes a file. (Read from llamafactory 0.9.5, ``data/converter.py``.) Not guaranteed: that a picture can be decoded;
only its first bytes are looked at.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from ..records import Trajectory

__all__ = ["Pictures"]

LARGEST = 32 << 20  # bytes of a picture
_SCHEME = "data:image/"
_BEGINNINGS: dict[str, tuple[bytes, ...]] = {
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpeg": (b"\xff\xd8\xff",),
    "gif": (b"GIF87a", b"GIF89a"),
    "webp": (b"RIFF",),
    "bmp": (b"BM",),
}


class _NoPicture(Exception):
    pass


class Pictures:
    """Finds the pictures of trajectories; ``dropped`` counts the trajectories of which one is missing or is none.

    Args:
        media: the folder from which LLaMA-Factory reads paths.
        folder: gets the pictures that came as data, named by what they hold.
    """

    def __init__(self, media: Path, folder: Path) -> None:
        self._media, self._folder = media, folder
        self.dropped: Counter[str] = Counter()

    def place(self, trajectories: Iterable[Trajectory], beside: Path) -> Iterator[Trajectory]:
        """The trajectories of a file in ``beside``, the names of their pictures as LLaMA-Factory reads them."""
        for trajectory in trajectories:
            try:
                images = tuple(self._find(image, beside) for image in trajectory.problem.images)
            except _NoPicture:
                self.dropped["image_missing"] += 1
                continue
            yield replace(trajectory, problem=replace(trajectory.problem, images=images)) if images else trajectory

    def _find(self, image: str, beside: Path) -> str:
        path = self._store(image) if image.startswith("data:") else beside / image
        try:
            with path.open("rb") as file:
                beginning = file.read(16)
        except (OSError, ValueError) as error:
            raise _NoPicture from error
        if not any(beginning.startswith(known) for kind in _BEGINNINGS.values() for known in kind):
            raise _NoPicture
        return Path(os.path.relpath(path, self._media)).as_posix()

    def _store(self, uri: str) -> Path:
        """The file of a picture that came as data."""
        kind, _, data = uri.removeprefix(_SCHEME).partition(";base64,")
        if not uri.startswith(_SCHEME) or kind not in _BEGINNINGS or len(data) > LARGEST * 4 // 3 + 4:
            raise _NoPicture
        try:
            content = base64.b64decode(data, validate=True)
        except binascii.Error as error:
            raise _NoPicture from error
        if not content.startswith(_BEGINNINGS[kind]):
            raise _NoPicture
        path = self._folder / f"{hashlib.sha256(content).hexdigest()[:32]}.{kind}"
        if not path.exists():
            self._folder.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return path
