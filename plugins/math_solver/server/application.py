"""LLaMA-Factory's own application with our routes, limits and errors in it."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import APIRouter, Depends, FastAPI
from llamafactory.api.app import create_app

from ..interpreter import Interpreter
from .address import Address
from .chat.routes import CHAT_PATH, chat_router
from .completions.routes import completions_router
from .containers.containers import Containers
from .containers.files import ContainerFiles
from .containers.routes import containers_router
from .health import health_router
from .models.model import Model
from .models.template_calls import check_form, form_for
from .names import MODELS_PATH, Names, models_router
from .responses.answering import Answering
from .responses.routes import responses_router
from .responses.store import ResponseStore
from .seam import moved
from .settings import Settings
from .solves import Solves
from .web.access import narrow_cors, narrow_hosts, require_key
from .web.connections import tell_of_refused_connections
from .web.error_handlers import add_error_handlers
from .web.head import HeadAsGet
from .web.limits import BodyLimit, RateLimit
from .web.metrics import metrics_router
from .web.page import add_page

__all__ = ["build_app"]


def build_app(
    model: Model, settings: Settings, interpreter: Interpreter, address: Address, name: str = "math-solver"
) -> FastAPI:
    """The application that serves ``model`` as ``name``; its shutdown closes the interpreter and the model.

    Raises:
        StartupError: LLaMA-Factory's application lacks a route to replace, or the form does not fit the template.
    """
    check_form(settings.form, model.template)
    app: FastAPI = create_app(model.stock)
    for path in (CHAT_PATH, MODELS_PATH):
        _remove_stock_route(app, path)
    _add_middleware(app, settings, address)
    solves = Solves(model, settings, interpreter)
    containers = Containers(interpreter, settings.session_idle, settings.max_containers)
    app.state.containers = containers
    files = ContainerFiles(interpreter, containers)
    names = Names(name, settings.default_on)
    for router in _guarded_routers(model, settings, solves, containers, files, names):
        app.include_router(router, dependencies=[Depends(require_key(address.api_key))])
    app.include_router(health_router(interpreter, solves))
    if settings.page:
        add_page(app, key_required=address.api_key is not None, examples=settings.examples)
    add_error_handlers(app)
    _close_at_shutdown(app, interpreter, model)
    return app


def _remove_stock_route(app: FastAPI, path: str) -> None:
    found = [route for route in app.router.routes if getattr(route, "path", None) == path]
    if len(found) != 1:
        raise moved(f"create_app has {len(found)} routes at {path}")
    app.router.routes.remove(found[0])


def _add_middleware(app: FastAPI, settings: Settings, address: Address) -> None:
    # The last one added sees a request first.
    app.add_middleware(BodyLimit, max_bytes=settings.max_body_bytes, max_together=settings.max_bodies_bytes)
    if settings.requests_per_minute:
        app.add_middleware(RateLimit, per_minute=settings.requests_per_minute)
    app.add_middleware(HeadAsGet)
    if address.is_loopback and address.api_key is None:
        narrow_hosts(app, address)
    narrow_cors(app, settings.cors_origins)  # outside the limits: pages may read their refusals too


def _guarded_routers(
    model: Model,
    settings: Settings,
    solves: Solves,
    containers: Containers,
    files: ContainerFiles,
    names: Names,
) -> Iterator[APIRouter]:
    """The routes that ask for the API key."""
    form = form_for(settings.form, model.template)
    yield models_router(names)
    yield chat_router(model, solves, containers, settings, form, names)
    yield completions_router(model, solves, names)
    store = ResponseStore(
        settings.max_responses,
        settings.responses_mb << 20,
        settings.responses_ttl,
        max_picture_bytes=settings.pictures_mb << 20,
    )
    budget, tags = settings.budget(None), model.thought_tags if model.template else None
    answering = Answering(solves, containers, store, budget=budget, form=form, tags=tags)
    yield responses_router(model, answering, store, settings, names)
    yield containers_router(containers, files)
    yield metrics_router(solves.metrics)


def _close_at_shutdown(app: FastAPI, interpreter: Interpreter, model: Model) -> None:
    """Close what the application holds when it shuts down: uvicorn dies of its signal before our caller can."""
    stock = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[Any]:
        async with stock(app) as state:
            # What is loaded by now stays: a collection that walks it stops every solve for a quarter of a second.
            gc.collect()
            gc.freeze()
            interpreter.start_threads()
            tell_of_refused_connections(asyncio.get_running_loop())
            try:
                yield state
            finally:
                interpreter.close()
                await model.close()

    app.router.lifespan_context = lifespan
