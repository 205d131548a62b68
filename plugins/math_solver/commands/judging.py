"""Asking a model about the rows that no filter of a curation can decide, through a ledger and within a budget."""

from __future__ import annotations

import argparse
import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..dataset.curation.curating import Curation
from ..dataset.curation.undecided import UNDECIDED, Case, Opinion, decided, messages, out_of_sight, read_opinion
from ..protocol import without_thought
from ..records import RecordError
from ..solving.together import together
from ..synthesis.asking import Asker, GivenUp, Request
from ..synthesis.sampling import Recipe
from ..synthesis.session import Files, Plan, amount, asking, opened
from ..synthesis.spending import BudgetSpent, Price, Spend
from ..synthesis.teachers import Teacher, money
from .teaching import cap_of, check_positive

__all__ = ["Judge", "Judged", "judge_files", "judge_of"]


@dataclass(frozen=True)
class Judged:
    """The opinions on all cases of a curation, in their order, and what all runs with the ledger spent."""

    opinions: Sequence[Opinion]
    ids: Mapping[int, str]
    spent: Spend
    sent: int

    def told(self) -> Iterator[dict[str, Any]]:
        """A row for each opinion, for people to read."""
        for opinion in self.opinions:
            case = opinion.case
            yield {
                "id": self.ids[case.number], "about": case.about, "verdict": opinion.verdict, "reason": opinion.reason,
                "kin": case.item.id if case.item else None,
            }  # fmt: skip

    def summary(self, judge: Judge) -> dict[str, Any]:
        """Counts: opinions by what they are about and say, why some are undecided, and what became of the rows."""
        rows = decided(self.opinions).values()
        undecided = (one.reason.partition(":")[0] for one in self.opinions if one.verdict == UNDECIDED)
        return {
            "model": judge.plan.recipe.model,
            "endpoint": judge.plan.teachers[0].base_url,
            "opinions": _counted(f"{one.case.about}: {one.verdict}" for one in self.opinions),
            "undecided": _counted(undecided),
            "rows": {
                "asked_about": len(rows),
                "dropped": sum(one.against for one in rows),
                "undecided": sum(one.verdict == UNDECIDED for one in rows),
            },
            "spent": self.spent.told(),
        }

    def line(self, judge: Judge) -> str:
        """The summary, for people."""
        counts = self.summary(judge)
        rows, why = counts["rows"], ", ".join(f"{n} {reason}" for reason, n in counts["undecided"].items())
        return (
            f"judged by {counts['model']}: {rows['asked_about']} rows, {rows['dropped']} left out, "
            f"{rows['undecided']} still undecided{f' ({why})' if why else ''}; requests sent {self.sent}, "
            f"spent {amount(self.spent)} in all with this ledger"
        )


def _counted(names: Iterator[str]) -> dict[str, int]:
    return dict(Counter(names).most_common())


@dataclass(frozen=True)
class Judge:
    """A model that is asked, with all that asking takes."""

    plan: Plan
    files: Files
    max_tokens: int

    def ask(self, curation: Curation) -> Judged:
        """Ask about every case of a curation; one without a usable answer stays undecided.

        Raises:
            RecordError: no endpoint answers any more, or the ledger cannot be used.
        """
        with opened(self.files, self.plan) as ledger:

            async def run() -> Judged:
                async with asking(self.plan, ledger) as asker:
                    places = asyncio.Semaphore(2 * self.plan.concurrency)
                    work = (self._opinion(asker, places, case, curation) for case in curation.cases)
                    opinions = await together(work)
                ids = {case.number: str(curation.row(case.number)["id"]) for case in curation.cases}
                return Judged(opinions, ids, (await ledger.sum()).spent, asker.sent)

            return asyncio.run(run())

    async def _opinion(self, asker: Asker, places: asyncio.Semaphore, case: Case, curation: Curation) -> Opinion:
        row = curation.row(case.number)
        if missing := out_of_sight(row):
            return Opinion(case, UNDECIDED, f"needs {missing}")
        try:
            async with places:
                reply = await asker.ask(self._request(case, row))
        except GivenUp as given_up:
            return Opinion(case, UNDECIDED, f"failed: {given_up.reason}")
        except BudgetSpent:
            return Opinion(case, UNDECIDED, "the budget is spent")
        if reply.completion.finish_reason != "stop":
            return Opinion(case, UNDECIDED, "cut: the answer has no end; raise --judge-tokens")
        return read_opinion(case, without_thought(reply.completion.text))

    def _request(self, case: Case, row: Mapping[str, Any]) -> Request:
        return self.plan.recipe.request(messages(case, row), self.max_tokens, 0.0)


def judge_of(args: argparse.Namespace) -> Judge | None:
    """The judge that the options name, if they do.

    Raises:
        RecordError: they cannot be meant.
    """
    if args.judge is None or args.judge_model is None:
        if args.judge or args.judge_model:
            raise RecordError("--judge and --judge-model: name both, the endpoint and its model")
        return None
    check_positive(args, "judge_tokens", "timeout", "max_tokens_total")
    price = Price(money(args.price_in, "--price-in"), money(args.price_out, "--price-out"))
    teachers = [Teacher(args.judge, price, args.concurrency, args.key)]
    recipe = Recipe(args.judge_model, limit_field=args.token_field)
    plan = Plan(recipe, teachers, cap=cap_of(args, teachers), timeout=args.timeout, retry_failed=args.retry_failed)
    return Judge(plan, Files.beside(args.output, ledger=args.ledger), args.judge_tokens)


def judge_files(judge: Judge | None, judged: Path) -> list[Path]:
    """What asking writes."""
    return [judge.files.ledger, judge.files.lock, judged] if judge else []
