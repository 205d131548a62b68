"""The line that says how a run goes."""

from __future__ import annotations

import asyncio
import io
import sys
from collections import Counter
from decimal import Decimal

import pytest

from math_solver.synthesis.campaign import Figures
from math_solver.synthesis.progress import describe, in_money, shown
from math_solver.synthesis.spending import Account, Cap, Spend


@pytest.mark.parametrize(
    ("money", "text"),
    [("0", "0.00"), ("12.3456", "12.35"), ("1", "1.00"),
     ("0.5", "0.500"), ("0.00123456", "0.00123"), ("1e-12", "0.00000000")],
)  # fmt: skip
def test_money_has_the_digits_that_say_something(money: str, text: str) -> None:
    assert in_money(Decimal(money)) == text


def test_the_line_says_what_came_of_it_and_what_a_row_costs() -> None:
    figures = Figures(3, 2, accepted=4, rejected=1, dropped=Counter(failed=2), cost=Spend(800, Decimal("0.4")))
    line = describe(figures, Account(Cap(Decimal(5)), Spend(900, Decimal("0.5"))), 10, 7, 32)
    assert line == (
        "3/10 problems  accepted 4  rejected 1  dropped 2  spent 0.500 of 5.00  0.100 a row  in flight 7 of 32"
    )


def test_without_prices_it_counts_tokens() -> None:
    figures = Figures(accepted=4, cost=Spend(800))
    assert "spent 900 tokens of 5000  200 tokens a row" in describe(
        figures, Account(Cap(tokens=5000), Spend(900)), 1, 0, 1
    )
    assert "no accepted row yet" in describe(Figures(), Account(Cap()), 1, 0, 1)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("kind", [Terminal, io.StringIO])
def test_it_is_shown_where_somebody_looks(kind: type[io.StringIO], monkeypatch: pytest.MonkeyPatch) -> None:
    seen = kind()
    monkeypatch.setattr(sys, "stderr", seen)

    async def scenario() -> None:
        async with shown(lambda: "accepted 4"):
            await asyncio.sleep(0.05)

    asyncio.run(scenario())
    assert ("accepted 4" in seen.getvalue()) == (kind is Terminal)
