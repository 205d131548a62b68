"""Every error leaves the server as an OpenAI error object."""

from __future__ import annotations

import errno

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from ...interpreter import InterpreterError
from .errors import ApiError, error_body, unavailable
from .exchange import json_response

__all__ = ["add_error_handlers"]

# The SDK retries 408, 409, 429 and 5xx by itself; a solve that has run code must not be repeated unasked.
NO_RETRY = {"x-should-retry": "false"}
# Of descriptors, processes and memory.
SHORTAGE = frozenset({errno.EMFILE, errno.ENFILE, errno.EAGAIN, errno.ENOMEM})


def add_error_handlers(app: FastAPI) -> None:
    """Render refusals, the stock routes' errors and our own failures alike."""
    app.add_exception_handler(ApiError, _on_api_error)
    app.add_exception_handler(InterpreterError, _on_interpreter_error)
    app.add_exception_handler(HTTPException, _on_http_exception)
    app.add_exception_handler(RequestValidationError, _on_validation_error)
    app.add_exception_handler(Exception, _on_failure)


async def _on_api_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, ApiError)
    return json_response(error.body, error.status, NO_RETRY if error.final or error.status >= 500 else None)


async def _on_interpreter_error(request: Request, error: Exception) -> Response:
    return await _on_api_error(request, unavailable(error))


async def _on_http_exception(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return json_response(error_body(error.status_code, str(error.detail)), error.status_code, error.headers)


async def _on_validation_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    param = ".".join(str(part) for part in first["loc"] if part != "body")
    return json_response(error_body(400, f"{param}: {first['msg']}", param), 400)


async def _on_failure(request: Request, error: Exception) -> Response:
    # Starlette raises the error again, for the log of the server that runs it.
    if isinstance(error, OSError) and error.errno in SHORTAGE:
        return await _on_interpreter_error(request, error)
    return json_response(error_body(500, f"The server failed: {type(error).__name__}."), 500, NO_RETRY)
