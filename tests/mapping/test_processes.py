from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from pathlib import Path

import pytest

from math_solver.mapping import Here, mapped
from math_solver.mapping.chunks import TRIES, Chunks
from math_solver.records import RecordError

from .stages import Doubling


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_the_order_of_the_items(workers: int, tmp_path: Path) -> None:
    stage = Doubling(tmp_path / "log")
    items = [number for number in range(100) if number != 13]
    assert list(mapped(stage, items, Here(workers), chunk=7)) == [2 * number for number in items]
    assert list(mapped(stage, [], Here(workers))) == []
    assert not multiprocessing.active_children()


def test_a_lost_worker_loses_its_chunk_which_is_done_again(tmp_path: Path) -> None:
    stage = Doubling(tmp_path / "log", dies_at=30, once=tmp_path / "died")
    assert list(mapped(stage, range(14, 60), Here(2), chunk=5)) == [2 * number for number in range(14, 60)]
    assert (tmp_path / "died").exists()
    opened = sum(line.startswith("opened") for line in (tmp_path / "log").read_text().splitlines())
    assert opened in (2, 3)  # a third one, unless the second had nothing to do just then


def test_a_chunk_that_ends_every_worker_ends_the_run(tmp_path: Path) -> None:
    results = mapped(Doubling(tmp_path / "log", dies_at=24), range(14, 34), Here(2), chunk=5)
    with pytest.raises(RecordError, match=rf"rows 11 to 15: {TRIES} workers ended while they had them \(signal 9\)"):
        list(results)
    assert not multiprocessing.active_children()


@pytest.mark.parametrize(
    ("stage", "items", "complaint"),
    [
        ({"refuses": "no room"}, [1], "no room"),  # it cannot be opened
        ({}, [1, -4], "-4 is below 0"),  # an item that its user can mend
    ],
)
def test_what_can_be_mended_is_one_line(
    stage: dict[str, str], items: list[int], complaint: str, tmp_path: Path
) -> None:
    with pytest.raises(RecordError) as error:
        list(mapped(Doubling(tmp_path / "log", **stage), items, Here(2)))  # type: ignore[arg-type]
    assert str(error.value) == complaint


def test_a_mistake_of_ours_keeps_its_traceback(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="IndexError"):
        list(mapped(Doubling(tmp_path / "log"), [13], Here(2)))


def test_only_a_few_chunks_are_out_or_wait(tmp_path: Path) -> None:
    """Whatever is read is done or out: the reader is never far ahead of who takes the results."""
    read = 0

    def items() -> Iterator[int]:
        nonlocal read
        for number in range(14, 1_000):
            read += 1
            yield number

    for taken, _ in enumerate(mapped(Doubling(tmp_path / "log"), items(), Here(2), chunk=3)):
        assert read <= taken + 3 * 7 + 3


def test_a_slow_chunk_holds_the_others_back() -> None:
    chunks = Chunks(range(100), 2, 3)
    given = [chunks.give() for _ in range(4)]
    assert [chunk and chunk.items for chunk in given] == [(0, 1), (2, 3), (4, 5), None]
    for chunk in (given[2], given[1]):
        assert chunk is not None
        chunks.done(chunk, list(chunk.items))
    assert list(chunks.take()) == [] and chunks.give() is None  # the first one is still out
    assert given[0] is not None
    chunks.lost(given[0], "gone")
    again = chunks.give()
    assert again is given[0]
    chunks.done(again, [0, 1])
    assert list(chunks.take()) == [0, 1, 2, 3, 4, 5]
