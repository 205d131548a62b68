"""One line that says how a campaign goes, where somebody looks."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from decimal import Decimal

from .campaign import Figures
from .spending import Account, Cap, Spend

__all__ = ["describe", "in_money", "shown"]

PAUSE = 0.5  # seconds between two looks


def in_money(money: Decimal) -> str:
    """An amount with at least two decimals and about three digits that say something."""
    decimals = 2 if money >= 1 or not money else min(8, 2 - money.adjusted())
    return f"{money:.{decimals}f}"


def describe(figures: Figures, account: Account, problems: int, in_flight: int, limit: int) -> str:
    """How far it is, what came of it, what it costs, and what is asked at the moment."""
    return (
        f"{figures.problems}/{problems} problems  accepted {figures.accepted}  rejected {figures.rejected}  "
        f"dropped {figures.dropped.total()}  spent {_spent(account.spent, account.cap)}  "
        f"{_projection(figures)}  in flight {in_flight} of {limit}"
    )


def _spent(spent: Spend, cap: Cap) -> str:
    if cap.money is not None or spent.money:
        return in_money(spent.money) + (f" of {in_money(cap.money)}" if cap.money is not None else "")
    return f"{spent.tokens} tokens" + (f" of {cap.tokens}" if cap.tokens is not None else "")


def _projection(figures: Figures) -> str:
    if not figures.accepted:
        return "no accepted row yet"
    if figures.cost.money:
        return f"{in_money(figures.cost.money / figures.accepted)} a row"
    return f"{figures.cost.tokens // figures.accepted} tokens a row"


@asynccontextmanager
async def shown(line: Callable[[], str]) -> AsyncIterator[None]:
    """Show a line that changes while the block runs; nothing where standard error is no terminal."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console
    from rich.live import Live
    from rich.text import Text

    with Live(Text(line()), console=Console(stderr=True), auto_refresh=False, transient=True) as live:

        async def look() -> None:
            while True:
                live.update(Text(line()), refresh=True)
                await asyncio.sleep(PAUSE)

        looking = asyncio.create_task(look())
        try:
            yield
        finally:
            looking.cancel()
            await asyncio.gather(looking, return_exceptions=True)
