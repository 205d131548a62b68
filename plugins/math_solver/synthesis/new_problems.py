"""New problems from start to end: proposed by a teacher, refused where they are not new, answered by a vote, written.

Requests, budget and programs are those of any synthesis (``session``): with the same ledger, a synthesis of the new
problems with the same options asks for nothing that was asked here.
"""

from __future__ import annotations

import asyncio
import json
import math
from collections import Counter, deque
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Protocol

from ..disk import write_text
from ..interpreter import Interpreter
from ..records import Drop, Problem, RecordError, as_row, write_jsonl
from ..solving.together import together
from .agreement import Ballot, Quorum, vote
from .asking import GivenUp
from .ledger import Totals
from .progress import shown
from .proposing import Brief, read_problems
from .sampling import Sampler
from .session import Files, Plan, amount, holding, sampling
from .spending import SPENT, BudgetSpent, Spend

__all__ = ["Gate", "Goal", "Grown", "propose"]

SOURCE = "proposed"


class Gate(Protocol):
    """What refuses problems, each with a reason that is counted and what it rests on."""

    def refuse_question(self, problem: Problem) -> tuple[str, str] | None:
        """Why a problem is not worth solving; asked once of each, in their order."""

    def refuse_answer(self, problem: Problem) -> tuple[str, str] | None:
        """Why a problem is not kept with the answer that was voted for."""


@dataclass(frozen=True)
class Goal:
    """How many problems to keep, and the most requests for proposals that are made for it."""

    problems: int
    requests: int

    def __post_init__(self) -> None:
        for option, value in (("--new-problems", self.problems), ("--requests", self.requests)):
            if value < 1:
                raise RecordError(f"{option} is {value}; it must be at least 1")


@dataclass
class Grown:
    """What came of it: the problems kept with their votes, and everything else by its reason.

    Items are the problems of all answers, and one for each request without any: those kept and those dropped.
    """

    kept: list[Ballot] = field(default_factory=list)
    dropped: list[dict[str, Any]] = field(default_factory=list)
    requests: int = 0
    cost: Spend = Spend()
    spent: Totals = Totals(Spend(), Spend(), Spend())
    failures: Mapping[str, int] = field(default_factory=dict)
    sent: int = 0

    @property
    def reasons(self) -> Counter[str]:
        return Counter(str(row["reason"]) for row in self.dropped)

    def lines(self) -> Iterator[str]:
        """The summary, for people."""
        yield f"requests for proposals {self.requests}, items {len(self.kept) + len(self.dropped)}"
        yield f"kept {len(self.kept)}, dropped {len(self.dropped)}"
        yield from (f"  {reason}: {number}" for reason, number in self.reasons.most_common())
        yield f"requests sent {self.sent}, failed {sum(self.failures.values())}"
        yield from (f"  {reason}: {number}" for reason, number in Counter(self.failures).most_common())
        yield f"spent {amount(self.spent.spent)} in all with this ledger, {amount(self.spent.unknown)} for no answer"


def propose(
    brief: Brief,
    goal: Goal,
    quorum: Quorum,
    plan: Plan,
    gate: Gate,
    files: Files,
    interpreter: Interpreter | None = None,
) -> Grown:
    """Make new problems and write them; killed or interrupted, the same call goes on.

    Given the same answers the files are the same bytes. The cap holds for all runs with one ledger.

    Raises:
        RecordError: as ``session.synthesize``.
    """
    if plan.recipe.variety.repeats(quorum.samples):
        raise RecordError("at temperature 0 a sample would be asked for again; add temperatures or variants")
    with holding(files, plan) as ledger:

        async def run() -> Grown:
            async with sampling(plan, ledger, interpreter) as sampler:
                growth = _Growth(brief, goal, quorum, sampler, gate, 2 * plan.concurrency)
                async with shown(growth.describe):
                    await growth.run()
                found, asker = growth.found, sampler.asker
            found.spent, found.failures, found.sent = await ledger.sum(), asker.failures, asker.sent
            return found

        grown = asyncio.run(run())
        write_jsonl(files.failed, grown.dropped)
        write_jsonl(files.output, (_row(ballot, plan) for ballot in grown.kept))
        write_text(files.summary, json.dumps(_about(grown, brief, plan, quorum), ensure_ascii=False, indent=1) + "\n")
    return grown


def _row(ballot: Ballot, plan: Plan) -> dict[str, Any]:
    votes = {"asked": ballot.asked, "agreed": ballot.agreed}
    return {**as_row(ballot.problem), "teacher": plan.recipe.model, "votes": votes}


def _about(grown: Grown, brief: Brief, plan: Plan, quorum: Quorum) -> dict[str, Any]:
    """The summary, for programs."""
    spent = {name: spend.told() for name, spend in vars(grown.spent).items()}
    return {
        "model": plan.recipe.model,
        "brief": brief.about(),
        "quorum": asdict(quorum),
        "requests": grown.requests,
        "kept": len(grown.kept),
        "dropped": dict(grown.reasons.most_common()),
        "spent": spent,
        "failures": dict(grown.failures),
        "sent": grown.sent,
    }


class _Growth:
    """Asks for as many proposals as are still missing, solves them, and asks again for what did not stand.

    What is asked next hangs on the answers alone: each step waits for the whole of the one before.
    """

    def __init__(self, brief: Brief, goal: Goal, quorum: Quorum, sampler: Sampler, gate: Gate, workers: int) -> None:
        self.found = Grown()
        self._brief, self._goal, self._quorum = brief, goal, quorum
        self._sampler, self._gate = sampler, gate
        self._places = asyncio.Semaphore(workers)
        self._waiting: deque[Problem] = deque()
        self._spent = False

    def describe(self) -> str:
        """How far it is, for people."""
        found, asker = self.found, self._sampler.asker
        return (
            f"kept {len(found.kept)}/{self._goal.problems}  dropped {len(found.dropped)}  "
            f"proposals {found.requests}  spent {amount(asker.account.spent)}  in flight {asker.pool.in_flight}"
        )

    async def run(self) -> None:
        while (wanted := self._goal.problems - len(self.found.kept)) > 0:
            await self._fill(wanted)
            batch = [self._waiting.popleft() for _ in range(min(wanted, len(self._waiting)))]
            if not batch:
                break
            for ballot in await together(self._vote(problem) for problem in batch):
                self._settle(ballot)
            if self._spent:
                break
        for problem in self._waiting:
            self._drop(problem, SPENT if self._spent else "not_needed")

    async def _fill(self, wanted: int) -> None:
        """Ask for proposals until so many wait to be solved, as long as any may be asked for."""
        while (missing := wanted - len(self._waiting)) > 0 and not self._spent:
            first = self.found.requests
            last = min(first + math.ceil(missing / self._brief.each), self._goal.requests)
            if first == last:
                return
            self.found.requests = last
            for items in await together(self._ask(number) for number in range(first, last)):
                for item in items:
                    self._take(item)

    async def _ask(self, number: int) -> list[Problem | Drop]:
        """What one request proposes."""
        brief, wish = self._brief, self._brief.wish(number)
        request = self._sampler.recipe.request(wish.messages(), brief.max_tokens, brief.temperature, sample=number)
        name = f"{SOURCE}:request-{number}"
        try:
            async with self._places:
                reply = await self._sampler.asker.ask(request)
        except GivenUp as given_up:
            self.found.cost += given_up.cost
            return [Drop(name, "failed", given_up.reason)]
        except BudgetSpent:
            self._spent = True
            return [Drop(name, SPENT)]
        self.found.cost += reply.cost
        return list(read_problems(reply.completion.text, wish, SOURCE))

    def _take(self, item: Problem | Drop) -> None:
        if isinstance(item, Drop):
            self.found.dropped.append(as_row(item))
        elif refusal := self._gate.refuse_question(item):
            self._drop(item, *refusal)
        else:
            self._waiting.append(item)

    async def _vote(self, problem: Problem) -> Ballot:
        async with self._places:
            return await vote(problem, self._sampler, self._sampler.recipe, self._quorum)

    def _settle(self, ballot: Ballot) -> None:
        self.found.cost += ballot.cost
        self._spent = self._spent or ballot.reason == SPENT
        told = ", ".join(f"{answer[:60]} ({votes})" for answer, votes in ballot.answers) or "no answer"
        refusal = (ballot.reason, f"of {ballot.asked}: {told}") if ballot.reason else None
        if refusal := refusal or self._gate.refuse_answer(ballot.problem):
            self._drop(ballot.problem, *refusal)
        else:
            self.found.kept.append(ballot)

    def _drop(self, problem: Problem, reason: str, detail: str = "") -> None:
        self.found.dropped.append({**as_row(Drop(problem.id, reason, detail)), "question": problem.question})
