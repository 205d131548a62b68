"""An OpenAI-compatible endpoint: how to reach it, and what it says of itself."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx

from ..records import RecordError

if TYPE_CHECKING:
    from openai import AsyncOpenAI

__all__ = ["Endpoint"]


@dataclass(frozen=True)
class Endpoint:
    """Where to ask. The key is read from the environment variable API_KEY.

    Args:
        retries: how often the client asks again after 408, 409, 429, 5xx or a lost connection; it waits longer
            each time, as long as the server's Retry-After says where it does.
        timeout: seconds for one request, which may be a whole solution.
    """

    base_url: str
    model: str
    retries: int = 5
    timeout: float = 600.0

    def client(self) -> AsyncOpenAI:
        from openai import AsyncOpenAI

        return AsyncOpenAI(
            base_url=self.base_url,
            api_key=os.environ.get("API_KEY") or "none",
            timeout=self.timeout,
            max_retries=self.retries,
        )

    def about(self) -> dict[str, Any]:
        return {"model": self.model, "base_url": self.base_url}

    async def greet(self, client: AsyncOpenAI) -> Mapping[str, Any]:
        """What the server's ``/health`` says, an empty mapping where it has none.

        Raises:
            RecordError: nobody answers there, or the key is refused.
        """
        import openai

        try:
            await client.with_options(max_retries=1).models.list()
        except openai.APIConnectionError as error:
            reason = error.__cause__ or error
            raise RecordError(f"{self.base_url}: cannot be reached ({reason}); is the server running?") from error
        except openai.AuthenticationError as error:
            raise RecordError(f"{self.base_url}: refuses the key; set API_KEY to the server's") from error
        except (openai.APIError, AttributeError, TypeError, ValueError):
            pass  # not every server lists its models
        return await self._health(client)

    async def _health(self, client: AsyncOpenAI) -> Mapping[str, Any]:
        url = httpx.URL(self.base_url).copy_with(path="/health")
        try:
            async with httpx.AsyncClient(timeout=10) as plain:
                answer = (await plain.get(url)).json()
        except (httpx.HTTPError, ValueError):
            return {}
        return answer if isinstance(answer, dict) else {}
