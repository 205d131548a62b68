"""How many rows were read, kept, and refused for each reason, by source."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..records import Drop
from .refusals import MEANINGS

if TYPE_CHECKING:
    from rich.table import Table

__all__ = ["Tally"]


@dataclass
class Tally:
    """Counts of rows by source; nothing that was read is missing from them."""

    kept: Counter[str] = field(default_factory=Counter)
    refused: dict[str, Counter[str]] = field(default_factory=dict)

    def add(self, source: str, result: object) -> None:
        reasons = self.refused.setdefault(source, Counter())
        if isinstance(result, Drop):
            reasons[result.reason] += 1
        else:
            self.kept[source] += 1

    def leave_out(self, source: str) -> None:
        """A record that was kept is not taken after all: it is beyond the limit."""
        self.kept[source] -= 1
        self.refused[source]["beyond_limit"] += 1

    def rows(self, source: str) -> int:
        return self.kept[source] + self.refused[source].total()

    def table(self) -> Table:
        """The counts as people read them."""
        from rich.table import Table

        table = Table(box=None, pad_edge=False)
        table.add_column("source", overflow="fold")
        for name in ("rows", "kept"):
            table.add_column(name, justify="right")
        table.add_column("refused", overflow="fold")
        for source, reasons in self.refused.items():
            told = ", ".join(f"{number} {reason}" for reason, number in reasons.most_common()) or "-"
            table.add_row(source, str(self.rows(source)), str(self.kept[source]), told)
        if len(self.refused) > 1:
            total = sum((reasons for reasons in self.refused.values()), Counter())
            told = ", ".join(f"{number} {reason}" for reason, number in total.most_common()) or "-"
            table.add_row("all", str(self.kept.total() + total.total()), str(self.kept.total()), told)
        return table

    def meanings(self) -> list[str]:
        """A line for each reason that came up."""
        met = {reason for reasons in self.refused.values() for reason in reasons}
        return [f"{reason}: {meaning}" for reason, meaning in MEANINGS.items() if reason in met]
