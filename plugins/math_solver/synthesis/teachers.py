"""OpenAI-compatible endpoints that teach: where they are, what they cost; from a YAML such as

- base_url: http://127.0.0.1:8000/v1
  concurrency: 256
- base_url: https://api.example.com/v1
  key: EXAMPLE_KEY        # the environment variable that holds it
  price_in: 0.5           # for a million tokens
  price_out: 1.5
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from ..disk import read_yaml
from ..records import RecordError
from ..solving.endpoint import check_address
from .spending import Price

__all__ = ["Teacher", "money", "read_teachers"]

_KEYS = ("base_url", "concurrency", "key", "price_in", "price_out")
_DECIMALS = 6  # so that sums of money are exact


@dataclass(frozen=True)
class Teacher:
    """An OpenAI-compatible endpoint: where it is, how to get in, what it costs, and the most it may have in flight.

    The key is read from the environment variable ``key``.
    """

    base_url: str
    price: Price = field(default_factory=Price)
    concurrency: int = 64
    key: str = "API_KEY"

    def __post_init__(self) -> None:
        check_address(self.base_url)
        if self.concurrency < 1:
            raise RecordError(f"{self.base_url}: --concurrency is {self.concurrency}; it must be at least 1")

    @property
    def url(self) -> str:
        return f"{self.base_url.rstrip('/')}/chat/completions"


def money(text: Any, what: str) -> Decimal:
    """An amount as people write it.

    Raises:
        RecordError: it is none, or has more than six decimals.
    """
    try:
        amount = Decimal(str(text))
        fits = amount.is_finite() and 0 <= amount <= 10**9 and amount == round(amount, _DECIMALS)
    except InvalidOperation:
        fits = False
    if not fits:
        raise RecordError(f"{what} is {text}; it must be an amount of at most {_DECIMALS} decimals, such as 0.15")
    return amount


def read_teachers(path: Path, default: Teacher) -> list[Teacher]:
    """The endpoints of a YAML; what it leaves out is as in ``default``.

    Raises:
        RecordError: it is missing, or says something else.
    """
    remedy = "must be a list of endpoints, each with a base_url"
    rows = read_yaml(path, f"it {remedy}")
    if not isinstance(rows, list) or not rows:
        raise RecordError(f"{path}: {remedy}")
    return [_teacher(row, f"{path}: endpoint {number}", default) for number, row in enumerate(rows, 1)]


def _teacher(row: Any, where: str, default: Teacher) -> Teacher:
    if not isinstance(row, Mapping) or not isinstance(row.get("base_url"), str):
        raise RecordError(f"{where}: must have a base_url")
    if unknown := [str(key) for key in row if key not in _KEYS]:
        raise RecordError(f"{where}: has {', '.join(unknown)}; the keys are {', '.join(_KEYS)}")
    concurrency = row.get("concurrency", default.concurrency)
    if not isinstance(concurrency, int) or isinstance(concurrency, bool):
        raise RecordError(f"{where}: concurrency is {concurrency!r}, not a whole number")
    price = Price(
        money(row.get("price_in", default.price.prompt), f"{where}: price_in"),
        money(row.get("price_out", default.price.completion), f"{where}: price_out"),
    )
    return Teacher(row["base_url"], price, concurrency, str(row.get("key", default.key)))
