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
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from urllib.parse import urlsplit

from ..records import RecordError
from . import Cluster, Stage
from .chunks import AHEAD, Chunk, Chunks, Refusal, work_on

__all__ = ["connected", "over_cluster"]

_REACHED_IN = 5.0  # seconds
_PATIENCE = 10.0  # seconds that an actor has to close what it opened
_STORE_MB = 256  # of shared memory in a cluster that is started here: a few chunks a worker


def over_cluster(stage: Stage[Any, Any], items: Iterable[Any], cluster: Cluster, size: int) -> Iterator[Any]:
    """``mapped`` over the actors of a cluster."""
    with connected(cluster) as ray:
        workers = cluster.workers or max(1, int(ray.cluster_resources().get("CPU", 1)))
        yield from _over(ray, stage, Chunks(items, size, AHEAD * workers), workers)


def _over(ray: Any, stage: Stage[Any, Any], chunks: Chunks, workers: int) -> Iterator[Any]:
    kind = ray.remote(num_cpus=1, max_restarts=0)(Worker)
    idle: list[Any] = []
    busy: dict[Any, tuple[Any, Chunk]] = {}
    try:
        while True:
            while len(busy) < workers and (chunk := chunks.give()):
                actor = idle.pop() if idle else kind.remote(stage)
                busy[actor.run.remote(chunk.items)] = actor, chunk
            if not busy:
                return
            for reply in ray.wait(list(busy), num_returns=1)[0]:
                actor, chunk = busy.pop(reply)
                try:
                    results = ray.get(reply)
                except ray.exceptions.RayTaskError:  # it could not even read its chunk: a version of ours, or Ray's
                    raise
                except ray.exceptions.RayError as error:
                    ray.kill(actor)
                    chunks.lost(chunk, type(error).__name__)
                else:
                    idle.append(actor)
                    chunks.done(chunk, results)
            yield from chunks.take()
    finally:
        _end(ray, [*idle, *(actor for actor, _ in busy.values())])


def _end(ray: Any, actors: list[Any]) -> None:
    """Let actors close their sandboxes, then be gone."""
    if not actors:
        return
    with contextlib.suppress(ray.exceptions.RayError):
        ray.wait([actor.close.remote() for actor in actors], num_returns=len(actors), timeout=_PATIENCE)
    for actor in actors:
        ray.kill(actor)


class Worker:
    """What an actor does: it opens the stage with its first chunk, and keeps it open."""

    def __init__(self, stage: Stage[Any, Any]) -> None:
        self._stage, self._open = stage, ExitStack()
        self._work: Any = None

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
