"""Pictures that programs drew, as their children hand them over: bytes of a stranger, so only PNG and JPEG pass."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from .sandbox.raster import ALL_BYTES, MOST, MOST_BYTES, media_type

__all__ = ["Picture", "Show", "read_pictures"]


@dataclass(frozen=True)
class Picture:
    """A PNG or JPEG file, of at most ``MOST_PIXELS`` pixels by what it says of itself; it is not decoded here."""

    media_type: str
    data: bytes

    @property
    def base64(self) -> str:
        return base64.b64encode(self.data).decode("ascii")


Show: TypeAlias = Callable[[Picture], None]


def read_pictures(handed: object) -> Iterator[Picture]:
    """Those of a child's reply that are pictures, within the limits on their number and size."""
    left = ALL_BYTES
    for text in handed[:MOST] if isinstance(handed, list) else []:
        data = _decode(text) if isinstance(text, str) else b""
        kind = media_type(data)
        if kind is not None and len(data) <= min(MOST_BYTES, left):
            left -= len(data)
            yield Picture(kind, data)


def _decode(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
