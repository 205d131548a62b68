"""What requests count as, and that no mixture of prices, reports and deaths gets beyond the cap."""

from __future__ import annotations

import asyncio
import random
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from math_solver.synthesis.ledger import Ledger
from math_solver.synthesis.spending import (
    HIDDEN,
    Account,
    BudgetSpent,
    Cap,
    Charge,
    Price,
    Spend,
    Tokens,
    charge,
    read_usage,
    worst_case,
)

PRICE = Price(Decimal("0.5"), Decimal("1.5"))


@pytest.mark.parametrize(
    ("usage", "tokens"),
    [
        ({"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10}, Tokens(7, 3)),
        ({"prompt_tokens": 7, "completion_tokens": 3}, Tokens(7, 3)),
        # reasoning that only the total counts
        ({"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 110}, Tokens(7, 103)),
        ({"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 2}, Tokens(7, 3)),
        # missing or absurd
        (None, None),
        ("many", None),
        ([], None),
        ({"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10**30}, Tokens(7, 3)),
        ({"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": True}, Tokens(7, 3)),
        ({"prompt_tokens": 0, "completion_tokens": 3}, None),
        ({"prompt_tokens": 7, "completion_tokens": -3}, None),
        ({"prompt_tokens": 7.5, "completion_tokens": 3}, None),
        ({"prompt_tokens": 7, "completion_tokens": 10**30}, None),
        ({"prompt_tokens": True, "completion_tokens": 3}, None),
        ({"prompt_tokens": "7", "completion_tokens": 3}, None),
        ({"prompt_tokens": float("nan"), "completion_tokens": float("inf")}, None),
    ],
)
def test_usage_is_read_or_missing(usage: Any, tokens: Tokens | None) -> None:
    assert read_usage(usage) == tokens


def test_an_answer_counts_as_what_it_reports() -> None:
    assert charge(Tokens(1000, 500), Tokens(200, 100), PRICE) == Charge(Spend(300, Decimal("0.00025")))


@pytest.mark.parametrize("reported", [None, Tokens(10**12, 3), Tokens(7, 10**12)])
def test_without_a_report_that_can_be_true_the_worst_case_counts(reported: Tokens | None) -> None:
    assert charge(Tokens(1000, 500), reported, PRICE) == Charge(PRICE.of(Tokens(1000, 500)))


def test_what_is_reported_beyond_the_worst_case_is_shown_and_taken_off_what_is_left() -> None:
    charged = charge(Tokens(1000, 500), Tokens(1000, 700), PRICE)
    assert (charged.spend, charged.beyond) == (PRICE.of(Tokens(1000, 500)), PRICE.of(Tokens(0, 200)))

    async def scenario() -> None:
        account = Account(Cap(tokens=2000))
        await account.reserve(Spend(1500))
        account.settle(Spend(1500), Charge(Spend(1500), Spend(200)))
        with pytest.raises(BudgetSpent):
            await account.reserve(Spend(301))
        await account.reserve(Spend(300))

    asyncio.run(scenario())


@given(st.text(max_size=200))
def test_a_prompt_has_no_more_tokens_than_bytes(text: str) -> None:
    body = text.encode("utf-8", "replace")
    assert worst_case(body, 5) == Tokens(len(body) + HIDDEN, 5)


def test_a_reservation_waits_for_what_others_give_back() -> None:
    async def scenario() -> list[str]:
        account, order = Account(Cap(tokens=100)), list[str]()

        async def take(name: str, tokens: int) -> None:
            await account.reserve(Spend(tokens))
            order.append(name)

        await take("first", 80)
        waiting = [asyncio.create_task(take("second", 70)), asyncio.create_task(take("third", 10))]
        await asyncio.sleep(0)
        assert order == ["first"]
        account.settle(Spend(80), Charge(Spend(20)))
        await asyncio.gather(*waiting)
        assert account.reserved == Spend(80)
        return order

    assert asyncio.run(scenario()) == ["first", "second", "third"]


def test_what_can_never_fit_is_refused_once_nothing_is_open() -> None:
    async def scenario() -> None:
        account = Account(Cap(tokens=100), Spend(50))
        await account.reserve(Spend(40))
        late = asyncio.create_task(account.reserve(Spend(60)))
        await asyncio.sleep(0)
        assert not late.done()
        account.settle(Spend(40), Charge(Spend(40)))
        with pytest.raises(BudgetSpent):
            await late

    asyncio.run(scenario())


class Life:
    """One run that asks until the budget is spent, or until it dies: its state is dropped where it stands."""

    def __init__(self, ledger: Ledger, cap: Cap, chance: random.Random, teacher: Teaching) -> None:
        self.ledger, self.chance, self.teacher = ledger, chance, teacher
        self.account = Account(cap, ledger.totals.spent, ledger.totals.beyond)
        assert cap.allows(self.account.spent)

    async def live(self, requests: int, death: float) -> None:
        """Ask with 8 at a time; each step may be the last one."""

        async def work() -> None:
            while self.teacher.asked < requests:
                self.teacher.asked += 1
                try:
                    await self._ask(str(self.teacher.asked), death)
                except BudgetSpent:
                    return

        working = [asyncio.create_task(work()) for _ in range(8)]
        done, left = await asyncio.wait(working, return_when=asyncio.FIRST_EXCEPTION)
        for task in left:
            task.cancel()
        for task in done:
            if (error := task.exception()) is not None and not isinstance(error, Death):
                raise error

    async def _ask(self, key: str, death: float) -> None:
        worst = Tokens(self.chance.randrange(1, 4000), self.chance.randrange(1, 4000))
        price = Price(Decimal(self.chance.randrange(10**7)) / 10**6, Decimal(self.chance.randrange(10**8)) / 10**6)
        await self.account.reserve(price.of(worst))
        self._risk(death)
        attempt = await self.ledger.begin(key, "{}", "x", price.of(worst))
        self._risk(death)
        reported = self.teacher.bill(worst, price)
        self._risk(death)
        charged = charge(worst, reported, price)
        await self.ledger.answer(attempt, charged, 0.0, "{}", None)
        self._risk(death)
        self.account.settle(price.of(worst), charged)

    def _risk(self, death: float) -> None:
        if self.chance.random() < death:
            raise Death


class Death(Exception):
    pass


class Teaching:
    """Bills the truth, reports it most of the time, and nonsense at others; keeps its own books."""

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.asked, self.billed = chance, 0, Decimal(0)

    def bill(self, worst: Tokens, price: Price) -> Tokens | None:
        true = Tokens(self.chance.randint(1, worst.prompt), self.chance.randint(1, worst.completion))
        self.billed += price.of(true).money
        return self.chance.choice((true, true, true, None, Tokens(10**12, 1), Tokens(1, worst.completion * 50)))


@pytest.mark.parametrize("seed", range(100))
def test_no_prices_usages_and_deaths_get_beyond_the_cap(seed: int, tmp_path: Path) -> None:
    """A death is a copy of the files as they are: what ``kill -9`` leaves."""
    chance = random.Random(seed)
    cap = Cap(Decimal(chance.randrange(1, 2000)) / 1000, chance.choice((None, chance.randrange(10_000, 60_000))))
    teaching, place = Teaching(chance), tmp_path / "0"
    for run in range(1, 4):
        place.mkdir(exist_ok=True)
        with Ledger(place / "ledger") as ledger:
            life = Life(ledger, cap, chance, teaching)
            asyncio.run(life.live(20 * run, chance.choice((0.0, 0.05))))
            following = tmp_path / str(run)
            shutil.copytree(place, following)
        place = following
    with Ledger(place / "ledger") as ledger:
        totals = ledger.totals
    assert cap.allows(totals.spent)
    assert teaching.billed <= totals.spent.money + totals.beyond.money
    assert cap.money is not None and teaching.billed <= cap.money
