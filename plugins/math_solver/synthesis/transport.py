"""One request on its way to an endpoint and back, bounded in time and size, and what may become of it.

aiohttp and not the official client carries them: with 512 requests in flight it does 4,000 a second on one core,
httpx 130 and the client on top of it 300 (``benchmarks/synthesis.py`` measures it again).
"""

from __future__ import annotations

import asyncio
import email.utils
import math
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from ..disk import storable
from ..solving.completions import read_answer
from ..solving.endpoint import read_key
from ..solving.loop import Completion
from ..solving.replies import TOKEN, NoCompletion, excerpt, first_choice, message_of, read_reply
from .limiter import Limiter, Patience
from .spending import Tokens, read_usage
from .teachers import Teacher

if TYPE_CHECKING:
    from aiohttp import ClientResponse, ClientSession

__all__ = ["Answer", "Endpoint", "Failure", "Why", "read_body", "session"]

LARGEST = 256 << 10  # bytes of an answer that has no tokens

Why = Literal["busy", "unreached", "lost", "spoilt", "refused", "stop"]
_BUSY = (429, 503, 529)
_LOST = (408, 502, 504)
_STOP = {401: "refuses the key; set API_KEY to the endpoint's", 402: "wants to be paid; top the account up"}
_AGAIN = (409, 425)


@dataclass(frozen=True)
class Answer:
    """A body that holds an assistant's message, and the tokens it reports."""

    text: str
    completion: Completion
    tokens: Tokens | None


class Failure(Exception):
    """A request without a usable answer.

    Attributes:
        why: ``busy``, the endpoint did not take it; ``unreached``, it did not get there; ``lost``, it or its answer
            did not come through; ``spoilt``, the answer is of no use: all these may be tried again. ``refused``:
            the request itself is at fault. ``stop``: no request would do.
        reason: a short text, the same for the same failure.
        wish: the seconds after which the endpoint wants to be asked again.
        tokens: what the answer reports that could not be used.
        free: whether nothing was generated for it.
    """

    def __init__(
        self, why: Why, reason: str, *, wish: float | None = None, tokens: Tokens | None = None, free: bool = False
    ) -> None:
        super().__init__(reason)
        self.why, self.reason = why, storable(reason)
        self.wish, self.tokens, self.free = wish, tokens, free


def session() -> ClientSession:
    """Connections for any number of requests: who limits them are the limiters."""
    import aiohttp

    connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=3)  # uvicorn hangs up after 5 s
    return aiohttp.ClientSession(
        connector=connector,
        timeout=aiohttp.ClientTimeout(total=None, connect=None, sock_read=None),
        auto_decompress=False,  # a small body could grow without bound
        cookie_jar=aiohttp.DummyCookieJar(),
        trust_env=False,
    )


class Endpoint:
    """A teacher that can be asked. ``timeout`` bounds a request as a whole, in seconds, from first to last byte."""

    def __init__(self, teacher: Teacher, connections: ClientSession, timeout: float, patience: Patience) -> None:
        self.teacher, self.limiter = teacher, Limiter(teacher.concurrency, patience)
        self._connections, self._timeout = connections, timeout
        self._proxy = _proxy_of(teacher.url)
        self._headers = {"Content-Type": "application/json", "Accept": "application/json"}
        self._headers |= {"Accept-Encoding": "identity"}
        if key := read_key(teacher.key):
            self._headers |= {"Authorization": f"Bearer {key}"}

    async def send(self, body: bytes, max_tokens: int) -> Answer:
        """Send a request once.

        Raises:
            Failure: there is no answer, or none that can be used.
        """
        import aiohttp

        try:
            async with (
                asyncio.timeout(self._timeout),
                self._connections.post(
                    self.teacher.url, data=body, headers=self._headers, allow_redirects=False, proxy=self._proxy
                ) as response,
            ):
                data = await _read(response, LARGEST + TOKEN * max_tokens)
                status, wish = response.status, read_wish(response.headers, time.time())
                location = response.headers.get("Location") if 300 <= status < 400 else None
        except TimeoutError as error:
            raise Failure("lost", f"no answer within {self._timeout:g} s") from error
        except aiohttp.ClientConnectorError as error:
            raise Failure("unreached", f"cannot be reached ({error.strerror or error})", free=True) from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise Failure("lost", f"the connection broke ({type(error).__name__})") from error
        if status != 200:
            raise _refusal(status, data, wish, location)
        return read_body(data)


def _proxy_of(url: str) -> str | None:
    """The proxy that the environment names; aiohttp's own way of finding it would read .netrc too."""
    parts = urlsplit(url)
    return None if proxy_bypass(parts.netloc) else getproxies().get(parts.scheme)


async def _read(response: ClientResponse, limit: int) -> bytes:
    data = bytearray()
    async for piece in response.content.iter_any():
        data += piece
        if len(data) > limit:
            raise Failure("refused" if response.status == 200 else "spoilt", "the answer is too long")
    return bytes(data)


def _refusal(status: int, data: bytes, wish: float | None, location: str | None) -> Failure:
    if status in _STOP:
        return Failure("stop", f"{_STOP[status]} ({status})", free=True)
    if status in _BUSY:
        return Failure("busy", f"status {status}", wish=wish, free=True)
    if status >= 500 or status in (*_LOST, *_AGAIN):
        return Failure("lost" if status in _LOST else "spoilt", f"status {status}", wish=wish)
    said = f"redirects to {excerpt(location)}; write that address" if location else _message(data)
    return Failure("refused", f"status {status}: {said}" if said else f"status {status}", free=True)


def _message(data: bytes) -> str:
    """What an endpoint says of its refusal, for people to read."""
    try:
        found = read_reply(data)
    except NoCompletion:
        return excerpt(data.decode("utf-8", "replace"))
    return message_of(found.get("error"))


def read_wish(headers: Mapping[str, str], now: float) -> float | None:
    """The seconds of ``Retry-After`` (a number or a date) or OpenAI's ``retry-after-ms``; ``None`` without sense."""
    try:
        if milliseconds := headers.get("retry-after-ms"):
            wish = float(milliseconds) / 1000
        else:
            wish = _seconds(headers.get("retry-after") or "", now)
    except (ValueError, TypeError, OverflowError):
        return None
    return wish if math.isfinite(wish) and wish >= 0 else None


def _seconds(text: str, now: float) -> float:
    try:
        return float(text)
    except ValueError:
        return max(0.0, email.utils.parsedate_to_datetime(text).timestamp() - now)


def read_body(data: bytes) -> Answer:
    """A completion that came with status 200.

    Raises:
        Failure: it is something else.
    """
    tokens = None
    try:
        found = read_reply(data)
        tokens = read_usage(found.get("usage"))
        completion = read_answer(first_choice(found))
    except NoCompletion as error:
        raise Failure("spoilt", str(error), tokens=tokens) from error
    except ValueError as error:
        raise Failure("spoilt", f"the answer is no message ({error})", tokens=tokens) from error
    if not completion.text.strip() and not completion.reasoning.strip():
        raise Failure("spoilt", "the answer is empty", tokens=tokens)
    return Answer(data.decode(), completion, tokens)
