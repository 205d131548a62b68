"""Chunks of items: given out to whoever is free, taken back in their order."""

from __future__ import annotations

import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count, islice
from typing import Any

from ..records import RecordError

__all__ = ["AHEAD", "TRIES", "Chunk", "Chunks", "Mishap", "Refusal", "work_on"]

AHEAD = 3  # chunks a worker that are out, or done and behind one that is not
TRIES = 3  # of a chunk whose worker ends


@dataclass
class Chunk:
    """Some items in a row; ``first`` is the number of the first one, from 1."""

    number: int
    first: int
    items: tuple[Any, ...]
    tries: int = 0


@dataclass(frozen=True)
class Refusal:
    """What a worker sends back where its user can mend something: one line."""

    why: str


@dataclass(frozen=True)
class Mishap:
    """What a worker sends back where we made a mistake: the traceback."""

    trace: str


Reply = list[Any] | Refusal | Mishap


def work_on(work: Callable[[Any], Any], items: Sequence[Any]) -> Reply:
    """What a worker sends back for a chunk; a program's failure is no exception, so one of these ends the run."""
    try:
        return [work(item) for item in items]
    except RecordError as error:
        return Refusal(str(error))
    except Exception:
        return Mishap(traceback.format_exc())


@dataclass
class Chunks:
    """The chunks of all items; at most ``most`` are out or wait for an earlier one."""

    items: Iterable[Any]
    size: int
    most: int
    _again: deque[Chunk] = field(default_factory=deque)
    _done: dict[int, list[Any]] = field(default_factory=dict)
    _taken: int = 0  # chunks whose results were taken

    def __post_init__(self) -> None:
        self._fresh = _cut(self.items, self.size)
        self._given = 0

    def give(self) -> Chunk | None:
        """The next chunk to work on, the lost ones first; None while enough are out, or where none is left."""
        if self._again:
            return self._again.popleft()
        if self._given - self._taken >= self.most:
            return None
        chunk = next(self._fresh, None)
        self._given += chunk is not None
        return chunk

    def lost(self, chunk: Chunk, why: str) -> None:
        """Its worker is gone, and its work with it.

        Raises:
            RecordError: so is every other one that had it.
        """
        chunk.tries += 1
        if chunk.tries >= TRIES:
            last = chunk.first + len(chunk.items) - 1
            raise RecordError(
                f"rows {chunk.first} to {last}: {TRIES} workers ended while they had them ({why}); "
                "give the workers more memory, or leave these rows out"
            )
        self._again.append(chunk)

    def done(self, chunk: Chunk, reply: Reply) -> None:
        """Take a chunk's results.

        Raises:
            RecordError: they are a refusal.
            RuntimeError: they are a mishap.
        """
        if isinstance(reply, Refusal):
            raise RecordError(reply.why)
        if isinstance(reply, Mishap):
            raise RuntimeError(f"a worker failed at rows {chunk.first} and on:\n{reply.trace}")
        self._done[chunk.number] = reply

    def take(self) -> Iterator[Any]:
        """The results that no earlier one is missing before."""
        while self._taken in self._done:
            results = self._done.pop(self._taken)
            self._taken += 1
            yield from results


def _cut(items: Iterable[Any], size: int) -> Iterator[Chunk]:
    rest = iter(items)
    for number in count():
        if not (part := tuple(islice(rest, size))):
            return
        yield Chunk(number, number * size + 1, part)
