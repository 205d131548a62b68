"""How often a new problem is solved, and what the solutions agree on."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from math_solver.records import Execution, Problem, RecordError, Step, Trajectory
from math_solver.synthesis.agreement import Quorum, vote
from math_solver.synthesis.sampling import Recipe, Sample
from math_solver.synthesis.spending import SPENT, BudgetSpent, Spend

PROBLEM = Problem("p", "proposed", "What is half of one?")


class Solver:
    """Answers with what it is told to, in order; ``None`` is a failed request."""

    def __init__(self, *answers: str | None, finish: str = "stop", code: bool = True) -> None:
        self.answers, self.finish, self.code = answers, finish, code
        self.asked: list[int] = []

    async def __call__(self, problem: Problem, number: int, before: Sequence[Trajectory]) -> Sample:
        assert problem.answer is None and not before
        self.asked.append(number)
        answer = self.answers[number]
        if answer == "broke":
            raise BudgetSpent
        if answer is None:
            return Sample(None, False, "failed", "status 400", Spend(1))
        steps = (Step("", "print(1)", Execution("ok", "1")),) if self.code else ()
        made = Trajectory(f"p#{number}", problem, steps, "", answer or None, meta={"finish_reason": self.finish})
        return Sample(made, False, "unverifiable", "", Spend(10))


@pytest.mark.parametrize(
    ("answers", "quorum", "answer", "asked"),
    [
        # three of four agree: the fourth is not asked for
        (["1/2", "1/2", "1/2"], Quorum(4, 0.75), "1/2", 3),
        # by the verifier, however they are written
        (["0.5", "\\frac12", "1/2"], Quorum(4, 0.75), "0.5", 3),
        # as most of them write it
        (["0.33", "1/3", "1/3"], Quorum(4, 0.75), "1/3", 3),
        (["1", "1/2", "1/2", "1/2"], Quorum(4, 0.75), "1/2", 4),
        # two wrong ones make three of four impossible: nothing more is asked
        (["1", "2", "1/2"], Quorum(4, 0.75), None, 3),
        (["1", "2"], Quorum(2, 1.0), None, 2),
        (["1", "1"], Quorum(2, 0.6), "1", 2),
        # what failed or said nothing stays in the denominator
        ([None, "1", "1", "1"], Quorum(4, 0.75), "1", 4),
        ([None, None, "1"], Quorum(4, 0.75), None, 3),
        (["", "1", "1", "1"], Quorum(4, 0.75), "1", 4),
        # more than half: a tie is none
        (["1", "2", "1", "2"], Quorum(4, 0.51), None, 4),
        # two at least, whatever the share says
        (["1", "2", "1"], Quorum(3, 0.51), "1", 3),
        (["1", "2", "1", "2"], Quorum(4, 0.5000000001), None, 4),
    ],
)
def test_what_enough_agree_on_is_the_answer(
    answers: list[str | None], quorum: Quorum, answer: str | None, asked: int
) -> None:
    solver = Solver(*answers, *["9"] * 9)
    ballot = asyncio.run(vote(PROBLEM, solver, Recipe("m"), quorum))
    assert (ballot.problem.answer, ballot.asked) == (answer, asked) and solver.asked == list(range(asked))
    assert ballot.reason == ("" if answer else "no_agreement")
    assert ballot.problem.answer_from == ("vote" if answer else "gold")
    assert ballot.agreed == (ballot.answers[0][1] if ballot.answers else 0)
    assert ballot.cost.tokens == sum(1 if one is None else 10 for one in answers[:asked])


@pytest.mark.parametrize(
    "solver",
    [
        Solver(*["1"] * 4, finish="length"),  # cut: its last box may be half an answer
        Solver(*["1"] * 4, code=False),
        Solver(None, None, None, None),
    ],
)
def test_what_is_no_solution_has_no_vote(solver: Solver) -> None:
    ballot = asyncio.run(vote(PROBLEM, solver, Recipe("m"), Quorum(4, 0.75)))
    assert (ballot.reason, ballot.problem, ballot.answers) == ("no_answer", PROBLEM, [])


def test_a_budget_that_ends_leaves_the_problem_open() -> None:
    ballot = asyncio.run(vote(PROBLEM, Solver("1", "broke", "1"), Recipe("m"), Quorum(4, 0.75)))
    assert ballot.reason == SPENT and ballot.problem.answer is None


def test_text_has_a_vote_where_it_is_wanted() -> None:
    ballot = asyncio.run(vote(PROBLEM, Solver("1", "1", code=False), Recipe("m", text=True), Quorum(2, 1.0)))
    assert ballot.problem.answer == "1"


@pytest.mark.parametrize(("samples", "share"), [(1, 1.0), (4, 0.5), (4, 1.1), (4, float("nan")), (0, 0.75)])
def test_a_quorum_that_decides_nothing_is_refused(samples: int, share: float) -> None:
    with pytest.raises(RecordError, match="--samples|--agree"):
        Quorum(samples, share)


def test_a_quorum_never_asks_in_vain() -> None:
    """Each wave could decide if all of it agreed, and together they are never more than the samples."""
    for samples in range(2, 9):
        for share in (0.51, 0.6, 0.75, 0.9, 1.0):
            quorum = Quorum(samples, share)
            for asked in range(samples + 1):
                for most in range(asked + 1):
                    wave = quorum.wave(asked, most)
                    assert asked + wave <= samples
                    assert wave == 0 or most + wave == quorum.votes
