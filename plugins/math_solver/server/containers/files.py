"""The files of a container: what its user uploads and its programs write, in the working folder of its session."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeVar

from ...interpreter import File, Folder, FolderFull, Interpreter, SessionsInUse, is_file_name
from ..web.errors import ApiError
from .containers import Container, Containers

__all__ = ["ContainerFile", "ContainerFiles"]

T = TypeVar("T")


@dataclass(frozen=True)
class ContainerFile:
    """A file as a client knows it: by an id, which its name has in this container and in no other."""

    id: str
    file: File
    source: Literal["user", "assistant"]


class ContainerFiles:
    """The files of all containers; the folder is the only truth, and nothing is kept beside it but who uploaded what.

    They may be read while a request uses their container, and changed while none does. They end with the variables of
    the session: when a program is killed, the container is deleted or expires.
    """

    def __init__(self, interpreter: Interpreter, containers: Containers) -> None:
        self._interpreter, self._containers = interpreter, containers

    async def listing(self, container: Container) -> list[ContainerFile]:
        """What lies there, oldest first."""

        def look(folder: Folder | None) -> list[ContainerFile]:
            files = [] if folder is None else folder.files()
            files.sort(key=lambda file: (file.changed, file.name))
            return [_known(container, file) for file in files]

        return await self._in_folder(container, look)

    async def find(self, container: Container, file_id: str) -> ContainerFile:
        """Raise 404 for a file that never was, or is no more."""
        return await self._in_folder(container, lambda folder: _find(container, folder, file_id))

    async def content(self, container: Container, file_id: str) -> tuple[str, bytes]:
        """Its name and what it holds; raise 404 as ``find`` does."""

        def read(folder: Folder | None) -> tuple[str, bytes]:
            name = _find(container, folder, file_id).file.name
            data = None if folder is None else folder.read(name)
            if data is None:
                raise _missing(container, file_id)
            return name, data

        return await self._in_folder(container, read)

    async def upload(self, container: Container, name: str, data: bytes) -> ContainerFile:
        """Put a file there for programs to open by its name, in place of one of that name.

        Raises:
            ApiError: 400 for a name that no file can have, 409 while a request uses the container or a folder has the
                name, 413 when it does not fit, 429 when no session can begin.
        """
        if not is_file_name(name):
            message = f"A file cannot be named {name!r}; give a name without a folder and control characters."
            raise ApiError(message, param="file", code="invalid_value")

        def write(folder: Folder | None) -> tuple[File, list[File]]:
            if folder is None:
                raise _ended(container)
            return folder.write(name, data), folder.files()

        with self._containers.hold(container):
            container.begun = True
            try:
                file, present = await self._in_folder(container, write, begin=True)
            except FolderFull as error:
                most = self._interpreter.limits.scratch_mb
                message = f"There is no room for {name!r}: the files of a container may have {most} MB together."
                raise ApiError(message, status=413, param="file", code="container_full") from error
            except IsADirectoryError as error:
                message = f"A program has made a folder of the name {name!r}."
                raise ApiError(message, status=409, param="file", code="name_in_use") from error
            except SessionsInUse as error:
                message = "All solving sessions are in use; try again later."
                raise ApiError(message, status=429, code="sessions_in_use") from error
            container.uploads = {f.name: f for f in [*present, file] if f in (file, container.uploads.get(f.name))}
        return _known(container, file)

    async def delete(self, container: Container, file_id: str) -> None:
        """Remove a file; raise 404 as ``find`` does, 409 while a request uses the container."""

        def remove(folder: Folder | None) -> str:
            name = _find(container, folder, file_id).file.name
            if folder is None or not folder.remove(name):
                raise _missing(container, file_id)
            return name

        with self._containers.hold(container):
            container.uploads.pop(await self._in_folder(container, remove), None)

    async def _in_folder(self, container: Container, work: Callable[[Folder | None], T], *, begin: bool = False) -> T:
        """What ``work`` makes of the folder (``None`` before anything began), in a thread, since it blocks."""
        self._containers.touch(container)
        session = container.session

        def enter() -> T:
            with self._interpreter.folder(session, begin=begin) as folder:
                return work(folder)

        return await asyncio.get_running_loop().run_in_executor(None, enter)


def _find(container: Container, folder: Folder | None, file_id: str) -> ContainerFile:
    for file in [] if folder is None else folder.files():
        known = _known(container, file)
        if known.id == file_id:
            return known
    raise _missing(container, file_id)


def _known(container: Container, file: File) -> ContainerFile:
    digest = hashlib.blake2b(file.name.encode(), key=container.secret, digest_size=24)
    source: Literal["user", "assistant"] = "user" if container.uploads.get(file.name) == file else "assistant"
    return ContainerFile(f"cfile_{digest.hexdigest()}", file, source)


def _missing(container: Container, file_id: str) -> ApiError:
    message = (
        f"Container {container.id!r} has no file {file_id!r}: it never was there, was deleted, or is lost with the "
        "variables of its session."
    )
    return ApiError(message, status=404, param="file_id", code="file_not_found")


def _ended(container: Container) -> ApiError:
    message = f"The session of container {container.id!r} ended meanwhile; upload the file again."
    return ApiError(message, status=409, code="session_ended")
