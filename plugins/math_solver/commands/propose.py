"""What ``scripts/propose_problems.py`` does with its command line: a teacher, and what refuses its problems."""

from __future__ import annotations

import argparse
import math
from collections.abc import Sequence
from pathlib import Path

from ..database import Scratch
from ..dataset.curation.decontamination import Decontaminator
from ..dataset.curation.novelty import Known, Novelty
from ..interpreter import Interpreter
from ..records import Problem, RecordError, read_records
from ..sources.benchmarks.collecting import collect
from ..sources.given import check_question, given
from ..sources.refusals import Refused
from ..synthesis.agreement import Quorum
from ..synthesis.new_problems import Goal, propose
from ..synthesis.proposing import Brief
from ..synthesis.session import Files
from .teaching import plan_of, recipe_of

__all__ = ["Repeats", "propose_problems"]

PATIENCE = 4  # times the requests that all problems need if each one stands


def propose_problems(args: argparse.Namespace, interpreter: Interpreter | None = None) -> None:
    """Propose, solve, vote, write; everything is checked before anything is opened.

    Programs run in ``interpreter``, or in one that is made for the run.
    """
    files = Files.beside(args.output, ledger=args.ledger)
    collected = collect(args.benchmarks) if args.benchmarks else None
    benchmark_files = [path for _, path in collected.files if path is not None] if collected else []
    files.check([*args.examples, *args.known, *benchmark_files, *([args.endpoints] if args.endpoints else [])])
    if not 0 < args.near <= 1:
        raise RecordError(f"--near is {args.near}; it must be above 0, at most 1")
    examples, known = read(args.examples), read(args.known)
    brief, goal = brief_of(args, examples), goal_of(args)
    quorum = Quorum(args.samples, args.agree)
    plan = plan_of(args, recipe_of(args, text=args.allow_no_code))
    files.output.parent.mkdir(parents=True, exist_ok=True)
    with Scratch(files.output.parent) as texts:
        benchmarks = Decontaminator(collected.items) if collected else None
        novelty = Novelty(texts, args.near, benchmarks)
        for problem in (*examples, *known):
            novelty.remember(problem)
        grown = propose(brief, goal, quorum, plan, Repeats(novelty), files, interpreter)
    for line in grown.lines():
        print(line)
    if collected is None:
        print("not checked against benchmarks: no --benchmarks were given")
    print(f"{files.output}: {len(grown.kept)} problems, their answers by vote; refused: {files.failed}")


def read(paths: Sequence[Path]) -> list[Problem]:
    return [problem for path in paths for problem in read_records(path, Problem)]


def brief_of(args: argparse.Namespace, examples: Sequence[Problem]) -> Brief:
    """What is asked for; questions that refer back to others are no examples."""
    return Brief(
        [problem for problem in examples if problem.follows is None and problem.question.strip()],
        langs=_listed(args.langs),
        topics=_listed(args.topics),
        levels=_listed(args.levels),
        each=args.each,
        shown=args.shown,
        temperature=args.propose_temperature,
        max_tokens=args.propose_tokens,
        seed=args.seed,
    )


def goal_of(args: argparse.Namespace) -> Goal:
    requests = PATIENCE * math.ceil(args.new_problems / args.each) if args.requests is None else args.requests
    return Goal(args.new_problems, requests)


def _listed(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (text or "").split(",") if part.strip())


class Repeats:
    """Refuses what is not new, and what is no problem that can be verified."""

    def __init__(self, novelty: Novelty) -> None:
        self._novelty = novelty

    def refuse_question(self, problem: Problem) -> tuple[str, str] | None:
        try:
            check_question(problem.question)
        except Refused as refused:
            return refused.reason, str(refused)
        return _told(self._novelty.take(problem))

    def refuse_answer(self, problem: Problem) -> tuple[str, str] | None:
        try:
            given(problem.answer)
        except Refused as refused:
            return refused.reason, str(refused)
        return _told(self._novelty.contaminated(problem))


def _told(known: Known | None) -> tuple[str, str] | None:
    return (known.reason, f"{known.kin}: {known.evidence}") if known else None
