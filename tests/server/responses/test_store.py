"""Stored responses: bounded in number and size, gone after a while."""

from __future__ import annotations

from typing import Any

import pytest

from math_solver.protocol import Turn
from math_solver.server.responses.items import Conversation
from math_solver.server.responses.store import ResponseStore, Stored
from math_solver.server.web.errors import ApiError


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def stored(name: str, text: str = "") -> Stored:
    item: dict[str, Any] = {"id": f"msg_{name}", "type": "message", "text": text}
    return Stored({"id": name, "output": [item]}, (), Conversation((), (Turn("user", "?"),)), None)


def kept(store: ResponseStore, *names: str) -> list[str]:
    """Those that can be had, by name and by item alike."""
    found = []
    for name in names:
        try:
            found.append(store.get(name).response["id"])
            assert store.find_item(f"msg_{name}") is not None
        except ApiError as error:
            assert (error.status, error.code) == (404, "response_not_found")
            assert store.find_item(f"msg_{name}") is None
    return found


def test_the_oldest_make_room_for_one_too_many() -> None:
    store = ResponseStore(2, 1 << 20, 60)
    for name in "abc":
        store.put(stored(name))
    assert kept(store, "a", "b", "c") == ["b", "c"]
    assert len(store) == 2


def test_the_oldest_make_room_for_a_large_one() -> None:
    store = ResponseStore(10, 1000, 60)
    store.put(stored("a", "x" * 400))
    store.put(stored("b", "x" * 400))
    store.put(stored("c", "x" * 400))
    assert kept(store, "a", "b", "c") == ["b", "c"]
    # one that can never fit is not kept, and costs the others their place as any large one does
    store.put(stored("d", "x" * 2000))
    assert kept(store, "b", "c", "d") == []


def test_each_is_kept_for_a_while() -> None:
    clock = Clock()
    store = ResponseStore(10, 1 << 20, 60, clock)
    store.put(stored("a"))
    clock.now += 40
    store.put(stored("b"))
    clock.now += 40
    assert kept(store, "a", "b") == ["b"]


def test_a_deleted_one_is_gone_and_its_room_free() -> None:
    store = ResponseStore(10, 1000, 60)
    store.put(stored("a", "x" * 600))
    store.delete("a")
    assert kept(store, "a") == []
    with pytest.raises(ApiError):
        store.delete("a")
    store.put(stored("b", "x" * 300))
    store.put(stored("c", "x" * 300))
    assert kept(store, "b", "c") == ["b", "c"]
