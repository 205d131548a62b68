"""``GET /health``: whether the server can solve, for load balancers and people."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from ..interpreter import Interpreter
from .solves import Solves
from .web.exchange import json_response

__all__ = ["health_router"]


def health_router(interpreter: Interpreter, solves: Solves) -> APIRouter:
    """Open to everyone: it tells nothing but status, isolation and load; 503 while no program can be run."""
    router = APIRouter()

    @router.get("/health")
    async def get_health() -> Response:
        state: dict[str, Any] = {"tier": interpreter.tier, "active_solves": solves.active}
        if (obstacle := interpreter.obstacle) is None:
            return json_response({"status": "ok", "interpreter": state})
        return json_response({"status": "unavailable", "interpreter": {**state, "obstacle": obstacle}}, 503)

    return router
