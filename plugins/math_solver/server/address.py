"""Where the server listens, and the key its clients must show, as the environment says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..address import ListenAddress, ListenError, read_host
from .web.errors import StartupError

__all__ = ["Address", "read_address"]


@dataclass(frozen=True)
class Address(ListenAddress):
    """Where the server listens, and the key its clients must show."""

    api_key: str | None

    def check_free(self) -> None:
        """Take the address and let it go again: uvicorn takes it once the model is loaded.

        Raises:
            StartupError: nobody can listen there.
        """
        try:
            self.listen("set API_PORT or API_HOST to another").close()
        except ListenError as error:
            raise StartupError(str(error)) from error


def read_address(environ: Mapping[str, str]) -> Address:
    """``API_HOST`` (default 127.0.0.1: code runs here), ``API_PORT`` and ``API_KEY``.

    Raises:
        StartupError: a bad host or port, or a host that others can reach and no key.
    """
    port = environ.get("API_PORT") or "8000"
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise StartupError(f"API_PORT is {port!r}; set a number from 1 to 65535")
    try:
        host = read_host(environ.get("API_HOST") or "127.0.0.1")
    except ValueError as error:
        raise StartupError(f"API_HOST: {error}; the port goes into API_PORT") from error
    address = Address(host, int(port), environ.get("API_KEY") or None)
    if not address.is_loopback and address.api_key is None:
        raise StartupError(
            f"API_HOST={address.host} lets other machines run code here; set API_KEY to a secret that clients "
            "send as their api_key, or API_HOST=127.0.0.1"
        )
    return address
