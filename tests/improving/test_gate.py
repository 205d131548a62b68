"""What counts as better."""

from __future__ import annotations

from typing import Any

import pytest

from math_solver.improving.gate import Gain
from math_solver.records import RecordError


def run(name: str, right: set[int], of: int = 100) -> dict[str, Any]:
    return {
        "name": name,
        "by_problem": {f"p:{n}": {"score": float(n in right), "first": n in right} for n in range(of)},
    }


@pytest.mark.parametrize(
    ("before", "after", "clear", "more"),
    [
        (range(40), range(60), True, True),
        (range(40), range(41), False, True),  # one problem more
        (range(40), range(1, 43), False, True),  # two more, one lost
        (range(40), range(40), False, False),  # the same
        (range(40), range(40, 80), False, False),  # as many, all others
        (range(40), range(39), False, False),
        (range(60), range(40), False, False),
        ((), (), False, False),
        (range(100), range(100), False, False),
    ],
)
def test_what_is_kept(before: Any, after: Any, clear: bool, more: bool) -> None:
    gain = Gain.of(run("a", set(before)), run("b", set(after)))
    assert (gain.keeps("clear"), gain.keeps("more")) == (clear, more)
    assert (gain.learned, gain.lost) == (len(set(after) - set(before)), len(set(before) - set(after)))
    assert gain.difference.n == 100 and gain.difference.low <= gain.difference.value <= gain.difference.high


def test_the_same_runs_give_the_same_interval() -> None:
    one, two = run("a", set(range(40))), run("b", set(range(10, 60)))
    assert Gain.of(one, two, seed=3) == Gain.of(one, two, seed=3)
    assert 0 < Gain.of(one, two).p_value < 1


def test_runs_on_other_problems_are_refused() -> None:
    with pytest.raises(RecordError, match="no problem in common"):
        Gain.of(run("a", {1}), {"name": "b", "by_problem": {"q": {"score": 1.0, "first": True}}})
