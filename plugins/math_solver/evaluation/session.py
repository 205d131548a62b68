"""One evaluation from start to end: journal, progress, the files it leaves."""

from __future__ import annotations

import asyncio
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from ..interpreter import Interpreter, Limits
from ..journal import Journal, fingerprint
from ..protocol import Form
from ..records import Problem, RecordError, in_chains, write_jsonl
from ..solving.asking import CODE_INTERPRETER, ClientLoop, Exchange, NoEndpoint, Reply, ServerLoop, Solve
from ..solving.endpoint import Endpoint
from ..solving.loop import Budget
from .campaign import answered, ask_all
from .records import Attempt, attempt_id
from .runs import journal_path, versions, write_circumstances

__all__ = ["Options", "check_options", "check_problems", "evaluate", "job_of"]

_MOST = 10**6  # of what is counted: more is a slip of the hand


@dataclass(frozen=True)
class Options:
    """What an evaluation asks of a model. All but ``workers`` belong to the job that a resumed run must repeat."""

    tool: bool = True
    loop: Literal["server", "client"] = "server"
    form: Form = "fenced"
    rounds: int = 6
    max_tokens: int = 512
    temperature: float = 0.0
    top_p: float | None = None
    samples: int = 1
    stop_early: bool = False
    conversation: int = 1
    votes: int = 1
    check: bool = False
    explain: bool = False
    workers: int = 8

    def about(self) -> dict[str, Any]:
        """What a report says of them; a server that runs the loop has its own form and rounds."""
        said = {**self.job(), "workers": self.workers}
        if not self.on_client:
            del said["form"], said["rounds"]
        return said

    def job(self) -> dict[str, Any]:
        """What a resumed run must repeat; what it does not use is left out, so that older runs can be resumed."""
        unused = {"votes": self.votes == 1, "check": not self.check, "explain": not self.explain, "workers": True}
        return {name: value for name, value in vars(self).items() if not unused.get(name)}

    @property
    def on_client(self) -> bool:
        """Whether programs run here."""
        return self.loop == "client" and self.tool

    def looks(self) -> dict[str, Any]:
        """What this project's server takes beside OpenAI's parameters."""
        asked = {"votes": self.votes > 1, "check": self.check, "explain": self.explain}
        return {name: getattr(self, name) for name, wanted in asked.items() if wanted}

    def sampling(self) -> dict[str, Any]:
        chosen = {"temperature": self.temperature, "top_p": self.top_p}
        return {name: value for name, value in chosen.items() if value is not None}


def evaluate(
    problems: Sequence[Problem],
    endpoint: Endpoint,
    options: Options,
    output: Path,
    about: Mapping[str, Any] | None = None,
    *,
    fresh: bool = False,
    deciding: Mapping[str, Any] | None = None,
) -> list[Attempt]:
    """Ask for all attempts, going on where an interrupted run stopped, and write them to ``output``.

    Beside ``output`` lies a journal until every request got through, and ``<output>.run.json`` with the
    circumstances, which ``about`` (benchmark, seed, limit) joins. The journal knows that other weights are served
    under the same name only where ``deciding`` says so, which makes another job of it; ``fresh`` forgets the journal.

    Raises:
        RecordError: no problems, two of one id, one that follows none of them, an endpoint that cannot be reached,
            none of whose requests was answered, or in whose place something else answered in the end; ``output`` is
            then as it was.
    """
    check_problems(problems, options)
    job = {"model": endpoint.model, **job_of(problems, options), **({"deciding": dict(deciding)} if deciding else {})}
    started, clock = datetime.now(UTC).isoformat(timespec="seconds"), time.monotonic()
    with Journal(journal_path(output), job, (Attempt,), fresh=fresh) as journal:
        server, strange = asyncio.run(_ask(problems, endpoint, options, journal))
        attempts = _in_order(problems, options, journal.records)
        through = _all_came_through(attempts, endpoint, strange)  # first: where it raises, earlier attempts stay
        write_jsonl(output, attempts)
        took = {"started": started, "seconds": round(time.monotonic() - clock, 1), "versions": versions()}
        write_circumstances(output, {**(about or {}), **endpoint.about(), **options.about(), "server": server, **took})
        if through:
            journal.finish()
    return attempts


def job_of(problems: Sequence[Problem], options: Options) -> dict[str, Any]:
    """What tells one evaluation of a model from another; how many workers ask makes no difference."""
    job = {"problems": fingerprint(problems), **options.job()}
    if following := [problem.follows for problem in problems if problem.follows is not None]:
        job["follows"] = fingerprint(following)
    return job


def _all_came_through(attempts: Sequence[Attempt], endpoint: Endpoint, strange: NoEndpoint | None) -> bool:
    """Whether nothing is left to ask again; says so where something is, and raises where all is or no end is in sight.

    ``strange`` is what came in the place of the last answers.
    """
    failed = [attempt for attempt in attempts if attempt.error is not None]
    lost = [attempt for attempt in failed if attempt.transport]
    if failed and len(failed) == len(attempts):
        raise RecordError(f"{endpoint.base_url}: every request failed ({failed[0].error}); is the server running?")
    if strange is not None:
        raise RecordError(
            f"{endpoint.base_url}: is no endpoint any more ({strange}); what was answered is kept: "
            f"run the same command again to ask only the other {len(lost)}"
        )
    if lost:
        print(
            f"{len(lost)} of {len(attempts)} requests did not get through and count as wrong "
            f"({lost[0].error}); run the same command again to ask only these",
            file=sys.stderr,
        )
    if spoilt := [attempt.error for attempt in failed if not attempt.transport]:
        print(
            f"{len(spoilt)} of {len(attempts)} requests have no answer that can be used and count as wrong "
            f"({spoilt[0]}); --fresh asks all again",
            file=sys.stderr,
        )
    return not lost


def check_options(options: Options) -> None:
    """See that options fit each other, before problems are read for them.

    Raises:
        RecordError: they do not.
    """
    for name in ("workers", "samples", "max_tokens", "rounds", "conversation", "votes"):
        option, value = f"--{name.replace('_', '-')}", getattr(options, name)
        if value < 1:
            raise RecordError(f"{option} is {value}; it must be at least 1")
        if value > _MOST:
            raise RecordError(f"{option} is {value}; it must be at most {_MOST}")
    if options.samples > 1 and not options.temperature:
        raise RecordError("--samples without --temperature asks for the same answer again; add --temperature 0.7")
    if options.votes > 1 and not options.temperature:
        raise RecordError("--votes without --temperature compares the same answer; add --temperature 0.7")
    if (options.votes > 1 or options.check) and not options.tool:
        raise RecordError("--votes and --check compare solutions that run Python; leave out --no-tool")
    if options.explain and not options.tool:
        raise RecordError("--explain tests an explanation against the programs; leave out --no-tool")
    if options.stop_early and options.conversation > 1:
        raise RecordError("--stop-early asks on for single problems; leave it out, or --conversation")


def check_problems(problems: Sequence[Problem], options: Options) -> None:
    """See that problems can be asked and judged, before anything is served for them.

    Raises:
        RecordError: they cannot.
    """
    if not problems:
        raise RecordError("there are no problems to solve; check the input and the limits")
    name, times = Counter(problem.id for problem in problems).most_common(1)[0]
    if times > 1:
        raise RecordError(f"{times} problems have the id {name!r}; ids must be unique to resume and to compare runs")
    if lacking := next((one for one in problems if not one.answer and not one.unanswerable), None):
        raise RecordError(f"problem {lacking.id!r} has no gold answer to judge by; leave it out")
    chains, left = in_chains(problems, lambda problem: problem)
    if left:
        raise RecordError(
            f"problem {left[0].id!r} follows {left[0].follows!r}, which is not among the problems or is followed by "
            "another; add it, or leave this one out"
        )
    if options.stop_early and len(chains) < len(problems):
        raise RecordError("--stop-early asks on for single problems; leave it out, or the problems that follow others")


def _in_order(problems: Sequence[Problem], options: Options, records: Sequence[Attempt]) -> list[Attempt]:
    last = {record.id: record for record in records}
    names = [attempt_id(problem.id, sample) for problem in problems for sample in range(options.samples)]
    return [last[name] for name in names if name in last]


async def _ask(
    problems: Sequence[Problem], endpoint: Endpoint, options: Options, journal: Journal[Attempt]
) -> tuple[Mapping[str, Any], NoEndpoint | None]:
    """Fill the journal; what the server says of itself, and what came in the place of the last answers."""
    async with endpoint.client() as client:
        server = await endpoint.greet(client)
        async with _solver(client, endpoint.model, options) as solver:
            solve = _Watched(solver)
            done = answered(journal.records)
            if done:
                print(f"going on with {len(done)} answers of an earlier run ({journal.path})", file=sys.stderr)
            with _Progress(len(problems) * options.samples, done, options) as progress:

                def keep(attempt: Attempt) -> None:
                    journal.append(attempt)
                    progress.add(attempt)

                await ask_all(
                    problems,
                    solve,
                    keep,
                    samples=options.samples,
                    stop_early=options.stop_early,
                    workers=options.workers,
                    conversation=options.conversation,
                    done=done,
                    spare=progress.spare,
                )
    return server, solve.strange


class _Watched:
    """Solves as ``solve`` does, and notes what came since the last answer that is of no endpoint."""

    def __init__(self, solve: Solve) -> None:
        self._solve = solve
        self._strange: list[NoEndpoint] = []

    @property
    def strange(self) -> NoEndpoint | None:
        """The first of several such pages; one alone may have been an accident."""
        return self._strange[0] if len(self._strange) > 1 else None

    async def __call__(self, problem: Problem, before: Sequence[Exchange] = ()) -> Reply:
        try:
            reply = await self._solve(problem, before)
        except NoEndpoint as error:
            self._strange.append(error)
            raise
        self._strange.clear()
        return reply


@asynccontextmanager
async def _solver(client: Any, model: str, options: Options) -> AsyncIterator[Solve]:
    sampling = options.sampling()
    if options.on_client:
        limits = Limits(sessions=max(64, options.workers * options.votes))
        budget = Budget(options.rounds, options.max_tokens)
        interpreter = Interpreter(limits)
        await asyncio.to_thread(interpreter.start)
        try:
            looks: dict[str, Any] = options.looks()
            yield ClientLoop(client, model, interpreter, options.form, budget, sampling, **looks)
        finally:
            await asyncio.to_thread(interpreter.close)
    else:
        tools = [CODE_INTERPRETER] if options.tool else []
        limited = {**sampling, "max_tokens": options.max_tokens}
        yield ServerLoop(client, model, tools if options.loop == "server" else None, limited, looks=options.looks())


class _Progress:
    """A bar with the time left and the share of right answers so far; silent where nobody looks."""

    def __init__(self, total: int, done: Mapping[str, Attempt], options: Options) -> None:
        from tqdm import tqdm

        self._total = total
        self._first_alone = options.stop_early  # which problems have later samples hangs on what was right
        self._right = self._judged = 0
        for attempt in done.values():
            self._judge(attempt)
        self._bar = tqdm(total=total, initial=len(done), desc="solve", unit="answer", disable=None)

    def __enter__(self) -> _Progress:
        return self

    def add(self, attempt: Attempt) -> None:
        self._judge(attempt)
        self._bar.update()
        self._bar.set_postfix_str(f"right {self._right / max(1, self._judged):.1%}", refresh=False)

    def _judge(self, attempt: Attempt) -> None:
        if attempt.sample == 0 or not self._first_alone:
            self._right += attempt.verdict.correct
            self._judged += 1

    def spare(self, number: int) -> None:
        self._total -= number
        self._bar.total = self._total

    def __exit__(self, *raised: object) -> None:
        self._bar.close()
