"""One function over many items, in their order: in this process, in several, or over a Ray cluster.

A ``Stage`` opens what a worker needs once (a sandbox, an index of benchmarks) and gives the function; it is pickled to
where it works. Items go there in chunks, and a chunk is done or it is not: what a lost worker held is done again by
another, up to ``TRIES`` times. Items must not depend on each other, and the same item must give the same result; then
the results are the same wherever and by however many they are made.

Memory holds a few chunks a worker, done or not, whatever the number of items.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TypeVar

__all__ = ["Cluster", "Here", "Stage", "Where", "cores", "mapped"]

T = TypeVar("T")
U = TypeVar("U")
Stage = Callable[[], AbstractContextManager[Callable[[T], U]]]


@dataclass(frozen=True)
class Here:
    """This machine: one worker is this process itself."""

    workers: int = 1


@dataclass(frozen=True)
class Cluster:
    """A Ray cluster: its address, ``auto`` for one that runs on this machine, ``local`` to start one here.

    ``workers`` are actors of one processor each, those of them that the cluster has room for; as many as there are
    processors where it is None.
    """

    address: str
    workers: int | None = None


Where = Here | Cluster


def mapped(stage: Stage[T, U], items: Iterable[T], where: Where, chunk: int = 64) -> Iterator[U]:
    """The results of all items, in their order.

    Raises:
        RecordError: a worker cannot be had, or a chunk ended its worker again and again.
    """
    if isinstance(where, Cluster):
        from .cluster import over_cluster

        yield from over_cluster(stage, items, where, chunk)
    elif where.workers > 1:
        from .processes import over_processes

        yield from over_processes(stage, items, where.workers, chunk)
    else:
        with stage() as work:
            yield from map(work, items)


def cores() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
