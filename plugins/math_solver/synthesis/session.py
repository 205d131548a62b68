"""One synthesis from start to end: what it may touch, the ledger, the endpoints, the files it leaves."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from ..disk import check_replaceable, same_file, write_text
from ..interpreter import Interpreter, Limits
from ..log import held, lock_of
from ..records import Problem, RecordError, write_jsonl
from .asking import Asker
from .campaign import Campaign, Figures
from .ledger import Ledger, Totals
from .limiter import Patience, Pool
from .progress import describe, in_money, shown
from .rows import Rows
from .sampling import Recipe, Sampler
from .spending import Account, Cap, Spend
from .steering import Policy
from .teachers import Teacher
from .transport import Endpoint, session

__all__ = ["Files", "Plan", "Result", "amount", "asking", "holding", "opened", "sampling", "synthesize"]

SESSIONS = 256  # that hold variables at a time; of others the programs are run again where need be


@dataclass(frozen=True)
class Files:
    """Where everything goes. Only ``output`` has to be named; the rest lies beside it."""

    output: Path
    rejected: Path
    failed: Path
    ledger: Path

    @classmethod
    def beside(cls, output: Path, *, rejected: Path | None = None, ledger: Path | None = None) -> Files:
        named = output.with_suffix("") if output.suffix == ".jsonl" else output
        return cls(
            output,
            rejected or named.with_name(f"{named.name}.rejected.jsonl"),
            named.with_name(f"{named.name}.failed.jsonl"),
            ledger or output.with_name(f"{output.name}.ledger"),
        )

    @property
    def summary(self) -> Path:
        return self.output.with_name(f"{self.output.name}.run.json")

    @property
    def lock(self) -> Path:
        return lock_of(self.output)

    def check(self, inputs: Sequence[Path]) -> None:
        """That no file is written over another; nothing is opened before.

        Raises:
            RecordError: two of them are one.
        """
        beside = [self.ledger.with_name(self.ledger.name + end) for end in ("-wal", "-shm", "-journal")]
        written = [self.output, self.rejected, self.failed, self.summary, self.lock, self.ledger, *beside]
        for path in (*written, *inputs):
            if sum(same_file(path, other) for other in (*written, *inputs)) > 1:
                raise RecordError(f"{path}: is named twice; input, outputs and ledger must be files of their own")
        for path in written:
            check_replaceable(path)


@dataclass(frozen=True)
class Plan:
    """What is asked of whom.

    Args:
        timeout: seconds for one request as a whole.
        workers: programs that run at a time (default: the processors).
        retry_failed: send again what earlier runs gave up.
    """

    recipe: Recipe
    teachers: Sequence[Teacher]
    policy: Policy = field(default_factory=Policy)
    cap: Cap = field(default_factory=Cap)
    timeout: float = 600.0
    workers: int | None = None
    retry_failed: bool = False
    patience: Patience = field(default_factory=Patience)

    @property
    def concurrency(self) -> int:
        """The most requests in flight, of all teachers."""
        return sum(teacher.concurrency for teacher in self.teachers)


@dataclass(frozen=True)
class Result:
    """What a run came to: its rows and drops, what all runs with the ledger spent, and how requests failed."""

    figures: Figures
    spent: Totals
    failures: Mapping[str, int]
    sent: int

    def lines(self) -> Iterator[str]:
        """The summary, for people."""
        found, spent = self.figures, self.spent
        yield f"{found.problems} problems, {found.solved} solved"
        yield f"accepted {found.accepted}, rejected {found.rejected}, dropped {found.dropped.total()}"
        yield from (f"  {reason}: {number}" for reason, number in found.dropped.most_common())
        if found.dropped["failed"]:
            yield "--retry-failed sends again what was given up"
        yield f"requests sent {self.sent}, failed {sum(self.failures.values())}"
        yield from (f"  {reason}: {number}" for reason, number in Counter(self.failures).most_common())
        yield f"spent {amount(spent.spent)} in all with this ledger, {amount(spent.unknown)} of it for no answer"
        if found.accepted:
            each = Spend(found.cost.tokens // found.accepted, found.cost.money / found.accepted)
            yield f"{amount(each)} for each accepted row"
        if spent.beyond.tokens:
            yield f"an endpoint reported {amount(spent.beyond)} beyond the worst case: it does not keep the limits"


def amount(spend: Spend) -> str:
    """What was spent, for people: in money where there are prices."""
    return f"{in_money(spend.money)} ({spend.tokens} tokens)" if spend.money else f"{spend.tokens} tokens"


def synthesize(
    problems: Sequence[Problem], plan: Plan, files: Files, interpreter: Interpreter | None = None
) -> Result:
    """Make trajectories of problems and write them; killed or interrupted, the same call goes on.

    Programs run in ``interpreter``, or in one that is made for the run. The ledger keeps every answer, and the outputs
    are written from it at the end, all rows in the order of the problems: given the same answers they are the same
    bytes. The cap holds for all runs with one ledger.

    Raises:
        RecordError: no problems, two of one id or one without an answer; a file that cannot be used or is in use;
            no endpoint that answers.
    """
    _check(problems, plan)
    with holding(files, plan) as ledger, Rows(files.output.parent) as rows:
        result, campaign = asyncio.run(_run(problems, plan, ledger, rows, interpreter))
        write_jsonl(files.rejected, rows.read("rejected", campaign.finish))
        write_jsonl(files.failed, rows.read("failed", lambda _, row: row))
        write_jsonl(files.output, rows.read("accepted", campaign.finish))
        write_text(files.summary, json.dumps(_about(result, plan), ensure_ascii=False, indent=1) + "\n")
    return result


@contextmanager
def holding(files: Files, plan: Plan) -> Iterator[Ledger]:
    """The ledger of a run, which alone writes these files as long as the block runs.

    Raises:
        RecordError: another run has one of them, or one cannot be used.
    """
    with held(files.output), opened(files, plan) as ledger:
        yield ledger


@contextmanager
def opened(files: Files, plan: Plan) -> Iterator[Ledger]:
    """The ledger alone, for who holds the output already.

    Raises:
        RecordError: another run has it, or something cannot be written.
    """
    try:
        with Ledger(files.ledger) as ledger:
            if plan.retry_failed:
                ledger.forget_failures()
            yield ledger
    except OSError as error:
        raise RecordError(f"{files.output}: cannot be written ({error})") from error


def _check(problems: Sequence[Problem], plan: Plan) -> None:
    if not problems:
        raise RecordError("there are no problems to solve; check the input and the limits")
    name, times = Counter(problem.id for problem in problems).most_common(1)[0]
    if times > 1:
        raise RecordError(f"{times} problems have the id {name!r}; ids must be unique")
    if lacking := next((problem for problem in problems if not (problem.answer or "").strip()), None):
        raise RecordError(f"problem {lacking.id!r} has no gold answer to verify by; leave it out")
    if plan.recipe.variety.repeats(plan.policy.samples):
        raise RecordError("at temperature 0 a sample would be asked for again; add temperatures or variants")


async def _run(
    problems: Sequence[Problem], plan: Plan, ledger: Ledger, rows: Rows, interpreter: Interpreter | None
) -> tuple[Result, Campaign]:
    async with sampling(plan, ledger, interpreter) as sampler:
        asker = sampler.asker
        account, pool = asker.account, asker.pool
        campaign = Campaign(problems, sampler, plan.policy, rows)
        async with shown(lambda: describe(campaign.figures, account, len(problems), pool.in_flight, pool.limit)):
            await campaign.run(2 * plan.concurrency)
    return Result(campaign.figures, await ledger.sum(), asker.failures, asker.sent), campaign


@asynccontextmanager
async def asking(plan: Plan, ledger: Ledger) -> AsyncIterator[Asker]:
    """What asks the teachers of a plan, within its cap, as long as the block runs."""
    account = Account(plan.cap, ledger.totals.spent, ledger.totals.beyond)
    async with session() as connections:
        pool = Pool([Endpoint(one, connections, plan.timeout, plan.patience) for one in plan.teachers])
        yield Asker(ledger, account, pool, plan.patience)


@asynccontextmanager
async def sampling(plan: Plan, ledger: Ledger, interpreter: Interpreter | None = None) -> AsyncIterator[Sampler]:
    """What makes samples by a plan, with programs in ``interpreter`` or in one of its own."""
    # It starts with the first program that was not run before.
    running = interpreter or Interpreter(Limits(sessions=SESSIONS, concurrency=plan.workers))
    try:
        async with asking(plan, ledger) as asker:
            yield Sampler(plan.recipe, asker, running.arun, running.end_session, running.limits.decisive)
    finally:
        if interpreter is None:
            await asyncio.to_thread(running.close)


def _about(result: Result, plan: Plan) -> dict[str, Any]:
    """The summary, for programs."""
    spent = {name: spend.told() for name, spend in vars(result.spent).items()}
    figures = {**asdict(result.figures), "dropped": dict(result.figures.dropped), "cost": result.figures.cost.told()}
    recipe = {**asdict(plan.recipe), "options": dict(plan.recipe.options), "versions": dict(plan.recipe.versions)}
    return {
        "recipe": recipe,
        "policy": asdict(plan.policy),
        "endpoints": [teacher.base_url for teacher in plan.teachers],
        "figures": figures,
        "spent": spent,
        "failures": dict(result.failures),
        "sent": result.sent,
    }
