"""The stock application of LLaMA-Factory with our routes in the place of its own."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import Depends, FastAPI
from llamafactory.api.app import create_app
from llamafactory.extras.constants import EngineName

from ..interpreter import Interpreter
from .address import Address
from .chat.routes import CHAT_PATH, chat_router
from .containers.containers import Containers
from .containers.routes import containers_router
from .health import health_router
from .models.batching.batcher import Batcher
from .models.generation import install_control
from .models.template_calls import check_form, form_for
from .models.upstream import UpstreamModel
from .responses.answering import Answering
from .responses.routes import responses_router
from .responses.store import ResponseStore
from .seam import moved
from .settings import SECTION, Settings
from .solves import Solves
from .web.access import narrow_cors, narrow_hosts, require_key
from .web.error_handlers import add_error_handlers
from .web.errors import StartupError
from .web.limits import BodyBound, RateBound
from .web.metrics import metrics_router
from .web.page import add_page

__all__ = ["build_app"]


def build_app(chat_model: Any, settings: Settings, interpreter: Interpreter, address: Address) -> FastAPI:
    """The application that serves ``chat_model``; its shutdown ends the interpreter.

    Raises:
        StartupError: the stock application has no chat route to replace, or the form does not fit the template, or
            the model cannot be batched.
    """
    check_form(settings.form, chat_model.engine.template)
    batcher = _batcher(chat_model, settings.batch_size)
    app: FastAPI = create_app(chat_model)
    _remove_stock_chat_route(app)
    # The last one added sees a request first.
    app.add_middleware(BodyBound, most=int(settings.max_body_mb * (1 << 20)))
    if settings.requests_per_minute:
        app.add_middleware(RateBound, per_minute=settings.requests_per_minute)
    narrow_hosts(app, address)
    narrow_cors(app, settings.cors_origins)  # outside the bounds: pages may read their refusals too
    if chat_model.engine.name == EngineName.HF:
        install_control(chat_model.engine)
    solves = Solves(chat_model, settings, interpreter, batcher)
    containers = Containers(interpreter, settings.session_idle, settings.max_containers)
    routes = chat_router(chat_model, solves, containers, settings.default_on)
    app.state.containers = containers
    store = ResponseStore(settings.max_responses, settings.responses_mb << 20, settings.responses_ttl)
    form = form_for(settings.form, None if isinstance(chat_model, UpstreamModel) else chat_model.engine.template)
    answering = Answering(solves, containers, store, rounds=settings.rounds, form=form)
    responses = responses_router(
        chat_model, answering, store, default_on=settings.default_on, memory_mb=settings.memory_mb
    )
    for router in (routes, responses, containers_router(containers), metrics_router(solves.metrics)):
        app.include_router(router, dependencies=[Depends(require_key(address.api_key))])
    app.include_router(health_router(interpreter, solves))
    if settings.page:
        add_page(app, key_required=address.api_key is not None)
    add_error_handlers(app)
    _end_with(app, interpreter, chat_model, batcher)
    return app


def _batcher(chat_model: Any, size: int) -> Batcher | None:
    """What generates for several requests at once, where that was asked for."""
    if size == 1:
        return None
    engine = chat_model.engine
    if engine.name != EngineName.HF or not engine.can_generate:
        raise StartupError(f"{SECTION}.batch_size: only the Hugging Face engine needs it, and for text; leave it out")
    return Batcher(engine, size)


def _remove_stock_chat_route(app: FastAPI) -> None:
    ours = [route for route in app.router.routes if getattr(route, "path", None) == CHAT_PATH]
    if len(ours) != 1:
        raise moved(f"create_app has {len(ours)} routes at {CHAT_PATH}")
    app.router.routes.remove(ours[0])


def _end_with(app: FastAPI, interpreter: Interpreter, chat_model: Any, batcher: Batcher | None) -> None:
    """Close what the application holds when it shuts down: uvicorn dies of its signal before our caller can."""
    stock = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[Any]:
        async with stock(app) as state:
            # What is loaded by now stays: a collection that walks it stops every solve for a quarter of a second.
            gc.collect()
            gc.freeze()
            interpreter.start_threads()
            try:
                yield state
            finally:
                interpreter.close()
                if batcher:
                    batcher.close()
                if isinstance(chat_model, UpstreamModel):
                    await chat_model.aclose()

    app.router.lifespan_context = lifespan
