"""The routes under ``/v1/containers``: what the SDK's ``client.containers`` does."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.responses import Response

from ..web.errors import ApiError
from ..web.exchange import json_response, read_body
from ..web.fields import Body, read, read_whole
from ..web.paging import paginate
from ..web.uploads import is_form, read_upload
from .containers import Container, Containers
from .files import ContainerFile, ContainerFiles
from .request import NO_FILE_IDS

__all__ = ["containers_router"]

PATH = "/v1/containers"
FILES = PATH + "/{container_id}/files"
KNOWN = ("name", "expires_after")
FILE_FIELDS = ("file_ids", "files")
# Programs write files: no browser must run what one says in the name of this server.
INERT = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox"}


def containers_router(containers: Containers, files: ContainerFiles) -> APIRouter:
    """Create, read, list and delete containers and their files."""
    router = APIRouter()
    _add_containers(router, containers)
    _add_files(router, containers, files)
    return router


def _add_containers(router: APIRouter, containers: Containers) -> None:

    @router.post(PATH)
    async def create_container(request: Request) -> Response:
        name, seconds = _read_container(await read_body(request), containers.idle_seconds)
        return json_response(_describe(containers.create(name, idle_seconds=seconds)))

    @router.get(PATH)
    async def list_containers(request: Request) -> Response:
        name = request.query_params.get("name")
        described = [_describe(container) for container in containers.listing()]
        return json_response(paginate([d for d in described if name in (None, d["name"])], request.query_params))

    @router.get(PATH + "/{container_id}")
    async def get_container(container_id: str) -> Response:
        return json_response(_describe(containers.find(container_id)))

    @router.delete(PATH + "/{container_id}")
    async def delete_container(container_id: str) -> Response:
        containers.delete(containers.find(container_id))
        return json_response({"id": container_id, "object": "container.deleted", "deleted": True})


def _add_files(router: APIRouter, containers: Containers, files: ContainerFiles) -> None:
    @router.post(FILES)
    async def create_file(container_id: str, request: Request) -> Response:
        if not is_form(request):
            _refuse_file_id(await read_body(request))
        container = containers.find(container_id)
        containers.check_free(container)
        upload = await read_upload(request)
        made = await files.upload(container, upload.name, upload.data)
        return json_response(_describe_file(container, made))

    @router.get(FILES)
    async def list_files(container_id: str, request: Request) -> Response:
        container = containers.find(container_id)
        described = [_describe_file(container, file) for file in await files.listing(container)]
        return json_response(paginate(described, request.query_params))

    @router.get(FILES + "/{file_id}")
    async def get_file(container_id: str, file_id: str) -> Response:
        container = containers.find(container_id)
        return json_response(_describe_file(container, await files.find(container, file_id)))

    @router.get(FILES + "/{file_id}/content")
    async def get_content(container_id: str, file_id: str) -> Response:
        name, data = await files.content(containers.find(container_id), file_id)
        headers = INERT | {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}
        return Response(data, headers=headers, media_type="application/octet-stream")

    @router.delete(FILES + "/{file_id}")
    async def delete_file(container_id: str, file_id: str) -> Response:
        await files.delete(containers.find(container_id), file_id)
        return json_response({"id": file_id, "object": "container.file.deleted", "deleted": True})


def _refuse_file_id(body: Body) -> None:
    if body.get("file_id") is not None:
        raise ApiError(f"file_id: {NO_FILE_IDS}", param="file_id", code="unsupported_value")
    raise ApiError("Send the file as multipart/form-data, in the field 'file'.", param="file", code="invalid_value")


def _read_container(body: Body, most: float) -> tuple[str, float | None]:
    """The name of a container and the seconds after which it expires (``None``: the server's own)."""
    for name, value in body.items():
        if name not in KNOWN and value:
            message = f"{name}: {NO_FILE_IDS}" if name in FILE_FIELDS else f"{name} is not supported; leave it out"
            raise ApiError(message, param=name, code="unsupported_value")
    expires = read(body, "expires_after", dict, {})
    if expires.get("anchor", "last_active_at") != "last_active_at":
        message = "expires_after.anchor must be 'last_active_at'"
        raise ApiError(message, param="expires_after.anchor", code="invalid_value")
    minutes = read_whole(expires, "minutes", 1, max(1, int(most // 60)))
    return read(body, "name", str, ""), None if minutes is None else minutes * 60.0


def _describe(container: Container) -> dict[str, Any]:
    return {
        "id": container.id,
        "object": "container",
        "created_at": int(container.created_at),
        "status": "running",
        "last_active_at": int(container.last_active_at),
        "expires_after": {"anchor": "last_active_at", "minutes": max(1, round(container.idle_seconds / 60))},
        "name": container.name,
        "network_policy": {"type": "disabled"},
    }


def _describe_file(container: Container, known: ContainerFile) -> dict[str, Any]:
    """``path`` is where programs find it: they run in the folder of their files."""
    return {
        "id": known.id,
        "object": "container.file",
        "bytes": known.file.size,
        "container_id": container.id,
        "created_at": known.file.changed // 1_000_000_000,
        "path": known.file.name,
        "source": known.source,
    }
