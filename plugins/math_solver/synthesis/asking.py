"""A request to a teacher, from the ledger where it was answered before, else from an endpoint, within the budget."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception

from ..disk import storable
from ..records import RecordError
from ..solving.loop import Completion
from .ledger import Entry, Ledger
from .limiter import Patience, Place, Pool
from .spending import Account, Spend, Tokens, charge, worst_case
from .transport import Answer, Endpoint, Failure, read_body

__all__ = ["Asker", "GivenUp", "Reply", "Request"]

# What may be tried again, and the share of an endpoint's limit that stays.
_KEEP = {"busy": 0.5, "unreached": 0.5, "lost": 0.9, "spoilt": 1.0}


@dataclass(frozen=True)
class Request:
    """One request for one assistant turn: its body, and which sample and round of a solution it is for."""

    body: Mapping[str, Any]
    max_tokens: int
    sample: int
    round: int

    @cached_property
    def content(self) -> str:
        """What it asks, as the ledger knows it."""
        asked = {"request": self.body, "sample": self.sample, "round": self.round}
        return storable(json.dumps(asked, ensure_ascii=False, sort_keys=True))

    @cached_property
    def key(self) -> str:
        return hashlib.sha256(self.content.encode()).hexdigest()

    @cached_property
    def encoded(self) -> bytes:
        return storable(json.dumps(self.body, ensure_ascii=False)).encode()


@dataclass(frozen=True)
class Reply:
    """A turn, with the tokens it used (as far as anybody knows), and what it cost with all its attempts."""

    completion: Completion
    tokens: Tokens
    cost: Spend


class GivenUp(Exception):
    """A request that will not be answered; its text says why, and ``cost`` what was spent on it."""

    def __init__(self, reason: str, cost: Spend) -> None:
        super().__init__(reason)
        self.reason, self.cost = reason, cost


class Asker:
    """Asks for turns; each request is sent once, whoever asks for it and however often.

    Attributes:
        failures: attempts that failed, by reason.
        sent: attempts in all.
    """

    def __init__(self, ledger: Ledger, account: Account, pool: Pool[Endpoint], patience: Patience) -> None:
        self.ledger, self.account, self.pool, self.patience = ledger, account, pool, patience
        self.failures: Counter[str] = Counter()
        self.sent = 0
        self._answered = False
        self._silent_since: float | None = None
        self._given_up: list[str] = []  # since the last answer
        self._failing: set[str] = set()
        self._new_failures = 0  # requests that failed at once, since the last answer
        self._flying: dict[str, asyncio.Task[Entry]] = {}

    async def ask(self, request: Request) -> Reply:
        """The answer to a request.

        Raises:
            GivenUp: it was tried as often as is sensible, now or by an earlier run.
            BudgetSpent: it could cost more than what is left.
            RecordError: no endpoint answers any more, or the ledger cannot be written.
        """
        entry = await self.ledger.find(request.key)
        if entry is None or (entry.answer is None and entry.failed is None):
            entry = await self._once(request)
        if entry.answer is None:
            raise GivenUp(entry.failed or "", entry.cost)
        try:
            return _reply(read_body(entry.answer.encode()), request, entry.cost)
        except Failure as failure:
            raise GivenUp(failure.reason, entry.cost) from failure

    async def _once(self, request: Request) -> Entry:
        """Send a request, or wait for the same one that is already on its way."""
        task = self._flying.get(request.key)
        if task is None:
            task = self._flying[request.key] = asyncio.create_task(self._persist(request))
            task.add_done_callback(lambda _: self._flying.pop(request.key))
        return await task

    async def _persist(self, request: Request) -> Entry:
        """Send a request until it is answered, or is given up."""
        retrying = AsyncRetrying(
            retry=retry_if_exception(lambda error: isinstance(error, Failure) and error.why in _KEEP),
            stop=_Bound(self.patience),
            wait=self._wait,
            reraise=True,
        )
        try:
            await retrying(self._try, request)
        except Failure as failure:
            await self._give_up(request, failure)
        finally:
            self._failing.discard(request.key)
        entry = await self.ledger.find(request.key)
        assert entry is not None
        return entry

    async def _give_up(self, request: Request, failure: Failure) -> None:
        """Note that a request will not be answered."""
        self._given_up.append(request.key)
        await self.ledger.fail(request.key, request.content, failure.reason)

    async def _stop(self, reason: str, failure: Failure) -> None:
        await self.ledger.reopen(self._given_up)
        raise RecordError(
            f"{reason}; what was answered is kept: run the same command again when that is mended"
        ) from failure

    def _wait(self, state: RetryCallState) -> float:
        failure = state.outcome.exception() if state.outcome else None
        wish = failure.wish if isinstance(failure, Failure) else None
        if wish is not None and wish <= self.patience.wish:
            return wish
        return self.patience.pause(state.attempt_number)

    async def _try(self, request: Request) -> None:
        """Send a request once; its worst case is reserved and noted before, and settled after."""
        place = await self.pool.take()
        try:
            price = place.endpoint.teacher.price
            worst = worst_case(request.encoded, request.max_tokens)
            await self.account.reserve(price.of(worst))
            await self._send(request, place, worst)
        finally:
            self.pool.give_back(place)

    async def _send(self, request: Request, place: Place[Endpoint], worst: Tokens) -> None:
        endpoint, loop = place.endpoint, asyncio.get_running_loop()
        reserved = endpoint.teacher.price.of(worst)
        charged = charge(worst, None, endpoint.teacher.price)  # of an attempt that nobody hears the end of
        try:
            attempt = await self.ledger.begin(request.key, request.content, endpoint.teacher.base_url, reserved)
            self.sent += 1
            sent = loop.time()
            try:
                answer = await endpoint.send(request.encoded, request.max_tokens)
            except Failure as failure:
                charged = charge(worst, Tokens() if failure.free else failure.tokens, endpoint.teacher.price)
                await self.ledger.settle(attempt, charged, failure.reason, loop.time() - sent)
                await self._note(request, endpoint, failure, sent)
                raise
            charged = charge(worst, answer.tokens, endpoint.teacher.price)
            endpoint.limiter.answered()
            self._answered, self._silent_since = True, None
            self._given_up.clear()
            self._new_failures = 0
            tokens = (answer.tokens.prompt, answer.tokens.completion) if answer.tokens else None
            await self.ledger.answer(attempt, charged, loop.time() - sent, answer.text, tokens)
        finally:
            self.account.settle(reserved, charged)

    async def _note(self, request: Request, endpoint: Endpoint, failure: Failure, sent: float) -> None:
        """What a failure says about the endpoint.

        Requests that fail at once, one after the other, are the endpoint's fault; those that fail again and again
        while nothing else is asked may be at fault themselves.

        Raises:
            RecordError: there is no use in going on.
        """
        now, limiter = asyncio.get_running_loop().time(), endpoint.limiter
        self.failures[failure.reason.partition(":")[0]] += 1
        if failure.why == "stop" or (failure.why == "unreached" and not self._answered):
            raise RecordError(f"{endpoint.teacher.base_url}: {failure.reason}") from failure
        self._new_failures += request.key not in self._failing
        self._failing.add(request.key)
        if failure.why != "refused":
            limiter.failed(sent, now, _KEEP[failure.why])
        if failure.wish is not None and failure.wish <= self.patience.wish:
            limiter.rest(now + failure.wish)
        self._silent_since = now if self._silent_since is None else self._silent_since
        many, long = self._new_failures >= self.patience.strikes, now - self._silent_since >= self.patience.outage
        if (many and failure.why == "refused") or (long and (many or failure.why == "unreached")):
            await self._stop(f"{endpoint.teacher.base_url}: nothing is answered any more ({failure.reason})", failure)


class _Bound:
    """Whether a request was tried often enough: those times apart that cost nothing, or never got there."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._lost = self._busy = 0

    def __call__(self, state: RetryCallState) -> bool:
        failure = state.outcome.exception() if state.outcome else None
        assert isinstance(failure, Failure)
        self._lost += failure.why in ("lost", "spoilt")
        self._busy += failure.why == "busy"
        return self._lost >= self._patience.attempts or self._busy >= self._patience.turned_away


def _reply(answer: Answer, request: Request, cost: Spend) -> Reply:
    """What came back; what an endpoint does not say of its tokens is guessed from the length of the text."""
    written = answer.completion
    guess = Tokens(0, (len(f"{written.reasoning}{written.text}".encode()) + 3) // 4)
    reported = answer.tokens or guess
    completed = reported.completion if reported.completion <= request.max_tokens else guess.completion
    tokens = Tokens(reported.prompt, min(completed, request.max_tokens))
    counted = Completion(
        written.text, written.finish_reason, tokens.prompt, max(1, tokens.completion), written.reasoning
    )
    return Reply(counted, tokens, cost)
