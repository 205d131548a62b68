"""``GET /metrics``: what the server has done, in the form that Prometheus reads."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from typing import Any

from fastapi import APIRouter
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from starlette.responses import Response

from ...solving.loop import Event, Executed, Finished, Generated, Solution, Wrote

__all__ = ["Metrics", "metrics_router"]

SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 250)


class Metrics:
    """Counts of one application; ``watch`` passes the events of a solve on and counts them."""

    def __init__(self, active: Callable[[], float], sessions: Callable[[], float]) -> None:
        self.registry = CollectorRegistry()
        named: Any = {"namespace": "math_solver", "registry": self.registry}
        self._solves = Counter("solves", "Solves by how they ended.", ["finish"], **named)
        self._rounds = Counter("rounds", "Turns that the model generated.", **named)
        self._executions = Counter("executions", "Programs by what became of them.", ["status"], **named)
        self._tokens = Counter("tokens", "Tokens read and written.", ["kind"], **named)
        self._votes = Counter("votes", "Votes of several solves by how they ended.", ["outcome"], **named)
        self._checks = Counter("checks", "Checks of answers by how they ended.", ["status"], **named)
        spans: Any = {"buckets": SECONDS, **named}
        self._solve_time = Histogram("solve_seconds", "Seconds from a solve's start to its end.", **spans)
        self._first_time = Histogram("first_text_seconds", "Seconds until a solve's first text.", **spans)
        self._turn_time = Histogram("generation_seconds", "Seconds that one turn took.", **spans)
        self._run_time = Histogram("execution_seconds", "Seconds that one program took.", **spans)
        Gauge("active_solves", "Solves in progress.", **named).set_function(active)
        Gauge("sessions", "Sessions of the interpreter with variables.", **named).set_function(sessions)

    def count(self, solution: Solution) -> None:
        """What a vote and a check of a request came to."""
        if solution.votes:
            self._votes.labels(solution.votes.outcome).inc()
        if solution.check:
            self._checks.labels(solution.check.status).inc()

    async def watch(self, events: AsyncGenerator[Event, None]) -> AsyncGenerator[Event, None]:
        """The same events, counted; a solve without a ``Finished`` was cancelled or failed."""
        start = turn = time.perf_counter()
        silent, finish = True, "cancelled"
        try:
            async with aclosing(events):
                async for event in events:
                    match event:
                        case Wrote() if silent:
                            silent = False
                            self._first_time.observe(time.perf_counter() - start)
                        case Generated():
                            self._rounds.inc()
                            self._turn_time.observe(time.perf_counter() - turn)
                        case Executed(step=step):
                            self._executions.labels(step.execution.status).inc()
                            self._run_time.observe(step.execution.ms / 1000)
                            turn = time.perf_counter()
                        case Finished(solution=solution):
                            finish = solution.finish_reason
                            self._tokens.labels("prompt").inc(solution.usage.prompt_tokens)
                            self._tokens.labels("completion").inc(solution.usage.completion_tokens)
                    yield event
        except Exception:
            finish = "failed"
            raise
        finally:
            self._solves.labels(finish).inc()
            self._solve_time.observe(time.perf_counter() - start)


def metrics_router(metrics: Metrics) -> APIRouter:
    """The route of one application's metrics."""
    router = APIRouter()

    @router.get("/metrics")
    def get_metrics() -> Response:
        return Response(generate_latest(metrics.registry), headers={"Content-Type": CONTENT_TYPE_LATEST})

    return router
