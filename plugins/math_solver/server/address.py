"""Where the server listens, and who may reach it there."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Mapping
from dataclasses import dataclass

from .web.errors import StartupError

__all__ = ["Address", "read_address"]


@dataclass(frozen=True)
class Address:
    """Where the server listens, and the key its clients must show."""

    host: str
    port: int
    api_key: str | None

    @property
    def url(self) -> str:
        """Where a browser on this machine finds it."""
        host = "localhost" if self.host in ("127.0.0.1", "::1", "0.0.0.0", "::") else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    def check_free(self) -> None:
        """Raise ``StartupError`` when nobody can listen there."""
        try:
            kind, *_, place = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)[0]
            with socket.socket(kind) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(place)
        except OSError as error:
            raise StartupError(
                f"{self.host}:{self.port}: cannot listen there ({error}); set API_PORT or API_HOST to another"
            ) from error

    @property
    def is_loopback(self) -> bool:
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False


def read_address(environ: Mapping[str, str]) -> Address:
    """``API_HOST`` (default 127.0.0.1: code runs here), ``API_PORT`` and ``API_KEY``.

    Raises:
        StartupError: a bad port, or a host that others can reach and no key.
    """
    port = environ.get("API_PORT", "8000")
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise StartupError(f"API_PORT is {port!r}; set a number from 1 to 65535")
    address = Address(environ.get("API_HOST", "127.0.0.1"), int(port), environ.get("API_KEY") or None)
    if not address.is_loopback and address.api_key is None:
        raise StartupError(
            f"API_HOST={address.host} lets other machines run code here; set API_KEY to a secret that clients "
            "send as their api_key, or API_HOST=127.0.0.1"
        )
    return address
