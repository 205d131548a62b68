"""JSON, the only thing that crosses a pipe or a socket, in pipes behind its length; never pickle."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any

__all__ = ["HEADER", "WireError", "dump", "load", "pack", "parse", "read_frame", "write_all"]

HEADER = 4
_loads = json.loads  # kept: a program may replace the module's own
_decoder: Any = json.JSONDecoder()
_scan = _decoder.scan_once  # a short way to what ``loads`` finds, in C where there is one
_Encoder: Any = json.encoder.c_make_encoder  # type: ignore[attr-defined]
_AS_DUMPS = (None, None, json.encoder.encode_basestring_ascii, None, ": ", ", ", False, False, True)
_encode: Any = _Encoder(*_AS_DUMPS) if _Encoder else json.JSONEncoder().iterencode  # and to what ``dumps`` does


class WireError(ValueError):
    """Bytes that are not a frame."""


def dump(message: Mapping[str, Any]) -> bytes:
    """A message where what carries it keeps messages apart: ASCII JSON."""
    return "".join(_encode(message, 0)).encode("ascii")


def pack(message: Mapping[str, Any]) -> bytes:
    """One frame: four bytes of length (big-endian), then ASCII JSON."""
    body = dump(message)
    return len(body).to_bytes(HEADER, "big") + body


def parse(body: bytes) -> dict[str, Any]:
    """The object in a frame's body.

    Raises:
        WireError: not a JSON object; whatever a hostile writer sends, nothing else is raised.
    """
    try:
        message = _loads(body)
    except (ValueError, RecursionError) as error:
        raise WireError(f"not JSON: {type(error).__name__}") from None
    if not isinstance(message, dict):
        raise WireError("not a JSON object")
    return message


def read_frame(fd: int) -> dict[str, Any] | None:
    """Read one frame from a trusted writer, blocking; ``None`` at end of file."""
    header = _read_exactly(fd, HEADER)
    body = _read_exactly(fd, int.from_bytes(header, "big")) if header is not None else None
    if body is None:
        return None
    return load(body)


def load(body: bytes) -> dict[str, Any]:
    """What a trusted writer dumped."""
    message: dict[str, Any] = _scan(body.decode("ascii"), 0)[0]
    return message


def write_all(fd: int, data: bytes) -> None:
    """Write all of ``data`` to a blocking descriptor."""
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view) :]


def _read_exactly(fd: int, size: int) -> bytes | None:
    chunks = bytearray()
    while len(chunks) < size:
        chunk = os.read(fd, size - len(chunks))
        if not chunk:
            return None
        chunks += chunk
    return bytes(chunks)
