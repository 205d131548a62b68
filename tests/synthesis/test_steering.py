"""The policy as a table, and what is asked first."""

from __future__ import annotations

from decimal import Decimal

import pytest

from math_solver.records import RecordError
from math_solver.synthesis.steering import Policy, Standing


@pytest.mark.parametrize(
    ("standing", "wave"),
    [
        # every problem begins with one
        (Standing(), 1),
        # then what is missing, of 3 wanted
        (Standing(asked=1, correct=1, distinct=1), 2),
        (Standing(asked=1), 3),
        (Standing(asked=3, correct=3, distinct=2), 1),
        # solved
        (Standing(asked=3, correct=3, distinct=3), 0),
        # hopeless after 5
        (Standing(asked=4), 1),
        (Standing(asked=5), 0),
        # solved once, it gets up to 8
        (Standing(asked=5, correct=1, distinct=1), 2),
        (Standing(asked=7, correct=1, distinct=1), 1),
        (Standing(asked=8, correct=8, distinct=1), 0),
    ],
)
def test_how_many_samples_follow(standing: Standing, wave: int) -> None:
    assert Policy(samples=8, accept=3, give_up=5).wave(standing) == wave


def test_first_samples_then_the_unsolved_then_the_cheapest() -> None:
    first = Standing()
    unsolved_cheap = Standing(asked=1, cost=Decimal(1))
    unsolved_dear = Standing(asked=1, cost=Decimal(3))
    solved_cheap = Standing(asked=1, correct=1, distinct=1, cost=Decimal(1))
    solved_dear = Standing(asked=4, correct=1, distinct=1, cost=Decimal(4))
    wanted = [first, unsolved_cheap, unsolved_dear, solved_cheap, solved_dear]
    assert sorted(reversed(wanted), key=Policy.urgency) == wanted


@pytest.mark.parametrize("name", ["samples", "accept", "give_up"])
def test_nothing_at_all_is_no_policy(name: str) -> None:
    with pytest.raises(RecordError, match=f"--{name.replace('_', '-')} is 0"):
        Policy(**{name: 0})
