"""The stock application of LLaMA-Factory with our routes in the place of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import Depends, FastAPI
from llamafactory.api.app import create_app
from llamafactory.extras.constants import EngineName

from ..interpreter import Interpreter
from .access import HostGuard, narrow_cors, require_key
from .address import Address
from .chat import CHAT_PATH, chat_router
from .errors import add_error_handlers
from .generation import install_control
from .health import health_router
from .seam import moved
from .settings import Settings
from .solves import Solves
from .spelling import check_form
from .upstream import UpstreamModel

__all__ = ["build_app"]


def build_app(chat_model: Any, settings: Settings, interpreter: Interpreter, address: Address) -> FastAPI:
    """The application that serves ``chat_model``; its shutdown ends the interpreter.

    Raises:
        StartupError: the stock application has no chat route to replace, or the form does not fit the template.
    """
    check_form(settings.form, chat_model.engine.template)
    app: FastAPI = create_app(chat_model)
    _remove_stock_chat_route(app)
    narrow_cors(app, settings.cors_origins)
    if address.is_loopback and address.api_key is None:
        app.add_middleware(HostGuard)
    if chat_model.engine.name == EngineName.HF:
        install_control(chat_model.engine)
    solves = Solves(chat_model, settings, interpreter)
    routes = chat_router(chat_model, solves, settings.default_on)
    app.include_router(routes, dependencies=[Depends(require_key(address.api_key))])
    app.include_router(health_router(interpreter, solves))
    add_error_handlers(app)
    _end_with(app, interpreter, chat_model)
    return app


def _remove_stock_chat_route(app: FastAPI) -> None:
    ours = [route for route in app.router.routes if getattr(route, "path", None) == CHAT_PATH]
    if len(ours) != 1:
        raise moved(f"create_app has {len(ours)} routes at {CHAT_PATH}")
    app.router.routes.remove(ours[0])


def _end_with(app: FastAPI, interpreter: Interpreter, chat_model: Any) -> None:
    """Close what the application holds when it shuts down: uvicorn dies of its signal before our caller can."""
    stock = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[Any]:
        async with stock(app) as state:
            try:
                yield state
            finally:
                interpreter.close()
                if isinstance(chat_model, UpstreamModel):
                    await chat_model.aclose()

    app.router.lifespan_context = lifespan
