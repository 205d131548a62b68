"""``GET /health``: whether the server can solve, for load balancers and people."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from ..interpreter import Interpreter
from .solves import Solves

__all__ = ["health_router"]


def health_router(interpreter: Interpreter, solves: Solves) -> APIRouter:
    """Open to everyone: it tells nothing but status, isolation and load."""
    router = APIRouter()

    @router.get("/health")
    async def get_health() -> dict[str, Any]:
        return {"status": "ok", "interpreter": {"tier": interpreter.tier, "active_solves": solves.active}}

    return router
