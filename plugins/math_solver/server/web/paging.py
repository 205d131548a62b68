"""Long lists in parts, as OpenAI gives them: ``after``, ``limit`` and ``order`` of a query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .errors import ApiError

__all__ = ["paginate"]

MAX_LIMIT = 100


def paginate(items: Sequence[Mapping[str, Any]], query: Mapping[str, str]) -> dict[str, Any]:
    """The part of ``items`` (oldest first) that a query asks for; the latest come first unless it says ``asc``."""
    ordered = list(items) if _order(query) == "asc" else list(reversed(items))
    start = _start(ordered, query.get("after"))
    shown = ordered[start : start + _limit(query)]
    return {
        "object": "list",
        "data": shown,
        "first_id": shown[0]["id"] if shown else "",
        "last_id": shown[-1]["id"] if shown else "",
        "has_more": start + len(shown) < len(ordered),
    }


def _order(query: Mapping[str, str]) -> str:
    order = query.get("order", "desc")
    if order not in ("asc", "desc"):
        raise ApiError(f"order={order!r} is not supported; give asc or desc", param="order", code="invalid_value")
    return order


def _limit(query: Mapping[str, str]) -> int:
    limit = query.get("limit", "20")
    if not limit.isdecimal() or len(limit) > len(str(MAX_LIMIT)) or not 1 <= int(limit) <= MAX_LIMIT:
        raise ApiError(
            f"limit={limit!r} must be a whole number from 1 to {MAX_LIMIT}", param="limit", code="invalid_value"
        )
    return int(limit)


def _start(ordered: Sequence[Mapping[str, Any]], after: str | None) -> int:
    if after is None:
        return 0
    for index, item in enumerate(ordered):
        if item["id"] == after:
            return index + 1
    raise ApiError(f"after: {after!r} is not in this list", status=404, param="after", code="not_found")
