"""One sample: a problem solved once by the teacher, with the loop, protocol and interpreter of serving, and judged."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from typing import Any

from ..answers import extract_answer, verify_answer
from ..disk import storable
from ..protocol import Form, Turn, without_thought
from ..records import Problem, Trajectory, Verdict
from ..solving.completions import to_messages, write_request
from ..solving.history import replay
from ..solving.loop import Budget, Finished, Generated, Part, Reasoned, Solution, Wanted, iter_solve
from ..solving.worked import Worked, write_worked
from .asking import Asker, GivenUp, Request
from .running import RunIn, Runner
from .spending import Spend, Tokens
from .variety import Variety

__all__ = ["DEADLINE", "Recipe", "Sample", "Sampler", "flaw"]

DEADLINE = 5.0  # seconds for a verdict; more than a loaded machine needs, since the same answer must get the same one


@dataclass(frozen=True)
class Recipe:
    """How solutions are asked for.

    Args:
        max_tokens: of a whole solution.
        text: accept solutions without a program.
        options: what else a request says (``top_p``, ...).
        limit_field: what the endpoint calls ``max_tokens``.
        versions: of what decides what a program prints.
    """

    model: str
    form: Form = "fenced"
    rounds: int = 6
    max_tokens: int = 2048
    variety: Variety = field(default_factory=Variety)
    text: bool = False
    options: Mapping[str, Any] = field(default_factory=dict)
    limit_field: str = "max_tokens"
    versions: Mapping[str, str] = field(default_factory=dict)

    def request(
        self,
        messages: Sequence[Mapping[str, Any]],
        max_tokens: int,
        temperature: float,
        *,
        sample: int = 0,
        round: int = 0,
        calls: bool = False,
    ) -> Request:
        """A request for one turn of at most so many tokens; with ``calls`` it may be a program."""
        options = {**self.options, "temperature": temperature, self.limit_field: max_tokens}
        body = write_request(self.model, messages, self.form, max_tokens=None, options=options, calls=calls)
        return Request(body, max_tokens, sample, round)


@dataclass(frozen=True)
class Sample:
    """What came of one sample: a trajectory, or the reason why there is none; ``accepted`` says whether it is fit."""

    trajectory: Trajectory | None
    accepted: bool
    reason: str
    detail: str
    cost: Spend


@dataclass(frozen=True)
class Sampler:
    """Makes samples.

    Args:
        run: executes a program in a session; ``end`` ends the session.
        limits: what a program may use, as far as that decides what it prints.
    """

    recipe: Recipe
    asker: Asker
    run: RunIn
    end: Callable[[str], None]
    limits: Mapping[str, Any] = field(default_factory=dict)

    async def __call__(self, problem: Problem, number: int, before: Sequence[Trajectory] = ()) -> Sample:
        """Sample ``number`` of a problem; ``before`` are the solutions of the questions that it refers back to.

        Raises:
            BudgetSpent: the budget does not reach to its end.
            RecordError: no endpoint answers any more, or the ledger cannot be written.
        """
        recipe = self.recipe
        opening = before[0].problem if before else problem  # a conversation has one system prompt
        generate = _Generate(recipe, self.asker, recipe.variety.prompt(opening.question, number), number)
        session = f"synthesize-{uuid.uuid4().hex}"
        runner = Runner(self.run, session, self.asker.ledger, lambda: generate.key, {**recipe.versions, **self.limits})
        try:
            turns = [*_conversation(before, recipe), Turn("user", problem.question)]
            solution, reasoning = await _solve(turns, generate, runner, recipe)
        except GivenUp as given_up:
            return Sample(None, False, "failed", given_up.reason, generate.cost + given_up.cost)
        finally:
            asyncio.get_running_loop().run_in_executor(None, self.end, session)
        trajectory = await asyncio.to_thread(_judge, _trajectory(problem, number, solution, recipe))
        about: dict[str, Any] = {
            "usage": {"prompt_tokens": generate.tokens.prompt, "completion_tokens": generate.tokens.completion}
        }
        if any(reasoning):
            about["reasoning"] = reasoning
        if before:
            about["behind"] = [solved.id for solved in before]
        trajectory = replace(trajectory, meta={**trajectory.meta, **about})
        reason = _why_not(trajectory, recipe)
        return Sample(
            trajectory, not reason, reason, (trajectory.verdict or Verdict("incorrect")).reason, generate.cost
        )


class _Generate:
    """``generate`` of the solving loop; remembers what it asked last and what all of it came to."""

    def __init__(self, recipe: Recipe, asker: Asker, system: str, sample: int) -> None:
        self._recipe, self._asker, self._system, self._sample = recipe, asker, system, sample
        self._round = 0
        self.key = ""
        self.tokens, self.cost = Tokens(), Spend()

    async def __call__(
        self, turns: Sequence[Turn], *, max_tokens: int | None, wanted: Wanted | None = None
    ) -> AsyncGenerator[Part, None]:
        assert max_tokens is not None and wanted is None
        recipe = self._recipe
        request = recipe.request(
            to_messages(self._system, turns, recipe.form),
            max_tokens,
            recipe.variety.temperature(self._sample),
            sample=self._sample,
            round=self._round,
            calls=True,
        )
        reply = await self._asker.ask(request)
        self._round += 1
        self.key, self.cost = request.key, self.cost + reply.cost
        self.tokens = Tokens(
            self.tokens.prompt + reply.tokens.prompt, self.tokens.completion + reply.tokens.completion
        )
        if reply.completion.reasoning:
            yield Reasoned(reply.completion.reasoning)
        yield reply.completion


def _conversation(solved: Sequence[Trajectory], recipe: Recipe) -> list[Turn]:
    """Earlier questions and their solutions, as a server reads back what it has written of them."""
    turns: list[Turn] = []
    for one in solved:
        written = write_worked(Worked.of(one.steps, one.conclusion))
        turns += [Turn("user", one.problem.question), *replay(written, recipe.form)]
    return turns


async def _solve(
    turns: Sequence[Turn], generate: _Generate, runner: Runner, recipe: Recipe
) -> tuple[Solution, list[str]]:
    """The solution, and what each of its turns reasoned."""
    budget, reasoning = Budget(recipe.rounds, recipe.max_tokens), [""]
    events = iter_solve(turns, generate, runner, budget, recipe.form)
    async with aclosing(events):
        async for event in events:
            match event:
                case Reasoned(text):
                    reasoning[-1] += text
                case Generated():
                    reasoning.append("")
                case Finished(solution):
                    return solution, [storable(text) for text in reasoning[:-1]]
    raise AssertionError("a solve ends in Finished")


def _trajectory(problem: Problem, number: int, solution: Solution, recipe: Recipe) -> Trajectory:
    meta = {
        "teacher": recipe.model,
        "sample": number,
        **recipe.variety.about(number),
        "form": recipe.form,
        "finish_reason": solution.finish_reason,
        "versions": dict(recipe.versions),
    }
    steps = tuple(replace(step, thought=storable(step.thought), code=storable(step.code)) for step in solution.steps)
    conclusion = storable(without_thought(solution.conclusion))
    return Trajectory(f"{problem.id}#{number}", problem, steps, conclusion, meta=meta)


def _judge(trajectory: Trajectory) -> Trajectory:
    problem, predicted = trajectory.problem, extract_answer(trajectory.conclusion)
    verdict = Verdict("incorrect", "no answer")
    if predicted is not None and problem.answer is None:
        verdict = Verdict("unverifiable", "no gold answer")
    elif predicted is not None:
        verdict = verify_answer(
            problem.answer or "",
            predicted,
            question=problem.question,
            kind=problem.answer_kind,
            deadline=DEADLINE,
        )
    return replace(trajectory, predicted=predicted, verdict=verdict)


def _why_not(trajectory: Trajectory, recipe: Recipe) -> str:
    """Why a trajectory is not accepted; empty where it is."""
    if trajectory.verdict is None or not trajectory.verdict.correct:
        return trajectory.verdict.outcome if trajectory.verdict else "unverifiable"
    return flaw(trajectory, recipe)


def flaw(trajectory: Trajectory, recipe: Recipe) -> str:
    """What is wrong with a sample's trajectory whatever its answer; empty where nothing is."""
    if trajectory.meta["finish_reason"] != "stop":
        return "unfinished"
    if not recipe.text and not any(step.execution.status == "ok" for step in trajectory.steps):
        return "no_code"
    return ""
