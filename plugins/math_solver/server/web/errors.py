"""Errors of the server and OpenAI's object for them: ``{"error": {message, type, param, code}}``."""

from __future__ import annotations

from typing import Any

__all__ = ["ApiError", "StartupError", "error_body", "unavailable"]

KINDS = {401: "authentication_error", 403: "permission_error", 404: "not_found_error", 429: "rate_limit_error"}


class StartupError(Exception):
    """The server cannot start as configured; the message is one line that names the remedy."""


class ApiError(Exception):
    """A request that is refused: status, message and the parameter at fault.

    ``final`` says that clients must not repeat the request by themselves, whatever the status is.
    """

    final = False

    def __init__(self, message: str, *, status: int = 400, param: str | None = None, code: str | None = None):
        super().__init__(message)
        self.message, self.status, self.param, self.code = message, status, param, code

    @property
    def body(self) -> dict[str, Any]:
        return error_body(self.status, self.message, self.param, self.code)


def unavailable(error: Exception) -> ApiError:
    """A request that could not be answered since the machine had nothing for it, or the interpreter was gone."""
    return ApiError(f"The server cannot do this now: {error}.", status=503, code="server_unavailable")


def error_body(status: int, message: str, param: str | None = None, code: str | None = None) -> dict[str, Any]:
    """The OpenAI error object of an HTTP status."""
    kind = KINDS.get(status, "server_error" if status >= 500 else "invalid_request_error")
    return {"error": {"message": message, "type": kind, "param": param, "code": code}}
