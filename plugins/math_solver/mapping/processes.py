"""Workers that are processes of this machine, started afresh: none inherits a thread, a lock or a sandbox."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Iterable, Iterator
from multiprocessing.connection import Connection, wait
from typing import Any

from ..records import RecordError
from . import Stage
from .chunks import AHEAD, Chunk, Chunks, Refusal, work_on

__all__ = ["over_processes"]

_PATIENCE = 10.0  # seconds that a worker has to close what it opened


def over_processes(stage: Stage[Any, Any], items: Iterable[Any], workers: int, size: int) -> Iterator[Any]:
    """``mapped`` over as many processes; they start as there are chunks for them."""
    chunks = Chunks(items, size, AHEAD * workers)
    idle: list[_Worker] = []
    busy: dict[Connection, tuple[_Worker, Chunk]] = {}
    try:
        while True:
            while len(busy) < workers and (chunk := chunks.give()):
                worker = idle.pop() if idle else _Worker(stage)
                worker.send(chunk)
                busy[worker.pipe] = worker, chunk
            if not busy:
                return
            for pipe in wait(list(busy)):
                assert isinstance(pipe, Connection)
                worker, chunk = busy.pop(pipe)
                try:
                    reply = pipe.recv()
                except (EOFError, ConnectionError):
                    chunks.lost(chunk, worker.ended())
                else:
                    idle.append(worker)
                    chunks.done(chunk, reply)
            yield from chunks.take()
    finally:
        for worker in (*idle, *(worker for worker, _ in busy.values())):
            worker.pipe.close()
        for worker in (*idle, *(worker for worker, _ in busy.values())):
            worker.ended()


class _Worker:
    """A process that waits for chunks; it ends when its pipe is closed, by us or by our own end."""

    def __init__(self, stage: Stage[Any, Any]) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(stage, theirs), daemon=True)
        self._process.start()
        theirs.close()

    def send(self, chunk: Chunk) -> None:
        try:
            self.pipe.send(chunk.items)
        except ConnectionError:  # it is gone, as we find when we listen
            pass

    def ended(self) -> str:
        """Wait for the end of a worker, or see to it; how it ended."""
        self._process.join(_PATIENCE)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        code = self._process.exitcode or 0
        self.pipe.close()
        self._process.close()
        return f"signal {-code}" if code < 0 else f"exit code {code}"


def _serve(stage: Stage[Any, Any], pipe: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started this one, which closes pipes
    try:
        with stage() as work:
            while True:
                pipe.send(work_on(work, pipe.recv()))
    except RecordError as error:  # what it needs cannot be opened
        pipe.send(Refusal(str(error)))
    except (EOFError, ConnectionError):
        pass
