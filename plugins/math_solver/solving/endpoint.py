"""An OpenAI-compatible endpoint: how to reach it, and what it says of itself."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx2

from ..records import RecordError
from .replies import NoCompletion, plain_object, read_reply
from .wire import BoundedClient

if TYPE_CHECKING:
    from openai import AsyncOpenAI

__all__ = ["Endpoint", "check_address", "read_key"]

GREETING = 60.0  # seconds for what every server answers at once
LONGEST_WAIT = 86_400.0  # seconds


def check_address(base_url: str) -> None:
    """See that an endpoint's address is one.

    Raises:
        RecordError: it is not.
    """
    try:
        parts = urlsplit(base_url)
        fits = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
        httpx2.URL(base_url)
    except (ValueError, httpx2.InvalidURL):
        fits = False
    if not fits:
        raise RecordError(f"{base_url}: is no address; write it like http://127.0.0.1:8000/v1")


def read_key(name: str) -> str | None:
    """The key in an environment variable, where there is one.

    Raises:
        RecordError: no header could carry it.
    """
    key = os.environ.get(name) or None
    if key and not (key.isascii() and key.isprintable()):
        raise RecordError(f"{name} holds characters that no key has; set it to the endpoint's")
    return key


@dataclass(frozen=True)
class Endpoint:
    """Where to ask. The key is read from the environment variable API_KEY.

    Args:
        retries: how often the client asks again after 408, 409, 429, 5xx or a lost connection; it waits longer
            each time, as long as the server's Retry-After says where it does.
        timeout: seconds for one request as a whole, which may be a whole solution.

    Raises:
        RecordError: the address is none, or an option makes no sense.
    """

    base_url: str
    model: str
    retries: int = 5
    timeout: float = 600.0

    def __post_init__(self) -> None:
        check_address(self.base_url)
        if not 0 < self.timeout <= LONGEST_WAIT:
            raise RecordError(f"--timeout is {self.timeout}; it must be above 0, at most {LONGEST_WAIT:g}")
        if self.retries < 0:
            raise RecordError(f"--retries is {self.retries}; it must be at least 0")

    def client(self) -> AsyncOpenAI:
        from openai import AsyncOpenAI

        return AsyncOpenAI(
            base_url=self.base_url,
            api_key=read_key("API_KEY") or "none",
            timeout=self.timeout,
            max_retries=self.retries,
            http_client=BoundedClient(self.timeout),
        )

    def about(self) -> dict[str, Any]:
        return {"model": self.model, "base_url": self.base_url}

    async def greet(self, client: AsyncOpenAI) -> Mapping[str, Any]:
        """What the server's ``/health`` says, an empty mapping where it has none.

        Raises:
            RecordError: nobody answers there, or the key is refused.
        """
        import openai

        brief = client.with_options(max_retries=1, timeout=min(self.timeout, GREETING))
        try:
            await brief.models.list()
        except openai.APITimeoutError as error:
            raise RecordError(
                f"{self.base_url}: does not answer ({error.__cause__}); is the server running?"
            ) from error
        except openai.APIConnectionError as error:
            reason = error.__cause__ or error
            raise RecordError(f"{self.base_url}: cannot be reached ({reason}); is the server running?") from error
        except openai.AuthenticationError as error:
            raise RecordError(f"{self.base_url}: refuses the key; set API_KEY to the server's") from error
        except (openai.APIError, NoCompletion, AttributeError, TypeError, ValueError, LookupError, RecursionError):
            pass  # not every server lists its models
        return await self._health()

    async def _health(self) -> Mapping[str, Any]:
        url = httpx2.URL(self.base_url).copy_with(path="/health", query=None, fragment=None)
        try:
            async with BoundedClient(10) as plain:
                return plain_object(read_reply((await plain.get(url)).content))
        except (httpx2.HTTPError, httpx2.InvalidURL, NoCompletion, ValueError):
            return {}
