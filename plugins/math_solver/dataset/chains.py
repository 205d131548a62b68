"""Solutions in chains, each of a question about the one before: where they lie, not what they say."""

from __future__ import annotations

from array import array
from collections import defaultdict, deque
from collections.abc import Iterator

from ..records import Problem
from .hashing import hash_of

__all__ = ["Chains"]


class Chains:
    """``records.in_chains`` of problems that come one at a time, by their numbers; 16 bytes of each.

    Chains stand in the order of their first problems, and a problem that follows nothing and is not followed is one
    alone. ``left`` are those that have none to follow.
    """

    def __init__(self) -> None:
        self._own, self._followed = array("Q"), array("Q")  # hashes of ids; 0 follows nothing
        self._followers = 0

    def add(self, problem: Problem) -> None:
        self._own.append(_key_of(problem.id))
        self._followed.append(_key_of(problem.follows) if problem.follows is not None else 0)
        self._followers += problem.follows is not None

    @property
    def left(self) -> int:
        return self._followers - sum(len(chain) - 1 for chain in self) if self._followers else 0

    def __iter__(self) -> Iterator[list[int]]:
        waiting: defaultdict[int, deque[int]] = defaultdict(deque)
        for number, followed in enumerate(self._followed):
            if followed:
                waiting[followed].append(number)
        for number, followed in enumerate(self._followed):
            if not followed:
                chain = [number]
                while behind := waiting.get(self._own[chain[-1]]):
                    chain.append(behind.popleft())
                yield chain


def _key_of(name: str) -> int:
    return hash_of(name) or 1
