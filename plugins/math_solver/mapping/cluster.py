"""Workers that are actors of a Ray cluster.

Actors, and a window of chunks given to them, in the place of a Ray Data pipeline: Ray Data makes tables of rows, in
which a field that one row lacks becomes null and numbers of one column one type, so that bytes would differ; its input
is a file format of its own or all rows at once; and a row that ends its worker is tried for ever, or the run is lost.
Here rows travel as they are, a chunk goes to one actor at a time, and the driver says when to give up.
"""

from __future__ import annotations

import contextlib
import os
import socket
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from urllib.parse import urlsplit

from ..records import RecordError
from . import Cluster, Stage
from .chunks import AHEAD, TRIES, Chunk, Chunks, Refusal, work_on

__all__ = ["connected", "over_cluster"]

_REACHED_IN = 5.0  # seconds
_PATIENCE = 10.0  # seconds that an actor has to close what it opened
_STARTED_IN = 600.0  # seconds that a cluster has to start an actor while none works: it may have to find a machine
_STORE_MB = 256  # of shared memory in a cluster that is started here: a few chunks a worker


def over_cluster(stage: Stage[Any, Any], items: Iterable[Any], cluster: Cluster, size: int) -> Iterator[Any]:
    """``mapped`` over the actors of a cluster, as many as it has room for of those that are asked for."""
    with connected(cluster) as ray:
        workers = cluster.workers or max(1, int(ray.cluster_resources().get("CPU", 1)))
        actors = _Actors(ray, stage, Chunks(items, size, AHEAD * workers), workers)
        try:
            yield from actors.results()
        finally:
            actors.end()


class _Actors:
    """Actors that start as there are chunks for them; a chunk waits for one that has started.

    So one for which the cluster has no room holds nothing up, and one that can grow is asked to.
    """

    def __init__(self, ray: Any, stage: Stage[Any, Any], chunks: Chunks, most: int) -> None:
        self._ray, self._stage, self._chunks, self._most = ray, stage, chunks, most
        self._kind = ray.remote(num_cpus=1, max_restarts=0)(Worker)
        self._waiting: deque[Chunk] = deque()
        self._idle: list[Any] = []
        self._starting: dict[Any, Any] = {}
        self._busy: dict[Any, tuple[Any, Chunk]] = {}
        self._failed = 0

    def results(self) -> Iterator[Any]:
        """The results of all chunks, in their order.

        Raises:
            RecordError: no actor can be had, or a chunk ended its actor again and again.
        """
        while self._give():
            patience = None if self._busy or self._idle else _STARTED_IN
            refs = [*self._busy, *self._starting]
            ready = self._ray.wait(refs, num_returns=1, timeout=patience)[0]
            if not ready:
                raise RecordError(
                    f"--ray: no worker started within {_STARTED_IN:g} s; the cluster has no processor, or others hold "
                    "them: see `ray status`"
                )
            for ref in ready:
                if ref in self._starting:
                    self._started(ref)
                else:
                    self._answered(ref)
            yield from self._chunks.take()

    def _give(self) -> bool:
        """Give chunks to whoever is free; whether anything is left to wait for."""
        while len(self._busy) + len(self._waiting) < self._most and (chunk := self._chunks.give()):
            self._waiting.append(chunk)
        while self._idle and self._waiting:
            actor, chunk = self._idle.pop(), self._waiting.popleft()
            self._busy[actor.run.remote(chunk.items)] = actor, chunk
        while len(self._starting) < len(self._waiting):
            actor = self._kind.remote(self._stage)
            self._starting[actor.ready.remote()] = actor
        return bool(self._busy or self._waiting)

    def _started(self, ref: Any) -> None:
        actor = self._starting.pop(ref)
        try:
            self._ray.get(ref)
        except self._ray.exceptions.RayError as error:
            self._ray.kill(actor)
            self._failed += 1
            if self._failed >= TRIES:
                raise RecordError(f"--ray: {TRIES} workers ended as they started ({type(error).__name__})") from error
        else:
            self._idle.append(actor)
            self._failed = 0

    def _answered(self, ref: Any) -> None:
        actor, chunk = self._busy.pop(ref)
        try:
            results = self._ray.get(ref)
        except self._ray.exceptions.RayTaskError:  # it could not even read its chunk: a version of ours, or Ray's
            raise
        except self._ray.exceptions.RayError as error:
            self._ray.kill(actor)
            self._chunks.lost(chunk, type(error).__name__)
        else:
            self._idle.append(actor)
            self._chunks.done(chunk, results)

    def end(self) -> None:
        """Let actors close their sandboxes, then be gone; those that have not started have none."""
        open_ones = [*self._idle, *(actor for actor, _ in self._busy.values())]
        if open_ones:
            with contextlib.suppress(self._ray.exceptions.RayError):
                closing = [actor.close.remote() for actor in open_ones]
                self._ray.wait(closing, num_returns=len(closing), timeout=_PATIENCE)
        for actor in (*open_ones, *self._starting.values()):
            self._ray.kill(actor)


class Worker:
    """What an actor does: it opens the stage with its first chunk, and keeps it open."""

    def __init__(self, stage: Stage[Any, Any]) -> None:
        self._stage, self._open = stage, ExitStack()
        self._work: Any = None

    def ready(self) -> None:
        """Answer, which an actor does once it has started."""

    def run(self, items: tuple[Any, ...]) -> Any:
        try:
            if self._work is None:
                self._work = self._open.enter_context(self._stage())
        except RecordError as error:
            return Refusal(f"{socket.gethostname()}: {error}")
        return work_on(self._work, items)

    def close(self) -> None:
        with contextlib.suppress(RecordError):
            self._open.close()


@contextmanager
def connected(cluster: Cluster) -> Iterator[Any]:
    """Ray, connected to a cluster for as long as the block runs; one that this process has joined already stays.

    Raises:
        RecordError: Ray is missing, or the cluster does not answer.
    """
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        import ray
    except ImportError as error:
        raise RecordError("--ray: Ray is missing; pip install -e '.[ray]'") from error
    joined = ray.is_initialized()
    if not joined:
        _join(ray, cluster)
    try:
        yield ray
    finally:
        if not joined:
            ray.shutdown()


def _join(ray: Any, cluster: Cluster) -> None:
    local = cluster.address == "local"
    options: dict[str, Any] = {"include_dashboard": False, "object_store_memory": _STORE_MB << 20} if local else {}
    if local and cluster.workers:
        options["num_cpus"] = cluster.workers
    try:
        _reach(cluster.address)
        ray.init(address=cluster.address, log_to_driver=False, logging_level="ERROR", **options)
    except (OSError, ValueError, RuntimeError) as error:  # ConnectionError is an OSError
        why = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise RecordError(
            f"--ray {cluster.address}: no cluster answers ({why}); start one with `ray start --head`, "
            "name its HOST:PORT, or say `--ray local`"
        ) from error


def _reach(address: str) -> None:
    """See that somebody listens: Ray itself asks an address that is none for a minute.

    Raises:
        OSError: nobody does.
        ValueError: it is no address.
    """
    if address in ("local", "auto"):
        return
    parts = urlsplit(address if "://" in address else f"//{address}")
    if not parts.hostname or not parts.port:
        raise ValueError("not HOST:PORT, ray://HOST:PORT, auto or local")
    socket.create_connection((parts.hostname, parts.port), _REACHED_IN).close()
