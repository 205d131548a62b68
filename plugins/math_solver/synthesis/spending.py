"""What requests cost, and a cap on it that cannot be overshot.

The worst case of a request is reserved before it is sent and settled by what its answer reports. Nobody knows a
teacher's tokenizer here, so a prompt counts as many tokens as its request has bytes, and ``HIDDEN`` for what a chat
template adds: tokens of byte-level vocabularies and of byte fallback have a byte at least. An answer counts as
``max_tokens``.

Not guaranteed: that an endpoint keeps ``max_tokens``, that it adds no longer prompt of its own, or that it reports
the truth. What it reports beyond a worst case is shown, and taken off what may still be spent.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ..solving.replies import as_count

__all__ = [
    "SPENT",
    "Account",
    "BudgetSpent",
    "Cap",
    "Charge",
    "Price",
    "Spend",
    "Tokens",
    "charge",
    "read_usage",
    "worst_case",
]

HIDDEN = 1024  # tokens of a chat template and of its instructions for tools
ABSURD = 100  # times the worst case: such a report means nothing
SPENT = "not asked: the budget is spent"  # the reason of what was left out for it
_MILLION = Decimal(1_000_000)


@dataclass(frozen=True)
class Tokens:
    """Tokens of a request and of its answer."""

    prompt: int = 0
    completion: int = 0

    @property
    def total(self) -> int:
        return self.prompt + self.completion


@dataclass(frozen=True)
class Spend:
    """Tokens and the money that they cost; the currency is that of the prices."""

    tokens: int = 0
    money: Decimal = Decimal(0)

    def __add__(self, other: Spend) -> Spend:
        return Spend(self.tokens + other.tokens, self.money + other.money)

    def told(self) -> dict[str, Any]:
        """For programs: money as text, so that it stays exact."""
        return {"tokens": self.tokens, "money": str(self.money)}

    def __sub__(self, other: Spend) -> Spend:
        return Spend(self.tokens - other.tokens, self.money - other.money)


@dataclass(frozen=True)
class Price:
    """Money for a million tokens of prompts and of answers."""

    prompt: Decimal = Decimal(0)
    completion: Decimal = Decimal(0)

    def of(self, tokens: Tokens) -> Spend:
        money = (self.prompt * tokens.prompt + self.completion * tokens.completion) / _MILLION
        return Spend(tokens.total, money)


@dataclass(frozen=True)
class Cap:
    """What may be spent in all; ``None``: as much as it takes."""

    money: Decimal | None = None
    tokens: int | None = None

    def allows(self, spend: Spend) -> bool:
        return (self.money is None or spend.money <= self.money) and (
            self.tokens is None or spend.tokens <= self.tokens
        )


@dataclass(frozen=True)
class Charge:
    """What an attempt counts as, never more than was reserved, and what was reported ``beyond`` that."""

    spend: Spend = Spend()
    beyond: Spend = Spend()


def worst_case(body: bytes, max_tokens: int) -> Tokens:
    """The most that a request can come to."""
    return Tokens(len(body) + HIDDEN, max_tokens)


def read_usage(usage: Any) -> Tokens | None:
    """The ``usage`` of a completion; ``None`` where it is missing or cannot be true.

    Some endpoints leave reasoning out of ``completion_tokens`` and count it in ``total_tokens`` only.
    """
    if not isinstance(usage, Mapping):
        return None
    names = ("prompt_tokens", "completion_tokens", "total_tokens")
    prompt, completion, total = (as_count(usage.get(name)) for name in names)
    if not prompt or not completion:  # of nothing there is no answer
        return None
    return Tokens(prompt, max(completion, (total or 0) - prompt))


def charge(worst: Tokens, reported: Tokens | None, price: Price) -> Charge:
    """What an attempt with that worst case counts as, once its answer has reported its usage."""
    if reported is None or reported.prompt > ABSURD * worst.prompt or reported.completion > ABSURD * worst.completion:
        return Charge(price.of(worst))
    counted = Tokens(min(worst.prompt, reported.prompt), min(worst.completion, reported.completion))
    return Charge(price.of(counted), price.of(reported) - price.of(counted))


class BudgetSpent(Exception):
    """The worst case of a request is more than what is left."""


class Account:
    """Keeps what was spent, and what is reserved, below a cap; for one event loop.

    ``spent`` begins with what earlier runs spent. Reservations are granted in the order in which they were asked for.
    """

    def __init__(self, cap: Cap, spent: Spend = Spend(), beyond: Spend = Spend()) -> None:
        self.cap, self.spent, self.beyond = cap, spent, beyond
        self.reserved = Spend()
        self._open = 0
        self._turn, self._settled = asyncio.Lock(), asyncio.Event()

    async def reserve(self, worst: Spend) -> None:
        """Set an amount aside; waits while others may still give some of theirs back.

        Raises:
            BudgetSpent: it is more than what is left.
        """
        async with self._turn:
            while not self.cap.allows(self.spent + self.beyond + self.reserved + worst):
                if not self._open:
                    raise BudgetSpent
                self._settled.clear()
                await self._settled.wait()
            self.reserved += worst
            self._open += 1

    def settle(self, worst: Spend, charged: Charge) -> None:
        """Give a reservation back, and count what it came to."""
        self.reserved -= worst
        self._open -= 1
        self.spent += charged.spend
        self.beyond += charged.beyond
        self._settled.set()
