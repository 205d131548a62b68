"""An address that a server or a page listens on: who reaches it, how it is written, and taking it.

The key that clients show is not part of it: ``server/web/access`` checks that.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

__all__ = ["HostGuard", "ListenAddress", "ListenError", "read_host"]

# The last two are this machine as its containers name it; no web page can have them for a name of its own.
LOCAL_NAMES = ("localhost", "127.0.0.1", "[::1]", "host.docker.internal", "host.containers.internal")
_BY_NAME = ("127.0.0.1", "0.0.0.0", "::")  # a browser on this machine finds these as localhost

_HOST_HEADER = re.compile(r"(\[[^\]]*\]|[^:\[\]]+)(?::[0-9]*)?")


class ListenError(Exception):
    """Nobody can listen there; the message names the address, the cause and the remedy."""


@dataclass(frozen=True)
class ListenAddress:
    """A host (name or IP address, IPv6 without brackets) and a port."""

    host: str
    port: int

    @property
    def is_loopback(self) -> bool:
        """Whether only programs on this machine reach it; a name other than localhost counts as reached by all."""
        try:
            return self.host == "localhost" or ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def netloc(self) -> str:
        """``host:port`` as URLs write it."""
        return f"{_bracketed(self.host)}:{self.port}"

    @property
    def url(self) -> str:
        """Where a browser on this machine finds it."""
        return f"http://localhost:{self.port}" if self.host in _BY_NAME else f"http://{self.netloc}"

    def admits(self, host: str) -> bool:
        """Whether a ``Host`` header names this machine or this address, whatever the port."""
        named = _HOST_HEADER.fullmatch(host)
        return named is not None and named[1].lower() in (*LOCAL_NAMES, _bracketed(self.host).lower())

    def listen(self, remedy: str) -> socket.socket:
        """Take the address; port 0 takes any free one. ``remedy`` is told where that fails.

        Raises:
            ListenError: the address is taken, not of this machine, or no address.
        """
        try:
            if not 0 <= self.port < 65536:
                raise ValueError("port must be 0-65535")  # the resolver would wrap it, and bind() leak a socket
            family, *_, place = min(socket.getaddrinfo(self.host, None, type=socket.SOCK_STREAM))  # IPv4 first
            return socket.create_server((place[0], self.port, *place[2:]), family=family)
        except (OSError, ValueError) as error:
            raise ListenError(f"{self.netloc}: cannot listen there ({error}); {remedy}") from error


def read_host(written: str) -> str:
    """A host as people write it, an IPv6 address with brackets or without.

    Raises:
        ValueError: it says more than a host, such as a port or a scheme.
    """
    host = written.strip()
    if host.startswith("[") and host.endswith("]") and ":" in host:
        host = host[1:-1]
    if not host or host.count(":") == 1 or any(mark in host for mark in "[]/@ "):
        raise ValueError(f"{written!r} is no host name or address alone")
    return host


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


class HostGuard:
    """Answer requests for another host name than those that ``address`` admits with ``refusal``.

    A web page whose name is made to resolve to 127.0.0.1 (DNS rebinding) is of our own origin for the browser;
    the ``Host`` header tells it apart. For servers that listen on loopback and ask for no secret.
    """

    def __init__(self, app: ASGIApp, address: ListenAddress, refusal: ASGIApp) -> None:
        self._app, self._address, self._refusal = app, address, refusal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        admitted = scope["type"] == "lifespan" or self._address.admits(_host(scope))
        await (self._app if admitted else self._refusal)(scope, receive, send)


def _host(scope: Scope) -> str:
    hosts = [value.decode("latin-1") for name, value in scope["headers"] if name.lower() == b"host"]
    return hosts[0] if len(hosts) == 1 else ""
