"""PNG and JPEG told by their bytes: what they are and how large, without decoding them.

SVG is none of them: it may hold script.
"""

from __future__ import annotations

__all__ = ["ALL_BYTES", "MOST", "MOST_BYTES", "MOST_PIXELS", "media_type", "pixels"]

MOST = 4  # pictures of one program
MOST_BYTES, ALL_BYTES = 1 << 20, 2 << 20  # of one, and of all of them
MOST_PIXELS = 1 << 23

_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8"
_HEADER = _PNG + b"\0\0\0\rIHDR"
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # markers of JPEG whose segments tell the size


def media_type(data: bytes) -> str | None:
    """``None`` for anything else, and for a picture that is empty, cut in its header, or of too many pixels."""
    if not 0 < pixels(data) <= MOST_PIXELS:
        return None
    return "image/png" if data.startswith(_PNG) else "image/jpeg"


def pixels(data: bytes) -> int:
    """How many pixels the header announces; 0 where there is none."""
    if data.startswith(_HEADER) and len(data) >= len(_HEADER) + 8:
        at = len(_HEADER)
        return int.from_bytes(data[at : at + 4], "big") * int.from_bytes(data[at + 4 : at + 8], "big")
    return _jpeg_pixels(data) if data.startswith(_JPEG) else 0


def _jpeg_pixels(data: bytes) -> int:
    at = len(_JPEG)
    while at + 9 <= len(data) and data[at] == 0xFF:
        if data[at + 1] in _FRAMES:
            return int.from_bytes(data[at + 5 : at + 7], "big") * int.from_bytes(data[at + 7 : at + 9], "big")
        at += 2 + max(2, int.from_bytes(data[at + 2 : at + 4], "big"))
    return 0
