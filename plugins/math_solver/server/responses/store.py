"""Stored responses: in memory, limited in number and size, gone after a while or a restart.

The pictures that programs drew are kept with them, and have a limit of their own: they weigh more than all text, and
no conversation needs them to go on. Where they are too many, those of the oldest responses go and the responses stay.
"""

from __future__ import annotations

import json
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..web.errors import ApiError
from .items import Conversation, is_picture, without_pictures

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
        """Characters without pictures, near enough to bytes."""
        listed = len(json.dumps([self.without_pictures().response, *self.input_items]))
        return listed + sum(len(turn.content) + len(turn.reasoning) for turn in self.conversation.turns)

    @property
    def pictures_size(self) -> int:
        """Bytes of the pictures, as the response writes them."""
        outputs = (item.get("outputs") or () for item in self.response["output"])
        return sum(len(part["url"]) for parts in outputs for part in parts if is_picture(part))

    def without_pictures(self) -> Stored:
        """The same response as of programs that only printed."""
        output = [without_pictures(item) for item in self.response["output"]]
        return replace(self, response={**self.response, "output": output})


@dataclass(frozen=True)
class _Kept:
    """A stored response, what it and its pictures take, and when it came."""

    stored: Stored
    size: int
    pictures_size: int
    since: float


class ResponseStore:
    """The latest responses: at most ``max_count`` of them and ``max_bytes`` together, each for ``seconds``.

    Their pictures take at most ``max_picture_bytes`` together, beside ``max_bytes``.
    """

    def __init__(
        self,
        max_count: int,
        max_bytes: int,
        seconds: float,
        clock: Callable[[], float] = time.time,
        *,
        max_picture_bytes: int = 64 << 20,
    ) -> None:
        self._max_count, self._max_bytes, self._seconds, self._clock = max_count, max_bytes, seconds, clock
        self._max_picture_bytes = max_picture_bytes
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._drawn: OrderedDict[str, None] = OrderedDict()  # those that have pictures
        self._owners: dict[str, str] = {}
        self._bytes, self._picture_bytes = 0, 0

    def __len__(self) -> int:
        self._expire()
        return len(self._kept)

    def put(self, stored: Stored) -> None:
        """Keep a response; the oldest make room for it, and the oldest pictures for its pictures."""
        kept, name = _Kept(stored, stored.size, stored.pictures_size, self._clock()), stored.response["id"]
        self._kept[name] = kept
        self._bytes += kept.size
        self._owners |= {item["id"]: name for item in stored.response["output"]}
        if kept.pictures_size:
            self._drawn[name] = None
            self._picture_bytes += kept.pictures_size
        while self._kept and (len(self._kept) > self._max_count or self._bytes > self._max_bytes):
            self._drop(next(iter(self._kept)))
        while self._picture_bytes > self._max_picture_bytes:
            self._drop_pictures(next(iter(self._drawn)))

    def get(self, response_id: str, param: str = "response_id") -> Stored:
        """Raise 404 for a response that never was, or is no more."""
        self._expire()
        kept = self._kept.get(response_id)
        if kept is None:
            message = f"Response {response_id!r} does not exist, was not stored, or has expired."
            raise ApiError(message, status=404, param=param, code="response_not_found")
        return kept.stored

    def delete(self, response_id: str) -> None:
        """Forget a response; raise 404 as ``get`` does."""
        self.get(response_id)
        self._drop(response_id)

    def find_item(self, item_id: str) -> Mapping[str, Any] | None:
        """An output item of a stored response."""
        self._expire()
        owner = self._owners.get(item_id)
        items = self._kept[owner].stored.response["output"] if owner else []
        return next((item for item in items if item["id"] == item_id), None)

    def _expire(self) -> None:
        until = self._clock() - self._seconds
        while self._kept and next(iter(self._kept.values())).since < until:
            self._drop(next(iter(self._kept)))

    def _drop(self, response_id: str) -> None:
        kept = self._kept.pop(response_id)
        self._bytes -= kept.size
        self._picture_bytes -= kept.pictures_size
        self._drawn.pop(response_id, None)
        for item in kept.stored.response["output"]:
            self._owners.pop(item["id"], None)

    def _drop_pictures(self, response_id: str) -> None:
        if response_id not in self._drawn:
            return
        del self._drawn[response_id]
        kept = self._kept[response_id]
        self._picture_bytes -= kept.pictures_size
        self._kept[response_id] = replace(kept, stored=kept.stored.without_pictures(), pictures_size=0)
