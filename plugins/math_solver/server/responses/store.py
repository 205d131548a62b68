"""Stored responses: in memory, limited in number and size, gone after a while or a restart."""

from __future__ import annotations

import json
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ..web.errors import ApiError
from .items import Conversation

__all__ = ["ResponseStore", "Stored"]


@dataclass(frozen=True)
class Stored:
    """A response with the outputs of its programs, its input, and the conversation that a next one continues.

    ``container_id`` is ``None`` when no program has run in the conversation.
    """

    response: Mapping[str, Any]
    input_items: tuple[Mapping[str, Any], ...]
    conversation: Conversation
    container_id: str | None

    @property
    def size(self) -> int:
        """Characters, near enough to bytes."""
        listed = len(json.dumps([self.response, *self.input_items]))
        return listed + sum(len(turn.content) + len(turn.reasoning) for turn in self.conversation.turns)


class ResponseStore:
    """The latest responses: at most ``max_count`` of them and ``max_bytes`` together, each for ``seconds``."""

    def __init__(self, max_count: int, max_bytes: int, seconds: float, clock: Callable[[], float] = time.time) -> None:
        self._max_count, self._max_bytes, self._seconds, self._clock = max_count, max_bytes, seconds, clock
        self._kept: OrderedDict[str, tuple[Stored, int, float]] = OrderedDict()
        self._owners: dict[str, str] = {}
        self._bytes = 0

    def __len__(self) -> int:
        self._expire()
        return len(self._kept)

    def put(self, stored: Stored) -> None:
        """Keep a response; the oldest make room for it."""
        size = stored.size
        self._kept[stored.response["id"]] = (stored, size, self._clock())
        self._bytes += size
        self._owners |= {item["id"]: stored.response["id"] for item in stored.response["output"]}
        while self._kept and (len(self._kept) > self._max_count or self._bytes > self._max_bytes):
            self._drop(next(iter(self._kept)))

    def get(self, response_id: str, param: str = "response_id") -> Stored:
        """Raise 404 for a response that never was, or is no more."""
        self._expire()
        kept = self._kept.get(response_id)
        if kept is None:
            message = f"Response {response_id!r} does not exist, was not stored, or has expired."
            raise ApiError(message, status=404, param=param, code="response_not_found")
        return kept[0]

    def delete(self, response_id: str) -> None:
        """Forget a response; raise 404 as ``get`` does."""
        self.get(response_id)
        self._drop(response_id)

    def find_item(self, item_id: str) -> Mapping[str, Any] | None:
        """An output item of a stored response."""
        self._expire()
        owner = self._owners.get(item_id)
        items = self._kept[owner][0].response["output"] if owner else []
        return next((item for item in items if item["id"] == item_id), None)

    def _expire(self) -> None:
        until = self._clock() - self._seconds
        while self._kept and next(iter(self._kept.values()))[2] < until:
            self._drop(next(iter(self._kept)))

    def _drop(self, response_id: str) -> None:
        stored, size, _ = self._kept.pop(response_id)
        self._bytes -= size
        for item in stored.response["output"]:
            self._owners.pop(item["id"], None)
