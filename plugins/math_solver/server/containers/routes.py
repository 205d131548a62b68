"""The routes under ``/v1/containers``: what the SDK's ``client.containers`` does, without files."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from ..web.errors import ApiError
from ..web.exchange import json_response, read_body
from ..web.fields import Body, read, read_whole
from ..web.paging import paginate
from .containers import Container, Containers

__all__ = ["containers_router"]

PATH = "/v1/containers"
KNOWN = ("name", "expires_after")


def containers_router(containers: Containers) -> APIRouter:
    """Create, read, list and delete containers."""
    router = APIRouter()

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

    return router


def _read_container(body: Body, most: float) -> tuple[str, float | None]:
    """The name of a container and the seconds after which it expires (``None``: the server's own)."""
    for name, value in body.items():
        if name not in KNOWN and value:
            message = f"{name} is not supported; leave it out"
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
