"""A file that a client uploads: ``multipart/form-data``, as the SDK sends it."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.requests import ClientDisconnect

from .errors import ApiError
from .exchange import client_left, media_type_of

__all__ = ["Upload", "is_form", "read_upload"]

MOST_FIELDS = 16


@dataclass(frozen=True)
class Upload:
    """One file with the name that its client gives it, which may be anything."""

    name: str
    data: bytes


def is_form(request: Request) -> bool:
    """Whether a body is a form that can hold a file."""
    return media_type_of(request) == "multipart/form-data"


async def read_upload(request: Request, field: str = "file") -> Upload:
    """The only file of a form.

    A web page of another origin can send a form without asking first, so what it changes must have a name that such a
    page does not know.

    Raises:
        ApiError: 400 where there is none, or another one; 413 beyond the largest body; 415 where it is compressed.
        HTTPException: 400 for more than one file.
    """
    if request.headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise ApiError("A form is read as it is; send it without Content-Encoding.", status=415)
    try:
        async with request.form(max_files=1, max_fields=MOST_FIELDS) as form:
            file = form.get(field)
            if not isinstance(file, UploadFile):
                message = f"The form has no file {field!r}."
                raise ApiError(message, param=field, code="missing_required_parameter")
            return Upload(file.filename or "", await file.read())
    except ClientDisconnect as error:
        raise client_left() from error
    except ValueError as error:  # the parser's own errors, which Starlette lets through
        raise ApiError(f"The body is no form: {error}.") from error
