"""Stored responses: bounded in number and size, gone after a while."""

from __future__ import annotations

from dataclasses import replace
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


def drawn(name: str, *pictures: int) -> Stored:
    """A response with a program that drew pictures of so many bytes."""
    outputs = [{"type": "logs", "logs": "1"}, *({"type": "image", "url": "x" * size} for size in pictures)]
    items = [
        {"id": f"ci_{name}", "type": "code_interpreter_call", "outputs": outputs},
        *stored(name).response["output"],
    ]
    return replace(stored(name), response={"id": name, "output": items})


def pictures(store: ResponseStore, name: str) -> list[int]:
    """The sizes of those that can be had, from the response and from its item alike."""
    item = store.find_item(f"ci_{name}")
    assert item is not None and item in store.get(name).response["output"]
    assert item["outputs"][0] == {"type": "logs", "logs": "1"}
    return [len(part["url"]) for part in item["outputs"][1:]]


def test_pictures_have_a_bound_of_their_own() -> None:
    store = ResponseStore(10, 1000, 60, max_picture_bytes=5000)
    store.put(stored("text"))
    for name, *sizes in (("a", 2000, 1000), ("b", 1500), ("c",)):
        store.put(drawn(str(name), *map(int, sizes)))
    assert [pictures(store, name) for name in "abc"] == [[2000, 1000], [1500], []]
    store.put(drawn("d", 2500))  # those of the oldest go, all that belong together, and no response does
    assert [pictures(store, name) for name in "abcd"] == [[], [1500], [], [2500]]
    store.put(drawn("e", 6000))  # more than there is room for
    assert [pictures(store, name) for name in "abcde"] == [[]] * 5
    assert kept(store, "text", *"abcde") == ["text", *"abcde"]


def test_the_room_of_pictures_is_free_when_their_response_goes() -> None:
    clock = Clock()
    store = ResponseStore(2, 1 << 20, 60, clock, max_picture_bytes=5000)
    store.put(drawn("a", 4000))
    store.delete("a")
    store.put(drawn("b", 4000))
    assert pictures(store, "b") == [4000]
    clock.now += 61
    store.put(drawn("c", 4000))
    assert pictures(store, "c") == [4000]
    store.put(drawn("d"))
    store.put(drawn("e"))  # one too many
    store.put(drawn("f", 4000))
    assert (pictures(store, "f"), kept(store, *"abcdef")) == ([4000], ["e", "f"])


def test_no_picture_is_kept_where_none_may_be() -> None:
    store = ResponseStore(10, 1 << 20, 60, max_picture_bytes=0)
    store.put(drawn("a", 1))
    assert pictures(store, "a") == []


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
