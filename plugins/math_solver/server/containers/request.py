"""The ``container`` of a ``code_interpreter`` tool, as both endpoints take it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..web.errors import ApiError

__all__ = ["NO_FILE_IDS", "read_container"]

NO_FILE_IDS = "there is no /v1/files here; create a container and upload to /v1/containers/{id}/files"

AUTO: Mapping[str, Any] = {"type": "auto"}
MEMORY_MB = {"1g": 1024, "4g": 4096, "16g": 16384, "64g": 65536}


def read_container(container: object, where: str, memory_mb: int) -> str | dict[str, Any]:
    """The container of a tool: an id, or an object for one of the server's choice.

    Raises:
        ApiError: 400 that names what it cannot have; ``memory_mb`` is what programs have here.
    """
    if container is None:
        return dict(AUTO)
    if isinstance(container, str):
        return container
    if not isinstance(container, Mapping) or container.get("type") != "auto":
        raise ApiError(f'{where} must be {{"type": "auto"}} or a container id', param=where, code="invalid_type")
    if container.get("file_ids"):
        raise ApiError(f"{where}: {NO_FILE_IDS}", param=f"{where}.file_ids", code="unsupported_value")
    if (container.get("network_policy") or {"type": "disabled"}) != {"type": "disabled"}:
        message = f"{where}: programs have no network here"
        raise ApiError(message, param=f"{where}.network_policy", code="unsupported_value")
    limit = container.get("memory_limit")
    if limit is not None and MEMORY_MB.get(str(limit), memory_mb + 1) > memory_mb:
        message = f"{where}: memory_limit={limit!r} is more than the {memory_mb} MB that programs have here"
        raise ApiError(message, param=f"{where}.memory_limit", code="unsupported_value")
    return dict(AUTO) | ({"memory_limit": limit} if limit else {})
